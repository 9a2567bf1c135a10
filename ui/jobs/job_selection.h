// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/jobs_model.h"

#include <QItemSelectionModel>

namespace ui {

/// The selection of the job list by id: a job stays selected (and current) while its row is out of the window, and is marked again as
/// the row comes back. Only what a person does changes it.
class JobSelection final : public QItemSelectionModel {
    Q_OBJECT

public:
    explicit JobSelection(JobsModel* model, QObject* parent = nullptr);

    /// Those in the window in its order, then the others.
    [[nodiscard]] QList<core::JobId> ids() const;
    /// The rows of ids(), as they were seen last.
    [[nodiscard]] QList<core::jobs::JobSummary> jobs() const;
    [[nodiscard]] bool isEmptyHere() const { return !hasSelection() && m_away.isEmpty(); }
    /// Empty for none.
    [[nodiscard]] core::JobId currentJob() const;
    /// Selects these wherever they are: those that are not in the window as soon as their rows come.
    void restore(const QList<core::JobId>& ids, const core::JobId& current);
    /// Forgets those that are not in the window.
    void forgetAway();
    /// The model's rows come and go; no person did anything.
    [[nodiscard]] bool isRestoring() const { return m_restoring; }

    using QItemSelectionModel::select;
    void select(const QItemSelection& selection, SelectionFlags command) override;

signals:
    void jobsChanged();
    void currentJobChanged(const core::JobId& id);

private:
    void forgetGone(const QSet<core::JobId>& ids);
    void takeAway(int first, int last);
    void takeBack(int first, int last);
    void tellCurrent();

    JobsModel& m_jobs;
    QHash<core::JobId, core::jobs::JobSummary> m_away;
    core::JobId m_currentAway;
    core::JobId m_told;
    bool m_restoring = false;
};

}
