// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/computed_table.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QTableView>

namespace bench {

namespace {

constexpr int columns = 8;
constexpr int rowHeight = 28;

class ComputedRows final : public QAbstractTableModel {
public:
    ComputedRows(int rows, QObject* parent) : QAbstractTableModel(parent), m_rows(rows) {}
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : m_rows; }
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : columns; }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("row %1.%2").arg(index.row()).arg(index.column())) : QVariant();
    }

private:
    int m_rows;
};

}

QTableView* showComputedTable(int rows)
{
    auto* view = new QTableView;
    view->setAttribute(Qt::WA_DeleteOnClose);
    view->verticalHeader()->setDefaultSectionSize(rowHeight);
    view->verticalHeader()->hide();
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setModel(new ComputedRows(rows, view));
    view->resize(1440, 900);
    view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    view->show();
    return view;
}

}
