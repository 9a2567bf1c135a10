// SPDX-License-Identifier: Apache-2.0
#include "core/media/thumbnail.h"

#include "core/media/ffmpeg_command.h"
#include "core/media/image_size.h"
#include "core/media/probe.h"

#include <algorithm>

namespace core::media {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds longestRun = std::chrono::seconds{30};
constexpr qint64 largestPicture = qint64{32} << 20;

/// One picture at or after that time; empty if nothing begins there any more.
Result<QByteArray> pictureAt(const Probed& file, int stream, qint64 atMs, int width, const RunContext& context)
{
    QStringList arguments = ffmpegHead();
    if (atMs > 0)
        arguments << u"-ss"_s << secondsText(std::chrono::milliseconds(atMs));
    arguments += inputArguments(file.input, context.limits);
    arguments << u"-map"_s << u"0:%1"_s.arg(stream) << u"-frames:v"_s << u"1"_s << u"-vf"_s << u"scale=%1:-2"_s.arg(width) << u"-c:v"_s
              << u"mjpeg"_s << u"-q:v"_s << u"3"_s << u"-pix_fmt"_s << u"yuvj420p"_s << u"-f"_s << u"image2pipe"_s << u"pipe:1"_s;
    const auto end = runProcess({.program = context.tools.ffmpeg, .arguments = arguments, .outputCap = largestPicture}, context);
    if (!end)
        return errorOf(end);
    if (!end->isSuccess())
        return tl::make_unexpected(toolError(*end, u"ffmpeg"_s, file.input.path));
    return end->output;
}

}

Result<QByteArray> readThumbnail(const QString& path, qint64 atMs, int width, const RunContext& context)
{
    if (width < 16 || width > 4096)
        return failure(ErrorKind::Invalid, u"out_of_range"_s, u"width must be between 16 and 4096."_s, u"width"_s);
    RunContext limited = context;
    limited.limits.wallTime = std::min(context.limits.wallTime, longestRun);
    const auto file = probe(path, limited);
    if (!file)
        return errorOf(file);
    const ProbeStream* video = file->facts.first(u"video");
    if (!video)
        return failure(ErrorKind::Invalid, u"no_video"_s, u"\"%1\" has no picture to show."_s.arg(path), u"file_path"_s);

    const qint64 lengthMs = video->durationMs.value_or(file->facts.durationMs.value_or(std::max<qint64>(0, atMs)));
    // the asked time, then a little before the end, then the very first picture
    for (const qint64 ms : {std::clamp<qint64>(atMs, 0, lengthMs), std::max<qint64>(0, std::min(atMs, lengthMs) - 500), qint64{0}}) {
        auto picture = pictureAt(*file, video->index, file->facts.isStill() ? 0 : ms, width, limited);
        if (!picture || imageSize(*picture))
            return picture;
    }
    return failure(ErrorKind::Internal, u"output_missing"_s, u"ffmpeg ended well but wrote no picture."_s);
}

}
