// SPDX-License-Identifier: Apache-2.0
#include "core/broker/queue_repository.h"
#include "core/tasks/worker_pool.h"
#include "tests/bench/rows.h"
#include "tests/bench/statement_trace.h"
#include "tests/bench/store.h"

#include <condition_variable>
#include <mutex>

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int drained = 10'000;
constexpr int together = 100;    // the pool's largest batch

/// A worker pool whose actor does nothing, on jobs that wait behind a pause, so that only the draining is measured.
class Drain {
public:
    Drain(Store& store, int count) : m_store(store), m_count(count), m_queue(store.database())
    {
        must(store.service().setQueuePaused(benchCaller(), true));
        (void)store.submitted(count);
        tasks::TaskSettings settings = store.settings();
        settings.changed = [this] { noteCommit(); };
        tasks::WorkerSettings worker;
        worker.database.path = store.path();
        worker.actor = [this](const tasks::RunTicket&, const tasks::ActorContext&) -> Result<tasks::OutputPayload> {
            ++m_ran;
            return tasks::FrameExtractOutput{};
        };
        m_pool = must(tasks::WorkerPool::start(worker, settings));
    }
    void run()
    {
        must(m_store.service().setQueuePaused(benchCaller(), false));
        m_pool->wake();
        std::unique_lock lock(m_mutex);
        m_committed.wait(lock, [this] { return m_ran == m_count && must(m_queue.leasedCount(broker::defaultQueue)) == 0; });
    }

private:
    void noteCommit()
    {
        {
            const std::scoped_lock lock(m_mutex);
        }    // so that the waiter is either before its look or asleep
        m_committed.notify_all();
    }

    Store& m_store;
    int m_count;
    broker::QueueRepository m_queue;
    std::atomic<int> m_ran = 0;
    std::mutex m_mutex;
    std::condition_variable m_committed;
    std::unique_ptr<tasks::WorkerPool> m_pool;    // last: it ends before what its threads use
};

double drainRate(Store& store)
{
    Drain drain(store, drained);
    return rateOf(drained, [&] { drain.run(); });
}

void drainOnFloor(Store& store, int expected)
{
    int done = 0;
    while (const int found = store.floor().drain(together))
        done += found;
    if (done != expected)
        giveUp(u"the floor drained %1 of %2"_s.arg(done).arg(expected));
}

QString agreementOfDrain(const Options& options)
{
    constexpr int count = 1000;
    const StatementTrace trace;
    Store store(options.folder);
    std::optional<Drain> drain;
    drain.emplace(store, count);
    const auto ours = trace.countsOf([&] { drain->run(); });
    drain.reset();
    (void)store.submittedOnFloor(count);
    const auto bare = trace.countsOf([&] { drainOnFloor(store, count); });
    return describeAgreement(ours, bare, count);
}

/// DONE reports of running jobs, 100 a transaction.
double doneWebhooks(Store& store)
{
    const auto jobs = store.submittedOnFloor(drained);
    store.floor().begin();
    for (const FloorJob& job : jobs)
        store.floor().record(job, FloorReport::Running, false);
    store.floor().commit();
    return rateOf(drained, [&] {
        for (size_t first = 0; first < jobs.size(); first += together) {
            for (size_t i = first; i < first + together; ++i)
                store.floor().prepareDone(jobs[i], false);
            store.floor().begin();
            for (size_t i = first; i < first + together; ++i)
                store.floor().record(jobs[i], FloorReport::Done, false);
            store.floor().commit();
        }
    });
}

}

Figure drain(const Options& options)
{
    Store store(options.folder);
    Figure figure = compare(
        u"drain"_s, u"jobs/s"_s, Goal{1.0}, options.rounds, [&] { return drainRate(store); }, [&] { return doneWebhooks(store); });
    figure.note = u"10,000 FRAME_EXTRACT that find no frame, 2 threads; floor: their DONE webhooks alone, 100 a transaction, FULL"_s;
    return figure;
}

Figure drainAll(const Options& options)
{
    const QString agreement = agreementOfDrain(options);
    Store store(options.folder);
    const auto floor = [&] {
        (void)store.submittedOnFloor(drained);
        return rateOf(drained, [&] { drainOnFloor(store, drained); });
    };
    Figure figure = compare(
        u"drain-all-statements"_s, u"jobs/s"_s, {}, options.rounds, [&] { return drainRate(store); }, floor);
    figure.note = u"the same; floor: lease, attempt, RUNNING, DONE and acknowledgement of each, 100 a transaction; "_s + agreement;
    return figure;
}

}
