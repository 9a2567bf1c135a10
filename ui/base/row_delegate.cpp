// SPDX-License-Identifier: Apache-2.0
#include "ui/base/row_delegate.h"

#include "ui/base/cell_text.h"
#include "ui/base/charts/sparkline.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

QColor inkOf(RowInk ink, const Theme& theme)
{
    switch (ink) {
    case RowInk::Text: return theme.text;
    case RowInk::Secondary: return theme.text2;
    case RowInk::Quiet: return theme.text3;
    case RowInk::Link: return theme.accent;
    case RowInk::Done: return theme.done.ink;
    case RowInk::Failed: return theme.failed.ink;
    case RowInk::Running: return theme.running.ink;
    case RowInk::Warning: return theme.warning().ink;
    case RowInk::Cancelled: return theme.cancelled.ink;
    case RowInk::Unknown: return theme.unknown.ink;
    }
    Q_UNREACHABLE();
}

namespace {

QColor chipFill(RowInk ink, const Theme& theme)
{
    switch (ink) {
    case RowInk::Failed: return theme.failed.fill;
    case RowInk::Running: return theme.running.fill;
    case RowInk::Done: return theme.done.fill;
    case RowInk::Warning: return theme.warning().fill;
    case RowInk::Cancelled: return theme.cancelled.fill;
    case RowInk::Unknown: return theme.unknown.fill;
    case RowInk::Text:
    case RowInk::Secondary:
    case RowInk::Quiet:
    case RowInk::Link: return theme.pending.fill;
    }
    Q_UNREACHABLE();
}

QFont fontOf(const RowCell& cell)
{
    if (cell.isMono)
        return textFont(TextRole::Mono);
    return textFont(cell.isStrong ? TextRole::Emphasis : TextRole::Body);
}

void paintGround(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const Theme& theme)
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hasFocus = view && (view->hasFocus() || view->viewport()->hasFocus());
    const QColor ground = selected ? (hasFocus ? theme.highlight : theme.inactiveHighlight) : theme.base;
    painter->fillRect(option.rect, ground);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.hairline);
    const bool current = view && view->currentIndex().isValid() && view->currentIndex().row() == index.row() && selected;
    if (!current)
        return;
    const QColor line = hasFocus ? theme.accent : theme.outline;
    const QRect rect = option.rect;
    painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), line);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line);
    if (index.column() == 0)
        painter->fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), line);
    if (index.column() == index.model()->columnCount() - 1)
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), line);
}

/// Draws what stands before the text and answers what is left.
QRect paintLead(QPainter* painter, QRect place, const RowCell& cell, const QColor& ink, const Theme& theme)
{
    if (!cell.icon.isEmpty()) {
        const int side = scaled(16);
        paintIcon(painter, QRect(place.left(), place.center().y() - side / 2, side, side), cell.icon, ink);
        place.setLeft(place.left() + side + scaled(4));
    }
    if (!cell.fill.isEmpty()) {
        const int side = scaled(12);
        const QRect box(place.left(), place.center().y() - side / 2, side, side);
        painter->setPen(theme.outline);
        painter->setBrush(QColor(cell.fill));
        painter->drawRect(box);
        place.setLeft(box.right() + scaled(8));
    }
    if (cell.bar) {
        const QRect track(place.left(), place.center().y() - scaled(3), scaled(72), scaled(6));
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.track);
        painter->drawRoundedRect(track, 2, 2);
        QRect done = track;
        done.setWidth(static_cast<int>(track.width() * std::clamp(*cell.bar, 0.0, 1.0)));
        painter->setBrush(ink);
        if (done.width() > 0)
            painter->drawRoundedRect(done, 2, 2);
        place.setLeft(track.right() + scaled(8));
    }
    return place;
}

void paintChip(QPainter* painter, const QRect& place, const RowCell& cell, const Theme& theme)
{
    painter->setFont(textFont(TextRole::SmallEmphasis));
    const int width = painter->fontMetrics().horizontalAdvance(cell.chip) + scaled(12);
    const QRect chip(place.left(), place.center().y() - scaled(10) + 1, width, scaled(20));
    if (chip.right() > place.right())
        return;
    painter->setPen(Qt::NoPen);
    painter->setBrush(chipFill(cell.chipInk, theme));
    painter->drawRoundedRect(chip, 3, 3);
    painter->setPen(inkOf(cell.chipInk, theme));
    painter->drawText(chip, Qt::AlignCenter, cell.chip);
}

}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = themeOf(option.palette);
    const auto cell = index.data(RowModel::CellRole).value<RowCell>();
    painter->save();
    paintGround(painter, option, index, theme);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    const bool selected = option.state & QStyle::State_Selected;
    // on a selection secondary text takes full ink only where it would fall below its contrast: links and states keep theirs
    const QColor ink = selected && cell.ink == RowInk::Quiet ? theme.text2 : inkOf(cell.ink, theme);
    QRect place = option.rect.adjusted(scaled(8), 0, -scaled(8), -1);
    if (!cell.spark.isEmpty()) {
        paintSparkline(painter, place.adjusted(0, scaled(4), 0, -scaled(4)), cell.spark, theme);
        painter->restore();
        return;
    }
    place = paintLead(painter, place, cell, ink, theme);
    painter->setFont(fontOf(cell));
    painter->setPen(cell.ink == RowInk::Done ? theme.text2 : ink);    // done needs no one: only its icon is green
    const QString text = index.data(Qt::DisplayRole).toString();
    const bool isNumber = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignRight;
    const int chipWidth =
        cell.chip.isEmpty() ? 0 : QFontMetrics(textFont(TextRole::SmallEmphasis)).horizontalAdvance(cell.chip) + scaled(20);
    const QFontMetrics metrics = painter->fontMetrics();
    const QRect textPlace = place.adjusted(0, 0, -std::min(chipWidth, place.width() / 2), 0);
    const QString shown = metrics.elidedText(text, cell.isMono ? Qt::ElideMiddle : Qt::ElideRight, textPlace.width());
    if (isNumber)
        paintDigits(painter, fontOf(cell), textPlace, text);
    else
        painter->drawText(textPlace, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    if (chipWidth > 0)
        paintChip(painter, place.adjusted(metrics.horizontalAdvance(shown) + scaled(8), 0, 0, 0), cell, theme);
    painter->restore();
}

bool RowDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() == QEvent::ToolTip && index.isValid() && index.data(Qt::ToolTipRole).isNull()) {
        const QString text = index.data(Qt::DisplayRole).toString();    // whole, where the cell had to cut it
        if (!text.isEmpty() && option.fontMetrics.horizontalAdvance(text) > option.rect.width() - scaled(16)) {
            QToolTip::showText(event->globalPos(), text.toHtmlEscaped(), view);
            return true;
        }
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

}
