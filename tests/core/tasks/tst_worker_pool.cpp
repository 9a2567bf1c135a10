// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/worker_pool.h"
#include "tests/core/tasks/queue_fixture.h"

#include <QDir>
#include <QFileInfo>
#include <QScopeGuard>
#include <QTest>

#include <condition_variable>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::tasks;
using namespace std::chrono_literals;

namespace {

/// Runs wait here until they are let through; counts them.
class Gate {
public:
    /// False if the run was cancelled while it waited.
    bool pass(const RunTicket& ticket, const CancelToken& cancel)
    {
        std::unique_lock lock(m_mutex);
        ++m_entries[ticket.job.id];
        m_most = std::max(m_most, ++m_inside);
        while (!m_open && !cancel.isCancelled())
            m_wake.wait_for(lock, 10ms);
        --m_inside;
        return !cancel.isCancelled();
    }
    void open()
    {
        const std::scoped_lock lock(m_mutex);
        m_open = true;
        m_wake.notify_all();
    }
    int inside() const { return read(m_inside); }
    int most() const { return read(m_most); }
    QHash<JobId, int> entries() const { return read(m_entries); }

private:
    template <class T>
    T read(const T& value) const
    {
        const std::scoped_lock lock(m_mutex);
        return value;
    }
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_open = false;
    int m_inside = 0;
    int m_most = 0;
    QHash<JobId, int> m_entries;
};

Result<OutputPayload> done()
{
    return OutputPayload(MediaProbeOutput{});
}

Result<OutputPayload> stopped()
{
    return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Stopped"_s);
}

std::atomic<int> endsPutOff = 0;    // warnings of a pool that its ends could not be written

void countWarnings(QtMsgType, const QMessageLogContext&, const QString& message)
{
    if (message.startsWith("Ends of jobs were not recorded yet"_L1))
        ++endsPutOff;
}

}

/// What a pool of workers promises about a queue, with actors that do what the case needs.
class TestWorkerPool : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void noMoreRunAtOnceThanThereAreThreads();
    void aPausedQueueGivesNothingOut();
    void finishLetsRunsEndAndTakesNothingNew();
    void handBackPutsRunsBackToWait();
    void anActorsOwnErrorFailsAtOnce();
    void aRefusedReportFailsTheJob();
    void aLostLeaseStopsTheRunAndItRunsAgain();
    void aLateReportAfterALostLeaseIsStale();
    void aWallClockThatJumpsTakesNoJobAway();
    void anEndWaitsForALockedStore();
    void progressIsThrottledAndNeverGoesBack();
    void manyShortJobsEachRunOnce();
    void twoPoolsShareAStore();
    void aLargeOutputCostsNoLease();
    void aDispatcherThatIsHeldUpLosesNothing();
    void aCancelFromAnotherConnectionIsSeen();
    void aRunIsStoppedThoughTheQueueCouldNotBeTold();
    void aWaitingJobsCancelIsMadeUpFor();

private:
    std::unique_ptr<WorkerPool> start(Actor actor, int threads = 2, std::chrono::milliseconds lease = 30s)
    {
        return start(m_store->settings, std::move(actor), threads, lease);
    }
    std::unique_ptr<WorkerPool> start(const TaskSettings& tasks, Actor actor, int threads, std::chrono::milliseconds lease)
    {
        WorkerSettings settings;
        settings.database.path = m_store->storePath();
        settings.database.durability = database::Durability::Normal;
        settings.database.busyTimeout = m_poolBusyTimeout;
        settings.threads = threads;
        settings.lease = lease;
        settings.poll = 20ms;
        settings.progressEvery = m_progressEvery;
        settings.actor = std::move(actor);
        auto pool = WorkerPool::start(settings, tasks);
        return pool ? std::move(*pool) : nullptr;
    }

    /// Another writer has the store between the two steps of the cancel, until the answer is reset.
    std::unique_ptr<database::Database> cancelBesideAWriter(const JobId& id)
    {
        m_store->reconnect(10ms);
        auto other = m_store->connect();
        m_store->settings.changed = [&] { test_support::takeHold(*other); };
        const auto answer = m_store->service().cancel(m_store->caller, id, {});
        m_store->settings.changed = {};
        const bool isHalfWay = answer && answer->times.requestedAt && !answer->times.brokerInformedAt;
        return isHalfWay ? std::move(other) : nullptr;
    }

    std::unique_ptr<QueueFixture> m_store;
    std::chrono::milliseconds m_poolBusyTimeout = 10s;
    std::chrono::milliseconds m_progressEvery = 0ms;
};

