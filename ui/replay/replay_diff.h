// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/models.h"

#include <QTimeZone>

namespace ui {

/// One line of what a delivery changes in the store.
struct OutcomeRow {
    enum class Kind { Heading, Same, Changed, Added };
    Kind kind = Kind::Same;
    QString column;    ///< "progress_pct"; of an added row its table, "job_events"
    QString before;
    QString after;
    bool operator==(const OutcomeRow&) const = default;
};

/// The job's columns that change (and the attempt, which explains them), then the rows that come to be. Empty where nothing changes.
[[nodiscard]] QList<OutcomeRow> diffOf(const core::tasks::WebhookOutcome& outcome, const QTimeZone& zone);

}
