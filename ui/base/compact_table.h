// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QTableView>

#include <functional>

namespace ui {

/// A column of a CompactTable.
struct CompactColumn {
    QString title;
    bool isNumber = false;    ///< right-aligned
    bool isMono = false;      ///< ids, keys, exact times
    bool stretches = false;
};

/// Read-only rows of text that are asked for as they are painted, so that 100,000 cost nothing. `text(row, column)` may be
/// outside text; an empty one is shown as a dash in text 3.
class CompactModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using Text = std::function<QString(int row, int column)>;
    CompactModel(QList<CompactColumn> columns, int rows, Text text, QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] const QList<CompactColumn>& columns() const { return m_columns; }

private:
    QList<CompactColumn> m_columns;
    int m_rows;
    Text m_text;
};

/// A small table inside a payload view: 24 px rows with a hairline, the current row with fill and accent rule, ctrl+C copies the
/// selected rows with tabs. It is as high as its rows, up to `mostRows` (then it scrolls).
class CompactTable final : public QTableView {
    Q_OBJECT

public:
    /// `name` is its accessible name. Takes the model over.
    CompactTable(const QString& name, CompactModel* model, QWidget* parent, int mostRows = 12);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// The selected rows as lines of tab-separated text.
    [[nodiscard]] QString selectedText() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyMetrics();
    int m_mostRows;
};

}
