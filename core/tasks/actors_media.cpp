// SPDX-License-Identifier: Apache-2.0
#include "core/media/convert.h"
#include "core/media/cut.h"
#include "core/media/frames.h"
#include "core/media/probe.h"
#include "core/media/silence.h"
#include "core/tasks/actor_output.h"
#include "core/tasks/actors.h"

#include <QFileInfo>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

StreamInfo streamInfo(const media::ProbeStream& stream)
{
    StreamInfo info;
    info.index = stream.index;
    // Cover art is a picture that travels with sound: a video stream to ffprobe, but nothing to play.
    info.kind = Word<StreamKind>::fromStored(stream.kind == u"cover"_s ? u"attachment"_s : stream.kind);
    const auto set = [](auto& to, const auto& from) {
        if (from)
            to = *from;
    };
    if (!stream.codec.isEmpty())
        info.codec = stream.codec;
    set(info.width, stream.width);
    set(info.height, stream.height);
    if (stream.kind == u"video"_s && stream.frameRate.isPositive())
        info.frameRate = stream.frameRate.value();
    if (stream.rotationDeg != 0)
        info.rotationDeg = stream.rotationDeg;
    set(info.sampleRateHz, stream.sampleRateHz);
    set(info.channels, stream.channels);
    if (!stream.language.isEmpty())
        info.language = stream.language;
    set(info.durationMs, stream.durationMs);
    return info;
}

QList<media::TimeSpan> spansOf(const QList<Segment>& segments)
{
    QList<media::TimeSpan> spans;
    for (const Segment& segment : segments)
        spans.append({segment.startMs, segment.endMs});
    return spans;
}

Result<QList<Segment>> segmentsToRemove(const SilenceApplyInput& input, const RunTicket& ticket)
{
    if (input.segments)
        return *input.segments;
    if (!ticket.detectOutput)
        return failure(ErrorKind::Invalid, u"detect_job_gone"_s, u"The job that found the silences has no output any more"_s,
                       u"/detect_job_id"_s);
    const auto output = parseOutput(JobType::SilenceDetect, *ticket.detectOutput);
    const auto* silences = std::get_if<SilenceDetectOutput>(&output.value);
    if (!silences || !validateOutput(output.value, output.diagnostics))
        return failure(ErrorKind::Invalid, u"detect_output_invalid"_s, u"The output of the job that found the silences cannot be read"_s,
                       u"/detect_job_id"_s);
    return silences->segments;
}

}

Result<MediaProbeOutput> runMediaProbe(const MediaProbeInput& input, const ActorContext& context)
{
    const auto path = context.storage.resolve(input.filePath);
    if (!path)
        return errorOf(path);
    const auto probed = media::probe(*path, context.run);
    if (!probed)
        return errorOf(probed);
    const media::ProbeResult& facts = probed->facts;
    MediaProbeOutput output;
    output.format = {facts.formatName, facts.durationMs, facts.sizeBytes, facts.bitRateBps};
    for (const media::ProbeStream& stream : facts.streams)
        output.streams.append(streamInfo(stream));
    output.raw.bytes = facts.raw;
    return output;
}

Result<SilenceDetectOutput> runSilenceDetect(const SilenceDetectInput& input, const ActorContext& context)
{
    const auto path = context.storage.resolve(input.filePath);
    if (!path)
        return errorOf(path);
    media::SilenceOptions options;
    options.noiseDb = input.noiseDb;
    options.minSilenceMs = input.minSilenceMs;
    const auto silences = media::detectSilence(*path, options, context.run);
    if (!silences)
        return errorOf(silences);
    SilenceDetectOutput output;
    output.durationMs = silences->durationMs;
    output.totalSilenceMs = silences->totalMs();
    for (const media::TimeSpan& span : silences->segments)
        output.segments.append({span.startMs, span.endMs});
    return output;
}

