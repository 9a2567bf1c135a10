// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/worker_pool.h"

#include "core/tasks/done_hooks.h"
#include "core/tasks/heartbeat.h"
#include "core/tasks/run_connection.h"
#include "core/tasks/run_recorder.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>
#include <QSysInfo>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace core::tasks {

using namespace Qt::StringLiterals;
using SteadyClock = std::chrono::steady_clock;    // CLOCK_MONOTONIC: stands still in suspend, like the leases

namespace {

constexpr int largestBatch = 100;
constexpr std::chrono::seconds longestRetry{10};
constexpr std::chrono::hours abandonedAfter{1};
constexpr std::chrono::milliseconds cancelSweep{500};

/// Why a run is being stopped, where it is not a cancel.
struct Reasons {
    std::atomic<bool> handBack = false;
    std::atomic<bool> isLost = false;
};

/// A run that was begun: from the dispatcher to a thread and back.
struct Run {
    RunTicket ticket;
    CancelSource cancel;
    std::shared_ptr<Reasons> reasons = std::make_shared<Reasons>();
};

/// A job alone is not enough: after a lost lease its next attempt can begin here while the one before still winds down.
using RunKey = std::pair<JobId, int>;

RunKey keyOf(const RunTicket& ticket)
{
    return {ticket.job.id, ticket.attempt};
}

}

struct WorkerPool::State {
    State(const WorkerSettings& workerSettings, const TaskSettings& taskSettings) : settings(workerSettings), tasks(taskSettings) {}

    WorkerSettings settings;
    TaskSettings tasks;

    std::mutex mutex;    // guards everything down to the threads
    std::condition_variable dispatcherWake;
    std::condition_variable runnerWake;
    std::deque<Run> waiting;    // begun, no thread has it yet
    std::deque<RunReport> reports;
    std::deque<RunEnd> ends;
    int idleRunners = 0;
    bool woken = false;
    bool takenForDead = false;
    bool stopping = false;
    bool handingBack = false;
    bool runnersMayGo = false;
    std::optional<Result<void>> started;

    std::thread dispatcher;
    std::vector<std::thread> runners;

    void dispatch();
    void work();
    void loop(RunConnection& connection);
    void regainLeases(RunStore& store);
    [[nodiscard]] SteadyClock::time_point nextRound(const RunConnection& connection) const;
    void takeMore(RunStore& store);
    void settle(RunStore& store, std::deque<RunReport>& reportsNow, QList<RunEnd>& endsNow);
    void lookForTheDeadIfDue(RunStore& store);
    void beginAnewIfLost(RunStore& store);
    void stopAborted(RunStore& store);
    void sweepCancels(RunStore& store);
    void handBackWaiting(QList<RunEnd>& endsNow);
    void retryLater(bool wasRefused);
    [[nodiscard]] bool mayLeaveTheRest();
    [[nodiscard]] RunEnd runOne(Run& run);

    // Only the dispatcher touches these.
    std::unique_ptr<Heartbeat> heartbeat;
    QHash<RunKey, Run> running;    // all that is begun and not yet recorded
    QList<RunEnd> unrecorded;      // ends that the store could not take yet
    SteadyClock::time_point nextRetry{};
    SteadyClock::duration retryDelay{};
    std::optional<SteadyClock::time_point> stopSeen;
    SteadyClock::time_point nextLook{};
    SteadyClock::time_point nextSweep{};
    bool mayHavePartedFromStore = false;
    qint64 seenVersion = -1;
    int endedLately = 0;    // in the last round: how many short jobs a round can be expected to end
};

Result<std::unique_ptr<WorkerPool>> WorkerPool::start(const WorkerSettings& settings, const TaskSettings& tasks)
{
    auto state = std::make_unique<State>(settings, tasks);
    State* shared = state.get();
    state->dispatcher = std::thread([shared] { shared->dispatch(); });
    std::unique_ptr<WorkerPool> pool(new WorkerPool(std::move(state)));
    std::unique_lock lock(shared->mutex);
    shared->dispatcherWake.wait(lock, [shared] { return shared->started.has_value(); });
    if (!*shared->started)
        return errorOf(*shared->started);
    for (int i = 0; i < settings.threads; ++i)
        shared->runners.emplace_back([shared] { shared->work(); });
    return pool;
}

