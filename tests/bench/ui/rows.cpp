// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/rows.h"

#include "tests/bench/ui/process_facts.h"

#include <QCoreApplication>
#include <QProcess>

#include <algorithm>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int trialTimeoutMs = 600'000;
constexpr double longestStallMs = 50;

std::vector<double> partsOf(const QList<Report>& reports, const QString& name, double part)
{
    std::vector<double> values;
    for (const Report& each : reports)
        values.push_back(each.part(name, part));
    return values;
}

}

Report runTrial(const QString& trial, const QString& store, qint64 rows)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(),
                  {u"--trial"_s, trial, u"--store"_s, store, u"--trial-rows"_s, QString::number(rows), u"--started-at"_s,
                   QString::number(machineMs(), 'f', 3)});
    if (!process.waitForFinished(trialTimeoutMs) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        giveUp(u"the trial %1 failed: %2"_s.arg(trial, process.errorString()));
    return Report::fromJson(process.readAllStandardOutput());
}

TrialPairs runPairs(const UiOptions& options, const QString& trial, const QString& store)
{
    TrialPairs pairs;
    for (int round = 0; round <= options.rounds; ++round) {
        const Report console = runTrial(trial, store);
        const Report floor = runTrial(u"floor"_s, {}, floorRows);
        if (round == 0)
            continue;
        pairs.consoles.append(console);
        pairs.floors.append(floor);
    }
    return pairs;
}

std::vector<double> TrialPairs::ours(const QString& name, double part) const
{
    return partsOf(consoles, name, part);
}

std::vector<double> TrialPairs::bare(const QString& name, double part) const
{
    return partsOf(floors, name, part);
}

Figure againstLimit(const QString& name, const QString& unit, const std::vector<double>& values, double limit)
{
    return figureOf(name, unit, Goal{1.0, Better::Lower}, values, std::vector<double>(values.size(), limit));
}

Figure stallFigure(const QString& name, const QList<Report>& rounds, const QString& part)
{
    const QString suffix = part.isEmpty() ? QString() : u"-"_s + part;
    std::vector<double> wall;
    double cpu = 0;
    for (const Report& round : rounds) {
        wall.push_back(round.highest(u"stall"_s + suffix));
        cpu = std::max(cpu, round.highest(u"stall-cpu"_s + suffix));
    }
    Figure figure = againstLimit(name, u"ms"_s, wall, longestStallMs);
    figure.note =
        u"by the GUI thread's own processor time at most %1 ms in any round; the last round's longest event: %2"_s.arg(cpu, 0, 'f', 1)
            .arg(rounds.constLast().text(u"longest"_s + suffix));
    return figure;
}

QString shortCount(qint64 jobs)
{
    if (jobs % 1'000'000 == 0)
        return u"%1m"_s.arg(jobs / 1'000'000);
    return jobs % 1000 == 0 ? u"%1k"_s.arg(jobs / 1000) : QString::number(jobs);
}

}
