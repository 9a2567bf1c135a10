// SPDX-License-Identifier: Apache-2.0
#include "core/backend/doctor.h"

#include "core/captions/fonts.h"
#include "core/database/migrations.h"
#include "core/database/store_url.h"
#include "core/media/process.h"
#include "core/transcription/pocketsphinx_decoder.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace core::backend {

using namespace Qt::StringLiterals;

namespace {

Finding examineStore(const DirectBackendOptions& options)
{
    database::DatabaseOptions wanted;
    wanted.path = options.storePath;
    wanted.access = database::Access::ReadOnly;
    wanted.password = options.password;
    if (!isOnServer(options.storePath) && !QFileInfo::exists(options.storePath))
        return {u"store"_s, false, u"%1 is not there yet; the first submit makes it"_s.arg(options.storePath), false};
    const auto opened = database::Database::open(wanted);
    if (!opened)
        return {u"store"_s, false, opened.error().message};
    const auto current = database::migrate(**opened);
    if (!current)
        return {u"store"_s, false, current.error().message};
    return {u"store"_s, true, u"%1 (schema %2)"_s.arg(database::StoreUrl::shown(options.storePath)).arg(database::newestSchemaVersion())};
}

Finding examineStorage(const DirectBackendOptions& options)
{
    const QFileInfo folder(options.storagePath);
    if (!folder.exists() && !QFileInfo::exists(options.storePath))
        return {u"storage"_s, false, u"The folder %1 is not there yet; the first submit makes it"_s.arg(options.storagePath), false};
    if (!folder.isDir())
        return {u"storage"_s, false, u"The folder %1 is not there"_s.arg(options.storagePath)};
    if (!folder.isWritable())
        return {u"storage"_s, false, u"The folder %1 is not writable"_s.arg(options.storagePath)};
    return {u"storage"_s, true, options.storagePath};
}

Finding examineTool(const QString& name, const QString& program, const media::RunContext& context)
{
    const auto asked = media::runProcess({.program = program, .arguments = {u"-version"_s}}, context);
    if (!asked)
        return {name, false, asked.error().message + u" (install the package ffmpeg)"_s};
    const QString path = QStandardPaths::findExecutable(program);
    return {name, asked->exitCode == 0,
            u"%1: %2"_s.arg(path.isEmpty() ? program : path, QString::fromUtf8(asked->output.left(asked->output.indexOf('\n'))))};
}

Finding examineBurnIn(const media::RunContext& context)
{
    const auto filters = media::runProcess({.program = context.tools.ffmpeg, .arguments = {u"-hide_banner"_s, u"-filters"_s}}, context);
    const bool hasAss = filters && filters->output.contains(" ass ");
    return {u"caption burn-in (libass)"_s, hasAss,
            hasAss ? u"ffmpeg has the filter ass"_s : u"This ffmpeg has no filter ass: install Debian's package ffmpeg"_s};
}

Finding examineFonts(const media::RunContext& context)
{
    const QTemporaryDir folder;
    const auto report = captions::checkFonts({{0, 1000, u"Signalbox"_s}}, {}, folder.path(), context);
    if (!report)
        return {u"fonts"_s, false, report.error().message + u" (install the package fonts-dejavu-core)"_s};
    return {u"fonts"_s, true, report->used.join(u", "_s)};
}

Finding examinePocketSphinx()
{
    const auto model = transcription::checkPocketSphinxModel();
    if (!model)
        return {u"engine pocketsphinx"_s, false, model.error().message};
    return {u"engine pocketsphinx"_s, true, u"version %1, model en-us; for drafts"_s.arg(transcription::pocketSphinxVersion())};
}

}

QList<Finding> examine(const DirectBackendOptions& options)
{
    media::RunContext context;
    context.tools = options.tools;
    context.limits.wallTime = std::chrono::seconds(20);
    return {
        examineStore(options),
        examineStorage(options),
        examineTool(u"ffmpeg"_s, options.tools.ffmpeg, context),
        examineTool(u"ffprobe"_s, options.tools.ffprobe, context),
        examineBurnIn(context),
        examineFonts(context),
        examinePocketSphinx(),
        {u"engine openai"_s, false, u"Remote transcription is not part of this version"_s, false},
        {u"renderer remotion"_s, false, u"No render service can be connected in this version; captions are burnt in locally"_s, false},
    };
}

}
