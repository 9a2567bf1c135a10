// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/diff/diff_rows.h"

#include <QAbstractTableModel>

namespace ui {

/// Which fill a column takes in a row that differs: none, that of what was removed, that of what was added, or the row's own.
enum class DiffSide { None, Before, After, Row };

struct DiffColumn {
    QString title;
    DiffSide side = DiffSide::None;
    bool isMono = false;
    bool isNumber = false;
    int width = 0;    ///< at 13 px text; 0 takes a share of what is left
    bool operator==(const DiffColumn&) const = default;
};

/// The rows of a comparison, the gutter's sign in column 0.
class DiffModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        FillRole = Qt::UserRole,    ///< a DiffMark: Added, Removed, Heading, or Same for no fill
        CopyRole,                   ///< the whole text, secrets masked
    };

    explicit DiffModel(QObject* parent = nullptr);
    void setRows(const QList<DiffColumn>& columns, const QList<DiffRow>& rows);
    [[nodiscard]] const QList<DiffRow>& rows() const { return m_rows; }
    /// Of model column 1 and on.
    [[nodiscard]] const QList<DiffColumn>& columns() const { return m_columns; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant signData(const DiffRow& row, int role) const;

    QList<DiffColumn> m_columns;
    QList<DiffRow> m_rows;
};

/// `what`, before, after; "What" where a row names a path in a document.
[[nodiscard]] QList<DiffColumn> meaningColumns(const QString& what = {});
/// Line numbers and text: one column of text, or two side by side.
[[nodiscard]] QList<DiffColumn> unifiedColumns();
[[nodiscard]] QList<DiffColumn> sideBySideColumns();

}
