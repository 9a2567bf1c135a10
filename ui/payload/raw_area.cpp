// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/raw_area.h"

#include "core/base/secrets.h"
#include "ui/base/scroll_bar_names.h"
#include "ui/payload/clipboard_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// Rows of so much are counted at once: that takes about a millisecond.
constexpr qsizetype countsAtOnce = qsizetype{1} << 20;
constexpr int fewestColumns = 40;
constexpr int mostColumns = 200;

}

RawArea::RawArea(core::Lane& lane, QWidget* parent) : QAbstractScrollArea(parent), m_lane(lane), m_rows(std::make_shared<ByteRows>())
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Stored bytes"));
    nameScrollBars(*this);
    setFrameShape(QFrame::StyledPanel);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    viewport()->setCursor(Qt::IBeamCursor);
    setLayoutDirection(Qt::LeftToRight);    // payloads are never mirrored
    applyMetrics();
}

RawArea::~RawArea()
{
    m_counting.cancel();
}

void RawArea::applyMetrics()
{
    setFont(textFont(TextRole::Mono));
    const QFontMetricsF metrics(font());
    m_cell = std::max(1.0, metrics.horizontalAdvance(u'0'));    // a run is painted at once: whole pixels would add up
    m_rowHeight = QFontMetrics(font()).height() + 2;
    updateBars();
    viewport()->update();
}

int RawArea::fittingColumns() const
{
    const int fitting = static_cast<int>((viewport()->width() - gutterWidth() - scaled(8)) / m_cell);
    return std::clamp(fitting, fewestColumns, mostColumns);
}

void RawArea::setBytes(const QByteArray& bytes, bool keepsPlace)
{
    const qsizetype top = keepsPlace ? topOffset() : 0;
    if (!keepsPlace) {
        m_caret = 0;
        m_anchor = 0;
        m_wantedOffset.reset();
        horizontalScrollBar()->setValue(0);
    }
    m_caret = std::min(m_caret, bytes.size());
    m_anchor = std::min(m_anchor, bytes.size());
    m_hits.reset();
    m_currentHit = -1;
    // the first screen, now
    auto rows = std::make_shared<ByteRows>(bytes, fittingColumns());
    rows->scan(std::max(countsAtOnce, top + 64 * 1024));
    takeRows(rows, top);
    layOut();
}

void RawArea::layOut()
{
    m_counting.cancel();
    m_counting = {};
    ++m_generation;
    const int columns = fittingColumns();
    if (m_rows->isComplete() && m_rows->columns() == columns)
        return;
    const auto count = [bytes = m_rows->bytes(), columns, token = m_counting.token()]() -> core::Result<std::shared_ptr<const ByteRows>> {
        auto rows = std::make_shared<ByteRows>(bytes, columns);
        rows->scan(bytes.size(), token);
        return std::shared_ptr<const ByteRows>(std::move(rows));
    };
    if (m_rows->bytes().size() <= countsAtOnce) {
        takeRows(*count(), topOffset());
        return;
    }
    core::whenDone(m_lane.run(count), this, [this, asked = m_generation](const auto& rows) {
        if (!rows || asked != m_generation)
            return;
        takeRows(*rows, topOffset());
        if (m_wantedOffset)
            goTo(*std::exchange(m_wantedOffset, std::nullopt));
    });
}

void RawArea::takeRows(std::shared_ptr<const ByteRows> rows, qsizetype top)
{
    m_rows = std::move(rows);
    updateBars();
    verticalScrollBar()->setValue(static_cast<int>(m_rows->rowOf(top).number));
    viewport()->update();
}

int RawArea::visibleRows() const
{
    return std::max(1, viewport()->height() / m_rowHeight);
}

int RawArea::gutterWidth() const
{
    const qint64 lines = std::max<qint64>(m_rows->lineCount(), 100);
    return static_cast<int>(m_cell * static_cast<double>(QString::number(lines).size())) + scaled(16);
}

