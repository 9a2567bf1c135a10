// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/event_repository.h"

#include "core/jobs/repository.h"

#include <algorithm>

namespace core::jobs {

using database::Path;
using database::Row;

namespace {

JobEvent eventFromRow(Row& row)
{
    JobEvent event;
    event.position = row.int64();
    event.id = row.id<EventId>();
    event.jobId = row.id<JobId>();
    event.sequence = row.int64();
    event.eventType = row.string();
    event.statusText = row.string();
    event.progressPct = row.optionalInteger();
    event.message = row.string();
    event.payload = row.optionalBytes();
    event.eventId = row.string();
    event.attempt = row.optionalInteger();
    event.workerSequence = row.optionalInt64();
    event.actor = row.string();
    event.createdAt = row.time();
    return event;
}

}

Result<void> JobRepository::appendEvent(const JobEvent& event)
{
    auto query = m_database.prepare(
        "INSERT INTO job_events (id, job_id, sequence, event_type, status, progress_pct, message, payload, event_id, attempt, "
        "worker_sequence, actor, created_at) "
        "SELECT :id, :job_id, coalesce(max(sequence), 0) + 1, :event_type, :status, :progress_pct, :message, :payload, :event_id, "
        ":attempt, :worker_sequence, :actor, :created_at FROM job_events WHERE job_id = :job_id",
        Path::Hot);
    query.bind(":id", event.id).bind(":job_id", event.jobId).bind(":event_type", event.eventType).bind(":status", event.statusText);
    query.bind(":progress_pct", event.progressPct).bind(":message", event.message).bindUtf8(":payload", event.payload);
    query.bind(":event_id", event.eventId).bind(":attempt", event.attempt).bind(":worker_sequence", event.workerSequence);
    query.bind(":actor", event.actor).bind(":created_at", event.createdAt);
    return query.execAhead();
}

Result<bool> JobRepository::hasEventId(const JobId& id, const QString& eventId) const
{
    auto query = m_database.prepare("SELECT 1 FROM job_events WHERE job_id = :job_id AND event_id = :event_id", Path::Hot);
    query.bind(":job_id", id).bind(":event_id", eventId);
    return query.next();
}

Result<KnownReports> JobRepository::knownReports(const JobId& id, const QString& eventId, std::optional<int> sequenceOfAttempt) const
{
    if (m_database.isPostgres()) {
        auto query = m_database.prepare("SELECT EXISTS (SELECT 1 FROM job_events WHERE job_id = :job_id AND event_id = :event_id), "
                                        "(SELECT max(worker_sequence) FROM job_events WHERE job_id = :job_id AND attempt = :attempt)",
                                        Path::Hot);
        query.bind(":job_id", id).bind(":event_id", eventId.isEmpty() ? QString() : eventId).bind(":attempt", sequenceOfAttempt);
        return query
            .fetchOne([](Row& row) {
                const bool hasEventId = row.boolean();
                return KnownReports{hasEventId, row.optionalInt64()};
            })
            .map([](const auto& known) { return known.value_or(KnownReports{}); });
    }
    KnownReports known;
    if (!eventId.isEmpty()) {
        const auto has = hasEventId(id, eventId);
        if (!has)
            return errorOf(has);
        known.hasEventId = *has;
    }
    if (!sequenceOfAttempt || known.hasEventId)
        return known;
    return lastWorkerSequence(id, *sequenceOfAttempt).map([&](const auto& last) {
        known.lastSequence = last;
        return known;
    });
}

Result<std::optional<qint64>> JobRepository::lastWorkerSequence(const JobId& id, int attempt) const
{
    auto query = m_database.prepare("SELECT max(worker_sequence) FROM job_events WHERE job_id = :job_id AND attempt = :attempt", Path::Hot);
    query.bind(":job_id", id).bind(":attempt", attempt);
    const auto highest = query.fetchOne([](Row& row) { return row.optionalInt64(); });
    if (!highest)
        return errorOf(highest);
    return highest->value_or(std::nullopt);
}

#define EVENT_COLUMNS "position, id, job_id, sequence, event_type, status, progress_pct, message"

Result<QList<JobEvent>> JobRepository::events(const JobId& id) const
{
    auto query = m_database.prepare("SELECT " EVENT_COLUMNS ", payload, event_id, attempt, worker_sequence, actor, created_at "
                                    "FROM job_events WHERE job_id = :job_id ORDER BY sequence",
                                    Path::Hot);
    query.bind(":job_id", id);
    return query.fetchAll(eventFromRow);
}

Result<QList<JobEvent>> eventsBefore(database::Database& database, const JobId& id, qint64 sequence, int limit)
{
    auto query = database.prepare("SELECT " EVENT_COLUMNS ", payload, event_id, attempt, worker_sequence, actor, created_at "
                                  "FROM job_events WHERE job_id = :job_id AND sequence < :sequence ORDER BY sequence DESC LIMIT :limit",
                                  Path::Hot);
    query.bind(":job_id", id).bind(":sequence", sequence).bind(":limit", limit);
    auto newestFirst = query.fetchAll(eventFromRow);
    if (newestFirst)
        std::reverse(newestFirst->begin(), newestFirst->end());
    return newestFirst;
}

Result<QList<JobEvent>> JobRepository::eventsAfter(qint64 position, int limit) const
{
#define AFTER(settled)                                                                                                                     \
    "SELECT " EVENT_COLUMNS ", NULL, event_id, attempt, worker_sequence, actor, created_at "                                               \
    "FROM job_events WHERE position > :position" settled " ORDER BY position LIMIT :limit"
    // SQLite commits in the order of its positions. On Postgres they hold the transaction's number (see the schema): nobody can put
    // an event any more between those below the oldest transaction that still runs.
    auto query = m_database.prepare(
        m_database.isPostgres() ? AFTER(" AND position < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 20)") : AFTER(""),
        Path::Hot);
#undef AFTER
    query.bind(":position", position).bind(":limit", limit);
    return query.fetchAll(eventFromRow);
}

Result<qint64> JobRepository::lastPosition() const
{
    auto query = m_database.prepare(m_database.isPostgres() ? "SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 20) - 1"
                                                            : "SELECT coalesce(max(position), 0) FROM job_events",
                                    Path::Hot);
    return query.fetchOne([](Row& row) { return row.int64(); }).map([](const auto& position) { return position.value_or(0); });
}

Result<bool> JobRepository::holdsBackEvents(qint64 position) const
{
    if (!m_database.isPostgres())
        return false;
    auto query = m_database.prepare("SELECT 1 FROM job_events WHERE position > :position "
                                    "AND position >= (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 20) LIMIT 1",
                                    Path::Hot);
    query.bind(":position", position);
    return query.next();
}

}
