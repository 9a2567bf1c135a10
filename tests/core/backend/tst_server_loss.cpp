// SPDX-License-Identifier: Apache-2.0
// A server that is killed in a stream of webhooks, again and again. SIGNALBOX_ROUNDS says how often (5).
#include "core/backend/direct_backend.h"
#include "core/backend/store_lane.h"
#include "core/database/change_bell.h"
#include "tests/support/embedded_store.h"
#include "tests/support/own_server.h"
#include "tests/support/store_fixture.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;
using namespace core;
using namespace std::chrono_literals;
using backend::DirectBackend;
using backend::Session;
using backend::StoreLane;

namespace {

int rounds()
{
    return qEnvironmentVariableIsSet("SIGNALBOX_ROUNDS") ? qEnvironmentVariableIntValue("SIGNALBOX_ROUNDS") : 5;
}

database::DatabaseOptions optionsFor(const QString& store)
{
    database::DatabaseOptions options;
    options.path = store;
    return options;
}

/// A flag that threads wait for.
class Stop {
public:
    void set()
    {
        const std::scoped_lock lock(m_mutex);
        m_isSet = true;
        m_changed.notify_all();
    }
    /// Also after that time.
    bool waitFor(std::chrono::milliseconds longest)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, longest, [this] { return m_isSet; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isSet = false;
};

/// What a media server does: it submits a job and reports on it, and sends again what was not acknowledged, under the same event id.
class Sender {
public:
    Sender(const QString& store, const tasks::TaskSettings& settings, int number)
        : m_lane(optionsFor(store), settings), m_number(number), m_thread([this] { run(); })
    {
    }
    ~Sender() { finish(); }
    /// Ends the job that it is at, and then itself.
    void finish()
    {
        m_stop.set();
        if (m_thread.joinable())
            m_thread.join();
    }
    [[nodiscard]] int acknowledgedCount() const { return m_count; }
    // after finish()
    QStringList events;    ///< ids that were acknowledged
    QList<JobId> jobs;
    int refusals = 0;

private:
    void run()
    {
        for (int i = 0; !m_stop.waitFor(0ms); ++i) {
            const JobId id = submit(i);
            jobs.append(id);
            const QByteArray name = id.text.toUtf8();
            send(id, R"({"status":"RUNNING","progress_pct":10,"event_id":"begun-)" + name + "\"}", u"begun-"_s + id.text);
            send(id, R"({"progress_pct":50,"event_id":"half-)" + name + "\"}", u"half-"_s + id.text);
            send(id, test_support::doneBody(JobType::SilenceDetect, id, "done-" + name), u"done-"_s + id.text);
        }
    }
    JobId submit(int i)
    {
        tasks::SubmitRequest request;
        request.type = JobType::SilenceDetect;
        request.input = test_support::sampleInput(request.type);
        request.userId = u"u-%1-%2"_s.arg(m_number).arg(i);    // its own, so that the second try finds the job of the first
        const Caller caller{u"ann"_s, u"operator"_s, false, u"test"_s};
        for (;;) {
            const auto answer = m_lane.run([=](Session& session) { return session.tasks->submit(caller, request); }).wait();
            if (answer)
                return answer->jobId;
            if (answer.error().kind != ErrorKind::Unavailable)
                qFatal("%s: %s", qUtf8Printable(answer.error().code), qUtf8Printable(answer.error().detail));
            takeBreath();
        }
    }
    void send(const JobId& id, const QByteArray& body, const QString& eventId)
    {
        for (;;) {
            const auto answer =
                m_lane
                    .run([=](Session& session) {
                        return session.tasks->recordWebhookEvents({test_support::trustedReport(id, body)}, tasks::Mode::Apply);
                    })
                    .wait();
            if (answer && !answer->first().error) {
                events.append(eventId);
                ++m_count;
                return;
            }
            const Error error = answer ? *answer->first().error : answer.error();
            if (answer ? !answer->first().retryLater : error.kind != ErrorKind::Unavailable)
                qFatal("%s was refused for good: %s %s", qUtf8Printable(eventId), qUtf8Printable(error.code), qUtf8Printable(error.detail));
            takeBreath();
        }
    }
    void takeBreath()
    {
        ++refusals;
        Stop never;
        (void)never.waitFor(20ms);
    }

