// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QStringList>

#include <optional>

namespace app {

enum class Align { Left, Right };

struct Column {
    QString title;
    Align align = Align::Left;
    bool mayShrink = false;    ///< text that is elided where the terminal is narrow; ids and states never are
};

/// Aligned columns. Cells are made visible() as they come in, so that no cell can break its row.
class Table {
public:
    explicit Table(QList<Column> columns) : m_columns(std::move(columns)) {}
    void add(const QStringList& cells);
    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }
    /// Title line and rows, none with a space at its end. With a width no line is wider: first what may shrink does, then the last columns
    /// are left out, down to the first.
    [[nodiscard]] QStringList lines(std::optional<int> width) const;

private:
    [[nodiscard]] QList<int> widths(std::optional<int> available) const;

    QList<Column> m_columns;
    QList<QStringList> m_rows;
};

/// "name   value" lines: names padded to the longest.
[[nodiscard]] QStringList factLines(const QList<std::pair<QString, QString>>& facts);

}
