// SPDX-License-Identifier: Apache-2.0
#include "core/broker/attempts_repository.h"
#include "core/database/migrations.h"
#include "core/database/transaction.h"
#include "core/files/artifact_list_repository.h"
#include "core/jobs/journal_repository.h"
#include "core/jobs/list_repository.h"
#include "core/jobs/repository.h"
#include "core/jobs/statistics_repository.h"
#include "core/notifications/repository.h"
#include "core/webhooks/delivery_list_repository.h"
#include "core/webhooks/repository.h"
#include "tests/support/many_jobs.h"
#include "tests/support/test_store.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace core;
using namespace core::jobs;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Filter filterOf(const QString& text)
{
    return *readFilter(text, base::systemNow());
}

/// Tables that grow with the jobs: to read one from end to end is what no page of the console may do.
const QByteArray largeTables = "('jobs', 'job_events', 'webhook_deliveries', 'files', 'artifacts', 'notifications', 'operator_journal')";

}

Q_DECLARE_METATYPE(core::jobs::JobSort)

/// What the server's planner makes of the console's questions where a million jobs are: an index for each, or a ceiling.
class PostgresPlansTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(test_support::onPostgres());
        m_place = std::make_unique<test_support::TestStore>(m_folder.path());
        m_store = opened();
        QVERIFY(m_store);
        QVERIFY(database::migrate(*m_store));
        QElapsedTimer timer;
        timer.start();
        test_support::makeManyJobs(*m_store);
        qInfo("a million jobs in %lld ms", static_cast<long long>(timer.elapsed()));
    }
    void cleanupTestCase()
    {
        m_store.reset();
        m_place.reset();
    }

    void anIndexServesTheList_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<JobSort>("sort");
        QTest::addColumn<QString>("index");
        const auto row = [](const char* name, const QString& filter, JobSort sort, const QString& index) {
            QTest::newRow(name) << filter << sort << index;
        };
        row("all", u""_s, JobSort::Created, u"jobs_by_created"_s);
        row("since", u"since:2h"_s, JobSort::Created, u"jobs_by_created"_s);
        row("before", u"before:2h"_s, JobSort::Created, u"jobs_by_created"_s);
        row("by change", u""_s, JobSort::Updated, u"jobs_by_updated"_s);
        row("by span", u""_s, JobSort::Took, u"jobs_by_took"_s);
        row("a status", u"status:failed"_s, JobSort::Created, u"jobs_by_status"_s);
        row("statuses", u"status:failed,cancelled"_s, JobSort::Created, u"jobs_by_status"_s);
        row("active", u"status:active"_s, JobSort::Created, u"jobs_"_s);    // jobs_by_status, or the few of jobs_not_over
        row("a status of a time", u"status:failed since:2h"_s, JobSort::Created, u"jobs_by_"_s);
        row("a type", u"type:captions"_s, JobSort::Created, u"jobs_by_"_s);
        row("an owner", u"owner:USER-12"_s, JobSort::Created, u"jobs_by_owner"_s);
        row("an owner that is none", u"owner:nobody"_s, JobSort::Created, u"jobs_by_owner"_s);
        row("an owner by change", u"owner:nobody"_s, JobSort::Updated, u"jobs_by_"_s);
        row("an owner's failures", u"owner:user-12 status:failed \"exit\""_s, JobSort::Created, u"jobs_by_owner"_s);
        row("a project that is none", u"project:none"_s, JobSort::Created, u"jobs_by_project"_s);
        row("an id", u"id:01970001-0000-7000-8000-00000000ffff"_s, JobSort::Created, u"jobs_pkey"_s);
        row("retries of one", u"retried-from:01970001-0000-7000-8000-00000000ffff"_s, JobSort::Created, u"jobs_by_retried_from"_s);
    }
    void anIndexServesTheList()
    {
        QFETCH(QString, filter);
        QFETCH(JobSort, sort);
        QFETCH(QString, index);
        const Filter wanted = filterOf(filter);
        QVERIFY(isServedByIndex(wanted));
        PageRequest request;
        request.sort = sort;
        for (const SortDirection direction : {SortDirection::NewestFirst, SortDirection::OldestFirst}) {
            request.direction = direction;
            request.after.reset();
            for (int page = 0; page < 2; ++page) {
                const auto statements = JobListRepository::pageStatements(wanted, request, {}, database::Engine::Postgres);
                for (const SqlText& statement : statements) {
                    const QString plan = planOf(statement);
                    QVERIFY2(plan.contains(index) && !plan.contains(u"Seq Scan"_s), qPrintable(plan));
                }
                const auto rows = JobListRepository(*m_store).page(wanted, request);
                QVERIFY(rows);
                QVERIFY(!rows->searchedOnlyNewest);
                if (!rows->next)
                    break;
                request.after = rows->next;
            }
        }
    }

    /// An owner may have very many: what else is asked of them ends at the ceiling, counted among these.
    void whatIsAskedOfOneOwnersJobsEndsAtACeiling()
    {
        const Filter wanted = filterOf(u"owner:user-12 error:zzz"_s);
        const JobListRepository all(*m_store);
        const auto whole = all.page(wanted, {});
        QVERIFY(whole && whole->rows.isEmpty() && !whole->searchedOnlyNewest);    // they are fewer than that
        const JobListRepository list(*m_store, payloadSearchCeiling, 100);
        const auto page = list.page(wanted, {});
        QVERIFY(page && page->rows.isEmpty());
        QCOMPARE(page->searchedOnlyNewest, std::optional(100));
        const Filter own = filterOf(u"owner:user-12 status:done,failed,cancelled,pending,running"_s);
        QVERIFY(!narrowPartOf(own));    // an index knows these
        const auto found = list.count(filterOf(u"owner:user-12 !error:zzz"_s), 1'000'000);
        QCOMPARE(found->count, 100);    // the newest of that owner's and nobody else's
        const JobKey floor{std::numeric_limits<qint64>::min(), {}};
        const auto statements = JobListRepository::pageStatements(wanted, {}, floor, database::Engine::Postgres);
        for (const SqlText& statement : statements) {
            const QString plan = planOf(statement);
            QVERIFY2(plan.contains(u"jobs_by_owner"_s) && !plan.contains(u"Seq Scan"_s), qPrintable(plan));
        }
    }

    /// Whatever it asks: it reads the newest rows by their index, says so, and is done long before its timeout.
    void whatNoIndexServesEndsAtItsCeiling_data()
    {
        QTest::addColumn<QString>("filter");
        for (const char* filter : {"error:zzz", "\"nothing like it\"", "!status:done,failed,cancelled,running,pending", "message:zzz",
                                   "took:>9h", "attempt:>7", "owner:nob*", "status:done error:zzz", "type:probe status:unknown",
                                   "status:failed OR error:zzz", "id:0197 error:zzz", "input.file_path:zzz", "has:cancel"})
            QTest::newRow(filter) << QString::fromLatin1(filter);
    }
    void whatNoIndexServesEndsAtItsCeiling()
    {
        QFETCH(QString, filter);
        const Filter wanted = filterOf(filter);
        QVERIFY(!isServedByIndex(wanted));
        const JobListRepository list(*m_store);
        QElapsedTimer timer;
        timer.start();
        for (const JobSort sort : {JobSort::Created, JobSort::Updated, JobSort::Took}) {
            for (const SortDirection direction : {SortDirection::NewestFirst, SortDirection::OldestFirst}) {
                PageRequest request;
                request.sort = sort;
                request.direction = direction;
                noTableIsReadWhole([&] {
                    const auto page = list.page(wanted, request);
                    QVERIFY2(page, page ? "" : qPrintable(page.error().message));
                    const int ceiling = looksIntoPayloads(wanted) ? payloadSearchCeiling : rowSearchCeiling;
                    QCOMPARE(page->searchedOnlyNewest, std::optional(ceiling));
                });
            }
        }
        noTableIsReadWhole([&] { QVERIFY(list.count(wanted, 10'000)->searchedOnlyNewest); });
        qInfo("seven reads in %lld ms", static_cast<long long>(timer.elapsed()));
    }

    void countsGoAlongAnIndex_data()
    {
        QTest::addColumn<QString>("filter");
        for (const char* filter :
             {"", "status:failed", "status:active", "since:24h", "status:failed since:24h", "owner:user-7", "type:probe"})
            QTest::newRow(filter) << QString::fromLatin1(filter);
    }
    void countsGoAlongAnIndex()
    {
        QFETCH(QString, filter);
        noTableIsReadWhole([&] { QVERIFY(JobListRepository(*m_store).count(filterOf(filter), 10'000)); });
    }

    void noPageOfTheConsoleReadsATableWhole_data()
    {
        using Read = std::function<bool(database::Database&)>;
        QTest::addColumn<Read>("read");
        const auto row = [](const char* name, const Read& read) { QTest::newRow(name) << read; };
        const StatisticsRequest request{{base::systemNow() - 1h, base::systemNow(), 12}, filterOf({})};
        row("tallies", [](auto& store) { return StatisticsRepository(store).tallies(base::systemNow()).has_value(); });
        row("statistics", [request](auto& store) { return StatisticsRepository(store).statistics(request).has_value(); });
        row("failure groups", [request](auto& store) { return StatisticsRepository(store).failureGroups(request).has_value(); });
        row("deliveries", [](auto& store) { return webhooks::DeliveryListRepository(store).page({})->rows.size() == 100; });
        row("deliveries, refused",
            [](auto& store) { return webhooks::DeliveryListRepository(store).page({.outcome = webhooks::Outcome::Rejected}).has_value(); });
        row("deliveries of a job", [](auto& store) {
            return webhooks::DeliveryListRepository(store).page({.job = JobId{u"01970001-0000-7000-8000-0000000f0000"_s}}).has_value();
        });
        row("artifacts, newest", [](auto& store) { return files::ArtifactListRepository(store).page({})->rows.size() == 100; });
        row("artifacts, largest", [](auto& store) {
            return files::ArtifactListRepository(store).page({files::ArtifactOrder::Largest, {}, 100})->rows.size() == 100;
        });
        row("journal", [](auto& store) { return JournalRepository(store).newest({}, 100)->size() == 100; });
        row("notifications", [](auto& store) { return notifications::NotificationRepository(store).newest({}, 100)->size() == 100; });
        row("runs under way", [](auto& store) { return broker::AttemptsRepository(store).underWay().has_value(); });
        row("changes", [](auto& store) { return JobRepository(store).eventsAfter(0, 500).has_value(); });
        row("events of a job",
            [](auto& store) { return JobRepository(store).events(JobId{u"01970001-0000-7000-8000-0000000000ff"_s})->size() == 1; });
        row("cancels to tell of", [](auto& store) { return JobRepository(store).cancelledUntold(10).has_value(); });
        row("what may be pruned", [](auto& store) {
            return JobRepository(store).finishedBefore(base::systemNow() - std::chrono::hours(24), 1000)->size() == 1000;
        });
    }
    void noPageOfTheConsoleReadsATableWhole()
    {
        using Read = std::function<bool(database::Database&)>;
        QFETCH(Read, read);
        noTableIsReadWhole([&] { QVERIFY(read(*m_store)); });
    }

private:
    [[nodiscard]] std::unique_ptr<database::Database> opened() const
    {
        database::DatabaseOptions options;
        options.path = m_place->path();
        auto database = database::Database::open(options);
        return database ? std::move(*database) : nullptr;
    }

    QString planOf(const SqlText& text)
    {
        auto query = m_store->prepare("EXPLAIN " + text.sql, database::Path::Hot);
        bindAll(query, text);
        const auto lines = query.fetchAll([](database::Row& row) { return row.string(); });
        return lines ? QStringList(*lines).join(u'\n') : lines.error().detail;
    }

    /// How often each large table was read from end to end, as far as this session has not reported it to the server: within one transaction
    /// it reports nothing, so that two of these part what lies between them.
    QString scans()
    {
        auto scans = m_store->prepare("SELECT coalesce(string_agg(relname || ' ' || seq_scan, ', ' ORDER BY relname), '') FROM "
                                      "pg_stat_xact_user_tables WHERE schemaname = current_schema() AND seq_scan > 0 AND relname IN " +
                                          largeTables,
                                      database::Path::Hot);
        return scans.fetchOne([](database::Row& row) { return row.string(); }).value().value_or(QString());
    }
    /// Runs `read` in one transaction and asks the server what it did.
    void noTableIsReadWhole(const std::function<void()>& read)
    {
        auto transaction = database::Transaction::beginRead(*m_store);
        QVERIFY(transaction);
        const QString before = scans();
        read();
        QCOMPARE(scans(), before);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<test_support::TestStore> m_place;
    std::unique_ptr<database::Database> m_store;
};

QTEST_GUILESS_MAIN(PostgresPlansTest)
#include "tst_postgres_plans.moc"
