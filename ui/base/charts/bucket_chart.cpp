// SPDX-License-Identifier: Apache-2.0
#include "ui/base/charts/bucket_chart.h"

#include "ui/base/charts/axis.h"
#include "ui/base/charts/chart_access.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostValueSteps = 4;

QString tickText(double value)
{
    return QString::number(value, 'g', 6);
}

}

BucketChart::BucketChart(const QString& name, QWidget* parent) : QWidget(parent)
{
    installChartAccess();
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void BucketChart::setStatistics(const core::jobs::JobStatistics& statistics, const QTimeZone& zone)
{
    // the cursor stays at its moment, not at its place
    const bool moved = statistics.window.from != m_statistics.window.from || statistics.buckets.size() != m_statistics.buckets.size();
    if (m_cursor >= 0 && moved)
        m_cursor = statistics.window.bucketOf(m_statistics.window.startOf(m_cursor));
    m_statistics = statistics;
    m_zone = zone;
    update();
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
}

void BucketChart::setCursorAt(int bucket)
{
    const int within = buckets() == 0 ? -1 : std::clamp(bucket, -1, buckets() - 1);
    if (within == m_cursor)
        return;
    m_cursor = within;
    update();
    emit cursorMoved(within);
    if (within >= 0) {
        QAccessibleValueChangeEvent told(this, within);
        QAccessible::updateAccessibility(&told);
    }
}

QList<PageRow> BucketChart::tableRows() const
{
    QList<PageRow> rows;
    for (int i = buckets() - 1; i >= 0; --i)
        rows += PageRow{QString::number(core::base::toMicros(m_statistics.window.startOf(i))), {}, tableCells(i)};
    return rows;
}

QSize BucketChart::sizeHint() const
{
    return {scaled(480), scaled(216)};
}

QSize BucketChart::minimumSizeHint() const
{
    return {scaled(300), scaled(140)};
}

double BucketChart::top() const
{
    return valueTicks(highest(), mostValueSteps, countsThings()).constLast();
}

QRectF BucketChart::plot() const
{
    const QFontMetrics metrics(textFont(TextRole::Tiny));
    const int left = metrics.horizontalAdvance(u"000000"_s);
    return QRectF(rect()).adjusted(left, metrics.height() / 2.0 + 1, -scaled(labelRoom()), -metrics.height() - scaled(6));
}

double BucketChart::xOf(double bucket) const
{
    const QRectF area = plot();
    return area.left() + area.width() * bucket / std::max(1, buckets());
}

double BucketChart::yOf(double value) const
{
    const QRectF area = plot();
    return area.bottom() - area.height() * value / top();
}

QString BucketChart::bucketName(int bucket) const
{
    return momentText(m_statistics.window.startOf(bucket), m_zone, m_statistics.window.length() > std::chrono::hours(24));
}

void BucketChart::paintAxes(QPainter* painter, const Theme& theme) const
{
    const QRectF area = plot();
    painter->setFont(textFont(TextRole::Tiny));
    const QFontMetrics metrics = painter->fontMetrics();
    for (const double tick : valueTicks(highest(), mostValueSteps, countsThings())) {
        const int y = qRound(yOf(tick));
        painter->fillRect(QRect(qRound(area.left()), y, qRound(area.width()), 1), tick == 0 ? theme.outline : theme.hairline);
        painter->setPen(theme.text2);
        painter->drawText(QRectF(0, y - metrics.height() / 2.0, area.left() - scaled(8), metrics.height()),
                          Qt::AlignRight | Qt::AlignVCenter, tickText(tick));
    }
    const core::jobs::Window& window = m_statistics.window;
    if (window.length().count() <= 0)
        return;
    const int most = std::max(2, static_cast<int>(area.width()) / std::max(1, metrics.horizontalAdvance(u"00 Mmm000"_s)));
    for (const TimeTick& tick : timeTicks(window.from, window.to, m_zone, std::min(most, 8))) {
        const double share = static_cast<double>((tick.time - window.from).count()) / static_cast<double>(window.length().count());
        const double x = area.left() + area.width() * share;
        painter->fillRect(QRectF(qRound(x), area.bottom(), 1, scaled(3)), theme.outline);
        painter->setPen(theme.text2);
        const double half = metrics.horizontalAdvance(tick.label) / 2.0 + 1;
        painter->drawText(QRectF(x - half, area.bottom() + scaled(5), 2 * half, metrics.height()), Qt::AlignCenter, tick.label);
    }
}

/// Parts that the ceiling left out are no zeros.
void BucketChart::paintUnread(QPainter* painter, const Theme& theme) const
{
    if (m_statistics.coversWindow())
        return;
    const int first = std::clamp(m_statistics.window.bucketOf(*m_statistics.completeSince), 0, buckets());
    QRectF unread = plot();
    unread.setRight(xOf(first + 1));
    painter->fillRect(unread, QBrush(theme.track, Qt::BDiagPattern));
    painter->setPen(theme.text2);
    painter->setFont(textFont(TextRole::Tiny));
    painter->drawText(unread.adjusted(scaled(4), scaled(2), 0, 0), Qt::AlignLeft | Qt::AlignTop, tr("not read"));
}

void BucketChart::paintCursor(QPainter* painter, const Theme& theme) const
{
    if (m_cursor < 0 || m_cursor >= buckets())
        return;
    const QRectF area = plot();
    const int x = qRound((xOf(m_cursor) + xOf(m_cursor + 1)) / 2);
    painter->fillRect(QRect(x, qRound(area.top()), 1, qRound(area.height())), theme.text3);
    painter->setFont(textFont(TextRole::Small));
    const QString text = valueText(m_cursor);
    const int width = painter->fontMetrics().horizontalAdvance(text) + scaled(16);
    const int height = scaled(22);
    double left = x - width - scaled(8);
    if (left < area.left())
        left = std::min<double>(x + scaled(8), this->width() - width);
    const QRectF box(std::max(0.0, left), area.top() + scaled(2), width, height);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.toolTip);
    painter->drawRoundedRect(box, 2, 2);
    painter->setPen(theme.toolTipText);
    painter->drawText(box, Qt::AlignCenter, text);
}

void BucketChart::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    QPainter painter(this);
    paintAxes(&painter, theme);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    paintSeries(&painter, theme);
    painter.restore();
    paintUnread(&painter, theme);
    if (highest() <= 0) {
        painter.setFont(textFont(TextRole::Body));
        painter.setPen(theme.text2);
        painter.drawText(plot(), Qt::AlignCenter, tr("No job ended in this window."));
    }
    paintCursor(&painter, theme);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
}

void BucketChart::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF area = plot();
    const double share = (event->position().x() - area.left()) / std::max(1.0, area.width());
    setCursorAt(share < 0 || share >= 1 ? -1 : static_cast<int>(share * buckets()));
}

void BucketChart::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    if (!hasFocus())
        setCursorAt(-1);
}

void BucketChart::keyPressEvent(QKeyEvent* event)
{
    const int last = buckets() - 1;
    switch (event->key()) {
    case Qt::Key_Left: setCursorAt(m_cursor < 0 ? last : std::max(0, m_cursor - 1)); return;
    case Qt::Key_Right: setCursorAt(m_cursor < 0 ? last : m_cursor + 1); return;
    case Qt::Key_Home: setCursorAt(0); return;
    case Qt::Key_End: setCursorAt(last); return;
    case Qt::Key_Escape:
        if (m_cursor >= 0) {
            setCursorAt(-1);
            return;
        }
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void BucketChart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void BucketChart::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    setCursorAt(-1);
    update();
}

}
