// SPDX-License-Identifier: Apache-2.0
#include "ui/base/compact_table.h"

#include "ui/base/format.h"
#include "ui/base/plain_header.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int rule = 3;

/// Hairline under each row; the current row has fill, rule and frame; mono columns keep their face.
class RowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const bool selected = option.state & QStyle::State_Selected;
        const bool active = option.widget && option.widget->hasFocus();
        const QRect rect = option.rect;
        if (selected)
            painter->fillRect(rect, active ? theme.highlight : theme.inactiveHighlight);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hairline);
        if (selected && index.column() == 0)
            painter->fillRect(QRect(rect.left(), rect.top(), rule, rect.height()), theme.accent);

        const QString text = index.data(Qt::DisplayRole).toString();
        painter->setFont(index.data(Qt::FontRole).value<QFont>());
        painter->setPen(text.isEmpty() ? theme.text3 : selected && active ? theme.highlightedText : theme.text);
        const QRect inner = rect.adjusted(scaled(8), 0, -scaled(8), -1);
        const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
        const QString shown = text.isEmpty() ? u"\u2014"_s : painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width());
        painter->drawText(inner, static_cast<int>(alignment) | Qt::TextSingleLine, shown);
    }
};

}

CompactModel::CompactModel(QList<CompactColumn> columns, int rows, Text text, QObject* parent)
    : QAbstractTableModel(parent), m_columns(std::move(columns)), m_rows(rows), m_text(std::move(text))
{
}

int CompactModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int CompactModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant CompactModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CompactColumn& column = m_columns.at(index.column());
    switch (role) {
    case Qt::DisplayRole: return plainLine(m_text(index.row(), index.column()));
    case Qt::EditRole: return m_text(index.row(), index.column());    // the whole text, for copies
    case Qt::ToolTipRole: {
        const QString text = m_text(index.row(), index.column());
        return text.size() > 24 ? QVariant(plainToolTip(text)) : QVariant();
    }
    case Qt::FontRole: return textFont(column.isMono ? TextRole::Mono : TextRole::Body);
    case Qt::TextAlignmentRole: return static_cast<int>(Qt::AlignVCenter | (column.isNumber ? Qt::AlignRight : Qt::AlignLeft));
    default: return {};
    }
}

QVariant CompactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    const CompactColumn& column = m_columns.at(section);
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (column.isNumber ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

CompactTable::CompactTable(const QString& name, CompactModel* model, QWidget* parent, int mostRows)
    : QTableView(parent), m_mostRows(mostRows)
{
    model->setParent(this);
    setModel(model);
    setHorizontalHeader(new PlainHeader(this));
    setItemDelegate(new RowDelegate(this));
    setAccessibleName(name);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    bool anyStretches = false;
    for (int column = 0; column < model->columnCount(); ++column)
        anyStretches = anyStretches || model->columns().at(column).stretches;
    horizontalHeader()->setStretchLastSection(!anyStretches);
    applyMetrics();
}

void CompactTable::applyMetrics()
{
    setFont(textFont(TextRole::Body));
    verticalHeader()->setDefaultSectionSize(scaled(24));
    verticalHeader()->setMinimumSectionSize(scaled(24));
    const auto* compact = static_cast<CompactModel*>(model());
    for (int column = 0; column < compact->columnCount(); ++column) {
        if (compact->columns().at(column).stretches) {
            horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
            continue;
        }
        horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
        const QFontMetrics metrics(textFont(compact->columns().at(column).isMono ? TextRole::Mono : TextRole::Body));
        int widest = QFontMetrics(textFont(TextRole::Small)).horizontalAdvance(compact->columns().at(column).title);
        for (int row = 0; row < std::min(compact->rowCount(), 100); ++row)
            widest = std::max(widest, metrics.horizontalAdvance(compact->index(row, column).data().toString()));
        horizontalHeader()->resizeSection(column, std::min(widest, scaled(240)) + scaled(24));
    }
    updateGeometry();
}

QSize CompactTable::sizeHint() const
{
    const int rows = std::clamp(model()->rowCount(), 1, m_mostRows);
    return {scaled(400), scaled(28) + rows * scaled(24) + 2 * frameWidth()};
}

QSize CompactTable::minimumSizeHint() const
{
    return {scaled(160), sizeHint().height()};
}

QString CompactTable::selectedText() const
{
    QStringList lines;
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex& first : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells << first.siblingAtColumn(column).data(Qt::EditRole).toString();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

void CompactTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(selectedText());
        return;
    }
    QTableView::keyPressEvent(event);
}

void CompactTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

}
