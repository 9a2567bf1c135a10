// SPDX-License-Identifier: Apache-2.0
#include "core/media/peaks.h"

#include "core/media/ffmpeg_command.h"
#include "core/media/probe.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace core::media {

using namespace Qt::StringLiterals;

namespace {

constexpr int sampleRate = 16'000;    // a tone up to 8 kHz still shows
constexpr int mostBuckets = 65'536;
constexpr int piecesPerBucket = 8;
constexpr std::chrono::milliseconds longestRun = std::chrono::minutes{2};

static_assert(std::endian::native == std::endian::little, "ffmpeg writes s16le, and it is read as it stands");

void widen(Peak& peak, const Peak& by)
{
    peak.low = std::min(peak.low, by.low);
    peak.high = std::max(peak.high, by.high);
}

}

PeakCollector::PeakCollector(int buckets) : m_buckets(std::max(1, buckets)), m_most(qsizetype{2} * piecesPerBucket * m_buckets) {}

void PeakCollector::add(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    const auto sampleOf = [](const char* at) {
        qint16 sample = 0;
        std::memcpy(&sample, at, sizeof sample);
        return sample;
    };
    if (m_half) {
        const char both[2] = {*m_half, bytes.front()};
        m_half.reset();
        take(sampleOf(both));
        bytes = bytes.sliced(1);
    }
    qsizetype at = 0;
    for (; at + 1 < bytes.size(); at += 2)
        take(sampleOf(bytes.data() + at));
    if (at < bytes.size())
        m_half = bytes.back();
}

void PeakCollector::take(qint16 sample)
{
    const Peak peak{sample, sample};
    if (m_samples % m_samplesInPiece != 0) {
        widen(m_pieces.last(), peak);
    } else {
        if (m_pieces.size() == m_most)
            halve();
        // after halving the new piece's length still divides the count: it was a multiple of twice the old one
        m_pieces << peak;
    }
    ++m_samples;
}

void PeakCollector::halve()
{
    for (qsizetype i = 0; i + 1 < m_pieces.size(); i += 2) {
        widen(m_pieces[i], m_pieces[i + 1]);
        m_pieces[i / 2] = m_pieces[i];
    }
    m_pieces.resize(m_pieces.size() / 2);
    m_samplesInPiece *= 2;
}

QList<Peak> PeakCollector::pieces() const
{
    const qint64 count = m_pieces.size();
    const qint64 wanted = std::min<qint64>(m_buckets, count);
    QList<Peak> out;
    out.reserve(wanted);
    for (qint64 bucket = 0; bucket < wanted; ++bucket) {
        // the last piece may be shorter than the others: bounds by samples, not by pieces
        const qint64 first = bucket * m_samples / wanted / m_samplesInPiece;
        const qint64 last = std::clamp(((bucket + 1) * m_samples / wanted - 1) / m_samplesInPiece, first, count - 1);
        Peak peak = m_pieces[first];
        for (qint64 i = first + 1; i <= last; ++i)
            widen(peak, m_pieces[i]);
        out << peak;
    }
    return out;
}

Result<Peaks> readPeaks(const QString& path, int buckets, const RunContext& context)
{
    if (buckets < 1 || buckets > mostBuckets)
        return failure(ErrorKind::Invalid, u"out_of_range"_s, u"buckets must be between 1 and %1."_s.arg(mostBuckets), u"buckets"_s);
    RunContext limited = context;
    limited.limits.wallTime = std::min(context.limits.wallTime, longestRun);
    const auto file = probe(path, limited);
    if (!file)
        return errorOf(file);
    const ProbeStream* audio = file->facts.first(u"audio");
    if (!audio)
        return failure(ErrorKind::Invalid, u"no_audio"_s, u"\"%1\" has no sound to draw."_s.arg(path), u"file_path"_s);

    PeakCollector collector(buckets);
    const QStringList output{u"-map"_s,
                             u"0:%1"_s.arg(audio->index),
                             u"-vn"_s,
                             u"-sn"_s,
                             u"-dn"_s,
                             u"-af"_s,
                             u"aresample=%1:async=1:first_pts=0"_s.arg(sampleRate),
                             u"-ac"_s,
                             u"1"_s,
                             u"-f"_s,
                             u"s16le"_s,
                             u"pipe:1"_s};
    const auto end = runProcess({.program = limited.tools.ffmpeg,
                                 .arguments = ffmpegHead() + inputArguments(file->input, limited.limits) + output,
                                 .onOutputBytes = [&](QByteArrayView bytes) { collector.add(bytes); }},
                                limited);
    if (!end)
        return errorOf(end);
    if (!end->isSuccess())
        return tl::make_unexpected(toolError(*end, u"ffmpeg"_s, path));
    return Peaks{collector.samples() * 1000 / sampleRate, collector.pieces()};
}

}
