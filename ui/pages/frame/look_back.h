// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/statistics_models.h"

#include <QString>

namespace ui {

/// The spans that pages look back over.
enum class LookBack { Hour, SixHours, Day, Week, Month };
[[nodiscard]] QList<LookBack> allLookBacks();

[[nodiscard]] std::chrono::seconds lengthOf(LookBack back);
/// "1h", "24h", "30d": as the filter grammar's since: takes it.
[[nodiscard]] QString filterAge(LookBack back);
/// "1 h", "24 h", "30 d".
[[nodiscard]] QString shortName(LookBack back);
/// "5 min", "30 min", "1 d": how long each part of the window is.
[[nodiscard]] QString partName(const core::jobs::Window& window);
/// The span that ends now, in parts that a person can name: 1 h by minutes ... 30 d by days. It ends at a whole part, so that bars stand still.
[[nodiscard]] core::jobs::Window windowOf(LookBack back, core::Time now);

}
