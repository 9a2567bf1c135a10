// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/filter/filter_pieces.h"

#include <QAbstractButton>

namespace ui {

/// One applied part of a filter, in readable words; a dashed border means "not". Its × removes it, clicked() opens it as text
/// (Enter, Space, a double click).
class FilterChip final : public QAbstractButton {
    Q_OBJECT

public:
    explicit FilterChip(const FilterPiece& piece, QWidget* parent = nullptr);
    [[nodiscard]] const FilterPiece& piece() const { return m_piece; }
    [[nodiscard]] QSize sizeHint() const override;
    /// Where a click removes it.
    [[nodiscard]] QRect crossRect() const;

signals:
    void removeAsked();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int wordsWidth() const;
    void setCrossHovered(bool hovered);

    FilterPiece m_piece;
    bool m_crossHovered = false;
    bool m_crossPressed = false;
};

}
