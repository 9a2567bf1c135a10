// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/rows.h"
#include "tests/bench/statement_trace.h"
#include "tests/bench/store.h"

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int oneByOne = 1000;
constexpr int batch = 5000;

void submitAll(Store& store, const QList<core::tasks::SubmitRequest>& requests)
{
    for (const auto& request : requests)
        must(store.service().submit(benchCaller(), request));
}

void submitAllOnFloor(Store& store, int count)
{
    for (int i = 0; i < count; ++i) {
        store.floor().begin();
        store.floor().submit();
        store.floor().commit();
    }
}

QString agreementOneByOne(const Options& options)
{
    const StatementTrace trace;
    Store store(options.folder);
    const auto product = trace.countsOf([&] { submitAll(store, store.nextRequests(50)); });
    const auto floor = trace.countsOf([&] { submitAllOnFloor(store, 50); });
    return describeAgreement(product, floor, 50);
}

QString agreementBatched(const Options& options)
{
    const StatementTrace trace;
    Store store(options.folder);
    const auto product = trace.countsOf([&] { must(store.service().submitMany(benchCaller(), store.nextRequests(50))); });
    const auto floor = trace.countsOf([&] { (void)store.submittedOnFloor(50); });
    return describeAgreement(product, floor, 50);
}

}

Figure submitOneByOne(const Options& options)
{
    const QString agreement = agreementOneByOne(options);
    Store store(options.folder);
    const auto product = [&] {
        const auto requests = store.nextRequests(oneByOne);
        return rateOf(oneByOne, [&] { submitAll(store, requests); });
    };
    const auto floor = [&] { return rateOf(oneByOne, [&] { submitAllOnFloor(store, oneByOne); }); };
    Figure figure = compare(u"submit"_s, u"/s"_s, Goal{0.85}, options.rounds, product, floor);
    figure.note = u"one a transaction, FULL; "_s + agreement;
    return figure;
}

Figure submitBatched(const Options& options)
{
    const QString agreement = agreementBatched(options);
    Store store(options.folder);
    const auto product = [&] {
        const auto requests = store.nextRequests(batch);
        return rateOf(batch, [&] { must(store.service().submitMany(benchCaller(), requests)); });
    };
    const auto floor = [&] { return rateOf(batch, [&] { (void)store.submittedOnFloor(batch); }); };
    Figure figure = compare(u"submit-batched"_s, u"/s"_s, Goal{0.7}, options.rounds, product, floor);
    figure.note = u"submitMany of 5,000, FULL; "_s + agreement;
    return figure;
}

}
