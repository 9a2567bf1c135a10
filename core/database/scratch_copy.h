// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/database/database.h"

#include <QList>

namespace core::database {

/// A store in memory that holds these jobs with all that hangs on them, copied from a store that is only read and then let go. The ids may
/// repeat; each job is copied once. Cancelled between some of them.
[[nodiscard]] Result<std::unique_ptr<Database>> scratchCopy(const DatabaseOptions& source, const QList<JobId>& ids,
                                                            const CancelToken& cancel = {});

}
