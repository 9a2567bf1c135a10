// SPDX-License-Identifier: Apache-2.0
#include "core/database/scratch_copy.h"

#include "core/base/json_spelling.h"
#include "core/database/migrations.h"
#include "core/database/server_copy.h"
#include "core/database/store_url.h"
#include "core/database/transaction.h"

#include <QFileInfo>
#include <QSet>
#include <QUrl>
#include <QUuid>

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype jobsAtOnce = 100;    // what a cancel waits for

QList<QByteArray> asJsonLists(const QList<JobId>& ids)
{
    QSet<JobId> seen;
    QList<QByteArray> lists;
    qsizetype inLast = jobsAtOnce;
    for (const JobId& id : ids) {
        if (seen.contains(id))
            continue;
        seen.insert(id);
        if (inLast == jobsAtOnce) {
            lists.append("[");
            inLast = 0;
        }
        lists.last() += (inLast++ > 0 ? "," : "") + base::encodeJsonString(id.text);
    }
    for (QByteArray& list : lists)
        list += ']';
    return lists;
}

Result<void> attach(Database& scratch, const QString& path)
{
    QUrl source = QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath());
    source.setQuery(u"mode=ro"_s);
    auto statement = scratch.prepare("ATTACH DATABASE :source AS source", Path::Hot);
    statement.bind(":source", QString::fromUtf8(source.toEncoded()));
    return statement.exec();
}

Result<void> copyJobs(Database& scratch, const QByteArray& ids)
{
    for (const char* copy : {
             "INSERT OR IGNORE INTO main.jobs SELECT * FROM source.jobs WHERE id IN (SELECT value FROM json_each(:ids))",
             "INSERT OR IGNORE INTO main.webhooks SELECT * FROM source.webhooks WHERE job_id IN (SELECT value FROM json_each(:ids))",
             "INSERT OR IGNORE INTO main.job_events SELECT * FROM source.job_events WHERE job_id IN (SELECT value FROM json_each(:ids))",
             "INSERT OR IGNORE INTO main.job_attempts SELECT * FROM source.job_attempts WHERE job_id IN (SELECT value FROM "
             "json_each(:ids))",
             "INSERT OR IGNORE INTO main.files SELECT * FROM source.files WHERE id IN (SELECT file_id FROM source.artifacts WHERE "
             "job_id IN (SELECT value FROM json_each(:ids)))",
             "INSERT OR IGNORE INTO main.artifacts SELECT * FROM source.artifacts WHERE job_id IN (SELECT value FROM json_each(:ids))",
         }) {
        if (const auto copied = scratch.prepare(copy, Path::Hot).bindUtf8(":ids", ids).exec(); !copied)
            return copied;
    }
    return {};
}

tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Cancelled; nothing was written"_s);
}

Result<void> copyFromFile(Database& scratch, const QString& path, const QList<JobId>& ids, const CancelToken& cancel)
{
    if (const auto attached = attach(scratch, path); !attached)
        return attached;
    auto moment = Transaction::begin(scratch);    // all jobs as they were at one time
    if (!moment)
        return errorOf(moment);
    const auto lists = asJsonLists(ids);
    for (const QByteArray& list : lists) {
        if (cancel.isCancelled())
            return cancelled();
        if (const auto copied = copyJobs(scratch, list); !copied)
            return copied;
    }
    // A reader that stays holds the file's write-ahead log back.
    return moment->commit().and_then([&] { return scratch.exec("DETACH DATABASE source"); });
}

Result<void> copyFromServer(Database& scratch, DatabaseOptions source, QList<JobId> ids, const CancelToken& cancel)
{
    ids.removeIf([](const JobId& id) { return QUuid::fromString(id.text).isNull(); });    // of those there are no jobs
    struct Part {
        const char* table;
        const char* where;
    };
#define OF_JOBS "job_id IN (SELECT value::uuid FROM json_array_elements_text(:ids))"
    static constexpr Part parts[] = {{"jobs", "id IN (SELECT value::uuid FROM json_array_elements_text(:ids))"},
                                     {"webhooks", OF_JOBS},
                                     {"job_events", OF_JOBS},
                                     {"job_attempts", OF_JOBS},
                                     {"files", "id IN (SELECT file_id FROM artifacts WHERE " OF_JOBS ")"},
                                     {"artifacts", OF_JOBS}};
#undef OF_JOBS
    source.access = Access::ReadOnly;
    auto server = Database::open(source);
    if (!server)
        return errorOf(server);
    auto seen = Transaction::beginRead(**server);    // all jobs as they were at one time
    auto moment = Transaction::begin(scratch);
    if (!seen || !moment)
        return seen ? errorOf(moment) : errorOf(seen);
    const auto lists = asJsonLists(ids);
    for (const QByteArray& list : lists) {
        for (const Part& part : parts) {
            if (cancel.isCancelled())
                return cancelled();
            if (const auto copied = copyRows(**server, scratch, part.table, part.where, list); !copied)
                return copied;
        }
    }
    return moment->commit();
}

}

Result<std::unique_ptr<Database>> scratchCopy(const DatabaseOptions& source, const QList<JobId>& ids, const CancelToken& cancel)
{
    DatabaseOptions options;
    options.path = inMemoryPath;
    auto scratch = Database::open(options);
    if (!scratch)
        return scratch;
    if (const auto ready = migrate(**scratch); !ready)
        return errorOf(ready);
    const auto copied =
        StoreUrl::isUrl(source.path) ? copyFromServer(**scratch, source, ids, cancel) : copyFromFile(**scratch, source.path, ids, cancel);
    if (!copied)
        return errorOf(copied);
    return scratch;
}

}
