// SPDX-License-Identifier: Apache-2.0
#pragma once

class QPainter;
class QRect;
class QString;

namespace ui {

/// Text with numbers against the right edge of `rect`, each digit as wide as the widest, so that columns of digits stand still whatever
/// the font. Elided at its end when there is no room. Font and pen are the painter's.
void paintDigits(QPainter* painter, const QRect& rect, const QString& text);

}
