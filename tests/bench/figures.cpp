// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/figures.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>

namespace bench {

using namespace Qt::StringLiterals;

bool Figure::isMet() const
{
    return goal && (better == Better::Higher ? ratio >= *goal : ratio <= *goal);
}

double percentile(std::vector<double> values, double part)
{
    if (values.empty())
        return 0;
    const auto at = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<size_t>(at)];
}

double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}

Figure figureOf(const QString& name, const QString& unit, const std::optional<Goal>& goal, const std::vector<double>& products,
                const std::vector<double>& floors)
{
    std::vector<double> ratios;
    for (size_t round = 0; round < products.size(); ++round)
        ratios.push_back(products[round] / floors[round]);
    Figure figure;
    figure.name = name;
    figure.unit = unit;
    figure.product = median(products);
    figure.floor = median(floors);
    figure.ratio = median(ratios);
    figure.lowestRatio = *std::min_element(ratios.begin(), ratios.end());
    figure.highestRatio = *std::max_element(ratios.begin(), ratios.end());
    if (goal) {
        figure.goal = goal->ratio;
        figure.better = goal->better;
    }
    return figure;
}

Figure compare(const QString& name, const QString& unit, const std::optional<Goal>& goal, int rounds, const Round& product,
               const Round& floor)
{
    std::vector<double> products;
    std::vector<double> floors;
    for (int round = 0; round <= rounds; ++round) {
        const double ours = product();
        const double bare = floor();
        if (round == 0)
            continue;
        products.push_back(ours);
        floors.push_back(bare);
    }
    return figureOf(name, unit, goal, products, floors);
}

namespace {

QByteArray number(double value)
{
    const int decimals = std::abs(value) >= 1000 ? 0 : std::abs(value) >= 10 ? 1 : 2;
    return QByteArray::number(value, 'f', decimals);
}

QByteArray goalText(const Figure& figure)
{
    if (!figure.goal)
        return "-";
    return (figure.better == Better::Higher ? ">= " : "<= ") + QByteArray::number(*figure.goal, 'f', 2);
}

}

void printTable(const QList<Figure>& figures)
{
    std::printf("\n%-30s %-7s %12s %12s %7s %15s %8s  %s\n", "row", "unit", "figure", "floor", "ratio", "ratios", "goal", "");
    for (const Figure& figure : figures) {
        const QByteArray floor = figure.floor ? number(*figure.floor) : QByteArray("-");
        const QByteArray ratio = figure.floor ? QByteArray::number(figure.ratio, 'f', 2) : QByteArray("-");
        const QByteArray spread = figure.floor ? '[' + QByteArray::number(figure.lowestRatio, 'f', 2) + " - " +
                                                     QByteArray::number(figure.highestRatio, 'f', 2) + ']'
                                               : QByteArray();
        std::printf("%-30s %-7s %12s %12s %7s %15s %8s  %s\n", qUtf8Printable(figure.name), qUtf8Printable(figure.unit),
                    number(figure.product).constData(), floor.constData(), ratio.constData(), spread.constData(),
                    goalText(figure).constData(), figure.goal ? (figure.isMet() ? "met" : "MISSED") : "");
        if (!figure.note.isEmpty())
            std::printf("    %s\n", qUtf8Printable(figure.note));
    }
    std::fflush(stdout);
}

QByteArray toJson(const QList<Figure>& figures, const QString& noise)
{
    auto rows = nlohmann::ordered_json::array();
    for (const Figure& figure : figures) {
        nlohmann::ordered_json row{{"row", figure.name.toStdString()}, {"unit", figure.unit.toStdString()}, {"figure", figure.product}};
        if (figure.floor) {
            row["floor"] = *figure.floor;
            row["ratio"] = figure.ratio;
            row["lowest_ratio"] = figure.lowestRatio;
            row["highest_ratio"] = figure.highestRatio;
        }
        if (figure.goal) {
            row["goal"] = goalText(figure).toStdString();
            row["met"] = figure.isMet();
        }
        if (!figure.note.isEmpty())
            row["note"] = figure.note.toStdString();
        rows.push_back(row);
    }
    const nlohmann::ordered_json document{{"machine", noise.toStdString()}, {"rows", rows}};
    return QByteArray::fromStdString(document.dump(2));
}

void giveUp(const QString& why)
{
    std::fprintf(stderr, "%s: %s\n", program_invocation_short_name, qUtf8Printable(why));
    std::exit(1);
}

}
