// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/submit_repository.h"

#include "core/database/row_text.h"

namespace core::tasks {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;
using database::RowText;

namespace {

/// The documents travel as texts, so that they are stored byte for byte.
QByteArray textOf(const SubmittedRows& rows, qsizetype number)
{
    const auto& [job, webhook, created, message, journal] = rows;
    return RowText()
        .number("number", number)
        .text("id", job.id.text)
        .text("job_type", job.typeText)
        .text("status", job.statusText)
        .utf8("input_data", job.inputData)
        .text("user_id", job.userId)
        .text("project_id", job.projectId)
        .text("dedupe_key", job.dedupeKey)
        .id("retried_from", job.retriedFrom)
        .number("at", base::toMicros(job.createdAt))
        .text("webhook", webhook.id.text)
        .text("scheme", webhook.scheme)
        .text("event", created.id.text)
        .text("event_type", created.eventType)
        .text("actor", created.actor)
        .text("message", message.id.text)
        .text("queue", message.queue)
        .text("entry", journal.id.text)
        .text("operator", journal.operatorName)
        .text("role", journal.role)
        .text("action", journal.action)
        .text("target", journal.target)
        .text("reason", journal.reason)
        .text("connection", journal.connection)
        .bytes();
}

}

Result<QSet<JobId>> insertTogether(database::Database& database, const QList<SubmittedRows>& submits)
{
    // What hangs on a job is taken from the jobs that were let in. Messages are numbered in the order of the list.
    auto query = database.prepare(
        "WITH wanted AS MATERIALIZED (SELECT *, timestamptz 'epoch' + at * interval '1 microsecond' AS moment FROM "
        "json_to_recordset(:rows) AS "
        "r (number bigint, id uuid, job_type text, status text, input_data text, user_id text, project_id text, dedupe_key text, "
        "retried_from uuid, at bigint, webhook uuid, scheme text, event uuid, event_type text, actor text, message uuid, queue text, "
        "entry uuid, operator text, role text, action text, target text, reason text, connection text)), "
        "job AS (INSERT INTO jobs (id, job_type, status, progress_pct, input_data, user_id, project_id, broker_id, dedupe_key, "
        "retried_from, "
        "created_at, updated_at) SELECT id, job_type, status, 0, CAST(input_data AS json), user_id, project_id, CAST(message AS text), "
        "dedupe_key, retried_from, moment, moment FROM wanted ORDER BY number ON CONFLICT DO NOTHING RETURNING id), "
        "made AS (SELECT wanted.* FROM wanted JOIN job ON job.id = wanted.id), "
        "webhook AS (INSERT INTO webhooks (id, job_id, scheme, is_active, created_at) SELECT webhook, id, scheme, TRUE, moment FROM made), "
        "event AS (INSERT INTO job_events (id, job_id, sequence, event_type, status, actor, created_at) "
        "SELECT event, id, 1, event_type, status, actor, moment FROM made ORDER BY number), "
        "message AS (INSERT INTO queue_messages (id, queue, job_id, actor, state, created_at) "
        "SELECT message, queue, id, job_type, 'ready', moment FROM made ORDER BY number), "
        "entry AS (INSERT INTO operator_journal (id, operator, role, action, target, reason, connection, created_at) "
        "SELECT entry, operator, role, action, target, reason, connection, moment FROM made) "
        "SELECT id FROM job",
        Path::Hot);
    QByteArrayList rows;
    rows.reserve(submits.size());
    for (const SubmittedRows& submit : submits) {
        if (!submit.job.inputData.isValidUtf8())    // else it would be stored otherwise than it came
            return failure(ErrorKind::Invalid, u"text_invalid"_s, u"A text cannot be stored: it holds a NUL or is no UTF-8"_s);
        rows += textOf(submit, rows.size());
    }
    query.bindUtf8(":rows", '[' + rows.join(',') + ']');
    const auto ids = query.fetchAll([](Row& row) { return row.id<JobId>(); });
    if (!ids)
        return errorOf(ids);
    return QSet<JobId>(ids->begin(), ids->end());
}

}
