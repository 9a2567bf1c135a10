// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

namespace core::backend {

/// A worker's DONE or FAILED that came after the cancel of a job; none if there was no such end.
struct FinishedAnyway {
    Time at{};
    QString status;    ///< "DONE"
};
[[nodiscard]] Result<std::optional<FinishedAnyway>> readFinishedAnyway(database::Database& database, const jobs::JobSummary& job);

/// NotFound job_unknown if there is none.
[[nodiscard]] Result<JobDetails> readJobDetails(database::Database& database, const JobId& id);

}
