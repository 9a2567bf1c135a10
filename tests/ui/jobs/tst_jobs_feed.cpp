// SPDX-License-Identifier: Apache-2.0
// How much of a server the live list takes.
#include "tests/support/job_rows.h"
#include "tests/support/ui_fixture.h"
#include "ui/jobs/jobs_feed.h"
#include "ui/jobs/jobs_model.h"

#include <QElapsedTimer>
#include <QSet>

using namespace Qt::StringLiterals;
using test_support::ConsoleFixture;

class TestJobsFeed : public QObject {
    Q_OBJECT

    [[nodiscard]] static std::unique_ptr<core::database::Database> connectionTo(const ConsoleFixture& console)
    {
        core::database::DatabaseOptions options;
        options.path = console.store.options.storePath;
        auto opened = core::database::Database::open(options);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().message));
        return std::move(*opened);
    }
    static QString text(core::database::Database& database, const char* sql)
    {
        const auto row = database.prepare(sql).fetchOne([](core::database::Row& each) { return each.string(); });
        return row ? row->value_or(QString()) : row.error().message;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(test_support::onPostgres(), "SIGNALBOX_TEST_POSTGRES names the place of the tests' server: see tests/support/postgres.sh");
    }

    void aLookThatTookLongIsFollowedByARestTenTimesAsLong()
    {
        constexpr int lookMs = 400;
        ConsoleFixture console;
        QCOMPARE(console.open(), QString());
        test_support::JobRows(console.store.options.storePath).insertMany(10);
        ui::JobsModel model(*console.session);
        ui::JobsFeed feed(*console.session, model);
        QSignalSpy arrived(&model, &ui::JobsModel::queryArrived);
        model.setQuery({});
        QTRY_COMPARE(arrived.count(), 1);
        core::jobs::JobEvent elsewhere;
        elsewhere.jobId = core::newId<core::JobId>();
        const auto tellOfAnother = [&] { emit console.session->changed({elsewhere}); };
        const auto watcher = connectionTo(console);
        const auto looks = [&] {
            return text(*watcher, "SELECT coalesce(max(state || ' ' || query_start), '') FROM pg_stat_activity "
                                  "WHERE application_name LIKE 'tst_jobs_feed: lists'");
        };

        const auto slow = connectionTo(console);
        QVERIFY(slow->exec("BEGIN"));
        QVERIFY(slow->exec("LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE"));
        tellOfAnother();
        QTRY_VERIFY(looks().startsWith(u"active"_s));
        QVERIFY(!QTest::qWaitFor([] { return false; }, lookMs));    // as long as the look takes
        QVERIFY(slow->exec("ROLLBACK"));
        QTRY_VERIFY(looks().startsWith(u"idle"_s));

        const QString last = looks();
        QElapsedTimer clock;
        clock.start();
        QVERIFY(!QTest::qWaitFor(
            [&] {
                tellOfAnother();
                return looks() != last;
            },
            8 * lookMs));
        QTRY_VERIFY_WITH_TIMEOUT(looks() != last, 20 * lookMs);    // what was told meanwhile is looked for then
        QTRY_VERIFY(looks().startsWith(u"idle"_s));
        // a person who turns Live off and on sees it now
        const QString second = looks();
        console.session->setLive(false);
        console.session->setLive(true);
        QTRY_VERIFY(looks() != second);
    }
};

QTEST_MAIN(TestJobsFeed)
#include "tst_jobs_feed.moc"
