// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"
#include "core/jobs/models.h"
#include "ui/theme/theme.h"

#include <QString>
#include <QTimeZone>

namespace ui {

/// How people read times, lengths, sizes and states (look.md section 3). Stored words are never translated.

/// "now", "12 s", "4 min", "3 h", "2 d": how long ago, without "ago".
[[nodiscard]] QString relativeTime(core::Time time, core::Time now);
/// "2026-11-22 12:01:07.250 UTC+01:00".
[[nodiscard]] QString exactTime(core::Time time, const QTimeZone& zone);
/// "12:01:07" on the same day as now, else "22 Nov 12:01".
[[nodiscard]] QString shortTime(core::Time time, core::Time now, const QTimeZone& zone);
/// "UTC+01:00".
[[nodiscard]] QString zoneText(const QTimeZone& zone, core::Time at);

/// "0.2 s", "41.3 s", "9 min", "2 h 5 min": rounded down beyond 100 s; the exact times stand beside it or on hover.
[[nodiscard]] QString lengthText(std::chrono::microseconds length);
/// A place or a length in a medium: "3:24.180", "1:02:03.500".
[[nodiscard]] QString timecode(qint64 milliseconds);
/// "48.2 MB", by thousands; "512 B".
[[nodiscard]] QString sizeText(qint64 bytes);
/// "2,911".
[[nodiscard]] QString countText(qint64 count);

/// "Silence cut", for tables; the stored word for a type that nobody knows.
[[nodiscard]] QString typeShortName(core::JobType type, const QString& stored);
/// "Silence apply", for titles.
[[nodiscard]] QString typeTitle(core::JobType type, const QString& stored);

[[nodiscard]] JobState stateOf(const core::jobs::JobSummary& job);
/// The stored status as it is shown: "FAILED"; the stored word for one that nobody knows.
[[nodiscard]] QString statusWord(const core::jobs::JobSummary& job);
/// From start to end, or to now for one that runs; none for one that never began.
[[nodiscard]] std::optional<std::chrono::microseconds> tookOf(const core::jobs::JobSummary& job, core::Time now);
/// What the list says of it: the message, the error for one that failed, "Still stopping", "Status not known".
[[nodiscard]] QString messageOf(const core::jobs::JobSummary& job, core::Time now);

/// One line of outside text for a cell: line breaks, controls and marks that turn the direction of text become visible signs.
[[nodiscard]] QString plainLine(const QString& outside);

}
