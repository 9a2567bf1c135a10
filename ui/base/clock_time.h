// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/format.h"

namespace ui {

/// "12:01:07.250" for a column of exact times; with the day before it where that is not the day of `beside`.
[[nodiscard]] inline QString clockTime(core::Time time, core::Time beside, const QTimeZone& zone)
{
    const QString exact = exactTime(time, zone);
    const bool sameDay = exact.section(u' ', 0, 0) == exactTime(beside, zone).section(u' ', 0, 0);
    return sameDay ? exact.section(u' ', 1, 1) : exact.section(u' ', 0, 1);
}

}
