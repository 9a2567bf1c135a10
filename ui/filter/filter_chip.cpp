// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_chip.h"

#include "ui/base/plain_tool_tip.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestToolTip = 600;
constexpr qsizetype longestPainted = 300;    // no more fits in the widest chip

QFont fontOf(FilterSegment::Kind kind)
{
    return textFont(kind == FilterSegment::Kind::Value ? TextRole::SmallEmphasis : TextRole::Small);
}

int gap()
{
    return scaled(4);
}

}

FilterChip::FilterChip(const FilterPiece& piece, QWidget* parent) : QAbstractButton(parent), m_piece(piece)
{
    setFocusPolicy(Qt::ClickFocus);    // the arrow keys of the field walk over the chips
    setMouseTracking(true);
    const QString words = readableText(piece);
    setAccessibleName(words.left(longestToolTip));
    setAccessibleDescription(tr("A part of the filter. Delete removes it, Enter opens it as text."));
    setToolTip(plainToolTip(words.left(longestToolTip)));
    resize(sizeHint());
}

QSize FilterChip::sizeHint() const
{
    return {std::min(wordsWidth() + scaled(8) + scaled(24), scaled(360)), scaled(22)};
}

QRect FilterChip::crossRect() const
{
    const QRect box(width() - scaled(20), 0, scaled(20), height());
    return layoutDirection() == Qt::RightToLeft ? QRect(0, 0, box.width(), box.height()) : box;
}

int FilterChip::wordsWidth() const
{
    int width = 0;
    for (const FilterSegment& segment : m_piece.segments)
        width += QFontMetrics(fontOf(segment.kind)).horizontalAdvance(segment.text.left(longestPainted)) + (segment.hasGap ? gap() : 0);
    return width;
}

bool FilterChip::event(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        resize(sizeHint());
    return QAbstractButton::event(event);
}

void FilterChip::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen line(hasFocus() ? theme.accent : m_piece.isNegated ? theme.outline : theme.border, hasFocus() ? 2 : 1);
    if (m_piece.isNegated)
        line.setDashPattern(hasFocus() ? QList<qreal>{2, 1.5} : QList<qreal>{3, 2});
    const qreal inset = line.widthF() / 2;
    painter.setPen(line);
    painter.setBrush(hasFocus() ? theme.highlight : theme.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 3, 3);

    int left = scaled(8);
    const int end = width() - scaled(22);
    for (const FilterSegment& segment : m_piece.segments) {
        left += segment.hasGap ? gap() : 0;
        if (left >= end)
            break;
        painter.setFont(fontOf(segment.kind));
        painter.setPen(hasFocus() ? theme.highlightedText : segment.kind == FilterSegment::Kind::Value ? theme.text : theme.text2);
        const QString shown = painter.fontMetrics().elidedText(segment.text.left(longestPainted), Qt::ElideRight, end - left);
        painter.drawText(QRect(left, 0, end - left, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
        left += painter.fontMetrics().horizontalAdvance(segment.text.left(longestPainted));
    }

    const QRect cross = crossRect();
    if (m_crossHovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.track);
        painter.drawRoundedRect(QRectF(cross).adjusted(2, 3, -2, -3), 2, 2);
    }
    const int side = scaled(10);
    paintIcon(&painter, QRect(cross.center().x() - side / 2, (height() - side) / 2, side, side), u"window-close"_s,
              m_crossHovered || hasFocus() ? theme.text : theme.text2);
}

void FilterChip::setCrossHovered(bool hovered)
{
    if (m_crossHovered != hovered)
        update();
    m_crossHovered = hovered;
}

void FilterChip::mousePressEvent(QMouseEvent* event)
{
    m_crossPressed = event->button() == Qt::LeftButton && crossRect().contains(event->position().toPoint());
}

void FilterChip::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_crossPressed && crossRect().contains(event->position().toPoint()))
        emit removeAsked();
    m_crossPressed = false;
}

void FilterChip::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !crossRect().contains(event->position().toPoint()))
        click();
}

void FilterChip::mouseMoveEvent(QMouseEvent* event)
{
    setCrossHovered(crossRect().contains(event->position().toPoint()));
}

void FilterChip::leaveEvent(QEvent* event)
{
    setCrossHovered(false);
    QAbstractButton::leaveEvent(event);
}

}
