// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <algorithm>
#include <optional>
#include <span>

namespace core::tasks {

/// What a value must keep to. Reading ignores it (old rows are shown as they are); submission and JSON Schema go by it. For a list it binds each
/// element, except `notEmpty`.
struct Rule {
    std::optional<double> minimum{};
    std::optional<double> above{};    ///< greater than, not equal
    std::optional<double> maximum{};
    bool isEven = false;
    bool notEmpty = false;
    bool isColor = false;    ///< "#RRGGBB"
    std::span<const char* const> oneOf{};
};

template <class E>
struct Spelling {
    E value;
    const char* word;
};

/// A closed set of words, as stored. A word nobody knows (a newer version's, a typo) is E::Unknown and keeps its text. Converts to and from E; the
/// spellings are found through `spellings(E)` beside the enum.
template <class E>
class Word {
public:
    Word(E value = {}) : m_value(value) {}
    operator E() const { return m_value; }

    [[nodiscard]] static Word fromStored(const QString& text)
    {
        for (const auto& spelling : spellings(E{})) {
            if (text == QLatin1String(spelling.word))
                return spelling.value;
        }
        Word unknown(E::Unknown);
        unknown.m_text = text;
        return unknown;
    }
    [[nodiscard]] QString stored() const
    {
        for (const auto& spelling : spellings(E{})) {
            if (spelling.value == m_value)
                return QLatin1String(spelling.word);
        }
        return m_text;
    }
    [[nodiscard]] bool isKnown() const { return m_value != E::Unknown; }

    bool operator==(const Word&) const = default;
    friend bool operator==(const Word& word, E value) { return word.m_value == value; }

private:
    E m_value;
    QString m_text;    // only of an unknown word
};

/// JSON that a schema does not look into; kept as it came. Empty means none.
struct RawJson {
    QByteArray bytes;
    bool operator==(const RawJson&) const = default;
};

enum class DiagnosticKind {
    NotJson,         ///< no JSON object at all; the payload is an UnknownPayload
    Missing,         ///< a required key is absent or null
    WrongType,       ///< the default stands in its place
    TooLarge,        ///< a number that the type cannot hold: diagnosed, never wrapped
    DuplicateKey,    ///< the last one counts
    UnknownWord,     ///< not in the list of words; its text is kept
    ReplacedText,    ///< a lone surrogate: shown as U+FFFD, stored as it was
    Refused,         ///< against a rule: range, one of two, order. Only from validation
    UnknownKey,      ///< kept, but nothing here reads it
    Forgiven,        ///< "5" read as 5, 1.0 as 1, "true" as true
};

/// "missing", "wrong_type", ...
[[nodiscard]] QString diagnosticKindName(DiagnosticKind kind);

struct Diagnostic {
    DiagnosticKind kind = DiagnosticKind::Refused;
    QString pointer;    ///< JSON pointer into the payload, "" for all of it
    QString message;    ///< English
    bool operator==(const Diagnostic&) const = default;
};

/// A value beside the bytes it was read from and what had to be forgiven.
template <class T>
struct Parsed {
    T value;
    QByteArray original;
    QList<Diagnostic> diagnostics;
};

/// A payload of an unknown type, or bytes that are no JSON object: kept byte for byte.
struct UnknownPayload {
    QByteArray raw;
    bool operator==(const UnknownPayload&) const = default;
};

}
