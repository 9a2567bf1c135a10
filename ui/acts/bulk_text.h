// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QString>

namespace ui {

enum class BulkFormat { Csv, Json };

/// "Acted", "Skipped", "Failed".
[[nodiscard]] QString bulkResultWord(core::tasks::BulkResult result);
/// Why one was left out, in a sentence; where it was acted on the job that was made, or nothing. The core's own words where the code is not known here.
[[nodiscard]] QString bulkReason(const core::tasks::BulkRow& row);
/// "1,129 cancelled, 2 skipped, 0 failed", and what an abort left: `done` is the act's own word, "cancelled".
[[nodiscard]] QString bulkSummary(const core::tasks::BulkAnswer& answer, const QString& done);
/// Every row, for a file: columns id, result, code, message, status, new_job_id. Absent is empty (CSV) or null (JSON).
[[nodiscard]] QByteArray bulkAsText(const core::tasks::BulkAnswer& answer, BulkFormat format);

}
