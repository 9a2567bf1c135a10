// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/job_selection.h"

#include <QScopedValueRollback>

namespace ui {

using core::JobId;
using core::jobs::JobSummary;

JobSelection::JobSelection(JobsModel* model, QObject* parent) : QItemSelectionModel(model, parent), m_jobs(*model)
{
    connect(model, &JobsModel::rowsAboutToLeave, this, &JobSelection::takeAway);
    connect(model, &JobsModel::jobsGone, this, &JobSelection::forgetGone);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) { takeBack(first, last); });
    connect(this, &QItemSelectionModel::currentChanged, this, [this] {
        if (m_restoring)
            return;
        m_currentAway = {};
        tellCurrent();
    });
    connect(this, &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_restoring)
            emit jobsChanged();
    });
}

QList<JobSummary> JobSelection::jobs() const
{
    QList<JobSummary> jobs;
    QList<int> rows;
    const auto ranges = selection();
    for (const QItemSelectionRange& range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows << row;
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const int row : std::as_const(rows))
        jobs << m_jobs.rowAt(row).job();
    return jobs + m_away.values();
}

QList<JobId> JobSelection::ids() const
{
    QList<JobId> ids;
    const auto all = jobs();
    for (const JobSummary& job : all)
        ids << job.id;
    return ids;
}

JobId JobSelection::currentJob() const
{
    return currentIndex().isValid() ? m_jobs.rowAt(currentIndex().row()).id() : m_currentAway;
}

void JobSelection::restore(const QList<JobId>& ids, const JobId& current)
{
    {
        const QScopedValueRollback restoring(m_restoring, true);
        QItemSelectionModel::select(QItemSelection(), Clear);
        setCurrentIndex({}, NoUpdate);
        m_away.clear();
        for (const JobId& id : ids) {
            JobSummary job;
            job.id = id;
            m_away.insert(id, job);
        }
        m_currentAway = current;
    }
    takeBack(0, m_jobs.rowCount() - 1);
    emit jobsChanged();
    tellCurrent();
}

/// Pruned jobs are not scrolled out of sight: nothing may be done on them any more.
void JobSelection::forgetGone(const QSet<JobId>& ids)
{
    for (const JobId& id : ids)
        m_away.remove(id);
    if (ids.contains(m_currentAway))
        m_currentAway = {};
    emit jobsChanged();
    tellCurrent();
}

void JobSelection::forgetAway()
{
    m_away.clear();
    m_currentAway = {};
    emit jobsChanged();
    tellCurrent();
}

void JobSelection::select(const QItemSelection& selection, SelectionFlags command)
{
    if ((command & Clear) && !m_restoring)
        m_away.clear();
    QItemSelectionModel::select(selection, command);
}

void JobSelection::takeAway(int first, int last)
{
    const QScopedValueRollback restoring(m_restoring, true);
    for (int row = first; row <= last; ++row) {
        if (isRowSelected(row))
            m_away.insert(m_jobs.rowAt(row).id(), m_jobs.rowAt(row).job());
    }
    if (currentIndex().isValid() && currentIndex().row() >= first && currentIndex().row() <= last) {
        m_currentAway = m_jobs.rowAt(currentIndex().row()).id();
        setCurrentIndex({}, NoUpdate);    // else Qt would make a neighbour current as the row goes
    }
}

void JobSelection::takeBack(int first, int last)
{
    if (m_away.isEmpty() && m_currentAway.isEmpty())
        return;
    const QScopedValueRollback restoring(m_restoring, true);
    for (int row = first; row <= last; ++row) {
        const JobId id = m_jobs.rowAt(row).id();
        const QModelIndex index = m_jobs.index(row, 0);
        if (m_away.remove(id))
            select(index, Select | Rows);
        if (id == m_currentAway && !id.isEmpty()) {
            setCurrentIndex(index, NoUpdate);
            m_currentAway = {};
        }
    }
}

void JobSelection::tellCurrent()
{
    const JobId current = currentJob();
    if (current == m_told)
        return;
    m_told = current;
    emit currentJobChanged(current);
}

}
