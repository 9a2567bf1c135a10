// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/audio.h"

#include "core/media/ffmpeg_command.h"
#include "core/media/ffmpeg_run.h"
#include "core/transcription/utterances.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <bit>
#include <chrono>
#include <span>

namespace core::transcription {

namespace {

using namespace Qt::StringLiterals;

static_assert(std::endian::native == std::endian::little, "ffmpeg writes s16le, and it is read as it stands");

QStringList decodeArguments(const media::Probed& file, const QString& path, const media::RunContext& context)
{
    // aresample fills gaps, and the time before the first sample, with silence: a raw file has no time stamps to say where they were.
    return media::ffmpegHead() + media::inputArguments(file.input, context.limits) +
           QStringList{u"-map"_s, u"0:a:0"_s, u"-vn"_s, u"-sn"_s, u"-dn"_s, u"-af"_s, u"aresample=%1:async=1:first_pts=0"_s.arg(sampleRate),
                       u"-ac"_s,  u"1"_s} +
           media::progressArguments() + QStringList{u"-f"_s, u"s16le"_s, media::fileArgument(path)};
}

}

Result<Samples> Samples::decode(const media::Probed& file, const QString& path, media::ProgressMeter& progress,
                                const media::RunContext& context)
{
    if (!file.facts.first(u"audio"))
        return failure(ErrorKind::Invalid, u"no_audio"_s, u"\"%1\" has no sound to transcribe."_s.arg(file.input.path), u"file_path"_s);
    media::ProgressReader reader(progress, std::chrono::milliseconds(file.facts.durationMs.value_or(0)));
    const auto end = media::runFfmpeg(decodeArguments(file, path, context), file.input, reader, context);
    if (!end)
        return errorOf(end);
    progress.finish();

    Samples samples;
    samples.m_path = path;
    samples.m_count = QFileInfo(path).size() / qint64{sizeof(qint16)};
    return samples;
}

Result<std::vector<qint16>> Samples::read(qint64 first, qint64 count) const
{
    std::vector<qint16> values(static_cast<size_t>(std::clamp<qint64>(count, 0, m_count - first)));
    const auto bytes = static_cast<qint64>(values.size() * sizeof(qint16));
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(first * qint64{sizeof(qint16)}) ||
        file.read(reinterpret_cast<char*>(values.data()), bytes) != bytes)
        return failure(ErrorKind::Internal, u"samples_unreadable"_s, u"The decoded sound could not be read back"_s, {}, file.errorString());
    return values;
}

Result<std::vector<float>> Samples::levels() const
{
    constexpr qint64 block = qint64{60} * sampleRate;    // a minute at a time
    std::vector<float> levels;
    for (qint64 first = 0; first < m_count; first += block) {
        const auto samples = read(first, block);
        if (!samples)
            return errorOf(samples);
        const std::span all(*samples);
        for (size_t at = 0; at + samplesPerFrame <= all.size(); at += samplesPerFrame)
            levels.push_back(levelOf(all.subspan(at, samplesPerFrame)));
    }
    return levels;
}

}
