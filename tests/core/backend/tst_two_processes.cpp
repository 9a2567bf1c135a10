// SPDX-License-Identifier: Apache-2.0
// Two backends on one store of a server, as two processes have them: what one does the other is told, or its workers are woken. Each looks
// by itself once an hour only, so that it can be nothing but the notification.
#include "core/backend/direct_backend.h"
#include "tests/support/embedded_store.h"
#include "tests/support/own_server.h"
#include "tests/support/store_fixture.h"
#include "tests/support/test_store.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace core;
using namespace std::chrono_literals;
using backend::DirectBackend;
using backend::ReadHandle;

namespace {

backend::DirectBackendOptions optionsFor(const QString& store, const QString& storage)
{
    backend::DirectBackendOptions options;
    options.storePath = store;
    options.storagePath = storage;
    options.safetyPoll = 1h;
    options.beatEvery = 1h;
    return options;
}

class Process {
public:
    explicit Process(const backend::DirectBackendOptions& options)
    {
        auto opened = DirectBackend::open(options);
        if (!opened)
            qFatal("%s: %s", qUtf8Printable(opened.error().message), qUtf8Printable(opened.error().detail));
        m_backend = std::move(*opened);
        m_backend->setChangeListener([this] { ++m_told; });
    }
    ~Process()
    {
        if (m_backend)
            m_backend->setChangeListener({});
    }
    [[nodiscard]] DirectBackend& operator*() const { return *m_backend; }
    [[nodiscard]] DirectBackend* operator->() const { return m_backend.get(); }
    void close() { m_backend.reset(); }
    /// From now on it looks for itself once an hour; what it was told before does not count.
    [[nodiscard]] bool waitUntilItListens()
    {
        position = m_backend->lastChange().wait().value_or(-1);
        const bool listens = QTest::qWaitFor([&] {
            const auto page = m_backend->changesAfter(position, 100).wait();
            return page && page->events.isEmpty() && page->nextLook == 1h && m_told > 0;    // the first word is that it listens
        });
        m_told = 0;
        return listens;
    }
    [[nodiscard]] int told() const { return m_told; }
    /// What is new, read only when told.
    [[nodiscard]] QList<jobs::JobEvent> news()
    {
        if (m_told.exchange(0) == 0)
            return {};
        const auto page = m_backend->changesAfter(position, 100).wait();
        if (!page)
            return {};
        if (page->nextLook < 1h)    // held back by a transaction of another test: to be asked again, as every reader does
            ++m_told;
        position = page->position;
        return page->events;
    }
    [[nodiscard]] bool hasEnded(const JobId& id) const
    {
        const auto details = m_backend->job(id).wait();
        return details && jobs::isTerminal(details->job.status);
    }
    [[nodiscard]] JobId submit(JobType type, const QByteArray& input) const
    {
        tasks::SubmitRequest request;
        request.type = type;
        request.input = input;
        request.force = true;
        const auto answer = m_backend->submit(caller, request).wait();
        if (!answer)
            qFatal("%s: %s", qUtf8Printable(answer.error().message), qUtf8Printable(answer.error().detail));
        return answer->jobId;
    }

    Caller caller{.operatorName = u"tester"_s, .connection = u"test"_s};
    qint64 position = 0;

private:
    std::atomic<int> m_told = 0;
    std::unique_ptr<DirectBackend> m_backend;
};

std::unique_ptr<database::Database> connected(const QString& store)
{
    database::DatabaseOptions options;
    options.path = store;
    options.applicationName = u"the test itself"_s;
    auto database = database::Database::open(options);
    if (!database)
        qFatal("%s", qUtf8Printable(database.error().message));
    return std::move(*database);
}

QStringList texts(database::Database& database, const char* sql)
{
    return database.prepare(QByteArray(sql), database::Path::Hot)
        .fetchAll([](database::Row& row) { return row.string(); })
        .value_or(QStringList());
}

/// The sessions of this program whose search path is this store's, by name; the schema's name stands in the store's URL.
QStringList sessions(const QString& store)
{
    const auto watcher = connected(store);
    return texts(*watcher, "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE 'tst_two_processes: %' ORDER BY 1");
}

}

