// SPDX-License-Identifier: Apache-2.0
#include "core/media/silence.h"

#include "core/media/ffmpeg_command.h"
#include "core/media/probe.h"
#include "core/media/progress.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace core::media {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

std::optional<qint64> millisecondsAfter(QByteArrayView line, QByteArrayView key)
{
    const qsizetype at = line.indexOf(key);
    if (at < 0)
        return {};
    QByteArray number = line.sliced(at + key.size()).trimmed().toByteArray();
    number.truncate(std::min(number.size(), qsizetype(number.indexOf(' ') < 0 ? number.size() : number.indexOf(' '))));
    bool ok = false;
    const double seconds = number.toDouble(&ok);
    if (!ok || !std::isfinite(seconds) || std::abs(seconds) > 1e9)
        return {};
    return std::llround(seconds * 1000);
}

/// One stretch of the sound. `lengthMs` empty: to the end, however far that is.
struct Part {
    qint64 startMs = 0;
    std::optional<qint64> lengthMs;
};

/// Parts overlap by more than the shortest silence, so that one that lies across a border is seen whole, or long enough, in the first.
QList<Part> partsOf(std::optional<qint64> durationMs, const SilenceOptions& options)
{
    if (!durationMs)
        return {Part{}};
    const qint64 overlapMs = options.minSilenceMs + 1000;
    QList<Part> parts{Part{0, options.partMs + overlapMs}};
    for (qint64 start = options.partMs; start + overlapMs < *durationMs; start += options.partMs)
        parts << Part{start, options.partMs + overlapMs};
    parts.last().lengthMs.reset();
    return parts;
}

Result<void> checkOptions(const SilenceOptions& options)
{
    if (!(options.noiseDb >= -120 && options.noiseDb < 0))
        return failure(ErrorKind::Invalid, u"out_of_range"_s, u"noise_db must be at least -120 and below 0."_s, u"noise_db"_s);
    if (options.minSilenceMs < 10 || options.minSilenceMs > 600'000)
        return failure(ErrorKind::Invalid, u"out_of_range"_s, u"min_silence_ms must be between 10 and 600000."_s, u"min_silence_ms"_s);
    return {};
}

struct PartResult {
    QList<TimeSpan> spans;    // from the beginning of the file
    qint64 endMs = 0;         // how far the sound went
};

Result<PartResult> searchPart(const Part& part, const Probed& file, const ProbeStream& audio, const SilenceOptions& options,
                              ProgressMeter& meter, const RunContext& context)
{
    const qint64 lastMs = file.facts.durationMs ? *file.facts.durationMs - part.startMs : std::numeric_limits<qint32>::max();
    const qint64 lengthMs = part.lengthMs.value_or(lastMs);
    QStringList arguments = ffmpegHead(u"info"_s) + progressArguments();
    if (part.startMs > 0)
        arguments << u"-ss"_s << secondsText(milliseconds(part.startMs));
    if (part.lengthMs)
        arguments << u"-t"_s << secondsText(milliseconds(*part.lengthMs));
    arguments += inputArguments(file.input, context.limits);
    const auto filter =
        u"silencedetect=noise=%1dB:d=%2"_s.arg(QString::number(options.noiseDb, 'f', 3), secondsText(milliseconds(options.minSilenceMs)));
    arguments << u"-map"_s << u"0:%1"_s.arg(audio.index) << u"-vn"_s << u"-sn"_s << u"-dn"_s << u"-af"_s << filter << u"-f"_s << u"null"_s
              << u"-"_s;

    SilenceLog log;
    ProgressReader reader(meter, file.facts.durationMs ? milliseconds(lengthMs) : milliseconds(0));
    const auto end = runProcess({.program = context.tools.ffmpeg,
                                 .arguments = arguments,
                                 .onOutputLine = [&](QByteArrayView line) { reader.line(line); },
                                 .onErrorLine = [&](QByteArrayView line) { log.line(line); }},
                                context);
    if (!end)
        return errorOf(end);
    if (!end->isSuccess())
        return tl::make_unexpected(toolError(*end, u"ffmpeg"_s, file.input.path));
    const qint64 heardMs = std::chrono::duration_cast<milliseconds>(reader.outTime().value_or(milliseconds(0))).count();
    PartResult result{{}, part.startMs + heardMs};
    for (const TimeSpan& span : log.spans(file.facts.durationMs ? std::min(lengthMs, lastMs) : heardMs))
        result.spans << TimeSpan{part.startMs + span.startMs, part.startMs + span.endMs};
    return result;
}

}

QList<TimeSpan> tidy(QList<TimeSpan> spans, qint64 durationMs)
{
    std::sort(spans.begin(), spans.end(), [](const TimeSpan& a, const TimeSpan& b) { return a.startMs < b.startMs; });
    QList<TimeSpan> tidied;
    for (TimeSpan span : spans) {
        span.startMs = std::max<qint64>(0, span.startMs);
        span.endMs = std::min(durationMs, span.endMs);
        if (span.lengthMs() <= 0)
            continue;
        if (!tidied.isEmpty() && span.startMs <= tidied.last().endMs)
            tidied.last().endMs = std::max(tidied.last().endMs, span.endMs);
        else
            tidied << span;
    }
    return tidied;
}

qint64 Silences::totalMs() const
{
    qint64 total = 0;
    for (const TimeSpan& span : segments)
        total += span.lengthMs();
    return total;
}

void SilenceLog::line(QByteArrayView line)
{
    if (!line.startsWith("[silencedetect @"))
        return;
    if (const auto start = millisecondsAfter(line, "silence_start: "))
        m_open = start;
    if (const auto end = millisecondsAfter(line, "silence_end: "); end && m_open) {
        m_spans << TimeSpan{*m_open, *end};
        m_open.reset();
    }
}

QList<TimeSpan> SilenceLog::spans(qint64 endMs) const
{
    auto spans = m_spans;
    if (m_open)
        spans << TimeSpan{*m_open, endMs};
    return tidy(spans, endMs);
}

Result<Silences> detectSilence(const QString& path, const SilenceOptions& options, const RunContext& context)
{
    if (const auto checked = checkOptions(options); !checked)
        return errorOf(checked);
    const auto file = probe(path, context);
    if (!file)
        return errorOf(file);
    const ProbeStream* audio = file->facts.first(u"audio");
    if (!audio)
        return failure(ErrorKind::Invalid, u"no_audio"_s, u"\"%1\" has no sound to search."_s.arg(path), u"file_path"_s);

    Silences result;
    const auto parts = partsOf(file->facts.durationMs, options);
    QList<TimeSpan> found;
    qint64 heardMs = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        ProgressMeter meter(context, double(i) / double(parts.size()), double(i + 1) / double(parts.size()));
        const auto part = searchPart(parts[i], *file, *audio, options, meter, context);
        if (!part)
            return errorOf(part);
        found += part->spans;
        heardMs = std::max(heardMs, part->endMs);
        meter.finish();
    }
    result.durationMs = file->facts.durationMs.value_or(heardMs);
    result.segments = tidy(found, result.durationMs);
    return result;
}

}
