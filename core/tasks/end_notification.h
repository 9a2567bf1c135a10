// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"
#include "core/notifications/models.h"

namespace core::tasks {

/// What the owner of a job is told when it ends, by whatever way: `end` is DONE, FAILED or CANCELLED.
[[nodiscard]] notifications::Notification notificationOfEnd(const jobs::JobSummary& job, JobStatus end, const QString& body, Time at);

}
