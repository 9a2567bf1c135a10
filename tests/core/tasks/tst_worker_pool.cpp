// SPDX-License-Identifier: Apache-2.0
#include "core/database/migrations.h"
#include "core/database/transaction.h"
#include "core/jobs/list_repository.h"
#include "core/tasks/run_store.h"
#include "core/tasks/worker_pool.h"

#include <QTemporaryDir>
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
    void aCancelledJobIsNotHandedBack();
    void anActorsOwnErrorFailsAtOnce();
    void aRefusedReportFailsTheJob();
    void theEndOfAJobThatIsGoneIsDropped();
    void crashesAreCountedUpToTheLimit();
    void aLostLeaseStopsTheRunAndItRunsAgain();
    void aLateReportAfterALostLeaseIsStale();
    void aWallClockThatJumpsTakesNoJobAway();
    void aWorkerOfAnotherBootIsRecoveredAtOnce();
    void aMessageWithoutAWorkerIsRecovered();
    void anEndWaitsForALockedStore();
    void progressIsThrottledAndNeverGoesBack();
    void manyShortJobsEachRunOnce();
    void twoPoolsShareAStore();
    void aCancelFromAnotherConnectionIsSeen();

private:
    [[nodiscard]] database::DatabaseOptions options() const
    {
        database::DatabaseOptions wanted;
        wanted.path = m_folder->filePath(u"store.sqlite"_s);
        wanted.durability = database::Durability::Normal;
        return wanted;
    }
    JobId submit()
    {
        const auto answer = m_service->submit(m_caller, request());
        return answer ? answer->jobId : JobId{};
    }
    static SubmitRequest request()
    {
        SubmitRequest request;
        request.type = JobType::MediaProbe;
        request.input = R"({"file_path":"in.mp4"})";
        request.force = true;
        return request;
    }
    std::unique_ptr<WorkerPool> start(Actor actor, int threads = 2, std::chrono::milliseconds lease = 30s)
    {
        WorkerSettings settings;
        settings.database = options();
        settings.database.busyTimeout = m_poolBusyTimeout;
        settings.threads = threads;
        settings.lease = lease;
        settings.poll = 20ms;
        settings.progressEvery = m_progressEvery;
        settings.actor = std::move(actor);
        auto pool = WorkerPool::start(settings, *m_settings);
        return pool ? std::move(*pool) : nullptr;
    }
    RunStore store(const TaskSettings& settings, std::chrono::microseconds lease)
    {
        broker::Worker worker;
        worker.host = u"here"_s;
        worker.pid = 4711;
        worker.threads = 1;
        worker.leaseUs = lease.count();
        return RunStore(*m_database, settings, worker, 3);
    }
    jobs::Job job(const JobId& id) { return jobs::JobRepository(*m_database).find(id)->value(); }
    JobStatus status(const JobId& id) { return job(id).status; }
    QList<jobs::JobAttempt> attempts(const JobId& id) { return *jobs::JobRepository(*m_database).attempts(id); }
    QStringList outcomes(const JobId& id)
    {
        QStringList words;
        const auto all = attempts(id);
        for (const auto& attempt : all)
            words << attempt.outcome;
        return words;
    }
    QList<jobs::JobEvent> events(const JobId& id, const QString& type)
    {
        auto all = *jobs::JobRepository(*m_database).events(id);
        all.removeIf([&](const jobs::JobEvent& event) { return event.eventType != type; });
        return all;
    }
    int ends(const JobId& id)
    {
        const auto all = events(id, u"status"_s);
        return static_cast<int>(std::count_if(all.begin(), all.end(), [](const auto& event) { return jobs::isTerminal(jobs::parseStatus(event.statusText)); }));
    }
    qint64 heartbeat()
    {
        const auto workers = *broker::QueueRepository(*m_database).workers();
        return workers.isEmpty() ? 0 : workers.first().heartbeatUs;
    }
    qint64 countWith(JobStatus status)
    {
        const auto counts = jobs::JobListRepository(*m_database).countsByStatus();
        for (const auto& count : *counts) {
            if (count.status == status)
                return count.count;
        }
        return 0;
    }

    Caller m_caller{.operatorName = u"tester"_s, .connection = u"test"_s};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<database::Database> m_database;
    std::unique_ptr<TaskSettings> m_settings;
    std::unique_ptr<TaskService> m_service;
    std::chrono::milliseconds m_poolBusyTimeout = 10s;
    std::chrono::milliseconds m_progressEvery = 0ms;
};

