// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/step_view.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/deliveries/stage_lamps.h"
#include "ui/diff/diff_table.h"
#include "ui/stepping/fault_words.h"
#include "ui/stepping/step_rows.h"
#include "ui/stepping/step_words.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::scenarios::Deliver;
using core::scenarios::Run;
using core::scenarios::Scenario;

StepView::StepView(const QTimeZone& zone, QWidget* parent)
    : QWidget(parent),
      m_zone(zone),
      m_title(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_time(new InkLabel(TextRole::MonoSmall, InkLabel::Ink::Text2, this)),
      m_sentence(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_lamps(new StageLamps(this)),
      m_rows(new DiffTable(tr("Rows after this step"), this))
{
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(8));
    head->addWidget(m_title, 1);
    head->addWidget(m_time);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(12), 0, scaled(12), 0);
    column->setSpacing(scaled(8));
    column->addLayout(head);
    column->addWidget(m_sentence);
    column->addWidget(m_lamps);
    column->addWidget(m_rows, 1);
}

void StepView::showPosition(const Scenario& scenario, const Run& run, qsizetype position)
{
    if (position == 0) {
        m_title->setText(tr("The job as it was made"));
        m_time->setText(exactTime(scenario.job.createdAt, m_zone));
        m_sentence->setText(tr("Nothing has happened yet but that it waits in the queue."));
        m_lamps->hide();
    } else {
        const auto& step = scenario.steps.at(position - 1);
        const auto& result = run.steps.at(position - 1);
        const QString title = stepTitle(step, result);
        m_title->setText(step.note.isEmpty() ? title : u"%1 \u00b7 %2"_s.arg(title, noteText(step.note)));
        m_time->setText(exactTime(step.at, m_zone));
        QString sentence = stepSentence(step, result);
        if (const auto* delivery = std::get_if<Deliver>(&step.act))
            sentence += u' ' + tr("Body: %1.").arg(sizeText(delivery->body.size()));
        m_sentence->setText(sentence);
        m_lamps->setVisible(result.outcome.has_value());
        if (result.outcome)
            m_lamps->setLamps(lampsOf(*result.outcome, core::tasks::Mode::Apply));
    }
    const int scrolled = m_rows->verticalScrollBar()->value();
    m_rows->setRows(meaningColumns(tr("Column")), rowsAfter(run, position, m_zone));
    m_rows->verticalScrollBar()->setValue(scrolled);    // stepping to and fro one compares the same lines
}

QString StepView::sentence() const
{
    return m_sentence->text();
}

}
