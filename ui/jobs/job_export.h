// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/long_reads.h"
#include "core/base/lane.h"
#include "ui/jobs/job_columns.h"
#include "ui/jobs/job_text.h"

#include <QObject>

#include <memory>

class QSaveFile;

namespace ui {

class StoreSession;

/// Writes jobs to a file, page by page: the whole of a filter as it was when it began (a range of time in it is resolved already), or
/// given ones. It writes under a temporary name beside the target and renames at the end, so that a file of that name is complete.
/// Formatting and writing run on a lane of its own.
class JobExport final : public QObject {
    Q_OBJECT

public:
    static constexpr int pageRows = 500;

    /// Csv, Json or Ndjson; in the order of the list.
    JobExport(StoreSession& session, const JobsQuery& query, JobFormat format, QString path, QObject* parent = nullptr);
    JobExport(StoreSession& session, const QList<core::JobId>& ids, JobFormat format, QString path, QObject* parent = nullptr);
    ~JobExport() override;

    void start();
    /// Stops after the page under way; nothing is left behind. finished() tells Cancelled.
    void abort();
    /// "Export to jobs.csv", for the list of background tasks.
    [[nodiscard]] QString title() const;
    [[nodiscard]] const QString& path() const { return m_path; }
    /// What the file does not hold though it matches; empty if it holds all: "Only the newest 50,000 jobs were searched."
    [[nodiscard]] QString lack() const;
    [[nodiscard]] qint64 done() const { return m_done; }

signals:
    /// `total`: nothing while it is not known, or beyond counting.
    void progressed(qint64 done, const std::optional<qint64>& total);
    /// How many jobs stand in the file. Comes once; the export may be deleted then.
    void finished(const core::Result<qint64>& result);

private:
    struct File;
    using Rows = QList<core::jobs::JobSummary>;

    void count();
    void readNext();
    void take(const Rows& rows, bool isLast);
    void end(const core::Result<qint64>& result);

    StoreSession& m_session;
    std::optional<JobsQuery> m_query;
    QList<core::JobId> m_ids;
    JobFormat m_format;
    QString m_path;
    std::optional<core::jobs::JobKey> m_after;
    core::backend::ReadHandle m_counting;
    std::optional<qint64> m_total;
    std::optional<int> m_searchedOnlyNewest;
    qint64 m_done = 0;
    bool m_aborted = false;
    bool m_ended = false;
    std::shared_ptr<File> m_file;
    core::Lane m_lane;    // last: its work ends before the file goes
};

}
