// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/diff/diff_model.h"

#include <QTableView>

namespace ui {

/// What differs between two documents, row by row: a gutter with ~ + −, and the fills of what went and what came. Up and down move, N and
/// Shift+N go to the next and the former row that differs, Ctrl+C copies the chosen rows with tabs, secrets masked.
class DiffTable final : public QTableView {
    Q_OBJECT

public:
    /// `name`: what it compares, for accessibility.
    explicit DiffTable(const QString& name, QWidget* parent = nullptr);
    void setRows(const QList<DiffColumn>& columns, const QList<DiffRow>& rows);
    /// As high as its rows are, and where there is no room as high as `atLeast` of them. Otherwise it takes the room that is left.
    void setFitsRows(int atLeast);
    [[nodiscard]] DiffModel& diff() const { return *m_model; }
    [[nodiscard]] QString selectedText() const;
    /// The next row that differs, or the one before; nothing happens beyond the last.
    void stepToDifference(bool forward);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyMetrics();
    void layoutColumns();

    [[nodiscard]] int heightOf(int rows) const;

    DiffModel* m_model;
    int m_leastRows = 0;
};

}
