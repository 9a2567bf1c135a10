// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/json_ranges.h"

#include <algorithm>

namespace ui {

using core::JsonKind;
using core::JsonValue;

qsizetype JsonRanges::Cuts::rangeAt(qsizetype offset) const
{
    const auto last = std::prev(begins.end());    // no child stands there
    const auto beyond =
        std::upper_bound(begins.begin(), last, offset, [](qsizetype wanted, Iterator begin) { return wanted < (*begin).keyOffset(); });
    return beyond - begins.begin() - 1;
}

JsonRanges JsonRanges::of(const core::JsonText& text, const core::CancelToken& token)
{
    const auto cuts = std::make_shared<Map>();
    collect(text.root(), token, *cuts);
    JsonRanges ranges;
    ranges.m_cuts = cuts;
    return ranges;
}

void JsonRanges::collect(const JsonValue& value, const core::CancelToken& token, Map& cuts)    // no deeper than JsonLimits::maxDepth
{
    // each child is a byte and a comma at least: below this neither it nor anything in it is long
    const bool isContainer = value.kind() == JsonKind::Array || value.kind() == JsonKind::Object;
    if (!isContainer || value.raw().size() < 2 * rangeSize)
        return;
    const auto children = value.children();
    Cuts own;
    for (Iterator at = children.begin(); at != children.end(); ++at, ++own.count) {
        if (own.count % rangeSize == 0) {
            if (token.isCancelled())
                return;
            own.begins.push_back(at);
        }
        collect(*at, token, cuts);
    }
    if (own.count <= rangeSize)
        return;
    own.begins.push_back(children.end());
    own.begins.shrink_to_fit();
    cuts.emplace(value.keyOffset(), std::move(own));
}

const JsonRanges::Cuts* JsonRanges::cutsOf(const JsonValue& value) const
{
    if (!m_cuts)
        return nullptr;
    const auto found = m_cuts->find(value.keyOffset());
    return found == m_cuts->end() ? nullptr : &found->second;
}

}
