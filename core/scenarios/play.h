// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"

namespace core::scenarios {

/// Plays the scenario in a store of its own, in memory, and a folder that goes again: through the same TaskService as everything else,
/// with the clock at each step's moment and a secret made for this run. Takes as long as its steps do; `control` hears of each and may end
/// it (Cancelled). Unavailable: scratch_folder, if there is no place for the files that done hooks write.
[[nodiscard]] Result<Run> play(const Scenario& scenario, const tasks::ActControl& control = {});

}
