// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/webhooks/models.h"
#include "ui/theme/theme.h"

namespace ui {

/// What a signature check found, as a sentence.
[[nodiscard]] QString verdictSentence(core::webhooks::Verdict verdict);
/// What became of a delivery, as a sentence.
[[nodiscard]] QString outcomeSentence(core::webhooks::Outcome outcome);
/// In whose ink an outcome is shown: applied as DONE, rejected as FAILED, ignored ones as PENDING.
[[nodiscard]] JobState outcomeInk(core::webhooks::Outcome outcome);
/// Its drawing.
[[nodiscard]] QString outcomeIcon(core::webhooks::Outcome outcome);
/// "412 µs", "3.2 ms".
[[nodiscard]] QString shortDuration(qint64 microseconds);

}
