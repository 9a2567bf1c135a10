// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"

#include <QString>

#include <optional>

namespace ui {

/// The range of time that a filter demands by since: and before: at its outermost, if it does.
struct FilterSpan {
    std::optional<core::Time> since;
    std::optional<core::Time> before;
};
[[nodiscard]] FilterSpan spanOf(const core::jobs::Filter& filter);

/// What stands below the last row: "No older job in the last 24 h matches."
[[nodiscard]] QString endLineOf(const core::jobs::Filter& filter, bool newestFirst, core::Time now, std::optional<int> searchedOnlyNewest);

}
