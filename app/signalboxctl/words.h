// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"

namespace app {

/// "12 s", "4 min", "3 h", "5 d": how long ago, for lists.
[[nodiscard]] QString ageText(core::Time then, core::Time now);
/// "0.2 s", "41.3 s", "3:24", "1:02:07".
[[nodiscard]] QString lengthText(std::chrono::microseconds length);
/// Exact, in this machine's zone, with the offset: "2026-11-22 12:01:07.250 +00:00".
[[nodiscard]] QString exactText(core::Time time);
[[nodiscard]] QString exactText(const std::optional<core::Time>& time);    ///< a dash where there is none
/// By thousands: "812 B", "4.1 kB", "1.2 GB".
[[nodiscard]] QString sizeText(qint64 bytes);
/// A dash for what is absent.
[[nodiscard]] QString orDash(const QString& text);

/// The route's spelling; the stored word where it is none of the seven.
[[nodiscard]] QString typeText(const core::jobs::JobSummary& job);
/// The stored word; one that this version does not know says so.
[[nodiscard]] QString statusText(const core::jobs::JobSummary& job);
/// The message of a list: a cancel that the worker has not confirmed, an error, or what the job last said.
[[nodiscard]] QString messageText(const core::jobs::JobSummary& job, core::Time now);
/// From start to end, or until now; a dash before it started.
[[nodiscard]] QString tookText(const core::jobs::JobSummary& job, core::Time now);

/// "[#####-----]  50%  message" in at most `cells` cells.
[[nodiscard]] QString progressBar(int percent, const QString& message, int cells);

/// "90s", "15m", "2h", "30d", "4w".
[[nodiscard]] core::Result<std::chrono::seconds> parseAge(const QString& text);

}
