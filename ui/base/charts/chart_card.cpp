// SPDX-License-Identifier: Apache-2.0
#include "ui/base/charts/chart_card.h"

#include "ui/base/charts/bucket_chart.h"
#include "ui/base/ink_label.h"
#include "ui/base/row_table.h"
#include "ui/session/preferences.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

ChartCard::ChartCard(BucketChart* chart, const Preferences& preferences, QWidget* parent)
    : QWidget(parent),
      m_chart(chart),
      m_table(new RowTable(chart->tableColumns(), preferences, tr("%1 as a table").arg(chart->accessibleName()), this)),
      m_stack(new QStackedWidget(this)),
      m_titleLine(new QHBoxLayout),
      m_title(new InkLabel(chart->accessibleName(), TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_caption(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_key(new InkLabel(u"T"_s, TextRole::Tiny, InkLabel::Ink::Text2, this)),
      m_switch(new QPushButton(tr("as table"), this))
{
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_key->setAlignment(Qt::AlignCenter);
    m_key->setVisible(preferences.showsKeyboardHints());
    setLinkLook(m_switch);
    m_switch->setAccessibleName(tr("Show %1 as a table").arg(chart->accessibleName()));
    m_switch->setToolTip(tr("Turn between the chart and its values (T)"));
    m_table->setRowTokens(24);
    m_stack->addWidget(m_chart);
    m_stack->addWidget(m_table);

    m_titleLine->setSpacing(scaled(8));
    m_titleLine->addWidget(m_title);
    m_titleLine->addWidget(m_caption, 1);
    m_titleLine->addWidget(m_key);
    m_titleLine->addWidget(m_switch);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    layout->setSpacing(scaled(8));
    layout->addLayout(m_titleLine);
    layout->addWidget(m_stack, 1);
    // a shortcut, as the table would take the letter for its own search
    auto* key = new QShortcut(Qt::Key_T, this);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, this, &ChartCard::toggleTable);
    connect(m_switch, &QPushButton::clicked, this, &ChartCard::toggleTable);
    connect(&preferences, &Preferences::changed, this, [this, &preferences] { m_key->setVisible(preferences.showsKeyboardHints()); });
    applyColors();
}

void ChartCard::setCaption(const QString& text)
{
    m_caption->setText(text);
}

void ChartCard::setTitle(const QString& text)
{
    m_title->setText(text);
}

void ChartCard::addToTitle(QWidget* widget)
{
    m_titleLine->insertWidget(m_titleLine->indexOf(m_key), widget);
}

void ChartCard::refreshTable()
{
    if (showsTable())
        m_table->setRows(m_chart->tableRows());
}

bool ChartCard::showsTable() const
{
    return m_stack->currentWidget() == m_table;
}

void ChartCard::toggleTable()
{
    const bool toTable = !showsTable();
    m_stack->setCurrentWidget(toTable ? static_cast<QWidget*>(m_table) : m_chart);
    m_switch->setText(toTable ? tr("as chart") : tr("as table"));
    fitLink();
    refreshTable();
    m_stack->currentWidget()->setFocus();
}

/// A link is as wide as its words, so that the key stands beside them.
void ChartCard::fitLink()
{
    m_switch->setFixedWidth(m_switch->fontMetrics().horizontalAdvance(m_switch->text()) + scaled(8));
}

void ChartCard::applyColors()
{
    m_switch->setFont(textFont(TextRole::Small));
    m_key->setFixedSize(scaled(18), scaled(18));
    fitLink();
    m_key->setFrameShape(QFrame::StyledPanel);
}

void ChartCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.border);
    painter.setBrush(theme.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
}

void ChartCard::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyColors();
}

}
