// SPDX-License-Identifier: Apache-2.0
#include "core/media/ffmpeg_run.h"

#include "core/media/ffmpeg_command.h"

#include <QFile>

namespace core::media {

using namespace Qt::StringLiterals;

Result<ProcessEnd> runFfmpeg(const QStringList& arguments, const InputFile& input, ProgressReader& reader, const RunContext& context)
{
    const auto end = runProcess(
        {.program = context.tools.ffmpeg, .arguments = arguments, .onOutputLine = [&](QByteArrayView line) { reader.line(line); }},
        context);
    if (!end)
        return errorOf(end);
    if (!end->isSuccess())
        return tl::make_unexpected(toolError(*end, u"ffmpeg"_s, input.path));
    return *end;
}

UnfinishedFile::~UnfinishedFile()
{
    if (!m_kept)
        QFile::remove(m_path);
}

}