void TestWorkerPool::init()
{
    m_store = std::make_unique<QueueFixture>();
    m_poolBusyTimeout = 10s;
    m_progressEvery = 0ms;
}

void TestWorkerPool::cleanup()
{
    m_store.reset();
}

void TestWorkerPool::noMoreRunAtOnceThanThereAreThreads()
{
    Gate gate;
    QList<JobId> ids;
    for (int i = 0; i < 12; ++i)
        ids << m_store->submit();
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); },
        3);
    QTRY_COMPARE(gate.inside(), 3);
    QTRY_COMPARE(m_store->countWith(JobStatus::Running), 3);
    gate.open();
    QTRY_COMPARE(m_store->countWith(JobStatus::Done), 12);
    QCOMPARE(gate.most(), 3);
    for (const JobId& id : std::as_const(ids))
        QCOMPARE(m_store->outcomes(id), QStringList{u"done"_s});
}

void TestWorkerPool::aPausedQueueGivesNothingOut()
{
    QVERIFY(m_store->service().setQueuePaused(m_store->caller, true));
    const auto pool = start([](const RunTicket&, const ActorContext&) { return done(); }, 2, 400ms);
    const JobId id = m_store->submit();
    pool->wake();
    for (int round = 0; round < 3; ++round) {    // the pool has looked at the queue between two heartbeats
        const qint64 seen = m_store->heartbeat();
        QTRY_VERIFY(m_store->heartbeat() > seen);
    }
    QCOMPARE(m_store->status(id), JobStatus::Pending);
    QVERIFY(m_store->service().setQueuePaused(m_store->caller, false));
    QTRY_COMPARE(m_store->status(id), JobStatus::Done);
}

void TestWorkerPool::finishLetsRunsEndAndTakesNothingNew()
{
    Gate gate;
    for (int i = 0; i < 5; ++i)
        m_store->submit();
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); });
    QTRY_COMPARE(gate.inside(), 2);
    pool->stop(WorkerPool::Stop::Finish);
    gate.open();
    pool->waitUntilStopped();
    QCOMPARE(m_store->countWith(JobStatus::Done), 2);
    QCOMPARE(m_store->countWith(JobStatus::Pending), 3);
    QCOMPARE(gate.entries().size(), 2);
    QVERIFY(broker::QueueRepository(m_store->database()).workers()->isEmpty());
}

void TestWorkerPool::handBackPutsRunsBackToWait()
{
    Gate gate;
    const JobId id = m_store->submit();
    {
        const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) {
            return gate.pass(ticket, context.run.cancel) ? done() : stopped();
        });
        QTRY_COMPARE(gate.inside(), 1);
        pool->stop(WorkerPool::Stop::HandBack);
        pool->waitUntilStopped();
    }
    QCOMPARE(m_store->status(id), JobStatus::Running);    // it has begun; that it waits again is what its message says
    QCOMPARE(m_store->outcomes(id), QStringList{u"stopped"_s});
    QCOMPARE(m_store->events(id, u"handed_back"_s).size(), 1);
    const auto messages = m_store->messages(id);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.first().crashes, 0);
    QVERIFY(messages.first().leasedBy.isEmpty());

    const auto pool = start([](const RunTicket&, const ActorContext&) { return done(); });
    QTRY_COMPARE(m_store->status(id), JobStatus::Done);
    QCOMPARE(m_store->outcomes(id), (QStringList{u"stopped"_s, u"done"_s}));
    QCOMPARE(m_store->ends(id), 1);
}

void TestWorkerPool::anActorsOwnErrorFailsAtOnce()
{
    const JobId id = m_store->submit();
    const auto pool = start([](const RunTicket&, const ActorContext&) -> Result<OutputPayload> {
        return failure(ErrorKind::Invalid, u"not_media"_s, u"That is no media file"_s);
    });
    QTRY_COMPARE(m_store->status(id), JobStatus::Failed);
    QCOMPARE(m_store->job(id).errorCode, u"not_media"_s);
    QCOMPARE(m_store->job(id).errorMessage, u"That is no media file"_s);
    QCOMPARE(m_store->outcomes(id), QStringList{u"failed"_s});
    QCOMPARE(m_store->attempts(id).first().error, u"That is no media file"_s);
    QVERIFY(m_store->messages(id).isEmpty());
}

void TestWorkerPool::aRefusedReportFailsTheJob()
{
    SubmitRequest wish = QueueFixture::request();
    wish.type = JobType::FrameExtract;
    const JobId id = m_store->service().submit(m_store->caller, wish)->jobId;
    const auto pool = start([](const RunTicket&, const ActorContext&) { return done(); });    // a probe's output has no frames
    QTRY_COMPARE(m_store->status(id), JobStatus::Failed);
    QCOMPARE(m_store->job(id).errorCode, u"report_refused"_s);
    QCOMPARE(m_store->ends(id), 1);
}

