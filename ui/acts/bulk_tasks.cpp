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

BulkTasks::BulkTasks(const UiContext& context, TaskArea& tasks, QWidget* window)
    : QObject(window), m_context(context), m_tasks(tasks), m_window(window)
{
}

void BulkTasks::follow(BulkRun* run, const BulkWords& words)
{
    run->setParent(this);
    auto* task = new BackgroundTask(words.task);
    m_tasks.add(task);
    connect(run, &BulkRun::progressed, task, &BackgroundTask::report);
    connect(task, &BackgroundTask::abortAsked, run, &BulkRun::abort);
    const auto end = [this, run, title = words.title, task = QPointer(task)](const QString& ending, bool failed) {
        if (task)    // a person may have cleared it from the list
            task->end(ending, failed);
        emit m_context.navigator.toastAsked(u"%1: %2"_s.arg(title, ending));
        run->deleteLater();
    };
    connect(run, &BulkRun::refused, this,
            [end, nothing = words.nothing](const core::Error& error) { end(nothing.arg(plainLine(error.message)), true); });
    connect(run, &BulkRun::finished, this, [this, end, words, task = QPointer(task)](const BulkAnswer& answer) {
        if (task) {
            connect(task, &BackgroundTask::resultAsked, this, [this, words, answer] { showEnd(words, answer); });
            task->setHasResult(true);
        }
        end(bulkSummary(answer, words.done), answer.failed > 0);
    });
}

void BulkTasks::showEnd(const BulkWords& words, const BulkAnswer& answer)
{
    auto* dialog = new BulkResultDialog(m_context.session.profile(), words.title, answer, words.done, m_window);
    if (words.isOfJobs)
        connect(dialog, &BulkResultDialog::rowChosen, this,
                [this](const QString& id) { emit m_context.navigator.jobAsked(core::JobId{id}); });
    dialog->show();
}

}