Result<SilenceApplyOutput> runSilenceApply(const SilenceApplyInput& input, const RunTicket& ticket, const ActorContext& context)
{
    const auto path = context.storage.resolve(input.filePath);
    if (!path)
        return errorOf(path);
    const auto segments = segmentsToRemove(input, ticket);
    if (!segments)
        return errorOf(segments);
    const auto probed = media::probe(*path, context.run);
    if (!probed)
        return errorOf(probed);
    auto target = ActorOutput::prepare(ticket, input.outFolder,
                                       outputBaseName(input.filePath) + u"-cut."_s + media::cutContainer(probed->facts), context);
    if (!target)
        return errorOf(target);
    const auto cut = media::cutSilences(*path, target->temporaryPath(), spansOf(*segments), input.paddingMs, context.run);
    if (!cut)
        return errorOf(cut);
    if (const auto published = target->publish(); !published)
        return errorOf(published);
    return SilenceApplyOutput{target->key(), cut->durationMs, cut->removedMs, cut->sizeBytes};
}

media::ConvertOptions convertOptionsOf(const MediaConvertInput& input)
{
    const auto narrow = [](const std::optional<qint64>& value) { return value ? std::optional(static_cast<int>(*value)) : std::nullopt; };
    media::ConvertOptions options;
    options.container = input.container.stored();
    options.encode.videoCodec = input.videoCodec == u"h265"_s ? u"hevc"_s : input.videoCodec;    // one codec, two names
    options.encode.audioCodec = input.audioCodec;
    options.encode.crf = narrow(input.crf);
    options.encode.videoBitrateBps = input.videoBitrateBps;
    options.encode.audioBitrateBps = input.audioBitrateBps;
    options.width = narrow(input.width);
    options.height = narrow(input.height);
    options.frameRate = input.frameRate;
    return options;
}

Result<MediaConvertOutput> runMediaConvert(const MediaConvertInput& input, const RunTicket& ticket, const ActorContext& context)
{
    const auto path = context.storage.resolve(input.filePath);
    if (!path)
        return errorOf(path);
    const media::ConvertOptions options = convertOptionsOf(input);
    auto target = ActorOutput::prepare(ticket, input.outFolder, outputBaseName(input.filePath) + u'.' + options.container, context);
    if (!target)
        return errorOf(target);
    const auto converted = media::convert(*path, target->temporaryPath(), options, context.run);
    if (!converted)
        return errorOf(converted);
    if (const auto published = target->publish(); !published)
        return errorOf(published);
    return MediaConvertOutput{target->key(), input.container, converted->durationMs, converted->sizeBytes};
}

Result<FrameExtractOutput> runFrameExtract(const FrameExtractInput& input, const RunTicket& ticket, const ActorContext& context)
{
    const auto path = context.storage.resolve(input.filePath);
    if (!path)
        return errorOf(path);
    media::FrameOptions options;
    using Mode = media::FrameOptions::Mode;
    options.mode = input.mode == FrameMode::Timestamps ? Mode::Timestamps : input.mode == FrameMode::Scene ? Mode::Scene : Mode::Interval;
    options.intervalMs = input.intervalMs;
    options.timestampsMs = input.timestampsMs;
    options.sceneThreshold = input.sceneThreshold;
    if (input.width)
        options.width = static_cast<int>(*input.width);
    options.imageFormat = input.imageFormat.stored();
    options.maxFrames = static_cast<int>(input.maxFrames);
    auto target = ActorOutput::prepareFolder(ticket, input.outFolder, u"frames"_s, context);
    if (!target)
        return errorOf(target);
    const auto frames = media::extractFrames(*path, target->temporaryPath(), options, context.run);
    if (!frames)
        return errorOf(frames);
    if (const auto published = target->publish(); !published)
        return errorOf(published);
    FrameExtractOutput output;
    output.framesFolder = target->key();
    for (const media::Frame& frame : *frames)
        output.frames.append({target->key() + u'/' + frame.name, frame.timestampMs, frame.width, frame.height});
    return output;
}

}
