// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

namespace core::backend {

/// NotFound job_unknown if there is none.
[[nodiscard]] Result<JobStory> readJobStory(database::Database& database, const JobId& id);

}