WorkerPool::WorkerPool(std::unique_ptr<State> state) : m_state(std::move(state)) {}

WorkerPool::~WorkerPool()
{
    stop(Stop::HandBack);
    waitUntilStopped();
}

void WorkerPool::wake()
{
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->woken = true;
    }
    m_state->dispatcherWake.notify_all();
}

void WorkerPool::stop(Stop how)
{
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->stopping = true;
        m_state->handingBack = m_state->handingBack || how == Stop::HandBack;
        m_state->woken = true;
    }
    m_state->dispatcherWake.notify_all();
}

void WorkerPool::waitUntilStopped()
{
    if (m_state->dispatcher.joinable())
        m_state->dispatcher.join();
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->runnersMayGo = true;
    }
    m_state->runnerWake.notify_all();
    for (std::thread& runner : m_state->runners) {
        if (runner.joinable())
            runner.join();
    }
}

/// A runner: takes what was begun, works, hands the end over. It never touches the store.
void WorkerPool::State::work()
{
    std::unique_lock lock(mutex);
    for (;;) {
        ++idleRunners;
        runnerWake.wait(lock, [this] { return runnersMayGo || !waiting.empty(); });
        --idleRunners;
        if (waiting.empty())
            return;
        Run run = std::move(waiting.front());
        waiting.pop_front();
        lock.unlock();
        RunEnd end = runOne(run);
        lock.lock();
        ends.push_back(std::move(end));
        dispatcherWake.notify_all();
    }
}

RunEnd WorkerPool::State::runOne(Run& run)
{
    RunRecorder recorder(settings.progressEvery, [&](const WebhookEvent& event) {
        {
            const std::scoped_lock lock(mutex);
            reports.push_back({run.ticket.job.id, event});
        }
        dispatcherWake.notify_all();
    });
    ActorContext context{tasks.storage, recorder.contextFor(run.ticket, settings.tools, settings.limits, run.cancel.token())};
    RunEnd end;
    if (run.cancel.token().isCancelled())
        end.result = failure(ErrorKind::Cancelled, u"cancelled"_s, u"Cancelled before it began"_s);
    else
        end.result = settings.actor(run.ticket, context);
    if (end.result) {    // here and not by the dispatcher: a large file takes its time
        auto files = factsOf(*end.result, run.ticket.job, tasks.storage, run.cancel.token());
        if (files)
            end.files = std::move(*files);
        else if (files.error().kind != ErrorKind::Cancelled || run.reasons->handBack)
            end.result = errorOf(files);
        // A cancelled job whose work is done all the same says so ("finished anyway"): for that nobody needs its files.
    }
    end.ticket = std::move(run.ticket);
    end.commands = recorder.commands();
    end.log = recorder.log();
    end.lastSequence = recorder.lastSequence();
    const bool stopped = !end.result && end.result.error().kind == ErrorKind::Cancelled;
    end.handBack = stopped && run.reasons->handBack;
    end.isLost = stopped && run.reasons->isLost;
    return end;
}

void WorkerPool::State::dispatch()
{
    broker::Worker worker;
    worker.host = QSysInfo::machineHostName();
    worker.pid = QCoreApplication::applicationPid();
    worker.threads = settings.threads;
    worker.leaseUs = std::chrono::microseconds(settings.lease).count();
    RunConnection connection(settings.database, tasks, settings.maxCrashes, settings.poll);
    const auto ready = connection.open(worker);
    {
        const std::scoped_lock lock(mutex);
        started = ready;
    }
    dispatcherWake.notify_all();
    if (!ready)
        return;
    heartbeat = std::make_unique<Heartbeat>(settings.database, tasks.clock, settings.poll, [this] {
        {
            const std::scoped_lock lock(mutex);
            takenForDead = true;
            woken = true;
        }
        dispatcherWake.notify_all();
    });
    heartbeat->beatFor(connection.store().worker());
    // What a submit that was killed has left half copied: nobody else comes by, and one that still runs writes all the while.
    if (const auto swept = tasks.storage.sweepTemporaries(u"inputs"_s, abandonedAfter); !swept)
        qWarning("Half-copied inputs were not removed: %s", qUtf8Printable(swept.error().message));
    loop(connection);
    heartbeat.reset();    // before its worker goes
    if (const auto gone = connection.store().unregister(); !gone)
        qWarning("The worker could not sign off: %s", qUtf8Printable(gone.error().message));
}

