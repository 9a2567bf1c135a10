// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/webhooks/repository.h"
#include "tests/bench/floor.h"
#include "tests/bench/postgres_store.h"
#include "tests/bench/rows_postgres.h"
#include "tests/bench/store.h"

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int oneByOne = 500;
constexpr int batch = 5000;
constexpr int replayed = 2000;
constexpr int together = 500;

/// `count` operations shared among as many sessions, each in a thread of its own.
template <class Session, class Each>
double sharedRate(std::vector<Session>& sessions, int count, Each each)
{
    const int workers = static_cast<int>(sessions.size());
    return rateAtOnce(workers, count, [&](int worker) {
        for (int i = worker; i < count; i += workers)
            each(sessions[static_cast<size_t>(worker)], i);
    });
}

template <class Session, class Make>
std::vector<Session> several(int count, Make make)
{
    std::vector<Session> sessions;
    for (int i = 0; i < count; ++i)
        sessions.push_back(make());
    return sessions;
}

std::vector<PgSession> sessionsOf(const PgStore& store, int count)
{
    return several<PgSession>(count, [&] { return store.session(); });
}

std::vector<std::unique_ptr<PgFloor>> floorsOf(const PgStore& store, int count)
{
    return several<std::unique_ptr<PgFloor>>(count, [&] { return store.floor(); });
}

Figure submitAt(const Options& options, int inFlight, double goal)
{
    PgStore store(options.folder);
    auto ours = sessionsOf(store, inFlight);
    auto bare = floorsOf(store, inFlight);
    const int count = inFlight == 1 ? oneByOne : 3 * oneByOne;
    const auto product = [&] {
        const auto requests = store.nextRequests(count);
        return sharedRate(ours, count, [&](PgSession& session, int i) { must(session.service->submit(benchCaller(), requests.at(i))); });
    };
    const auto floor = [&] {
        return sharedRate(bare, count, [](auto& session, int) { session->runTogether(submitSteps(nextFloorJob())); });
    };
    Figure figure = compare(u"pg-submit-%1"_s.arg(inFlight), u"/s"_s, Goal{goal}, options.rounds, product, floor);
    figure.note = u"%1 in flight, durable; floor: the same five rows and their transaction in one round trip"_s.arg(inFlight);
    return figure;
}

QList<tasks::SubmitAnswer> newJobs(PgSession& session, PgStore& store, int count)
{
    return must(session.service->submitMany(benchCaller(), store.nextRequests(count)));
}

std::vector<PgFloorJob> newFloorJobs(PgFloor& floor, int count)
{
    std::vector<PgFloorJob> jobs;
    floor.exec("BEGIN");
    for (int i = 0; i < count; ++i) {
        jobs.push_back(nextFloorJob());
        auto steps = submitSteps(jobs.back());
        steps.erase(steps.begin());
        steps.pop_back();
        floor.runTogether(steps);
    }
    floor.exec("COMMIT");
    return jobs;
}

std::vector<PgStep> inTransaction(std::vector<PgStep> steps)
{
    steps.insert(steps.begin(), {"begin"});
    steps.push_back({"commit"});
    return steps;
}

Figure webhookAt(const Options& options, int inFlight, bool pipelined, double goal)
{
    PgStore store(options.folder);
    auto ours = sessionsOf(store, inFlight);
    auto bare = floorsOf(store, inFlight);
    const int count = inFlight == 1 ? oneByOne : 3 * oneByOne;
    const auto product = [&] {
        QList<tasks::IncomingDelivery> deliveries;
        for (const auto& job : newJobs(ours.front(), store, count))
            deliveries.append(store.signedProgress(job.webhookId, 17));
        return sharedRate(ours, count, [&](PgSession& session, int i) {
            if (must(session.service->recordWebhookEvents({deliveries.at(i)}, tasks::Mode::Apply)).first().outcome !=
                webhooks::Outcome::Applied)
                giveUp(u"a report was not applied"_s);
        });
    };
    const auto floor = [&] {
        const auto jobs = newFloorJobs(*bare.front(), count);
        return sharedRate(bare, count, [&](auto& session, int i) {
            const auto steps = inTransaction(reportSteps(jobs[static_cast<size_t>(i)], false));
            if (pipelined)
                return session->runTogether(steps);
            for (const PgStep& step : steps)
                session->run(step);
        });
    };
    Figure figure = compare(u"pg-webhook-%1"_s.arg(inFlight), u"/s"_s, Goal{goal}, options.rounds, product, floor);
    figure.note = u"a signed progress, %1 in flight, durable; floor: lock, update, event, delivery, %2"_s.arg(inFlight).arg(
        pipelined ? u"one round trip"_s : u"one by one"_s);
    return figure;
}

