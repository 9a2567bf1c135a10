// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"

#include <vector>

namespace core::base {

/// The flat index, in document order. A scalar is one word; an array or object is three: the same word, the node that follows its subtree, and
/// the offset of the byte after its bracket. Private to json_*.cpp.
struct JsonIndex {
    static constexpr quint32 memberFlag = 1U << 31;    ///< the offset is the key's, and the value comes after its colon
    static constexpr quint32 containerFlag = 1U << 30;
    static constexpr quint32 offsetMask = containerFlag - 1;
    static constexpr quint32 containerWords = 3;

    QByteArray bytes;
    std::vector<quint32> words;
};

/// Fills index.words from index.bytes, or says what is wrong and where.
[[nodiscard]] Result<void> scanJson(JsonIndex& index, const JsonLimits& limits);

[[nodiscard]] inline bool isJsonSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

}
