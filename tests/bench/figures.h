// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/database/database.h"

#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace bench {

using SteadyClock = std::chrono::steady_clock;

/// What the program was called with.
struct Options {
    int rounds = 5;
    QString folder;       ///< where the stores are made; it should be on a disk
    QStringList names;    ///< rows whose name begins with one of these; empty: all
    bool asJson = false;
    int listRows = 1'000'000;
};

/// A figure is better when it is higher (a rate) or when it is lower (a time).
enum class Better { Higher, Lower };

struct Goal {
    double ratio = 1.0;    ///< of the floor's figure: at least so much where higher is better, else at most
    Better better = Better::Higher;
};

/// One line of the table: medians over the rounds.
struct Figure {
    QString name;
    QString unit;
    double product = 0;
    std::optional<double> floor;
    double ratio = 0;
    double lowestRatio = 0;
    double highestRatio = 0;
    Better better = Better::Higher;
    std::optional<double> goal;
    QString note;

    [[nodiscard]] bool isMet() const;
};

/// The medians of rounds that were measured in pairs, and of the pairs' ratios.
[[nodiscard]] Figure figureOf(const QString& name, const QString& unit, const std::optional<Goal>& goal,
                              const std::vector<double>& products, const std::vector<double>& floors);

/// One round of one side: the figure in the row's unit.
using Round = std::function<double()>;

/// Product, floor, product, floor ...: the first pair warms up and does not count. The ratio is the median of the pairs' ratios.
[[nodiscard]] Figure compare(const QString& name, const QString& unit, const std::optional<Goal>& goal, int rounds, const Round& product,
                             const Round& floor);

/// Runs once and tells how many a second.
template <class Work>
[[nodiscard]] double rateOf(qsizetype count, Work work)
{
    const auto begin = SteadyClock::now();
    work();
    return static_cast<double>(count) / std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

[[nodiscard]] double median(std::vector<double> values);
[[nodiscard]] double percentile(std::vector<double> values, double part);

void printTable(const QList<Figure>& figures);
[[nodiscard]] QByteArray toJson(const QList<Figure>& figures, const QString& noise);

/// A bench has nobody to hand an error to: it says what went wrong and ends.
[[noreturn]] void giveUp(const QString& why);
/// All else as it is for everybody.
[[nodiscard]] inline core::database::DatabaseOptions optionsAt(const QString& path)
{
    core::database::DatabaseOptions options;
    options.path = path;
    return options;
}
template <class T>
T must(core::Result<T> result)
{
    if (!result)
        giveUp(result.error().code + QStringLiteral(": ") + result.error().message + QStringLiteral(" ") + result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

}