    StoreLane m_lane;
    int m_number;
    Stop m_stop;
    std::atomic<int> m_count = 0;
    std::thread m_thread;
};

/// Reads the change feed as the console does: when told, or when its next look is due; after a failure only when told, or late.
class Watcher {
public:
    explicit Watcher(DirectBackend& backend) : m_backend(backend)
    {
        m_backend.setChangeListener([this] {
            const std::scoped_lock lock(m_mutex);
            m_isTold = true;
            m_wake.notify_all();
        });
        m_thread = std::thread([this] { run(); });
    }
    ~Watcher()
    {
        m_backend.setChangeListener({});
        {
            const std::scoped_lock lock(m_mutex);
            m_isStopping = true;
            m_wake.notify_all();
        }
        m_thread.join();
    }
    [[nodiscard]] QList<qint64> seen() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_seen;
    }
    [[nodiscard]] int answers() const { return m_answers; }
    [[nodiscard]] int failures() const { return m_failures; }

private:
    void run()
    {
        qint64 position = 0;
        for (;;) {
            const auto page = m_backend.changesAfter(position, 500).wait();
            std::chrono::milliseconds next = 15s;    // the console's slowest retry
            std::unique_lock lock(m_mutex);
            if (page) {
                ++m_answers;
                next = page->events.size() == 500 ? 0ms : page->nextLook;
                position = page->position;
                for (const auto& event : page->events)
                    m_seen.append(event.position);
            } else {
                ++m_failures;
            }
            m_wake.wait_for(lock, next, [this] { return m_isTold || m_isStopping; });
            m_isTold = false;
            if (m_isStopping)
                return;
        }
    }

    DirectBackend& m_backend;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_isTold = false;
    bool m_isStopping = false;
    QList<qint64> m_seen;
    std::atomic<int> m_answers = 0;
    std::atomic<int> m_failures = 0;
    std::thread m_thread;
};

}

