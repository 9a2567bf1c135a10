// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/resubmit_many_dialog.h"

#include "ui/acts/act_reasons.h"
#include "ui/acts/scope_box.h"
#include "ui/base/ink_label.h"
#include "ui/session/store_session.h"

#include <QVBoxLayout>

namespace ui {

ResubmitManyDialog::ResubmitManyDialog(StoreSession& session, const core::tasks::ScopeRequest& scope, const QString& what, QWidget* parent)
    : ActDialog(session.profile(), tr("Resubmit jobs"), parent),
      m_session(session),
      m_from(what),
      m_scope(new ScopeBox(session, {scope.jobs, core::tasks::ScopeStates::Ended}, tr("are active"), this))
{
    body()->addWidget(m_scope);
    auto* says =
        new InkLabel(tr("Each runs again as a new job with its own input, and names the one it retries. Where an active job does the same "
                        "already, of twins all but the first, it is skipped."),
                     TextRole::Body, InkLabel::Ink::Text2, this);
    says->setWordWrap(true);
    body()->addWidget(says);
    const QString why = whyNoAct(session);
    setAct(tr("Resubmit jobs"), why.isEmpty() ? tr("Counting\u2026") : why);
    setScope(tr("Counting\u2026"), m_from, false);
    connect(this, &ActDialog::actAsked, this, [this] {
        emit resubmitAsked(m_scope->scope().ids, reason());
        close();
    });
    connect(m_scope, &ScopeBox::counted, this, &ResubmitManyDialog::takeScope);
    connect(m_scope, &ScopeBox::failed, this, [this](const core::Error& error) {
        setScope(tr("Not counted"), m_from, false);
        showNotCounted(error);
    });
    m_scope->freeze();
}

void ResubmitManyDialog::takeScope(const core::tasks::JobScope& scope)
{
    const qint64 count = scope.ids.size();
    setScope(jobsText(count), m_from, count > 1);
    setTargets(count);
    const QString why = whyNoAct(m_session);    // it may have turned read-only while it was counted
    setAct(tr("Resubmit %1").arg(jobsText(count)), why.isEmpty() && count == 0 ? tr("None of these jobs has ended yet.") : why);
}

}
