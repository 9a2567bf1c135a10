// SPDX-License-Identifier: Apache-2.0
#include "ui/housekeeping/prune_acts.h"

#include "ui/base/format.h"
#include "ui/housekeeping/prune_dialog.h"
#include "ui/housekeeping/prune_run.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/window/task_area.h"

#include <QWidget>

namespace ui {

using namespace Qt::StringLiterals;

PruneActs::PruneActs(const UiContext& context, TaskArea& tasks, QWidget* window)
    : QObject(window), m_context(context), m_tasks(tasks), m_window(window)
{
}

PruneDialog* PruneActs::ask()
{
    if (m_dialog)
        m_dialog->close();
    m_dialog = new PruneDialog(m_context.session, m_window);
    connect(m_dialog, &PruneDialog::pruneAsked, this, &PruneActs::prune);
    m_dialog->open();
    return m_dialog;
}

PruneRun* PruneActs::prune(core::Time before, const QList<core::JobId>& jobs, const QString& reason)
{
    auto* task = new BackgroundTask(jobs.size() == 1 ? tr("Remove 1 job") : tr("Remove %1 jobs").arg(countText(jobs.size())));
    m_tasks.add(task);
    auto* run = new PruneRun(*m_context.session.backend(), m_context.session.caller(), before, jobs, reason, task);
    connect(run, &PruneRun::progressed, task, &BackgroundTask::report);
    connect(task, &BackgroundTask::abortAsked, run, &PruneRun::abort);
    connect(run, &PruneRun::finished, task, [run, task, self = QPointer(this)](const std::optional<core::Error>& error) {
        const QString said = error ? u"%1 %2"_s.arg(run->summary(), error->message) : run->summary();
        task->end(said, error.has_value());
        if (self) {    // the window that asked may be gone
            emit self->m_context.navigator.toastAsked(said);
            emit self->pruned();
        }
        run->deleteLater();
    });
    run->start();
    return run;
}

}