class TestServerLoss : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_data.path().toUtf8()); }    // where the webhooks' keys of a server's store stand

    void aRunOutlastsItsServer()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        QTemporaryDir folder;
        backend::DirectBackendOptions options;
        options.storePath = server.url();
        options.storagePath = folder.filePath(u"storage"_s);
        auto opened = DirectBackend::open(options);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        DirectBackend& backend = **opened;
        QVERIFY(test_support::makeClip(options.storagePath + u"/clip.mp4"_s, 12));
        QVERIFY(backend.startWorkers({1, 30s, 3}));
        const Caller caller{u"ann"_s, u"operator"_s, false, u"test"_s};
        const auto submitted = [&](const QByteArray& input) {
            tasks::SubmitRequest request;
            request.type = JobType::MediaConvert;
            request.input = input;
            return backend.submit(caller, request).wait();
        };
        const auto job = [&](const JobId& id) { return backend.job(id).wait().value_or(backend::JobDetails{}).job; };
        const auto first = submitted(R"({"file_path":"clip.mp4","container":"mkv","video_codec":"h264"})");
        const auto second = submitted(R"({"file_path":"clip.mp4","container":"mp4","video_codec":"h264"})");
        QVERIFY(first && second);
        QTRY_COMPARE_WITH_TIMEOUT(job(first->jobId).status, JobStatus::Running, 10'000);
        QVERIFY(server.crash());
        QVERIFY(!backend.job(first->jobId).wait());
        QVERIFY(server.again());
        for (const JobId& id : {first->jobId, second->jobId}) {
            QTRY_COMPARE_WITH_TIMEOUT(job(id).status, JobStatus::Done, 60'000);
            const auto attempts = backend.attempts(id).wait();
            QVERIFY(attempts);
            QCOMPARE(attempts->size(), 1);    // the run went on; it was not begun again
            QCOMPARE(attempts->first().outcome, u"done"_s);
        }
    }

    void nothingIsLostAndNothingDoubled()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        QTemporaryDir folder;
        database::ChangeBell bell(optionsFor(server.url()), 10s, [](database::ChangeBell::Heard) {});
        const tasks::TaskSettings settings{files::Storage(folder.filePath(u"storage"_s)), webhooks::MasterKey(QByteArray(32, 'k')),
                                           base::systemNow, [&bell] { bell.ring(database::ChangeBell::Kind::Changed); }};
        QVERIFY(settings.storage.write(test_support::inputKey, "not empty"));
        backend::DirectBackendOptions options;
        options.storePath = server.url();
        options.storagePath = folder.filePath(u"storage"_s);
        auto console = DirectBackend::open(options);
        QVERIFY2(console, console ? "" : qPrintable(console.error().detail));
        auto watcher = std::make_unique<Watcher>(**console);
        std::vector<std::unique_ptr<Sender>> senders;
        for (int i = 0; i < 4; ++i)
            senders.push_back(std::make_unique<Sender>(server.url(), settings, i));
        const auto acknowledged = [&] {
            int count = 0;
            for (const auto& sender : senders)
                count += sender->acknowledgedCount();
            return count;
        };

        qint64 slowest = 0;
        for (int round = 0; round < rounds(); ++round) {
            const int before = acknowledged();
            QTRY_VERIFY_WITH_TIMEOUT(acknowledged() >= before + 20, 30'000);
            const int failures = watcher->failures();
            QVERIFY(server.crash());
            QTRY_VERIFY(watcher->failures() > failures);    // noticed
            QElapsedTimer sinceReturn;
            QVERIFY(server.again());
            sinceReturn.start();
            const int answers = watcher->answers();
            QTRY_VERIFY_WITH_TIMEOUT(watcher->answers() > answers, 10'000);
            slowest = std::max(slowest, sinceReturn.elapsed());
            QVERIFY2(sinceReturn.elapsed() < 5000, qPrintable(u"healed after %1 ms"_s.arg(sinceReturn.elapsed())));
        }
        int refusals = 0;
        QStringList events;
        QList<JobId> jobs;
        for (const auto& sender : senders) {
            sender->finish();
            refusals += sender->refusals;
            events += sender->events;
            jobs += sender->jobs;
        }
        qInfo("%d rounds: %lld events of %lld jobs acknowledged, %d refusals on the way; healed within %lld ms", rounds(),
              static_cast<long long>(events.size()), static_cast<long long>(jobs.size()), refusals, static_cast<long long>(slowest));
        QVERIFY(refusals > 0);

        auto database = database::Database::open(optionsFor(server.url()));
        QVERIFY(database);
        const auto numbers = [&](const char* sql) {
            return (*database)
                ->prepare(QByteArray(sql), database::Path::Hot)
                .fetchAll([](database::Row& row) { return row.int64(); })
                .value_or(QList<qint64>{-1});
        };
        auto stored = (*database)
                          ->prepare("SELECT event_id FROM job_events WHERE event_id IS NOT NULL ORDER BY event_id")
                          .fetchAll([](database::Row& row) { return row.string(); });
        QVERIFY(stored);
        events.sort();
        stored->sort();
        QCOMPARE(*stored, events);    // each acknowledged one, once
        QCOMPARE(numbers("SELECT count(*) FROM jobs"), QList<qint64>{jobs.size()});
        QCOMPARE(numbers("SELECT count(*) FROM jobs WHERE status = 'DONE'"), QList<qint64>{jobs.size()});
        QCOMPARE(numbers("SELECT count(*) FROM webhook_deliveries WHERE outcome = 'applied'"), QList<qint64>{events.size()});
        QCOMPARE(numbers("SELECT count(*) FROM notifications"), QList<qint64>{jobs.size()});
        QCOMPARE(numbers("SELECT count(*) FROM artifacts"), QList<qint64>{jobs.size()});    // the done hooks' row
        QCOMPARE(numbers("SELECT count(DISTINCT job_id) FROM artifacts"), QList<qint64>{jobs.size()});

        const QList<qint64> all = numbers("SELECT position FROM job_events ORDER BY position");
        QTRY_COMPARE_WITH_TIMEOUT(watcher->seen().size(), all.size(), 10'000);
        QCOMPARE(watcher->seen(), all);    // every change, once and in order
        watcher.reset();
    }

private:
    QTemporaryDir m_data;
};

QTEST_GUILESS_MAIN(TestServerLoss)
#include "tst_server_loss.moc"
