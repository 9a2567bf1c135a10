// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

#include <QList>

namespace core::database {

/// A store in memory that holds these jobs with all that hangs on them, copied from a file that is only read.
[[nodiscard]] Result<std::unique_ptr<Database>> scratchCopy(const QString& path, const QList<JobId>& ids);

}
