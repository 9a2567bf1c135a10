// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/filter/filter_pieces.h"

#include <QWidget>

class QLabel;

namespace ui {

class Keycap;
class FilterChip;
class FilterDraft;

/// The box of the filter bar: chips, then the draft, then a note at its right end. What does not fit scrolls within it. The arrow
/// keys walk from the draft over the chips and back.
class FilterField final : public QWidget {
    Q_OBJECT

public:
    explicit FilterField(QWidget* parent = nullptr);

    [[nodiscard]] QList<FilterPiece> pieces() const;
    void setPieces(const QList<FilterPiece>& pieces);
    [[nodiscard]] FilterDraft* draft() const { return m_draft; }
    [[nodiscard]] const QList<FilterChip*>& chips() const { return m_chips; }
    /// The chip with the focus; -1 while it is elsewhere.
    [[nodiscard]] qsizetype focusedChip() const;
    /// The draft, for an index that no chip has.
    void focusChip(qsizetype index);
    /// What the list says of itself ("17 loaded"); while a person types, the hint stands there instead.
    void setCountText(const QString& text);
    void setShowsHint(bool shows);
    /// The draft's left edge, in this widget.
    [[nodiscard]] int draftLeft() const;

signals:
    /// A chip went by its × or by Delete.
    void pieceRemoved();
    /// A chip became text in the draft.
    void pieceReopened();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void setUpLook();
    void addChip(const FilterPiece& piece);
    void removeChip(FilterChip* chip);
    void reopenChip(FilterChip* chip);
    bool chipKey(FilterChip* chip, QKeyEvent* event);
    void showNote();
    void layOut();
    void reveal(const QWidget* child);

    QWidget* m_port;    // what of the chips and the draft can be seen
    QList<FilterChip*> m_chips;
    FilterDraft* m_draft;
    QLabel* m_count;
    Keycap* m_key;
    QLabel* m_hint;
    QString m_countText;
    bool m_showsHint = false;
    int m_scrolled = 0;
    int m_contentWidth = 0;
};

}
