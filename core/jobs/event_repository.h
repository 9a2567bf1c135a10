// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/jobs/models.h"

#include <QList>

namespace core::jobs {

/// The newest `limit` events of a job whose sequence is less than that, oldest first; with payloads.
[[nodiscard]] Result<QList<JobEvent>> eventsBefore(database::Database& database, const JobId& id, qint64 sequence, int limit);

}
