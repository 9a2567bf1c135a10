// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/resubmit_many_acts.h"

#include "ui/acts/act_reasons.h"
#include "ui/acts/bulk_act.h"
#include "ui/acts/resubmit_many_dialog.h"
#include "ui/base/format.h"
#include "ui/session/store_session.h"

#include <QWidget>

#include <algorithm>

namespace ui {

ResubmitManyActs::ResubmitManyActs(const UiContext& context, TaskArea& tasks, QWidget* window)
    : QObject(window), m_context(context), m_tasks(context, tasks, window), m_window(window)
{
}

QString ResubmitManyActs::whyNot(const QList<core::jobs::JobSummary>& jobs) const
{
    if (const QString why = whyNoAct(m_context.session); !why.isEmpty())
        return why;
    const bool hasEnded = std::any_of(jobs.begin(), jobs.end(), [](const auto& job) { return core::jobs::isTerminal(job.status); });
    return hasEnded ? QString() : tr("None of the selected jobs has ended.");
}

ResubmitManyDialog* ResubmitManyActs::askAboutJobs(const QList<core::JobId>& ids)
{
    return ask({ids, core::tasks::ScopeStates::Ended}, tr("of the %1 selected").arg(countText(ids.size())));
}

ResubmitManyDialog* ResubmitManyActs::askAboutMatching(const core::jobs::Filter& filter, const QString& text)
{
    return ask({filter, core::tasks::ScopeStates::Ended}, tr("ended, of those that match %1").arg(text));
}

ResubmitManyDialog* ResubmitManyActs::ask(const core::tasks::ScopeRequest& scope, const QString& what)
{
    if (m_dialog)
        m_dialog->close();
    m_dialog = new ResubmitManyDialog(m_context.session, scope, what, m_window);
    connect(m_dialog, &ResubmitManyDialog::resubmitAsked, this, &ResubmitManyActs::resubmitMany);
    m_dialog->open();
    return m_dialog;
}

BulkAct* ResubmitManyActs::resubmitMany(const QList<core::JobId>& ids, const QString& reason)
{
    auto* act = new BulkAct(ids.size());
    const QString title = ids.size() == 1 ? tr("Resubmit 1 job") : tr("Resubmit %1 jobs").arg(countText(ids.size()));
    m_tasks.follow(act, {title, title, tr("resubmitted"), tr("Nothing was resubmitted: %1")});
    act->start([this, ids, reason](const core::tasks::ActControl& control) {
        return m_context.session.backend()->resubmitMany(m_context.session.caller(), ids, reason, control);
    });
    return act;
}

}
