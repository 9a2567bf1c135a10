// SPDX-License-Identifier: Apache-2.0
#include "ui/window/environment_band.h"

#include "ui/base/format.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

EnvironmentBand::EnvironmentBand(QWidget* parent) : QWidget(parent), m_why(new QPushButton(tr("Why read only?"), this))
{
    keepHeight(this, 28);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 0);
    row->addStretch();
    row->addWidget(m_why);
    m_why->setFlat(true);
    setLinkLook(m_why);
    QPalette palette = m_why->palette();
    palette.setColor(QPalette::ButtonText, environmentTextColor());
    m_why->setPalette(palette);
    m_why->setProperty(lookProperty, {});
    connect(m_why, &QPushButton::clicked, this, &EnvironmentBand::whyReadOnlyAsked);
    hide();
}

void EnvironmentBand::show(const ConnectionProfile& profile)
{
    m_profile = profile;
    setVisible(profile.environment != Environment::Embedded);
    m_why->setVisible(profile.readOnly);
    setAccessibleName(environmentWord(profile.environment) + u' ' + plainLine(profile.name));
    update();
}

void EnvironmentBand::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), environmentColor(m_profile.environment));
    painter.setPen(environmentTextColor());
    const int icon = scaled(16);
    paintIcon(&painter, QRect(16, (height() - icon) / 2, icon, icon), m_profile.readOnly ? u"lock"_s : u"plug"_s, environmentTextColor());
    int x = 16 + icon + 8;
    const auto write = [&](TextRole role, const QString& text) {
        painter.setFont(textFont(role));
        const QRect line(x, 0, width() - x - (m_why->isVisible() ? m_why->width() + 24 : 16), height());
        painter.drawText(line, Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
        x += painter.fontMetrics().horizontalAdvance(text) + 10;
    };
    write(TextRole::Emphasis, environmentWord(m_profile.environment));
    write(TextRole::Body,
          plainLine(m_profile.name) + u" \u00b7 "_s +
              (m_profile.readOnly ? tr("read only: jobs can be inspected, not changed.") : tr("may write, acts ask first")));
}

void paintEnvironmentSwatch(QPainter* painter, const QRect& rect, Environment environment, const Theme& theme)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(environmentColor(environment));
    painter->setPen(theme.isDark ? QPen(theme.outline, 1) : QPen(Qt::NoPen));
    const qreal inset = theme.isDark ? 0.5 : 0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), 2, 2);
    painter->restore();
}

QIcon environmentIcon(Environment environment)
{
    QIcon icon;
    for (const int scale : {1, 2}) {
        QPixmap pixmap(16 * scale, 16 * scale);
        pixmap.setDevicePixelRatio(scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paintEnvironmentSwatch(&painter, QRect(3, 3, 10, 10), environment, themeOf(QGuiApplication::palette()));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

}
