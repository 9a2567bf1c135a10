// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <QString>

#include <optional>

namespace core::broker {

inline const QString defaultQueue = QStringLiteral("media");

/// A wish that a job be run, in the embedded queue. The row is written in the job's own transaction: they cannot part.
struct QueueMessage {
    qint64 position = 0;    ///< the order of the queue
    MessageId id;
    QString queue = defaultQueue;
    JobId jobId;
    QString actor;         ///< the job type's stored name
    int crashes = 0;       ///< runs that ended with the death of their worker
    QString leasedBy;      ///< the worker that has it; empty while it waits
    bool abort = false;    ///< a cancel asked its worker to stop
    Time createdAt{};
    bool operator==(const QueueMessage&) const = default;
};

/// A process that takes messages. It is alive while its heartbeat (CLOCK_MONOTONIC of that boot) is younger than its lease.
struct Worker {
    QString id;
    QString host;
    qint64 pid = 0;
    int threads = 0;
    QString state;    ///< running, draining
    QString bootId;
    qint64 heartbeatUs = 0;
    qint64 leaseUs = 0;
    Time startedAt{};
    Time lastSeenAt{};    ///< wall clock, for people
    bool operator==(const Worker&) const = default;
};

/// Whether its lease still holds: by the monotonic clock on this boot of this machine, else by when it was last seen.
[[nodiscard]] inline bool isAlive(const Worker& worker, const QString& bootId, qint64 monotonicUs, Time now)
{
    if (worker.bootId == bootId)
        return monotonicUs < worker.heartbeatUs + worker.leaseUs;
    return now < worker.lastSeenAt + std::chrono::microseconds{worker.leaseUs};
}

/// A run that has begun and not ended, beside the job it is of and the worker that has it.
struct AttemptUnderWay {
    JobId jobId;
    QString jobTypeText;
    QString jobStatusText;    ///< CANCELLED while its worker still stops
    QString jobMessage;
    QString userId;
    int progressPct = 0;
    int attempt = 0;
    QString worker;
    QString host;
    qint64 pid = 0;
    Time startedAt{};
    std::optional<Time> workerSeenAt;    ///< absent when the worker's row is gone: nobody is known to run it
    bool operator==(const AttemptUnderWay&) const = default;
};
inline constexpr int attemptsUnderWayCeiling = 1000;

}
