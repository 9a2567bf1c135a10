// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"
#include "core/broker/queue_repository.h"
#include "core/database/change_bell.h"
#include "core/jobs/repository.h"
#include "core/tasks/worker_pool.h"
#include "tests/bench/postgres_store.h"
#include "tests/bench/rows_postgres.h"
#include "tests/bench/store.h"

#include <libpq-fe.h>

#include <condition_variable>
#include <mutex>

#include <poll.h>

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int drained = 2000;
constexpr int together = 500;
constexpr int samples = 50;

double microsSince(SteadyClock::time_point begin, SteadyClock::time_point end)
{
    return std::chrono::duration<double, std::micro>(end - begin).count();
}

/// A point in time that another thread sets.
class Moment {
public:
    void set()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_at = SteadyClock::now();
        }
        m_wake.notify_all();
    }
    /// Nothing, if it did not come within that time. Ready for the next one after.
    std::optional<SteadyClock::time_point> wait(std::chrono::milliseconds most)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, most, [this] { return m_at.has_value(); });
        return std::exchange(m_at, std::nullopt);
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<SteadyClock::time_point> m_at;
};

/// A pool whose actor does nothing but say that it began.
std::unique_ptr<tasks::WorkerPool> idlePool(PgStore& store, const std::function<void()>& began, std::function<void()> changed = {},
                                            std::function<bool()> isTold = {})
{
    tasks::TaskSettings settings = store.settings();
    settings.changed = std::move(changed);
    tasks::WorkerSettings worker;
    worker.database.path = store.path();
    worker.isTold = std::move(isTold);
    worker.actor = [began](const tasks::RunTicket&, const tasks::ActorContext&) -> Result<tasks::OutputPayload> {
        began();
        return tasks::FrameExtractOutput{};
    };
    return must(tasks::WorkerPool::start(worker, settings));
}

/// One process of several at a store: says what it changes, and hears what the others do.
class Neighbour {
public:
    using Heard = database::ChangeBell::Heard;
    using Kind = database::ChangeBell::Kind;
    explicit Neighbour(
        PgStore& store, database::ChangeBell::Listener listener = [](Heard) {})
        : m_bell(optionsAt(store.path()), std::chrono::seconds(10), std::move(listener)), m_settings(store.settings())
    {
        m_settings.changed = [this] { m_bell.ring(Kind::Changed); };
        m_settings.queued = [this] { m_bell.ring(Kind::Queued); };
        const auto end = SteadyClock::now() + std::chrono::seconds(10);
        while (!m_bell.isListening()) {
            if (SteadyClock::now() > end)
                giveUp(u"the bell does not listen"_s);
            std::this_thread::yield();
        }
    }
    [[nodiscard]] const tasks::TaskSettings& settings() const { return m_settings; }
    [[nodiscard]] bool isListening() const { return m_bell.isListening(); }

private:
    database::ChangeBell m_bell;
    tasks::TaskSettings m_settings;
};

/// Sleeps on a notification, then takes a message as a worker does, and says so.
class ClaimingFloor {
public:
    ClaimingFloor(PgStore& store, Moment& claimed) : m_listener(store.floor()), m_claimed(claimed)
    {
        m_listener->prepare("claim",
                            "UPDATE queue_messages SET state = 'leased', leased_by = 'floor' WHERE position IN (SELECT position FROM "
                            "queue_messages WHERE queue = 'media' AND state = 'ready' ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED) "
                            "RETURNING job_id");
        m_listener->exec("LISTEN bench");
        m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }

private:
    void run(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            pollfd socket{PQsocket(m_listener->handle()), POLLIN, 0};
            if (poll(&socket, 1, 100) != 1)
                continue;
            PQconsumeInput(m_listener->handle());
            bool isTold = false;
            while (PGnotify* told = PQnotifies(m_listener->handle())) {
                PQfreemem(told);
                isTold = true;
            }
            if (isTold && m_listener->run({"claim"}) > 0)
                m_claimed.set();
        }
    }

    std::unique_ptr<PgFloor> m_listener;
    Moment& m_claimed;
    std::jthread m_thread;
};

}

Figure pgDrain(const Options& options)
{
    PgStore store(options.folder);
    auto ours = store.session();
    const auto bare = store.floor();
    const auto product = [&] {
        must(ours.service->setQueuePaused(benchCaller(), true));
        (void)must(ours.service->submitMany(benchCaller(), store.nextRequests(drained)));
        std::atomic<int> ran = 0;
        std::mutex mutex;
        std::condition_variable committed;
        const auto pool = idlePool(
            store, [&] { ++ran; },
            [&] {
                {
                    const std::scoped_lock lock(mutex);
                }    // so that the waiter is either before its look or asleep
                committed.notify_all();
            });
        const broker::QueueRepository queue(*ours.database);
        return rateOf(drained, [&] {
            must(ours.service->setQueuePaused(benchCaller(), false));
            pool->wake();
            std::unique_lock lock(mutex);
            committed.wait(lock, [&] { return ran == drained && must(queue.leasedCount(broker::defaultQueue)) == 0; });
        });
    };
    const auto floor = [&] {
        std::vector<PgFloorJob> jobs;
        bare->exec("BEGIN");
        for (int i = 0; i < drained; ++i) {
            jobs.push_back(nextFloorJob());
            bare->run(submitSteps(jobs.back())[1]);
        }
        bare->exec("COMMIT");
        return rateOf(drained, [&] {
            for (size_t first = 0; first < jobs.size(); first += together) {
                std::vector<PgStep> steps{{"begin"}};
                for (size_t i = first; i < std::min(first + together, jobs.size()); ++i) {
                    auto one = reportSteps(jobs[i], true);
                    steps.insert(steps.end(), one.begin(), one.end());
                }
                steps.push_back({"commit"});
                bare->runTogether(steps);
            }
        });
    };
    Figure figure = compare(u"pg-drain"_s, u"jobs/s"_s, Goal{0.8}, options.rounds, product, floor);
    figure.note = u"2,000 no-op jobs, 2 threads: lease, attempt, RUNNING, DONE each; floor: their DONE webhooks at 500 a round trip"_s;
    return figure;
}

