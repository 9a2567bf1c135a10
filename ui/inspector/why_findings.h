// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <QTimeZone>

namespace ui {

/// One thing that the rows of a job show about why it is as it is: a claim, what it rests on, and where that stands.
struct WhyFinding {
    enum class Source { Event, LogLine, Attempt, Jobs, Broker, Delivery, Output };
    QString claim;
    QString evidence;
    Source source = Source::Event;
    qint64 place = 0;    ///< the event's sequence, the log line's number, the attempt
    QString filter;      ///< of Jobs: the filter that shows them
    QString link;        ///< "Event 9", "Log line 212"
    bool operator==(const WhyFinding&) const = default;
};

/// Only what events, log, attempts, queue and same-error jobs show; nothing is guessed. `hosts` may be empty. `fallbackReason`: of the
/// output, where it tells one.
[[nodiscard]] QList<WhyFinding> findWhy(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts,
                                        core::Time now, const QString& fallbackReason = {});
/// The filter that shows jobs which failed as this one did.
[[nodiscard]] QString sameErrorFilter(const core::jobs::JobSummary& job);
/// Whether a worker's heartbeat is younger than its lease; only a worker of this machine's boot can be judged.
[[nodiscard]] bool isAlive(const core::broker::Worker& worker, core::Time now);
/// Whether the Why panel belongs on the page at all: not for a job that simply ran, or runs.
[[nodiscard]] bool asksWhy(const core::backend::JobStory& story, const QList<WhyFinding>& findings);

}
