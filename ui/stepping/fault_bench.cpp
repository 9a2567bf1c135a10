// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/fault_bench.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/base/scroll_area.h"
#include "ui/stepping/fault_words.h"
#include "ui/theme/icons.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::scenarios::Fault;

FaultBench::FaultBench(QWidget* parent)
    : QWidget(parent),
      m_target(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_takeBack(new QPushButton(tr("Take back the last fault"), this))
{
    setAccessibleName(tr("Fault bench"));
    m_target->setWordWrap(true);
    auto* faults = new QWidget(this);
    auto* list = new QVBoxLayout(faults);
    list->setContentsMargins(0, 0, scaled(8), 0);
    list->setSpacing(scaled(4));
    for (const Fault fault : core::scenarios::allFaults) {
        auto* button = new QPushButton(faultTitle(fault), faults);
        button->setAutoDefault(false);
        button->setAccessibleName(faultTitle(fault));
        button->setAccessibleDescription(faultSentence(fault) + u' ' + faultExpected(fault));
        connect(button, &QPushButton::clicked, this, [this, fault] { emit faultAsked(fault); });
        auto* does = new InkLabel(faultSentence(fault), TextRole::Small, InkLabel::Ink::Text, faults);
        auto* expect = new InkLabel(faultExpected(fault), TextRole::Small, InkLabel::Ink::Text2, faults);
        does->setWordWrap(true);
        expect->setWordWrap(true);
        list->addWidget(button);
        list->addWidget(does);
        list->addWidget(expect);
        list->addSpacing(scaled(8));
        m_buttons.insert(fault, button);
    }
    list->addStretch(1);
    m_takeBack->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(4), 0, 0, 0);
    column->setSpacing(scaled(8));
    column->addWidget(new InkLabel(tr("Fault bench"), TextRole::Emphasis, InkLabel::Ink::Text, this));
    column->addWidget(m_target);
    column->addWidget(scrollAreaOf(faults, tr("Faults"), this), 1);
    column->addWidget(m_takeBack);
    connect(m_takeBack, &QPushButton::clicked, this, &FaultBench::takeBackAsked);
    setTaken(0);
}

void FaultBench::showFor(const core::scenarios::Scenario& scenario, qsizetype step)
{
    m_target->setText(step < 0 ? tr("Choose a delivery; a fault is put on it and all is played again.")
                               : tr("On step %1. All is played again in the scratch copy.").arg(countText(step + 1)));
    for (auto button = m_buttons.cbegin(); button != m_buttons.cend(); ++button) {
        const auto why = core::scenarios::whyNot(scenario, button.key(), step);
        (*button)->setEnabled(!why);
        (*button)->setToolTip(plainToolTip(why ? faultProblem(*why) : faultSentence(button.key())));
    }
}

void FaultBench::setBusy()
{
    for (QPushButton* button : std::as_const(m_buttons)) {
        button->setEnabled(false);
        button->setToolTip(tr("It is being played."));
    }
    m_takeBack->setEnabled(false);
}

void FaultBench::setTaken(qsizetype faults)
{
    m_takeBack->setEnabled(faults > 0);
    m_takeBack->setToolTip(faults > 0 ? tr("Play it as it was before the last fault") : tr("There is no fault in it."));
}

}
