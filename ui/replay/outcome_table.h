// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/replay/replay_diff.h"

#include <QAbstractTableModel>
#include <QTableView>

namespace ui {

/// Gutter, column, before, after. The gutter's sign (~ changed, + new) is the text of its column.
class OutcomeModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    void setRows(const QList<OutcomeRow>& rows);
    [[nodiscard]] const QList<OutcomeRow>& rows() const { return m_rows; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<OutcomeRow> m_rows;
};

/// What would change, row by row; as high as its rows. Sign and fill say the same, so that it reads in grey too.
class OutcomeTable final : public QTableView {
    Q_OBJECT

public:
    explicit OutcomeTable(const QString& name, QWidget* parent = nullptr);
    void setRows(const QList<OutcomeRow>& rows);
    [[nodiscard]] const QList<OutcomeRow>& rows() const { return m_model->rows(); }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyMetrics();
    OutcomeModel* m_model;
};

}
