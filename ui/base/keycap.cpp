// SPDX-License-Identifier: Apache-2.0
#include "ui/base/keycap.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

Keycap::Keycap(QString key, QWidget* parent) : QWidget(parent), m_key(std::move(key))
{
    setAccessibleName(tr("Key %1").arg(m_key));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Keycap::sizeHint() const
{
    const QFontMetrics metrics(textFont(TextRole::Tiny));
    return {metrics.horizontalAdvance(m_key) + scaled(10), scaled(18)};
}

void Keycap::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.border);
    painter.setBrush(theme.alternateBase);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(textFont(TextRole::Tiny));
    painter.setPen(theme.text2);
    painter.drawText(rect(), Qt::AlignCenter, m_key);
}

}
