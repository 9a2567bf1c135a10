// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <QString>

namespace test_support {

/// A day and more of a busy store, the same each time but for its clock, which ends at `now`: about 4,300 jobs with failures in groups
/// and a peak in the night, deliveries, artifacts, notifications, acts, workers and runs. Empty, or what went wrong.
[[nodiscard]] QString fillWithPagesSample(const QString& storePath, core::Time now);

/// One row of each kind with hostileText() wherever text may stand. Empty, or what went wrong.
[[nodiscard]] QString fillWithHostileRows(const QString& storePath);

/// Text as no one should write it: markup, a link, line breaks, marks that turn the direction, a NUL, and very long.
[[nodiscard]] QString hostileText();

}
