// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/captions/repository.h"
#include "core/tasks/actors.h"
#include "core/tasks/task_service.h"

namespace core::tasks {

/// How a run ended, as its thread hands it over.
struct RunEnd {
    RunTicket ticket;
    Result<OutputPayload> result = failure(ErrorKind::Internal, QStringLiteral("not_run"), QStringLiteral("It was not run"));
    QByteArray commands;    ///< JSON for the attempt row
    QByteArray log;
    qint64 lastSequence = 0;    ///< of the reports before this one
    bool handBack = false;      ///< stopped by its worker's own shutdown: not the job's fault, it waits again
    bool wasRefused = false;    ///< the store or the disk did not take it; that is on record
    FactsByKey files = {};      ///< of what the result names, read where it was made
    bool isLost = false;        ///< stopped because others took its worker for dead and have the job: there is nothing to report
};

/// A report on the way: from a run to the webhook.
struct RunReport {
    JobId jobId;
    WebhookEvent event;
};

/// What a worker process does to the store: its registration, and the beginnings and ends of runs. Synchronous, one connection.
class RunStore {
public:
    RunStore(database::Database& database, const TaskSettings& settings, broker::Worker worker, int maxCrashes);

    [[nodiscard]] Result<void> registerWorker();
    [[nodiscard]] Result<void> unregister();

    /// Takes up to `limit` waiting jobs: message leased, attempt counted and noted. They may start at once.
    [[nodiscard]] Result<QList<RunTicket>> lease(int limit);
    /// Reports RUNNING for what was leased; before anything else is reported of it.
    void reportBegun(const QList<RunTicket>& tickets);
    /// Both, one after the other.
    [[nodiscard]] Result<QList<RunTicket>> begin(int limit);
    [[nodiscard]] Result<void> report(const QList<RunReport>& reports);
    /// Ends that are recorded are removed from the list; what is left must be tried again (store locked, disk full).
    [[nodiscard]] Result<void> finish(QList<RunEnd>& ends);
    /// Runs whose worker has died: back into the queue, or FAILED with worker_lost after the limit. Answers how many.
    [[nodiscard]] Result<int> recoverLost();
    [[nodiscard]] Result<QList<JobId>> abortedJobs() const { return m_queue.abortedJobs(m_worker.id); }
    /// Cancels of which the queue was not told, its store being busy just then; any worker makes up for it.
    [[nodiscard]] Result<QList<JobId>> cancelledUntold() const { return m_jobs.cancelledUntold(100); }
    /// After the server was lost. What is leased to this worker and is none of these runs waits in the queue again: the answer to that lease
    /// never came. A lease is not waited for until it is on the server's disk, so the youngest of these may be forgotten: they are taken
    /// again, as the same attempt. Answers the jobs of which that cannot be: another worker has them, or they are over.
    [[nodiscard]] Result<QList<JobId>> regainLeases(const QList<RunTicket>& running);
    void tellOfCancels(const QList<JobId>& ids);
    [[nodiscard]] Result<bool> hasReady() const { return m_queue.hasReady(broker::defaultQueue); }
    [[nodiscard]] qint64 dataVersion() { return m_database.dataVersion(); }
    [[nodiscard]] const QString& workerId() const { return m_worker.id; }
    [[nodiscard]] const broker::Worker& worker() const { return m_worker; }    ///< as it registered

private:
    [[nodiscard]] Result<void> leaveAlone(const broker::QueueMessage& message);
    [[nodiscard]] Result<RunTicket> beginOne(const broker::QueueMessage& message, const jobs::Job& job, Time now);
    [[nodiscard]] Result<void> noteAttempt(const JobId& id, int attempt, Time now);
    [[nodiscard]] Result<bool> leaseAgain(const RunTicket& ticket);
    [[nodiscard]] Result<void> readWhatItNeeds(RunTicket& ticket) const;
    [[nodiscard]] Result<void> handBackThoseToWait(QList<RunEnd>& ends);
    [[nodiscard]] Result<bool> handBack(const RunEnd& end);
    [[nodiscard]] Result<void> giveUp(const RunEnd& end, const Error& refusal);
    /// What must stand or fall with the report of an end.
    [[nodiscard]] Result<void> settleEnd(const RunEnd& end, const WebhookOutcome& outcome);
    [[nodiscard]] Result<bool> putBackAfterStaleEnd(const RunEnd& end, const QString& why);
    [[nodiscard]] Result<void> closeRun(const RunEnd& end, const QString& outcome, const QString& error);
    [[nodiscard]] Result<int> recoverFrom(const broker::Worker& dead);
    [[nodiscard]] QList<IncomingDelivery> lastWords(const jobs::JobSummary& job, const broker::QueueMessage& message) const;
    [[nodiscard]] Result<void> settleMessage(const broker::QueueMessage& message, const broker::Worker& dead);
    [[nodiscard]] bool isHopeless(const broker::QueueMessage& message) const;
    [[nodiscard]] static bool endedInVain(JobStatus status);
    void clearOutputs(const jobs::Job& job) const;
    void clearAfterRecovery(const QList<broker::QueueMessage>& messages) const;
    [[nodiscard]] IncomingDelivery deliveryOf(const JobId& id, const WebhookEvent& event, const QString& actor) const;

    database::Database& m_database;
    const TaskSettings& m_settings;
    TaskService m_service;
    broker::QueueRepository m_queue;
    jobs::JobRepository m_jobs;
    transcription::TranscriptionRepository m_transcriptions;
    captions::PresetRepository m_presets;
    broker::Worker m_worker;
    int m_maxCrashes;
};

}
