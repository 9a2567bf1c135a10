// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/tasks/actor_output.h"
#include "core/tasks/run_store.h"

#include <QSet>

#include <algorithm>

namespace core::tasks {

using namespace Qt::StringLiterals;

/// Of these no row names a file: whatever stands in the job's folder is a leftover.
bool RunStore::endedInVain(JobStatus status)
{
    return status == JobStatus::Failed || status == JobStatus::Cancelled;
}

Result<int> RunStore::recoverLost()
{
    const auto dead = m_queue.deadWorkers(base::bootId(), base::monotonicMicros());
    if (!dead)
        return errorOf(dead);
    int recovered = 0;
    for (const broker::Worker& worker : *dead) {
        if (worker.id == m_worker.id)
            continue;    // we ran late ourselves; our own beat decides
        const auto count = recoverFrom(worker);
        if (!count)
            return errorOf(count);
        recovered += *count;
    }
    return recovered;
}

/// All that one dead worker had, in one transaction with the reports about it: who dies in the middle of this leaves it for the next.
Result<int> RunStore::recoverFrom(const broker::Worker& dead)
{
    const auto messages = m_queue.messagesLeasedBy(dead.id);
    if (!messages)
        return errorOf(messages);
    QList<IncomingDelivery> reports;
    for (const broker::QueueMessage& message : *messages) {
        const auto job = m_jobs.findSummary(message.jobId);
        if (!job)
            return errorOf(job);
        if (*job)
            reports.append(lastWords(**job, message));
    }
    const auto recorded = m_service.recordWebhookEvents(reports, Mode::Apply, [&](const QList<WebhookOutcome>&) -> Result<void> {
        const auto stillDead = m_queue.deadWorkers(base::bootId(), base::monotonicMicros());
        if (!stillDead)
            return errorOf(stillDead);
        if (std::none_of(stillDead->begin(), stillDead->end(), [&](const broker::Worker& worker) { return worker.id == dead.id; }))
            return failure(ErrorKind::Conflict, u"worker_alive"_s, u"The worker is alive after all, or another has recovered its jobs"_s);
        const auto now = m_queue.messagesLeasedByForChange(dead.id);    // of two who recover it, one waits here and finds them gone
        if (!now)
            return errorOf(now);
        if (*now != *messages)    // it woke, took one more and fell asleep again
            return failure(ErrorKind::Conflict, u"worker_alive"_s, u"The worker took messages while its jobs were being recovered"_s);
        for (const broker::QueueMessage& message : *messages) {
            if (const auto settled = settleMessage(message, dead); !settled)
                return settled;
        }
        return m_queue.removeWorker(dead.id);
    });
    if (!recorded && recorded.error().code == u"worker_alive"_s)
        return 0;
    if (!recorded)
        return errorOf(recorded);
    clearAfterRecovery(*messages);
    m_settings.tellQueued();
    return static_cast<int>(messages->size());
}

Result<QList<JobId>> RunStore::regainLeases(const QList<RunTicket>& running)
{
    const auto messages = m_queue.messagesLeasedBy(m_worker.id);
    if (!messages)
        return errorOf(messages);
    QSet<MessageId> leased;
    QList<RunEnd> unknown;
    for (const broker::QueueMessage& message : *messages) {
        leased.insert(message.id);
        if (std::any_of(running.begin(), running.end(), [&](const RunTicket& ticket) { return ticket.messageId == message.id; }))
            continue;
        const auto job = m_jobs.find(message.jobId);
        if (!job)
            return errorOf(job);
        RunEnd end;
        end.ticket.job = job->value_or(jobs::Job{});
        end.ticket.job.id = message.jobId;
        end.ticket.attempt = end.ticket.job.attempt;
        end.ticket.messageId = message.id;
        end.ticket.workerId = m_worker.id;
        end.handBack = true;
        unknown.append(end);
    }
    if (const auto ended = finish(unknown); !ended)
        return errorOf(ended);
    if (!unknown.isEmpty())
        return failure(ErrorKind::Unavailable, u"store_io"_s, u"The store did not take them all back"_s);
    QList<JobId> lost;
    for (const RunTicket& ticket : running) {
        const auto isOurs = leased.contains(ticket.messageId) ? Result<bool>(true) : leaseAgain(ticket);
        if (!isOurs)
            return errorOf(isOurs);
        if (!*isOurs)
            lost.append(ticket.job.id);
    }
    return lost;
}

Result<bool> RunStore::leaseAgain(const RunTicket& ticket)
{
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto leased = m_queue.leaseAgain(ticket.messageId, m_worker.id);
    if (!leased || !*leased)
        return leased;
    const Time now = m_settings.clock();
    const auto attempt = m_jobs.startAttempt(ticket.job.id, now);
    if (!attempt)
        return errorOf(attempt);
    if (*attempt != ticket.attempt)    // it ran elsewhere meanwhile, or has ended: as it was before, for whoever comes
        return false;
    return noteAttempt(ticket.job.id, ticket.attempt, now).and_then([&] { return transaction->commit(); }).map([] { return true; });
}

void RunStore::tellOfCancels(const QList<JobId>& ids)
{
    for (const JobId& id : ids) {
        if (const auto told = m_service.informBroker(id); !told) {
            qWarning("The queue could not be told of a cancel yet: %s", qUtf8Printable(told.error().message));
            return;    // the others would wait for the store as long
        }
    }
}

/// A dead worker's half-written files: the next attempt sweeps them, but where there will be none nobody else would.
void RunStore::clearAfterRecovery(const QList<broker::QueueMessage>& messages) const
{
    for (const broker::QueueMessage& message : messages) {
        const auto job = m_jobs.find(message.jobId);
        if (!job || !*job)
            continue;
        if (endedInVain((*job)->status))
            clearOutputs(**job);
        else if (const auto swept = m_settings.storage.sweepTemporaries(outputFolderOf(**job)); !swept)
            qWarning("Half-written files of a dead worker were not removed: %s", qUtf8Printable(swept.error().message));
    }
}

bool RunStore::isHopeless(const broker::QueueMessage& message) const
{
    return message.crashes + 1 >= m_maxCrashes;
}

/// What the dead worker can no longer report: nothing if the job will run again.
QList<IncomingDelivery> RunStore::lastWords(const jobs::JobSummary& job, const broker::QueueMessage& message) const
{
    WebhookEvent event;
    event.attempt = job.attempt;
    event.eventId = newUuidV7();
    if (job.status == JobStatus::Cancelled && !job.cancel.acknowledgedAt) {
        event.status = JobStatus::Cancelled;
        event.message = u"The worker died before it could confirm"_s;
    } else if (!jobs::isTerminal(job.status) && isHopeless(message)) {
        event.status = JobStatus::Failed;
        event.errorCode = u"worker_lost"_s;
        event.errorMessage = u"Its worker died %1 times in the middle of it"_s.arg(message.crashes + 1);
    } else {
        return {};
    }
    return {deliveryOf(job.id, event, u"queue"_s)};
}

Result<void> RunStore::settleMessage(const broker::QueueMessage& message, const broker::Worker& dead)
{
    const auto job = m_jobs.findSummary(message.jobId);
    if (!job)
        return errorOf(job);
    const bool isOver = !*job || jobs::isTerminal((*job)->status);
    if (*job && (*job)->attempt > 0) {
        jobs::JobAttempt row;
        row.jobId = message.jobId;
        row.attempt = (*job)->attempt;
        row.finishedAt = m_settings.clock();
        row.outcome = u"lost"_s;
        row.error = dead.pid == 0 ? u"The worker is gone"_s : u"The worker (process %1 on %2) died"_s.arg(dead.pid).arg(dead.host);
        if (const auto closed = m_jobs.finishAttempt(row); !closed)
            return errorOf(closed);
    }
    if (isOver)
        return m_queue.acknowledge(message.id, dead.id);
    jobs::JobEvent event;
    event.id = newId<EventId>();
    event.jobId = message.jobId;
    event.eventType = u"worker_lost"_s;
    event.message = u"Attempt %1 was lost with its worker; the job waits in the queue again"_s.arg((*job)->attempt);
    event.attempt = (*job)->attempt;
    event.actor = u"queue"_s;
    event.createdAt = m_settings.clock();
    return m_queue.putBack(message.id, dead.id, 1).and_then([&](bool waits) { return waits ? m_jobs.appendEvent(event) : Result<void>{}; });
}

}
