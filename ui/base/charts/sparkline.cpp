// SPDX-License-Identifier: Apache-2.0
#include "ui/base/charts/sparkline.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <numeric>

namespace ui {

int peakOf(const QList<int>& values)
{
    constexpr int fewest = 8;
    const int total = std::accumulate(values.begin(), values.end(), 0);
    if (total < fewest)
        return -1;
    const auto highest = std::max_element(values.begin(), values.end());
    const auto at = static_cast<int>(highest - values.begin());
    const int beside = std::max(at > 0 ? values.at(at - 1) : 0, at + 1 < values.size() ? values.at(at + 1) : 0);
    return (*highest + beside) * 2 >= total ? at : -1;
}

void paintSparkline(QPainter* painter, const QRect& rect, const QList<int>& values, const Theme& theme)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
    const int highest = values.isEmpty() ? 0 : *std::max_element(values.begin(), values.end());
    const int peak = peakOf(values);
    const double step = values.isEmpty() ? 0 : static_cast<double>(rect.width()) / static_cast<double>(values.size());
    for (int i = 0; i < values.size() && highest > 0; ++i) {
        if (values.at(i) == 0)
            continue;
        const int left = rect.left() + qRound(step * i);
        const int width = std::max(2, qRound(step * (i + 1)) - qRound(step * i) - 2);
        const int height = std::max(2, (rect.height() - 2) * values.at(i) / highest);
        painter->fillRect(QRect(left, rect.bottom() - height, width, height), i == peak ? theme.failed.ink : theme.outline);
    }
    painter->restore();
}

}
