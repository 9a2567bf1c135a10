// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/repository.h"

#include "core/database/id_range.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

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

/// For a server: as JSON, without what is no id and so the id of nothing.
QByteArray listOf(const QList<JobId>& ids)
{
    QJsonArray texts;
    for (const JobId& id : ids) {
        if (!QUuid::fromString(id.text).isNull())
            texts.append(id.text);
    }
    return QJsonDocument(texts).toJson(QJsonDocument::Compact);
}

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

Result<std::optional<JobSummary>> JobRepository::findSummaryForChange(const JobId& id) const
{
#define FIND_SUMMARY "SELECT " SUMMARY_COLUMNS " FROM jobs WHERE id = :id"
    auto query = m_database.prepare(m_database.isPostgres() ? FIND_SUMMARY " FOR UPDATE" : FIND_SUMMARY, Path::Hot);
#undef FIND_SUMMARY
    query.bind(":id", id);
    return query.fetchOne(summaryFromRow);
}

Result<void> JobRepository::lockForChange(const QList<JobId>& ids) const
{
    if (!m_database.isPostgres())
        return {};
    auto query = m_database.prepare(
        "SELECT id FROM jobs WHERE id = ANY (ARRAY(SELECT value::uuid FROM json_array_elements_text(:ids))) ORDER BY id FOR UPDATE",
        Path::Hot);
    query.bindUtf8(":ids", listOf(ids));
    return query.exec();
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

database::Statement updateOf(database::Database& database, const JobId& id, const JobUpdate& update)
{
    auto query =
        database.prepare("UPDATE jobs SET status = :status, progress_pct = coalesce(:progress_pct, progress_pct), "
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
    return query;
}

}

Result<bool> JobRepository::applyUpdate(const JobId& id, const JobUpdate& update)
{
    return updateOf(m_database, id, update).execCounting().map([](int changed) { return changed == 1; });
}

Result<void> JobRepository::applyUpdateToLocked(const JobId& id, const JobUpdate& update)
{
    return updateOf(m_database, id, update).execAhead();
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

Result<QList<Job>> JobRepository::startAttempts(const QList<JobId>& ids, Time at)
{
    // One round trip for all. Who holds a job's row may be waiting for its message, which is in hand here: nobody is waited for.
    if (m_database.isPostgres()) {
        auto query = m_database.prepare(
            "UPDATE jobs SET attempt = attempt + 1, progress_pct = 0, current_message = NULL, updated_at = :at WHERE id IN "
            "(SELECT id FROM jobs WHERE id = ANY (ARRAY(SELECT value::uuid FROM json_array_elements_text(:ids))) FOR UPDATE SKIP LOCKED) "
            "AND " ACTIVE " RETURNING " SUMMARY_COLUMNS ", input_data, output_data",
            Path::Hot);
        query.bind(":at", at).bindUtf8(":ids", listOf(ids));
        return query.fetchAll(jobFromRow);
    }
    QList<Job> started;
    for (const JobId& id : ids) {
        const auto attempt = startAttempt(id, at);
        if (!attempt)
            return errorOf(attempt);
        if (!*attempt)
            continue;
        auto job = find(id);
        if (!job)
            return errorOf(job);
        started.append(std::move(job->value()));
    }
    return started;
}

Result<bool> JobRepository::remove(const JobId& id)
{
    auto query = m_database.prepare("DELETE FROM jobs WHERE id = :id");
    query.bind(":id", id);
    return query.execCounting().map([](int removed) { return removed == 1; });
}

Result<void> JobRepository::insertAttempt(const JobAttempt& attempt)
{
    auto query = m_database.prepare("INSERT INTO job_attempts (job_id, attempt, worker, host, pid, started_at) "
                                    "VALUES (:job_id, :attempt, :worker, :host, :pid, :started_at)",
                                    Path::Hot);
    query.bind(":job_id", attempt.jobId).bind(":attempt", attempt.attempt).bind(":worker", attempt.worker);
    query.bind(":host", attempt.host).bind(":pid", attempt.pid).bind(":started_at", attempt.startedAt);
    return query.execAhead();
}

Result<void> JobRepository::finishAttempt(const JobAttempt& attempt)
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
    return query.execAhead();
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
