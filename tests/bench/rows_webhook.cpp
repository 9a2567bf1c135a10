// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/run_store.h"
#include "tests/bench/rows.h"
#include "tests/bench/statement_trace.h"
#include "tests/bench/store.h"

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int eventsInRound = 1000;
constexpr int eventsInCheck = 50;

/// One kind of report on both sides. A round has jobs of its own, so that an end finds none that has ended.
struct Side {
    std::function<void(Store&, int)> prepare;    ///< not measured
    std::function<void(Store&)> run;
};

Figure compareReports(const Options& options, const QString& name, const QString& what, const Side& product, const Side& floor)
{
    QString agreement;
    {
        const StatementTrace trace;
        Store store(options.folder);
        product.prepare(store, eventsInCheck);
        const auto ours = trace.countsOf([&] { product.run(store); });
        floor.prepare(store, eventsInCheck);
        const auto bare = trace.countsOf([&] { floor.run(store); });
        agreement = describeAgreement(ours, bare, eventsInCheck);
    }
    Store store(options.folder);
    const auto round = [&](const Side& side) {
        return [&] {
            side.prepare(store, eventsInRound);
            return rateOf(eventsInRound, [&] { side.run(store); });
        };
    };
    Figure figure = compare(name, u"/s"_s, Goal{0.9}, options.rounds, round(product), round(floor));
    figure.note = what + u"; "_s + agreement;
    return figure;
}

Side floorSide(FloorReport report, bool signedCall)
{
    const auto jobs = std::make_shared<std::vector<FloorJob>>();
    return {[jobs, signedCall](Store& store, int count) {
                *jobs = store.submittedOnFloor(count);
                store.floor().begin();
                for (const FloorJob& job : *jobs)
                    store.floor().record(job, FloorReport::Running, signedCall);
                store.floor().commit();
            },
            [jobs, report, signedCall](Store& store) {
                for (const FloorJob& job : *jobs) {
                    if (report == FloorReport::Done)
                        store.floor().prepareDone(job, signedCall);
                    store.floor().begin();
                    store.floor().record(job, report, signedCall);
                    store.floor().commit();
                }
            }};
}

QList<tasks::SubmitAnswer> runningJobs(Store& store, int count)
{
    const auto answers = store.submitted(count);
    QList<tasks::IncomingDelivery> running;
    for (const auto& answer : answers)
        running.append(store.signedDelivery(answer.webhookId, runningEvent()));
    must(store.service().recordWebhookEvents(running, tasks::Mode::Apply));
    return answers;
}

Side signedSide(tasks::WebhookEvent (*event)())
{
    const auto deliveries = std::make_shared<QList<tasks::IncomingDelivery>>();
    return {[deliveries, event](Store& store, int count) {
                deliveries->clear();
                for (const auto& answer : runningJobs(store, count))
                    deliveries->append(store.signedDelivery(answer.webhookId, event()));
            },
            [deliveries](Store& store) {
                for (const auto& delivery : std::as_const(*deliveries)) {
                    const auto outcomes = must(store.service().recordWebhookEvents({delivery}, tasks::Mode::Apply));
                    if (outcomes.first().outcome != webhooks::Outcome::Applied)
                        giveUp(u"a report was not applied: "_s + (outcomes.first().error ? outcomes.first().error->message : u""_s));
                }
            }};
}

tasks::WebhookEvent nextProgress()
{
    return progressEvent(17);
}

/// As the worker pool reports: through RunStore, which lowers the durability around it.
Side progressSide()
{
    const auto reports = std::make_shared<QList<tasks::RunReport>>();
    return {[reports](Store& store, int count) {
                reports->clear();
                for (const auto& answer : runningJobs(store, count))
                    reports->append({answer.jobId, nextProgress()});
            },
            [reports](Store& store) {
                broker::Worker worker;
                worker.host = u"bench"_s;
                tasks::RunStore runs(store.database(), store.settings(), worker, 3);
                for (const auto& report : std::as_const(*reports))
                    must(runs.report({report}));
            }};
}

Side atNormal(Side side)
{
    return {side.prepare, [run = side.run](Store& store) {
                store.floor().exec("PRAGMA synchronous=NORMAL");
                run(store);
                store.floor().exec("PRAGMA synchronous=FULL");
            }};
}

}

Figure webhookProgress(const Options& options)
{
    return compareReports(options, u"webhook-progress"_s, u"our worker's progress, one a transaction, NORMAL"_s, progressSide(),
                          atNormal(floorSide(FloorReport::Progress, false)));
}

Figure webhookSigned(const Options& options)
{
    return compareReports(options, u"webhook-progress-signed"_s, u"a signed progress, one a transaction, FULL"_s, signedSide(nextProgress),
                          floorSide(FloorReport::Progress, true));
}

Figure webhookFailed(const Options& options)
{
    return compareReports(options, u"webhook-failed"_s, u"a signed FAILED, one a transaction, FULL"_s, signedSide(failedEvent),
                          floorSide(FloorReport::Failed, true));
}

Figure webhookDone(const Options& options)
{
    return compareReports(options, u"webhook-done"_s, u"a signed DONE with an artifact and no file, one a transaction, FULL"_s,
                          signedSide(doneEvent), floorSide(FloorReport::Done, true));
}

}
