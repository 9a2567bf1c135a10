// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/base/time_axis.h"
#include "ui/theme/theme.h"

namespace ui {

struct TimelineBar {
    core::Time from{};
    core::Time to{};
    JobState look = JobState::Pending;
    QString text;       ///< "RUNNING 41.3 s"
    QString endText;    ///< "FAILED at 62%"; only where the job ended
    std::optional<JobState> end;
    bool isOpen = false;    ///< still goes on: `to` is now
    bool operator==(const TimelineBar&) const = default;
};

struct TimelineLane {
    QString name;    ///< "Queue", "Attempt 2"
    QList<TimelineBar> bars;
    bool operator==(const TimelineLane&) const = default;
};

/// An event as a stop on the way: where it stands and what is said of it.
struct TimelineStop {
    core::Time at{};
    int lane = 0;
    qint64 sequence = 0;
    QString text;
    bool operator==(const TimelineStop&) const = default;
};

/// A job's life as lanes: the queue, then one for each attempt.
struct Timeline {
    QList<TimelineLane> lanes;
    QList<TimelineStop> stops;    ///< in order of time
    core::Time from{};
    core::Time to{};
    QList<TimeCut> cuts;
    bool operator==(const Timeline&) const = default;
};

[[nodiscard]] Timeline timelineOf(const core::backend::JobStory& story, core::Time now);

/// What an event says in one line: its message, else its type and status.
[[nodiscard]] QString eventText(const core::jobs::JobEvent& event);

}
