// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/bulk_tasks.h"

#include "ui/acts/bulk_result_dialog.h"
#include "ui/base/format.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/window/task_area.h"

#include <QPointer>
#include <QWidget>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::BulkAnswer;

namespace {

/// Nothing of the window that began it: that may be gone.
BackgroundTask::ShowResult showing(const BulkWords& words, const BulkAnswer& answer)
{
    return [words, answer](const UiContext& context, QWidget* window) {
        auto* dialog = new BulkResultDialog(context.session.profile(), words.title, answer, words.done, window);
        dialog->setCloser(context.session.closer());
        if (words.isOfJobs)
            QObject::connect(dialog, &BulkResultDialog::rowChosen, &context.navigator,
                             [&navigator = context.navigator](const QString& id) { emit navigator.jobAsked(core::JobId{id}); });
        dialog->show();
    };
}

}

BulkTasks::BulkTasks(const UiContext& context, TaskArea& tasks, QWidget* window) : QObject(window), m_context(context), m_tasks(tasks)
{
    tasks.setContext(context, window);
}

void BulkTasks::follow(BulkRun* run, const BulkWords& words)
{
    auto* task = new BackgroundTask(words.task);
    run->setParent(task);
    m_tasks.add(task);
    connect(run, &BulkRun::progressed, task, &BackgroundTask::report);
    connect(task, &BackgroundTask::abortAsked, run, &BulkRun::abort);
    const auto end = [run, task, title = words.title, self = QPointer(this)](const QString& ending, bool failed) {
        task->end(ending, failed);
        if (self)
            emit self->m_context.navigator.toastAsked(u"%1: %2"_s.arg(title, ending));
        run->deleteLater();
    };
    connect(run, &BulkRun::refused, task,
            [end, nothing = words.nothing](const core::Error& error) { end(nothing.arg(plainLine(error.message)), true); });
    connect(run, &BulkRun::finished, task, [end, task, words](const BulkAnswer& answer) {
        task->setResult(showing(words, answer));
        end(bulkSummary(answer, words.done), answer.failed > 0);
    });
}

}
