// SPDX-License-Identifier: Apache-2.0
// Which index of a file serves which read: SQLite plans by the statement alone. A server plans by how many rows there are: tst_postgres_plans.
#include "core/broker/attempts_repository.h"
#include "core/files/artifact_list_repository.h"
#include "core/jobs/list_repository.h"
#include "core/jobs/statistics_repository.h"
#include "core/webhooks/delivery_list_repository.h"
#include "tests/core/jobs/stored_jobs_repository.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::jobs;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(core::jobs::JobSort)

namespace {

const Time start = base::fromMicros(1'800'000'000'000'000);
const Window window{start, start + std::chrono::seconds(100), 4};
const Filter everything;

Filter filterOf(const QString& text)
{
    return *readFilter(text, Time{});
}

}

class SqlitePlansTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_place = std::make_unique<test_support::TestStore>(m_folder.path());
        m_store = freshStore(*m_place);
        QVERIFY(m_store && !m_store->isPostgres());
    }

    void theIndexGivesTheOrder_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<JobSort>("sort");
        QTest::addColumn<bool>("goesOn");
        QTest::addColumn<QString>("plan");
        QTest::newRow("all") << u""_s << JobSort::Created << false << u"USING INDEX jobs_by_created"_s;
        QTest::newRow("all, next page") << u""_s << JobSort::Created << true << u"SEARCH jobs USING INDEX jobs_by_created"_s;
        QTest::newRow("by change") << u""_s << JobSort::Updated << true << u"SEARCH jobs USING INDEX jobs_by_updated"_s;
        QTest::newRow("by change, first page") << u""_s << JobSort::Updated << false << u"USING INDEX jobs_by_updated"_s;
        QTest::newRow("by span, first page") << u""_s << JobSort::Took << false << u"USING INDEX jobs_by_took"_s;
        QTest::newRow("by span") << u""_s << JobSort::Took << true << u"SEARCH jobs USING INDEX jobs_by_took"_s;
        QTest::newRow("by span, with a filter") << u"owner:u-12"_s << JobSort::Took << true << u"SEARCH jobs USING INDEX jobs_by_took"_s;
        QTest::newRow("a status") << u"status:failed"_s << JobSort::Created << false
                                  << u"SEARCH jobs USING INDEX jobs_by_status (status=?)"_s;
        QTest::newRow("a status, next page") << u"status:failed"_s << JobSort::Created << true
                                             << u"SEARCH jobs USING INDEX jobs_by_status (status=? AND (created_at,id)<(?,?))"_s;
        QTest::newRow("statuses") << u"status:failed,cancelled"_s << JobSort::Created << true
                                  << u"SEARCH jobs USING INDEX jobs_by_status (status=? AND (created_at,id)<(?,?))"_s;
        QTest::newRow("a status with more") << u"status:failed type:probe \"exit 1\" input.a:1"_s << JobSort::Created << false
                                            << u"SEARCH jobs USING INDEX jobs_by_status"_s;
        QTest::newRow("since") << u"since:2026-11-01"_s << JobSort::Created << false << u"SEARCH jobs USING INDEX jobs_by_created"_s;
        QTest::newRow("owner") << u"owner:u-12"_s << JobSort::Created << false << u"SCAN jobs USING INDEX jobs_by_created"_s;
    }
    void theIndexGivesTheOrder()
    {
        QFETCH(QString, filter);
        QFETCH(JobSort, sort);
        QFETCH(bool, goesOn);
        QFETCH(QString, plan);
        PageRequest request;
        request.sort = sort;
        for (const SortDirection direction : {SortDirection::NewestFirst, SortDirection::OldestFirst}) {
            request.direction = direction;
            if (goesOn)
                request.after = JobKey{0, JobId{u"x"_s}};
            for (const SqlText& statement : JobListRepository::pageStatements(filterOf(filter), request)) {
                const QString found = planOf(statement);
                QVERIFY2(found.contains(direction == SortDirection::NewestFirst ? plan : QString(plan).replace(u'<', u'>')),
                         qPrintable(found));
                QVERIFY2(!found.contains(u"TEMP B-TREE"_s), qPrintable(found));
            }
        }
    }

    void rowsWithoutASpanAreFoundByTheIndexToo()
    {
        PageRequest request;
        request.sort = JobSort::Took;
        request.after = JobKey{{}, JobId{u"x"_s}};
        const auto statements = JobListRepository::pageStatements({}, request);
        QCOMPARE(statements.size(), 1);
        const QString found = planOf(statements.first());
        QVERIFY2(found.contains(u"SEARCH jobs USING INDEX jobs_by_took (<expr>=? AND id<?)"_s), qPrintable(found));
        QVERIFY2(!found.contains(u"TEMP B-TREE"_s), qPrintable(found));
    }

    void anIdIsLookedUp()
    {
        const QString byId = planOf(JobListRepository::pageStatements(filterOf(u"id:job-01"_s), {}).first());
        QVERIFY2(byId.contains(u"PRIMARY KEY (id>? AND id<?)"_s), qPrintable(byId));
        const QString byParent = planOf(JobListRepository::pageStatements(filterOf(u"retried-from:job-01"_s), {}).first());
        QVERIFY2(byParent.contains(u"jobs_by_retried_from"_s), qPrintable(byParent));
    }

    void statisticsAreReadThroughAnIndex()
    {
        const std::optional<JobKey> floor = JobKey{core::base::toMicros(start), JobId{u"a"_s}};
        const auto uses = [&](const SqlText& text, const QString& index) {
            const QString plan = planOf(text);
            return plan.contains(index) && !plan.contains(u"SCAN jobs"_s) && !plan.contains(u"TEMP B-TREE"_s) ? QString() : plan;
        };
        QCOMPARE(uses(StatisticsRepository::statisticsStatement({window, everything}, floor), u"jobs_by_updated"_s), QString());
        QCOMPARE(uses(StatisticsRepository::statisticsStatement({window, everything}, {}), u"jobs_by_updated"_s), QString());
        QCOMPARE(uses(StatisticsRepository::failuresStatement({window, everything}, start, floor), u"jobs_by_status"_s), QString());
        QCOMPARE(uses(StatisticsRepository::tallyStatement(JobStatus::Failed, start, 100), u"COVERING INDEX jobs_by_status"_s), QString());
        QCOMPARE(uses(StatisticsRepository::tallyStatement(JobStatus::Done, {}, 100), u"COVERING INDEX jobs_by_status"_s), QString());
        QCOMPARE(uses(StatisticsRepository::tallyStatement(JobStatus::Unknown, {}, 100), u"COVERING INDEX jobs_by_status"_s), QString());
    }

    void deliveriesAreReadThroughAnIndex()
    {
        const auto plan = [this](const webhooks::DeliveryRequest& request, const std::optional<PageKey>& floor) {
            const auto text = webhooks::DeliveryListRepository::pageStatement(request, floor);
            return planOf(text.sql, [&](auto& query) { bindAll(query, text); });
        };
        const PageKey key{5, u"x"_s};
        for (const QString& one : {plan({}, {}), plan({.after = key}, {}), plan({.outcome = webhooks::Outcome::Stale, .after = key}, key)})
            QVERIFY2(one.contains(u"webhook_deliveries_by_received"_s) && !one.contains(u"TEMP B-TREE"_s), qPrintable(one));
        const QString ofJob = plan({.job = JobId{u"j"_s}, .after = key}, {});
        QVERIFY2(ofJob.contains(u"webhook_deliveries_by_job"_s) && !ofJob.contains(u"TEMP B-TREE"_s), qPrintable(ofJob));
    }

    void artifactsAreReadThroughAnIndex()
    {
        for (const auto& [order, index] : {std::pair{files::ArtifactOrder::Newest, u"artifacts_by_created"_s},
                                           std::pair{files::ArtifactOrder::Largest, u"files_by_size"_s}}) {
            const QString plan = planOf(files::ArtifactListRepository::pageStatement(order),
                                        [](auto& query) { query.bind(":number", 9).bind(":id", u"x"_s).bind(":limit", 3); });
            QVERIFY2(plan.contains(index) && !plan.contains(u"SCAN artifacts\n"_s), qPrintable(plan));
        }
    }

    void whatIsUnderWayIsReadThroughAnIndex()
    {
        const QString plan = planOf(broker::AttemptsRepository::underWayStatement(), [](auto& query) { query.bind(":limit", 9); });
        QVERIFY2(plan.contains(u"jobs_by_status"_s) && !plan.contains(u"SCAN job_attempts"_s) && !plan.contains(u"SCAN queue_messages\n"_s),
                 qPrintable(plan));
    }

private:
    QString planOf(const QByteArray& sql, const std::function<void(database::Statement&)>& bind)
    {
        auto query = m_store->prepare("EXPLAIN QUERY PLAN " + sql, database::Path::Hot);
        bind(query);
        const auto lines = query.fetchAll([](database::Row& row) {
            row.skip();
            row.skip();
            row.skip();
            return row.string();
        });
        return lines ? QStringList(*lines).join(u'\n') : lines.error().message;
    }
    QString planOf(const SqlText& text)
    {
        return planOf(text.sql, [&](database::Statement& query) { bindAll(query, text); });
    }

    QTemporaryDir m_folder;
    std::unique_ptr<test_support::TestStore> m_place;
    std::unique_ptr<database::Database> m_store;
};

QTEST_GUILESS_MAIN(SqlitePlansTest)
#include "tst_sqlite_plans.moc"
