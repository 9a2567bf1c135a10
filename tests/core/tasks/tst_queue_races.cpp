// SPDX-License-Identifier: Apache-2.0
// Workers and acts on many at one queue, each with a connection of its own.
#include "tests/core/tasks/queue_fixture.h"

#include <QTest>

#include <latch>
#include <numeric>
#include <thread>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;

namespace {

broker::Worker workerThatLives(std::chrono::microseconds lease)
{
    broker::Worker worker;
    worker.host = u"here"_s;
    worker.pid = 4711;
    worker.threads = 1;
    worker.leaseUs = lease.count();
    return worker;
}

/// So many workers, each in a thread with a connection of its own; all are there before the first begins. `ready` waits for them.
std::vector<std::jthread> workersAtOnce(QueueFixture& store, std::latch& ready, int count, const std::function<void(RunStore&, int)>& work)
{
    std::vector<std::jthread> threads;
    for (int number = 0; number < count; ++number) {
        threads.emplace_back([&store, &ready, number, work] {
            const auto connection = store.connect();
            RunStore worker(*connection, store.settings, workerThatLives(std::chrono::minutes(5)), 3);
            if (!worker.registerWorker())
                qFatal("A worker could not register");
            ready.arrive_and_wait();
            work(worker, number);
        });
    }
    return threads;
}

}

class TestQueueRaces : public QObject {
    Q_OBJECT

    static QList<JobId> submitted(QueueFixture& store, int count)
    {
        QList<SubmitRequest> requests(count, QueueFixture::request());
        QList<JobId> ids;
        const auto answers = store.service().submitMany(store.caller, requests);
        for (const auto& answer : *answers)
            ids.append(answer.jobId);
        return ids;
    }

private slots:
    /// A queue that was looked at when it was nearly empty makes the planner of a server run what chooses the messages once for each row.
    void aLeaseTakesNoMoreThanItMay()
    {
        QueueFixture store;
        submitted(store, 1);
        QVERIFY(store.database().exec("ANALYZE"));
        submitted(store, 30);
        auto worker = store.worker(store.settings, std::chrono::minutes(1));
        QVERIFY(worker.registerWorker());
        QCOMPARE(worker.lease(1)->size(), 1);
        QCOMPARE(worker.lease(5)->size(), 5);
        QCOMPARE(store.count("SELECT count(*) FROM queue_messages WHERE state = 'ready'"), 25);
        QCOMPARE(worker.lease(100)->size(), 25);
    }

    void aCancelOfManyMeetsWorkersThatTakeTheSameJobs()
    {
        constexpr int workers = 3;
        QueueFixture store;
        QList<JobId> ids = submitted(store, 400);
        std::reverse(ids.begin(), ids.end());    // the newest first, as a list has them; workers begin with the oldest
        std::latch ready(workers + 1);
        std::atomic<bool> isOver = false;
        std::array<int, workers> ran{};
        auto threads = workersAtOnce(store, ready, workers, [&](RunStore& worker, int number) {
            while (!isOver || *worker.hasReady()) {
                QList<RunEnd> ends;
                const auto tickets = worker.begin(20);
                for (const RunTicket& ticket : tickets ? *tickets : QList<RunTicket>{}) {
                    RunEnd end;
                    end.ticket = ticket;
                    end.result = failure(ErrorKind::Internal, u"tried"_s, u"Tried"_s);
                    ends.append(end);
                }
                ran[static_cast<size_t>(number)] += static_cast<int>(ends.size());
                while (!ends.isEmpty())
                    (void)worker.finish(ends);
            }
        });
        Result<BulkAnswer> answer = failure(ErrorKind::Internal, {}, {});
        {
            const auto connection = store.connect();
            TaskService service(*connection, store.settings);
            ready.arrive_and_wait();
            answer = service.cancelMany(store.caller, ids, u"race"_s);
            isOver = true;
        }
        threads.clear();

        QVERIFY(answer);
        for (const BulkRow& row : std::as_const(answer->rows))
            QVERIFY2(row.result != BulkResult::Failed, qUtf8Printable(row.message));
        QCOMPARE(answer->rows.size(), ids.size());
        QCOMPARE(store.countWith(JobStatus::Cancelled), answer->acted);
        QCOMPARE(store.countWith(JobStatus::Failed), answer->skipped);
        QCOMPARE(store.count("SELECT count(*) FROM queue_messages"), 0);
        for (const JobId& id : std::as_const(ids))
            QCOMPARE(store.ends(id), store.status(id) == JobStatus::Failed ? 1 : 0);
        qInfo("%d runs, %d cancelled", std::accumulate(ran.begin(), ran.end(), 0), static_cast<int>(answer->acted));
    }

    void aDeadWorkerIsRecoveredOnceHoweverManyTry()
    {
        constexpr int recoverers = 4;
        for (int round = 0; round < 10; ++round) {
            QueueFixture store;
            const QList<JobId> ids = submitted(store, 3);
            auto dead = store.worker(store.settings, std::chrono::microseconds(1));
            QVERIFY(dead.registerWorker());
            QCOMPARE(dead.begin(3)->size(), 3);
            std::latch ready(recoverers);
            std::array<int, recoverers> recovered{};
            workersAtOnce(store, ready, recoverers, [&](RunStore& worker, int number) {
                recovered[static_cast<size_t>(number)] = worker.recoverLost().value_or(-1);
            }).clear();
            QCOMPARE(std::accumulate(recovered.begin(), recovered.end(), 0), 3);
            for (const JobId& id : ids) {
                QCOMPARE(store.events(id, u"worker_lost"_s).size(), 1);
                QCOMPARE(store.outcomes(id), QStringList{u"lost"_s});
                QCOMPARE(store.messages(id).size(), 1);
                QCOMPARE(store.messages(id).first().crashes, 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestQueueRaces)
#include "tst_queue_races.moc"
