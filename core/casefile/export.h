// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/models.h"
#include "core/database/database.h"
#include "core/tasks/models.h"

#include <functional>

namespace core::casefile {

/// Where a case comes from. `locate` answers where a stored file stands on this machine, if it does.
struct ExportSource {
    database::Database& database;
    std::function<Result<QString>(const QString& key)> locate;
    QString origin;
    Clock clock = base::systemNow;
};

/// What exportCase() would put in, with the sizes of all files; also of those that are left out. NotFound job_unknown.
[[nodiscard]] Result<CaseSummary> planCase(const ExportSource& source, const CaseRequest& request);

/// Writes one job whole, secrets masked, into a case file: under a temporary name beside `path`, checked from beginning to end, then
/// renamed. The store is read at one moment; the files as they come. `control.progress` tells bytes. Cancelled, or failed: no file is left.
/// Errors: NotFound job_unknown, folder_missing; Conflict file_exists (with `mayReplace` for what is no case, and for the store itself);
/// Unavailable disk_full, store_io and others of a store.
[[nodiscard]] Result<CaseSummary> exportCase(const ExportSource& source, const CaseRequest& request, const QString& path,
                                             const tasks::ActControl& control);

}
