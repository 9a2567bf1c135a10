// SPDX-License-Identifier: Apache-2.0
#include "ui/base/digits.h"

#include "ui/theme/metrics.h"

#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>

#include <cmath>

namespace ui {

namespace {

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

/// What is known of a font: a list paints thousands of numbers in two or three of them.
struct DigitFont {
    QFont font;
    QRawFont glyphs;
    int cell = 0;    ///< the widest digit
};

const DigitFont& digitFontOf(const QFont& font)
{
    static thread_local QList<DigitFont> known;
    for (const DigitFont& each : std::as_const(known)) {
        if (each.font == font)
            return each;
    }
    if (known.size() == 16)    // sizes and families that were changed since
        known.clear();
    known.append({font, QRawFont::fromFont(font), digitWidth(QFontMetrics(font))});
    return known.constLast();
}

}

void paintDigits(QPainter* painter, const QRect& rect, const QString& text)
{
    const DigitFont& known = digitFontOf(painter->font());
    const QList<quint32> glyphs = known.glyphs.glyphIndexesForString(text);
    const QList<QPointF> advances = known.glyphs.advancesForGlyphIndexes(glyphs);
    qreal width = 0;
    QList<QPointF> places;
    const bool isPlain = glyphs.size() == text.size() && !glyphs.contains(0U);    // one glyph a character, and all in this font
    for (qsizetype i = 0; isPlain && i < glyphs.size(); ++i) {
        const qreal cell = isDigit(text.at(i)) ? known.cell : advances.at(i).x();
        places << QPointF(width + (cell - advances.at(i).x()) / 2, 0);
        width += cell;
    }
    const QFontMetrics metrics = painter->fontMetrics();
    if (!isPlain || width > rect.width()) {
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          metrics.elidedText(text, Qt::ElideRight, rect.width()));
        return;
    }
    QGlyphRun run;    // shaped once, not digit by digit
    run.setRawFont(known.glyphs);
    run.setGlyphIndexes(glyphs);
    run.setPositions(places);
    const int baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    painter->drawGlyphRun(QPointF(rect.right() + 1 - std::ceil(width), baseline), run);
}

}