void TestWorkerPool::aLostLeaseStopsTheRunAndItRunsAgain()
{
    Gate gate;
    const JobId id = m_store->submit();
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); }, 1,
        400ms);
    QTRY_COMPARE(gate.inside(), 1);
    QVERIFY(m_store->database().exec("DELETE FROM workers"));
    QTRY_COMPARE(m_store->attempts(id).size(), 2);    // and the first one's stop did not count as a cancel
    QTRY_COMPARE(gate.inside(), 1);
    gate.open();
    QTRY_COMPARE(m_store->status(id), JobStatus::Done);
    QCOMPARE(m_store->outcomes(id), (QStringList{u"lost"_s, u"done"_s}));
    QCOMPARE(m_store->events(id, u"worker_lost"_s).size(), 1);
    QCOMPARE(m_store->ends(id), 1);
}

void TestWorkerPool::aLateReportAfterALostLeaseIsStale()
{
    Gate first;
    Gate second;
    const JobId id = m_store->submit();
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) {
            // The first attempt does not hear the stop, as if its machine had been asleep.
            (ticket.attempt == 1 ? first : second).pass(ticket, ticket.attempt == 1 ? CancelToken() : context.run.cancel);
            return done();
        },
        2, 400ms);
    QTRY_COMPARE(first.inside(), 1);
    QVERIFY(m_store->database().exec("DELETE FROM workers"));
    QTRY_COMPARE(second.inside(), 1);
    first.open();
    QTRY_COMPARE(webhooks::WebhookRepository(m_store->database()).deliveriesWithBodies(id, webhooks::Outcome::Stale)->size(), 1);
    QCOMPARE(m_store->status(id), JobStatus::Running);
    QCOMPARE(m_store->messages(id).size(), 1);    // the message is the second attempt's by now
    second.open();
    QTRY_COMPARE(m_store->status(id), JobStatus::Done);
    QCOMPARE(m_store->outcomes(id), (QStringList{u"lost"_s, u"done"_s}));
    QTRY_VERIFY(m_store->messages(id).isEmpty());
}

void TestWorkerPool::aWallClockThatJumpsTakesNoJobAway()
{
    Gate gate;
    const JobId id = m_store->submit();
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); }, 1,
        4s);
    QTRY_COMPARE(gate.inside(), 1);
    TaskSettings later = m_store->settings;
    later.clock = [this] { return m_store->now + std::chrono::hours(24); };
    RunStore other = m_store->worker(later, 30s);
    QVERIFY(other.registerWorker());
    for (int round = 0; round < 3; ++round) {
        QCOMPARE(*other.recoverLost(), 0);
        const qint64 seen = m_store->heartbeat();
        QTRY_VERIFY(m_store->heartbeat() > seen);
    }
    gate.open();
    QTRY_COMPARE(m_store->status(id), JobStatus::Done);
    QCOMPARE(m_store->outcomes(id), QStringList{u"done"_s});
}

void TestWorkerPool::anEndWaitsForALockedStore()
{
    Gate gate;
    m_poolBusyTimeout = 30ms;
    const JobId id = m_store->submit();
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); },
        1);
    QTRY_COMPARE(m_store->status(id), JobStatus::Running);
    endsPutOff = 0;
    const auto handler = qInstallMessageHandler(countWarnings);
    test_support::takeHold(m_store->database());
    gate.open();
    QTRY_VERIFY(endsPutOff >= 2);
    test_support::letGo(m_store->database());
    qInstallMessageHandler(handler);
    QTRY_COMPARE(m_store->status(id), JobStatus::Done);
    QCOMPARE(m_store->ends(id), 1);
    QCOMPARE(m_store->outcomes(id), QStringList{u"done"_s});
}

