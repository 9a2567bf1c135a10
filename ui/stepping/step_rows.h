// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/models.h"
#include "ui/diff/diff_rows.h"

#include <QTimeZone>

namespace ui {

/// Of a job with thousands of events the newest stand in the table.
inline constexpr qsizetype eventRowsShown = 20;

/// The rows of job, job_events, artifacts and notifications after so many steps; what the last of them changed or added is marked so.
/// Position 0: the job as it was made, nothing marked. Cells: column or number of the row, before, after.
[[nodiscard]] QList<DiffRow> rowsAfter(const core::scenarios::Run& run, qsizetype position, const QTimeZone& zone);

}
