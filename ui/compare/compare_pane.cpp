// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_pane.h"

#include "ui/acts/act_dialog.h"
#include "ui/base/error_bar.h"
#include "ui/base/ink_label.h"
#include "ui/base/segmented_switch.h"
#include "ui/diff/diff_table.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/window/environment_band.h"

#include <QVBoxLayout>

namespace ui {

QLayout* compareHead(const ConnectionProfile& profile, const QString& title, QWidget* parent)
{
    auto* swatch = new QLabel(parent);
    swatch->setPixmap(environmentIcon(profile.environment).pixmap(scaled(16)));
    swatch->setAccessibleName(environmentWord(profile.environment));
    auto* line = new QHBoxLayout;
    line->setSpacing(scaled(8));
    line->addWidget(swatch);
    line->addWidget(new InkLabel(title, TextRole::Emphasis, InkLabel::Ink::Text, parent));
    line->addWidget(new InkLabel(connectionWords(profile), TextRole::Body, InkLabel::Ink::Text2, parent), 1);
    return line;
}

ComparePane::ComparePane(core::Lane& lane, QWidget* parent)
    : QWidget(parent),
      m_lane(lane),
      m_switch(new SegmentedSwitch(tr("How they are compared"), {tr("By meaning"), tr("Side by side"), tr("Unified")}, this)),
      m_sentence(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_error(new ErrorBar(this)),
      m_table(new DiffTable(tr("Differences"), this))
{
    setFocusProxy(m_switch);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* ways = new QHBoxLayout;
    ways->setSpacing(scaled(12));
    ways->addWidget(m_switch);
    ways->addWidget(m_sentence, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(12));
    column->addLayout(ways);
    column->addWidget(m_error);
    column->addWidget(m_table, 1);
    connect(m_switch, &SegmentedSwitch::chosen, this, [this](int view) { setView(static_cast<CompareView>(view)); });
    connect(m_error, &ErrorBar::retryAsked, this, &ComparePane::retryAsked);
}

void ComparePane::setView(CompareView view)
{
    m_view = view;
    m_switch->setCurrent(static_cast<int>(view));
    emit viewChosen();
}

void ComparePane::compare(const CompareRequest& request, bool tellsAbsent)
{
    CompareRequest inView = request;
    inView.view = m_view;
    QStringList absent;
    if (tellsAbsent && !request.before)
        absent << tr("The first has no output.");
    if (tellsAbsent && !request.after)
        absent << tr("The second has no output.");
    ++m_open;
    ++m_round;
    m_error->clear();
    m_sentence->setText(tr("Comparing\u2026"));
    core::whenDone(m_lane.run([inView] { return compareDocuments(inView); }), this,
                   [this, absent, round = m_round](const core::Result<CompareAnswer>& answer) {
                       --m_open;
                       if (round != m_round)
                           return;
                       if (!answer)
                           return fail(tr("They could not be compared by meaning; as text they can."), answer.error());
                       m_table->setRows(answer->columns, answer->rows);
                       m_sentence->setText((absent + QStringList{answer->sentence}).join(QLatin1Char(' ')));
                   });
}

void ComparePane::showReading()
{
    ++m_round;
    m_table->setRows(m_table->diff().columns(), {});
    m_sentence->setText(tr("Reading\u2026"));
}

void ComparePane::showSentence(const QString& sentence)
{
    m_sentence->setText(sentence);
}

void ComparePane::fail(const QString& what, const core::Error& error)
{
    m_table->setRows(m_table->diff().columns(), {});
    m_sentence->setText({});
    m_error->showError(what, error, tr("Comparing changes nothing."));
}

void ComparePane::clearError()
{
    m_error->clear();
}

QString ComparePane::sentence() const
{
    return m_sentence->text();
}

}