class TestTwoProcesses : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());    // where the webhooks' keys of a server's store stand
        QVERIFY(files::Storage(storage()).write(u"inputs/words.mp4"_s, "these are words, and no film"));
        QVERIFY(test_support::makeClip(storage() + u"/inputs/clip.mp4"_s, 20, u"1280x720"_s));
    }
    void init() { m_store = std::make_unique<test_support::TestStore>(m_folder.path()); }
    void cleanup() { m_store.reset(); }

    void whatOneDoesTheOtherIsTold()
    {
        const Process one(optionsFor(m_store->path(), storage()));
        Process other(optionsFor(m_store->path(), storage()));
        QVERIFY(other.waitUntilItListens());
        QCOMPARE(other.told(), 0);
        QElapsedTimer timer;
        timer.start();
        const JobId id = one.submit(JobType::MediaProbe, R"({"file_path":"inputs/words.mp4"})");
        QList<jobs::JobEvent> seen;
        QTRY_VERIFY((seen += other.news(), !seen.isEmpty()));
        qInfo("told and read %lld ms after the submit began", timer.elapsed());
        QCOMPARE(seen.size(), 1);
        QCOMPARE(seen.first().jobId, id);
        QCOMPARE(seen.first().eventType, u"created"_s);
    }

    void workersOfAnotherProcessAreWoken()
    {
        const Process working(optionsFor(m_store->path(), storage()));
        QVERIFY(working->startWorkers({1, std::chrono::hours(1), 3}));    // its lease, too, makes it look by itself seldom
        Process asking(optionsFor(m_store->path(), storage()));
        QVERIFY(asking.waitUntilItListens());
        // The first may be found by workers that have just begun; the second finds them asleep.
        for (int i = 0; i < 2; ++i) {
            QElapsedTimer timer;
            timer.start();
            const JobId id = asking.submit(JobType::MediaProbe, R"({"file_path":"inputs/words.mp4"})");
            QTRY_VERIFY_WITH_TIMEOUT(asking.hasEnded(id), 4000);
            qInfo("run and ended after %lld ms", timer.elapsed());
        }
    }

    void aCancelReachesTheWorkerOfAnotherProcess()
    {
        const Process working(optionsFor(m_store->path(), storage()));
        QVERIFY(working->startWorkers({1, std::chrono::hours(1), 3}));
        Process asking(optionsFor(m_store->path(), storage()));
        QVERIFY(asking.waitUntilItListens());
        const JobId id = asking.submit(JobType::MediaConvert, R"({"file_path":"inputs/clip.mp4","container":"webm","video_codec":"vp9"})");
        QTRY_COMPARE_WITH_TIMEOUT(asking->job(id).wait()->job.status, JobStatus::Running, 10'000);
        QVERIFY(asking->cancel(asking.caller, id, u"enough"_s).wait());
        QTRY_VERIFY_WITH_TIMEOUT(asking->job(id).wait()->job.cancel.acknowledgedAt, 5000);
        QVERIFY(!asking->job(id).wait()->finishedAnywayAt);
    }

    void aPauseThatEndsWakesTheWorkersOfAnotherProcess()
    {
        const Process working(optionsFor(m_store->path(), storage()));
        QVERIFY(working->startWorkers({1, std::chrono::hours(1), 3}));
        Process asking(optionsFor(m_store->path(), storage()));
        QVERIFY(asking.waitUntilItListens());
        QVERIFY(asking->setQueuePaused(asking.caller, true).wait());
        const JobId id = asking.submit(JobType::MediaProbe, R"({"file_path":"inputs/words.mp4"})");
        QVERIFY(asking->setQueuePaused(asking.caller, false).wait());
        QTRY_VERIFY_WITH_TIMEOUT(asking.hasEnded(id), 4000);
    }

    /// Its change comes later in the feed than the word about it.
    void aChangeThatIsHeldBackIsAskedForAgainSoon()
    {
        const Process one(optionsFor(m_store->path(), storage()));
        Process other(optionsFor(m_store->path(), storage()));
        QVERIFY(other.waitUntilItListens());
        const auto slow = connected(m_store->path());
        QVERIFY(slow->exec("BEGIN"));
        QVERIFY(slow->exec("SELECT pg_current_xact_id()::text"));
        (void)one.submit(JobType::MediaProbe, R"({"file_path":"inputs/words.mp4"})");
        QTRY_VERIFY(other.told() > 0);
        const auto page = other->changesAfter(other.position, 100).wait();
        QVERIFY(page && page->events.isEmpty());
        QVERIFY(page->nextLook < 100ms);
        QVERIFY(slow->exec("COMMIT"));
        QTRY_VERIFY(!other->changesAfter(other.position, 100).wait()->events.isEmpty());
    }

    void connectionsAreFewAndNamed()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        const Process one(optionsFor(server.url(), storage()));
        const JobId id = one.submit(JobType::MediaProbe, R"({"file_path":"inputs/words.mp4"})");
        QVERIFY(one->lastChange().wait());
        QVERIFY(one->listJobs({}, {}).wait());
        QVERIFY(one->jobStory(id).wait());
        QVERIFY(one->summary().wait());
        QVERIFY(one->scenarioOf(id, {}).wait());
        QVERIFY(one->cancelMany(one.caller, {id}, u"enough"_s).wait());
        const auto named = [](const QStringList& purposes) {
            QStringList names;
            for (const QString& purpose : purposes)
                names << u"tst_two_processes: "_s + purpose;
            return names;
        };
        QTRY_COMPARE(sessions(server.url()), named({u"acts"_s, u"counts"_s, u"lists"_s, u"notifications"_s, u"rows"_s, u"stories"_s}));
    }

    void aListAloneNeedsNoNotifications()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        const Process one(optionsFor(server.url(), storage()));
        QVERIFY(one->listJobs({}, {}).wait());
        QCOMPARE(sessions(server.url()).filter(u"notifications"_s), QStringList());
    }

    void aReadThatIsGivenUpEndsAtTheServerToo()
    {
        const Process one(optionsFor(m_store->path(), storage()));
        const auto holder = connected(m_store->path());
        QVERIFY(holder->exec("BEGIN"));
        QVERIFY(holder->exec("LOCK TABLE jobs"));
        const auto waiting = [&] {
            return texts(*holder, "SELECT l.pid::text FROM pg_locks l WHERE l.relation = 'jobs'::regclass AND NOT l.granted").size();
        };
        const ReadHandle handle;
        const auto page = backend::longReads(*one).listJobs({}, {}, handle);
        QTRY_COMPARE(waiting(), 1);
        QElapsedTimer timer;
        timer.start();
        handle.giveUp();
        QVERIFY2(timer.elapsed() < 200, "whoever gives up does not wait");
        QTRY_VERIFY(page.isDone());
        QCOMPARE(page.wait().error().kind, ErrorKind::Cancelled);
        QTRY_COMPARE(waiting(), 0);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(holder->exec("ROLLBACK"));
        QVERIFY(one->listJobs({}, {}).wait());
    }

    void aBackendIsClosedWhileItsServerStandsStill()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        Process one(optionsFor(server.url(), storage()));
        QVERIFY(one->lastChange().wait());
        QVERIFY(one->listJobs({}, {}).wait());
        server.pause();
        const auto page = one->listJobs({}, {});
        const auto changes = one->changesAfter(0, 10);
        QElapsedTimer timer;
        timer.start();
        one.close();
        QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(page.wait().error().kind, ErrorKind::Cancelled);
        QCOMPARE(changes.wait().error().kind, ErrorKind::Cancelled);
        qInfo("closed after %lld ms", timer.elapsed());
    }

    void rowsThatNobodyKnowsAreShown()
    {
        const Process one(optionsFor(m_store->path(), storage()));
        const auto foreign = connected(m_store->path());
        QVERIFY(foreign->exec(
            "INSERT INTO jobs (id, job_type, status, input_data, created_at, updated_at) VALUES "
            "('01900000-0000-7000-8000-000000000001', 'HOLOGRAM', 'PAUSED', '{\"a\":\"x\\u0000y\",\"b\":\"\\ud800\"}', now(), now())"));
        const auto page = one->listJobs({}, {}).wait();
        QVERIFY(page);
        QCOMPARE(page->rows.size(), 1);
        QCOMPARE(page->rows.first().typeText, u"HOLOGRAM"_s);
        QCOMPARE(page->rows.first().statusText, u"PAUSED"_s);
        const JobId id = page->rows.first().id;
        QCOMPARE(one->payload(id, backend::PayloadPart::Input).wait().value(), R"({"a":"x\u0000y","b":"\ud800"})"_ba);
        QVERIFY(one->jobStory(id).wait());
        for (const QString& text : {u"input.a:x"_s, u"input.b:x"_s, u"input.a:*"_s}) {
            const auto filter = jobs::parseFilter(text, base::systemNow());
            QVERIFY(filter);
            const auto found = one->listJobs(*filter, {}).wait();
            QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
        }
    }

    void aStandbyIsLookedAtAsItIs()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        {
            const Process one(optionsFor(server.url(), storage()));
            (void)one.submit(JobType::MediaProbe, R"({"file_path":"inputs/words.mp4"})");
        }
        QVERIFY(server.crash());
        QVERIFY(server.becomeStandby());
        QVERIFY(server.again());
        auto options = optionsFor(server.url(), storage());
        options.readOnly = true;
        const Process looking(options);
        QCOMPARE(looking->listJobs({}, {}).wait()->rows.size(), 1);
        const auto page = looking->changesAfter(0, 10).wait();
        QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
        QCOMPARE(page->events.size(), 1);
        QVERIFY(page->nextLook <= 500ms);    // nobody tells it anything there
    }

private:
    [[nodiscard]] QString storage() const { return m_folder.filePath(u"storage"_s); }

    QTemporaryDir m_folder;
    std::unique_ptr<test_support::TestStore> m_store;
};

QTEST_GUILESS_MAIN(TestTwoProcesses)
#include "tst_two_processes.moc"
