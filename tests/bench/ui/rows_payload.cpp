// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/json_floor.h"
#include "tests/bench/ui/rows.h"

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr double leftBehindMb = 5;

struct Columns {
    std::vector<double> ours, floors;
    void add(double value, double floor)
    {
        ours.push_back(value);
        floors.push_back(floor);
    }
};

Figure figure(const QString& name, const QString& unit, const Goal& goal, const Columns& columns, const QString& note)
{
    Figure made = figureOf(name, unit, goal, columns.ours, columns.floors);
    made.note = note;
    return made;
}

}

QList<Figure> payloadRows(const UiOptions& options)
{
    QList<Report> rounds;
    Columns screen, index, search, rawMemory, treeMemory, back;
    for (int round = 0; round < options.rounds; ++round) {
        const Report trial = runTrial(u"payload"_s);
        rounds.append(trial);
        const double file = trial.median(u"file"_s);
        const auto rateOfMs = [&](double ms) { return file / ms * 1000; };
        const double before = trial.median(u"memory-before"_s);
        screen.add(trial.median(u"first-screen"_s), trial.median(u"bare-read"_s) + frameMs);
        if (OnDemand::isThere())
            index.add(rateOfMs(trial.median(u"index"_s)), rateOfMs(trial.median(u"bare-index"_s)));
        search.add(rateOfMs(trial.median(u"search"_s)), rateOfMs(trial.median(u"bare-search"_s)));
        rawMemory.add(trial.median(u"memory-raw"_s) - before - file, 0.6 * file);
        treeMemory.add(trial.median(u"memory-tree"_s) - before - file, 0.6 * file);
        back.add(trial.median(u"memory-closed"_s) - before, leftBehindMb);
    }
    const Goal within{1.0, Better::Lower};
    QList<Figure> figures{figure(u"payload-first-screen"_s, u"ms"_s, within, screen,
                                 u"job chosen to its stored bytes painted; floor: the column read through the C API, and a frame"_s)};
    if (OnDemand::isThere())
        figures +=
            figure(u"payload-index"_s, u"MB/s"_s, Goal{0.8}, index, u"tree chosen to its first rows painted; floor: simdjson On-Demand"_s);
    figures += {figure(u"payload-search"_s, u"MB/s"_s, Goal{0.2}, search,
                       u"Enter to the count of a word at the very end, either case; floor: memchr"_s),
                figure(u"payload-memory-raw"_s, u"MB"_s, within, rawMemory,
                       u"anonymous memory, more than the bytes themselves; floor: 0.6 of them"_s),
                figure(u"payload-memory-tree"_s, u"MB"_s, within, treeMemory, u"the same with the tree open as well"_s),
                figure(u"payload-memory-back"_s, u"MB"_s, within, back, u"after closing more than before opening; floor: 5 MB"_s)};
    for (const QString& part : {u"open"_s, u"search"_s, u"tree"_s, u"close"_s})
        figures += stallFigure(u"stall-payload-"_s + part, rounds, part);
    return figures;
}

}
