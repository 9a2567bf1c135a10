// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/statistics_models.h"

namespace core::jobs {

/// An error without what differs from job to job: numbers become #, ids, paths, addresses and quoted names become …, runs of blanks
/// and line breaks one blank. Pure; at most 300 characters.
[[nodiscard]] QString normaliseError(const QString& message);

/// What of a failed job goes into its group.
struct FailedJob {
    JobId id;
    QString typeText;
    QString code;
    QString message;
    QString userId;
    Time createdAt{};
};

/// Groups of the jobs created in the window, largest first; `failed` is ordered newest first and may begin before the window.
[[nodiscard]] QList<FailureGroup> groupFailures(const QList<FailedJob>& failed, const Window& window);

}
