// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QAbstractTableModel>

#include <optional>

namespace ui {

struct RecordColumn {
    QString title;
    bool isNumber = false;    ///< right-aligned
    bool isMono = false;      ///< ids, keys, codes
    bool stretches = false;
};

/// One row: what names it for good, and what its cells say (outside text; shown as one plain line each).
struct Record {
    QString key;
    QStringList cells;
    QString icon;                     ///< one of our drawings, before the first cell; may be empty
    std::optional<JobState> state;    ///< the ink of the icon, and of the cell `stateCell`
    int stateCell = -1;
    QStringList tips;    ///< one for each cell, or none
    bool operator==(const Record&) const = default;
};

/// A short list that changes while it is looked at. setRecords() tells the smallest change by key, so that selection, current row
/// and scroll stay.
class RecordModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { KeyRole = Qt::UserRole, IconRole, InkRole, StateCellRole };

    explicit RecordModel(QList<RecordColumn> columns, QObject* parent = nullptr);
    void setRecords(const QList<Record>& records);
    [[nodiscard]] const QList<Record>& records() const { return m_records; }
    [[nodiscard]] const QList<RecordColumn>& columns() const { return m_columns; }
    /// -1 if it is not there.
    [[nodiscard]] int rowOf(const QString& key) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void removeGone(const QList<Record>& records);
    QList<RecordColumn> m_columns;
    QList<Record> m_records;
};

}
