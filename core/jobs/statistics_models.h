// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"
#include "core/jobs/models.h"

#include <QList>

namespace core::jobs {

/// How many of the newest jobs (by their last change) the statistics look at, over the window and the one before it.
inline constexpr int statisticsCeiling = 200'000;
/// How many of the newest failed jobs are sorted into groups.
inline constexpr int failureCeiling = 20'000;
/// No count in a summary goes further than this.
inline constexpr int summaryCeiling = 100'000;

/// A span of time in equal parts: [from, to).
struct Window {
    Time from{};
    Time to{};
    int buckets = 48;

    [[nodiscard]] std::chrono::microseconds length() const { return to - from; }
    [[nodiscard]] Time startOf(int bucket) const { return from + length() * bucket / buckets; }
    /// -1 outside the window.
    [[nodiscard]] int bucketOf(Time time) const
    {
        return time < from || time >= to ? -1 : static_cast<int>((time - from).count() * buckets / length().count());
    }
    bool operator==(const Window&) const = default;
};

struct StatisticsRequest {
    Window window;
    Filter filter;    ///< only jobs that it takes
};

/// Nearest rank: the smallest value that at least so many per cent of all do not exceed. Absent without values.
struct Percentiles {
    qint64 count = 0;
    std::optional<std::chrono::microseconds> p50;
    std::optional<std::chrono::microseconds> p95;
    std::optional<std::chrono::microseconds> p99;
    bool operator==(const Percentiles&) const = default;
};

/// Jobs that ended within a span. `run`: from start to end, of those done or failed in the span; `wait`: from creation to start, of
/// those started in it.
struct SpanStatistics {
    qint64 done = 0;
    qint64 failed = 0;
    qint64 cancelled = 0;
    Percentiles wait;
    Percentiles run;
    [[nodiscard]] qint64 finished() const { return done + failed + cancelled; }
    /// Failed among done and failed, 0 to 1; absent when there were none.
    [[nodiscard]] std::optional<double> failureRate() const
    {
        return done + failed == 0 ? std::nullopt : std::optional(static_cast<double>(failed) / static_cast<double>(done + failed));
    }
    bool operator==(const SpanStatistics&) const = default;
};

struct JobStatistics {
    Window window;
    QList<SpanStatistics> buckets;    ///< one for each part of the window
    SpanStatistics whole;
    SpanStatistics before;    ///< the window of the same length just before this one
    /// Set if the ceiling was met: only what changed after this was looked at.
    std::optional<Time> completeSince;
    [[nodiscard]] bool coversWindow() const { return !completeSince || *completeSince < window.from; }
    [[nodiscard]] bool coversBefore() const { return !completeSince; }
};

/// Failed jobs of one type whose errors differ only in numbers, ids, paths and quoted names.
struct FailureGroup {
    JobType type = JobType::Unknown;
    QString typeText;
    QString code;              ///< as stored; empty if there was none
    QString pattern;           ///< the error with # for numbers and … for names; empty when no cause was recorded
    QString example;           ///< the newest error as stored
    bool isVerbatim = true;    ///< every error of the group reads as the example does
    qint64 count = 0;          ///< in the window
    int owners = 0;            ///< different users in the window
    Time firstSeen{};          ///< of all that were looked at, also before the window
    Time lastSeen{};
    QList<int> buckets;    ///< jobs for each part of the window, by creation
    JobId newest;
    /// Takes the jobs of this group out of the list, whenever they were created. It may take a few more: it asks for the words of the
    /// pattern, not for their order.
    QString filter;
};

/// Jobs created within the window and failed.
struct FailureGroups {
    Window window;
    QList<FailureGroup> groups;    ///< largest first
    qint64 total = 0;
    Time lookedSince{};                       ///< how far back "first seen" reaches
    std::optional<int> lookedOnlyAtNewest;    ///< set if the ceiling was met
};

/// A count that goes no further than summaryCeiling.
struct StatusTally {
    JobStatus status = JobStatus::Unknown;
    qint64 count = 0;
    bool isExact = true;
    bool operator==(const StatusTally&) const = default;
};

struct JobTallies {
    QList<StatusTally> byStatus;    ///< all six, in the order of JobStatus
    StatusTally failedLastDay;      ///< created in the last 24 hours and failed: "status:failed since:24h"
    [[nodiscard]] const StatusTally& of(JobStatus status) const { return byStatus.at(static_cast<qsizetype>(status)); }
};

}
