// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/ui/report.h"

namespace bench {

/// What the program was called with.
struct UiOptions {
    int rounds = 3;
    QList<qint64> jobs{1'000'000};
    QString folder;       ///< where the big stores are kept
    QStringList names;    ///< groups of rows; empty: all
    bool asJson = false;
};

/// Runs this program again for one trial (trials.h) and reads what it answers.
[[nodiscard]] Report runTrial(const QString& trial, const QString& store = {}, qint64 rows = 0);

/// The same trial of the console and of the empty window, in turn; the round before the first warms up and does not count.
struct TrialPairs {
    QList<Report> consoles;
    QList<Report> floors;

    [[nodiscard]] std::vector<double> ours(const QString& name, double part = 0.5) const;
    [[nodiscard]] std::vector<double> bare(const QString& name, double part = 0.5) const;
};
[[nodiscard]] TrialPairs runPairs(const UiOptions& options, const QString& trial, const QString& store);

/// To the first row, and the memory at rest.
[[nodiscard]] QList<Figure> startRows(const UiOptions& options);
/// Filter, page jump, far jump, fling.
[[nodiscard]] QList<Figure> listRows(const UiOptions& options);
/// Changes on the screen, and what an open console costs who makes them.
[[nodiscard]] QList<Figure> liveRows(const UiOptions& options);
/// 100 MB in the inspector.
[[nodiscard]] QList<Figure> payloadRows(const UiOptions& options);

/// The same figure over all rounds: its median, and its place beside a limit that no run moves (a frame, 50 ms).
[[nodiscard]] Figure againstLimit(const QString& name, const QString& unit, const std::vector<double>& values, double limit);
/// The longest stall of the GUI thread that the watchdog saw in each round ("stall-NAME"), beside 50 ms.
[[nodiscard]] Figure stallFigure(const QString& name, const QList<Report>& rounds, const QString& part);
/// "1m" for a million.
[[nodiscard]] QString shortCount(qint64 jobs);
/// The empty Qt window that everything stands beside has so many rows.
inline constexpr qint64 floorRows = 1'000'000;
inline constexpr double frameMs = 1000.0 / 60;

}
