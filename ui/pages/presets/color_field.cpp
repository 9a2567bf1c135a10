// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/presets/color_field.h"

#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QColorDialog>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace ui {

ColorField::ColorField(const QString& name, QWidget* parent)
    : QWidget(parent), m_name(name), m_field(new QLineEdit(this)), m_swatch(new QToolButton(this))    // Tab goes in this order
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(4));
    row->addWidget(m_field, 1);
    row->addWidget(m_swatch);
    m_field->setAccessibleName(tr("Colour of %1, #RRGGBB").arg(name));
    m_field->setMaxLength(16);
    keepFont(m_field, TextRole::Mono);
    m_swatch->setAccessibleName(tr("Choose the colour of %1").arg(name));
    m_swatch->setToolTip(m_swatch->accessibleName());
    m_swatch->setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_field);
    connect(m_swatch, &QToolButton::clicked, this, &ColorField::choose);
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        showSwatch();
        emit changed();
    });
    showSwatch();
}

QString ColorField::color() const
{
    return m_field->text().trimmed();
}

void ColorField::setColor(const QString& color)
{
    m_field->setText(color);
}

void ColorField::choose()
{
    const QColor now(color());
    auto* dialog = new QColorDialog(now.isValid() ? now : QColor(Qt::white), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(m_swatch->accessibleName());
    connect(dialog, &QColorDialog::colorSelected, this, [this](const QColor& chosen) { setColor(chosen.name(QColor::HexRgb).toUpper()); });
    dialog->open();
}

/// The colour itself; a crossed field where there is none.
void ColorField::showSwatch()
{
    const int side = scaled(16);
    const qreal ratio = devicePixelRatioF();
    QPixmap picture(qRound(side * ratio), qRound(side * ratio));
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    const Theme& theme = themeOf(palette());
    const QColor written(color());
    QPainter painter(&picture);
    painter.setPen(theme.outline);
    painter.setBrush(written.isValid() ? QBrush(written) : QBrush(theme.base));
    painter.drawRect(0, 0, side - 1, side - 1);
    if (!written.isValid())
        painter.drawLine(0, side - 1, side - 1, 0);
    painter.end();
    m_swatch->setIconSize({side, side});
    m_swatch->setIcon(picture);
}

void ColorField::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        showSwatch();
}

}
