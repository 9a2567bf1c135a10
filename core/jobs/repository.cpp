// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/repository.h"

#include "core/database/id_range.h"
#include "core/jobs/event_repository.h"

#include <algorithm>

namespace core::jobs {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

#define SUMMARY_COLUMNS                                                                                                                    \
    "id, job_type, status, progress_pct, current_message, error_message, error_code, user_id, project_id, broker_id, dedupe_key, "         \
    "attempt, "                                                                                                                            \
    "retried_from, created_at, started_at, finished_at, updated_at, cancel_requested_at, cancel_broker_informed_at, "                      \
    "cancel_acknowledged_at"
#define ACTIVE "status NOT IN ('DONE', 'FAILED', 'CANCELLED')"

const char* summaryColumns()
{
    return SUMMARY_COLUMNS;
}

const char* jobColumns()
{
    return SUMMARY_COLUMNS ", input_data, output_data";
}

namespace {

void readSummary(Row& row, JobSummary& job)
{
    job.id = row.id<JobId>();
    job.typeText = row.string();
    job.type = parseJobType(job.typeText);
    job.statusText = row.string();
    job.status = parseStatus(job.statusText);
    job.progressPct = row.integer();
    job.message = row.string();
    job.errorMessage = row.string();
    job.errorCode = row.string();
    job.userId = row.string();
    job.projectId = row.string();
    job.brokerId = row.string();
    job.dedupeKey = row.string();
    job.attempt = row.integer();
    job.retriedFrom = row.optionalId<JobId>();
    job.createdAt = row.time();
    job.startedAt = row.optionalTime();
    job.finishedAt = row.optionalTime();
    job.updatedAt = row.time();
    job.cancel.requestedAt = row.optionalTime();
    job.cancel.brokerInformedAt = row.optionalTime();
    job.cancel.acknowledgedAt = row.optionalTime();
}

JobId idFromRow(Row& row)
{
    return row.id<JobId>();
}

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

JobAttempt attemptFromRow(Row& row)
{
    JobAttempt attempt;
    attempt.jobId = row.id<JobId>();
    attempt.attempt = row.integer();
    attempt.worker = row.string();
    attempt.host = row.string();
    attempt.pid = row.int64();
    attempt.startedAt = row.time();
    attempt.finishedAt = row.optionalTime();
    attempt.outcome = row.string();
    attempt.error = row.string();
    attempt.commands = row.optionalBytes();
    attempt.log = row.optionalBytes();
    return attempt;
}

}

Job jobFromRow(Row& row)
{
    Job job;
    readSummary(row, job);
    job.inputData = row.bytes();
    job.outputData = row.optionalBytes();
    return job;
}

JobSummary summaryFromRow(Row& row)
{
    JobSummary summary;
    readSummary(row, summary);
    return summary;
}

Result<void> JobRepository::insert(const Job& job)
{
#define INSERT_JOB                                                                                                                         \
    "INSERT INTO jobs (id, job_type, status, progress_pct, current_message, input_data, user_id, project_id, broker_id, "                  \
    "dedupe_key, retried_from, created_at, updated_at) "                                                                                   \
    "VALUES (:id, :job_type, :status, :progress_pct, :current_message, :input_data, :user_id, :project_id, :broker_id, "                   \
    ":dedupe_key, :retried_from, :created_at, :updated_at)"
    // A refusal of the index would end the transaction on Postgres, in which the submitter still wants to look at the twin.
    auto query = m_database.prepare(m_database.isPostgres() ? INSERT_JOB " ON CONFLICT DO NOTHING" : INSERT_JOB, Path::Hot);
#undef INSERT_JOB
    query.bind(":id", job.id).bind(":job_type", job.typeText).bind(":status", job.statusText).bind(":progress_pct", job.progressPct);
    query.bind(":current_message", job.message).bindUtf8(":input_data", job.inputData).bind(":user_id", job.userId);
    query.bind(":project_id", job.projectId).bind(":broker_id", job.brokerId).bind(":dedupe_key", job.dedupeKey);
    query.bind(":retried_from", job.retriedFrom).bind(":created_at", job.createdAt).bind(":updated_at", job.updatedAt);
    const auto inserted = query.execCounting();
    if (!inserted)
        return errorOf(inserted);
    if (*inserted == 0)
        return failure(ErrorKind::Conflict, u"constraint"_s, u"The store refused the change"_s);
    return {};
}

Result<std::optional<Job>> JobRepository::find(const JobId& id) const
{
    auto query = m_database.prepare("SELECT " SUMMARY_COLUMNS ", input_data, output_data FROM jobs WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(jobFromRow);
}

Result<std::optional<Job>> JobRepository::findForChange(const JobId& id) const
{
    auto query = m_database.prepare(m_database.isPostgres()
                                        ? "SELECT " SUMMARY_COLUMNS ", input_data, output_data FROM jobs WHERE id = :id FOR UPDATE"
                                        : "SELECT " SUMMARY_COLUMNS ", input_data, output_data FROM jobs WHERE id = :id",
                                    Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(jobFromRow);
}

Result<std::optional<JobSummary>> JobRepository::findSummary(const JobId& id) const
{
    auto query = m_database.prepare("SELECT " SUMMARY_COLUMNS " FROM jobs WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(summaryFromRow);
}

Result<std::optional<JobId>> JobRepository::findActiveByDedupeKey(const QString& dedupeKey) const
{
    // The words of the partial index, to the letter: only then does the planner use it.
    auto query = m_database.prepare("SELECT id FROM jobs WHERE dedupe_key = :dedupe_key AND status IN ('PENDING', 'RUNNING')", Path::Hot);
    query.bind(":dedupe_key", dedupeKey);
    return query.fetchOne(idFromRow);
}

Result<QList<JobId>> JobRepository::findByIdPrefix(const QString& prefix, int limit) const
{
    const auto range = database::idsThatBegin(m_database.engine(), prefix);
    if (!range)
        return QList<JobId>{};
    auto query = m_database.prepare("SELECT id FROM jobs WHERE id >= :first AND id <= :last ORDER BY id LIMIT :limit");
    query.bind(":first", range->first).bind(":last", range->last).bind(":limit", limit);
    return query.fetchAll(idFromRow);
}

Result<QList<JobId>> JobRepository::retriesOf(const JobId& id) const
{
    auto query = m_database.prepare("SELECT id FROM jobs WHERE retried_from = :id ORDER BY created_at, id");
    query.bind(":id", id);
    return query.fetchAll(idFromRow);
}

namespace {

struct UpdateTimes {
    std::optional<Time> startedAt;    // only where the job has none yet
    std::optional<Time> finishedAt;
};

UpdateTimes timesOf(const JobUpdate& update)
{
    return {update.status == JobStatus::Pending ? std::nullopt : std::optional(update.at),
            isTerminal(update.status) ? std::optional(update.at) : std::nullopt};
}

}

Result<bool> JobRepository::applyUpdate(const JobId& id, const JobUpdate& update)
{
    auto query =
        m_database.prepare("UPDATE jobs SET status = :status, progress_pct = coalesce(:progress_pct, progress_pct), "
                           "current_message = coalesce(:current_message, current_message), "
                           "error_message = coalesce(:error_message, error_message), error_code = coalesce(:error_code, error_code), "
                           "output_data = coalesce(:output_data, output_data), attempt = coalesce(:attempt, attempt), "
                           "started_at = coalesce(started_at, :started_at), finished_at = :finished_at, updated_at = :updated_at "
                           "WHERE id = :id AND " ACTIVE,
                           Path::Hot);
    const auto [startedAt, finishedAt] = timesOf(update);
    query.bind(":status", statusName(update.status)).bind(":progress_pct", update.progressPct).bind(":current_message", update.message);
    query.bind(":error_message", update.errorMessage).bind(":error_code", update.errorCode).bindUtf8(":output_data", update.outputData);
    query.bind(":attempt", update.attempt).bind(":started_at", startedAt).bind(":finished_at", finishedAt).bind(":updated_at", update.at);
    query.bind(":id", id);
    return query.execCounting().map([](int changed) { return changed == 1; });
}

JobSummary updated(JobSummary job, const JobUpdate& update)
{
    const auto [startedAt, finishedAt] = timesOf(update);
    const auto coalesce = [](QString& text, const std::optional<QString>& given) {
        if (given && !given->isNull())    // a null text is bound as NULL
            text = *given;
    };
    job.status = update.status;
    job.statusText = statusName(update.status);
    job.progressPct = update.progressPct.value_or(job.progressPct);
    coalesce(job.message, update.message);
    coalesce(job.errorMessage, update.errorMessage);
    coalesce(job.errorCode, update.errorCode);
    job.attempt = update.attempt.value_or(job.attempt);
    job.startedAt = job.startedAt ? job.startedAt : startedAt;
    job.finishedAt = finishedAt;
    job.updatedAt = update.at;
    return job;
}

Result<bool> JobRepository::cancel(const JobId& id, const QString& message, Time at)
{
    auto query = m_database.prepare(
        "UPDATE jobs SET status = 'CANCELLED', current_message = :message, cancel_requested_at = :at, finished_at = :finished_at, "
        "updated_at = :updated_at WHERE id = :id AND " ACTIVE,
        Path::Hot);
    query.bind(":message", message).bind(":at", at).bind(":finished_at", at).bind(":updated_at", at).bind(":id", id);
    return query.execCounting().map([](int changed) { return changed == 1; });
}

#define UNTOLD "cancel_requested_at IS NOT NULL AND cancel_broker_informed_at IS NULL"    // the words of the partial index

Result<bool> JobRepository::noteBrokerInformed(const JobId& id, Time at)
{
    auto query = m_database.prepare("UPDATE jobs SET cancel_broker_informed_at = :at, updated_at = :updated_at "
                                    "WHERE id = :id AND " UNTOLD,
                                    Path::Hot);
    query.bind(":at", at).bind(":updated_at", at).bind(":id", id);
    return query.execCounting().map([](int changed) { return changed == 1; });
}

Result<QList<JobId>> JobRepository::cancelledUntold(int limit) const
{
    auto query = m_database.prepare("SELECT id FROM jobs WHERE " UNTOLD " ORDER BY id LIMIT :limit", Path::Hot);
    query.bind(":limit", limit);
    return query.fetchAll(idFromRow);
}

Result<bool> JobRepository::acknowledgeCancel(const JobId& id, Time at)
{
    auto query = m_database.prepare("UPDATE jobs SET cancel_acknowledged_at = :at, updated_at = :updated_at "
                                    "WHERE id = :id AND status = 'CANCELLED' AND cancel_acknowledged_at IS NULL",
                                    Path::Hot);
    query.bind(":at", at).bind(":updated_at", at).bind(":id", id);
    return query.execCounting().map([](int changed) { return changed == 1; });
}

Result<std::optional<int>> JobRepository::startAttempt(const JobId& id, Time at)
{
    auto query = m_database.prepare("UPDATE jobs SET attempt = attempt + 1, progress_pct = 0, current_message = NULL, updated_at = :at "
                                    "WHERE id = :id AND " ACTIVE " RETURNING attempt",
                                    Path::Hot);
    query.bind(":at", at).bind(":id", id);
    return query.fetchOne([](Row& row) { return row.integer(); });
}

Result<void> JobRepository::remove(const JobId& id)
{
    auto query = m_database.prepare("DELETE FROM jobs WHERE id = :id");
    query.bind(":id", id);
    return query.exec();
}

Result<qint64> JobRepository::appendEvent(const JobEvent& event)
{
    auto query = m_database.prepare(
        "INSERT INTO job_events (id, job_id, sequence, event_type, status, progress_pct, message, payload, event_id, attempt, "
        "worker_sequence, actor, created_at) "
        "SELECT :id, :job_id, coalesce(max(sequence), 0) + 1, :event_type, :status, :progress_pct, :message, :payload, :event_id, "
        ":attempt, :worker_sequence, :actor, :created_at FROM job_events WHERE job_id = :job_id RETURNING position",
        Path::Hot);
    query.bind(":id", event.id).bind(":job_id", event.jobId).bind(":event_type", event.eventType).bind(":status", event.statusText);
    query.bind(":progress_pct", event.progressPct).bind(":message", event.message).bindUtf8(":payload", event.payload);
    query.bind(":event_id", event.eventId).bind(":attempt", event.attempt).bind(":worker_sequence", event.workerSequence);
    query.bind(":actor", event.actor).bind(":created_at", event.createdAt);
    return query.fetchOne([](Row& row) { return row.int64(); }).map([](const auto& position) { return position.value_or(0); });
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

Result<void> JobRepository::insertAttempt(const JobAttempt& attempt)
{
    auto query = m_database.prepare("INSERT INTO job_attempts (job_id, attempt, worker, host, pid, started_at) "
                                    "VALUES (:job_id, :attempt, :worker, :host, :pid, :started_at)",
                                    Path::Hot);
    query.bind(":job_id", attempt.jobId).bind(":attempt", attempt.attempt).bind(":worker", attempt.worker);
    query.bind(":host", attempt.host).bind(":pid", attempt.pid).bind(":started_at", attempt.startedAt);
    return query.exec();
}

Result<bool> JobRepository::finishAttempt(const JobAttempt& attempt)
{
    auto query = m_database.prepare(
        "UPDATE job_attempts SET finished_at = :finished_at, outcome = :outcome, error = :error, commands = :commands, log = :log "
        "WHERE job_id = :job_id AND attempt = :attempt AND finished_at IS NULL",
        Path::Hot);
    query.bind(":finished_at", attempt.finishedAt).bind(":outcome", attempt.outcome).bind(":error", attempt.error);
    // a run that never came to a tool: Postgres takes no empty text for a document
    query.bindUtf8(":commands", attempt.commands && attempt.commands->isEmpty() ? std::nullopt : attempt.commands)
        .bindUtf8(":log", attempt.log)
        .bind(":job_id", attempt.jobId)
        .bind(":attempt", attempt.attempt);
    return query.execCounting().map([](int changed) { return changed == 1; });
}

Result<QList<JobAttempt>> JobRepository::attempts(const JobId& id) const
{
    auto query = m_database.prepare("SELECT job_id, attempt, worker, host, pid, started_at, finished_at, outcome, error, commands, log "
                                    "FROM job_attempts WHERE job_id = :job_id ORDER BY attempt",
                                    Path::Hot);
    query.bind(":job_id", id);
    return query.fetchAll(attemptFromRow);
}

}
