// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <QList>
#include <QString>
#include <QTimeZone>

namespace ui {

/// 0 and up to `most` equal steps of 1, 2, 2.5 or 5 times a power of ten, the last at or above the highest value. Counts have whole steps.
[[nodiscard]] QList<double> valueTicks(double highest, int most, bool isCount);

struct TimeTick {
    core::Time time{};
    QString label;    ///< "16:00", "22 Nov" at midnight or in long spans
};

/// Whole minutes, hours or days of that zone within [from, to], at most `most`.
[[nodiscard]] QList<TimeTick> timeTicks(core::Time from, core::Time to, const QTimeZone& zone, int most);

/// "02:30", or "21 Nov 02:30" in a span of more than a day.
[[nodiscard]] QString momentText(core::Time time, const QTimeZone& zone, bool withDay);

}
