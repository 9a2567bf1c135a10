// SPDX-License-Identifier: Apache-2.0
#include "ui/casefile/case_bar.h"

#include "core/backend/case_files.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/casefile/case_words.h"
#include "ui/session/store_session.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace ui {

using core::casefile::CaseSummary;

CaseBar::CaseBar(StoreSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_what(new InkLabel(TextRole::Body, InkLabel::Ink::Text, this)),
      m_home(new QPushButton(tr("Take it home…"), this))
{
    m_what->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_home->setToolTip(tr("Take this job into a store of this machine, where it can be run again"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(16), scaled(4), scaled(16), scaled(4));
    row->setSpacing(scaled(12));
    row->addWidget(m_what, 1);
    row->addWidget(m_home);
    connect(m_home, &QPushButton::clicked, this, &CaseBar::takeHomeAsked);
    connect(&session, &StoreSession::stateChanged, this, &CaseBar::follow);
    follow();
}

void CaseBar::follow()
{
    const bool isCase = m_session.isOpen() && core::backend::caseFiles(*m_session.backend()).isCaseFile();
    setVisible(isCase);
    if (isCase && m_what->text().isEmpty())
        describe();
}

void CaseBar::describe()
{
    m_what->setText(tr("Case file: only looked at, nothing in it can be changed."));
    core::whenDone(core::backend::caseFiles(*m_session.backend()).readCase(m_session.profile().storePath), this,
                   [this](const core::Result<CaseSummary>& summary) {
                       if (!summary) {
                           m_what->setText(
                               tr("Case file, only looked at. It cannot be read any more: %1").arg(plainLine(summary.error().message)));
                           return;
                       }
                       const QString masked =
                           summary->masked.isEmpty() ? QString() : QLatin1Char(' ') + maskedTitle(summary->masked) + QLatin1Char('.');
                       const QString left = leftOutSentence(*summary);
                       m_what->setText(tr("Case file of %1, from %2: only looked at.")
                                           .arg(exactTime(summary->exportedAt, QTimeZone::systemTimeZone()), plainLine(summary->origin)) +
                                       QLatin1Char(' ') + checkedSentence(*summary) + masked);
                       m_what->setToolTip(plainToolTip(rerunSentence(summary->rerun) + QLatin1Char('\n') + keptSentence(summary->hosts) +
                                                       (left.isEmpty() ? QString() : QLatin1Char('\n') + left)));
                   });
}

void CaseBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.warning().fill);
    painter.fillRect(QRect(0, 0, 3, height()), theme.warning().ink);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

}
