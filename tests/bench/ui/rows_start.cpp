// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/job_store.h"
#include "tests/bench/ui/rows.h"

namespace bench {

using namespace Qt::StringLiterals;

namespace {

QString stagesOf(const QList<Report>& rounds)
{
    Report all;
    for (const Report& each : rounds)
        all.merge(each);
    return u"main() after %1 ms, window built after %2, rows there after %3"_s.arg(all.median(u"before"_s), 0, 'f', 0)
        .arg(all.median(u"built"_s), 0, 'f', 0)
        .arg(all.median(u"rows"_s), 0, 'f', 0);
}

}

QList<Figure> startRows(const UiOptions& options)
{
    QList<Figure> figures;
    std::optional<TrialPairs> fewest;
    for (const qint64 jobs : options.jobs) {
        const QString suffix = u"-"_s + shortCount(jobs);
        const TrialPairs rounds = runPairs(options, u"start"_s, keptJobStore(options.folder, jobs));
        Figure start = figureOf(u"start"_s + suffix, u"ms"_s, Goal{1.5, Better::Lower}, rounds.ours(u"start"_s), rounds.bare(u"start"_s));
        start.note =
            u"process asked for to first job row painted; floor: an empty QTableView over 1M computed rows; "_s + stagesOf(rounds.consoles);
        Figure cpu = figureOf(u"start-cpu"_s + suffix, u"ms"_s, {}, rounds.ours(u"start-cpu"_s), rounds.bare(u"start-cpu"_s));
        cpu.note = u"the same by processor time of the whole process"_s;
        Figure memory =
            figureOf(u"memory"_s + suffix, u"MB"_s, Goal{1.4, Better::Lower}, rounds.ours(u"resident"_s), rounds.bare(u"resident"_s));
        memory.note = u"resident at rest; of it anonymous %1 (floor %2), the rest is mapped programs and the mapped store"_s
                          .arg(median(rounds.ours(u"anonymous"_s)), 0, 'f', 1)
                          .arg(median(rounds.bare(u"anonymous"_s)), 0, 'f', 1);
        figures += {start, cpu, memory, stallFigure(u"stall-start"_s + suffix, rounds.consoles, {})};
        if (fewest) {
            Figure growth = figureOf(u"start"_s + suffix + u"-growth"_s, u"ms"_s, Goal{1.05, Better::Lower}, rounds.ours(u"start"_s),
                                     fewest->ours(u"start"_s));
            growth.note = u"floor: the console over %1 jobs"_s.arg(shortCount(options.jobs.constFirst()));
            figures += growth;
        } else {
            fewest = rounds;
        }
    }
    return figures;
}

}
