// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/diff/diff_rows.h"

#include <QByteArray>

namespace ui {

inline constexpr qsizetype mostDiffLines = 20'000;

/// A line of either text, or of both.
struct TextLine {
    DiffMark mark = DiffMark::Same;    ///< never Changed
    int before = 0;                    ///< from 1; 0 where it is only in the other
    int after = 0;
    QString text;
    QString copy;    ///< the text with secrets masked
    bool operator==(const TextLine&) const = default;
};

struct TextDiff {
    QList<TextLine> lines;
    qsizetype differences = 0;    ///< lines that are in one of the two only
    bool isCut = false;           ///< one of the two has more than `mostDiffLines`; only those were compared
};

/// Line by line. JSON is laid out first, one value a line, so that white space is no difference; other text is taken as it stands. Takes
/// seconds at its largest: not for the GUI thread.
[[nodiscard]] TextDiff compareTexts(const QByteArray& before, const QByteArray& after);

struct LaidOutLine {
    QByteArray text;
    QByteArray copy;    ///< with secrets masked: what stands under a key that names one, on however many lines
    bool operator==(const LaidOutLine&) const = default;
};

/// JSON with one value a line, indented by two; values spelt as they stand. Text that is no JSON by its own lines. At most so many.
[[nodiscard]] QList<LaidOutLine> laidOutLines(const QByteArray& document, qsizetype most);

/// As unifiedColumns() and sideBySideColumns() want them. Side by side a line that went stands beside the one that came for it.
[[nodiscard]] QList<DiffRow> unifiedRows(const TextDiff& diff);
[[nodiscard]] QList<DiffRow> sideBySideRows(const TextDiff& diff);

}
