// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_view.h"

#include "ui/jobs/job_selection.h"
#include "ui/jobs/jobs_delegate.h"
#include "ui/jobs/jobs_header.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace ui {

JobsView::JobsView(JobsModel* model, Preferences& preferences, QWidget* parent)
    : QTableView(parent), m_model(*model), m_header(new JobsHeader(preferences, this)), m_delegate(new JobsDelegate(*model, this))
{
    setAccessibleName(tr("Jobs"));
    setHorizontalHeader(m_header);
    setModel(model);
    auto* selection = new JobSelection(model, this);
    delete selectionModel();
    setSelectionModel(selection);
    m_selection = selection;
    setItemDelegate(m_delegate);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(NoFrame);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);    // the time gutter stands in its place
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMouseTracking(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    applySizes();
    m_header->restoreColumns();

    m_settle.setSingleShot(true);
    m_settle.setInterval(0);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        m_model.ensureAround(firstShown(), lastShown());
        emit shownChanged();
    });
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { keepPlace(first, last - first + 1); });
    connect(model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex&, int first, int last) { keepPlace(first, first - last - 1); });
    connect(model, &JobsModel::arrived, this, [this](bool atEnd) {
        updateGeometries();
        verticalScrollBar()->setValue(atEnd ? verticalScrollBar()->maximum() : 0);
        m_settle.start();
    });
    connect(model, &JobsModel::extentChanged, this, [this] {
        m_settle.start();
        viewport()->update();
    });
    connect(m_header, &JobsHeader::heightChanged, this, &JobsView::makeRoom);
}

int JobsView::rowHeightNow() const
{
    return verticalHeader()->defaultSectionSize();
}

int JobsView::firstShown() const
{
    const int row = rowAt(0);
    return row < 0 ? 0 : row;
}

int JobsView::lastShown() const
{
    const int row = rowAt(viewport()->height() - 1);
    return row < 0 ? m_model.rowCount() - 1 : row;
}

bool JobsView::isAtTop() const
{
    return m_model.isAtTop() && verticalScrollBar()->value() == 0;
}

void JobsView::goToTop()
{
    if (m_model.isAtTop())
        verticalScrollBar()->setValue(0);
    else
        m_model.jumpToTop();
}

void JobsView::goToEnd()
{
    if (m_model.isAtEnd())
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    else
        m_model.jumpToEnd();
}

void JobsView::setEndLine(const QString& text)
{
    if (m_endLine == text)
        return;
    m_endLine = text;
    updateGeometries();
    viewport()->update();
}

void JobsView::setStrip(QWidget* strip)
{
    m_strip = strip;
    m_strip->setParent(parentWidget());
    m_strip->hide();
}

void JobsView::setStripShown(bool shown)
{
    m_header->setStripHeight(shown ? m_strip->sizeHint().height() : 0);
    m_strip->setVisible(shown);
    placeBeside();
}

void JobsView::makeRoom(int by)
{
    auto* bar = verticalScrollBar();
    const int stood = bar->value();
    updateGeometries();
    if (stood > 0)
        bar->setValue(stood + by);
    emit shownChanged();
}

void JobsView::placeBeside()
{
    if (!parentWidget())
        return;    // neither strip nor cover either
    const QPoint corner = mapTo(parentWidget(), QPoint());
    if (m_strip) {
        m_strip->setGeometry(corner.x(), corner.y() + JobsHeader::wordsHeight(), width(), m_strip->sizeHint().height());
        m_strip->raise();
    }
    if (m_cover) {
        m_cover->setGeometry(viewport()->geometry().translated(corner));
        m_cover->raise();
    }
}

void JobsView::setCover(QWidget* cover)
{
    if (m_cover == cover)
        return;
    if (m_cover)
        m_cover->hide();
    m_cover = cover;
    if (m_cover) {
        m_cover->setParent(parentWidget());
        placeBeside();
        m_cover->show();
    }
}

/// Rows came (or, below zero, went) from `first` on: if they stand above what is shown, the view follows it.
void JobsView::keepPlace(int first, int rows)
{
    auto* bar = verticalScrollBar();
    const int height = rowHeightNow();
    const int topRow = bar->value() / std::max(1, height);
    const bool stays = m_model.isFillingAbove() || bar->value() > 0;
    if (rows > 0 && stays && first <= topRow) {
        updateGeometries();
        bar->setValue(bar->value() + rows * height);
    } else if (rows < 0 && first < topRow) {
        const int above = std::min(-rows, topRow - first);
        bar->setValue(bar->value() - above * height);
        updateGeometries();
    }
    m_settle.start();
}

/// Not the table view's, which paints all that changed within one clip of many rectangles: every line and glyph is then cut along each of
/// them, which costs more than the cells do. Here each rectangle is painted by itself.
void JobsView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (const QRect& part : event->region()) {
        painter.setClipRect(part);
        paintCells(painter, option, part);
        paintCurrent(painter);
        paintBelow(painter);
    }
}

