// SPDX-License-Identifier: Apache-2.0
#include "core/backend/store_lane.h"
#include "core/jobs/repository.h"
#include "tests/support/embedded_store.h"

#include <atomic>

using namespace Qt::StringLiterals;
using core::backend::ReadHandle;
using core::backend::Session;
using test_support::EmbeddedStore;

class TestLongReads : public QObject {
    Q_OBJECT

private slots:
    void aReadThatIsGivenUpEndsAtOnceAndTheNextOneRuns()
    {
        EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        core::database::DatabaseOptions options;
        options.path = store.options.storePath;
        const core::tasks::TaskSettings settings{
            core::files::Storage(store.options.storagePath), core::webhooks::MasterKey({}), core::base::systemNow, {}};
        core::backend::StoreLane lane(options, settings);
        const ReadHandle slow;
        const ReadHandle waiting;
        std::atomic<bool> runs = false;
        const auto endless = [&runs](Session& session) {
            runs = true;
            auto query = session.database->prepare("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
                                                   core::database::Path::Hot);
            return query.fetchOne([](core::database::Row& row) { return row.int64(); }).map([](const auto& count) {
                return count.value_or(0);
            });
        };
        const auto first = lane.run(slow, endless);
        const auto second = lane.run(waiting, endless);
        const auto third =
            lane.run(ReadHandle(), [](Session& session) { return core::jobs::JobRepository(*session.database).lastPosition(); });
        QTRY_VERIFY(runs);
        waiting.giveUp();
        QTRY_VERIFY((slow.giveUp(), first.isDone()));    // again, where the statement had not begun yet
        QCOMPARE(first.wait().error().code, u"interrupted"_s);
        QCOMPARE(second.wait().error().code, u"given_up"_s);
        QVERIFY(third.wait().has_value());
        slow.giveUp();    // of one that is over: nothing
    }

    void theBackendTakesPagesAndCountsThatAreGivenUp()
    {
        EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        auto& reads = core::backend::longReads(*store.backend);
        const core::jobs::Filter all{core::jobs::FilterGroup{}};
        QVERIFY(reads.listJobs(all, {}, ReadHandle()).wait().has_value());
        QCOMPARE(reads.countJobs(all, 10, ReadHandle()).wait()->count, 0);
        const ReadHandle handle;
        handle.giveUp();
        QCOMPARE(reads.listJobs(all, {}, handle).wait().error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(reads.countJobs(all, 10, handle).wait().error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(reads.dashboard({}, handle).wait().error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(reads.failureGroups({}, handle).wait().error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(reads.deliveryPage({}, handle).wait().error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(reads.artifactPage({}, handle).wait().error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(reads.diskUse(handle).wait().error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(reads.freezeJobs({all, core::tasks::ScopeStates::Any}, handle).wait().error().kind, core::ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestLongReads)
#include "tst_long_reads.moc"
