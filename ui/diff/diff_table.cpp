// SPDX-License-Identifier: Apache-2.0
#include "ui/diff/diff_table.h"

#include "ui/base/plain_header.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int gutterTokens = 28;
constexpr int rowTokens = 24;

bool isHeading(const QModelIndex& index)
{
    return static_cast<const DiffModel*>(index.model())->rows().at(index.row()).mark == DiffMark::Heading;
}

class DiffDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const bool selected = option.state & QStyle::State_Selected;
        const bool active = option.widget && option.widget->hasFocus();
        const QRect rect = option.rect;
        const auto fill = static_cast<DiffMark>(index.data(DiffModel::FillRole).toInt());
        QColor ink = index.column() == 0 ? theme.text : theme.text2;
        if (index.column() == 0 || isHeading(index))
            painter->fillRect(rect, theme.alternateBase);
        if (selected)
            painter->fillRect(rect, active ? theme.highlight : theme.inactiveHighlight);
        if (fill == DiffMark::Added || fill == DiffMark::Removed) {
            const StateInk& marked = fill == DiffMark::Added ? theme.added : theme.removed;
            painter->fillRect(rect, marked.fill);    // also in a chosen row: the rule at its start shows which that is
            ink = marked.ink;
        } else if (selected) {
            ink = theme.text;
        }
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hairline);
        if (selected && index.column() == 0)
            painter->fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), active ? theme.accent : theme.outline);
        painter->setFont(index.data(Qt::FontRole).value<QFont>());
        painter->setPen(ink);
        const QRect inner = index.column() == 0 ? rect : rect.adjusted(scaled(8), 0, -scaled(8), -1);
        const int alignment = index.data(Qt::TextAlignmentRole).toInt();
        painter->drawText(inner, alignment | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, inner.width()));
    }
};

}

DiffTable::DiffTable(const QString& name, QWidget* parent) : QTableView(parent), m_model(new DiffModel(this))
{
    setModel(m_model);
    setHorizontalHeader(new PlainHeader(this));
    setItemDelegate(new DiffDelegate(this));
    setAccessibleName(name);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    applyMetrics();
}

void DiffTable::setRows(const QList<DiffColumn>& columns, const QList<DiffRow>& rows)
{
    m_model->setRows(columns, rows);
    layoutColumns();
    updateGeometry();
}

void DiffTable::setFitsRows(int atLeast)
{
    m_leastRows = atLeast;
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    updateGeometry();
}

QSize DiffTable::sizeHint() const
{
    return m_leastRows > 0 ? QSize(scaled(420), heightOf(std::max(1, m_model->rowCount()))) : QTableView::sizeHint();
}

QSize DiffTable::minimumSizeHint() const
{
    return m_leastRows > 0 ? QSize(scaled(280), heightOf(std::clamp(m_model->rowCount(), 1, m_leastRows))) : QTableView::minimumSizeHint();
}

int DiffTable::heightOf(int rows) const
{
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth();
}

void DiffTable::applyMetrics()
{
    verticalHeader()->setMinimumSectionSize(scaled(rowTokens));
    verticalHeader()->setDefaultSectionSize(scaled(rowTokens));
    horizontalHeader()->setMinimumSectionSize(scaled(gutterTokens));
    layoutColumns();
}

/// The gutter and the numbers as wide as they are made, the texts share the rest alike.
void DiffTable::layoutColumns()
{
    int rest = viewport()->width() - scaled(gutterTokens);
    int sharing = 0;
    for (const DiffColumn& column : m_model->columns()) {
        rest -= scaled(column.width);
        sharing += column.width == 0 ? 1 : 0;
    }
    if (m_model->columnCount() < 2)
        return;
    setColumnWidth(0, scaled(gutterTokens));
    for (int i = 0; i < m_model->columns().size(); ++i) {
        const int width = m_model->columns().at(i).width;
        setColumnWidth(i + 1, width > 0 ? scaled(width) : std::max(scaled(80), rest / sharing));
    }
}

QString DiffTable::selectedText() const
{
    QModelIndexList chosen = selectionModel()->selectedRows();
    std::sort(chosen.begin(), chosen.end());
    QStringList lines;
    for (const QModelIndex& first : std::as_const(chosen)) {
        QStringList cells;
        for (int column = 0; column < m_model->columnCount(); ++column)
            cells << first.siblingAtColumn(column).data(DiffModel::CopyRole).toString();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

void DiffTable::stepToDifference(bool forward)
{
    const int step = forward ? 1 : -1;
    for (int row = currentIndex().row() + step; row >= 0 && row < m_model->rowCount(); row += step) {
        if (m_model->rows().at(row).mark == DiffMark::Same || m_model->rows().at(row).mark == DiffMark::Heading)
            continue;
        selectRow(row);
        scrollTo(m_model->index(row, 0));
        return;
    }
}

void DiffTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(selectedText());
    else if (event->key() == Qt::Key_N && !(event->modifiers() & ~Qt::ShiftModifier))
        stepToDifference(!(event->modifiers() & Qt::ShiftModifier));
    else
        QTableView::keyPressEvent(event);
}

void DiffTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    layoutColumns();
}

void DiffTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

}
