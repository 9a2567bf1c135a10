// SPDX-License-Identifier: Apache-2.0
#include "core/media/convert.h"

#include "core/media/ffmpeg_command.h"
#include "core/media/ffmpeg_run.h"

#include <algorithm>

namespace core::media {

using namespace Qt::StringLiterals;

namespace {

Result<void> checkSide(const std::optional<int>& side, const QString& field)
{
    if (!side || (*side >= 16 && *side <= 8192 && *side % 2 == 0))
        return {};
    return failure(ErrorKind::Invalid, u"out_of_range"_s, u"%1 must be even and between 16 and 8192."_s.arg(field), field);
}

/// What of the file goes into the container.
struct Sources {
    const ProbeStream* video = nullptr;
    const ProbeStream* audio = nullptr;
};

Sources sourcesOf(const ProbeResult& facts, const Container& container)
{
    return {container.video.isEmpty() ? nullptr : facts.first(u"video"), facts.first(u"audio")};
}

QString pictureFilters(const ConvertOptions& options)
{
    QStringList filters;
    if (options.frameRate)
        filters << u"fps=%1"_s.arg(QString::number(*options.frameRate, 'f', 6));
    const auto side = [](const std::optional<int>& size) { return size ? QString::number(*size) : u"-2"_s; };
    if (options.width || options.height)
        filters << u"scale=%1:%2"_s.arg(side(options.width), side(options.height));
    else    // half a pixel of colour needs even sizes
        filters << u"scale=trunc(iw/2)*2:trunc(ih/2)*2"_s;
    return filters.join(u',');
}

}

Result<void> checkConvert(const ConvertOptions& options, const Limits& limits)
{
    const auto container = containerNamed(options.container);
    if (!container)
        return errorOf(container);
    if (const auto ok = checkEncoding(*container, options.encode); !ok)
        return ok;
    const QString pictureField = options.width       ? u"width"_s
                                 : options.height    ? u"height"_s
                                 : options.frameRate ? u"frame_rate"_s
                                                     : QString();
    if (container->video.isEmpty() && !pictureField.isEmpty())
        return failure(ErrorKind::Invalid, u"not_for_audio"_s, u"%1 holds sound alone."_s.arg(container->name), pictureField);
    if (const auto ok = checkSide(options.width, u"width"_s); !ok)
        return ok;
    if (const auto ok = checkSide(options.height, u"height"_s); !ok)
        return ok;
    if (options.width && options.height && qint64(*options.width) * *options.height > limits.pixels)
        return failure(ErrorKind::Invalid, u"out_of_range"_s, u"width times height is over the pixel limit."_s, u"width"_s);
    if (options.frameRate && !(*options.frameRate >= 1 && *options.frameRate <= 240))
        return failure(ErrorKind::Invalid, u"out_of_range"_s, u"frame_rate must be between 1 and 240."_s, u"frame_rate"_s);
    return {};
}

Result<QStringList> convertArguments(const Probed& file, const QString& outputPath, const ConvertOptions& options, const Limits& limits)
{
    const auto container = containerNamed(options.container);
    if (!container)
        return errorOf(container);
    const Sources sources = sourcesOf(file.facts, *container);
    if (container->video.isEmpty() && !sources.audio)
        return failure(ErrorKind::Invalid, u"no_audio"_s, u"\"%1\" has no sound to put into %2."_s.arg(file.input.path, container->name),
                       u"file_path"_s);
    if (!sources.video && !sources.audio)
        return failure(ErrorKind::Invalid, u"not_media"_s, u"\"%1\" has neither picture nor sound."_s.arg(file.input.path), u"file_path"_s);

    QStringList arguments = ffmpegHead() + progressArguments() + inputArguments(file.input, limits);
    for (const ProbeStream* stream : {sources.video, sources.audio}) {
        if (stream)
            arguments << u"-map"_s << u"0:%1"_s.arg(stream->index);
    }
    arguments << u"-sn"_s << u"-dn"_s;
    if (sources.video)
        arguments << u"-vf"_s << pictureFilters(options);
    return arguments + encodeArguments(*container, options.encode, sources.video != nullptr, sources.audio != nullptr) +
           QStringList{fileArgument(outputPath)};
}

Result<ConvertFacts> convert(const QString& inputPath, const QString& outputPath, const ConvertOptions& options, const RunContext& context)
{
    if (const auto ok = checkConvert(options, context.limits); !ok)
        return errorOf(ok);
    const auto file = probe(inputPath, context);
    if (!file)
        return errorOf(file);
    const auto arguments = convertArguments(*file, outputPath, options, context.limits);
    if (!arguments)
        return errorOf(arguments);
    const auto container = containerNamed(options.container);
    if (!container)
        return errorOf(container);

    UnfinishedFile output(outputPath);
    ProgressMeter meter(context);
    const Sources sources = sourcesOf(file->facts, *container);
    const auto planned = plannedMs(file->facts, {sources.video, sources.audio});
    ProgressReader reader(meter, std::chrono::milliseconds(planned.value_or(0)));
    if (const auto end = runFfmpeg(*arguments, file->input, reader, context); !end)
        return errorOf(end);
    // Looser than a cut: a slower frame rate, or a start later than zero, moves the end by a little.
    const qint64 toleranceMs = std::max<qint64>(planned.value_or(0) / 100, 250) + lateStartMs(file->facts, {sources.video, sources.audio}) +
                               (options.frameRate ? qint64(2000 / *options.frameRate) : 0);
    const auto facts = judgeOutput(outputPath, planned, toleranceMs, context);
    if (!facts)
        return errorOf(facts);
    output.keep();
    meter.finish();
    return ConvertFacts{.container = options.container, .durationMs = facts->durationMs.value_or(0), .sizeBytes = facts->sizeBytes};
}

}
