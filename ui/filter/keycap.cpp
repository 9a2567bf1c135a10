// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/keycap.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace ui {

Keycap::Keycap(const QString& key, QWidget* parent) : QLabel(key, parent)
{
    setTextFormat(Qt::PlainText);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize Keycap::sizeHint() const
{
    const int height = scaled(18);
    return {std::max(height - 2, QFontMetrics(textFont(TextRole::Tiny)).horizontalAdvance(text()) + scaled(10)), height};
}

void Keycap::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.border);
    painter.setBrush(theme.alternateBase);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(theme.text2);
    painter.setFont(textFont(TextRole::Tiny));
    painter.drawText(rect(), Qt::AlignCenter, text());
}

}
