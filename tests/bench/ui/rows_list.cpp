// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/job_store.h"
#include "tests/bench/ui/rows.h"

namespace bench {

using namespace Qt::StringLiterals;

namespace {

QString p(const TrialPairs& rounds, const QString& name)
{
    return u"p50/p99 %1/%2 ms, by the GUI thread's processor time %3/%4"_s.arg(median(rounds.ours(name)), 0, 'f', 1)
        .arg(median(rounds.ours(name, 0.99)), 0, 'f', 1)
        .arg(median(rounds.ours(name + u"-cpu"_s)), 0, 'f', 1)
        .arg(median(rounds.ours(name + u"-cpu"_s, 0.99)), 0, 'f', 1);
}

Figure filterFigure(const TrialPairs& rounds, const QString& suffix)
{
    std::vector<double> limits = rounds.ours(u"bare-failed"_s);
    const auto repaints = rounds.bare(u"jump"_s);
    for (size_t i = 0; i < limits.size(); ++i)
        limits[i] += 1.5 * repaints[i];
    Figure figure = figureOf(u"filter"_s + suffix, u"ms"_s, Goal{1.0, Better::Lower}, rounds.ours(u"filter"_s), limits);
    figure.note =
        u"filter typed to first rows painted; floor: the bare query (%1 ms) + 1.5 page repaints of the empty window; rows there after %2 ms; %3"_s
            .arg(median(rounds.ours(u"bare-failed"_s)), 0, 'f', 2)
            .arg(median(rounds.ours(u"filter-rows"_s)), 0, 'f', 1)
            .arg(p(rounds, u"filter"_s));
    return figure;
}

Figure jumpFigure(const TrialPairs& rounds, const QString& suffix)
{
    Figure figure = figureOf(u"page-jump-p99"_s + suffix, u"ms"_s, Goal{1.25, Better::Lower}, rounds.ours(u"jump"_s, 0.99),
                             rounds.bare(u"jump"_s, 0.99));
    figure.note = u"%1; the empty window's %2/%3, by processor time %4/%5"_s.arg(p(rounds, u"jump"_s))
                      .arg(median(rounds.bare(u"jump"_s)), 0, 'f', 1)
                      .arg(median(rounds.bare(u"jump"_s, 0.99)), 0, 'f', 1)
                      .arg(median(rounds.bare(u"jump-cpu"_s)), 0, 'f', 1)
                      .arg(median(rounds.bare(u"jump-cpu"_s, 0.99)), 0, 'f', 1);
    return figure;
}

Figure farFigure(const TrialPairs& rounds, const QString& suffix)
{
    Figure figure =
        figureOf(u"far-jump"_s + suffix, u"ms"_s, Goal{2.0, Better::Lower}, rounds.ours(u"far-rows"_s), rounds.ours(u"bare-far"_s));
    figure.note =
        u"click in the gutter to rows in the model; floor: the bare keyset page of 201 rows; to painted: %1"_s.arg(p(rounds, u"far"_s));
    return figure;
}

Figure flingFigure(const TrialPairs& rounds, const QString& suffix)
{
    Figure figure = againstLimit(u"fling-longest"_s + suffix, u"ms"_s, rounds.ours(u"fling"_s, 1.0), frameMs);
    figure.note = u"the longest of %1 steps of ten rows; floor: a frame; %2, the longest by processor time %3"_s
                      .arg(rounds.consoles.constFirst().count(u"fling"_s))
                      .arg(p(rounds, u"fling"_s))
                      .arg(median(rounds.ours(u"fling-cpu"_s, 1.0)), 0, 'f', 1);
    return figure;
}

}

QList<Figure> listRows(const UiOptions& options)
{
    QList<Figure> figures;
    std::optional<TrialPairs> fewest;
    for (const qint64 jobs : options.jobs) {
        const QString suffix = u"-"_s + shortCount(jobs);
        const TrialPairs rounds = runPairs(options, u"list"_s, keptJobStore(options.folder, jobs));
        figures += {filterFigure(rounds, suffix), jumpFigure(rounds, suffix), farFigure(rounds, suffix), flingFigure(rounds, suffix)};
        for (const QString& part : {u"filter"_s, u"jump"_s, u"fling"_s})
            figures += stallFigure(u"stall-"_s + part + suffix, rounds.consoles, part);
        if (!fewest) {
            fewest = rounds;
            continue;
        }
        Figure filter = figureOf(u"filter"_s + suffix + u"-growth"_s, u"ms"_s, Goal{1.1, Better::Lower}, rounds.ours(u"filter"_s),
                                 fewest->ours(u"filter"_s));
        filter.note = u"floor: the same over %1 jobs"_s.arg(shortCount(options.jobs.constFirst()));
        std::vector<double> allowed = fewest->ours(u"anonymous"_s);
        for (double& each : allowed)
            each += 1;
        Figure memory = figureOf(u"view-memory"_s + suffix, u"MB"_s, Goal{1.0, Better::Lower}, rounds.ours(u"anonymous"_s), allowed);
        memory.note = u"anonymous memory after the fling; floor: over %1 jobs, and 1 MB"_s.arg(shortCount(options.jobs.constFirst()));
        figures += {filter, memory};
    }
    return figures;
}

}