void RawArea::updateBars()
{
    const qint64 most = std::max<qint64>(0, m_rows->rowCount() - visibleRows());
    verticalScrollBar()->setRange(0, static_cast<int>(std::min<qint64>(most, std::numeric_limits<int>::max())));
    verticalScrollBar()->setPageStep(visibleRows());
    // signs and wide characters take more columns than bytes
    const int shown = static_cast<int>((viewport()->width() - gutterWidth() - scaled(8)) / m_cell);
    horizontalScrollBar()->setPageStep(shown);
    int widest = 0;
    if (m_rows->rowCount() > 0) {
        ByteRows::Row row = m_rows->row(std::min<qint64>(verticalScrollBar()->value(), m_rows->rowCount() - 1));
        for (int i = 0; i < visibleRows(); ++i) {
            widest = std::max(widest, columnsOf(piecesOf(row)));
            if (m_rows->isLast(row))
                break;
            row = m_rows->after(row);
        }
    }
    horizontalScrollBar()->setRange(0, std::max({0, widest - shown, horizontalScrollBar()->value()}));
}

qsizetype RawArea::topOffset() const
{
    return m_rows->rowCount() == 0 ? 0 : m_rows->row(std::min<qint64>(verticalScrollBar()->value(), m_rows->rowCount() - 1)).begin;
}

void RawArea::setHits(std::shared_ptr<const SearchHits> hits)
{
    m_hits = std::move(hits);
    m_currentHit = -1;
    viewport()->update();
}

void RawArea::setCurrentHit(qsizetype hit)
{
    m_currentHit = hit;
    viewport()->update();
    if (!m_hits || hit < 0)
        return;
    const qsizetype at = m_hits->offsets.at(static_cast<size_t>(hit));
    goTo(at);
}

void RawArea::goTo(qsizetype offset)
{
    offset = std::clamp<qsizetype>(offset, 0, bytes().size());
    m_caret = offset;
    m_anchor = offset;
    if (!isCounted())
        m_wantedOffset = offset;
    showCaret();
}

void RawArea::select(qsizetype from, qsizetype to)
{
    m_anchor = std::clamp<qsizetype>(from, 0, bytes().size());
    m_caret = std::clamp<qsizetype>(to, 0, bytes().size());
    viewport()->update();
}

QByteArrayView RawArea::selection() const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    return QByteArrayView(bytes()).sliced(from, to - from);
}

void RawArea::copy()
{
    const QByteArrayView selected = selection();
    if (selected.isEmpty())
        return;
    // the whole document says which of the selected bytes are a secret
    copyText(&m_lane, this, bytes().size(), [all = bytes(), from = selected.data() - bytes().constData(), size = selected.size()] {
        return QString::fromUtf8(core::base::maskedPart(all, from, std::min(size, mostCopied)));
    });
}

void RawArea::showCaret()
{
    const ByteRows::Row row = m_rows->rowOf(m_caret);
    const auto top = static_cast<qint64>(verticalScrollBar()->value());
    if (row.number < top || row.number >= top + visibleRows())
        verticalScrollBar()->setValue(static_cast<int>(std::max<qint64>(0, row.number - visibleRows() / 3)));
    updateBars();
    const QList<RowPiece> pieces = piecesOf(row);
    const int column = columnOf(pieces, m_caret);
    const int left = horizontalScrollBar()->value();
    if (column < left || column > left + horizontalScrollBar()->pageStep())
        horizontalScrollBar()->setValue(std::max(0, column - horizontalScrollBar()->pageStep() / 2));
    // what a screen reader tells of the place
    setAccessibleDescription(tr("Byte %1, line %2").arg(m_caret).arg(row.line + 1));
    viewport()->update();
}

QList<RowPiece> RawArea::piecesOf(const ByteRows::Row& row) const
{
    return rowPieces(QByteArrayView(bytes()).sliced(row.begin, row.end - row.begin), row.begin, QFontMetrics(font()));
}

void RawArea::resizeEvent(QResizeEvent*)
{
    layOut();
    updateBars();
}

void RawArea::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        applyMetrics();
        layOut();
    }
}

}
