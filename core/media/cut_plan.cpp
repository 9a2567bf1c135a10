// SPDX-License-Identifier: Apache-2.0
#include "core/media/cut_plan.h"

#include "core/media/ffmpeg_command.h"

#include <QStringList>

#include <cmath>

namespace core::media {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostSegments = 2000;    // each opens a branch in the graph

qint64 nearestFrame(qint64 ms, const Rational& rate)
{
    return std::llround(double(ms) * rate.value() / 1000);
}

QString labels(const QString& kind, const QList<bool>& pieces)
{
    QString all;
    for (qsizetype i = 0; i < pieces.size(); ++i)
        all += u"[%1%2]"_s.arg(kind).arg(i);
    return all;
}

/// The whole file in order, cut at every border. Segmenting hands each frame to one branch; splitting and trimming hands
/// each to all of them, which takes minutes at 500 pieces.
struct Pieces {
    QStringList frames;    // the borders, by frame
    QStringList times;     // and by second
    QList<bool> kept;      // one more than there are borders
};

Pieces piecesOf(const CutPlan& plan)
{
    Pieces pieces;
    qint64 position = 0;
    const auto cutAt = [&](qint64 frame, bool kept) {
        if (frame == position)
            return;
        pieces.frames << QString::number(frame);
        pieces.times << secondsText(plan.at(frame));
        pieces.kept << kept;
        position = frame;
    };
    for (const KeepSegment& segment : plan.keep) {
        cutAt(segment.startFrame, false);
        cutAt(segment.endFrame, true);
    }
    pieces.kept << false;    // what lies behind the last border, if anything
    return pieces;
}

}

std::chrono::microseconds CutPlan::at(qint64 frame) const
{
    return std::chrono::microseconds(std::llround(double(frame) * 1e6 * double(rate.den) / double(rate.num)));
}

std::chrono::microseconds CutPlan::length() const
{
    qint64 frames = 0;
    for (const KeepSegment& segment : keep)
        frames += segment.endFrame - segment.startFrame;
    return at(frames);
}

Rational cutRate(const ProbeStream& video)
{
    const auto near = [](double a, double b) { return std::abs(a - b) <= b / 100; };
    const Rational& nominal = video.nominalFrameRate;
    const Rational& average = video.frameRate;
    if (!average.isPositive())
        return nominal.isPositive() && nominal.value() <= 60 ? nominal : Rational{25, 1};
    if (!nominal.isPositive() || near(nominal.value(), 2 * average.value()))    // fields counted as frames
        return average;
    if (near(nominal.value(), average.value()) || nominal.value() <= 60)
        return nominal;
    return average.value() <= 60 ? average : Rational{60, 1};
}

Result<CutPlan> planCut(const QList<TimeSpan>& silences, qint64 paddingMs, qint64 durationMs, Rational rate)
{
    if (paddingMs < 0 || paddingMs > 60'000)
        return failure(ErrorKind::Invalid, u"out_of_range"_s, u"padding_ms must be between 0 and 60000."_s, u"padding_ms"_s);

    CutPlan plan{.rate = rate, .keep = {}};
    const qint64 lastFrame = nearestFrame(durationMs, rate);
    qint64 from = 0;
    const auto keepUpTo = [&](qint64 frame) {
        if (frame > from)
            plan.keep << KeepSegment{from, frame};
    };
    for (const TimeSpan& silence : tidy(silences, durationMs)) {
        const qint64 start = nearestFrame(silence.startMs + paddingMs, rate);
        const qint64 end = std::min(nearestFrame(silence.endMs - paddingMs, rate), lastFrame);
        if (end <= start)
            continue;    // the padding, or the grid, leaves nothing to remove
        keepUpTo(start);
        from = end;
    }
    keepUpTo(lastFrame);

    if (plan.keep.isEmpty())
        return failure(ErrorKind::Invalid, u"nothing_left"_s, u"The silences cover the whole file: nothing would be left."_s,
                       u"segments"_s);
    if (plan.keep.size() > mostSegments)
        return failure(ErrorKind::Invalid, u"too_many_segments"_s,
                       u"%1 pieces would be kept; the limit is %2."_s.arg(plan.keep.size()).arg(mostSegments), u"segments"_s);
    plan.keepsAll = plan.keep.size() == 1 && plan.keep.first() == KeepSegment{0, lastFrame};
    return plan;
}

QString cutGraph(const CutPlan& plan, int video, int audio)
{
    const Pieces pieces = piecesOf(plan);
    QStringList chains;
    // First onto the grid, from zero on: only then does a frame's number say its time. Half a pixel of colour needs even sizes.
    if (video >= 0)
        chains << u"[0:%1]fps=%2/%3:start_time=0,scale=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p,segment=frames=%4%5"_s.arg(video)
                      .arg(plan.rate.num)
                      .arg(plan.rate.den)
                      .arg(pieces.frames.join(u'|'), labels(u"p"_s, pieces.kept));
    if (audio >= 0)
        chains << u"[0:%1]%2asegment=timestamps=%3%4"_s.arg(QString::number(audio),
                                                            video >= 0 ? u"aresample=async=1:first_pts=0,"_s : QString(),
                                                            pieces.times.join(u'|'), labels(u"s"_s, pieces.kept));
    QString pairs;
    for (qsizetype i = 0; i < pieces.kept.size(); ++i) {
        if (video >= 0)
            chains << (pieces.kept[i] ? u"[p%1]setpts=PTS-STARTPTS[pk%1]"_s : u"[p%1]nullsink"_s).arg(i);
        if (audio >= 0)
            chains << (pieces.kept[i] ? u"[s%1]asetpts=PTS-STARTPTS[sk%1]"_s : u"[s%1]anullsink"_s).arg(i);
        if (pieces.kept[i])
            pairs += (video >= 0 ? u"[pk%1]"_s.arg(i) : QString()) + (audio >= 0 ? u"[sk%1]"_s.arg(i) : QString());
    }
    chains << u"%1concat=n=%2:v=%3:a=%4%5%6"_s.arg(pairs)
                  .arg(plan.keep.size())
                  .arg(video >= 0 ? 1 : 0)
                  .arg(audio >= 0 ? 1 : 0)
                  .arg(video >= 0 ? u"[v]"_s : QString(), audio >= 0 ? u"[a]"_s : QString());
    return chains.join(u";\n"_s);
}

}
