// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/table.h"

#include "app/signalboxctl/visible_text.h"

#include <algorithm>
#include <numeric>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr int gap = 2;
constexpr int leastShrunk = 8;

QString padded(const QString& text, int cells, Align align)
{
    const QString space(std::max(0, cells - cellWidth(text)), u' ');
    return align == Align::Right ? space + text : text + space;
}

int total(const QList<int>& widths)
{
    return std::accumulate(widths.begin(), widths.end(), 0) + gap * std::max<int>(0, static_cast<int>(widths.size()) - 1);
}

QString trimmedEnd(QString line)
{
    while (line.endsWith(u' '))
        line.chop(1);
    return line;
}

}

void Table::add(const QStringList& cells)
{
    QStringList row;
    for (const QString& cell : cells)
        row << visible(cell);
    m_rows << row;
}

QList<int> Table::widths(std::optional<int> available) const
{
    QList<int> widths;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        int width = cellWidth(m_columns[i].title);
        for (const QStringList& row : m_rows)
            width = std::max(width, cellWidth(row.value(i)));
        widths << width;
    }
    if (!available)
        return widths;
    for (qsizetype i = widths.size() - 1; i >= 0 && total(widths) > *available; --i) {
        if (m_columns[i].mayShrink)
            widths[i] = std::max(std::min(leastShrunk, widths[i]), widths[i] - (total(widths) - *available));
    }
    while (widths.size() > 1 && total(widths) > *available)
        widths.removeLast();
    return widths;
}

QStringList Table::lines(std::optional<int> width) const
{
    const QList<int> columnWidths = widths(width);
    QStringList titles;
    for (const Column& column : m_columns)
        titles << column.title;
    QStringList lines;
    for (const QStringList& row : QList<QStringList>{titles} + m_rows) {
        QStringList cells;
        for (qsizetype i = 0; i < columnWidths.size(); ++i)
            cells << padded(elided(row.value(i), columnWidths[i]), columnWidths[i], m_columns[i].align);
        lines << trimmedEnd(cells.join(QString(gap, u' ')));
    }
    return lines;
}

QStringList factLines(const QList<std::pair<QString, QString>>& facts)
{
    int widest = 0;
    for (const auto& [name, value] : facts)
        widest = std::max(widest, cellWidth(name));
    QStringList lines;
    for (const auto& [name, value] : facts)
        lines << trimmedEnd(padded(name, widest, Align::Left) + QString(gap, u' ') + visible(value));
    return lines;
}

}
