// SPDX-License-Identifier: Apache-2.0
#include "ui/base/record_table.h"

#include "ui/base/plain_header.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

class RecordDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* table = static_cast<const RecordTable*>(option.widget);
        const RecordColumn& column = table->records()->columns().at(index.column());
        const Theme& theme = themeOf(option.palette);
        const bool selected = option.state & QStyle::State_Selected;
        const bool focused = table->hasFocus();
        painter->save();
        painter->fillRect(option.rect, selected ? (focused ? theme.highlight : theme.inactiveHighlight) : theme.base);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
        const bool isCurrentRow = table->currentIndex().row() == index.row();
        if (isCurrentRow && selected && table->horizontalHeader()->visualIndex(index.column()) == 0)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme.accent);

        QRect room = option.rect.adjusted(scaled(8), 0, -scaled(8), 0);
        const auto ink = index.data(RecordModel::InkRole);
        const QString icon = index.data(RecordModel::IconRole).toString();
        if (!icon.isEmpty()) {
            const int side = scaled(16);
            paintIcon(painter, QRect(room.left(), room.center().y() - side / 2, side, side), icon,
                      ink.isValid() ? theme.state(static_cast<JobState>(ink.toInt())).ink : theme.text2);
            room.setLeft(room.left() + side + scaled(6));
        }
        const QString text = index.data(Qt::DisplayRole).toString();
        painter->setFont(textFont(column.isMono ? TextRole::MonoSmall : TextRole::Small));
        const bool inked = ink.isValid() && index.data(RecordModel::StateCellRole).toInt() == index.column();
        painter->setPen(text.isEmpty() ? theme.text3
                        : inked        ? theme.state(static_cast<JobState>(ink.toInt())).ink
                        : selected     ? (focused ? theme.highlightedText : theme.text)
                                       : theme.text);
        const QString shown = text.isEmpty() ? u"\u2013"_s : painter->fontMetrics().elidedText(text, Qt::ElideRight, room.width());
        painter->drawText(room, index.data(Qt::TextAlignmentRole).toInt(), shown);
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* table = static_cast<const RecordTable*>(option.widget);
        const RecordColumn& column = table->records()->columns().at(index.column());
        const QFontMetrics metrics(textFont(column.isMono ? TextRole::MonoSmall : TextRole::Small));
        const int icon = index.data(RecordModel::IconRole).toString().isEmpty() ? 0 : scaled(22);
        return {metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString()) + icon + scaled(18), scaled(24)};
    }
};

}

RecordTable::RecordTable(const QString& name, RecordModel* model, QWidget* parent) : QTableView(parent), m_model(model)
{
    model->setParent(this);
    setAccessibleName(name);
    setModel(model);
    setItemDelegate(new RecordDelegate(this));
    setHorizontalHeader(new PlainHeader(this));
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(scaled(40));
    connect(model, &RecordModel::rowsInserted, this, &RecordTable::fitColumns);
    connect(model, &RecordModel::rowsInserted, this, &RecordTable::updateGeometry);
    connect(model, &RecordModel::rowsRemoved, this, &RecordTable::updateGeometry);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { emit currentKeyChanged(current.data(RecordModel::KeyRole).toString()); });
    applyMetrics();
}

QString RecordTable::currentKey() const
{
    return currentIndex().data(RecordModel::KeyRole).toString();
}

void RecordTable::setCurrentKey(const QString& key)
{
    const int row = m_model->rowOf(key);
    if (row >= 0)
        selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void RecordTable::setMostRows(int rows)
{
    m_mostRows = rows;
    setSizePolicy(QSizePolicy::Expanding, rows > 0 ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    updateGeometry();
}

QSize RecordTable::sizeHint() const
{
    if (m_mostRows == 0)
        return QTableView::sizeHint();
    const int rows = std::clamp(m_model->rowCount(), 1, m_mostRows);
    const int bar = horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->sizeHint().height() : 0;
    return {scaled(200), horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth() + bar};
}

QSize RecordTable::minimumSizeHint() const
{
    return m_mostRows == 0 ? QSize(scaled(120), scaled(80)) : QSize(scaled(120), sizeHint().height());
}

QString RecordTable::selectedText() const
{
    QStringList lines;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (selectionModel()->isRowSelected(row, {}))
            lines << m_model->records().at(row).cells.join(u'\t');
    }
    return lines.join(u'\n');
}

void RecordTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(selectedText());
        return;
    }
    QTableView::keyPressEvent(event);
}

void RecordTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        applyMetrics();
}

void RecordTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void RecordTable::applyMetrics()
{
    verticalHeader()->setDefaultSectionSize(scaled(24));
    verticalHeader()->setMinimumSectionSize(scaled(24));
}

/// Columns as wide as their text asks for, within reason; the stretching one takes what is left.
void RecordTable::fitColumns()
{
    const auto& columns = m_model->columns();
    int taken = 0;
    int stretching = -1;
    for (int column = 0; column < columns.size(); ++column) {
        if (columns.at(column).stretches) {
            stretching = column;
            continue;
        }
        const int title = QFontMetrics(textFont(TextRole::Small)).horizontalAdvance(columns.at(column).title) + scaled(18);
        const int wanted = std::max(sizeHintForColumn(column), title);
        setColumnWidth(column, std::min(wanted, scaled(260)));
        taken += columnWidth(column);
    }
    if (stretching >= 0)
        setColumnWidth(stretching, std::max(scaled(m_mostRows > 0 ? 60 : 110), viewport()->width() - taken));
    if (m_mostRows > 0)
        updateGeometry();    // with or without a scroll bar
}

}
