// SPDX-License-Identifier: Apache-2.0
// The steps to a store on a server, and what they say of it.
#include "core/backend/direct_backend.h"
#include "core/backend/server_check.h"
#include "core/database/migrations.h"
#include "tests/support/own_server.h"

#include <QTest>

using namespace core;
using namespace core::backend;
using namespace Qt::StringLiterals;
using test_support::OwnServer;
using Kind = ServerStage::Kind;

namespace {

QList<Kind> kindsOf(const QList<ServerStage>& stages)
{
    QList<Kind> kinds;
    for (const ServerStage& stage : stages)
        kinds << stage.kind;
    return kinds;
}

QString rightsOf(const QString& url)
{
    const auto stages = checkServer(url, {});
    for (const ServerStage& stage : stages) {
        if (stage.kind == Kind::Rights)
            return stage.detail;
    }
    return stages.constLast().detail;
}

}

class TestServerCheck : public QObject {
    Q_OBJECT

    [[nodiscard]] std::unique_ptr<database::Database> opened() const
    {
        database::DatabaseOptions options;
        options.path = m_server->url();
        auto made = database::Database::open(options);
        if (!made)
            qFatal("%s", qPrintable(made.error().message));
        return std::move(*made);
    }

private slots:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_folder.path().toUtf8()); }
    void init() { m_server = std::make_unique<OwnServer>(); }    // started by the cases that need one
    void cleanup() { m_server.reset(); }

    void twoUrlsMayLeadToTheSameDatabase_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("same");
        const QString far = u"postgres://db.example.org/jobs"_s;
        QTest::newRow("itself") << far << far << true;
        QTest::newRow("another user") << far << u"postgresql://ann@db.example.org/jobs"_s << true;
        QTest::newRow("its port said") << far << u"postgres://db.example.org:5432/jobs"_s << true;
        QTest::newRow("other options") << far << u"postgres://DB.example.org/jobs?sslmode=require&options=-csearch_path%3Dx"_s << true;
        QTest::newRow("said by options") << far << u"postgres://?host=db.example.org&port=5432&dbname=jobs"_s << true;
        QTest::newRow("another port") << far << u"postgres://db.example.org:5433/jobs"_s << false;
        QTest::newRow("another host") << far << u"postgres://db2.example.org/jobs"_s << false;
        QTest::newRow("another database") << far << u"postgres://db.example.org/test"_s << false;
        QTest::newRow("this machine") << u"postgres:///jobs"_s << u"postgres://ann@127.0.0.1/jobs"_s << true;
        QTest::newRow("its usual socket") << u"postgres://localhost/jobs"_s << u"postgres:///jobs?host=/var/run/postgresql"_s << true;
        QTest::newRow("a socket elsewhere") << u"postgres://localhost/jobs"_s << u"postgres:///jobs?host=/srv/pg"_s << false;
        QTest::newRow("a service") << u"postgres://?service=jobs"_s << u"postgres://ann@?service=jobs"_s << true;
        QTest::newRow("another service") << u"postgres://?service=jobs"_s << u"postgres://?service=test"_s << false;
        QTest::newRow("another machine by its address") << u"postgres:///jobs"_s << u"postgres:///jobs?hostaddr=10.0.0.5"_s << false;
        QTest::newRow("this machine by its address") << u"postgres:///jobs"_s << u"postgres:///jobs?hostaddr=127.0.0.1"_s << true;
        QTest::newRow("a file") << far << u"/data/jobs.db"_s << false;
        QTest::newRow("two files") << u"/data/jobs.db"_s << u"/data/jobs.db"_s << false;
    }
    void twoUrlsMayLeadToTheSameDatabase()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QTEST(isSameDatabase(one, other), "same");
        QTEST(isSameDatabase(other, one), "same");
    }

    void aLoginIsOneOfOneUser()
    {
        const QString ann = u"postgres://ann@db.example.org/jobs"_s;
        QVERIFY(isSameLogin(ann, u"postgresql://db.example.org:5432/jobs?user=ann&sslmode=require"_s));
        QVERIFY(!isSameLogin(ann, u"postgres://ben@db.example.org/jobs"_s));
        QVERIFY(!isSameLogin(ann, u"postgres://ann@db.example.org/test"_s));
        QVERIFY(!isSameLogin(u"/data/jobs.db"_s, u"/data/jobs.db"_s));
    }

    /// With the statements that the help names.
    void whoMayNotDrawNumbersMayOnlyRead()
    {
        QVERIFY(m_server->start());
        const auto administrator = opened();
        QVERIFY(database::migrate(*administrator));
        QVERIFY(administrator->exec("CREATE ROLE ann LOGIN"));
        QVERIFY(administrator->exec("GRANT USAGE ON SCHEMA public TO ann"));
        QVERIFY(administrator->exec("GRANT SELECT ON ALL TABLES IN SCHEMA public TO ann"));
        QCOMPARE(rightsOf(m_server->url(u"ann"_s)), u"ann may only read"_s);
        QVERIFY(administrator->exec("GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ann"));
        DirectBackendOptions options;
        options.storePath = m_server->url(u"ann"_s);
        options.storagePath = m_folder.filePath(u"storage"_s);
        options.mayMigrate = false;
        QVERIFY(QDir().mkpath(options.storagePath));
        QVERIFY(QFile::copy(qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/speech.wav"_s, options.storagePath + u"/a.wav"_s));
        const auto backend = DirectBackend::open(options);
        QVERIFY(backend);
        tasks::SubmitRequest request;
        request.type = JobType::SilenceDetect;
        request.input = R"({"file_path":"a.wav"})";
        const Caller caller{.operatorName = u"ann"_s, .connection = u"test"_s};
        const auto refused = (*backend)->submit(caller, request).wait();
        QVERIFY2(!refused && refused.error().detail.contains(u"job_event_numbers"_s), refused ? "" : qPrintable(refused.error().detail));
        QCOMPARE(rightsOf(m_server->url(u"ann"_s)), u"ann may only read"_s);
        QVERIFY(administrator->exec("GRANT USAGE ON SEQUENCE job_event_numbers TO ann"));
        QCOMPARE(rightsOf(m_server->url(u"ann"_s)), u"ann may read and change"_s);
        const auto submitted = (*backend)->submit(caller, request).wait();
        QVERIFY2(submitted, submitted ? "" : qPrintable(submitted.error().detail));
        QVERIFY((*backend)->cancel(caller, submitted->jobId, u"not needed"_s).wait());
    }

    void theFirstStepThatFailsIsTheLast()
    {
        QVERIFY(m_server->startSecure());
        const auto plain = [&](const QString& host) {
            return u"postgres://postgres@%1:%2/postgres?sslmode=disable"_s.arg(host).arg(m_server->port());
        };
        const auto unread = checkServer(plain(u"127.0.0.1"_s), {});
        QCOMPARE(unread.constLast().kind, Kind::Schema);    // no tables yet: nothing is said of a round trip
        QVERIFY(!unread.constLast().passed);
        // an address that is no name of this machine, though it leads there
        const auto open = checkServer(plain(u"0.0.0.0"_s), {});
        QCOMPARE(kindsOf(open), (QList<Kind>{Kind::Url, Kind::Name, Kind::Reached, Kind::Encrypted}));
        QVERIFY(!open.constLast().passed);
    }

    /// What the page about a server without a free connection says.
    void aBackendKeepsSixSessionsAndTwoMoreWithWorkers()
    {
        QVERIFY(m_server->start());
        const auto administrator = opened();
        QVERIFY(database::migrate(*administrator));
        const auto sessions = [&] {
            const auto count = administrator
                                   ->prepare("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' "
                                             "AND pid <> pg_backend_pid()")
                                   .fetchOne([](database::Row& row) { return row.integer(); });
            return count && *count ? **count : -1;
        };
        DirectBackendOptions options;
        options.storePath = m_server->url();
        options.storagePath = m_folder.filePath(u"storage"_s);
        const auto backend = DirectBackend::open(options);
        QVERIFY(backend);
        QVERIFY((*backend)->lastChange().wait());
        QVERIFY((*backend)->listJobs({}, {}).wait());
        QVERIFY((*backend)->countJobs({}, 10).wait());
        (void)(*backend)->jobStory(core::newId<JobId>()).wait();
        QTRY_COMPARE(sessions(), 6);
        // rare work has sessions of its own, which go with it
        (void)(*backend)->cancelMany({.operatorName = u"ann"_s, .connection = u"test"_s}, {core::newId<JobId>()}, u"test"_s).wait();
        (void)(*backend)->scenarioOf(core::newId<JobId>(), {}).wait();
        QTRY_COMPARE(sessions(), 6);
        QVERIFY((*backend)->startWorkers({.threads = 4}));
        QTRY_COMPARE(sessions(), 8);
    }

    /// And a read that was given up ends on the server, too.
    void pagesDoNotWaitForACount()
    {
        QVERIFY(m_server->start());
        const auto administrator = opened();
        QVERIFY(database::migrate(*administrator));
        DirectBackendOptions options;
        options.storePath = m_server->url();
        options.storagePath = m_folder.filePath(u"pages"_s);
        const auto backend = DirectBackend::open(options);
        QVERIFY(backend);
        QVERIFY(administrator->exec("BEGIN"));
        QVERIFY(administrator->exec("LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE"));
        const core::backend::ReadHandle counting;
        const auto count = core::backend::longReads(**backend).failureGroups({}, counting);
        QVERIFY((*backend)->deliveryPage({}).wait());
        QVERIFY((*backend)->artifactPage({}).wait());
        QVERIFY((*backend)->journalPage({}, 10).wait());
        QVERIFY((*backend)->notificationPage({}, 10).wait());
        QVERIFY((*backend)->presets().wait());
        QVERIFY((*backend)->queueState().wait());
        QVERIFY(!count.isDone());
        QTRY_VERIFY((counting.giveUp(), count.isDone()));    // again, where the statement had not begun yet
        QCOMPARE(count.wait().error().kind, core::ErrorKind::Cancelled);
        QVERIFY(administrator->exec("ROLLBACK"));
        QVERIFY(core::backend::longReads(**backend).failureGroups({}, {}).wait());
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<OwnServer> m_server;
};

QTEST_GUILESS_MAIN(TestServerCheck)
#include "tst_server_check.moc"
