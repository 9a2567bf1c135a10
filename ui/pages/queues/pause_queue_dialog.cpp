// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/queues/pause_queue_dialog.h"

#include "ui/acts/act_reasons.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/session/store_session.h"

#include <QVBoxLayout>

namespace ui {

PauseQueueDialog::PauseQueueDialog(StoreSession& session, const core::backend::QueueState& queue, QWidget* parent)
    : ActDialog(session.profile(), queue.paused ? tr("Resume the queue") : tr("Pause the queue"), parent, Reason::NotAsked),
      m_session(session),
      m_pauses(!queue.paused)
{
    setScope(plainLine(queue.queue), tr("%1 waiting, %2 taken by workers").arg(countText(queue.waiting), countText(queue.leased)), false);
    auto* says =
        new InkLabel(m_pauses ? tr("No worker takes another job from it, on whatever machine, until somebody resumes it. What runs goes on "
                                   "to its end, and what is submitted meanwhile waits.")
                              : tr("Workers take the jobs that wait again, the oldest first."),
                     TextRole::Body, InkLabel::Ink::Text2, this);
    says->setWordWrap(true);
    body()->addWidget(says);
    setTargets(1);
    setAct(m_pauses ? tr("Pause the queue") : tr("Resume the queue"), whyNoAct(session));
    connect(this, &ActDialog::actAsked, this, &PauseQueueDialog::act);
}

void PauseQueueDialog::act()
{
    setBusy(true);
    core::whenDone(m_session.backend()->setQueuePaused(m_session.caller(), m_pauses), this,
                   [this](const core::Result<core::backend::QueueState>& state) {
                       if (!state)
                           return showError(m_pauses ? tr("The queue was not paused.") : tr("The queue was not resumed."), state.error(),
                                            tr("The store is as it was."));
                       emit done(m_pauses);
                       close();
                   });
}

}
