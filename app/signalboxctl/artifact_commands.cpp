// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/artifact_commands.h"

#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"
#include "core/base/file_names.h"
#include "core/base/json_text.h"

#include <QDir>
#include <QFileInfo>

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::Result;
using core::files::ArtifactWithFile;
using namespace Qt::StringLiterals;

namespace {

struct Saved {
    QString key;
    QString path;    ///< empty if it failed
    std::optional<core::Error> error;
};

void collectFilePaths(const core::JsonValue& value, QStringList& keys)
{
    if (value.kind() == core::JsonKind::Object) {
        if (const auto path = value.member(u"file_path"); path && path->kind() == core::JsonKind::String)
            keys << path->string();
    }
    for (const core::JsonValue& child : value.children())
        collectFilePaths(child, keys);
}

/// The storage keys behind an artifact: its file's, or those its description names.
QStringList keysOf(const ArtifactWithFile& made)
{
    if (made.file)
        return {made.file->path};
    QStringList keys;
    if (const auto meta = core::JsonText::parse(made.artifact.meta.value_or(QByteArray())))
        collectFilePaths(meta->root(), keys);
    return keys;
}

QString wishedName(const ArtifactWithFile& made, const QString& key)
{
    return made.file && !made.file->originalName.isEmpty() ? made.file->originalName : key;
}

Saved save(Session& session, const QDir& folder, const QString& key, const QString& wished)
{
    constexpr int mostNames = 1000;
    for (int attempt = 1; attempt <= mostNames; ++attempt) {
        const QString path = folder.filePath(harmlessFileName(wished, attempt));
        const QFileInfo there(path);
        if (there.exists() || there.isSymLink())    // exists() follows links: one that leads nowhere would be written through
            continue;
        const auto size = session.backend.exportFile(key, path).wait();
        if (size)
            return {key, path, {}};
        if (size.error().kind != ErrorKind::Conflict)
            return {key, {}, size.error()};
    }
    return {key, {}, core::Error{ErrorKind::Conflict, u"no_free_name"_s, u"Every name for %1 is taken"_s.arg(key), u"--save"_s, {}}};
}

Result<QList<Saved>> saveAll(Session& session, const QList<ArtifactWithFile>& artifacts, const QString& directory)
{
    const QDir folder(directory);
    if (!folder.mkpath(u"."_s))
        return failure(ErrorKind::Unavailable, u"folder_not_made"_s, u"The folder %1 cannot be made"_s.arg(directory), u"--save"_s);
    QList<Saved> saved;
    for (const ArtifactWithFile& made : artifacts) {
        for (const QString& key : keysOf(made))
            saved << save(session, folder, key, wishedName(made, key));
    }
    return saved;
}

QStringList artifactTable(const QList<ArtifactWithFile>& artifacts, std::optional<int> width)
{
    Table table({{u"ARTIFACT"_s}, {u"KIND"_s}, {u"SIZE"_s, Align::Right}, {u"STORAGE KEY"_s}});
    for (const ArtifactWithFile& made : artifacts) {
        table.add({made.artifact.id.toString(), made.artifact.kind,
                   made.file && made.file->sizeBytes ? sizeText(*made.file->sizeBytes) : u"-"_s,
                   orDash(made.file ? made.file->path : QString())});
    }
    return table.lines(width);
}

QByteArray savedRow(const Saved& saved)
{
    return JsonObject()
        .text("storage_key", saved.key)
        .text("path", saved.path)
        .raw("error", saved.error ? errorJson(*saved.error) : "null"_ba)
        .bytes();
}

void print(Output& output, const QList<ArtifactWithFile>& artifacts, const std::optional<QList<Saved>>& saved)
{
    if (output.isJson()) {
        QList<QByteArray> rows;
        for (const ArtifactWithFile& made : artifacts)
            rows << artifactRow(made).bytes();
        if (!saved) {
            output.json(jsonArray(rows));
            return;
        }
        QList<QByteArray> savedRows;
        for (const Saved& file : *saved)
            savedRows << savedRow(file);
        output.json(JsonObject().raw("artifacts", jsonArray(rows)).raw("saved", jsonArray(savedRows)).bytes());
        return;
    }
    if (artifacts.isEmpty())
        output.note(u"The job has made nothing."_s);
    else
        output.lines(artifactTable(artifacts, output.width()));
    for (const Saved& file : saved.value_or(QList<Saved>())) {
        if (!file.error)
            output.line(u"saved  %1"_s.arg(visible(file.path)));
        else
            output.error(*file.error);
    }
}

ExitCode endOf(const QList<Saved>& saved)
{
    const auto hasFailed = [](const Saved& file) { return file.error.has_value(); };
    const auto failed = std::count_if(saved.begin(), saved.end(), hasFailed);
    if (failed == 0)
        return ExitCode::Ok;
    return failed < saved.size() ? ExitCode::PartlyFailed : exitCodeOf(*saved.constFirst().error);
}

}

QString harmlessFileName(const QString& wished, int attempt)
{
    constexpr qsizetype mostBytes = 200;    // file systems take 255; there must be room for the number
    QString name = visible(wished.mid(std::max(wished.lastIndexOf(u'/'), wished.lastIndexOf(u'\\')) + 1));
    name.replace(u'\\', u'_');    // of the escapes that visible() wrote
    while (name.startsWith(u'.') || name.startsWith(u'-') || name.startsWith(u' '))
        name.remove(0, 1);
    if (name.isEmpty())
        name = u"file"_s;
    const qsizetype dot = name.lastIndexOf(u'.');
    const bool hasSuffix = dot > 0 && name.size() - dot <= 10;
    const QString suffix = hasSuffix ? name.mid(dot) : QString();
    const QString stem = core::base::cutToBytes(hasSuffix ? name.left(dot) : name, mostBytes - suffix.toUtf8().size());
    return attempt == 1 ? stem + suffix : u"%1 (%2)%3"_s.arg(stem).arg(attempt).arg(suffix);
}

Ending artifacts(Session& session, const Arguments& arguments)
{
    const auto id = jobOperand(session, arguments);
    if (!id)
        return errorOf(id);
    const auto artifacts = session.backend.artifacts(*id).wait();
    if (!artifacts)
        return errorOf(artifacts);
    const auto directory = arguments.value(u"save");
    if (!directory) {
        print(session.output, *artifacts, {});
        return ExitCode::Ok;
    }
    const auto saved = saveAll(session, *artifacts, *directory);
    if (!saved)
        return errorOf(saved);
    print(session.output, *artifacts, *saved);
    return endOf(*saved);
}

}
