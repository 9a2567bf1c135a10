// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace core::jobs {
struct FilterKeyHelp;
}

namespace ui {

struct FilterSuggestion {
    QString word;                     ///< as it would be typed: "failed", "status:"
    QString help;                     ///< what a key looks at
    std::optional<JobState> state;    ///< of a status
    bool operator==(const FilterSuggestion&) const = default;
};

/// What fits at the cursor of a draft.
struct FilterCompletion {
    QString title;
    QString key;                 ///< of the values that are offered; empty while keys are
    bool listsValues = false;    ///< these are all the values there are
    qsizetype termOffset = 0;    ///< where the term begins, behind its "!"
    qsizetype offset = 0;        ///< what a taken word takes the place of
    qsizetype length = 0;
    QString typed;    ///< of that, what stands before the cursor
    QList<FilterSuggestion> suggestions;
};

/// Keys while a key is typed; behind it its values: all of them, or those of former filters.
[[nodiscard]] FilterCompletion completionAt(const QString& draft, qsizetype cursor, const QStringList& formerFilters);

/// The help of the key that a term begins with; null for none.
[[nodiscard]] const core::jobs::FilterKeyHelp* helpOfTerm(const QString& term);
/// What may stand where a text is wrong, in a sentence or two; empty if there is nothing to say.
[[nodiscard]] QString expectedAt(const QString& draft, qsizetype offset);

}
