// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/input_diff_table.h"

#include "ui/base/format.h"
#include "ui/base/plain_header.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::Difference;
using core::tasks::DifferenceKind;

namespace {

QString signOf(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::Changed: return u"~"_s;
    case DifferenceKind::Added: return u"+"_s;
    case DifferenceKind::Removed: return u"\u2212"_s;
    }
    Q_UNREACHABLE();
}

QString kindText(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::Changed: return InputDiffModel::tr("changed");
    case DifferenceKind::Added: return InputDiffModel::tr("added");
    case DifferenceKind::Removed: return InputDiffModel::tr("removed");
    }
    Q_UNREACHABLE();
}

/// Fills a cell that says something with the colour of a diff; a hairline below each row.
class DiffDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const QString text = index.data(Qt::DisplayRole).toString();
        const bool isValue = index.column() >= InputDiffModel::BeforeColumn;
        const bool isFilled = isValue && !text.isEmpty();
        const StateInk& ink = index.column() == InputDiffModel::BeforeColumn ? theme.removed : theme.added;
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        painter->fillRect(option.rect, isFilled ? ink.fill : isSelected ? theme.highlight : theme.base);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
        if (isSelected && option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(theme.accent);
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        painter->setFont(textFont(TextRole::Mono));
        painter->setPen(isFilled ? ink.ink : isSelected ? theme.highlightedText : isValue ? theme.text3 : theme.text);
        const QRect inner = option.rect.adjusted(scaled(8), 0, -scaled(8), 0);
        const QString shown = text.isEmpty() ? InputDiffModel::tr("no value") : text;
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(shown, Qt::ElideRight, inner.width()));
    }
};

}

void InputDiffModel::setDifferences(const QList<Difference>& differences)
{
    if (differences == m_differences)
        return;
    beginResetModel();
    m_differences = differences;
    endResetModel();
}

int InputDiffModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_differences.size());
}

int InputDiffModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant InputDiffModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Difference& difference = m_differences.at(index.row());
    const QString texts[] = {signOf(difference.kind), plainLine(difference.path.join(u'/')), plainLine(difference.before),
                             plainLine(difference.after)};
    const QString& text = texts[index.column()];
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return index.column() == SignColumn ? kindText(difference.kind) : plainToolTip(text);
    if (role == Qt::AccessibleTextRole)
        return index.column() == SignColumn ? kindText(difference.kind) : text.isEmpty() ? tr("no value") : text;
    return {};
}

QVariant InputDiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    const QString titles[] = {QString(), tr("Field"), tr("Before"), tr("After")};
    return titles[section];
}

InputDiffTable::InputDiffTable(QWidget* parent) : QTableView(parent), m_model(new InputDiffModel(this))
{
    setHorizontalHeader(new PlainHeader(this));
    setModel(m_model);
    setItemDelegate(new DiffDelegate(this));
    setAccessibleName(tr("Differences from the original"));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(scaled(24));
    verticalHeader()->setMinimumSectionSize(scaled(24));
    setShowGrid(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setMinimumSectionSize(scaled(28));
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(InputDiffModel::SignColumn, QHeaderView::Fixed);
    horizontalHeader()->resizeSection(InputDiffModel::SignColumn, scaled(28));
}

}
