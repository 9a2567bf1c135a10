// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QRect>
#include <QString>

class QPainter;

namespace ui {

struct Theme;

/// Where half or more of all stand in one place (and the one beside it): its index; -1 for an even spread or few values.
[[nodiscard]] int peakOf(const QList<int>& values);

/// Bars from a baseline, the highest of all as high as the place; a peak is painted in the ink of FAILED.
void paintSparkline(QPainter* painter, const QRect& rect, const QList<int>& values, const Theme& theme);

}