/// Its leases and this pool's runs may have parted: what was leased in the last moment was never heard of, or the server has forgotten it.
void WorkerPool::State::regainLeases(RunStore& store)
{
    if (!mayHavePartedFromStore)
        return;
    QList<RunTicket> tickets;
    for (const Run& run : std::as_const(running))
        tickets.append(run.ticket);
    const auto lost = store.regainLeases(tickets);
    if (!lost) {
        qWarning("The leases were not looked through yet after the loss of the store: %s", qUtf8Printable(lost.error().message));
        return;    // tried again in the next round
    }
    mayHavePartedFromStore = false;
    for (const Run& run : std::as_const(running)) {
        if (!lost->contains(run.ticket.job.id))
            continue;
        run.reasons->isLost = true;
        run.cancel.cancel();
    }
}

SteadyClock::time_point WorkerPool::State::nextRound(const RunConnection& connection) const
{
    const bool isTold = settings.isTold && settings.isTold() && !connection.isLost();
    auto next = std::min(nextLook, SteadyClock::now() + (isTold ? settings.pollWhenTold : settings.poll));
    if (!unrecorded.isEmpty())
        next = std::min(next, nextRetry);
    return next;
}

void WorkerPool::State::loop(RunConnection& connection)
{
    for (;;) {
        std::deque<RunReport> reportsNow;
        QList<RunEnd> endsNow;
        bool stopNow = false;
        {
            const auto until = nextRound(connection);
            std::unique_lock lock(mutex);
            dispatcherWake.wait_until(lock, until, [this] { return woken || !reports.empty() || !ends.empty(); });
            woken = false;
            reportsNow.swap(reports);
            for (RunEnd& end : ends)
                endsNow.append(std::move(end));
            ends.clear();
            stopNow = stopping;
            if (stopNow)
                handBackWaiting(endsNow);
        }
        const bool isAnother = connection.reopenIfLost();
        mayHavePartedFromStore = mayHavePartedFromStore || isAnother;
        if (isAnother)    // the others could not say that they live either, and some come back later than this one
            nextLook = SteadyClock::now() + settings.lease;
        RunStore& store = connection.store();
        if (isAnother || SteadyClock::now() >= nextRetry)
            endsNow = std::exchange(unrecorded, {}) + endsNow;
        beginAnewIfLost(store);
        regainLeases(store);
        lookForTheDeadIfDue(store);
        sweepCancels(store);
        settle(store, reportsNow, endsNow);
        stopAborted(store);
        if (stopNow)
            heartbeat->setState(u"draining"_s);
        if (stopNow && (running.isEmpty() || mayLeaveTheRest()))
            return;
        if (!stopNow)
            takeMore(store);
    }
}

/// What was begun but has no thread yet goes back at once when the pool stops; what runs, only when it is told to hurry.
void WorkerPool::State::handBackWaiting(QList<RunEnd>& endsNow)
{
    for (Run& run : waiting) {
        RunEnd end;
        end.ticket = std::move(run.ticket);
        end.handBack = true;
        endsNow.append(std::move(end));
    }
    waiting.clear();
    if (!handingBack)
        return;
    for (const Run& run : std::as_const(running)) {
        run.reasons->handBack = true;
        run.cancel.cancel();
    }
}

void WorkerPool::State::settle(RunStore& store, std::deque<RunReport>& reportsNow, QList<RunEnd>& endsNow)
{
    if (!reportsNow.empty()) {
        // Progress that cannot be written is not worth a second try: the next one says more.
        if (const auto reported = store.report(QList<RunReport>(reportsNow.begin(), reportsNow.end())); !reported)
            qWarning("Progress was not recorded: %s", qUtf8Printable(reported.error().message));
    }
    endedLately = static_cast<int>(endsNow.size());
    if (endsNow.isEmpty())
        return;
    QList<RunEnd> left = endsNow;
    if (const auto finished = store.finish(left); !finished)
        qWarning("Ends of jobs were not recorded yet and will be tried again: %s", qUtf8Printable(finished.error().message));
    QSet<RunKey> still;
    for (const RunEnd& end : std::as_const(left))
        still.insert(keyOf(end.ticket));
    for (const RunEnd& end : std::as_const(endsNow)) {
        if (!still.contains(keyOf(end.ticket)))
            running.remove(keyOf(end.ticket));
    }
    unrecorded.append(left);
    retryLater(!left.isEmpty());
}

