// SPDX-License-Identifier: Apache-2.0
#include "core/webhooks/reported_jobs_repository.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace core::webhooks {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

namespace {

template <class AnyId>
QJsonValue uuidOrNull(const std::optional<AnyId>& id)
{
    if (!id || QUuid::fromString(id->text).isNull())    // what is none is the id of nothing; the server would refuse to compare it
        return QJsonValue();
    return id->text;
}

/// A table to the server, numbered as the list is.
QByteArray textOf(const QList<ReportAddress>& addresses)
{
    QJsonArray rows;
    for (const ReportAddress& address : addresses) {
        QJsonObject row{{u"number"_s, rows.size()}, {u"asks"_s, address.asksSequence}};
        row.insert(u"webhook"_s, uuidOrNull(address.webhook));
        row.insert(u"job"_s, address.webhook ? QJsonValue() : uuidOrNull(address.job));
        row.insert(u"event"_s, address.eventId.isEmpty() ? QJsonValue() : QJsonValue(address.eventId));
        row.insert(u"attempt"_s, address.attempt ? QJsonValue(*address.attempt) : QJsonValue());
        rows.append(row);
    }
    return QJsonDocument(rows).toJson(QJsonDocument::Compact);
}

struct Known {
    qsizetype number = 0;
    JobId job;
    jobs::KnownReports reports;
};

Known knownFromRow(Row& row)
{
    Known known;
    known.number = row.int64();
    known.job = row.id<JobId>();
    known.reports.hasEventId = row.boolean();
    known.reports.lastSequence = row.optionalInt64();
    return known;
}

}

Result<QList<std::optional<ReportedJob>>> findReported(database::Database& database, const QList<ReportAddress>& addresses)
{
#define REPORTS(columns) "json_to_recordset(:reports) AS r (" columns ")"
    // Arrays, the fence (OFFSET 0) and the LIMIT leave the planner nothing but the keys: it does not know how few these are, and reads a table
    // whole that it believes to be small.
    static const QByteArray lockText =
        QByteArray("SELECT ") + jobs::jobColumns() +
        " FROM jobs WHERE id = ANY (ARRAY(SELECT job_id FROM webhooks WHERE is_active AND id = ANY (ARRAY(SELECT webhook FROM " REPORTS(
            "webhook uuid") ")) UNION ALL SELECT job FROM " REPORTS("job uuid") " WHERE job IS NOT NULL)) ORDER BY id FOR UPDATE";
    // A statement of its own, that sees what was committed while the one before waited for its locks.
    static const char* const lookText =
        "SELECT r.number, found.id, (SELECT TRUE FROM job_events WHERE job_id = found.id AND event_id = r.event LIMIT 1), "
        "CASE WHEN r.asks THEN (SELECT max(worker_sequence) FROM job_events WHERE job_id = found.id "
        "AND attempt = coalesce(r.attempt, found.attempt)) END "
        "FROM " REPORTS(
            "number bigint, webhook uuid, job uuid, event text, attempt int, asks boolean") " CROSS JOIN LATERAL (SELECT id, attempt FROM "
                                                                                            "jobs "
                                                                                            "WHERE id = coalesce(r.job, (SELECT job_id "
                                                                                            "FROM webhooks WHERE webhooks.id = r.webhook "
                                                                                            "AND is_active)) OFFSET 0) AS found";
#undef REPORTS
    const QByteArray reports = textOf(addresses);
    auto lock = database.prepare(lockText.constData(), Path::Hot);
    auto look = database.prepare(lookText, Path::Hot);
    lock.bindUtf8(":reports", reports).sendAhead();
    look.bindUtf8(":reports", reports).sendAhead();
    const auto locked = lock.fetchAll(jobs::jobFromRow);
    if (!locked)
        return errorOf(locked);
    const auto known = look.fetchAll(knownFromRow);
    if (!known)
        return errorOf(known);

    QHash<JobId, qsizetype> places;
    for (const jobs::Job& job : *locked)
        places.insert(job.id, places.size());
    QList<std::optional<ReportedJob>> found(addresses.size());
    for (const Known& one : *known) {
        const auto place = places.constFind(one.job);
        if (place != places.constEnd())    // else its webhook was let in only just now, and it is not locked
            found[one.number] = ReportedJob{locked->at(*place), one.reports};
    }
    return found;
}

}
