// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "core/casefile/models.h"

namespace core::backend {

/// One job whole, secrets masked, as one file, and back again (core/casefile says what is in it).
class CaseFiles {
public:
    virtual ~CaseFiles() = default;

    /// Whether this store is itself a case: one job of another store, only to be looked at. Every act is then refused with case_file.
    [[nodiscard]] virtual bool isCaseFile() const = 0;

    /// What exportCase() would put in; changes nothing. NotFound job_unknown.
    virtual Pending<casefile::CaseSummary> planCase(const casefile::CaseRequest& request) = 0;
    /// Writes it, beside everything else; also on a read-only connection. `control.progress` tells bytes, in no particular thread. Errors:
    /// NotFound job_unknown, folder_missing; Conflict file_exists; Unavailable disk_full; Cancelled. There is no file then.
    virtual Pending<casefile::CaseSummary> exportCase(const casefile::CaseRequest& request, const QString& path,
                                                      const tasks::ActControl& control = {}) = 0;
    /// What a case file of this machine holds, and what of it stands in this store already. Errors: NotFound case_missing; Invalid
    /// case_foreign, case_damaged; Conflict case_newer, case_id_taken.
    virtual Pending<casefile::CaseSummary> readCase(const QString& path) = 0;
    /// Takes the jobs of a case into this store, under their own ids. Taken twice the answer says that they are here. Errors as readCase()'s,
    /// and: Invalid bad_key; Conflict case_file_differs; Unavailable disk_full; Cancelled. Nothing is changed then.
    virtual Pending<casefile::TakeHomeAnswer> takeHome(const Caller& caller, const QString& path, const QString& reason,
                                                       const tasks::ActControl& control = {}) = 0;
};

/// The case files of a backend; every one has them.
[[nodiscard]] CaseFiles& caseFiles(Backend& backend);

/// What a case file holds, without any store beside it; all of it is read and checked. Errors as CaseFiles::readCase()'s.
[[nodiscard]] Result<casefile::CaseSummary> examineCase(const QString& path);

}