/// Ever more rarely while the store or the disk refuses: each try may leave a rejected delivery behind.
void WorkerPool::State::retryLater(bool wasRefused)
{
    retryDelay = wasRefused ? std::clamp<SteadyClock::duration>(retryDelay * 2, settings.poll, longestRetry) : SteadyClock::duration{};
    nextRetry = SteadyClock::now() + retryDelay;
}

/// A store that refuses the last ends for a whole lease must not keep the process from ending: without its worker's row the jobs
/// are recovered like those of a dead one.
bool WorkerPool::State::mayLeaveTheRest()
{
    const auto now = SteadyClock::now();
    if (!stopSeen)
        stopSeen = now;
    return running.size() == unrecorded.size() && now - *stopSeen > settings.lease;
}

/// Others took us for dead and have our jobs: stop our runs, whose reports would be stale, and begin anew.
void WorkerPool::State::beginAnewIfLost(RunStore& store)
{
    {
        const std::scoped_lock lock(mutex);
        if (!takenForDead)
            return;
    }
    for (const Run& run : std::as_const(running)) {
        run.reasons->isLost = true;
        run.cancel.cancel();
    }
    if (const auto again = store.registerWorker(); !again) {
        qWarning("The worker could not register again: %s", qUtf8Printable(again.error().message));
        return;    // tried again in the next round
    }
    {
        const std::scoped_lock lock(mutex);
        takenForDead = false;
    }
    heartbeat->beatFor(store.worker());
}

void WorkerPool::State::lookForTheDeadIfDue(RunStore& store)
{
    const auto now = SteadyClock::now();
    if (now < nextLook)
        return;
    nextLook = now + settings.lease / 4;
    if (const auto recovered = store.recoverLost(); !recovered)
        qWarning("Jobs of dead workers were not recovered yet: %s", qUtf8Printable(recovered.error().message));
}

void WorkerPool::State::stopAborted(RunStore& store)
{
    const qint64 version = store.dataVersion();
    if (version == seenVersion || running.isEmpty())
        return;
    const auto aborted = store.abortedJobs();
    if (!aborted)
        return;    // looked at again in the next round
    seenVersion = version;
    for (const Run& run : std::as_const(running)) {
        if (aborted->contains(run.ticket.job.id))
            run.cancel.cancel();
    }
}

/// A cancel stands with its first step. Where the second met a busy store the queue's word never comes: so the runs are stopped by
/// the job's own state, and the queue is told as soon as the store can be written to.
void WorkerPool::State::sweepCancels(RunStore& store)
{
    const auto now = SteadyClock::now();
    if (now < nextSweep)
        return;
    nextSweep = now + cancelSweep;
    const auto untold = store.cancelledUntold();
    if (!untold || untold->isEmpty())
        return;
    for (const Run& run : std::as_const(running)) {
        if (untold->contains(run.ticket.job.id))
            run.cancel.cancel();
    }
    store.tellOfCancels(*untold);
}

void WorkerPool::State::takeMore(RunStore& store)
{
    int room = 0;
    {
        const std::scoped_lock lock(mutex);
        // As many as can start now. Where jobs end so fast that a round ends many, as many again, so that a round's commit
        // is shared; a long job ends few in a round, and then nothing is taken before its time.
        room = idleRunners + std::min(endedLately, largestBatch) - static_cast<int>(waiting.size());
    }
    if (room <= 0)
        return;
    const auto ready = store.hasReady();    // an empty lease would hold up whoever is about to submit
    if (!ready || !*ready)
        return;
    const auto tickets = store.lease(std::min(room, largestBatch));
    if (!tickets) {
        qWarning("No jobs could be taken: %s", qUtf8Printable(tickets.error().message));
        return;
    }
    if (tickets->isEmpty())
        return;
    {
        const std::scoped_lock lock(mutex);
        for (const RunTicket& ticket : *tickets) {
            Run run;
            run.ticket = ticket;
            running.insert(keyOf(run.ticket), run);
            waiting.push_back(std::move(run));
        }
    }
    runnerWake.notify_all();
    store.reportBegun(*tickets);    // while they run; whatever they report waits until this thread comes to it
}

}
