// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/models.h"
#include "ui/diff/diff_rows.h"

#include <QTimeZone>

namespace ui {

/// The job's columns that change (and the attempt, which explains them), then the rows that come to be. Cells: column, before, after. Empty where nothing
/// changes.
[[nodiscard]] QList<DiffRow> diffOf(const core::tasks::WebhookOutcome& outcome, const QTimeZone& zone);

}
