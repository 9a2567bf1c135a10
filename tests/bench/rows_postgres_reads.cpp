// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/list_repository.h"
#include "tests/bench/postgres_store.h"
#include "tests/bench/rows_postgres.h"
#include "tests/bench/store.h"
#include "tests/support/many_jobs.h"

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int pagesInRound = 200;
constexpr int countsInRound = 3;

double microsOf(int times, const std::function<void()>& work)
{
    const auto begin = SteadyClock::now();
    for (int i = 0; i < times; ++i)
        work();
    return std::chrono::duration<double, std::micro>(SteadyClock::now() - begin).count() / times;
}

}

QList<Figure> pgList(const Options& options)
{
    PgStore store(options.folder);
    auto ours = store.session();
    std::fprintf(stderr, "making %d jobs ...\n", options.listRows);
    test_support::makeManyJobs(*ours.database, {options.listRows, 0, 0, 0});
    PgFloor bare(store.path());
#define COLUMNS                                                                                                                            \
    "id, job_type, status, progress_pct, current_message, error_message, error_code, user_id, project_id, broker_id, dedupe_key, "         \
    "attempt, retried_from, created_at, started_at, finished_at, updated_at, cancel_requested_at, cancel_broker_informed_at, "             \
    "cancel_acknowledged_at"
    bare.prepare("first", "SELECT " COLUMNS " FROM jobs WHERE status = 'FAILED' ORDER BY created_at DESC, id DESC LIMIT 101");
    bare.prepare(
        "deep", "SELECT " COLUMNS " FROM jobs WHERE status = 'FAILED' AND (created_at, id) < "
                "(to_timestamp($1::float8 / 1000000), 'ffffffff-ffff-ffff-ffff-ffffffffffff') ORDER BY created_at DESC, id DESC LIMIT 101");
#undef COLUMNS
    bare.prepare("count", "SELECT count(*) FROM jobs WHERE status = 'DONE'");
    bare.prepare("guess", "SELECT reltuples FROM pg_class WHERE oid = 'jobs'::regclass");
    const jobs::JobListRepository list(*ours.database);
    const auto failed = must(jobs::parseFilter(u"status:failed"_s, base::systemNow()));
    const auto done = must(jobs::parseFilter(u"status:done"_s, base::systemNow()));
    const auto nobody = must(jobs::parseFilter(u"error:\"nothing like it\""_s, base::systemNow()));
    const Time middle = base::systemNow() - std::chrono::seconds(options.listRows / 2);
    jobs::PageRequest deep;
    deep.after = jobs::JobKey{base::toMicros(middle), JobId{u"ffffffff-ffff-ffff-ffff-ffffffffffff"_s}};
    const auto page = [&](const jobs::PageRequest& request) {
        return microsOf(pagesInRound, [&] {
            if (must(list.page(failed, request)).rows.size() != 100)
                giveUp(u"a short page"_s);
        });
    };
    const auto on = u" of %1 jobs, status:failed, newest first; floor: the bare query through libpq, prepared"_s.arg(options.listRows);
    Figure first = compare(
        u"pg-list-first-page"_s, u"us"_s, {}, options.rounds, [&] { return page({}); },
        [&] { return microsOf(pagesInRound, [&] { bare.run({"first"}); }); });
    first.note = u"100"_s + on;
    Figure further = compare(
        u"pg-list-keyset-half-way"_s, u"us"_s, {}, options.rounds, [&] { return page(deep); },
        [&] {
            const QByteArray key = QByteArray::number(base::toMicros(middle));
            return microsOf(pagesInRound, [&] { bare.run({"deep", {key}}); });
        });
    further.note = u"100"_s + on;
    Figure exact = compare(
        u"pg-count-exact"_s, u"us"_s, Goal{1.1, Better::Lower}, options.rounds,
        [&] { return microsOf(countsInRound, [&] { must(list.count(done, jobs::countsAll)); }); },
        [&] { return microsOf(countsInRound, [&] { bare.run({"count"}); }); });
    exact.note = u"status:done, all of them; floor: bare count(*)"_s;
    Figure guess = compare(
        u"pg-count-estimate"_s, u"us"_s, {}, options.rounds, [&] { return microsOf(pagesInRound, [&] { must(list.estimate(done)); }); },
        [&] { return microsOf(pagesInRound, [&] { bare.run({"guess"}); }); });
    guess.note = u"status:done, by the planner; floor: reltuples of all jobs"_s;
    Figure ceiling = compare(
        u"pg-list-no-index"_s, u"us"_s, {}, options.rounds, [&] { return microsOf(1, [&] { must(list.page(nobody, {})); }); },
        [&] { return microsOf(1, [&] { bare.run({"count"}); }); });
    ceiling.note = u"a filter that no index serves and nothing matches, to its ceiling of 200,000; beside it: count(*)"_s;
    QList<Figure> figures{first, further, exact, guess, ceiling};
    for (Figure& figure : figures)
        figure.better = Better::Lower;
    return figures;
}

}
