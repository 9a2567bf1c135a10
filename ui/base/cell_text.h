// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Qt>

class QFont;
class QPainter;
class QRect;
class QString;

namespace ui {

/// One line of text in a cell, in the middle of `rect` from top to bottom and against `side`, left or right; elided at its end when there is
/// no room. The pen is the painter's. Words are shaped once and kept: a list paints the same few thousands of times, and shaping costs
/// more than drawing.
void paintCellText(QPainter* painter, const QFont& font, const QRect& rect, const QString& text, Qt::Alignment side);

/// Text with numbers against the right edge of `rect`, each digit as wide as the widest, so that columns of digits stand still whatever
/// the font. Elided at its end when there is no room.
void paintDigits(QPainter* painter, const QFont& font, const QRect& rect, const QString& text);

}
