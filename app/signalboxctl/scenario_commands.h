// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

/// Plays a job's deliveries in a scratch copy; changes nothing.
[[nodiscard]] Ending step(Session& session, const Arguments& arguments);
/// scenario save.
[[nodiscard]] Ending saveScenario(Session& session, const Arguments& arguments);
/// scenario run: needs no store. NotDone where it went otherwise than the file says.
[[nodiscard]] Ending runScenario(Output& output, const Arguments& arguments);
/// Whether this is `scenario run`.
[[nodiscard]] bool isScenarioRun(const Arguments& arguments);

}
