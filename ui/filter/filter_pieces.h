// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <QList>
#include <QString>

namespace ui {

/// A few letters of a chip in one weight and ink.
struct FilterSegment {
    enum class Kind { Word, Key, Value };
    Kind kind = Kind::Word;
    QString text;          ///< one plain line
    bool hasGap = true;    ///< a blank stands before it
    bool operator==(const FilterSegment&) const = default;
};

/// One part of a filter that must hold beside the others: what a chip shows. Its text stays as it was typed ("since:2h" is no time yet).
struct FilterPiece {
    QString text;
    bool isNegated = false;
    bool isAlternatives = false;    ///< an OR without parentheses around it
    QList<FilterSegment> segments;
    bool operator==(const FilterPiece& other) const { return text == other.text; }
};

/// The parts of a text that reads as a filter. Together they say what the text says; OR and parentheses stay one part.
[[nodiscard]] QList<FilterPiece> filterPieces(const QString& text, core::Time now);
/// "not owner u-99": what a chip says, in one plain line.
[[nodiscard]] QString readableText(const FilterPiece& piece);
/// "24 h" for "24h", "≥ 2" for ">=2"; the value itself, in one plain line, under any other key.
[[nodiscard]] QString readableValue(const QString& key, const QString& value);

/// The text of parts and of what is being typed after them.
struct ComposedFilter {
    QString text;
    qsizetype draftOffset = 0;    ///< where the draft begins in it
};
/// A draft narrows what stands before it ("a OR b" gets parentheses then); one that begins with OR or AND goes on from it.
[[nodiscard]] ComposedFilter composedFilter(const QList<FilterPiece>& pieces, const QString& draft, core::Time now);

}
