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

// What each report is asked by; `source` is a table of them with the columns number, webhook, job, event, attempt and asks. The fence (OFFSET 0)
// and the LIMIT leave the planner nothing but the keys: it does not know how few these are, and reads a table whole that it believes to be small.
#define LOOK_UP(source)                                                                                                                    \
    "SELECT r.number, found.id, (SELECT TRUE FROM job_events WHERE job_id = found.id AND event_id = r.event LIMIT 1), "                    \
    "CASE WHEN r.asks THEN (SELECT max(worker_sequence) FROM job_events WHERE job_id = found.id "                                          \
    "AND attempt = coalesce(r.attempt, found.attempt)) END "                                                                               \
    "FROM " source " CROSS JOIN LATERAL (SELECT id, attempt FROM jobs "                                                                    \
    "WHERE id = coalesce(r.job, (SELECT job_id FROM webhooks WHERE webhooks.id = r.webhook AND is_active)) OFFSET 0) AS found"

// The look-up sets out behind the lock and not with it: a statement of its own sees what was committed while the one before waited.
struct Questions {
    database::Statement lock;
    database::Statement look;
};

Questions askForOne(database::Database& database, const ReportAddress& address)
{
    static const QByteArray lockText =
        QByteArray("SELECT ") + jobs::jobColumns() +
        " FROM jobs WHERE id = coalesce(:job, (SELECT job_id FROM webhooks WHERE id = :webhook AND is_active)) "
        "FOR UPDATE";
    static const char* const lookText =
        LOOK_UP("(SELECT 0::bigint AS number, :webhook::uuid AS webhook, :job::uuid AS job, :event::text AS event, "
                ":attempt::int AS attempt, :asks::boolean AS asks) AS r");
    Questions questions{database.prepare(lockText.constData(), Path::Hot), database.prepare(lookText, Path::Hot)};
    const auto job = address.webhook ? std::nullopt : address.job;
    questions.lock.bind(":job", job).bind(":webhook", address.webhook).sendAhead();
    questions.look.bind(":webhook", address.webhook)
        .bind(":job", job)
        .bind(":event", address.eventId.isEmpty() ? QString() : address.eventId);
    questions.look.bind(":attempt", address.attempt).bind(":asks", address.asksSequence).sendAhead();
    return questions;
}

Questions askForMany(database::Database& database, const QList<ReportAddress>& addresses)
{
#define REPORTS(columns) "json_to_recordset(:reports) AS r (" columns ")"
    static const QByteArray lockText =
        QByteArray("SELECT ") + jobs::jobColumns() +
        " FROM jobs WHERE id = ANY (ARRAY(SELECT job_id FROM webhooks WHERE is_active AND id = ANY (ARRAY(SELECT webhook FROM " REPORTS(
            "webhook uuid") ")) UNION ALL SELECT job FROM " REPORTS("job uuid") " WHERE job IS NOT NULL)) ORDER BY id FOR UPDATE";
    static const char* const lookText = LOOK_UP(REPORTS("number bigint, webhook uuid, job uuid, event text, attempt int, asks boolean"));
#undef REPORTS
    Questions questions{database.prepare(lockText.constData(), Path::Hot), database.prepare(lookText, Path::Hot)};
    const QByteArray reports = textOf(addresses);
    questions.lock.bindUtf8(":reports", reports).sendAhead();
    questions.look.bindUtf8(":reports", reports).sendAhead();
    return questions;
}

#undef LOOK_UP

}

Result<QList<std::optional<ReportedJob>>> findReported(database::Database& database, const QList<ReportAddress>& addresses)
{
    Questions questions = addresses.size() == 1 ? askForOne(database, addresses.constFirst()) : askForMany(database, addresses);
    const auto locked = questions.lock.fetchAll(jobs::jobFromRow);
    if (!locked)
        return errorOf(locked);
    const auto known = questions.look.fetchAll(knownFromRow);
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
