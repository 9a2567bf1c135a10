// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/worker_pool.h"
#include "tests/bench/rows.h"
#include "tests/bench/store.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int samplesInRound = 200;

double microsSince(SteadyClock::time_point begin, SteadyClock::time_point end)
{
    return std::chrono::duration<double, std::micro>(end - begin).count();
}

/// Product: one job at a time; the next is submitted when the last is recorded.
class Dispatched {
public:
    explicit Dispatched(Store& store) : m_store(store)
    {
        tasks::TaskSettings settings = store.settings();
        settings.changed = [this] { count(m_commits); };
        tasks::WorkerSettings worker;
        worker.database.path = store.path();
        worker.actor = [this](const tasks::RunTicket&, const tasks::ActorContext&) -> Result<tasks::OutputPayload> {
            m_begun = SteadyClock::now();
            return tasks::FrameExtractOutput{};
        };
        m_pool = must(tasks::WorkerPool::start(worker, settings));
        store.settings().changed = [this] { m_pool->wake(); };
    }
    ~Dispatched() { m_store.settings().changed = {}; }
    Dispatched(const Dispatched&) = delete;
    Dispatched& operator=(const Dispatched&) = delete;

    double sample(const tasks::SubmitRequest& request)
    {
        const int before = m_commits;
        const auto begin = SteadyClock::now();
        must(m_store.service().submit(benchCaller(), request));
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_commits >= before + 2; });    // RUNNING, DONE
        return microsSince(begin, m_begun);
    }

private:
    void count(int& counter)
    {
        {
            const std::scoped_lock lock(m_mutex);
            ++counter;
        }
        m_changed.notify_all();
    }

    Store& m_store;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_commits = 0;
    SteadyClock::time_point m_begun;
    std::unique_ptr<tasks::WorkerPool> m_pool;
};

/// Floor: the statements of a submit, durable, and one condition variable.
class Woken {
public:
    explicit Woken(Store& store) : m_store(store), m_sleeper([this] { waitForWakeUps(); }) {}
    ~Woken()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_over = true;
        }
        m_there.notify_all();
        m_sleeper.join();
    }
    Woken(const Woken&) = delete;
    Woken& operator=(const Woken&) = delete;

    double sample()
    {
        const auto begin = SteadyClock::now();
        m_store.floor().begin();
        m_store.floor().submit();
        m_store.floor().commit();
        std::unique_lock lock(m_mutex);
        m_ready = true;
        m_there.notify_one();
        m_back.wait(lock, [this] { return !m_ready; });
        return microsSince(begin, m_woken);
    }

private:
    void waitForWakeUps()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_there.wait(lock, [this] { return m_ready || m_over; });
            if (m_over)
                return;
            m_woken = SteadyClock::now();
            m_ready = false;
            m_back.notify_one();
        }
    }

    Store& m_store;
    std::mutex m_mutex;
    std::condition_variable m_there;
    std::condition_variable m_back;
    bool m_ready = false;
    bool m_over = false;
    SteadyClock::time_point m_woken;
    std::thread m_sleeper;
};

}

QList<Figure> dispatch(const Options& options)
{
    Store store(options.folder);
    Dispatched ours(store);
    Woken bare(store);
    std::vector<double> allOurs;
    std::vector<double> allBare;
    const auto round = [](std::vector<double>& all, auto sample) {
        std::vector<double> samples;
        for (int i = 0; i < samplesInRound; ++i)
            samples.push_back(sample());
        all.insert(all.end(), samples.begin(), samples.end());
        return median(samples);
    };
    Figure middle = compare(
        u"dispatch-p50"_s, u"us"_s, Goal{1.2, Better::Lower}, options.rounds,
        [&] { return round(allOurs, [&] { return ours.sample(store.nextRequest()); }); },
        [&] { return round(allBare, [&] { return bare.sample(); }); });
    middle.note = u"submit called to actor begun, idle worker; floor: the submit's statements, FULL, and one wake-up"_s;

    Figure tail;
    tail.name = u"dispatch-p99"_s;
    tail.unit = u"us"_s;
    tail.better = Better::Lower;
    tail.product = percentile(allOurs, 0.99);
    tail.floor = percentile(allBare, 0.99);
    tail.ratio = tail.lowestRatio = tail.highestRatio = tail.product / *tail.floor;
    tail.note = u"over all %1 samples; its goal is half of BullMQ's p99, a peer that this program does not run"_s.arg(allOurs.size());
    return {middle, tail};
}

}
