// SPDX-License-Identifier: Apache-2.0
#include "ui/base/row_table.h"

#include "ui/base/row_delegate.h"
#include "ui/base/row_header.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString csvField(const QString& text)
{
    // a field that a spreadsheet would take for a formula is made text
    QString field = !text.isEmpty() && u"=+-@\t"_s.contains(text.front()) ? u'\'' + text : text;
    if (field.contains(u',') || field.contains(u'"') || field.contains(u'\n'))
        field = u'"' + field.replace(u'"', u"\"\""_s) + u'"';
    return field;
}

QString markdownField(QString text)
{
    return text.replace(u'\\', u"\\\\"_s).replace(u'|', u"\\|"_s).replace(u'<', u"&lt;"_s);
}

}

RowTable::RowTable(QList<RowColumn> columns, const Preferences& preferences, const QString& name, QWidget* parent)
    : QTableView(parent), m_model(new RowModel(std::move(columns), preferences, this))
{
    setAccessibleName(name);
    setHorizontalHeader(new RowHeader(this));
    setModel(m_model);
    setItemDelegate(new RowDelegate(this));
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    verticalHeader()->hide();
    horizontalHeader()->setMinimumSectionSize(scaled(24));
    horizontalHeader()->setAccessibleName(tr("Columns of %1").arg(name));
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex& index) { emit rowActivated(m_model->rows().at(index.row())); });
    applyMetrics();
}

void RowTable::applyMetrics()
{
    verticalHeader()->setMinimumSectionSize(scaled(m_rowTokens));
    verticalHeader()->setDefaultSectionSize(scaled(m_rowTokens));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setFixedHeight(scaled(28));
    if (m_mostRows > 0)
        fitHeight(m_mostRows);
    layoutColumns();
}

void RowTable::layoutColumns()
{
    const QList<RowColumn>& columns = m_model->columns();
    int fixed = 0;
    for (const RowColumn& column : columns)
        fixed += scaled(column.width);
    const int rest = viewport()->width() - fixed;
    for (int i = 0; i < columns.size(); ++i)
        setColumnWidth(i, scaled(columns.at(i).width) + (columns.at(i).stretches ? std::max(rest, -scaled(columns.at(i).width) / 2) : 0));
}

void RowTable::setRowTokens(int pixelsAtBody)
{
    m_rowTokens = pixelsAtBody;
    applyMetrics();
}

void RowTable::fitHeight(int most)
{
    m_mostRows = most;
    const int shown = std::clamp(m_model->rowCount(), 1, most);
    setFixedHeight(horizontalHeader()->height() + shown * scaled(m_rowTokens) + 2 * frameWidth());
}

void RowTable::setRows(const QList<PageRow>& rows)
{
    QScrollBar* bar = verticalScrollBar();
    const bool keepsPlace = bar->value() > 0 || selectionModel()->hasSelection();
    const int top = rowAt(0);
    const QString anchor = keepsPlace && top >= 0 ? m_model->rows().at(top).key : QString();
    const int offset = anchor.isEmpty() ? 0 : rowViewportPosition(top);
    m_model->setRows(rows);
    if (const int now = anchor.isEmpty() ? -1 : m_model->rowOf(anchor); now >= 0)
        bar->setValue(now * rowHeight(now) - offset);
    if (m_mostRows > 0)
        fitHeight(m_mostRows);
}

const PageRow* RowTable::currentRow() const
{
    return currentIndex().isValid() ? &m_model->rows().at(currentIndex().row()) : nullptr;
}

QString RowTable::copyText(TableCopy form) const
{
    QList<int> chosen;
    const QModelIndexList selected = selectionModel()->selectedRows();
    for (const QModelIndex& index : selected)
        chosen += index.row();
    std::sort(chosen.begin(), chosen.end());
    if (chosen.isEmpty()) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            chosen += row;
    }
    const auto line = [form](const QStringList& fields) {
        return form == TableCopy::Csv ? fields.join(u',') + u"\r\n"_s : u"| "_s + fields.join(u" | "_s) + u" |\n"_s;
    };
    const auto field = [form](const QString& text) { return form == TableCopy::Csv ? csvField(text) : markdownField(text); };
    QStringList titles;
    QStringList rules;
    for (const RowColumn& column : m_model->columns()) {
        titles += field(column.title);
        rules += column.isNumber ? u"---:"_s : u"---"_s;
    }
    QString text = line(titles);
    if (form == TableCopy::Markdown)
        text += line(rules);
    for (const int row : std::as_const(chosen)) {
        QStringList fields;
        for (const RowCell& cell : m_model->rows().at(row).cells)
            fields += field(cell.time ? core::base::toIsoText(*cell.time) : cell.text);
        text += line(fields);
    }
    return text;
}

void RowTable::copy(TableCopy form) const
{
    QGuiApplication::clipboard()->setText(copyText(form));
}

bool RowTable::isLink(const QModelIndex& index) const
{
    return index.isValid() && index.data(RowModel::CellRole).value<RowCell>().ink == RowInk::Link;
}

void RowTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy(TableCopy::Csv);
    } else if (event->key() == Qt::Key_C && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        copy(TableCopy::Markdown);
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentRow()) {
        emit rowActivated(PageRow(*currentRow()));
    } else {
        QTableView::keyPressEvent(event);
    }
}

void RowTable::mouseReleaseEvent(QMouseEvent* event)
{
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && isLink(index))
        emit linkActivated(PageRow(m_model->rows().at(index.row())), index.column());
}

void RowTable::mouseMoveEvent(QMouseEvent* event)
{
    viewport()->setCursor(isLink(indexAt(event->pos())) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QTableView::mouseMoveEvent(event);
}

void RowTable::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    if (!actions().isEmpty())
        menu->addSeparator();
    menu->addAction(actionIcon(u"edit-copy"_s), tr("Copy as CSV") + u"\tCtrl+C"_s, this, [this] { copy(TableCopy::Csv); });
    menu->addAction(tr("Copy as Markdown") + u"\tCtrl+Shift+C"_s, this, [this] { copy(TableCopy::Markdown); });
    menu->popup(event->globalPos());
}

void RowTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    layoutColumns();
}

void RowTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyMetrics();
}

void RowTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row()) {
        viewport()->update();
        emit currentRowChanged();
    }
}

void RowTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    viewport()->update();    // the frame of the current row spans all of its cells
}

}
