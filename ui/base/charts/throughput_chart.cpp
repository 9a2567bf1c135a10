// SPDX-License-Identifier: Apache-2.0
#include "ui/base/charts/throughput_chart.h"

#include "ui/base/charts/axis.h"
#include "ui/base/format.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::SpanStatistics;

namespace {

/// Our own hatch: a brush pattern of Qt's does not scale and does not show in short bars.
void hatch(QPainter* painter, const QRectF& rect, const QColor& ink, const QColor& ground)
{
    painter->save();
    painter->fillRect(rect, ground);
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->setPen(QPen(ink, 1.6));
    const double step = 4;
    for (double x = rect.left() - rect.height() - step; x < rect.right() + step; x += step)
        painter->drawLine(QPointF(x, rect.bottom() + 1), QPointF(x + rect.height() + 2, rect.top() - 1));
    painter->restore();
    painter->setPen(QPen(ink, 1));
    painter->setBrush(Qt::NoBrush);
    if (rect.height() > 2)
        painter->drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    else
        painter->fillRect(rect, ink);
}

}

ThroughputChart::ThroughputChart(QWidget* parent) : BucketChart(tr("Throughput"), parent) {}

double ThroughputChart::highest() const
{
    qint64 most = 0;
    for (const SpanStatistics& bucket : statistics().buckets)
        most = std::max(most, bucket.finished());
    return static_cast<double>(most);
}

QString ThroughputChart::summary() const
{
    const SpanStatistics& all = statistics().whole;
    const std::pair<int, int> peak = failurePeak();
    QString text = tr("%1 jobs finished: %2 done, %3 failed, %4 cancelled.")
                       .arg(countText(all.finished()), countText(all.done), countText(all.failed), countText(all.cancelled));
    if (peak.first >= 0)
        text += u' ' + tr("Many failures around %1.").arg(bucketName(peak.first));
    return text;
}

QString ThroughputChart::valueText(int bucket) const
{
    const SpanStatistics& one = statistics().buckets.at(bucket);
    return tr("%1 · %2 done · %3 failed · %4 cancelled")
        .arg(bucketName(bucket), countText(one.done), countText(one.failed), countText(one.cancelled));
}

QList<RowColumn> ThroughputChart::tableColumns() const
{
    return {{tr("From"), 120, false, true}, {tr("Done"), 80, true}, {tr("Failed"), 80, true}, {tr("Cancelled"), 88, true}};
}

QList<RowCell> ThroughputChart::tableCells(int bucket) const
{
    const SpanStatistics& one = statistics().buckets.at(bucket);
    return {RowCell{bucketName(bucket)}, RowCell{countText(one.done)},
            RowCell{.text = countText(one.failed), .ink = one.failed > 0 ? RowInk::Failed : RowInk::Secondary},
            RowCell{countText(one.cancelled)}};
}

std::pair<int, int> ThroughputChart::failurePeak() const
{
    constexpr qint64 fewest = 8;
    int first = -1;
    for (int i = 0; i < buckets(); ++i) {
        const SpanStatistics& one = statistics().buckets.at(i);
        const bool isHigh = one.finished() >= fewest && one.failed * 4 >= one.finished();
        if (isHigh && first < 0)
            first = i;
        if (!isHigh && first >= 0)
            return {first, i - 1};
    }
    return {first, first < 0 ? -1 : buckets() - 1};
}

void ThroughputChart::paintSeries(QPainter* painter, const Theme& theme)
{
    for (int i = 0; i < buckets(); ++i) {
        const SpanStatistics& one = statistics().buckets.at(i);
        const double gap = std::min(2.0, (xOf(1) - xOf(0)) / 5);
        double below = 0;
        const auto block = [&](qint64 count) {
            const double above = below + static_cast<double>(count);
            const QRectF rect(qRound(xOf(i) + gap / 2), qRound(yOf(above)), std::max(1, qRound(xOf(i + 1) - xOf(i) - gap)),
                              qRound(yOf(below)) - qRound(yOf(above)));
            below = above;
            return rect;
        };
        painter->fillRect(block(one.done), theme.chartDone);
        if (const QRectF failed = block(one.failed); one.failed > 0)
            hatch(painter, failed, theme.failed.ink, theme.base);
        painter->fillRect(block(one.cancelled), theme.chartCancelled);
    }
    paintPeak(painter, theme);
    paintLegend(painter, theme);
}

void ThroughputChart::paintPeak(QPainter* painter, const Theme& theme) const
{
    const auto [first, last] = failurePeak();
    if (first < 0)
        return;
    const QRectF area = plot();
    const QRectF frame(xOf(first) - 1, area.top() + scaled(12), xOf(last + 1) - xOf(first) + 2, area.height() - scaled(12));
    QPen pen(theme.failed.ink, 1);
    pen.setDashPattern({3, 2});
    painter->setBrush(Qt::NoBrush);
    painter->setPen(pen);
    painter->drawRect(frame);
    qint64 failed = 0;
    for (int i = first; i <= last; ++i)
        failed += statistics().buckets.at(i).failed;
    painter->setFont(textFont(TextRole::Small));
    const QString text = tr("%1 to %2: %3 failed")
                             .arg(bucketName(first), momentText(statistics().window.startOf(last + 1), zone(), false), countText(failed));
    const int width = painter->fontMetrics().horizontalAdvance(text) + 2;
    const bool fitsRight = frame.right() + scaled(6) + width < area.right() + scaled(80);
    const double left = fitsRight ? frame.right() + scaled(6) : frame.left() - scaled(6) - width;
    painter->drawText(QRectF(left, frame.top() - scaled(4), width, scaled(18)), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void ThroughputChart::paintLegend(QPainter* painter, const Theme& theme) const
{
    painter->setFont(textFont(TextRole::Small));
    const QRectF area = plot();
    const QString names[] = {tr("cancelled"), tr("failed"), tr("done")};
    const double step = scaled(18);
    double y = area.bottom() - 3 * step - scaled(40);
    for (int i = 0; i < 3; ++i, y += step) {
        const QRectF box(qRound(area.right() + scaled(12)), qRound(y + (step - scaled(9)) / 2), scaled(10), scaled(10));
        if (i == 1)
            hatch(painter, box, theme.failed.ink, theme.base);
        else
            painter->fillRect(box, i == 0 ? theme.chartCancelled : theme.chartDone);
        painter->setPen(theme.text2);
        painter->drawText(QRectF(box.right() + scaled(6), y, scaled(70), step), Qt::AlignLeft | Qt::AlignVCenter, names[i]);
    }
}

}
