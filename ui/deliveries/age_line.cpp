// SPDX-License-Identifier: Apache-2.0
#include "ui/deliveries/age_line.h"

#include "ui/base/format.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

AgeLine::AgeLine(std::chrono::seconds allowed, QWidget* parent) : QWidget(parent), m_allowed(allowed)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AgeLine::setAge(std::chrono::seconds age)
{
    m_age = age;
    setAccessibleName(sentence());
    setToolTip(sentence());
    update();
}

QString AgeLine::sentence() const
{
    const QString length = lengthText(std::chrono::abs(m_age));
    const QString allowed = tr("%1 s are allowed").arg(m_allowed.count());
    return m_age.count() < 0 ? tr("Stamped %1 after it came; %2.").arg(length, allowed)
                             : tr("Stamped %1 before it came; %2.").arg(length, allowed);
}

QSize AgeLine::sizeHint() const
{
    return {scaled(240), scaled(34)};
}

/// The line reaches twice as far as is allowed; what lies beyond stands at its end with an arrow.
void AgeLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = themeOf(palette());
    const int inset = scaled(8);
    const QRect line(inset, scaled(8), width() - 2 * inset, scaled(6));
    const double far = 2.0 * static_cast<double>(m_allowed.count());
    const auto place = [&](double seconds) {
        return line.left() + static_cast<int>((std::clamp(seconds, -far, far) + far) / (2 * far) * line.width());
    };
    const int from = place(-static_cast<double>(m_allowed.count()));
    const int to = place(static_cast<double>(m_allowed.count()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.track);
    painter.drawRoundedRect(line, 2, 2);
    painter.setBrush(theme.done.fill);
    painter.drawRect(QRect(from, line.top(), to - from, line.height()));
    painter.setBrush(theme.done.ink);
    for (const int edge : {from, to})
        painter.drawRect(QRect(edge, line.top() - 2, 1, line.height() + 4));

    const int x = place(static_cast<double>(m_age.count()));
    const int side = scaled(5);
    painter.setBrush(isAllowed() ? theme.text : theme.failed.ink);
    QPolygon mark;
    if (static_cast<double>(std::abs(m_age.count())) > far) {
        const int tip = m_age.count() > 0 ? side : -side;
        mark << QPoint(x + tip, line.center().y()) << QPoint(x - tip, line.center().y() - side)
             << QPoint(x - tip, line.center().y() + side);
    } else {
        mark << QPoint(x, line.top() - 3) << QPoint(x + side, line.center().y()) << QPoint(x, line.bottom() + 3)
             << QPoint(x - side, line.center().y());
    }
    painter.drawPolygon(mark);

    painter.setFont(textFont(TextRole::Tiny));
    painter.setPen(theme.text2);
    const auto label = [&](int at, const QString& text) {
        painter.drawText(QRect(at - scaled(60), line.bottom() + 4, scaled(120), scaled(16)), Qt::AlignHCenter | Qt::AlignTop, text);
    };
    label(from, tr("−%1 s").arg(m_allowed.count()));
    label(place(0), tr("received"));
    label(to, tr("+%1 s").arg(m_allowed.count()));
}

}
