// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/bulk.h"
#include "ui/theme/theme.h"

#include <array>

namespace ui {

/// The five things that can become of a delivery, in the order they are counted in.
inline constexpr std::array replayOutcomes{core::webhooks::Outcome::Applied, core::webhooks::Outcome::Duplicate,
                                           core::webhooks::Outcome::IgnoredTerminal, core::webhooks::Outcome::Stale,
                                           core::webhooks::Outcome::Rejected};

/// "1,131 deliveries"
[[nodiscard]] QString deliveriesText(qint64 count);
/// Five drawings that differ in outline.
[[nodiscard]] QString replayIcon(core::webhooks::Outcome outcome);
[[nodiscard]] QColor replayInk(core::webhooks::Outcome outcome, const Theme& theme);
/// What the report said, as far as the outcome tells: "RUNNING 10%"; empty if it does not.
[[nodiscard]] QString saysText(const core::tasks::WebhookOutcome& outcome);
/// Why it changed nothing or was rejected, in a sentence; empty where it is applied.
[[nodiscard]] QString replayReason(const core::tasks::WebhookOutcome& outcome);
/// The row of the result: applied is acted, what changed nothing is skipped, rejected is failed. `id` is the stored delivery's.
[[nodiscard]] core::tasks::BulkRow replayRow(const core::DeliveryId& id, const core::tasks::WebhookOutcome& outcome);

}
