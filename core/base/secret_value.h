// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secret_tokens.h"

namespace core::base {

/// What stands between a name and its value.
struct Separator {
    qsizetype end = 0;         ///< where the value may begin, before any space
    QChar sign;                ///< '=', ':', '>' of an element, '(' of a call
    bool isQuoted = false;     ///< the name stood in quotes
    bool isEscaped = false;    ///< percent-encoded
};

/// What follows the name that ends there, if it is given a value: "name: ", "name=", "\"name\" : ", "name%3D", "<name>", "name('".
[[nodiscard]] std::optional<Separator> separatorAt(QStringView text, qsizetype nameBegin, qsizetype nameEnd);

/// The value behind a separator: what stands in quotes, in braces, or up to where a value of its kind ends. Empty where there is none.
[[nodiscard]] TextSpan valueAt(QStringView text, qsizetype nameBegin, const Separator& separator);

/// An argument after an option; a quoted one without its quotes.
[[nodiscard]] TextSpan argumentAt(QStringView text, qsizetype at);

/// To the end of the line, or to the quote that the name stands behind.
[[nodiscard]] TextSpan restOfLine(QStringView text, qsizetype nameBegin, qsizetype at);

[[nodiscard]] qsizetype afterSpaces(QStringView text, qsizetype at);    ///< spaces and tabs

}
