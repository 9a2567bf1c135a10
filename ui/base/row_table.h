// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/base/row_model.h"

#include <QTableView>

namespace ui {

enum class TableCopy { Csv, Markdown };

/// A table of a page in our row style: no grid, a hairline below each row, the current row with an accent rule and a frame. Enter or a
/// double click opens a row, Ctrl+C copies the chosen rows as CSV, Ctrl+Shift+C as Markdown; a cell in Link ink can be clicked.
class RowTable final : public QTableView {
    Q_OBJECT

public:
    /// `name`: what it lists, for accessibility.
    RowTable(QList<RowColumn> columns, const Preferences& preferences, const QString& name, QWidget* parent = nullptr);

    [[nodiscard]] RowModel& rows() const { return *m_model; }
    /// The rows in their new order; the one on top of the view stays where it is once a person has scrolled or chosen one.
    void setRows(const QList<PageRow>& rows);
    /// 28 by default (look.md: 24 in nested tables, 32 with sparkline).
    void setRowTokens(int pixelsAtBody);
    [[nodiscard]] const PageRow* currentRow() const;
    /// The chosen rows in the order of the list; all of them when none is chosen.
    [[nodiscard]] QString copyText(TableCopy form) const;
    /// As high as its rows, up to `most` of them: for a table that stands within a page.
    void fitHeight(int most);

signals:
    void rowActivated(const ui::PageRow& row);
    void linkActivated(const ui::PageRow& row, int column);
    void currentRowChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void copy(TableCopy form) const;
    void applyMetrics();
    void layoutColumns();
    [[nodiscard]] bool isLink(const QModelIndex& index) const;

    RowModel* m_model;
    int m_rowTokens = 28;
    int m_mostRows = 0;    // 0: does not follow its rows
};

}
