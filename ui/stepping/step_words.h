// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"
#include "ui/theme/theme.h"

#include <QString>

namespace ui {

/// "DONE", "Cancel by ann", "A worker takes it"; of a report that cannot be read "Not readable".
[[nodiscard]] QString stepTitle(const core::scenarios::Step& step, const core::scenarios::StepResult& result);
/// "applied", "cancelled", "refused", ...
[[nodiscard]] QString answerText(const core::scenarios::StepResult& result);
/// Its drawing and its ink: five outcomes as in the replay, acts by whether they were done.
[[nodiscard]] QString answerIcon(const core::scenarios::StepResult& result);
[[nodiscard]] QColor answerInk(const core::scenarios::StepResult& result, const Theme& theme);
/// "Applied, answered with 200." and why, where there is a reason.
[[nodiscard]] QString stepSentence(const core::scenarios::Step& step, const core::scenarios::StepResult& result);
/// "http_status" and its kin as people read them.
[[nodiscard]] QString deviationField(const QString& field);

}
