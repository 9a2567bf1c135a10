// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/statistics_models.h"
#include "ui/base/row_model.h"
#include "ui/pages/frame/look_back.h"

#include <QTimeZone>

namespace ui {

/// The table of failure groups, on their own page and on the dashboard.
[[nodiscard]] QList<RowColumn> failureColumns(LookBack back);
[[nodiscard]] QList<PageRow> failureRows(const core::jobs::FailureGroups& groups, const QTimeZone& zone);
/// "187 failed jobs in 7 groups", and what the ceiling left out.
[[nodiscard]] QString failureCaption(const core::jobs::FailureGroups& groups);
/// The filter that shows the jobs of a row: the group's own, this window, and the page's filter (may be empty).
[[nodiscard]] QString failureFilter(const core::jobs::FailureGroups& groups, const QString& rowKey, LookBack back,
                                    const QString& pageFilter);
/// In fewer parts than a chart: a sparkline is narrow.
[[nodiscard]] core::jobs::Window sparkWindow(const core::jobs::Window& window);

}
