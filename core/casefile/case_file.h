// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/repository.h"
#include "core/tasks/models.h"

#include <memory>

class QTemporaryDir;

namespace core::casefile {

/// Whether the file is marked as a case: its first hundred bytes are read. False also where nothing can be read.
[[nodiscard]] bool isCaseFile(const QString& path);

/// A case that is sound as far as can be told without reading all of it. Only read; belongs to the thread that opened it.
struct OpenedCase {
    std::shared_ptr<QTemporaryDir> scratch;    ///< holds the copy of a case of an older version, brought up to this one; else null
    QString path;                              ///< of the database: the case itself, or that copy
    std::unique_ptr<database::Database> database;
    CaseFacts facts;
};

/// Errors: NotFound case_missing; Invalid case_foreign (a plain store, or no database of ours), case_damaged (cut off, changed, not made
/// by this program); Conflict case_newer; Unavailable as a store's.
[[nodiscard]] Result<OpenedCase> openCase(const QString& path);

/// `path` is what it is called.
[[nodiscard]] Result<CaseSummary> summaryOf(const OpenedCase& opened, const QString& path);

/// Reads all rows: Invalid case_damaged where one was changed. A case that was brought up to date is taken by its files alone.
[[nodiscard]] Result<void> checkRows(const OpenedCase& opened);
/// checkRows(), and reads all files.
[[nodiscard]] Result<void> checkWhole(const OpenedCase& opened, const tasks::ActControl& control);

}
