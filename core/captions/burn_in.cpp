// SPDX-License-Identifier: Apache-2.0
#include "core/captions/burn_in.h"

#include "core/captions/ass.h"
#include "core/captions/style.h"
#include "core/media/ffmpeg_command.h"
#include "core/media/ffmpeg_run.h"
#include "core/media/probe.h"
#include "core/media/progress.h"

#include <QDir>
#include <QFile>
#include <QSize>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace core::captions {

namespace {

using namespace Qt::StringLiterals;

constexpr double checkedAt = 0.02;    // of the progress
constexpr double encodedAt = 0.98;
constexpr qint64 audioFrameMs = 70;    // one packet of sound: AAC at 16 kHz has 64 ms

/// The size of the frames that the filter gets: ffmpeg turns them as the file's display matrix says.
QSize shownSize(const media::ProbeStream& video)
{
    const QSize stored(video.width.value_or(0), video.height.value_or(0));
    return std::abs(video.rotationDeg) % 180 == 90 ? stored.transposed() : stored;
}

double frameSeconds(const media::ProbeResult& facts)
{
    const media::Rational rate = facts.first(u"video")->frameRate;
    return rate.isPositive() ? 1 / rate.value() : 0.04;
}

/// What MP4 players expect to find in one; every other sound goes into Matroska, which takes all.
QString containerFor(const media::ProbeResult& facts)
{
    static const QStringList inMp4{u"aac"_s, u"mp3"_s, u"ac3"_s, u"eac3"_s, u"alac"_s, u"opus"_s};
    const media::ProbeStream* audio = facts.first(u"audio");
    return !audio || inMp4.contains(audio->codec) ? u"mp4"_s : u"mkv"_s;
}

Result<void> checkCues(const QList<CaptionCue>& cues)
{
    bool isAnyVisible = false;
    for (qsizetype i = 0; i < cues.size(); ++i) {
        if (cues[i].startMs < 0 || cues[i].endMs < cues[i].startMs) {
            return failure(ErrorKind::Invalid, u"cue_times"_s,
                           u"A caption from %1 ms to %2 ms cannot be shown"_s.arg(cues[i].startMs).arg(cues[i].endMs),
                           u"segments/%1"_s.arg(i));
        }
        isAnyVisible = isAnyVisible || !cues[i].text.trimmed().isEmpty();
    }
    if (!isAnyVisible)
        return failure(ErrorKind::Invalid, u"no_cues"_s, u"There is no caption with a text"_s, u"segments"_s);
    return {};
}

Result<void> checkVideo(const media::ProbeResult& facts, const QList<CaptionCue>& cues)
{
    const media::ProbeStream* video = facts.first(u"video");
    if (!video || facts.isStill() || shownSize(*video).isEmpty())
        return failure(ErrorKind::Invalid, u"no_video"_s, u"The file has no moving picture to put captions on"_s, u"file_path"_s);
    const bool isAnyInTime = std::any_of(cues.cbegin(), cues.cend(), [&](const CaptionCue& cue) {
        return !cue.text.trimmed().isEmpty() && (!facts.durationMs || cue.startMs < *facts.durationMs);
    });
    if (!isAnyInTime)
        return failure(ErrorKind::Invalid, u"no_cues"_s, u"Every caption begins after the video has ended"_s, u"segments"_s);
    return {};
}

Result<void> writeScript(const QString& path, const QByteArray& script)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size() || !file.flush())
        return failure(ErrorKind::Unavailable, u"work_folder_unusable"_s, u"The captions could not be written"_s, {}, file.errorString());
    return {};
}

QStringList encodeArguments(const media::Probed& file, const BurnInRequest& request, const QString& container,
                            const media::RunContext& context)
{
    const QSize size = shownSize(*file.facts.first(u"video"));
    QString filter = u"ass=captions.ass"_s;                 // a fixed name in a folder of ours: nothing to escape
    if (size.width() % 2 != 0 || size.height() % 2 != 0)    // 4:2:0 has no half pixels
        filter += u",pad=ceil(iw/2)*2:ceil(ih/2)*2"_s;
    return media::ffmpegHead() + media::inputArguments(file.input, context.limits) +
           QStringList{u"-map"_s,      u"0:V:0"_s,       u"-map"_s,     u"0:a?"_s,    u"-vf"_s,     filter,
                       u"-fps_mode"_s, u"passthrough"_s, u"-c:v"_s,     u"libx264"_s, u"-preset"_s, u"veryfast"_s,
                       u"-crf"_s,      u"20"_s,          u"-pix_fmt"_s, u"yuv420p"_s, u"-c:a"_s,    u"copy"_s} +
           (container == u"mp4"_s ? QStringList{u"-movflags"_s, u"+faststart"_s} : QStringList{}) + media::progressArguments() +
           QStringList{u"-f"_s, container == u"mp4"_s ? u"mp4"_s : u"matroska"_s, media::fileArgument(request.outputPath)};
}

/// What is in a video stream, by its packets: a container's own count and length are often wrong.
struct Pictures {
    qint64 count = 0;
    double lastSeconds = 0;    ///< time stamp of the last one shown; 0 if the container has none
};

