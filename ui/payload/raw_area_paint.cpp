// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/raw_area.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace ui {

void RawArea::fillColumns(QPainter& painter, int from, int to, int top, const QColor& fill) const
{
    const int origin = gutterWidth() + scaled(4);
    const double left = origin + (from - horizontalScrollBar()->value()) * m_cell;
    const double right = origin + (to - horizontalScrollBar()->value()) * m_cell;
    painter.fillRect(QRectF(left, top, right - left, m_rowHeight), fill);
}

void RawArea::paintHits(QPainter& painter, const ByteRows::Row& row, const QList<RowPiece>& pieces, int top) const
{
    if (!m_hits)
        return;
    const Theme& theme = themeOf(palette());
    const auto& offsets = m_hits->offsets;
    // one that began in a row above may reach into this one
    auto hit = std::lower_bound(offsets.begin(), offsets.end(), row.begin - m_hits->length + 1);
    for (; hit != offsets.end() && *hit < row.end; ++hit) {
        const int from = columnOf(pieces, std::max(*hit, row.begin));
        const int to = columnOf(pieces, std::min(*hit + m_hits->length, row.end));
        fillColumns(painter, from, to, top, theme.hit.fill);
        if (hit - offsets.begin() != m_currentHit)
            continue;
        const int origin = gutterWidth() + scaled(4);
        const QRectF frame(origin + (from - horizontalScrollBar()->value()) * m_cell, top, (to - from) * m_cell, m_rowHeight);
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(frame.adjusted(0, 1, 0, -1));
    }
}

void RawArea::paintRow(QPainter& painter, const ByteRows::Row& row, int top) const
{
    const Theme& theme = themeOf(palette());
    const QList<RowPiece> pieces = piecesOf(row);
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (from < to && from < row.end + 1 && to > row.begin) {
        const bool throughBreak = to > row.end && from <= row.end;
        fillColumns(painter, columnOf(pieces, std::max(from, row.begin)), columnOf(pieces, std::min(to, row.end)) + (throughBreak ? 1 : 0),
                    top, hasFocus() ? theme.highlight : theme.inactiveHighlight);
    }
    paintHits(painter, row, pieces, top);

    const int origin = gutterWidth() + scaled(4);
    const int baseline = top + 1 + painter.fontMetrics().ascent();
    for (const RowPiece& piece : pieces) {
        const double left = origin + (piece.column - horizontalScrollBar()->value()) * m_cell;
        if (left > viewport()->width() || left + piece.columns * m_cell < 0)
            continue;
        painter.setPen(piece.kind == RowPiece::Kind::Sign ? theme.warning().ink : theme.text);
        painter.drawText(QPointF(left, baseline), piece.text);
    }
    if (hasFocus() && m_caret >= row.begin && (m_caret < row.end || (m_caret == row.end && m_rows->rowOf(m_caret).number == row.number))) {
        const double left = origin + (columnOf(pieces, m_caret) - horizontalScrollBar()->value()) * m_cell;
        painter.fillRect(QRectF(left, top + 1, 1, m_rowHeight - 2), theme.text);
    }
}

void RawArea::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    const Theme& theme = themeOf(palette());
    painter.fillRect(viewport()->rect(), theme.alternateBase);
    painter.setFont(font());
    const int gutter = gutterWidth();
    QList<std::pair<qint64, int>> numbers;
    if (m_rows->rowCount() > 0) {
        ByteRows::Row row = m_rows->row(std::min<qint64>(verticalScrollBar()->value(), m_rows->rowCount() - 1));
        for (int top = scaled(2); top < viewport()->height(); top += m_rowHeight) {
            paintRow(painter, row, top);
            if (row.beginsLine())
                numbers << std::pair(row.line + 1, top);
            if (m_rows->isLast(row))
                break;
            row = m_rows->after(row);
        }
    }
    // last: what is scrolled to the left disappears under it
    painter.fillRect(QRect(0, 0, gutter, viewport()->height()), theme.window);
    painter.fillRect(QRect(gutter - 1, 0, 1, viewport()->height()), theme.hairline);
    painter.setPen(theme.text3);
    for (const auto& [line, top] : std::as_const(numbers)) {
        painter.drawText(QRect(0, top, gutter - scaled(8), m_rowHeight), Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

}
