// SPDX-License-Identifier: Apache-2.0
#include "ui/base/cell_text.h"

#include "ui/theme/metrics.h"

#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>
#include <QTextLayout>
#include <QVarLengthArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <vector>

namespace ui {

namespace {

constexpr size_t keptFaces = 16;      // sizes and families that were changed since make room
constexpr size_t keptWords = 2000;    // of one face: a few hundred kilobytes
constexpr qsizetype longestWord = 40;
constexpr qsizetype longestLine = 400;

struct Glyph {
    quint32 index = 0;    ///< 0: the face has none
    qreal advance = 0;
};

/// As Qt shaped it, from 0 on the base line. Empty: it takes more than one face.
struct Word {
    QList<quint32> glyphs;
    QList<QPointF> places;
    qreal width = 0;
};

struct TextHash {
    using is_transparent = void;
    size_t operator()(QStringView text) const { return qHash(text); }
};

/// What is known of a font: a list paints thousands of cells in two or three of them.
struct Face {
    QFont font;
    QRawFont raw;
    QFontMetrics metrics;
    int digitCell = 0;                ///< the widest digit
    std::array<Glyph, 128> single;    ///< characters by themselves
    std::unordered_map<QString, Word, TextHash, std::equal_to<>> words;
};

Face makeFace(const QFont& font)
{
    Face face{font, QRawFont::fromFont(font), QFontMetrics(font), 0, {}, {}};
    face.digitCell = digitWidth(face.metrics);
    for (char16_t c = u' '; c < face.single.size(); ++c) {
        const QList<quint32> glyphs = face.raw.glyphIndexesForString(QChar(c));
        if (glyphs.size() == 1)
            face.single[c] = {glyphs.first(), face.raw.advancesForGlyphIndexes(glyphs).first().x()};
    }
    return face;
}

Face& faceOf(const QFont& font)
{
    static thread_local std::vector<Face> known;
    for (Face& each : known) {
        if (each.font == font)
            return each;
    }
    if (known.size() == keptFaces)
        known.clear();
    known.push_back(makeFace(font));
    return known.back();
}

/// Left to right, and nothing in it reaches over a space: Latin, Greek, Cyrillic and what stands between their words.
bool isSimple(QChar c)
{
    return (c >= u' ' && c <= u'~') || (c >= u'\u00a0' && c < u'\u0590') || (c >= u'\u2010' && c <= u'\u2027');
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// A number is never met again: its digits are, and stand by themselves as in the columns of numbers.
bool isNumber(QStringView word)
{
    return std::all_of(word.begin(), word.end(), [](QChar c) { return isDigit(c) || (c < u'0' && c > u' ') || c == u':'; });
}

Word shape(const Face& face, const QString& text)
{
    QTextLayout layout(text, face.font);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(std::numeric_limits<int>::max() / 256);
    layout.endLayout();
    const QList<QGlyphRun> runs = layout.glyphRuns();
    if (runs.size() != 1 || runs.first().rawFont() != face.raw)
        return {};
    Word word{runs.first().glyphIndexes(), runs.first().positions(), line.horizontalAdvance()};
    for (QPointF& place : word.places)
        place.ry() -= line.ascent();
    return word;
}

const Word& wordOf(Face& face, QStringView text)
{
    if (const auto found = face.words.find(text); found != face.words.end())
        return found->second;
    if (face.words.size() >= keptWords)
        face.words.clear();
    const QString own = text.toString();
    return face.words.emplace(own, shape(face, own)).first->second;
}

/// A line of glyphs as it grows.
struct Line {
    QVarLengthArray<quint32, 128> glyphs;
    QVarLengthArray<QPointF, 128> places;
    qreal width = 0;

    /// In the middle of a cell that may be wider than itself.
    bool add(const Glyph& glyph, qreal cell)
    {
        glyphs.append(glyph.index);
        places.append(QPointF(width + (cell - glyph.advance) / 2, 0));
        width += cell;
        return glyph.index != 0;
    }
    bool add(const Word& word)
    {
        for (qsizetype i = 0; i < word.glyphs.size(); ++i) {
            glyphs.append(word.glyphs.at(i));
            places.append(word.places.at(i) + QPointF(width, 0));
        }
        width += word.width;
        return !word.glyphs.isEmpty();
    }
};

bool addWord(Line& line, Face& face, QStringView word)
{
    if (!isNumber(word))
        return word.size() <= longestWord && line.add(wordOf(face, word));
    return std::all_of(word.begin(), word.end(), [&](QChar c) {
        const Glyph& glyph = face.single.at(c.unicode());
        return line.add(glyph, glyph.advance);
    });
}

/// False: this text takes all that Qt knows of text.
bool composeWords(Line& line, Face& face, const QString& text)
{
    if (text.size() > longestLine || !std::all_of(text.begin(), text.end(), isSimple))
        return false;
    const Glyph& space = face.single.at(u' ');
    const QStringView all(text);
    for (qsizetype at = 0; at < all.size();) {
        if (all[at] == u' ') {
            line.width += space.advance;
            ++at;
            continue;
        }
        const qsizetype end = all.indexOf(u' ', at);
        const QStringView word = all.sliced(at, (end < 0 ? all.size() : end) - at);
        if (!addWord(line, face, word))
            return false;
        at += word.size();
    }
    return true;
}

bool composeDigits(Line& line, const Face& face, const QString& text)
{
    return text.size() <= longestLine && std::all_of(text.begin(), text.end(), [&](QChar c) {
               if (c.unicode() >= face.single.size())
                   return false;
               const Glyph& glyph = face.single.at(c.unicode());
               return line.add(glyph, isDigit(c) ? face.digitCell : glyph.advance);
           });
}

void paintLine(QPainter* painter, const Face& face, const Line& line, const QRect& rect, Qt::Alignment side)
{
    QGlyphRun run;
    run.setRawFont(face.raw);
    run.setRawData(line.glyphs.constData(), line.places.constData(), static_cast<int>(line.glyphs.size()));
    const qreal left = side == Qt::AlignRight ? rect.right() + 1 - std::ceil(line.width) : rect.left();
    const int baseline = rect.top() + (rect.height() - face.metrics.height()) / 2 + face.metrics.ascent();
    painter->drawGlyphRun(QPointF(left, baseline), run);
}

void paintElided(QPainter* painter, const Face& face, const QRect& rect, const QString& text, Qt::Alignment side)
{
    painter->setFont(face.font);
    painter->drawText(rect, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                      face.metrics.elidedText(text, Qt::ElideRight, rect.width()));
}

}

void paintCellText(QPainter* painter, const QFont& font, const QRect& rect, const QString& text, Qt::Alignment side)
{
    Face& face = faceOf(font);
    Line line;
    // against the right stands what reads from there, where marks between words change their places
    if (side == Qt::AlignLeft && composeWords(line, face, text) && std::ceil(line.width) <= rect.width())
        paintLine(painter, face, line, rect, side);
    else
        paintElided(painter, face, rect, text, side);
}

void paintDigits(QPainter* painter, const QFont& font, const QRect& rect, const QString& text)
{
    const Face& face = faceOf(font);
    Line line;
    if (composeDigits(line, face, text) && line.width <= rect.width())
        paintLine(painter, face, line, rect, Qt::AlignRight);
    else
        paintElided(painter, face, rect, text, Qt::AlignRight);
}

}