void TestWorkerPool::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = database::Database::open(options());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    m_database = std::move(*opened);
    QVERIFY(database::migrate(*m_database));
    m_settings = std::make_unique<TaskSettings>(TaskSettings{files::Storage(m_folder->filePath(u"storage"_s)), webhooks::MasterKey("key"), base::systemNow, {}});
    QVERIFY(m_settings->storage.write(u"in.mp4"_s, "some bytes"));
    m_service = std::make_unique<TaskService>(*m_database, *m_settings);
    m_poolBusyTimeout = 10s;
    m_progressEvery = 0ms;
}

void TestWorkerPool::cleanup()
{
    m_service.reset();
    m_settings.reset();
    m_database.reset();
    m_folder.reset();
}

void TestWorkerPool::noMoreRunAtOnceThanThereAreThreads()
{
    Gate gate;
    QList<JobId> ids;
    for (int i = 0; i < 12; ++i)
        ids << submit();
    const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); }, 3);
    QTRY_COMPARE(gate.inside(), 3);
    QTRY_COMPARE(countWith(JobStatus::Running), 3);
    gate.open();
    QTRY_COMPARE(countWith(JobStatus::Done), 12);
    QCOMPARE(gate.most(), 3);
    for (const JobId& id : std::as_const(ids))
        QCOMPARE(outcomes(id), QStringList{u"done"_s});
}

void TestWorkerPool::aPausedQueueGivesNothingOut()
{
    QVERIFY(m_service->setQueuePaused(m_caller, true));
    const auto pool = start([](const RunTicket&, const ActorContext&) { return done(); }, 2, 400ms);
    const JobId id = submit();
    pool->wake();
    for (int round = 0; round < 3; ++round) {    // the pool has looked at the queue between two heartbeats
        const qint64 seen = heartbeat();
        QTRY_VERIFY(heartbeat() > seen);
    }
    QCOMPARE(status(id), JobStatus::Pending);
    QVERIFY(m_service->setQueuePaused(m_caller, false));
    QTRY_COMPARE(status(id), JobStatus::Done);
}

void TestWorkerPool::finishLetsRunsEndAndTakesNothingNew()
{
    Gate gate;
    for (int i = 0; i < 5; ++i)
        submit();
    const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); });
    QTRY_COMPARE(gate.inside(), 2);
    pool->stop(WorkerPool::Stop::Finish);
    gate.open();
    pool->waitUntilStopped();
    QCOMPARE(countWith(JobStatus::Done), 2);
    QCOMPARE(countWith(JobStatus::Pending), 3);
    QCOMPARE(gate.entries().size(), 2);
    QVERIFY(broker::QueueRepository(*m_database).workers()->isEmpty());
}

void TestWorkerPool::handBackPutsRunsBackToWait()
{
    Gate gate;
    const JobId id = submit();
    {
        const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); });
        QTRY_COMPARE(gate.inside(), 1);
        pool->stop(WorkerPool::Stop::HandBack);
        pool->waitUntilStopped();
    }
    QCOMPARE(status(id), JobStatus::Running);    // it has begun; that it waits again is what its message says
    QCOMPARE(outcomes(id), QStringList{u"stopped"_s});
    QCOMPARE(events(id, u"handed_back"_s).size(), 1);
    const auto messages = *broker::QueueRepository(*m_database).messagesOf(id);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.first().crashes, 0);
    QVERIFY(messages.first().leasedBy.isEmpty());

    const auto pool = start([](const RunTicket&, const ActorContext&) { return done(); });
    QTRY_COMPARE(status(id), JobStatus::Done);
    QCOMPARE(outcomes(id), (QStringList{u"stopped"_s, u"done"_s}));
    QCOMPARE(ends(id), 1);
}