/// Without the pictures that the file's edit list hides.
Result<Pictures> countPictures(const media::InputFile& file, const media::RunContext& context)
{
    Pictures pictures;
    const auto readLine = [&](QByteArrayView line) {    // "1.960000,K_"
        const QList<QByteArray> fields = line.toByteArray().split(',');
        if (fields.size() < 2 || fields[1].contains('D'))
            return;
        ++pictures.count;
        pictures.lastSeconds = std::max(pictures.lastSeconds, fields[0].toDouble());    // "N/A" is 0
    };
    const QStringList arguments{u"-v"_s,  u"error"_s,  u"-select_streams"_s, u"V:0"_s, u"-show_entries"_s, u"packet=pts_time,flags"_s,
                                u"-of"_s, u"csv=p=0"_s};
    const auto end = media::runProcess(
        {.program = context.tools.ffprobe, .arguments = arguments + media::inputArguments(file, context.limits), .onOutputLine = readLine},
        context);
    if (!end)
        return errorOf(end);
    if (!end->isSuccess())
        return tl::make_unexpected(media::toolError(*end, u"ffprobe"_s, file.path));
    return pictures;
}

/// Compares the output's pictures with the input's: as many, the last at the same time. Says how many a damaged input lacks (ffmpeg complained
/// about it); without damage more than one is an error.
Result<qint64> lostFrames(const media::Probed& input, const media::Probed& output, const QByteArray& complaints,
                          const media::RunContext& context)
{
    const auto before = countPictures(input.input, context);
    if (!before)
        return errorOf(before);
    const auto after = countPictures(output.input, context);
    if (!after)
        return errorOf(after);
    const double late = (before->lastSeconds - static_cast<double>(input.facts.startTimeMs.value_or(0)) / 1000) -
                        (after->lastSeconds - static_cast<double>(output.facts.startTimeMs.value_or(0)) / 1000);
    const bool endsTogether = before->lastSeconds <= 0 || std::abs(late) <= frameSeconds(input.facts) + 0.01;
    const qint64 lost = before->count - after->count;
    if (endsTogether && std::abs(lost) <= 1)
        return 0;
    if (complaints.isEmpty() || lost < 0) {
        return failure(
            ErrorKind::Internal, u"frames_lost"_s,
            u"The output has %1 pictures and the input %2; it ends %3 s early"_s.arg(after->count).arg(before->count).arg(late, 0, 'f', 3),
            {}, QString::fromUtf8(complaints));
    }
    return lost;
}

}

Result<BurnInResult> burnIn(const BurnInRequest& request, const media::RunContext& context)
{
    if (const auto style = checkStyle(request.style); !style)
        return errorOf(style);
    if (const auto cues = checkCues(request.cues); !cues)
        return errorOf(cues);
    const auto file = media::probe(request.inputPath, context);
    if (!file)
        return errorOf(file);
    if (const auto video = checkVideo(file->facts, request.cues); !video)
        return errorOf(video);

    const QTemporaryDir folder((request.workFolder.isEmpty() ? QDir::tempPath() : request.workFolder) + u"/captions-XXXXXX"_s);
    if (!folder.isValid())
        return failure(ErrorKind::Unavailable, u"work_folder_unusable"_s, u"No temporary folder could be made"_s, {}, folder.errorString());
    const auto fonts = checkFonts(request.cues, request.style, folder.path(), context);
    if (!fonts)
        return errorOf(fonts);
    const media::ProbeStream& video = *file->facts.first(u"video");
    if (const auto written = writeScript(folder.filePath(u"captions.ass"_s), toAss(request.cues, request.style, shownSize(video)));
        !written)
        return errorOf(written);

    media::UnfinishedFile unfinished(request.outputPath);
    media::ProgressMeter progress(context, checkedAt, encodedAt);
    const auto planned = media::plannedMs(file->facts, {file->facts.first(u"video"), file->facts.first(u"audio")});
    media::ProgressReader reader(progress, std::chrono::milliseconds(planned.value_or(0)));
    const QString container = containerFor(file->facts);
    const auto end = media::runProcess({.program = context.tools.ffmpeg,
                                        .arguments = encodeArguments(*file, request, container, context),
                                        .workingFolder = folder.path(),
                                        .onOutputLine = [&](QByteArrayView line) { reader.line(line); }},
                                       context);
    if (!end)
        return errorOf(end);
    if (!end->isSuccess())
        return tl::make_unexpected(media::toolError(*end, u"ffmpeg"_s, request.inputPath));

    const auto output = media::judgeOutput(request.outputPath, std::nullopt, 0, context);
    if (!output)
        return errorOf(output);
    const qint64 durationMs = output->durationMs.value_or(0);
    // Longer is no loss: an input's own length often leaves out its last frames.
    if (planned && durationMs < *planned - audioFrameMs - std::lround(frameSeconds(file->facts) * 1000)) {
        return failure(ErrorKind::Invalid, u"output_incomplete"_s,
                       u"The output lasts %1 ms instead of %2 ms: the input is damaged or ends early"_s.arg(durationMs).arg(*planned),
                       u"file_path"_s, QString::fromUtf8(end->errorTail));
    }
    const auto lost = lostFrames(*file, {{request.outputPath, {}, output->sizeBytes}, *output}, end->errorHead, context);
    if (!lost)
        return errorOf(lost);
    unfinished.keep();
    media::ProgressMeter(context, encodedAt, 1).finish();
    return BurnInResult{container, durationMs, output->sizeBytes, *fonts, fonts->isReplaced(request.style.font), *lost};
}

}
