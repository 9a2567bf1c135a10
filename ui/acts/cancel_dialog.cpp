// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/cancel_dialog.h"

#include "ui/acts/act_reasons.h"
#include "ui/acts/scope_box.h"
#include "ui/base/ink_label.h"
#include "ui/session/store_session.h"

#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

CancelDialog::CancelDialog(StoreSession& session, const core::tasks::ScopeRequest& scope, const QString& what, QWidget* parent)
    : ActDialog(session.profile(), tr("Cancel jobs"), parent),
      m_session(session),
      m_from(what),
      m_scope(new ScopeBox(session, {scope.jobs, core::tasks::ScopeStates::Active}, tr("have ended already"), this))
{
    body()->addWidget(m_scope);
    auto* says =
        new InkLabel(tr("They turn CANCELLED at once; a worker that runs one is asked to stop, and its half-written files are removed. "
                        "Jobs that end before their turn comes are skipped."),
                     TextRole::Body, InkLabel::Ink::Text2, this);
    says->setWordWrap(true);
    body()->addWidget(says);
    const QString why = whyNoAct(session);
    setAct(tr("Cancel jobs"), why.isEmpty() ? tr("Counting…") : why);
    setScope(tr("Counting…"), m_from, false);
    connect(this, &ActDialog::actAsked, this, &CancelDialog::act);
    connect(m_scope, &ScopeBox::counted, this, &CancelDialog::takeScope);
    connect(m_scope, &ScopeBox::failed, this, [this](const core::Error& error) {
        setScope(tr("Not counted"), m_from, false);
        showNotCounted(error);
    });
    m_scope->freeze();
}

const core::tasks::JobScope& CancelDialog::scope() const
{
    return m_scope->scope();
}

void CancelDialog::takeScope(const core::tasks::JobScope& scope)
{
    const qint64 count = scope.ids.size();
    setScope(jobsText(count), m_from, count > 1);
    setTargets(count);
    const QString why = whyNoAct(m_session);    // it may have turned read-only while it was counted
    setAct(tr("Cancel %1").arg(jobsText(count)), why.isEmpty() && count == 0 ? tr("None of these jobs is active any more.") : why);
}

void CancelDialog::act()
{
    if (m_scope->scope().ids.size() == 1)
        return cancelOne();
    emit manyAsked(m_scope->scope().ids, reason());
    close();
}

void CancelDialog::cancelOne()
{
    setBusy(true);
    const core::JobId id = m_scope->scope().ids.constFirst();
    core::whenDone(m_session.backend()->cancel(m_session.caller(), id, reason()), this,
                   [this, id](const core::Result<core::tasks::CancelAnswer>& answer) {
                       if (answer) {
                           emit oneCancelled(id, answer->times.acknowledgedAt.has_value());
                           close();
                           return;
                       }
                       const bool tooLate = answer.error().code == "job_terminal"_L1;
                       showError(tooLate ? tr("It was too late: the job has ended.") : tr("The job was not cancelled."), answer.error(),
                                 tr("The job is as it was."));
                       if (tooLate)
                           setAct(tr("Cancel 1 job"), tr("The job has ended."));
                   });
}

}