void TestWorkerPool::aCancelledJobIsNotHandedBack()
{
    const JobId id = submit();
    RunStore worker = store(*m_settings, 30s);
    QVERIFY(worker.registerWorker());
    const auto tickets = worker.begin(1);
    QCOMPARE(tickets->size(), 1);
    QVERIFY(m_service->cancel(m_caller, id, u"no need"_s));
    RunEnd end;
    end.ticket = tickets->first();
    end.handBack = true;
    QList<RunEnd> ends{end};
    QVERIFY(worker.finish(ends));
    QVERIFY(ends.isEmpty());
    QVERIFY(job(id).cancel.acknowledgedAt);
    QVERIFY(broker::QueueRepository(*m_database).messagesOf(id)->isEmpty());
    QCOMPARE(outcomes(id), QStringList{u"cancelled"_s});
}

void TestWorkerPool::anActorsOwnErrorFailsAtOnce()
{
    const JobId id = submit();
    const auto pool = start([](const RunTicket&, const ActorContext&) -> Result<OutputPayload> {
        return failure(ErrorKind::Invalid, u"not_media"_s, u"That is no media file"_s);
    });
    QTRY_COMPARE(status(id), JobStatus::Failed);
    QCOMPARE(job(id).errorCode, u"not_media"_s);
    QCOMPARE(job(id).errorMessage, u"That is no media file"_s);
    QCOMPARE(outcomes(id), QStringList{u"failed"_s});
    QCOMPARE(attempts(id).first().error, u"That is no media file"_s);
    QVERIFY(broker::QueueRepository(*m_database).messagesOf(id)->isEmpty());
}

void TestWorkerPool::aRefusedReportFailsTheJob()
{
    SubmitRequest wish = request();
    wish.type = JobType::FrameExtract;
    const JobId id = m_service->submit(m_caller, wish)->jobId;
    const auto pool = start([](const RunTicket&, const ActorContext&) { return done(); });    // a probe's output has no frames
    QTRY_COMPARE(status(id), JobStatus::Failed);
    QCOMPARE(job(id).errorCode, u"report_refused"_s);
    QCOMPARE(ends(id), 1);
}

void TestWorkerPool::theEndOfAJobThatIsGoneIsDropped()
{
    const JobId id = submit();
    RunStore worker = store(*m_settings, 30s);
    QVERIFY(worker.registerWorker());
    const auto tickets = worker.begin(1);
    QVERIFY(m_service->cancel(m_caller, id, {}));
    QVERIFY(jobs::JobRepository(*m_database).remove(id));
    RunEnd end;
    end.ticket = tickets->first();
    end.result = done();
    QList<RunEnd> ends{end};
    for (int round = 0; round < 2 && !ends.isEmpty(); ++round)
        QVERIFY(worker.finish(ends));
    QVERIFY(ends.isEmpty());
}

void TestWorkerPool::crashesAreCountedUpToTheLimit()
{
    const JobId id = submit();
    for (int crash = 1; crash <= 3; ++crash) {
        RunStore dying = store(*m_settings, 0s);    // dead as soon as it stops beating
        QVERIFY(dying.registerWorker());
        QCOMPARE(dying.begin(1)->size(), 1);
        QVERIFY(m_settings->storage.write(outputFolderOf(id, {}) + u"/.part-1-half.mp4"_s, "half"));
        RunStore finder = store(*m_settings, 30s);
        QVERIFY(finder.registerWorker());
        QCOMPARE(*finder.recoverLost(), 1);
        QCOMPARE(*finder.recoverLost(), 0);
        QVERIFY(finder.unregister());
        QCOMPARE(status(id), crash < 3 ? JobStatus::Running : JobStatus::Failed);
        QVERIFY(!QFile::exists(*m_settings->storage.resolve(outputFolderOf(id, {}) + u"/.part-1-half.mp4"_s)));
    }
    QCOMPARE(job(id).errorCode, u"worker_lost"_s);
    QCOMPARE(outcomes(id), (QStringList{u"lost"_s, u"lost"_s, u"lost"_s}));
    QCOMPARE(ends(id), 1);
    QVERIFY(broker::QueueRepository(*m_database).messagesOf(id)->isEmpty());
    QCOMPARE(notifications::NotificationRepository(*m_database).ofJob(id)->size(), 1);
    QVERIFY(!QFile::exists(*m_settings->storage.resolve(outputFolderOf(id, {}))));
}

