// SPDX-License-Identifier: Apache-2.0
#include "ui/session/background_tasks.h"

#include <algorithm>

namespace ui {

void BackgroundTask::report(qint64 done, std::optional<qint64> total)
{
    m_done = done;
    m_total = total;
    emit changed();
}

void BackgroundTask::end(const QString& ending, bool failed)
{
    m_ending = ending;
    m_failed = failed;
    emit changed();
}

void BackgroundTask::setResult(ShowResult show)
{
    m_showResult = std::move(show);
    emit changed();
}

void BackgroundTask::showResult(const UiContext& context, QWidget* window) const
{
    if (m_showResult)
        m_showResult(context, window);
}

void BackgroundTask::setDetail(const QString& detail)
{
    m_detail = detail;
    emit changed();
}

void BackgroundTasks::add(BackgroundTask* task)
{
    task->setParent(this);
    m_tasks << task;
    connect(task, &BackgroundTask::changed, this, &BackgroundTasks::changed);
    connect(task, &BackgroundTask::changed, this, [this, task, isTold = false]() mutable {
        if (!task->isOver() || std::exchange(isTold, true))
            return;
        emit taskEnded(task->title(), task->ending(), task->hasFailed());
        if (running().isEmpty())
            emit allOver();
    });
    emit changed();
}

QStringList BackgroundTasks::running() const
{
    QStringList titles;
    for (const BackgroundTask* task : m_tasks) {
        if (!task->isOver())
            titles << task->title();
    }
    return titles;
}

void BackgroundTasks::clearThoseOver()
{
    const auto over = std::stable_partition(m_tasks.begin(), m_tasks.end(), [](const BackgroundTask* task) { return !task->isOver(); });
    for (auto each = over; each != m_tasks.end(); ++each)
        (*each)->deleteLater();
    m_tasks.erase(over, m_tasks.end());
    emit changed();
}

void BackgroundTasks::abortAll()
{
    const auto tasks = m_tasks;
    for (BackgroundTask* task : tasks) {
        if (!task->isOver())
            emit task->abortAsked();
    }
}

}
