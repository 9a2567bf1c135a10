// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/end_notification.h"
#include "core/tasks/received_event.h"
#include "core/tasks/task_service.h"

namespace core::tasks {

using namespace Qt::StringLiterals;
using webhooks::Outcome;
using webhooks::Stage;

namespace {

Error fieldError(const Diagnostic& diagnostic)
{
    return {ErrorKind::Invalid, u"output_invalid"_s, diagnostic.message, u"/output_data"_s + diagnostic.pointer, {}};
}

QString bodyOfNotification(const ReceivedEvent& received)
{
    if (received.newStatus == JobStatus::Done) {
        const qsizetype artifacts = received.outcome.artifacts.size();
        return artifacts == 0   ? u"The output is ready"_s
               : artifacts == 1 ? u"1 artifact is ready"_s
                                : u"%1 artifacts are ready"_s.arg(artifacts);
    }
    if (received.newStatus == JobStatus::Failed)
        return received.event->errorMessage.value_or(u"The worker gave no reason"_s);
    return received.event->message.value_or(u""_s);    // empty and not null: the column takes no NULL
}

QString statusMove(JobStatus from, JobStatus to)
{
    return from == to ? jobs::statusName(to) : u"%1 \u2192 %2"_s.arg(jobs::statusName(from), jobs::statusName(to));
}

}

/// Stage 2: webhook -> job, and the output against the job type.
Result<void> TaskService::loadAndValidate(ReceivedEvent& received) const
{
    std::optional<JobId> id = received.delivery.jobId;
    if (received.delivery.webhookId && !received.found) {
        const auto webhook = m_webhooks.find(*received.delivery.webhookId);
        if (!webhook)
            return errorOf(webhook);
        if (*webhook)
            received.outcome.jobId = (*webhook)->jobId;    // also of one that is off: whoever looks at the job finds what was refused
        if (!*webhook || !(*webhook)->isActive)
            return failure(ErrorKind::NotFound, u"webhook_unknown"_s, u"There is no active webhook with this id"_s, u"webhook_id"_s);
        id = (*webhook)->jobId;
    }
    const auto job = received.found ? Result<std::optional<jobs::Job>>(received.found->job)
                     : id           ? m_jobs.findForChange(*id)
                                    : Result<std::optional<jobs::Job>>(std::nullopt);
    if (!job)
        return errorOf(job);
    if (!*job)
        return failure(ErrorKind::NotFound, u"job_unknown"_s, u"There is no job with this id"_s, u"job_id"_s);
    received.job = **job;
    received.outcome.jobId = received.job.id;
    received.outcome.before = received.job;

    if (!received.outputProblems.isEmpty()) {
        for (const Diagnostic& problem : std::as_const(received.outputProblems))
            received.outcome.fieldErrors.append(fieldError(problem));
        return tl::make_unexpected(received.outcome.fieldErrors.first());
    }
    received.newStatus = received.event->status.value_or(received.job.status);
    if (received.newStatus == JobStatus::Unknown)
        return failure(ErrorKind::Unavailable, u"status_unknown"_s,
                       u"The job is %1, a status that another version may know"_s.arg(received.job.statusText));
    received.pass(Stage::LoadAndValidate, u"%1 %2"_s.arg(received.job.typeText, received.job.statusText));
    return {};
}

/// Stage 3, in this order: applied before, too late for anything, older than what is known.
Result<void> TaskService::ignoreWhatIsOld(ReceivedEvent& received) const
{
    const WebhookEvent& event = *received.event;
    const jobs::Job& job = received.job;
    const auto ignore = [&](Outcome outcome, const QString& why) {
        received.outcome.outcome = outcome;
        received.pass(Stage::Ignore, why);
        return Result<void>{};
    };
    const int attempt = event.attempt.value_or(job.attempt);
    const bool isEnd = event.status && jobs::isTerminal(*event.status);
    const bool asksSequence = event.sequence && !isEnd && !jobs::isTerminal(job.status) && attempt >= job.attempt;
    const auto known = received.found ? Result<jobs::KnownReports>(received.found->known)
                                      : m_jobs.knownReports(job.id, event.eventId, asksSequence ? std::optional(attempt) : std::nullopt);
    if (!known)
        return errorOf(known);
    if (known->hasEventId)
        return ignore(Outcome::Duplicate, u"event %1 was applied before"_s.arg(event.eventId));
    if (jobs::isTerminal(job.status)) {
        received.acknowledgesCancel =
            job.status == JobStatus::Cancelled && event.status == JobStatus::Cancelled && !job.cancel.acknowledgedAt;
        if (!received.acknowledgesCancel) {
            return ignore(Outcome::IgnoredTerminal,
                          event.status ? u"the job is %1 already; the report says %2"_s.arg(job.statusText, jobs::statusName(*event.status))
                                       : u"the job is %1 already"_s.arg(job.statusText));
        }
    } else {
        if (attempt < job.attempt)
            return ignore(Outcome::Stale, u"attempt %1 is over, %2 runs"_s.arg(attempt).arg(job.attempt));
        if (asksSequence && known->lastSequence && *event.sequence <= *known->lastSequence)
            return ignore(Outcome::Stale,
                          u"report %1 of attempt %2 comes after report %3"_s.arg(*event.sequence).arg(attempt).arg(*known->lastSequence));
        if (event.status == JobStatus::Pending && job.status == JobStatus::Running)
            return ignore(Outcome::Stale, u"the job is RUNNING already"_s);
    }
    received.outcome.outcome = Outcome::Applied;
    received.pass(Stage::Ignore, u"new"_s);
    return {};
}

/// Stage 4: the guarded UPDATE. The database decides, not what was read before.
Result<void> TaskService::applyStatus(ReceivedEvent& received)
{
    const WebhookEvent& event = *received.event;
    if (received.acknowledgesCancel) {
        const auto acknowledged = m_jobs.acknowledgeCancel(received.job.id, received.receivedAt);
        if (!acknowledged)
            return errorOf(acknowledged);
        const auto after = m_jobs.findSummary(received.job.id);
        if (!after)
            return errorOf(after);
        received.outcome.after = *after;
        received.pass(Stage::ApplyStatus, u"the worker has stopped"_s);
    } else {
        jobs::JobUpdate update;
        update.status = received.newStatus;
        update.progressPct = event.progressPct;
        update.message = event.message;
        update.attempt = event.attempt;
        update.at = received.receivedAt;
        if (received.newStatus == JobStatus::Done) {
            update.progressPct = 100;
            update.outputData = event.outputData;
        }
        if (received.newStatus == JobStatus::Failed) {
            update.errorMessage = event.errorMessage.value_or(u"The worker gave no reason"_s);
            update.errorCode = event.errorCode.value_or(u"worker_error"_s);
        }
        const auto applied = received.found ? m_jobs.applyUpdateToLocked(received.job.id, update).map([] { return true; })
                                            : m_jobs.applyUpdate(received.job.id, update);
        if (!applied)
            return errorOf(applied);
        if (!*applied)
            return failure(ErrorKind::Internal, u"job_moved"_s, u"The job ended while the report was being applied"_s);
        received.outcome.after = jobs::updated(received.job, update);
        received.pass(Stage::ApplyStatus, statusMove(received.job.status, received.newStatus));
    }
    return {};
}

/// Stage 5.
Result<void> TaskService::appendEvent(ReceivedEvent& received)
{
    const WebhookEvent& event = *received.event;
    jobs::JobEvent row;
    row.id = newId<EventId>();
    row.jobId = received.job.id;
    row.eventType = received.acknowledgesCancel                 ? u"cancel_acknowledged"_s
                    : received.newStatus != received.job.status ? u"status"_s
                                                                : u"progress"_s;
    row.statusText = jobs::statusName(received.newStatus);
    row.progressPct = received.newStatus == JobStatus::Done ? std::optional(100) : event.progressPct;
    row.message = event.message.value_or(event.errorMessage.value_or(QString()));
    row.eventId = event.eventId.isEmpty() ? QString() : event.eventId;
    row.attempt = event.attempt.value_or(received.job.attempt);
    row.workerSequence = event.sequence;
    row.actor = received.delivery.actor;
    row.createdAt = received.receivedAt;
    if (const auto appended = m_jobs.appendEvent(row); !appended)
        return appended;
    received.outcome.event = row;
    received.pass(Stage::AppendEvent, row.eventType);
    return {};
}

/// Stage 6, first half: the job type's own rows.
Result<void> TaskService::runDoneHooks(ReceivedEvent& received)
{
    if (received.newStatus != JobStatus::Done || received.acknowledgesCancel) {
        received.pass(Stage::DoneHooks, u"none for %1"_s.arg(jobs::statusName(received.newStatus)));
        return {};
    }
    if (!received.plan)
        return failure(ErrorKind::Unavailable, u"hook_not_prepared"_s, u"The files of the done hook were not prepared"_s);
    if (!*received.plan) {
        if (received.plan->error().kind == ErrorKind::Invalid)
            received.outcome.fieldErrors.append(received.plan->error());
        return errorOf(*received.plan);
    }
    HookPlan& plan = **received.plan;
    for (HookFile& file : plan.files) {
        const auto id = m_files.upsert(file.row);
        if (!id)
            return errorOf(id);
        file.row.id = *id;
    }
    for (const HookArtifact& planned : std::as_const(plan.artifacts)) {
        files::ArtifactWithFile made;
        made.artifact = {newId<ArtifactId>(), received.job.id, {}, planned.kind, planned.meta, received.receivedAt};
        if (planned.file >= 0) {
            made.file = plan.files.at(planned.file).row;
            made.artifact.fileId = made.file->id;
        }
        if (const auto inserted = m_files.insertArtifact(made.artifact); !inserted)
            return inserted;
        received.outcome.artifacts.append(made);
    }
    if (plan.transcription) {
        const auto taken = m_transcriptions.find(plan.transcription->id);
        if (!taken)
            return errorOf(taken);
        if (*taken)
            plan.transcription->id = newId<TranscriptionId>();    // somebody else's id in this output: never overwrite that one
        if (const auto inserted = m_transcriptions.insert(*plan.transcription); !inserted)
            return inserted;
    }
    for (const HookFile& file : std::as_const(plan.files)) {
        // A dry run has written none; and once published, before a transaction that then failed, a file is where it belongs.
        if (file.temporaryKey.isEmpty() || received.mode == Mode::DryRun || received.filesPublished)
            continue;
        const auto renamed = m_settings.storage.resolve(file.temporaryKey).and_then([&](const QString& path) {
            return m_settings.storage.publish(path, file.row.path);
        });
        if (!renamed)
            return renamed;
    }
    received.filesPublished = true;
    received.pass(Stage::DoneHooks, u"%1 files, %2 artifacts"_s.arg(plan.files.size()).arg(plan.artifacts.size()));
    return {};
}

/// Stage 6, second half: after the artifacts, so that a notification never points at nothing.
Result<void> TaskService::addNotification(ReceivedEvent& received)
{
    if (received.acknowledgesCancel || !jobs::isTerminal(received.newStatus))
        return {};
    const auto notification = notificationOfEnd(received.job, received.newStatus, bodyOfNotification(received), received.receivedAt);
    if (const auto inserted = m_notifications.insert(notification); !inserted)
        return inserted;
    received.outcome.notification = notification;
    return {};
}

}