void TestWorkerPool::aLostLeaseStopsTheRunAndItRunsAgain()
{
    Gate gate;
    const JobId id = submit();
    const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); }, 1, 400ms);
    QTRY_COMPARE(gate.inside(), 1);
    QVERIFY(m_database->exec("DELETE FROM workers"));
    QTRY_COMPARE(attempts(id).size(), 2);    // and the first one's stop did not count as a cancel
    QTRY_COMPARE(gate.inside(), 1);
    gate.open();
    QTRY_COMPARE(status(id), JobStatus::Done);
    QCOMPARE(outcomes(id), (QStringList{u"lost"_s, u"done"_s}));
    QCOMPARE(events(id, u"worker_lost"_s).size(), 1);
    QCOMPARE(ends(id), 1);
}

void TestWorkerPool::aLateReportAfterALostLeaseIsStale()
{
    Gate first;
    Gate second;
    const JobId id = submit();
    const auto pool = start(
        [&](const RunTicket& ticket, const ActorContext& context) {
            // The first attempt does not hear the stop, as if its machine had been asleep.
            (ticket.attempt == 1 ? first : second).pass(ticket, ticket.attempt == 1 ? CancelToken() : context.run.cancel);
            return done();
        },
        2, 400ms);
    QTRY_COMPARE(first.inside(), 1);
    QVERIFY(m_database->exec("DELETE FROM workers"));
    QTRY_COMPARE(second.inside(), 1);
    first.open();
    QTRY_COMPARE(webhooks::WebhookRepository(*m_database).deliveriesWithBodies(id, webhooks::Outcome::Stale)->size(), 1);
    QCOMPARE(status(id), JobStatus::Running);
    QCOMPARE(broker::QueueRepository(*m_database).messagesOf(id)->size(), 1);    // the message is the second attempt's by now
    second.open();
    QTRY_COMPARE(status(id), JobStatus::Done);
    QCOMPARE(outcomes(id), (QStringList{u"lost"_s, u"done"_s}));
    QTRY_VERIFY(broker::QueueRepository(*m_database).messagesOf(id)->isEmpty());
}

void TestWorkerPool::aWallClockThatJumpsTakesNoJobAway()
{
    Gate gate;
    const JobId id = submit();
    const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); }, 1, 4s);
    QTRY_COMPARE(gate.inside(), 1);
    TaskSettings later = *m_settings;
    later.clock = [] { return base::systemNow() + std::chrono::hours(24); };
    RunStore other = store(later, 30s);
    QVERIFY(other.registerWorker());
    for (int round = 0; round < 3; ++round) {
        QCOMPARE(*other.recoverLost(), 0);
        const qint64 seen = heartbeat();
        QTRY_VERIFY(heartbeat() > seen);
    }
    gate.open();
    QTRY_COMPARE(status(id), JobStatus::Done);
    QCOMPARE(outcomes(id), QStringList{u"done"_s});
}

void TestWorkerPool::aWorkerOfAnotherBootIsRecoveredAtOnce()
{
    const JobId id = submit();
    RunStore before = store(*m_settings, std::chrono::hours(1));
    QVERIFY(before.registerWorker());
    QCOMPARE(before.begin(1)->size(), 1);
    RunStore after = store(*m_settings, 30s);
    QVERIFY(after.registerWorker());
    QCOMPARE(*after.recoverLost(), 0);
    auto reboot = m_database->prepare("UPDATE workers SET boot_id = 'the boot before' WHERE id = :id");
    reboot.bind(":id", before.workerId());
    QVERIFY(reboot.exec());
    QCOMPARE(*after.recoverLost(), 1);
    QCOMPARE(outcomes(id), QStringList{u"lost"_s});
    QCOMPARE(after.begin(1)->size(), 1);
}

void TestWorkerPool::aMessageWithoutAWorkerIsRecovered()
{
    const JobId id = submit();
    RunStore before = store(*m_settings, std::chrono::hours(1));
    QVERIFY(before.registerWorker());
    QCOMPARE(before.begin(1)->size(), 1);
    QVERIFY(before.unregister());
    QVERIFY(!submit().isEmpty());
    QVERIFY(before.begin(1)->isEmpty());    // without its row it gets nothing more
    RunStore after = store(*m_settings, 30s);
    QVERIFY(after.registerWorker());
    QCOMPARE(*after.recoverLost(), 1);
    QCOMPARE(outcomes(id), QStringList{u"lost"_s});
}

