// SPDX-License-Identifier: Apache-2.0
#include "core/database/scratch_copy.h"

#include "core/base/json_spelling.h"
#include "core/database/migrations.h"
#include "core/database/transaction.h"

#include <QFileInfo>
#include <QSet>
#include <QUrl>

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

}

Result<std::unique_ptr<Database>> scratchCopy(const QString& path, const QList<JobId>& ids, const CancelToken& cancel)
{
    DatabaseOptions options;
    options.path = inMemoryPath;
    auto scratch = Database::open(options);
    if (!scratch)
        return scratch;
    if (const auto ready = migrate(**scratch).and_then([&] { return attach(**scratch, path); }); !ready)
        return errorOf(ready);
    auto moment = Transaction::begin(**scratch);    // all jobs as they were at one time
    if (!moment)
        return errorOf(moment);
    const auto lists = asJsonLists(ids);
    for (const QByteArray& list : lists) {
        if (cancel.isCancelled())
            return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Cancelled; nothing was written"_s);
        if (const auto copied = copyJobs(**scratch, list); !copied)
            return errorOf(copied);
    }
    // A reader that stays holds the file's write-ahead log back.
    if (const auto done = moment->commit().and_then([&] { return (*scratch)->exec("DETACH DATABASE source"); }); !done)
        return errorOf(done);
    return scratch;
}

}
