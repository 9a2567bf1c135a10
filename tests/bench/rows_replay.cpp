// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"
#include "core/database/transaction.h"
#include "core/webhooks/repository.h"
#include "tests/bench/rows.h"
#include "tests/bench/statement_trace.h"
#include "tests/bench/store.h"

#include <algorithm>

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int replayed = 10'000;
constexpr size_t chunk = 100;    // as TaskService::replay commits

/// Deliveries of progress that were refused for a locked store and kept: what a person replays in bulk.
QList<DeliveryId> refusedDeliveries(Store& store, int count)
{
    return keepRefused(store.database(), store.settings().masterKey, store.submitted(count));
}

struct FloorDelivery {
    FloorJob job;
    FloorId id;
};

std::vector<FloorDelivery> refusedOnFloor(Store& store, int count)
{
    std::vector<FloorDelivery> deliveries;
    const auto jobs = store.submittedOnFloor(count);
    store.floor().begin();
    for (const FloorJob& job : jobs)
        deliveries.push_back({job, store.floor().keepRefused(job)});
    store.floor().commit();
    return deliveries;
}

double millisBetween(SteadyClock::time_point begin, SteadyClock::time_point end)
{
    return std::chrono::duration<double, std::milli>(end - begin).count();
}

/// A figure without a floor: the worst round against what a person notices.
Figure atMost(const QString& name, const std::vector<double>& millis, const QString& note)
{
    Figure figure;
    figure.name = name;
    figure.unit = u"ms"_s;
    figure.better = Better::Lower;
    figure.product = figure.ratio = *std::max_element(millis.begin(), millis.end());
    figure.goal = 100;
    figure.note = note;
    return figure;
}

void replayAll(Store& store, const QList<DeliveryId>& ids)
{
    const auto outcomes = must(store.service().replay(benchCaller(), ids, tasks::Mode::Apply));
    if (outcomes.last().outcome != webhooks::Outcome::Applied)
        giveUp(u"a replay was not applied"_s);
}

void replayOnFloor(Store& store, const std::vector<FloorDelivery>& deliveries)
{
    Floor& floor = store.floor();
    for (const FloorDelivery& delivery : deliveries)
        floor.readDelivery(delivery.id);
    for (size_t first = 0; first < deliveries.size(); first += chunk) {
        const size_t end = std::min(first + chunk, deliveries.size());
        floor.begin();
        for (size_t i = first; i < end; ++i)
            floor.record(deliveries[i].job, FloorReport::Progress, true, &deliveries[i].id);
        for (size_t i = first; i < end; ++i)
            floor.journal("replay", deliveries[i].id);
        floor.commit();
    }
}

}

Figure replay(const Options& options)
{
    QString agreement;
    {
        const StatementTrace trace;
        Store store(options.folder);
        const auto ids = refusedDeliveries(store, 200);
        const auto ours = trace.countsOf([&] { replayAll(store, ids); });
        const auto deliveries = refusedOnFloor(store, 200);
        agreement = describeAgreement(ours, trace.countsOf([&] { replayOnFloor(store, deliveries); }), 200);
    }
    Store store(options.folder);
    const auto product = [&] {
        const auto ids = refusedDeliveries(store, replayed);
        return rateOf(replayed, [&] { replayAll(store, ids); });
    };
    const auto floor = [&] {
        const auto deliveries = refusedOnFloor(store, replayed);
        return rateOf(replayed, [&] { replayOnFloor(store, deliveries); });
    };
    Figure figure = compare(u"replay"_s, u"/s"_s, Goal{0.85}, options.rounds, product, floor);
    figure.note = u"10,000 refused progress deliveries, applied at 100 a transaction, FULL; "_s + agreement;
    return figure;
}

QList<Figure> replayControl(const Options& options)
{
    Store store(options.folder);
    backend::DirectBackendOptions wanted;
    wanted.storePath = store.path();
    wanted.storagePath = store.settings().storage.root();
    const auto backend = must(backend::DirectBackend::open(wanted));

    std::vector<double> silences;
    std::vector<double> stops;
    for (int round = 0; round < options.rounds; ++round) {
        const CancelSource cancel;
        auto last = SteadyClock::now();
        double longest = 0;
        tasks::ActControl control;
        control.cancel = cancel.token();
        control.progress = [&](qsizetype done, qsizetype of) {
            const auto now = SteadyClock::now();
            longest = std::max(longest, millisBetween(last, now));
            last = now;
            if (done == of / 2)
                cancel.cancel();
        };
        const auto ids = refusedDeliveries(store, replayed);
        last = SteadyClock::now();
        const auto outcomes = must(backend->replay(benchCaller(), ids, tasks::Mode::Apply, control).wait());
        if (outcomes.size() != replayed / 2)
            giveUp(u"a cancelled replay went on to %1"_s.arg(outcomes.size()));
        silences.push_back(longest);
        stops.push_back(millisBetween(last, SteadyClock::now()));    // the cancel came with the last word
    }
    return {atMost(u"replay-progress"_s, silences, u"the longest silence in a replay of 10,000, from its call to each step told"_s),
            atMost(u"replay-cancel"_s, stops, u"from a cancel in the middle of it to the answer; a step is 100 deliveries"_s)};
}

}
