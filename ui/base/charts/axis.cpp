// SPDX-License-Identifier: Apache-2.0
#include "ui/base/charts/axis.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;

QList<double> valueTicks(double highest, int most, bool isCount)
{
    const double reached = highest > 0 ? highest : 1;    // without values the axis goes to 1
    const double wanted = reached / std::max(1, most);
    const double power = std::pow(10, std::floor(std::log10(wanted)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * power >= wanted - 1e-12 && (!isCount || std::floor(factor * power) == factor * power)) {
            step = factor * power;
            break;
        }
    }
    if (isCount)
        step = std::max(1.0, step);
    QList<double> ticks;
    for (int i = 0;; ++i) {
        ticks += step * i;
        if (step * i >= reached && i > 0)
            return ticks;
    }
}

namespace {

QDateTime inZone(core::Time time, const QTimeZone& zone)
{
    return QDateTime::fromMSecsSinceEpoch(core::base::toMicros(time) / 1000, zone);
}

}

QList<TimeTick> timeTicks(core::Time from, core::Time to, const QTimeZone& zone, int most)
{
    constexpr qint64 minute = 60;
    constexpr qint64 day = 86'400;
    constexpr qint64 steps[] = {minute,      2 * minute,   5 * minute,   10 * minute,  15 * minute,  30 * minute,
                                60 * minute, 120 * minute, 180 * minute, 240 * minute, 360 * minute, 720 * minute,
                                day,         2 * day,      5 * day,      7 * day,      14 * day,     30 * day};
    const qint64 length = std::chrono::duration_cast<std::chrono::seconds>(to - from).count();
    qint64 step = steps[std::size(steps) - 1];
    for (const qint64 candidate : steps) {
        if (length / candidate <= std::max(1, most)) {
            step = candidate;
            break;
        }
    }
    QList<TimeTick> ticks;
    // steps are counted from midnight of the zone, so that 4-hour ticks fall on 0, 4, 8 o'clock wherever the window begins
    QDateTime at = inZone(from, zone).date().startOfDay(zone);
    const QDateTime begin = inZone(from, zone);
    const QDateTime end = inZone(to, zone);
    while (at.isValid() && at <= end && ticks.size() < 200) {
        if (at >= begin) {
            const bool isDay = step >= day || at.time() == QTime(0, 0);
            ticks += {core::base::fromMicros(at.toMSecsSinceEpoch() * 1000),
                      isDay && length > day ? QLocale::c().toString(at, u"d MMM"_s) : at.toString(u"HH:mm"_s)};
        }
        at = step >= day ? at.addDays(step / day) : at.addSecs(step);
    }
    return ticks;
}

QString momentText(core::Time time, const QTimeZone& zone, bool withDay)
{
    return withDay ? QLocale::c().toString(inZone(time, zone), u"d MMM HH:mm"_s) : inZone(time, zone).toString(u"HH:mm"_s);
}

}
