// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/audio.h"

#include "core/media/process.h"
#include "core/transcription/utterances.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <bit>
#include <span>

namespace core::transcription {

namespace {

using namespace Qt::StringLiterals;

static_assert(std::endian::native == std::endian::little, "ffmpeg writes s16le, and it is read as it stands");

QStringList decodeArguments(const QString& inputPath, const QString& path, const media::RunContext& context)
{
    return {
        u"-nostdin"_s, u"-hide_banner"_s, u"-v"_s, u"error"_s, u"-y"_s,
        u"-protocol_whitelist"_s, u"file,crypto,data"_s,
        u"-format_whitelist"_s, u"mov,matroska,webm,mp3,wav,ogg,flac,aac,avi,mpegts,mpeg,flv,asf,aiff,amr,caf"_s,
        u"-max_pixels"_s, QString::number(context.limits.pixels),
        u"-i"_s, u"file:"_s + QFileInfo(inputPath).absoluteFilePath(),
        u"-map"_s, u"0:a:0"_s, u"-vn"_s, u"-sn"_s, u"-dn"_s,
        // Fills gaps, and the time before the first sample, with silence: a raw file has no time stamps to say where they were.
        u"-af"_s, u"aresample=%1:async=1:first_pts=0"_s.arg(sampleRate), u"-ac"_s, u"1"_s,
        u"-f"_s, u"s16le"_s, u"file:"_s + QFileInfo(path).absoluteFilePath(),
    };
}

}

Result<Samples> Samples::decode(const QString& inputPath, const QString& path, const media::RunContext& context)
{
    const auto end = media::runProcess({.program = context.tools.ffmpeg, .arguments = decodeArguments(inputPath, path, context)}, context);
    if (!end)
        return errorOf(end);
    if (!end->isSuccess()) {
        const QString detail = QString::fromUtf8(end->errorTail);
        if (end->errorHead.contains("matches no streams"))
            return failure(ErrorKind::Invalid, u"no_audio"_s, u"The file has no sound to transcribe"_s, u"file_path"_s, detail);
        return failure(ErrorKind::Invalid, u"not_media"_s, u"The file's sound could not be decoded: "_s + media::describeEnd(*end), u"file_path"_s,
                       detail);
    }
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
    if (!file.open(QIODevice::ReadOnly) || !file.seek(first * qint64{sizeof(qint16)}) || file.read(reinterpret_cast<char*>(values.data()), bytes) != bytes)
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
