// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "core/database/database.h"

namespace core::backend {

[[nodiscard]] Result<QueueState> readQueue(database::Database& database);

}
