// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/files/storage.h"
#include "core/scenarios/models.h"

namespace core::scenarios {

/// What happened to a job as a scenario: its deliveries in the order they came, the runs that a worker began, and its cancel. Reads only.
/// Where a delivery's signature was right it will be signed anew; the facts of the files that outputs name come from their rows, else from
/// the storage (then the file is read whole). NotFound job_unknown; Cancelled.
[[nodiscard]] Result<Scenario> storedScenario(database::Database& database, const files::Storage& storage, const JobId& id,
                                              const CancelToken& cancel = {});

}
