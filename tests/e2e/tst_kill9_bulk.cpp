// SPDX-License-Identifier: Apache-2.0
#include "core/database/database.h"
#include "tests/support/embedded_store.h"
#include "tests/support/job_rows.h"
#include "tests/support/worker_process.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace core;

/// kill -9 of the process that cancels many, in the middle: what is journalled is what happened, job for job, and the rest can be
/// cancelled by the next. SIGNALBOX_ROUNDS says how often (3).
class TestKill9Bulk : public QObject {
    Q_OBJECT

private slots:
    void whatIsJournalledIsWhatHappened();

private:
    static constexpr int jobCount = 4000;
};

namespace {

int rounds()
{
    return qEnvironmentVariableIsSet("SIGNALBOX_ROUNDS") ? qEnvironmentVariableIntValue("SIGNALBOX_ROUNDS") : 3;
}

qint64 count(database::Database& database, const char* sql)
{
    const auto counted = database.prepare(sql).fetchOne([](database::Row& row) { return row.int64(); });
    return counted ? counted->value_or(-1) : -1;
}

constexpr auto cancelledJobs = "SELECT count(*) FROM jobs WHERE status = 'CANCELLED'";

}

void TestKill9Bulk::whatIsJournalledIsWhatHappened()
{
    for (int round = 0; round < rounds(); ++round) {
        test_support::EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        QList<jobs::JobSummary> rows;
        for (int i = 0; i < jobCount; ++i) {
            auto job = test_support::JobRows::done(std::chrono::seconds(i));
            job.startedAt.reset();
            test_support::JobRows::setStatus(job, JobStatus::Pending);
            rows << job;
        }
        test_support::JobRows(store.options.storePath).insert(rows);
        database::DatabaseOptions options;
        options.path = store.options.storePath;
        const auto opened = database::Database::open(options);
        QVERIFY(opened);
        database::Database& database = **opened;

        QRandomGenerator random(static_cast<quint32>(round + 1));
        const qint64 moment = random.bounded(1, jobCount / 2);
        test_support::WorkerProcess doomed;
        QCOMPARE(doomed.start(QStringLiteral(BULK_CANCELLER), store.options.storePath, store.options.storagePath, {u"type:media-probe"_s}),
                 QString());
        QVERIFY(QTest::qWaitFor([&] { return count(database, cancelledJobs) >= moment; }, 60'000));
        doomed.kill9();

        const qint64 cancelled = count(database, cancelledJobs);
        QVERIFY2(cancelled < jobCount, "it was too quick to be killed in the middle");
        // For each job: cancelled, or nothing was written of it at all.
        const char* const torn[] = {
            "SELECT count(*) FROM jobs j WHERE (status = 'CANCELLED') <> EXISTS "
            "(SELECT 1 FROM operator_journal WHERE action = 'cancel' AND target = 'job:' || j.id)",
            "SELECT count(*) FROM jobs j WHERE (status = 'CANCELLED') <> EXISTS "
            "(SELECT 1 FROM job_events WHERE job_id = j.id AND event_type = 'cancel_requested')",
            "SELECT count(*) FROM jobs j WHERE (status = 'CANCELLED') <> EXISTS "
            "(SELECT 1 FROM notifications WHERE job_id = j.id AND kind = 'job_cancelled')",
        };
        for (const char* sql : torn)
            QCOMPARE(count(database, sql), 0);
        QCOMPARE(count(database, "SELECT count(*) FROM operator_journal WHERE action = 'cancel'"), cancelled);

        // Whom the dead one did not tell, a worker's sweep does; and the next to cancel does the rest, no job twice.
        const auto rest =
            store.backend->freezeJobs({jobs::parseFilter(u"type:media-probe"_s, base::systemNow()).value(), tasks::ScopeStates::Active})
                .wait();
        QVERIFY(rest);
        QCOMPARE(rest->ids.size(), jobCount - cancelled);
        const auto answer = store.backend->cancelMany(store.caller, rest->ids, u"the rest"_s).wait();
        QVERIFY(answer);
        QCOMPARE(answer->acted, jobCount - cancelled);
        QCOMPARE(store.startWorkers(1), QString());
        QTRY_COMPARE_WITH_TIMEOUT(count(database, "SELECT count(*) FROM jobs WHERE cancel_broker_informed_at IS NULL"), 0, 30'000);
        QCOMPARE(count(database, "SELECT count(*) FROM operator_journal WHERE action = 'cancel'"), jobCount);
    }
}

QTEST_GUILESS_MAIN(TestKill9Bulk)
#include "tst_kill9_bulk.moc"
