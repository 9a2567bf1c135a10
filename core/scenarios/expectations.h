// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"

namespace core::scenarios {

/// Where a step went otherwise than its scenario says.
struct Deviation {
    qsizetype step = 0;
    QString field;    ///< "answer", as the file spells it
    QString expected;
    QString got;
    bool operator==(const Deviation&) const = default;
};

[[nodiscard]] Expectation expectationOf(const StepResult& result);
/// What this run made of each step is what is expected of it from now on.
[[nodiscard]] Scenario expecting(Scenario scenario, const Run& run);
/// Empty: every step of which something is expected went so.
[[nodiscard]] QList<Deviation> deviations(const Scenario& scenario, const Run& run);
/// Of how many steps something is expected.
[[nodiscard]] qsizetype expectedSteps(const Scenario& scenario);

}