/// Deliveries that were refused and kept: what a person replays in bulk.
QList<DeliveryId> refused(PgSession& session, PgStore& store, int count)
{
    return keepRefused(*session.database, store.settings().masterKey, newJobs(session, store, count));
}

/// Reports of all of them, so many in one transaction and one round trip.
void reportAll(PgFloor& floor, const std::vector<PgFloorJob>& jobs, bool isDone)
{
    for (size_t first = 0; first < jobs.size(); first += together) {
        std::vector<PgStep> steps;
        for (size_t i = first; i < std::min(first + together, jobs.size()); ++i) {
            auto one = reportSteps(jobs[i], isDone);
            steps.insert(steps.end(), one.begin(), one.end());
        }
        floor.runTogether(inTransaction(std::move(steps)));
    }
}

}

QList<Figure> pgSubmit(const Options& options)
{
    return {submitAt(options, 1, 0.85), submitAt(options, 8, 0.75), submitAt(options, 24, 0.75)};
}

Figure pgSubmitBatched(const Options& options)
{
    PgStore store(options.folder);
    auto ours = store.session();
    const auto bare = store.floor();
    const auto product = [&] {
        const auto requests = store.nextRequests(batch);
        return rateOf(batch, [&] { must(ours.service->submitMany(benchCaller(), requests)); });
    };
    const auto floor = [&] {
        QByteArrayList tables[5];
        for (int i = 0; i < batch; ++i) {
            const PgFloorJob job = nextFloorJob();
            const auto steps = submitSteps(job);
            for (size_t table = 0; table < 5; ++table) {
                QByteArrayList values;
                for (const auto& value : steps[table + 1].values)
                    values.append(*value);
                tables[table].append(values.join('\t'));
            }
        }
        return rateOf(batch, [&] {
            static const std::array<const char*, 5> into{
                "COPY jobs (id, input_data, broker_id, dedupe_key, job_type, status, created_at, updated_at) FROM STDIN",
                "COPY webhooks (id, job_id, scheme, created_at) FROM STDIN",
                "COPY job_events (id, job_id, sequence, event_type, status, actor, created_at) FROM STDIN",
                "COPY queue_messages (id, job_id, queue, actor, state, created_at) FROM STDIN",
                "COPY operator_journal (id, target, operator, role, action, connection, created_at) FROM STDIN"};
            static const std::array<QByteArray, 5> same{"\tFRAME_EXTRACT\tPENDING\tnow\tnow\n", "\tstandard-v1\tnow\n",
                                                        "\t1\tcreated\tPENDING\tbench\tnow\n", "\tmedia\tFRAME_EXTRACT\tready\tnow\n",
                                                        "\tbench\toperator\tsubmit\tbench\tnow\n"};
            bare->exec("BEGIN");
            for (size_t table = 0; table < into.size(); ++table)
                bare->copyIn(into[table], tables[table].join(same[table]) + same[table]);
            bare->exec("COMMIT");
        });
    };
    Figure figure = compare(u"pg-submit-batched"_s, u"/s"_s, Goal{0.7}, options.rounds, product, floor);
    figure.note = u"submitMany of 5,000, durable; floor: COPY of the same rows into the same five tables, in one transaction"_s;
    return figure;
}

QList<Figure> pgWebhook(const Options& options)
{
    return {webhookAt(options, 1, true, 0.95), webhookAt(options, 8, false, 1.3)};
}

Figure pgReplay(const Options& options)
{
    PgStore store(options.folder);
    auto ours = store.session();
    const auto bare = store.floor();
    const auto product = [&] {
        const auto ids = refused(ours, store, replayed);
        return rateOf(replayed, [&] {
            if (must(ours.service->replay(benchCaller(), ids, tasks::Mode::Apply)).last().outcome != webhooks::Outcome::Applied)
                giveUp(u"a replay was not applied"_s);
        });
    };
    const auto floor = [&] {
        const auto jobs = newFloorJobs(*bare, replayed);
        return rateOf(replayed, [&] { reportAll(*bare, jobs, false); });
    };
    Figure figure = compare(u"pg-replay"_s, u"/s"_s, Goal{0.75}, options.rounds, product, floor);
    figure.note = u"2,000 refused progress deliveries, 100 a transaction; floor: reports at 500 a transaction and round trip"_s;
    return figure;
}

}
