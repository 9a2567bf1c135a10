// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/json_text.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace ui {

/// Where each thousandth child stands of the arrays and objects that have more than a thousand: so that a row far down in millions is found
/// without a walk over those before it. A few bytes for a thousand children. Immutable; copies share. Good while a copy of its text lives.
class JsonRanges {
public:
    using Iterator = core::base::JsonChildren::Iterator;
    static constexpr qsizetype rangeSize = 1000;

    struct Cuts {
        std::vector<Iterator> begins;    ///< of each range, and the end of the last one
        qsizetype count = 0;             ///< of all children
        [[nodiscard]] qsizetype rangeCount() const { return static_cast<qsizetype>(begins.size()) - 1; }
        /// The range whose first child begins at or before that byte; -1 for a byte before the first child.
        [[nodiscard]] qsizetype rangeAt(qsizetype offset) const;
    };

    JsonRanges() = default;
    /// Looks at the children of long arrays and objects once: work for a lane where the document is big. Of no use if it was told to stop.
    [[nodiscard]] static JsonRanges of(const core::JsonText& text, const core::CancelToken& token = {});
    /// Null for one of a thousand children or fewer.
    [[nodiscard]] const Cuts* cutsOf(const core::JsonValue& value) const;

private:
    using Map = std::unordered_map<qsizetype, Cuts>;    // by where the value, or its key, begins
    static void collect(const core::JsonValue& value, const core::CancelToken& token, Map& cuts);
    std::shared_ptr<const Map> m_cuts;
};

}
