// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/raw_area.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <cctype>

namespace ui {

qsizetype RawArea::offsetUnder(const QPoint& point) const
{
    if (m_rows->rowCount() == 0)
        return 0;
    const int down = (point.y() - scaled(2)) / m_rowHeight - (point.y() < scaled(2) ? 1 : 0);
    const qint64 number = std::clamp<qint64>(verticalScrollBar()->value() + down, 0, m_rows->rowCount() - 1);
    const ByteRows::Row row = m_rows->row(number);
    const double column = (point.x() - gutterWidth() - scaled(4)) / m_cell + horizontalScrollBar()->value();
    return offsetAt(piecesOf(row), column, row.end);
}

void RawArea::moveCaret(qsizetype to, bool selects)
{
    m_caret = std::clamp<qsizetype>(to, 0, bytes().size());
    if (!selects)
        m_anchor = m_caret;
    showCaret();
}

void RawArea::moveByRows(qint64 rows, bool selects)
{
    if (m_rows->rowCount() == 0)
        return;
    const ByteRows::Row from = m_rows->rowOf(m_caret);
    const int column = columnOf(piecesOf(from), m_caret);
    const ByteRows::Row to = m_rows->row(std::clamp<qint64>(from.number + rows, 0, m_rows->rowCount() - 1));
    moveCaret(offsetAt(piecesOf(to), column, to.end), selects);
}

void RawArea::keyPressEvent(QKeyEvent* event)
{
    const bool selects = event->modifiers() & Qt::ShiftModifier;
    const bool whole = event->modifiers() & Qt::ControlModifier;
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        select(0, bytes().size());
        return;
    }
    const auto around = [this](int direction) {
        // over a whole character, and over what is shown as one sign
        const ByteRows::Row row = m_rows->rowOf(direction < 0 ? std::max<qsizetype>(0, m_caret - 1) : m_caret);
        const QList<RowPiece> pieces = piecesOf(row);
        for (const RowPiece& piece : pieces) {
            if (piece.kind == RowPiece::Kind::Run)
                continue;
            if (direction > 0 && m_caret >= piece.offset && m_caret < piece.offset + piece.length)
                return piece.offset + piece.length;
            if (direction < 0 && m_caret > piece.offset && m_caret <= piece.offset + piece.length)
                return piece.offset;
        }
        return m_caret + direction;
    };
    switch (event->key()) {
    case Qt::Key_Left: moveCaret(around(-1), selects); return;
    case Qt::Key_Right: moveCaret(around(1), selects); return;
    case Qt::Key_Up: moveByRows(-1, selects); return;
    case Qt::Key_Down: moveByRows(1, selects); return;
    case Qt::Key_PageUp: moveByRows(-visibleRows(), selects); return;
    case Qt::Key_PageDown: moveByRows(visibleRows(), selects); return;
    case Qt::Key_Home: moveCaret(whole ? 0 : m_rows->rowOf(m_caret).begin, selects); return;
    case Qt::Key_End:
        if (whole && !isCounted())
            m_wantedOffset = bytes().size();
        moveCaret(whole ? bytes().size() : m_rows->rowOf(m_caret).end, selects);
        return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void RawArea::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        moveCaret(offsetUnder(event->position().toPoint()), event->modifiers() & Qt::ShiftModifier);
}

void RawArea::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const int y = event->position().toPoint().y();
    if (y < 0 || y > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + (y < 0 ? -1 : 1));
    m_caret = offsetUnder(event->position().toPoint());
    viewport()->update();
}

void RawArea::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept();    // the press was ours
}

void RawArea::mouseDoubleClickEvent(QMouseEvent* event)
{
    // a word of JSON: what lies between quotes, brackets, commas and blanks
    const auto isWord = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.' || c == '+' || (c & 0x80);
    };
    const qsizetype at = offsetUnder(event->position().toPoint());
    qsizetype from = at;
    qsizetype to = at;
    constexpr qsizetype longest = 4096;
    while (from > 0 && at - from < longest && isWord(bytes().at(from - 1)))
        --from;
    while (to < bytes().size() && to - at < longest && isWord(bytes().at(to)))
        ++to;
    select(from, to);
}

void RawArea::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copyAct = menu->addAction(tr("Copy"), this, &RawArea::copy);
    copyAct->setShortcut(QKeySequence::Copy);
    copyAct->setEnabled(!selection().isEmpty());
    QAction* all = menu->addAction(tr("Select all"), this, [this] { select(0, bytes().size()); });
    all->setShortcut(QKeySequence::SelectAll);
    menu->popup(event->globalPos());
}

void RawArea::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void RawArea::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}
