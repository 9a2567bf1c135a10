// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/jobs/job_type.h"

#include <QByteArray>

#include <optional>

namespace core::jobs {

/// Pending -> Running -> Done | Failed | Cancelled; Pending may end at once (a worker can be faster than its first report).
/// The last three are final. Only TaskService moves a job along. Unknown is a stored word of another program's.
enum class JobStatus { Pending, Running, Done, Failed, Cancelled, Unknown };

[[nodiscard]] QString statusName(JobStatus status);       ///< as stored: "PENDING"; empty for Unknown
[[nodiscard]] JobStatus parseStatus(QStringView text);    ///< any case
[[nodiscard]] bool isTerminal(JobStatus status);

/// The four honest states of a cancel; a step that has not happened has no time.
struct CancelTimes {
    std::optional<Time> requestedAt;
    std::optional<Time> brokerInformedAt;
    std::optional<Time> acknowledgedAt;
    bool operator==(const CancelTimes&) const = default;
};

/// A job as a list shows it: never with its payloads. `typeText` and `statusText` are the stored words, whatever they are.
struct JobSummary {
    JobId id;
    JobType type = JobType::Unknown;
    QString typeText;
    JobStatus status = JobStatus::Pending;
    QString statusText;
    int progressPct = 0;
    QString message;
    QString errorMessage;
    QString errorCode;
    QString userId;
    QString projectId;
    QString brokerId;
    QString dedupeKey;
    int attempt = 0;
    std::optional<JobId> retriedFrom;
    Time createdAt{};
    std::optional<Time> startedAt;
    std::optional<Time> finishedAt;    ///< set exactly when isTerminal(status)
    Time updatedAt{};
    CancelTimes cancel;
    bool operator==(const JobSummary&) const = default;
};

/// The whole row. Payloads are the stored bytes; core/tasks/schemas.h reads them.
struct Job : JobSummary {
    QByteArray inputData;
    std::optional<QByteArray> outputData;
    bool operator==(const Job&) const = default;
};

/// Where a page of a list continues. Ids of others need not grow, so a key is always (what the list is sorted by, id).
struct JobKey {
    std::optional<qint64> value;    ///< microseconds: since 1970 of a moment, or long of a span; nothing where the job has none
    JobId id;
    bool operator==(const JobKey&) const = default;
};

/// One line of a job's story, and of the change feed: `position` grows over the whole store.
struct JobEvent {
    qint64 position = 0;
    EventId id;
    JobId jobId;
    qint64 sequence = 0;    ///< ours: 1, 2, 3 ... without a gap for each job
    QString eventType;      ///< created, status, progress, cancel_requested, ...
    QString statusText;     ///< the status it led to; empty if it moved none
    std::optional<int> progressPct;
    QString message;
    std::optional<QByteArray> payload;
    QString eventId;    ///< the sender's; unique for each job
    std::optional<int> attempt;
    std::optional<qint64> workerSequence;
    QString actor;    ///< who: "worker", an operator, "system"
    Time createdAt{};
    bool operator==(const JobEvent&) const = default;
};

/// One run of a job. Written by the worker that ran it, never overwritten by the next.
struct JobAttempt {
    JobId jobId;
    int attempt = 0;
    QString worker;
    QString host;
    qint64 pid = 0;
    Time startedAt{};
    std::optional<Time> finishedAt;
    QString outcome;    ///< done, failed, cancelled, lost, stopped; empty while it runs
    QString error;
    std::optional<QByteArray> commands;    ///< JSON: [{"arguments": [...], "exit_code": n, "signal": n, "duration_ms": n}]
    std::optional<QByteArray> log;         ///< the tail of what the tools said on standard error
    bool operator==(const JobAttempt&) const = default;
};

}

namespace core {
using jobs::JobStatus;
using jobs::JobType;
}
