// SPDX-License-Identifier: Apache-2.0
#include "ui/base/row_model.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/session/preferences.h"

#include <QSet>

#include <algorithm>

namespace ui {

RowModel::RowModel(QList<RowColumn> columns, const Preferences& preferences, QObject* parent)
    : QAbstractTableModel(parent), m_columns(std::move(columns)), m_preferences(preferences)
{
    connect(&preferences, &Preferences::changed, this, &RowModel::updateTimes);
}

void RowModel::removeGone(const QList<PageRow>& wanted)
{
    QSet<QString> keys;
    for (const PageRow& row : wanted)
        keys.insert(row.key);
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (keys.contains(m_rows.at(last).key))
            continue;
        int first = last;
        while (first > 0 && !keys.contains(m_rows.at(first - 1).key))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
}

void RowModel::setRows(const QList<PageRow>& wanted)
{
    m_asked = false;
    removeGone(wanted);
    QSet<QString> present;
    for (const PageRow& row : m_rows)
        present.insert(row.key);
    for (int at = 0; at < wanted.size(); ++at) {
        if (at < m_rows.size() && m_rows.at(at).key == wanted.at(at).key) {
            if (m_rows.at(at) != wanted.at(at)) {
                m_rows[at] = wanted.at(at);
                emit dataChanged(index(at, 0), index(at, columnCount() - 1));
            }
            continue;
        }
        if (!present.contains(wanted.at(at).key)) {
            int last = at;
            while (last + 1 < wanted.size() && !present.contains(wanted.at(last + 1).key))
                ++last;
            beginInsertRows({}, at, last);
            m_rows = m_rows.mid(0, at) + wanted.mid(at, last - at + 1) + m_rows.mid(at);    // at once: one by one moves the rest each time
            endInsertRows();
            at = last;
            continue;
        }
        int from = at + 1;
        while (from < m_rows.size() && m_rows.at(from).key != wanted.at(at).key)
            ++from;
        if (from == m_rows.size())
            return;    // two rows of one key: the first stands
        beginMoveRows({}, from, from, {}, at);
        m_rows.move(from, at);
        endMoveRows();
        m_rows[at] = wanted.at(at);
        emit dataChanged(index(at, 0), index(at, columnCount() - 1));
    }
}

void RowModel::setTitle(int column, const QString& title)
{
    if (m_columns.at(column).title == title)
        return;
    m_columns[column].title = title;
    emit headerDataChanged(Qt::Horizontal, column, column);
}

int RowModel::rowOf(const QString& key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const PageRow& row) { return row.key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void RowModel::setHasMore(bool hasMore)
{
    m_hasMore = hasMore;
    m_asked = false;
}

void RowModel::updateTimes()
{
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
}

QString RowModel::textOf(const RowCell& cell) const
{
    if (!cell.time)
        return cell.text;
    const core::Time now = core::base::systemNow();
    return m_preferences.showsRelativeTimes() ? relativeTime(*cell.time, now) : shortTime(*cell.time, now, m_preferences.timeZone());
}

int RowModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RowModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RowModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PageRow& row = m_rows.at(index.row());
    if (index.column() >= row.cells.size())
        return {};
    const RowCell& cell = row.cells.at(index.column());
    switch (role) {
    case Qt::DisplayRole: return textOf(cell);
    case Qt::AccessibleTextRole: {
        const QString text = textOf(cell);
        return cell.chip.isEmpty() ? text : text + QStringLiteral(", ") + cell.chip;
    }
    case Qt::ToolTipRole:
        if (!cell.hover.isEmpty())
            return plainToolTip(cell.hover);
        if (cell.time)
            return exactTime(*cell.time, m_preferences.timeZone());
        return {};
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((m_columns.at(index.column()).isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case CellRole: return QVariant::fromValue(cell);
    default: return {};
    }
}

QVariant RowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    if (role == Qt::DisplayRole)
        return m_columns.at(section).title;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((m_columns.at(section).isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    return {};
}

bool RowModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_hasMore && !m_asked;
}

void RowModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_asked = true;
    emit moreAsked();
}

}
