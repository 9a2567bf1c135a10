// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

[[nodiscard]] Ending deliveries(Session& session, const Arguments& arguments);
[[nodiscard]] Ending replay(Session& session, const Arguments& arguments);
[[nodiscard]] Ending post(Session& session, const Arguments& arguments);

/// --dry-run or not.
[[nodiscard]] core::tasks::Mode modeOf(const Arguments& arguments);
/// What became of each, in words (with --json only the errors); the exit code that says how many were rejected.
[[nodiscard]] ExitCode printOutcomes(Output& output, const QList<core::tasks::WebhookOutcome>& outcomes, core::tasks::Mode mode);

/// The seven stages of a delivery, one line each: passed, would do, stopped here or not reached.
[[nodiscard]] QStringList stageTable(const core::tasks::WebhookOutcome& outcome, core::tasks::Mode mode, std::optional<int> width);

}