void TestWorkerPool::anEndWaitsForALockedStore()
{
    Gate gate;
    m_poolBusyTimeout = 30ms;
    const JobId id = submit();
    const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); }, 1);
    QTRY_COMPARE(status(id), JobStatus::Running);
    endsPutOff = 0;
    const auto handler = qInstallMessageHandler(countWarnings);
    {
        const auto lock = database::Transaction::begin(*m_database);
        QVERIFY(lock);
        gate.open();
        QTRY_VERIFY(endsPutOff >= 2);
    }
    qInstallMessageHandler(handler);
    QTRY_COMPARE(status(id), JobStatus::Done);
    QCOMPARE(ends(id), 1);
    QCOMPARE(outcomes(id), QStringList{u"done"_s});
}

void TestWorkerPool::progressIsThrottledAndNeverGoesBack()
{
    m_progressEvery = 50ms;
    std::atomic<qint64> reportedForMs = 0;
    const JobId id = submit();
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
    QTRY_COMPARE(status(id), JobStatus::Done);
    const auto reports = events(id, u"progress"_s);
    QVERIFY(reports.size() >= 2);
    QVERIFY2(reports.size() <= reportedForMs / 50 + 1, qPrintable(u"%1 reports in %2 ms"_s.arg(reports.size()).arg(reportedForMs)));
    int last = -1;
    for (const auto& report : reports) {
        QVERIFY(*report.progressPct > last);
        QVERIFY(*report.progressPct < 100);
        last = *report.progressPct;
    }
    QCOMPARE(job(id).progressPct, 100);
}

void TestWorkerPool::manyShortJobsEachRunOnce()
{
    constexpr int many = 2000;
    Gate gate;
    gate.open();
    QVERIFY(m_service->submitMany(m_caller, QList<SubmitRequest>(many, request())));
    const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); });
    QTRY_COMPARE_WITH_TIMEOUT(countWith(JobStatus::Done), many, 60'000);
    const auto entries = gate.entries();
    QCOMPARE(entries.size(), many);
    QVERIFY(std::all_of(entries.begin(), entries.end(), [](int runs) { return runs == 1; }));
    QCOMPARE(*broker::QueueRepository(*m_database).leasedCount(broker::defaultQueue), 0);
    QCOMPARE(*broker::QueueRepository(*m_database).waitingCount(broker::defaultQueue), 0);
}

void TestWorkerPool::twoPoolsShareAStore()
{
    constexpr int many = 400;
    Gate gates[2];
    gates[0].open();
    gates[1].open();
    QVERIFY(m_service->submitMany(m_caller, QList<SubmitRequest>(many, request())));
    const auto actor = [&](int which) {
        return [&, which](const RunTicket& ticket, const ActorContext& context) { return gates[which].pass(ticket, context.run.cancel) ? done() : stopped(); };
    };
    const auto one = start(actor(0));
    const auto other = start(actor(1));
    QTRY_COMPARE_WITH_TIMEOUT(countWith(JobStatus::Done), many, 60'000);
    auto entries = gates[0].entries();
    const auto others = gates[1].entries();
    for (const auto& [id, runs] : others.asKeyValueRange())
        entries[id] += runs;
    QCOMPARE(entries.size(), many);
    QVERIFY(std::all_of(entries.begin(), entries.end(), [](int runs) { return runs == 1; }));
}

void TestWorkerPool::aCancelFromAnotherConnectionIsSeen()
{
    Gate gate;
    const JobId id = submit();
    const auto pool = start([&](const RunTicket& ticket, const ActorContext& context) { return gate.pass(ticket, context.run.cancel) ? done() : stopped(); }, 1);
    QTRY_COMPARE(gate.inside(), 1);
    QVERIFY(m_service->cancel(m_caller, id, u"enough"_s));    // nobody wakes the pool: it must look by itself
    QCOMPARE(status(id), JobStatus::Cancelled);
    QTRY_VERIFY_WITH_TIMEOUT(job(id).cancel.acknowledgedAt, 1000);
    QCOMPARE(outcomes(id), QStringList{u"cancelled"_s});
    QCOMPARE(events(id, u"cancel_acknowledged"_s).size(), 1);
    QVERIFY(broker::QueueRepository(*m_database).messagesOf(id)->isEmpty());
}

QTEST_GUILESS_MAIN(TestWorkerPool)
#include "tst_worker_pool.moc"
