// SPDX-License-Identifier: Apache-2.0
#include "ui/base/record_model.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"

#include <QSet>

namespace ui {

RecordModel::RecordModel(QList<RecordColumn> columns, QObject* parent) : QAbstractTableModel(parent), m_columns(std::move(columns)) {}

void RecordModel::removeGone(const QList<Record>& records)
{
    QSet<QString> wanted;
    for (const Record& record : records)
        wanted.insert(record.key);
    for (int last = static_cast<int>(m_records.size()) - 1; last >= 0; --last) {
        if (wanted.contains(m_records.at(last).key))
            continue;
        int first = last;
        while (first > 0 && !wanted.contains(m_records.at(first - 1).key))
            --first;
        beginRemoveRows({}, first, last);
        m_records.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
}

void RecordModel::setRecords(const QList<Record>& records)
{
    removeGone(records);
    QSet<QString> present;
    for (const Record& record : std::as_const(m_records))
        present.insert(record.key);
    for (int row = 0; row < records.size(); ++row) {
        const Record& wanted = records.at(row);
        if (row < m_records.size() && m_records.at(row).key == wanted.key) {
            if (m_records.at(row) != wanted) {
                m_records[row] = wanted;
                emit dataChanged(index(row, 0), index(row, columnCount() - 1));
            }
            continue;
        }
        if (present.contains(wanted.key)) {    // it moved: rare, so one at a time
            const int from = rowOf(wanted.key);
            if (from > row && beginMoveRows({}, from, from, {}, row)) {
                m_records.move(from, row);
                endMoveRows();
                m_records[row] = wanted;
                emit dataChanged(index(row, 0), index(row, columnCount() - 1));
            }
            continue;
        }
        int last = row;
        while (last + 1 < records.size() && !present.contains(records.at(last + 1).key))
            ++last;
        beginInsertRows({}, row, last);
        for (int i = row; i <= last; ++i)
            m_records.insert(i, records.at(i));
        endInsertRows();
        row = last;
    }
}

int RecordModel::rowOf(const QString& key) const
{
    for (int row = 0; row < m_records.size(); ++row) {
        if (m_records.at(row).key == key)
            return row;
    }
    return -1;
}

int RecordModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

int RecordModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RecordModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Record& record = m_records.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return plainLine(record.cells.value(index.column()));
    case Qt::ToolTipRole: return plainToolTip(record.tips.value(index.column()));
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (m_columns.at(index.column()).isNumber ? Qt::AlignRight : Qt::AlignLeft));
    case KeyRole: return record.key;
    case IconRole: return index.column() == 0 ? QVariant(record.icon) : QVariant();
    case InkRole: return record.state ? QVariant(static_cast<int>(*record.state)) : QVariant();
    case StateCellRole: return record.stateCell;
    default: return {};
    }
}

QVariant RecordModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    if (role == Qt::DisplayRole)
        return m_columns.at(section).title;
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (m_columns.at(section).isNumber ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

}
