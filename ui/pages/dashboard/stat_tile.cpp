// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/dashboard/stat_tile.h"

#include "ui/base/plain_tool_tip.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

StatTile::StatTile(const QString& name, QWidget* parent) : QWidget(parent), m_name(name)
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StatTile::showValue(const QString& value, const QString& below, Trend trend, bool wentUp, const QString& hover)
{
    m_value = value;
    m_below = below;
    m_trend = trend;
    m_wentUp = wentUp;
    setAccessibleDescription(value + u", "_s + below);
    setToolTip(plainToolTip(hover));
    update();
}

QSize StatTile::sizeHint() const
{
    return {scaled(180), scaled(80)};
}

QSize StatTile::minimumSizeHint() const
{
    return {scaled(130), scaled(80)};
}

void StatTile::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.border);
    painter.setBrush(theme.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);

    const QRect inner = rect().adjusted(scaled(12), scaled(8), -scaled(12), -scaled(8));
    const auto line = [&](int top, int height, TextRole role, const QColor& ink, const QString& text, int left = 0) {
        painter.setFont(textFont(role));
        painter.setPen(ink);
        const QRect place(inner.left() + left, inner.top() + top, inner.width() - left, height);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    line(0, scaled(16), TextRole::Small, theme.text2, m_name);
    line(scaled(18), scaled(28), TextRole::Tile, theme.text, m_value);
    QColor ink = theme.text2;
    int left = 0;
    if (m_trend != Trend::None) {
        ink = m_trend == Trend::Worse ? theme.failed.ink : m_trend == Trend::Better ? theme.done.ink : theme.text2;
        const int side = scaled(12);
        paintIcon(&painter, QRect(inner.left(), inner.top() + scaled(48) + (scaled(16) - side) / 2, side, side),
                  m_wentUp ? u"go-up"_s : u"go-down"_s, ink);
        left = side + scaled(6);
    }
    line(scaled(48), scaled(16), TextRole::Small, ink, m_below, left);
}

}
