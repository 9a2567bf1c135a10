// SPDX-License-Identifier: Apache-2.0
#include "ui/base/time_axis.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

QString laterText(microseconds length)
{
    const auto number = [](double value) {
        const QString text = QString::number(value, 'f', value < 10 && value != std::floor(value) ? 2 : 0);
        return text.contains(u'.') ? text.chopped(text.endsWith(u'0') ? 1 : 0) : text;
    };
    const double seconds = std::chrono::duration<double>(length).count();
    if (seconds < 1)
        return QCoreApplication::translate("ui::time_axis", "+%1 ms").arg(number(seconds * 1000));
    if (seconds < 120)
        return QCoreApplication::translate("ui::time_axis", "+%1 s").arg(number(seconds));
    if (seconds < 7200)
        return QCoreApplication::translate("ui::time_axis", "+%1 min").arg(number(seconds / 60));
    if (seconds < 48 * 3600)
        return QCoreApplication::translate("ui::time_axis", "+%1 h").arg(number(seconds / 3600));
    return QCoreApplication::translate("ui::time_axis", "+%1 d").arg(number(seconds / 86400));
}

}

TimeScale::TimeScale(core::Time from, core::Time to, double left, double width, QList<TimeCut> cuts, double cutWidth)
    : m_from(from), m_to(std::max(to, from + 1us)), m_left(left), m_cuts(std::move(cuts)), m_cutWidth(cutWidth)
{
    microseconds shown = m_to - m_from;
    for (const TimeCut& cut : std::as_const(m_cuts))
        shown -= cut.to - cut.from;
    const double room = std::max(1.0, width - static_cast<double>(m_cuts.size()) * cutWidth);
    m_perMicro = room / static_cast<double>(std::max<qint64>(1, shown.count()));
}

double TimeScale::x(core::Time time) const
{
    time = std::clamp(time, m_from, m_to);
    double place = m_left;
    core::Time reached = m_from;
    for (const TimeCut& cut : m_cuts) {
        if (time <= cut.from)
            break;
        place += static_cast<double>((cut.from - reached).count()) * m_perMicro;
        if (time < cut.to)
            return place + m_cutWidth * static_cast<double>((time - cut.from).count()) / static_cast<double>((cut.to - cut.from).count());
        place += m_cutWidth;
        reached = cut.to;
    }
    return place + static_cast<double>((time - reached).count()) * m_perMicro;
}

core::Time TimeScale::timeAt(double x) const
{
    core::Time low = m_from;
    core::Time high = m_to;
    while (high - low > 1us) {
        const core::Time middle = low + (high - low) / 2;
        (this->x(middle) < x ? low : high) = middle;
    }
    return high;
}

microseconds niceStep(microseconds atLeast)
{
    for (qint64 unit = 1; unit <= 100'000; unit *= 10) {    // parts of a second
        for (const qint64 times : {1, 2, 5}) {
            if (unit * times >= atLeast.count())
                return microseconds(unit * times);
        }
    }
    for (const qint64 seconds : {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200}) {
        if (microseconds(std::chrono::seconds(seconds)) >= atLeast)
            return std::chrono::seconds(seconds);
    }
    qint64 days = 1;
    while (microseconds(std::chrono::hours(24 * days)) < atLeast)
        days *= 2;
    return std::chrono::hours(24 * days);
}

QList<TimeTick> timeTicks(const TimeScale& scale, double minPixels, const QTimeZone& zone)
{
    const double perSecond = scale.pixelsPerSecond();
    if (perSecond <= 0)
        return {};
    const auto step = niceStep(microseconds(static_cast<qint64>(minPixels / perSecond * 1e6)));
    const auto first = QDateTime::fromMSecsSinceEpoch(core::base::toMicros(scale.from()) / 1000, zone);
    QList<TimeTick> ticks{{scale.from(), first.toString(u"HH:mm:ss"_s)}};
    double last = scale.x(scale.from());
    core::Time at = scale.from() + step;
    while (at <= scale.to()) {
        const auto cut =
            std::find_if(scale.cuts().begin(), scale.cuts().end(), [&](const TimeCut& each) { return at > each.from && at < each.to; });
        if (cut != scale.cuts().end()) {    // over it in one go: it may be a month long
            at = scale.from() + ((cut->to - scale.from()) / step + 1) * step;
            continue;
        }
        if (scale.x(at) - last >= minPixels) {
            ticks.append({at, laterText(at - scale.from())});
            last = scale.x(at);
        }
        at += step;
    }
    return ticks;
}

QList<TimeCut> longGaps(const QList<core::Time>& times)
{
    constexpr int enoughGaps = 3;
    constexpr int timesTheUsual = 10;
    if (times.size() <= enoughGaps)
        return {};
    QList<microseconds> gaps;
    for (qsizetype i = 1; i < times.size(); ++i) {
        if (times.at(i) > times.at(i - 1))
            gaps.append(times.at(i) - times.at(i - 1));
    }
    if (gaps.size() < enoughGaps)
        return {};
    std::nth_element(gaps.begin(), gaps.begin() + gaps.size() / 2, gaps.end());
    const microseconds usual = gaps.at(gaps.size() / 2);
    const microseconds whole = times.last() - times.first();
    QList<TimeCut> cuts;
    for (qsizetype i = 1; i < times.size(); ++i) {
        const microseconds gap = times.at(i) - times.at(i - 1);
        if (gap > usual * timesTheUsual && gap > whole / 3)
            cuts.append({times.at(i - 1) + gap / 20, times.at(i) - gap / 20});    // its ends stay: one sees what borders on it
    }
    return cuts;
}

}
