// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/webhooks/repository.h"
#include "tests/bench/rows.h"
#include "tests/bench/statement_trace.h"
#include "tests/bench/store.h"

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int replayed = 10'000;
constexpr size_t chunk = 100;    // as TaskService::replay commits

/// Deliveries of progress that were refused for a locked store and kept: what a person replays in bulk.
QList<DeliveryId> refusedDeliveries(Store& store, int count)
{
    webhooks::WebhookRepository webhooks(store.database());
    const auto jobs = store.submitted(count);
    QList<DeliveryId> ids;
    auto transaction = must(database::Transaction::begin(store.database()));
    for (const auto& job : jobs) {
        const auto incoming = store.signedDelivery(job.webhookId, progressEvent(17));
        webhooks::Delivery row;
        row.id = newId<DeliveryId>();
        row.webhookId = job.webhookId;
        row.jobId = job.jobId;
        row.receivedAt = base::systemNow();
        row.headers = incoming.headers;
        row.body = incoming.body;
        row.verdict = webhooks::Verdict::Valid;
        row.outcome = webhooks::Outcome::Rejected;
        row.outcomeDetail = u"store_locked: The store is locked"_s;
        must(webhooks.insertDelivery(row));
        ids.append(row.id);
    }
    must(transaction.commit());
    return ids;
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

}
