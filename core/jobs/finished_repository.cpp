// SPDX-License-Identifier: Apache-2.0
// Which ended jobs may go: those that no active job needs.
#include "core/jobs/repository.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace core::jobs {

using database::Row;

namespace {

JobId idFromRow(Row& row)
{
    return row.id<JobId>();
}

}

#define ACTIVE "status NOT IN ('DONE', 'FAILED', 'CANCELLED')"

// What an active job (also one with a status of another program's) still needs: the jobs that made its input file, and the one whose
// result it names. Its own ids come from the index on status alone, so that payloads are read of the active only.
// What ended before was made before, which says the index where to stop.
#define OVER_SINCE "status IN ('DONE', 'FAILED', 'CANCELLED') AND finished_at < :before AND created_at < :before"
#define SQLITE_KEY(key) "CASE WHEN json_valid(input_data) THEN json_extract(input_data, '$." key "') END"
#define POSTGRES_KEY(key) "payload_text(input_data, '{" key "}')"
#define OF_ACTIVE(named) "(SELECT " named " AS named FROM jobs WHERE id IN (SELECT id FROM jobs WHERE " ACTIVE ")) AS active"
#define NEEDED_BY_ACTIVE(file, detect, id)                                                                                                 \
    "(SELECT artifacts.job_id FROM " OF_ACTIVE(file) " JOIN files ON files.path = named "                                                  \
                                                     "JOIN artifacts ON artifacts.file_id = files.id UNION ALL "                           \
                                                     "SELECT " id " FROM " OF_ACTIVE(detect) " WHERE named IS NOT NULL)"
#define SQLITE_NEEDED NEEDED_BY_ACTIVE(SQLITE_KEY("file_path"), SQLITE_KEY("detect_job_id"), "named")
// what is written there may be no id
#define POSTGRES_NEEDED                                                                                                                    \
    NEEDED_BY_ACTIVE(POSTGRES_KEY("file_path"), POSTGRES_KEY("detect_job_id"),                                                             \
                     "CASE WHEN named ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN named::uuid END")

Result<QList<JobId>> JobRepository::finishedBefore(Time before, int limit) const
{
    // NOT IN an empty id is nothing at all: those are left out
#define FINISHED(needed) "SELECT id FROM jobs WHERE " OVER_SINCE " AND id NOT IN " needed " ORDER BY created_at, id LIMIT :limit"
    auto query =
        m_database.prepare(m_database.isPostgres() ? FINISHED("(SELECT job_id FROM " POSTGRES_NEEDED " AS needed WHERE job_id IS NOT NULL)")
                                                   : FINISHED(SQLITE_NEEDED),
                           database::Path::Hot);
#undef FINISHED
    query.bind(":before", before).bind(":limit", limit);
    return query.fetchAll(idFromRow);
}

Result<QList<JobId>> JobRepository::finishedBefore(Time before, const QList<JobId>& ids) const
{
#define FINISHED_OF(named, needed)                                                                                                         \
    "SELECT id FROM jobs WHERE id IN (" named ") AND " OVER_SINCE " AND id NOT IN " needed " ORDER BY created_at, id"
    auto query = m_database.prepare(m_database.isPostgres()
                                        ? FINISHED_OF("SELECT value::uuid FROM json_array_elements_text(:ids)",
                                                      "(SELECT job_id FROM " POSTGRES_NEEDED " AS needed WHERE job_id IS NOT NULL)")
                                        : FINISHED_OF("SELECT value FROM json_each(:ids)", SQLITE_NEEDED),
                                    database::Path::Hot);
#undef FINISHED_OF
    QJsonArray texts;
    for (const JobId& id : ids)
        texts.append(id.text);
    query.bindUtf8(":ids", QJsonDocument(texts).toJson(QJsonDocument::Compact)).bind(":before", before);
    return query.fetchAll(idFromRow);
}

Result<qint64> JobRepository::countStillNeeded(Time before) const
{
    auto query = m_database.prepare(m_database.isPostgres() ? "SELECT count(*) FROM jobs WHERE id IN " POSTGRES_NEEDED " AND " OVER_SINCE
                                                            : "SELECT count(*) FROM jobs WHERE id IN " SQLITE_NEEDED " AND " OVER_SINCE,
                                    database::Path::Hot);
    query.bind(":before", before);
    return query.fetchOne([](Row& row) { return row.int64(); }).map([](const auto& count) { return count.value_or(0); });
}

}
