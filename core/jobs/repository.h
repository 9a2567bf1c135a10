// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/jobs/models.h"

#include <QList>

namespace core::jobs {

/// What a worker's report may move. Absent members stay as they are.
struct JobUpdate {
    JobStatus status = JobStatus::Running;
    std::optional<int> progressPct;
    std::optional<QString> message;
    std::optional<QString> errorMessage;
    std::optional<QString> errorCode;
    std::optional<QByteArray> outputData;
    std::optional<int> attempt;
    Time at{};
};

/// The job as JobRepository::applyUpdate() leaves it where it changes it: what the row holds then, without reading it again.
[[nodiscard]] JobSummary updated(JobSummary job, const JobUpdate& update);
enum class PayloadColumn { Input, Output };

/// How large a job's payloads are, in bytes.
struct PayloadSizes {
    qint64 input = 0;
    std::optional<qint64> output;
};

/// How jobs of one type ended on one host.
struct HostCount {
    QString host;
    qint64 jobs = 0;
    qint64 failed = 0;
};

/// The jobs, job_events and job_attempts tables: one function, one statement. Lists with filters are in list_repository.h.
/// What a job has heard already.
struct KnownReports {
    bool hasEventId = false;
    std::optional<qint64> lastSequence;
};

class JobRepository {
public:
    explicit JobRepository(database::Database& database) : m_database(database) {}

    [[nodiscard]] Result<void> insert(const Job& job);
    [[nodiscard]] Result<std::optional<Job>> find(const JobId& id) const;
    /// In a transaction that will change it: nobody else changes it before that ends.
    [[nodiscard]] Result<std::optional<Job>> findForChange(const JobId& id) const;
    [[nodiscard]] Result<std::optional<JobSummary>> findSummary(const JobId& id) const;
    [[nodiscard]] Result<std::optional<JobSummary>> findSummaryForChange(const JobId& id) const;
    /// Several that will be changed in this transaction, in the order in which all who want several lock them: else two would wait for each
    /// other. Nothing to do where there is one writer.
    [[nodiscard]] Result<void> lockForChange(const QList<JobId>& ids) const;
    [[nodiscard]] Result<std::optional<JobId>> findActiveByDedupeKey(const QString& dedupeKey) const;
    [[nodiscard]] Result<QList<JobId>> findByIdPrefix(const QString& prefix, int limit) const;
    [[nodiscard]] Result<QList<JobId>> retriesOf(const JobId& id) const;

    [[nodiscard]] Result<PayloadSizes> payloadSizes(const JobId& id) const;
    /// The stored bytes; none where the column is null or the job is gone.
    [[nodiscard]] Result<std::optional<QByteArray>> payload(const JobId& id, PayloadColumn column) const;
    /// Counts among the newest `limit` jobs since then, those of one type by the host of their last attempt.
    [[nodiscard]] Result<QList<HostCount>> failuresByHost(const QString& storedType, const QString& errorCode, Time since, int limit) const;

    /// Guarded: false when the job is terminal (or gone) by now, whatever the caller saw before.
    [[nodiscard]] Result<bool> applyUpdate(const JobId& id, const JobUpdate& update);
    /// For a job that findForChange() or findReported() has locked in this transaction and that was not terminal: nobody can have ended it, so
    /// nobody waits for that to be said.
    [[nodiscard]] Result<void> applyUpdateToLocked(const JobId& id, const JobUpdate& update);
    /// Guarded like applyUpdate; sets status, finished_at and cancel_requested_at.
    [[nodiscard]] Result<bool> cancel(const JobId& id, const QString& message, Time at);
    /// False when it was noted before, or nobody asked for a cancel.
    [[nodiscard]] Result<bool> noteBrokerInformed(const JobId& id, Time at);
    /// Jobs that are cancelled and whose queue does not know of it, as a cancel leaves them that met a busy store half way.
    [[nodiscard]] Result<QList<JobId>> cancelledUntold(int limit) const;
    /// False when it was acknowledged before, or was never cancelled.
    [[nodiscard]] Result<bool> acknowledgeCancel(const JobId& id, Time at);
    /// Takes the job for a run: PENDING or RUNNING becomes the next attempt. Answers that attempt, or nothing if it is terminal.
    [[nodiscard]] Result<std::optional<int>> startAttempt(const JobId& id, Time at);
    /// The same for several; answers those that are taken, as they are then. A job that somebody is changing at the moment is none of them.
    [[nodiscard]] Result<QList<Job>> startAttempts(const QList<JobId>& ids, Time at);
    /// False: somebody else has removed it.
    [[nodiscard]] Result<bool> remove(const JobId& id);
    /// Ids of terminal jobs that finished before `before`, oldest first; without those that an active job needs: one whose output
    /// is its input file, or that it names as its detect_job_id.
    [[nodiscard]] Result<QList<JobId>> finishedBefore(Time before, int limit) const;
    /// Those of `ids` that finishedBefore() would name, in its order.
    [[nodiscard]] Result<QList<JobId>> finishedBefore(Time before, const QList<JobId>& ids) const;
    /// How many finishedBefore() leaves out for that.
    [[nodiscard]] Result<qint64> countStillNeeded(Time before) const;

    /// Fills in sequence (the next of its job) and position.
    [[nodiscard]] Result<void> appendEvent(const JobEvent& event);
    [[nodiscard]] Result<bool> hasEventId(const JobId& id, const QString& eventId) const;
    /// Both of these at once, where each would cost a round trip: whether the event was applied, and if that is asked, the last sequence of an attempt.
    [[nodiscard]] Result<KnownReports> knownReports(const JobId& id, const QString& eventId, std::optional<int> sequenceOfAttempt) const;
    /// The highest worker sequence applied within an attempt.
    [[nodiscard]] Result<std::optional<qint64>> lastWorkerSequence(const JobId& id, int attempt) const;
    [[nodiscard]] Result<QList<JobEvent>> events(const JobId& id) const;
    /// The change feed: events after a position, in order. Payloads are left out.
    [[nodiscard]] Result<QList<JobEvent>> eventsAfter(qint64 position, int limit) const;
    [[nodiscard]] Result<qint64> lastPosition() const;
    /// Whether events after that position are there which eventsAfter() does not tell yet, an older transaction being under way.
    [[nodiscard]] Result<bool> holdsBackEvents(qint64 position) const;

    [[nodiscard]] Result<void> insertAttempt(const JobAttempt& attempt);
    /// Only a run that is still open can be closed: the first word about its end stands.
    [[nodiscard]] Result<void> finishAttempt(const JobAttempt& attempt);
    [[nodiscard]] Result<QList<JobAttempt>> attempts(const JobId& id) const;

private:
    database::Database& m_database;
};

/// The columns of a JobSummary, in the order that summaryFromRow reads them.
[[nodiscard]] const char* summaryColumns();
/// The columns of a Job, in the order that jobFromRow reads them: those and the payloads.
[[nodiscard]] const char* jobColumns();
[[nodiscard]] Job jobFromRow(database::Row& row);
[[nodiscard]] JobSummary summaryFromRow(database::Row& row);

}
