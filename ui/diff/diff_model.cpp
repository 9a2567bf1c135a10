// SPDX-License-Identifier: Apache-2.0
#include "ui/diff/diff_model.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/metrics.h"

namespace ui {

namespace {

DiffMark fillOf(DiffMark mark, DiffSide side)
{
    const bool hasBefore = mark == DiffMark::Changed || mark == DiffMark::Removed;
    const bool hasAfter = mark == DiffMark::Changed || mark == DiffMark::Added;
    switch (side) {
    case DiffSide::None: return DiffMark::Same;
    case DiffSide::Before: return hasBefore ? DiffMark::Removed : DiffMark::Same;
    case DiffSide::After: return hasAfter ? DiffMark::Added : DiffMark::Same;
    case DiffSide::Row: return mark;
    }
    Q_UNREACHABLE();
}

}

DiffModel::DiffModel(QObject* parent) : QAbstractTableModel(parent) {}

void DiffModel::setRows(const QList<DiffColumn>& columns, const QList<DiffRow>& rows)
{
    if (columns == m_columns && rows == m_rows)
        return;
    beginResetModel();
    m_columns = columns;
    m_rows = rows;
    endResetModel();
}

int DiffModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DiffModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 1;
}

QVariant DiffModel::signData(const DiffRow& row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case CopyRole: return signOf(row.mark);
    case Qt::AccessibleTextRole: return wordOf(row.mark);
    case Qt::FontRole: return textFont(TextRole::Mono);
    case Qt::TextAlignmentRole: return static_cast<int>(Qt::AlignCenter);
    default: return {};
    }
}

QVariant DiffModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DiffRow& row = m_rows.at(index.row());
    if (index.column() == 0)
        return signData(row, role);
    const DiffColumn& column = m_columns.at(index.column() - 1);
    const QString text = row.cells.value(index.column() - 1);
    switch (role) {
    case Qt::DisplayRole: return plainLine(text);
    case Qt::EditRole: return text;
    case CopyRole: return row.copies.isEmpty() ? text : row.copies.value(index.column() - 1);
    case Qt::ToolTipRole: return text.size() > 40 ? QVariant(plainToolTip(text)) : QVariant();
    case Qt::FontRole:
        return textFont(row.mark == DiffMark::Heading ? TextRole::SmallEmphasis : column.isMono ? TextRole::Mono : TextRole::Body);
    case Qt::TextAlignmentRole: return static_cast<int>(Qt::AlignVCenter | (column.isNumber ? Qt::AlignRight : Qt::AlignLeft));
    case FillRole: return static_cast<int>(row.mark == DiffMark::Heading ? DiffMark::Heading : fillOf(row.mark, column.side));
    default: return {};
    }
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section > m_columns.size())
        return {};
    if (role == Qt::DisplayRole)
        return section == 0 ? QString() : m_columns.at(section - 1).title;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section > 0 && m_columns.at(section - 1).isNumber ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

QList<DiffColumn> meaningColumns(const QString& what)
{
    return {{what.isEmpty() ? DiffModel::tr("What") : what, DiffSide::None},
            {DiffModel::tr("Before"), DiffSide::Before, true},
            {DiffModel::tr("After"), DiffSide::After, true}};
}

QList<DiffColumn> unifiedColumns()
{
    return {{DiffModel::tr("Before"), DiffSide::None, true, true, 60},
            {DiffModel::tr("After"), DiffSide::None, true, true, 60},
            {DiffModel::tr("Text"), DiffSide::Row, true}};
}

QList<DiffColumn> sideBySideColumns()
{
    return {{DiffModel::tr("Line"), DiffSide::None, true, true, 60},
            {DiffModel::tr("Before"), DiffSide::Before, true},
            {DiffModel::tr("Line"), DiffSide::None, true, true, 60},
            {DiffModel::tr("After"), DiffSide::After, true}};
}

}
