// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QObject>

namespace ui {

/// Removes the jobs that a PruneDialog counted and no other, batch by batch, so that others get at the store in between and a person can
/// stop it. Each batch is one transaction: what is done stays done.
class PruneRun final : public QObject {
    Q_OBJECT

public:
    PruneRun(core::backend::Backend& backend, core::Caller caller, core::Time before, QList<core::JobId> jobs, QString reason,
             QObject* parent);
    void start();
    /// After the batch that runs.
    void abort() { m_aborted = true; }
    [[nodiscard]] qint64 removed() const { return m_removed; }
    /// "Removed 1,204 jobs, 3,300 files, 1.2 GB."
    [[nodiscard]] QString summary() const;

signals:
    void progressed(qint64 done, std::optional<qint64> total);
    /// Once; with the error where a batch was refused. What went before it is in the summary.
    void finished(const std::optional<core::Error>& error);

private:
    void next();
    void take(const core::Result<core::tasks::PruneAnswer>& batch, qsizetype asked);

    core::backend::Backend& m_backend;
    core::Caller m_caller;
    core::Time m_before;
    QList<core::JobId> m_jobs;
    QString m_reason;
    qsizetype m_asked = 0;    // of m_jobs
    qint64 m_removed = 0;
    qint64 m_skipped = 0;
    qint64 m_files = 0;
    qint64 m_bytes = 0;
    qint64 m_stillNeeded = 0;
    bool m_aborted = false;
};

}
