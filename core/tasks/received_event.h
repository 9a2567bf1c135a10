// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/done_hooks.h"
#include "core/tasks/models.h"
#include "core/tasks/webhook_event.h"
#include "core/webhooks/reported_jobs_repository.h"

#include <QElapsedTimer>

namespace core::tasks {

/// One delivery on its way through the stages.
struct ReceivedEvent {
    IncomingDelivery delivery;
    Mode mode = Mode::Apply;
    Time receivedAt{};
    QElapsedTimer timer;
    WebhookOutcome outcome;
    std::optional<WebhookEvent> event;
    std::optional<Error> refusal;            ///< found by the receive stage; nothing of this one is applied
    QList<Diagnostic> outputProblems;        ///< what is wrong with the output's shape
    std::optional<Result<HookPlan>> plan;    ///< a failure counts only when the hook is reached
    bool filesPublished = false;
    std::optional<webhooks::ReportedJob> found;    ///< looked up with those of the other reports, and locked
    jobs::Job job;                                 ///< as loaded under the lock
    bool acknowledgesCancel = false;
    JobStatus newStatus = JobStatus::Pending;

    void pass(webhooks::Stage stage, const QString& detail);
    /// Takes back what the outcome promised and says what the sender is answered.
    void reject(webhooks::Stage stage, const Error& error);
};

/// Says of a dry run on a read-only connection where it ran.
void noteScratchCopy(QList<WebhookOutcome>& outcomes);

}