void TestWorkerPool::progressIsThrottledAndNeverGoesBack()
{
    m_progressEvery = 50ms;
    std::atomic<qint64> reportedForMs = 0;
    const JobId id = m_store->submit();
    const auto pool = start([&](const RunTicket&, const ActorContext& context) {
        const auto begun = std::chrono::steady_clock::now();
        std::chrono::steady_clock::duration age{};
        while ((age = std::chrono::steady_clock::now() - begun) < 400ms) {
            const double fraction = std::chrono::duration<double>(age) / 400ms;
            context.run.progress(fraction);
            context.run.progress(fraction / 2);    // a tool that counts anew
        }
        context.run.progress(1);
        reportedForMs = std::chrono::duration_cast<std::chrono::milliseconds>(age).count();
        return done();
    });
    QTRY_COMPARE(m_store->status(id), JobStatus::Done);
    const auto reports = m_store->events(id, u"progress"_s);
    QVERIFY(reports.size() >= 2);
    QVERIFY2(reports.size() <= reportedForMs / 50 + 1, qPrintable(u"%1 reports in %2 ms"_s.arg(reports.size()).arg(reportedForMs)));
    int last = -1;
    for (const auto& report : reports) {
        QVERIFY(*report.progressPct > last);
        QVERIFY(*report.progressPct < 100);
        last = *report.progressPct;
    }
    QCOMPARE(m_store->job(id).progressPct, 100);
}

void TestWorkerPool::manyShortJobsEachRunOnce()
{
    constexpr int many = 2000;
    Gate gate;
    gate.open();
    QVERIFY(m_store->service().submitMany(m_store->caller, QList<SubmitRequest>(many, QueueFixture::request())));
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); });
    QTRY_COMPARE_WITH_TIMEOUT(m_store->countWith(JobStatus::Done), many, 60'000);
    const auto entries = gate.entries();
    QCOMPARE(entries.size(), many);
    QVERIFY(std::all_of(entries.begin(), entries.end(), [](int runs) { return runs == 1; }));
    QCOMPARE(*broker::QueueRepository(m_store->database()).leasedCount(broker::defaultQueue), 0);
    QCOMPARE(*broker::QueueRepository(m_store->database()).waitingCount(broker::defaultQueue), 0);
}

void TestWorkerPool::twoPoolsShareAStore()
{
    constexpr int many = 400;
    Gate gates[2];
    gates[0].open();
    gates[1].open();
    QVERIFY(m_store->service().submitMany(m_store->caller, QList<SubmitRequest>(many, QueueFixture::request())));
    const auto actor = [&](int which) {
        return [&, which](const RunTicket& ticket, const ActorContext& context) {
            return gates[which].pass(ticket, context.run.cancel) ? done() : stopped();
        };
    };
    const auto one = start(actor(0));
    const auto other = start(actor(1));
    QTRY_COMPARE_WITH_TIMEOUT(m_store->countWith(JobStatus::Done), many, 60'000);
    auto entries = gates[0].entries();
    const auto others = gates[1].entries();
    for (const auto& [id, runs] : others.asKeyValueRange())
        entries[id] += runs;
    QCOMPARE(entries.size(), many);
    QVERIFY(std::all_of(entries.begin(), entries.end(), [](int runs) { return runs == 1; }));
}

void TestWorkerPool::aLargeOutputCostsNoLease()    // it takes many leases to read; another pool looks for the dead all the while
{
    SubmitRequest wish = QueueFixture::request();
    wish.type = JobType::MediaConvert;
    wish.input = test_support::sampleInput(wish.type);
    const JobId id = m_store->service().submit(m_store->caller, wish)->jobId;
    const auto actor = [&](const RunTicket& ticket, const ActorContext& context) -> Result<OutputPayload> {
        const QString key = outputFolderOf(ticket.job.id, {}) + u"/large.webm"_s;
        QFile file(*context.storage.resolve(key));
        if (!QDir().mkpath(QFileInfo(file).path()) || !file.open(QIODevice::WriteOnly) || !file.resize(qint64(512) << 20))
            return failure(ErrorKind::Internal, u"no_file"_s, u"The large file could not be made"_s);
        MediaConvertOutput output;
        output.filePath = key;
        output.container = Container::Webm;
        return OutputPayload(output);
    };
    const auto one = start(actor, 1, 1s);
    const auto other = start(actor, 1, 1s);
    QTRY_VERIFY_WITH_TIMEOUT(jobs::isTerminal(m_store->status(id)), 60'000);
    QCOMPARE(m_store->status(id), JobStatus::Done);
    QCOMPARE(m_store->outcomes(id), QStringList{u"done"_s});
    const auto artifacts = files::FileRepository(m_store->database()).artifactsOf(id).value();
    QCOMPARE(artifacts.size(), 1);
    QCOMPARE(artifacts.first().file->sizeBytes, qint64(512) << 20);
    QCOMPARE(artifacts.first().file->sha256.size(), 64);
}

void TestWorkerPool::aDispatcherThatIsHeldUpLosesNothing()    // a slow disk, a slow listener: its runs go on, so it is alive
{
    Gate gate;
    Gate held;
    std::atomic<bool> holds = false;
    const RunTicket nobody;
    TaskSettings slow = m_store->settings;
    slow.changed = [&] {
        if (holds)
            held.pass(nobody, {});
    };
    const auto actor = [&](const RunTicket& ticket, const ActorContext& context) {
        return gate.pass(ticket, context.run.cancel) ? done() : stopped();
    };
    const JobId id = m_store->submit();
    const JobId next = m_store->submit();
    const auto one = start(slow, actor, 2, 1s);
    QTRY_COMPARE(gate.inside(), 2);
    QTRY_COMPARE(m_store->countWith(JobStatus::Running), 2);
    holds = true;
    QVERIFY(m_store->service().cancel(m_store->caller, next, u"so that its end is told"_s));
    QTRY_COMPARE(held.inside(), 1);
    const auto other = start(actor, 1, 1s);
    const auto letGo = qScopeGuard([&] { held.open(); });    // a failure must not leave the pool waiting for it
    const auto newest = [&] { return broker::QueueRepository(m_store->database()).workers()->last().heartbeatUs; };
    for (int round = 0; round < 10; ++round) {    // two and a half leases in which the other has looked for the dead
        const qint64 seen = newest();
        QTRY_VERIFY(newest() > seen);
    }
    QCOMPARE(m_store->outcomes(id), QStringList{QString()});
    held.open();
    gate.open();
    QTRY_COMPARE(m_store->status(id), JobStatus::Done);
    QCOMPARE(m_store->outcomes(id), QStringList{u"done"_s});
    QVERIFY(m_store->events(id, u"worker_lost"_s).isEmpty());
}

void TestWorkerPool::aCancelFromAnotherConnectionIsSeen()
{
    Gate gate;
    const JobId id = m_store->submit();
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); },
        1);
    QTRY_COMPARE(gate.inside(), 1);
    QVERIFY(m_store->service().cancel(m_store->caller, id, u"enough"_s));    // nobody wakes the pool: it must look by itself
    QCOMPARE(m_store->status(id), JobStatus::Cancelled);
    QTRY_VERIFY_WITH_TIMEOUT(m_store->job(id).cancel.acknowledgedAt, 1000);
    QCOMPARE(m_store->outcomes(id), QStringList{u"cancelled"_s});
    QCOMPARE(m_store->events(id, u"cancel_acknowledged"_s).size(), 1);
    QVERIFY(m_store->messages(id).isEmpty());
}

