// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/broker/models.h"
#include "core/database/database.h"

namespace core::broker {

/// The embedded queue: queue_messages and workers, one function, one statement. Callers bring the transaction.
class QueueRepository {
public:
    explicit QueueRepository(database::Database& database) : m_database(database) {}

    [[nodiscard]] Result<void> enqueue(const QueueMessage& message);
    /// Leases up to `limit` waiting messages, oldest first, to a worker; none to one whose row is gone.
    [[nodiscard]] Result<QList<QueueMessage>> lease(const QString& queue, const QString& workerId, int limit);
    /// One message that waits, for a worker that has it in hand already. False: it does not wait.
    [[nodiscard]] Result<bool> leaseAgain(const MessageId& id, const QString& workerId);
    /// Removes a message that this worker has; nothing to remove if the lease was lost.
    [[nodiscard]] Result<void> acknowledge(const MessageId& id, const QString& workerId);
    /// Gives a message back to wait; its crash count grows by `crashes`. False if the lease was lost.
    [[nodiscard]] Result<bool> putBack(const MessageId& id, const QString& workerId, int crashes);
    /// Removes the messages of a job that nobody has taken: how many.
    [[nodiscard]] Result<int> removeWaiting(const JobId& id);
    /// Marks the leased messages of a job, so that their worker stops: how many.
    [[nodiscard]] Result<int> askToAbort(const JobId& id);
    /// The job ids among a worker's messages that were asked to stop.
    [[nodiscard]] Result<QList<JobId>> abortedJobs(const QString& workerId) const;
    [[nodiscard]] Result<QList<QueueMessage>> messagesOf(const JobId& id) const;
    [[nodiscard]] Result<QList<QueueMessage>> messagesLeasedBy(const QString& workerId) const;
    /// In a transaction that will take them from that worker: nobody else does before it ends.
    [[nodiscard]] Result<QList<QueueMessage>> messagesLeasedByForChange(const QString& workerId) const;
    [[nodiscard]] Result<qint64> waitingCount(const QString& queue) const;
    /// How many wait before this place of the queue.
    [[nodiscard]] Result<qint64> waitingBefore(const QString& queue, qint64 position) const;
    /// When the message was sent that has waited longest.
    [[nodiscard]] Result<std::optional<Time>> oldestWaiting(const QString& queue) const;
    [[nodiscard]] Result<qint64> leasedCount(const QString& queue) const;

    [[nodiscard]] Result<void> insertWorker(const Worker& worker);
    /// False if the row is gone: others took this worker for dead.
    [[nodiscard]] Result<bool> beat(const Worker& worker);
    [[nodiscard]] Result<void> removeWorker(const QString& id);
    [[nodiscard]] Result<QList<Worker>> workers() const;
    /// Workers of an earlier boot, or whose heartbeat is older than their lease, or that have messages but no row (then pid is 0).
    [[nodiscard]] Result<QList<Worker>> deadWorkers(const QString& bootId, qint64 nowUs) const;

    [[nodiscard]] Result<bool> isPaused(const QString& queue) const;
    /// Whether a message waits in a queue that is not paused: worth a lease, which takes the store's write lock.
    [[nodiscard]] Result<bool> hasReady(const QString& queue) const;
    [[nodiscard]] Result<void> setPaused(const QString& queue, bool paused, Time at);

private:
    database::Database& m_database;
};

}
