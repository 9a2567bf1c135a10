// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"
#include "ui/jobs/job_columns.h"

#include <QByteArray>
#include <QList>

namespace ui {

/// Jobs as text for the clipboard and for files. Members and columns are named as `signalboxctl list --json` names them; times are
/// RFC 3339 in UTC, lengths microseconds, absent is null or empty. Nothing is shortened.
enum class JobFormat { Ids, Json, Ndjson, Csv, Markdown, Command };

[[nodiscard]] QByteArray jobJson(const core::jobs::JobSummary& job);
[[nodiscard]] QByteArray csvHeader();
[[nodiscard]] QByteArray csvLine(const core::jobs::JobSummary& job);
/// Of several at once; without a line break at its end.
[[nodiscard]] QString jobsAsText(const QList<core::jobs::JobSummary>& jobs, JobFormat format);
/// The ending of a file in that format, without a dot.
[[nodiscard]] QString endingOf(JobFormat format);

/// The filter term that takes the jobs which have this cell's value ("status:failed", `owner:"u 12"`); empty where a column has none.
[[nodiscard]] QString filterTermOf(const core::jobs::JobSummary& job, JobColumn column, bool negated);

}
