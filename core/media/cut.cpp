// SPDX-License-Identifier: Apache-2.0
#include "core/media/cut.h"

#include "core/media/containers.h"
#include "core/media/cut_plan.h"
#include "core/media/ffmpeg_command.h"
#include "core/media/ffmpeg_run.h"
#include "core/media/probe.h"

#include <QFileInfo>
#include <QTemporaryFile>

#include <cmath>

namespace core::media {

using namespace Qt::StringLiterals;

namespace {

/// A frame, and the 1,024 samples by which encoders of sound round up.
qint64 toleranceMs(const CutPlan& plan, const ProbeStream* audio)
{
    const double samples = audio ? 1024.0 * 1000 / std::max(1, audio->sampleRateHz.value_or(44'100)) : 0;
    return std::llround(std::ceil(1000 / plan.rate.value() + samples)) + 1;
}

/// Length of what is cut: the picture's if there is one, since sound past the last frame has no grid.
std::optional<qint64> cuttableMs(const ProbeResult& facts, const ProbeStream* video, const ProbeStream* audio)
{
    const ProbeStream* leading = video ? video : audio;
    const auto lastMs = leading->durationMs ? leading->durationMs : facts.durationMs;
    return video && audio && audio->durationMs && lastMs ? std::max(*lastMs, *audio->durationMs) : lastMs;
}

}

QString cutContainer(const ProbeResult& facts)
{
    if (facts.first(u"video") && !facts.isStill())
        return u"mp4"_s;
    const ProbeStream* audio = facts.first(u"audio");
    if (audio && (audio->codec.startsWith("pcm_"_L1) || audio->codec == "flac"_L1))
        return u"wav"_s;
    return audio && audio->codec == "mp3"_L1 ? u"mp3"_s : u"m4a"_s;
}

Result<CutFacts> cutSilences(const QString& inputPath, const QString& outputPath, const QList<TimeSpan>& silences, qint64 paddingMs,
                             const RunContext& context)
{
    const auto file = probe(inputPath, context);
    if (!file)
        return errorOf(file);
    const ProbeStream* video = file->facts.isStill() ? nullptr : file->facts.first(u"video");
    const ProbeStream* audio = file->facts.first(u"audio");
    if (!video && !audio)
        return failure(ErrorKind::Invalid, u"not_media"_s, u"\"%1\" has neither a moving picture nor sound to cut."_s.arg(inputPath),
                       u"file_path"_s);
    const auto durationMs = cuttableMs(file->facts, video, audio);
    if (!durationMs)
        return failure(ErrorKind::Invalid, u"no_duration"_s, u"\"%1\" does not say how long it is; convert it first."_s.arg(inputPath),
                       u"file_path"_s);
    const auto plan = planCut(silences, paddingMs, *durationMs, video ? cutRate(*video) : Rational{1000, 1});
    if (!plan)
        return errorOf(plan);
    const auto container = containerNamed(cutContainer(file->facts));
    if (!container)
        return errorOf(container);

    // Long graphs do not fit into an argument. Beside the output: there it is swept like it, and the system's folder may be small.
    QTemporaryFile graph(QFileInfo(outputPath).path() + u"/.part-graph-XXXXXX"_s);
    if (!graph.open() || graph.write(cutGraph(*plan, video ? video->index : -1, audio ? audio->index : -1).toUtf8()) < 0 || !graph.flush())
        return failure(ErrorKind::Unavailable, u"disk_full"_s, u"The list of cuts could not be written: %1."_s.arg(graph.errorString()));

    QStringList arguments = ffmpegHead() + progressArguments() + inputArguments(file->input, context.limits);
    arguments << u"-filter_complex_script"_s << graph.fileName();
    if (video)
        arguments << u"-map"_s << u"[v]"_s << u"-r"_s << u"%1/%2"_s.arg(plan->rate.num).arg(plan->rate.den);
    if (audio)
        arguments << u"-map"_s << u"[a]"_s;
    arguments << u"-map_chapters"_s << u"-1"_s;
    arguments += encodeArguments(*container, {}, video != nullptr, audio != nullptr);
    arguments << fileArgument(outputPath);

    UnfinishedFile output(outputPath);
    ProgressMeter meter(context);
    ProgressReader reader(meter, plan->length());
    if (const auto end = runFfmpeg(arguments, file->input, reader, context); !end)
        return errorOf(end);
    const qint64 keptMs = std::chrono::round<std::chrono::milliseconds>(plan->length()).count();
    const auto facts = judgeOutput(outputPath, keptMs, toleranceMs(*plan, audio), context);
    if (!facts)
        return errorOf(facts);
    output.keep();
    meter.finish();
    return CutFacts{.durationMs = facts->durationMs.value_or(keptMs),
                    .removedMs = std::max<qint64>(0, *durationMs - keptMs),
                    .sizeBytes = facts->sizeBytes};
}

}
