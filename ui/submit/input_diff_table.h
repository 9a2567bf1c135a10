// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/payload_diff.h"

#include <QAbstractTableModel>
#include <QTableView>

namespace ui {

/// Column, before, after: one row for each difference of two inputs, with the sign that says which kind it is.
class InputDiffModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { SignColumn, PathColumn, BeforeColumn, AfterColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setDifferences(const QList<core::tasks::Difference>& differences);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<core::tasks::Difference> m_differences;
};

/// The table of it, in the colours of a diff.
class InputDiffTable final : public QTableView {
    Q_OBJECT

public:
    explicit InputDiffTable(QWidget* parent = nullptr);
    [[nodiscard]] InputDiffModel* differences() const { return m_model; }

private:
    InputDiffModel* m_model;
};

}
