// SPDX-License-Identifier: Apache-2.0
#include "core/media/probe.h"

#include "core/media/ffmpeg_command.h"

#include <QFileInfo>

#include <cstdlib>

namespace core::media {

using namespace Qt::StringLiterals;

Result<Probed> probe(const QString& path, const RunContext& context)
{
    const auto input = checkInput(path, context.limits);
    if (!input)
        return errorOf(input);
    QStringList arguments{u"-v"_s, u"error"_s, u"-print_format"_s, u"json"_s, u"-show_error"_s, u"-show_format"_s, u"-show_streams"_s};
    const auto end =
        runProcess({.program = context.tools.ffprobe, .arguments = arguments + inputArguments(*input, context.limits)}, context);
    if (!end)
        return errorOf(end);
    // A picture over the limit is no error to ffprobe: it leaves the size out and exits with 0.
    if (!end->isSuccess() || end->errorHead.contains("exceeds specified max pixel count"))
        return tl::make_unexpected(toolError(*end, u"ffprobe"_s, path));
    auto facts = parseProbe(end->output);
    if (!facts)
        return errorOf(facts);
    facts->sizeBytes = input->sizeBytes;    // ffprobe leaves it out for stills
    for (const ProbeStream& stream : facts->streams) {
        if (stream.width && stream.height && qint64(*stream.width) * *stream.height > context.limits.pixels)
            return failure(ErrorKind::TooLarge, u"too_many_pixels"_s,
                           u"\"%1\" has pictures of %2 x %3, more than the pixel limit."_s.arg(path).arg(*stream.width).arg(*stream.height),
                           u"file_path"_s);
    }
    return Probed{*input, *facts};
}

Result<ProbeResult> judgeOutput(const QString& path, std::optional<qint64> plannedMs, qint64 toleranceMs, const RunContext& context)
{
    if (!QFileInfo::exists(path))
        return failure(ErrorKind::Internal, u"output_missing"_s, u"ffmpeg ended well but wrote no output."_s);
    auto outputContext = context;
    outputContext.limits.inputBytes = std::numeric_limits<qint64>::max();    // the limit is for what comes from outside
    const auto probed = probe(path, outputContext);
    if (!probed) {
        if (probed.error().kind == ErrorKind::Cancelled || probed.error().kind == ErrorKind::TimedOut)
            return errorOf(probed);
        return failure(ErrorKind::Internal, u"output_unreadable"_s, u"What ffmpeg wrote cannot be read: %1"_s.arg(probed.error().message));
    }
    const qint64 durationMs = probed->facts.durationMs.value_or(0);
    if (durationMs <= 0 || (plannedMs && std::llabs(durationMs - *plannedMs) > toleranceMs))
        return failure(
            ErrorKind::Invalid, u"output_incomplete"_s,
            u"The output lasts %1 ms instead of %2 ms: the input is damaged or ends early."_s.arg(durationMs).arg(plannedMs.value_or(0)));
    return probed->facts;
}

}
