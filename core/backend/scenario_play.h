// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"

namespace core::backend {

/// As Backend::playScenario(), for a program that has a scenario and no store; blocks for as long as it takes. Secrets are masked.
[[nodiscard]] Result<scenarios::Run> playScenario(const scenarios::Scenario& scenario, const tasks::ActControl& control = {});

}
