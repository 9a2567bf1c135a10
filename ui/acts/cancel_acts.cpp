// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/cancel_acts.h"

#include "ui/acts/act_reasons.h"
#include "ui/acts/bulk_act.h"
#include "ui/acts/cancel_dialog.h"
#include "ui/base/format.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"

#include <QWidget>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

CancelActs::CancelActs(const UiContext& context, TaskArea& tasks, QWidget* window)
    : QObject(window), m_context(context), m_tasks(context, tasks, window), m_window(window)
{
}

QString CancelActs::whyNot(const QList<core::jobs::JobSummary>& jobs) const
{
    if (const QString why = whyNoAct(m_context.session); !why.isEmpty())
        return why;
    if (jobs.isEmpty())
        return tr("No job is selected.");
    const bool isOver = std::all_of(jobs.begin(), jobs.end(), [](const auto& job) { return core::jobs::isTerminal(job.status); });
    if (!isOver)
        return {};
    return jobs.size() == 1 ? tr("The job has ended, as %1.").arg(statusWord(jobs.constFirst())) : tr("All the selected jobs have ended.");
}

CancelDialog* CancelActs::askAboutJobs(const QList<core::JobId>& ids)
{
    return ask({ids, core::tasks::ScopeStates::Active},
               ids.size() == 1 ? tr("selected, still active") : tr("of the %1 selected").arg(countText(ids.size())));
}

CancelDialog* CancelActs::askAboutMatching(const core::jobs::Filter& filter, const QString& text)
{
    return ask({filter, core::tasks::ScopeStates::Active}, tr("active, of those that match %1").arg(text));
}

CancelDialog* CancelActs::ask(const core::tasks::ScopeRequest& scope, const QString& what)
{
    if (m_dialog)
        m_dialog->close();
    m_dialog = new CancelDialog(m_context.session, scope, what, m_window);
    connect(m_dialog, &CancelDialog::oneCancelled, this, [this](const core::JobId&, bool settled) {
        emit m_context.navigator.toastAsked(settled ? tr("The job is cancelled; no worker has it.")
                                                    : tr("The job is cancelled; its worker has been asked to stop."));
    });
    connect(m_dialog, &CancelDialog::manyAsked, this, &CancelActs::cancelMany);
    m_dialog->open();
    return m_dialog;
}

BulkAct* CancelActs::cancelMany(const QList<core::JobId>& ids, const QString& reason)
{
    auto* act = new BulkAct(ids.size());
    const QString title = tr("Cancel %1 jobs").arg(countText(ids.size()));
    m_tasks.follow(act, {title, title, tr("cancelled"), tr("Nothing was cancelled: %1")});
    act->start([this, ids, reason](const core::tasks::ActControl& control) {
        return m_context.session.backend()->cancelMany(m_context.session.caller(), ids, reason, control);
    });
    return act;
}

}