void JobsView::paintCells(QPainter& painter, QStyleOptionViewItem& option, const QRect& part)
{
    const int length = m_header->length();
    const int left = isRightToLeft() ? viewport()->width() - length + m_header->offset() : -m_header->offset();
    const QRect cells(left, -verticalOffset(), length, m_model.rowCount() * rowHeightNow());
    if (!cells.contains(part)) {    // each cell has a ground of its own
        for (const QRect& beside : QRegion(part).subtracted(cells))
            painter.fillRect(beside, themeOf(palette()).base);
    }
    const int first = rowAt(part.top());
    if (first < 0)
        return;
    const int lastSeen = rowAt(part.bottom());
    const int last = lastSeen < 0 ? m_model.rowCount() - 1 : lastSeen;
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const int x = columnViewportPosition(column);
        const int width = columnWidth(column);    // 0: hidden
        if (width == 0 || x > part.right() || x + width <= part.left())
            continue;
        for (int row = first; row <= last; ++row) {
            const QModelIndex index = m_model.index(row, column);
            option.rect = QRect(x, rowViewportPosition(row), width, rowHeightNow());
            option.state.setFlag(QStyle::State_Selected, m_selection->isSelected(index));
            m_delegate->paint(&painter, option, index);
        }
    }
}

/// The frame of the current row.
void JobsView::paintCurrent(QPainter& painter)
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return;
    const Theme& theme = themeOf(palette());
    const bool rightToLeft = isRightToLeft();
    const int width = std::min(viewport()->width(), m_header->length());
    const QRect row(rightToLeft ? viewport()->width() - width : 0, rowViewportPosition(current.row()), width, rowHeightNow());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(hasFocus() ? theme.accent : theme.outline);
    painter.drawRect(row.adjusted(0, 0, -1, -1));
    const int rule = scaled(3);
    painter.fillRect(QRect(rightToLeft ? row.right() - rule + 1 : row.left(), row.top(), rule, row.height()), theme.accent);
}

/// What stands where there are no rows, or no more.
void JobsView::paintBelow(QPainter& painter)
{
    const int rows = m_model.rowCount();
    painter.setFont(font());
    painter.setPen(themeOf(palette()).text2);
    if (rows == 0 && m_model.isLoading()) {
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("Reading jobs\u2026"));
    } else if (rows > 0 && m_model.isAtEnd() && !m_endLine.isEmpty()) {
        const int top = rowViewportPosition(rows - 1) + rowHeightNow();
        const QRect line(scaled(16), top + scaled(6), viewport()->width() - scaled(32), scaled(28));
        if (line.top() < viewport()->height())
            painter.drawText(line, (isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(m_endLine, Qt::ElideRight, line.width()));
    }
}

void JobsView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        emit copyAsked();
    } else if (event->matches(QKeySequence::Refresh)) {
        emit refreshAsked();
    } else if (event->key() == Qt::Key_Escape && (!m_selection->isEmptyHere() || currentIndex().isValid())) {
        m_selection->clear();
        m_selection->forgetAway();
    } else if (event->key() == Qt::Key_Home && !(event->modifiers() & Qt::ShiftModifier)) {
        goToTop();
    } else if (event->key() == Qt::Key_End && !(event->modifiers() & Qt::ShiftModifier)) {
        goToEnd();
    } else if (event->key() == Qt::Key_Escape) {
        event->ignore();
    } else {
        QTableView::keyPressEvent(event);
    }
}

void JobsView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    placeBeside();
    m_settle.start();
}

void JobsView::moveEvent(QMoveEvent* event)
{
    QTableView::moveEvent(event);
    placeBeside();
}

void JobsView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    m_settle.start();
    if (!m_endLine.isEmpty() && m_model.isAtEnd())
        viewport()->update();
}

void JobsView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    updateRow(previous);
    updateRow(current);
    if (!m_selection || !m_selection->isRestoring())    // else the base scrolls to a row that only came back into the window
        QTableView::currentChanged(current, previous);
}

/// Not the item view's, which paints every row on the screen anew for a change of more than one cell.
void JobsView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>&)
{
    const int top = rowViewportPosition(topLeft.row());
    const int bottom = rowViewportPosition(bottomRight.row()) + rowHeightNow();
    if (bottom > 0 && top < viewport()->height()) {
        for (int column = topLeft.column(); column <= bottomRight.column(); ++column)
            viewport()->update(columnViewportPosition(column), top, columnWidth(column), bottom - top);
    }
    if (QAccessible::isActive()) {
        QAccessibleTableModelChangeEvent told(this, QAccessibleTableModelChangeEvent::DataChanged);
        told.setFirstRow(topLeft.row());
        told.setFirstColumn(topLeft.column());
        told.setLastRow(bottomRight.row());
        told.setLastColumn(bottomRight.column());
        QAccessible::updateAccessibility(&told);
    }
}

void JobsView::updateRow(const QModelIndex& index)
{
    if (index.isValid())
        viewport()->update(0, rowViewportPosition(index.row()), viewport()->width(), rowHeightNow());
}

void JobsView::updateGeometries()
{
    QTableView::updateGeometries();
    const bool hasEnd = m_model.isAtEnd() && !m_endLine.isEmpty();
    const int rows = m_model.rowCount() * rowHeightNow() + (hasEnd ? scaled(40) : 0);
    verticalScrollBar()->setRange(0, std::max(0, rows - viewport()->height()));
    verticalScrollBar()->setSingleStep(rowHeightNow());
    placeBeside();
}

void JobsView::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applySizes();
}

void JobsView::applySizes()
{
    verticalHeader()->setDefaultSectionSize(scaled(28));
}

void JobsView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);    // not the item view's: it would make a job current that nobody chose
    viewport()->update();
}

void JobsView::focusOutEvent(QFocusEvent* event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

QModelIndex JobsView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (!currentIndex().isValid() && m_model.rowCount() > 0)
        return m_model.index(firstShown(), m_header->logicalIndex(0));    // from what a person sees, not from the window's begin
    return QTableView::moveCursor(action, modifiers);
}

void JobsView::keyboardSearch(const QString&)
{
    // letters are for shortcuts and the filter: jumping to a cell that begins so would walk over all rows
}

}
