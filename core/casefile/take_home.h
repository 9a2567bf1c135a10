// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/caller.h"
#include "core/casefile/models.h"
#include "core/database/database.h"
#include "core/files/storage.h"
#include "core/tasks/models.h"

namespace core::casefile {

/// The store that a case is taken into.
struct Home {
    database::Database& database;
    const files::Storage& storage;
    Clock clock = base::systemNow;
};

/// Takes the jobs of a case into a store, under their own ids: first all is checked, then the files are put in place, then every row, an
/// event for each job and one journal row in one transaction. A job that is here already stays as it is; of a case that is here whole
/// nothing is done, and the answer says so. What had ended stays ended; what had not is CANCELLED here, for nobody runs it. Nothing is
/// submitted: a resubmit runs it again. Errors, after each of which nothing is changed: as openCase()'s; Invalid case_damaged, bad_key;
/// Conflict case_id_taken, case_file_differs; Unavailable disk_full; Forbidden read_only; Cancelled.
[[nodiscard]] Result<TakeHomeAnswer> takeHome(const Home& home, const Caller& caller, const QString& path, const QString& reason,
                                              const tasks::ActControl& control);

/// Which of these jobs stand in the store. Conflict case_id_taken where one of that id is another job.
[[nodiscard]] Result<QList<JobId>> jobsHere(database::Database& store, const QList<CaseJob>& jobs, database::Database& inCase);

}
