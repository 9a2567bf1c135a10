// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/why_panel.h"

#include "ui/base/ink_label.h"
#include "ui/base/link_button.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

WhyPanel::WhyPanel(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout(this))
{
    setAccessibleName(tr("Why"));
    m_rows->setContentsMargins(1, 1, 1, 1);
    m_rows->setSpacing(1);
}

void WhyPanel::setFindings(const QList<WhyFinding>& findings, bool hasLog)
{
    if (m_isBuilt && m_findings == findings && m_hasLog == hasLog)
        return;    // a link that has the focus keeps it
    m_findings = findings;
    build(hasLog);
}

void WhyPanel::build(bool hasLog)
{
    m_isBuilt = true;
    m_hasLog = hasLog;
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();    // at once: it must not be painted over its successor
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (int i = 0; i < m_findings.size(); ++i)
        m_rows->addWidget(rowOf(i + 1, m_findings.at(i)));
    if (!m_findings.isEmpty())
        return;
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    line->addWidget(new InkLabel(tr("No cause was recorded."), TextRole::Body, InkLabel::Ink::Text, row), 1);
    if (hasLog) {
        auto* link = new LinkButton(tr("Open log"), row);
        connect(link, &QPushButton::clicked, this, &WhyPanel::logAsked);
        line->addWidget(link);
    }
    m_rows->addWidget(row);
}

QWidget* WhyPanel::rowOf(int number, const WhyFinding& finding)
{
    auto* row = new QWidget(this);
    auto* digits = new InkLabel(QString::number(number), TextRole::Small, InkLabel::Ink::Text2, row);
    keepWidth(digits, 16);
    auto* claim = new InkLabel(finding.claim, TextRole::Body, InkLabel::Ink::Text, row);
    auto* evidence = new InkLabel(finding.evidence, TextRole::Small, InkLabel::Ink::Text2, row);
    for (InkLabel* label : {claim, evidence}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    evidence->setVisible(!finding.evidence.isEmpty());
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(claim);
    texts->addWidget(evidence);
    auto* link = new LinkButton(finding.link, row);
    link->setAccessibleDescription(finding.claim);
    connect(link, &QPushButton::clicked, this, [this, finding] { emit findingAsked(finding); });
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(scaled(12), scaled(7), scaled(8), scaled(7));
    line->setSpacing(scaled(8));
    line->addWidget(digits);
    line->addLayout(texts, 1);
    line->addWidget(link);
    return row;
}

void WhyPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.setPen(theme.border);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    for (int i = 1; i < m_rows->count(); ++i)
        painter.fillRect(QRect(1, m_rows->itemAt(i)->geometry().top() - 1, width() - 2, 1), theme.hairline);
}

}