Figure pgDispatch(const Options& options)
{
    PgStore store(options.folder);
    auto ours = store.session();
    const auto bare = store.floor();
    Moment began;
    Moment claimed;
    std::unique_ptr<tasks::WorkerPool> pool;
    const Neighbour worker(store, [&](Neighbour::Heard heard) {
        if (heard == Neighbour::Heard::Queued)
            pool->wake();
    });
    pool = idlePool(
        store, [&] { began.set(); }, {}, [&] { return worker.isListening(); });    // only the server can wake it
    const Neighbour submitter(store);
    tasks::TaskService service(*ours.database, submitter.settings());
    ClaimingFloor claiming(store, claimed);
    const auto one = [](Moment& moment, const auto& submit) {
        std::vector<double> times;
        for (int i = 0; i < samples; ++i) {
            const auto begin = SteadyClock::now();
            submit();
            const auto end = moment.wait(std::chrono::seconds(10));
            if (!end)
                giveUp(u"a message was not taken within ten seconds"_s);
            times.push_back(microsSince(begin, *end));
        }
        return median(times);
    };
    Figure figure = compare(
        u"pg-dispatch-p50"_s, u"us"_s, Goal{1.1, Better::Lower}, options.rounds,
        [&] { return one(began, [&] { must(service.submit(benchCaller(), store.nextRequest())); }); },
        [&] {
            return one(claimed, [&] {
                bare->runTogether(submitSteps(nextFloorJob()));
                bare->exec("NOTIFY bench");
            });
        });
    figure.note = u"submit called to actor begun in a worker that only the store can wake; floor: insert, NOTIFY, claim"_s;
    return figure;
}

Figure pgLive(const Options& options)
{
    PgStore store(options.folder);
    auto ours = store.session();
    const auto jobs = must(ours.service->submitMany(benchCaller(), store.nextRequests((options.rounds + 1) * samples)));
    Moment told;
    backend::DirectBackendOptions wanted;
    wanted.storePath = store.path();
    wanted.storagePath = store.settings().storage.root();
    const auto console = must(backend::DirectBackend::open(wanted));
    console->setChangeListener([&] { told.set(); });
    (void)must(console->lastChange().wait());    // from now on it hears
    const Neighbour writer(store);
    tasks::TaskService service(*ours.database, writer.settings());
    const auto listener = store.floor();
    const auto teller = store.floor();
    listener->exec("LISTEN bench");
    qsizetype next = 0;
    int missed = 0;
    const auto product = [&] {
        std::vector<double> times;
        for (int i = 0; i < samples; ++i) {
            (void)told.wait(std::chrono::milliseconds(0));
            const auto delivery = store.signedProgress(jobs.at(next++).webhookId, 17);
            must(service.recordWebhookEvents({delivery}, tasks::Mode::Apply));
            const auto committed = SteadyClock::now();
            const auto heard = told.wait(std::chrono::seconds(2));
            missed += !heard;
            times.push_back(heard ? std::max(0.0, microsSince(committed, *heard)) : 2e6);
            if (missed > 3)
                break;
        }
        return median(times);
    };
    const auto floor = [&] {
        std::vector<double> times;
        for (int i = 0; i < samples; ++i) {
            const auto begin = SteadyClock::now();
            teller->exec("NOTIFY bench");
            pollfd socket{PQsocket(listener->handle()), POLLIN, 0};
            for (bool isTold = false; !isTold;) {
                poll(&socket, 1, 1000);
                PQconsumeInput(listener->handle());
                while (PGnotify* one = PQnotifies(listener->handle())) {
                    PQfreemem(one);
                    isTold = true;
                }
            }
            times.push_back(microsSince(begin, SteadyClock::now()));
        }
        return median(times);
    };
    Figure figure = compare(u"pg-live-p50"_s, u"us"_s, {}, options.rounds, product, floor);
    figure.better = Better::Lower;
    figure.note = u"another session's commit to this backend's being told; floor: NOTIFY to its arrival, one session to another"_s;
    if (missed > 0)
        figure.note += u"; NOT TOLD within two seconds: %1"_s.arg(missed);
    return figure;
}

}
