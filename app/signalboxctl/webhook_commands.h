// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

namespace app {

[[nodiscard]] Ending deliveries(Session& session, const Arguments& arguments);
[[nodiscard]] Ending replay(Session& session, const Arguments& arguments);
[[nodiscard]] Ending post(Session& session, const Arguments& arguments);

/// The seven stages of a delivery, one line each: passed, would do, stopped here or not reached.
[[nodiscard]] QStringList stageTable(const core::tasks::WebhookOutcome& outcome, core::tasks::Mode mode, std::optional<int> width);

}
