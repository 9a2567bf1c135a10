// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/lane.h"
#include "ui/payload/byte_rows.h"
#include "ui/payload/byte_search.h"
#include "ui/payload/row_text.h"

#include <QAbstractScrollArea>

#include <memory>

namespace ui {

/// Paints the rows of bytes that are on screen, with line numbers; selects and copies them. The rows of big payloads are counted on the lane, the
/// first screen does not wait for that.
class RawArea final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit RawArea(core::Lane& lane, QWidget* parent = nullptr);
    ~RawArea() override;

    void setBytes(const QByteArray& bytes, bool keepsPlace);
    [[nodiscard]] const QByteArray& bytes() const { return m_rows->bytes(); }
    [[nodiscard]] bool isCounted() const { return m_rows->isComplete(); }
    [[nodiscard]] const ByteRows& rows() const { return *m_rows; }

    void setHits(std::shared_ptr<const SearchHits> hits);
    /// Frames that hit and brings it on screen; -1 for none.
    void setCurrentHit(qsizetype hit);
    /// The first byte on screen.
    [[nodiscard]] qsizetype topOffset() const;
    [[nodiscard]] qsizetype caret() const { return m_caret; }

    /// Puts the caret there and brings it on screen; waits for the count where it has to.
    void goTo(qsizetype offset);
    void select(qsizetype from, qsizetype to);
    [[nodiscard]] QByteArrayView selection() const;
    /// The selected bytes as text, without values under keys that name a secret; bytes that are no UTF-8 become U+FFFD. Of a big document it
    /// is made on the lane.
    void copy();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] int fittingColumns() const;
    void layOut();
    void takeRows(std::shared_ptr<const ByteRows> rows, qsizetype top);
    void updateBars();
    void applyMetrics();
    [[nodiscard]] int gutterWidth() const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] QList<RowPiece> piecesOf(const ByteRows::Row& row) const;
    void paintRow(QPainter& painter, const ByteRows::Row& row, int top) const;
    void paintHits(QPainter& painter, const ByteRows::Row& row, const QList<RowPiece>& pieces, int top) const;
    void fillColumns(QPainter& painter, int from, int to, int top, const QColor& fill) const;
    [[nodiscard]] qsizetype offsetUnder(const QPoint& point) const;
    void moveCaret(qsizetype to, bool selects);
    void moveByRows(qint64 rows, bool selects);
    void showCaret();

    core::Lane& m_lane;
    std::shared_ptr<const ByteRows> m_rows;
    core::CancelSource m_counting;
    quint64 m_generation = 0;
    std::optional<qsizetype> m_wantedOffset;    // gone to once the rows are counted
    std::shared_ptr<const SearchHits> m_hits;
    qsizetype m_currentHit = -1;
    qsizetype m_caret = 0;
    qsizetype m_anchor = 0;
    int m_rowHeight = 16;
    double m_cell = 7;
};

}
