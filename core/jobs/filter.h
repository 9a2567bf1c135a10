// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/time.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace core::jobs {

/// What a term looks at. Text is a word without a key: it is searched in id, type, message and error.
enum class FilterKey {
    Status,
    Type,
    Owner,
    Project,
    Id,
    RetriedFrom,
    Since,
    Before,
    Attempt,
    Took,
    Error,
    Message,
    Has,
    Input,
    Output,
    Text
};

enum class Comparison { Equal, Less, AtMost, Greater, AtLeast };

/// Stored words for Status and Type ("FAILED"; "UNKNOWN" for whatever is none of ours), lower-case words for Has, else what was typed.
/// In a pattern each `*` stands for any text; a pattern never holds a blank, a quote or a parenthesis.
struct FilterText {
    QString text;
    bool isPattern = false;
    bool operator==(const FilterText&) const = default;
};

/// Attempt: a count. Took: microseconds. Payload keys: the number there.
struct FilterAmount {
    Comparison comparison = Comparison::Equal;
    double number = 0;
    bool operator==(const FilterAmount&) const = default;
};

/// Since and Before hold a Time: "2h" is resolved against now as it is read, so that a kept filter keeps its range.
using FilterValue = std::variant<FilterText, FilterAmount, Time>;

/// Steps into a JSON document: a member's name (as it is, in its own case) or a place in a list (from 0).
using PayloadPath = QList<std::variant<QString, int>>;

/// One key with its values; any of them will do.
struct FilterTerm {
    FilterKey key = FilterKey::Text;
    PayloadPath path;    ///< for Input and Output; not empty then
    QList<FilterValue> values;
    bool isNegated = false;
    qsizetype offset = 0;    ///< where it stood in the text, in UTF-16 units; no part of equality
    qsizetype length = 0;
    friend bool operator==(const FilterTerm& left, const FilterTerm& right);
};

struct Filter;

enum class Join { All, Any };

/// An All group without parts takes every job: that is the filter of an empty text. No other group is empty.
struct FilterGroup {
    Join join = Join::All;
    QList<Filter> parts;
    bool isNegated = false;
    friend bool operator==(const FilterGroup& left, const FilterGroup& right);
};

/// The tree that the SQL (filter_repository.h) and the in-memory matcher (filter_match.h) share.
///
/// The rules of both: letters compare without regard to case for A-Z only (as SQLite's lower() does), so É is not é. Exact in
/// case are the prefixes of id and retried-from, and the names in a payload path. A job without a value (no owner, no error, never
/// finished) has an empty text, and no comparison of amounts takes it; its negation does.
struct Filter {
    std::variant<FilterGroup, FilterTerm> node;
    friend bool operator==(const Filter& left, const Filter& right);
};

/// What is wrong with a text and where, for an underline. `length` may be 0 at the end of the text.
struct FilterError {
    qsizetype offset = 0;
    qsizetype length = 0;
    QString message;
    bool operator==(const FilterError&) const = default;
};

inline constexpr qsizetype maxFilterLength = 4096;    ///< UTF-16 units
inline constexpr int maxFilterDepth = 32;             ///< parentheses within each other
inline constexpr int maxFilterValues = 200;           ///< over all terms

/// The grammar of design.md section 11. Terms stand side by side (all must hold), `OR` between them binds less, parentheses group,
/// `!` negates a term or a group. A term is `key:value`, or a word or "quoted text" alone. Values may be a list with commas; quoted
/// ones may hold anything (\" and \\ inside). `AND` may be written and says nothing. Keys and short forms: filterKeys().
[[nodiscard]] tl::expected<Filter, FilterError> readFilter(const QString& text, Time now);
/// The same with the error of the house: Invalid, filter_invalid, field "filter", detail "offset=N length=M".
[[nodiscard]] Result<Filter> parseFilter(const QString& text, Time now);

/// The text that reads back as the same tree, whatever the time. It can be longer than maxFilterLength if the filter came close.
[[nodiscard]] QString toText(const Filter& filter);
/// "file_path", "segments[0].start_ms".
[[nodiscard]] QString pathText(const PayloadPath& path);

/// Joins parts in the one shape the parser makes: nested groups of the same kind dissolve, a group of one is that one.
[[nodiscard]] Filter joined(Join join, const QList<Filter>& parts);
[[nodiscard]] Filter negated(Filter filter);
/// Whether it takes every job, as the empty text does.
[[nodiscard]] bool takesAll(const Filter& filter);
/// Whether any term looks into a payload: such a search ends at a ceiling (list_repository.h).
[[nodiscard]] bool looksIntoPayloads(const Filter& filter);

/// A key for help and completion. The payload keys are "input." and "output.", a path follows.
struct FilterKeyHelp {
    FilterKey key = FilterKey::Text;
    QString name;
    QString help;    ///< English, one sentence
    QString example;
    QStringList values;    ///< all there are, if they can be listed
};
[[nodiscard]] const QList<FilterKeyHelp>& filterKeys();
/// The name in front of the colon; empty for Text.
[[nodiscard]] QString filterKeyName(FilterKey key);

}