void TestWorkerPool::aRunIsStoppedThoughTheQueueCouldNotBeTold()
{
    m_poolBusyTimeout = 50ms;
    Gate gate;
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); },
        1);
    QVERIFY(pool);
    const JobId id = m_store->submit();
    pool->wake();
    QTRY_COMPARE(gate.inside(), 1);
    QTRY_COMPARE(m_store->status(id), JobStatus::Running);    // so that the pool has not the job's row in hand just then
    auto other = cancelBesideAWriter(id);
    QVERIFY(other);
    QTRY_COMPARE(gate.inside(), 0);    // though the store is still busy
    QVERIFY(!m_store->job(id).cancel.acknowledgedAt);
    test_support::letGo(*other);
    QTRY_VERIFY(m_store->job(id).cancel.brokerInformedAt && m_store->job(id).cancel.acknowledgedAt);
    QTRY_COMPARE(m_store->outcomes(id), QStringList{u"cancelled"_s});
    QCOMPARE(m_store->messages(id).size(), 0);
    QCOMPARE(m_store->events(id, u"cancel_broker_informed"_s).size(), 1);
    QCOMPARE(m_store->status(id), JobStatus::Cancelled);
}

void TestWorkerPool::aWaitingJobsCancelIsMadeUpFor()
{
    QVERIFY(m_store->service().setQueuePaused(m_store->caller, true));    // nobody takes its message and finds out
    const JobId id = m_store->submit();
    auto other = cancelBesideAWriter(id);
    QVERIFY(other);
    test_support::letGo(*other);
    QCOMPARE(m_store->messages(id).size(), 1);
    const auto pool = start([](const RunTicket&, const ActorContext&) { return done(); });
    QTRY_VERIFY(m_store->job(id).cancel.acknowledgedAt);
    QVERIFY(m_store->job(id).cancel.brokerInformedAt);
    QCOMPARE(m_store->messages(id).size(), 0);
    QVERIFY(m_store->attempts(id).isEmpty());
    QCOMPARE(m_store->events(id, u"cancel_broker_informed"_s).size(), 1);
}

QTEST_GUILESS_MAIN(TestWorkerPool)
#include "tst_worker_pool.moc"
