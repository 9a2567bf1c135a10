// SPDX-License-Identifier: Apache-2.0
#include "core/broker/queue_repository.h"

#include <algorithm>

namespace core::broker {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

namespace {

#define MESSAGE_COLUMNS "position, id, queue, job_id, actor, crashes, leased_by, abort, created_at"
#define WORKER_COLUMNS "id, host, pid, threads, state, boot_id, heartbeat_us, lease_us, started_at, last_seen_at"

QueueMessage messageFromRow(Row& row)
{
    QueueMessage message;
    message.position = row.int64();
    message.id = row.id<MessageId>();
    message.queue = row.string();
    message.jobId = row.id<JobId>();
    message.actor = row.string();
    message.crashes = row.integer();
    message.leasedBy = row.string();
    message.abort = row.boolean();
    message.createdAt = row.time();
    return message;
}

Worker workerFromRow(Row& row)
{
    Worker worker;
    worker.id = row.string();
    worker.host = row.string();
    worker.pid = row.int64();
    worker.threads = row.integer();
    worker.state = row.string();
    worker.bootId = row.string();
    worker.heartbeatUs = row.int64();
    worker.leaseUs = row.int64();
    worker.startedAt = row.time();
    worker.lastSeenAt = row.time();
    return worker;
}

Result<qint64> countOf(database::Statement& query)
{
    return query.fetchOne([](Row& row) { return row.int64(); }).map([](const auto& count) { return count.value_or(0); });
}

QString pauseKey(const QString& queue)
{
    return u"queue.%1.paused"_s.arg(queue);
}

}

Result<void> QueueRepository::enqueue(const QueueMessage& message)
{
    auto query = m_database.prepare("INSERT INTO queue_messages (id, queue, job_id, actor, state, created_at) "
                                    "VALUES (:id, :queue, :job_id, :actor, 'ready', :created_at)",
                                    Path::Hot);
    query.bind(":id", message.id).bind(":queue", message.queue).bind(":job_id", message.jobId).bind(":actor", message.actor);
    query.bind(":created_at", message.createdAt);
    return query.exec();
}

Result<QList<QueueMessage>> QueueRepository::lease(const QString& queue, const QString& workerId, int limit)
{
#define WAITING "SELECT position FROM queue_messages WHERE queue = :queue AND state = 'ready' ORDER BY position LIMIT :limit"
#define LEASE(positions)                                                                                                                   \
    "UPDATE queue_messages SET state = 'leased', leased_by = :worker WHERE position IN (" positions                                        \
    ") AND EXISTS (SELECT 1 FROM workers WHERE id = :worker) RETURNING " MESSAGE_COLUMNS
    // Of several workers that lease at once on Postgres, each takes what no other has in hand; SQLite has them wait for each other. Materialized,
    // or a plan may run it once for each row: each time it finds others, those it had being locked.
    auto query = m_database.prepare(m_database.isPostgres() ? "WITH waiting AS MATERIALIZED (" WAITING
                                                              " FOR UPDATE SKIP LOCKED) " LEASE("SELECT position FROM waiting")
                                                            : LEASE(WAITING),
                                    Path::Hot);
#undef LEASE
#undef WAITING
    query.bind(":worker", workerId).bind(":queue", queue).bind(":limit", limit);
    auto leased = query.fetchAll(messageFromRow);
    if (leased)    // RETURNING promises no order
        std::sort(leased->begin(), leased->end(), [](const auto& one, const auto& other) { return one.position < other.position; });
    return leased;
}

Result<bool> QueueRepository::leaseAgain(const MessageId& id, const QString& workerId)
{
    auto query =
        m_database.prepare("UPDATE queue_messages SET state = 'leased', leased_by = :worker WHERE id = :id AND state = 'ready'", Path::Hot);
    query.bind(":worker", workerId).bind(":id", id);
    return query.execCounting().map([](int changed) { return changed == 1; });
}

Result<void> QueueRepository::acknowledge(const MessageId& id, const QString& workerId)
{
    auto query = m_database.prepare("DELETE FROM queue_messages WHERE id = :id AND leased_by = :worker", Path::Hot);
    query.bind(":id", id).bind(":worker", workerId);
    return query.execAhead();
}

Result<bool> QueueRepository::putBack(const MessageId& id, const QString& workerId, int crashes)
{
    auto query = m_database.prepare("UPDATE queue_messages SET state = 'ready', leased_by = NULL, crashes = crashes + :crashes "
                                    "WHERE id = :id AND leased_by = :worker",
                                    Path::Hot);
    query.bind(":crashes", crashes).bind(":id", id).bind(":worker", workerId);
    return query.execCounting().map([](int changed) { return changed == 1; });
}

Result<int> QueueRepository::removeWaiting(const JobId& id)
{
    auto query = m_database.prepare("DELETE FROM queue_messages WHERE job_id = :job_id AND state = 'ready'", Path::Hot);
    query.bind(":job_id", id);
    return query.execCounting();
}

Result<int> QueueRepository::askToAbort(const JobId& id)
{
    auto query = m_database.prepare("UPDATE queue_messages SET abort = TRUE WHERE job_id = :job_id AND state = 'leased'", Path::Hot);
    query.bind(":job_id", id);
    return query.execCounting();
}

Result<QList<JobId>> QueueRepository::abortedJobs(const QString& workerId) const
{
    auto query = m_database.prepare("SELECT job_id FROM queue_messages WHERE leased_by = :worker AND abort = TRUE", Path::Hot);
    query.bind(":worker", workerId);
    return query.fetchAll([](Row& row) { return row.id<JobId>(); });
}

Result<QList<QueueMessage>> QueueRepository::messagesOf(const JobId& id) const
{
    auto query = m_database.prepare("SELECT " MESSAGE_COLUMNS " FROM queue_messages WHERE job_id = :job_id ORDER BY position", Path::Hot);
    query.bind(":job_id", id);
    return query.fetchAll(messageFromRow);
}

#define LEASED_BY "SELECT " MESSAGE_COLUMNS " FROM queue_messages WHERE leased_by = :worker ORDER BY position"

Result<QList<QueueMessage>> QueueRepository::messagesLeasedBy(const QString& workerId) const
{
    auto query = m_database.prepare(LEASED_BY, Path::Hot);
    query.bind(":worker", workerId);
    return query.fetchAll(messageFromRow);
}

Result<QList<QueueMessage>> QueueRepository::messagesLeasedByForChange(const QString& workerId) const
{
    auto query = m_database.prepare(m_database.isPostgres() ? LEASED_BY " FOR UPDATE" : LEASED_BY, Path::Hot);
    query.bind(":worker", workerId);
    return query.fetchAll(messageFromRow);
}

Result<qint64> QueueRepository::waitingCount(const QString& queue) const
{
    auto query = m_database.prepare("SELECT count(*) FROM queue_messages WHERE queue = :queue AND state = 'ready'", Path::Hot);
    query.bind(":queue", queue);
    return countOf(query);
}

Result<qint64> QueueRepository::waitingBefore(const QString& queue, qint64 position) const
{
    auto query =
        m_database.prepare("SELECT count(*) FROM queue_messages WHERE queue = :queue AND state = 'ready' AND position < :position");
    query.bind(":queue", queue).bind(":position", position);
    return countOf(query);
}

Result<qint64> QueueRepository::leasedCount(const QString& queue) const
{
    auto query = m_database.prepare("SELECT count(*) FROM queue_messages WHERE queue = :queue AND leased_by IS NOT NULL", Path::Hot);
    query.bind(":queue", queue);
    return countOf(query);
}

Result<std::optional<Time>> QueueRepository::oldestWaiting(const QString& queue) const
{
    auto query = m_database.prepare(
        "SELECT created_at FROM queue_messages WHERE queue = :queue AND state = 'ready' ORDER BY position LIMIT 1", Path::Hot);
    query.bind(":queue", queue);
    return query.fetchOne([](Row& row) { return row.time(); });
}

// The clock of the server alone, see deadWorkers(): a worker whose machine is ahead of it would else outlive its death by as much.
#define SERVERS_NOW "clock_timestamp()"

Result<void> QueueRepository::insertWorker(const Worker& worker)
{
#define INSERT_WORKER(seen)                                                                                                                \
    "INSERT INTO workers (" WORKER_COLUMNS ") VALUES (:id, :host, :pid, :threads, :state, :boot_id, :heartbeat_us, :lease_us, "            \
    ":started_at, " seen ")"
    auto query = m_database.prepare(m_database.isPostgres() ? INSERT_WORKER(SERVERS_NOW) : INSERT_WORKER(":last_seen_at"), Path::Hot);
#undef INSERT_WORKER
    query.bind(":id", worker.id)
        .bind(":host", worker.host)
        .bind(":pid", worker.pid)
        .bind(":threads", worker.threads)
        .bind(":state", worker.state);
    query.bind(":boot_id", worker.bootId).bind(":heartbeat_us", worker.heartbeatUs).bind(":lease_us", worker.leaseUs);
    query.bind(":started_at", worker.startedAt);
    if (!m_database.isPostgres())
        query.bind(":last_seen_at", worker.lastSeenAt);
    return query.exec();
}

Result<bool> QueueRepository::beat(const Worker& worker)
{
#define BEAT(seen) "UPDATE workers SET heartbeat_us = :heartbeat_us, last_seen_at = " seen ", state = :state WHERE id = :id"
    auto query = m_database.prepare(m_database.isPostgres() ? BEAT(SERVERS_NOW) : BEAT(":last_seen_at"), Path::Hot);
#undef BEAT
    query.bind(":heartbeat_us", worker.heartbeatUs);
    if (!m_database.isPostgres())
        query.bind(":last_seen_at", worker.lastSeenAt);
    query.bind(":state", worker.state).bind(":id", worker.id);
    return query.execCounting().map([](int changed) { return changed == 1; });
}

Result<void> QueueRepository::removeWorker(const QString& id)
{
    auto query = m_database.prepare("DELETE FROM workers WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.exec();
}

Result<QList<Worker>> QueueRepository::workers() const
{
    return m_database.prepare("SELECT " WORKER_COLUMNS " FROM workers ORDER BY started_at, id", Path::Hot).fetchAll(workerFromRow);
}

Result<QList<Worker>> QueueRepository::deadWorkers(const QString& bootId, qint64 nowUs) const
{
    // The workers of a server's store are on several machines: there only its own clock counts, which beat() writes. While the server was
    // away nobody could.
    if (m_database.isPostgres()) {
        return m_database
            .prepare("SELECT " WORKER_COLUMNS " FROM workers "
                     "WHERE greatest(last_seen_at, pg_postmaster_start_time()) + lease_us * interval '1 microsecond' < clock_timestamp() "
                     "UNION ALL SELECT DISTINCT leased_by, '', 0, 0, 'gone', '', 0, 0, to_timestamp(0), to_timestamp(0) "
                     "FROM queue_messages WHERE leased_by IS NOT NULL AND leased_by NOT IN (SELECT id FROM workers)",
                     Path::Hot)
            .fetchAll(workerFromRow);
    }
    auto query = m_database.prepare("SELECT " WORKER_COLUMNS " FROM workers WHERE boot_id <> :boot_id OR heartbeat_us + lease_us < :now "
                                    "UNION ALL SELECT DISTINCT leased_by, '', 0, 0, 'gone', '', 0, 0, 0, 0 FROM queue_messages "
                                    "WHERE leased_by IS NOT NULL AND leased_by NOT IN (SELECT id FROM workers)",
                                    Path::Hot);
    query.bind(":boot_id", bootId).bind(":now", nowUs);
    return query.fetchAll(workerFromRow);
}

Result<bool> QueueRepository::isPaused(const QString& queue) const
{
    auto query = m_database.prepare("SELECT 1 FROM settings WHERE key = :key AND value = 'true'", Path::Hot);
    query.bind(":key", pauseKey(queue));
    return query.next();
}

Result<bool> QueueRepository::hasReady(const QString& queue) const
{
    auto query = m_database.prepare("SELECT 1 WHERE EXISTS (SELECT 1 FROM queue_messages WHERE queue = :queue AND state = 'ready') "
                                    "AND NOT EXISTS (SELECT 1 FROM settings WHERE key = :key AND value = 'true')",
                                    Path::Hot);
    query.bind(":queue", queue).bind(":key", pauseKey(queue));
    return query.next();
}

Result<void> QueueRepository::setPaused(const QString& queue, bool paused, Time at)
{
    auto query = m_database.prepare("INSERT INTO settings (key, value, updated_at) VALUES (:key, :value, :updated_at) "
                                    "ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at");
    query.bind(":key", pauseKey(queue)).bind(":value", paused ? u"true"_s : u"false"_s).bind(":updated_at", at);
    return query.exec();
}

}
