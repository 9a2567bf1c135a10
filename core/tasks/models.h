// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/captions/models.h"
#include "core/files/models.h"
#include "core/jobs/models.h"
#include "core/notifications/models.h"
#include "core/webhooks/models.h"

#include <QHash>

#include <functional>

namespace core::tasks {

/// A wish for a job. `input` is JSON as the submitter wrote it: kept, with what it does not say left to the defaults.
struct SubmitRequest {
    JobType type = JobType::Unknown;
    QByteArray input;
    QString userId;
    QString projectId;
    std::optional<JobId> retriedFrom;
    bool force = false;     ///< run it even beside an active twin; the job then stores no dedupe key
    QString reason = {};    ///< for the journal
};

struct SubmitAnswer {
    JobId jobId;
    JobStatus status = JobStatus::Pending;
    WebhookId webhookId;
    bool reused = false;       ///< an active job with the same dedupe key was there: this is that one
    QStringList sameFields;    ///< on which fields it is the same (JSON pointers); only when reused
};

/// What is known of files by their storage keys.
using FactsByKey = QHash<QString, files::FileFacts>;

/// What a sender of a webhook brings. Trusted ones (this process's worker, an operator) are not signed.
struct IncomingDelivery {
    std::optional<WebhookId> webhookId;    ///< the address that was called
    std::optional<JobId> jobId;            ///< or the job itself, for a manual event
    webhooks::Source source = webhooks::Source::Worker;
    bool isTrusted = false;    ///< true: signature not checked
    QString method = QStringLiteral("POST");
    QList<webhooks::Header> headers;
    QByteArray body;
    std::optional<DeliveryId> replayOf;
    QString actor = QStringLiteral("worker");    ///< who stands in the job event
    FactsByKey knownFiles = {};                  ///< the output's files, where its sender is of this process and has read them
    std::optional<jobs::Job> knownJob = {};      ///< the job as its sender began it; what it is and takes never changes
    bool isAnotherTry = false;                   ///< of a report whose refusal is kept already: a second row would tell nothing
};

enum class Mode { Apply, DryRun };

/// The strings on a long act. Both ends are used between its steps, in the thread that acts.
struct ActControl {
    CancelToken cancel;                                            ///< heard before the next step
    std::function<void(qsizetype done, qsizetype of)> progress;    ///< after each step, and while it prepares; must return quickly
};

/// What one stage did, in words; the list of them is what a dry run shows.
struct StageReport {
    webhooks::Stage stage = webhooks::Stage::Receive;
    bool passed = true;
    QString detail;
    bool operator==(const StageReport&) const = default;
};

/// What became of one delivery, with the rows it wrote (or, in a dry run, would write).
struct WebhookOutcome {
    DeliveryId deliveryId;
    std::optional<JobId> jobId;
    webhooks::Outcome outcome = webhooks::Outcome::Rejected;
    webhooks::Verdict verdict = webhooks::Verdict::NotChecked;
    webhooks::Stage stageReached = webhooks::Stage::Receive;
    std::optional<Error> error;    ///< why it was rejected
    QList<Error> fieldErrors;      ///< one for each field that is wrong
    int httpStatus = 200;          ///< the answer of the table in the webhook protocol: 200, 400, 401, 404, 413, 422, 503
    bool retryLater = false;       ///< with 503: the sender must try again
    QList<StageReport> stages;
    std::optional<jobs::JobSummary> before;
    std::optional<jobs::JobSummary> after;
    std::optional<jobs::JobEvent> event;
    QList<files::ArtifactWithFile> artifacts;
    std::optional<notifications::Notification> notification;
    QStringList filesToWrite;    ///< storage keys that the receive stage writes
};

/// A caption preset as a person writes it. Without an id a new one.
struct PresetDraft {
    std::optional<PresetId> id;
    QString name;    ///< 1 to 120 characters, no control characters
    captions::CaptionStyle style;
    QString userId;
    /// The preset's updatedAt when it was read to be changed; changed again since, it is not overwritten. Absent: whatever is there.
    std::optional<Time> readAt = {};
};

/// What a submit would do, had it been done now.
struct ReuseExplanation {
    SubmitAnswer answer;                     ///< reused: the active job that would be returned, and on which fields it is the same
    std::optional<jobs::JobSummary> twin;    ///< that job
    QByteArray meaning;                      ///< the input as it is compared: defaults filled in, keys in order
};

struct CancelAnswer {
    JobId jobId;
    jobs::CancelTimes times;
};

/// A dry run looks for what is old enough; the act takes what a dry run named and nothing that has come since.
struct PruneRequest {
    Time before{};
    int limit = 1000;    ///< of a dry run
    bool dryRun = true;
    QList<JobId> jobs = {};    ///< of the act: as a dry run named them
    QString reason = {};       ///< of the act: for the journal; needed for more than one
};
struct PruneAnswer {
    QList<JobId> jobs;
    qint64 files = 0;
    qint64 bytes = 0;
    qint64 missingFiles = 0;    ///< of `files`: not in this process's storage, so their rows go and they stay wherever they are
    qint64 stillNeeded = 0;     ///< old jobs left alone, because an active job needs their files or their result
    qint64 skipped = 0;         ///< of an act: asked for, but gone meanwhile or needed by an active job
};

/// The same work once more, as a new job.
struct ResubmitRequest {
    JobId of;
    std::optional<QByteArray> input;    ///< edited; absent: as it was
    bool force = false;                 ///< even where an active job does the same
    QString reason = {};                ///< for the journal
};

}
