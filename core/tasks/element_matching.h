// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"

#include <QList>

#include <optional>

namespace core::tasks {

/// One element of a list with its place in it.
struct ListElement {
    qsizetype position = 0;
    JsonValue value;
};

/// The two sides of one element; one of them may be missing.
struct MatchedElement {
    std::optional<ListElement> before;
    std::optional<ListElement> after;
    QString name;    ///< "0:01.963 to 0:03.463", "0:04.000", "stream 1", "[3]"
};

/// Which elements of two lists are the same thing: by overlap in time, by time, by index, by value (scalars), else by position.
[[nodiscard]] QList<MatchedElement> matchElements(const JsonValue& before, const JsonValue& after);

}
