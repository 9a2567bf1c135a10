// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/new_rows_bar.h"

#include "ui/base/format.h"
#include "ui/base/keycap.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

void setInk(QLabel* label, const QColor& ink)
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, ink);
    label->setPalette(palette);
}

}

NewRowsBar::NewRowsBar(QWidget* parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_count(new QLabel(this)),
      m_why(new QLabel(this)),
      m_key(new Keycap(u"F5"_s, this)),
      m_show(new QPushButton(tr("Show"), this))
{
    setAccessibleName(tr("New jobs"));
    setLinkLook(m_show);
    keepFont(m_show, TextRole::Emphasis);
    m_show->setAccessibleName(tr("Show the new jobs"));
    m_show->setFocusPolicy(Qt::TabFocus);
    keepFont(m_count, TextRole::Emphasis);
    m_why->setText(tr("held back while you read or select"));
    m_why->setMinimumWidth(0);
    m_why->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(scaled(12), 0, scaled(8), 0);
    line->setSpacing(scaled(8));
    line->addWidget(m_icon);
    line->addWidget(m_count);
    line->addWidget(m_why, 1);
    line->addWidget(m_show);
    line->addWidget(m_key);
    connect(m_show, &QPushButton::clicked, this, &NewRowsBar::showAsked);
    applyColors();
}

void NewRowsBar::setCount(int count, bool more)
{
    m_count->setText((more ? tr("More than %1 new") : tr("%1 new")).arg(countText(count)));
    setAccessibleDescription(m_count->text() + u", "_s + m_why->text());
}

QSize NewRowsBar::sizeHint() const
{
    return {QWidget::sizeHint().width(), scaled(28)};
}

void NewRowsBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.running.fill);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

void NewRowsBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void NewRowsBar::applyColors()
{
    const Theme& theme = themeOf(palette());
    m_icon->setPixmap(iconPixmap(u"go-up"_s, theme.running.ink, scaled(16), devicePixelRatioF()));
    setInk(m_count, theme.running.ink);
    setInk(m_why, theme.text2);
}

}
