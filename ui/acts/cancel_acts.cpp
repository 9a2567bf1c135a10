// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/cancel_acts.h"

#include "ui/acts/bulk_act.h"
#include "ui/acts/bulk_result_dialog.h"
#include "ui/acts/cancel_dialog.h"
#include "ui/base/format.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/window/task_area.h"

#include <QWidget>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::BulkAnswer;

CancelActs::CancelActs(const UiContext& context, TaskArea& tasks, QWidget* window)
    : QObject(window), m_context(context), m_tasks(tasks), m_window(window)
{
}

QString CancelActs::whyNot(const QList<core::jobs::JobSummary>& jobs) const
{
    if (!m_context.session.isOpen())
        return tr("The store is not open.");
    if (const auto capabilities = m_context.session.capabilities(); !capabilities.canWrite)
        return capabilities.whyReadOnly;
    if (jobs.isEmpty())
        return tr("No job is selected.");
    const bool isOver = std::all_of(jobs.begin(), jobs.end(), [](const auto& job) { return core::jobs::isTerminal(job.status); });
    if (!isOver)
        return {};
    return jobs.size() == 1 ? tr("The job has ended, as %1.").arg(statusWord(jobs.constFirst())) : tr("All the selected jobs have ended.");
}

QString CancelActs::whyNotMatching(const core::jobs::Filter& filter) const
{
    if (!m_context.session.isOpen())
        return tr("The store is not open.");
    if (const auto capabilities = m_context.session.capabilities(); !capabilities.canWrite)
        return capabilities.whyReadOnly;
    return core::jobs::takesAll(filter) ? tr("There is no filter; this would be every job of the store.") : QString();
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
    auto* act = new BulkAct(tr("Cancel %1 jobs").arg(countText(ids.size())), ids.size(), this);
    auto* task = new BackgroundTask(act->title());
    m_tasks.add(task);
    connect(act, &BulkAct::progressed, task, &BackgroundTask::report);
    connect(task, &BackgroundTask::abortAsked, act, &BulkAct::abort);
    const auto end = [this, act, task = QPointer(task)](const QString& ending, bool failed) {
        if (task)
            task->end(ending, failed);
        emit m_context.navigator.toastAsked(u"%1: %2"_s.arg(act->title(), ending));
        act->deleteLater();
    };
    connect(act, &BulkAct::refused, this,
            [end](const core::Error& error) { end(tr("Nothing was cancelled: %1").arg(error.message), true); });
    connect(act, &BulkAct::finished, this, [this, end, act, task = QPointer(task)](const BulkAnswer& answer) {
        if (task) {    // a person may have cleared it from the list
            connect(task, &BackgroundTask::resultAsked, this, [this, title = act->title(), answer] { showEnd(title, answer); });
            task->setHasResult(true);
        }
        end(bulkSummary(answer, tr("cancelled")), answer.failed > 0);
    });
    act->start([this, ids, reason](const core::tasks::ActControl& control) {
        return m_context.session.backend()->cancelMany(m_context.session.caller(), ids, reason, control);
    });
    return act;
}

void CancelActs::showEnd(const QString& title, const BulkAnswer& answer)
{
    auto* dialog = new BulkResultDialog(m_context.session.profile(), title, answer, tr("cancelled"), m_window);
    connect(dialog, &BulkResultDialog::rowChosen, this, [this](const QString& id) { emit m_context.navigator.jobAsked(core::JobId{id}); });
    dialog->show();
}

}
