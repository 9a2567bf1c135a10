// SPDX-License-Identifier: Apache-2.0
#include "core/database/scratch_copy.h"
#include "core/database/transaction.h"
#include "core/tasks/received_event.h"
#include "core/tasks/task_service.h"

namespace core::tasks {

using namespace Qt::StringLiterals;
using webhooks::Outcome;
using webhooks::Stage;
using webhooks::Verdict;

namespace {

int httpStatusOf(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized: return 401;
    case ErrorKind::Malformed: return 400;
    case ErrorKind::Invalid: return 422;
    case ErrorKind::NotFound: return 404;
    case ErrorKind::TooLarge: return 413;
    case ErrorKind::Forbidden:
    case ErrorKind::Conflict:
    case ErrorKind::Unavailable:
    case ErrorKind::Cancelled:
    case ErrorKind::TimedOut:
    case ErrorKind::Internal: return 503;    // what may succeed later must not make the sender give up
    }
    Q_UNREACHABLE();
}

void pass(ReceivedEvent& received, Stage stage, const QString& detail)
{
    received.outcome.stageReached = stage;
    received.outcome.stages.append({stage, true, detail});
}

void reject(ReceivedEvent& received, Stage stage, const Error& error)
{
    received.outcome.outcome = Outcome::Rejected;
    received.outcome.stageReached = stage;
    received.outcome.stages.append({stage, false, error.message});
    received.outcome.error = error;
    received.outcome.httpStatus = httpStatusOf(error);
    received.outcome.retryLater = received.outcome.httpStatus == 503;
    received.outcome.after.reset();
    received.outcome.event.reset();
    received.outcome.artifacts.clear();
    received.outcome.notification.reset();
}

Error fieldError(const Diagnostic& diagnostic)
{
    return {ErrorKind::Invalid, u"output_invalid"_s, diagnostic.message, u"/output_data"_s + diagnostic.pointer, {}};
}

// Tokens have no business in a stored delivery; everything else is kept as it came.
QList<webhooks::Header> withoutSecrets(QList<webhooks::Header> headers)
{
    for (auto& header : headers) {
        for (const char* secret : {"authorization", "proxy-authorization", "cookie"}) {
            if (header.name.compare(secret, Qt::CaseInsensitive) == 0)
                header.value = "[masked]";
        }
    }
    return headers;
}

QString statusMove(JobStatus from, JobStatus to)
{
    return from == to ? jobs::statusName(to) : u"%1 \u2192 %2"_s.arg(jobs::statusName(from), jobs::statusName(to));
}

}

Result<QList<WebhookOutcome>> TaskService::recordWebhookEvents(const QList<IncomingDelivery>& deliveries, Mode mode,
                                                               const AlsoInTransaction& alsoInTransaction)
{
    if (mode == Mode::DryRun && m_database.isReadOnly())
        return recordInScratchCopy(deliveries);

    QList<ReceivedEvent> batch;
    batch.reserve(deliveries.size());
    for (const IncomingDelivery& delivery : deliveries)
        batch.append(receive(delivery, mode));

    QList<WebhookOutcome> outcomes;
    outcomes.reserve(batch.size());
    const auto recorded = [&]() -> Result<void> {
        auto transaction = database::Transaction::begin(m_database);
        if (!transaction)
            return errorOf(transaction);
        for (ReceivedEvent& received : batch) {
            recordOne(received);
            // SQLite may have rolled all of it back by itself (disk full): what would follow would then commit alone.
            if (!m_database.isInTransaction())
                return tl::make_unexpected(received.outcome.error.value_or(Error{ErrorKind::Unavailable, u"store_io"_s, u"The transaction broke"_s, {}, {}}));
            if (mode == Mode::DryRun)
                continue;
            if (const auto kept = keepDelivery(received); !kept)
                return kept;
        }
        for (ReceivedEvent& received : batch)
            outcomes.append(received.outcome);
        if (mode == Mode::DryRun)
            return {};    // the transaction rolls back as it leaves
        if (alsoInTransaction) {
            if (const auto done = alsoInTransaction(outcomes); !done)
                return done;
        }
        return transaction->commit();
    }();
    if (!recorded)
        outcomes = keepRejected(batch, recorded.error());
    for (const ReceivedEvent& received : std::as_const(batch)) {
        if (received.plan && *received.plan && !received.filesPublished)
            discard(**received.plan, m_settings.storage);
    }
    if (!recorded && alsoInTransaction)
        return errorOf(recorded);    // the caller's own rows are not there: it must know
    if (mode == Mode::Apply && recorded)
        tellListeners();    // only now: whoever refetches finds the artifacts
    return outcomes;
}

/// A read-only connection cannot open a write transaction: the same steps run in a copy of the jobs in memory.
Result<QList<WebhookOutcome>> TaskService::recordInScratchCopy(const QList<IncomingDelivery>& deliveries)
{
    QList<JobId> ids;
    for (const IncomingDelivery& delivery : deliveries) {
        if (const auto id = addressedJob(delivery))
            ids.append(*id);
    }
    const auto scratch = database::scratchCopy(m_database.options().path, ids);
    if (!scratch)
        return errorOf(scratch);
    TaskService service(**scratch, m_settings);
    auto outcomes = service.recordWebhookEvents(deliveries, Mode::DryRun);
    if (outcomes) {
        for (WebhookOutcome& outcome : *outcomes)
            outcome.stages.prepend({Stage::Receive, true, u"In a scratch copy of the job: the connection is read-only"_s});
    }
    return outcomes;
}

/// Stage 1: everything that needs no lock. What fails here is kept as a rejected delivery.
ReceivedEvent TaskService::receive(const IncomingDelivery& delivery, Mode mode)
{
    ReceivedEvent received;
    received.timer.start();
    received.delivery = delivery;
    received.mode = mode;
    received.receivedAt = m_settings.clock();
    received.outcome.deliveryId = newId<DeliveryId>();
    received.outcome.jobId = delivery.jobId;

    if (const auto event = readReport(received)) {
        received.event = *event;
        if (event->status == JobStatus::Done)
            prepareFiles(received);
    } else {
        received.refusal = event.error().error;
        received.outcome.fieldErrors = event.error().fields;
        received.outcome.jobId = addressedJob(delivery);    // so that whoever looks at the job finds what was refused
    }
    return received;
}

/// Size, signature, form: in this order, and the signature over the bytes as they came.
tl::expected<WebhookEvent, EventProblem> TaskService::readReport(ReceivedEvent& received) const
{
    const IncomingDelivery& delivery = received.delivery;
    const auto refuse = [](const Error& error) { return tl::make_unexpected(EventProblem{error, {}}); };
    if (delivery.body.size() > maxWebhookBody)
        return refuse({ErrorKind::TooLarge, u"body_too_large"_s, u"The body is larger than %1 bytes"_s.arg(maxWebhookBody), {}, {}});
    if (!delivery.isTrusted) {
        const WebhookId address = delivery.webhookId.value_or(WebhookId{});
        received.outcome.verdict = webhooks::verify(m_settings.masterKey.secretOf(address), delivery.headers, delivery.body, received.receivedAt);
        // One text for every kind of refusal; the verdict in the row says which it was.
        if (received.outcome.verdict != Verdict::Valid)
            return refuse({ErrorKind::Unauthorized, u"signature_refused"_s, u"The signature was not accepted"_s, {}, {}});
    }
    return parseWebhookEvent(delivery.body, delivery.headers);
}

/// The job behind an address, as far as it can be told without a lock.
std::optional<JobId> TaskService::addressedJob(const IncomingDelivery& delivery) const
{
    if (!delivery.webhookId)
        return delivery.jobId;
    const auto webhook = m_webhooks.find(*delivery.webhookId);
    return webhook && *webhook ? std::optional((*webhook)->jobId) : delivery.jobId;
}

/// The part of stage 1 that a DONE needs: its output is read, and the files of its hook are written beside their final names.
void TaskService::prepareFiles(ReceivedEvent& received)
{
    const auto id = addressedJob(received.delivery);
    const auto found = id ? m_jobs.find(*id) : Result<std::optional<jobs::Job>>(std::nullopt);
    if (!found || !*found)
        return;    // the next stage looks again, and says so
    const jobs::Job& job = **found;
    const auto output = parseOutput(job.type, received.event->outputData.value_or("{}"));
    received.outputProblems = outputProblems(output.value, output.diagnostics);
    if (!received.event->outputData)
        received.outputProblems = {{DiagnosticKind::Missing, QString(), u"A DONE report needs output_data"_s}};
    if (!received.outputProblems.isEmpty() || jobs::isTerminal(job.status))
        return;
    received.plan = planDoneHook(output.value, {m_settings.storage, job, u".part-"_s + received.outcome.deliveryId.text + u'-',
                                                received.mode == Mode::DryRun, received.receivedAt});
    if (*received.plan) {
        for (const HookFile& file : (*received.plan)->files) {
            if (!file.temporaryKey.isEmpty())
                received.outcome.filesToWrite.append(file.row.path);
        }
    }
}

/// Stages 2 to 6 of one event, in a savepoint of their own: all of it happens or none.
void TaskService::recordOne(ReceivedEvent& received)
{
    if (received.refusal)
        return reject(received, Stage::Receive, *received.refusal);
    pass(received, Stage::Receive, u"signature %1, %2 bytes"_s.arg(webhooks::verdictName(received.outcome.verdict)).arg(received.delivery.body.size()));

    auto savepoint = database::Savepoint::begin(m_database);
    if (!savepoint)
        return reject(received, Stage::LoadAndValidate, savepoint.error());

    if (const auto loaded = loadAndValidate(received); !loaded)
        return reject(received, Stage::LoadAndValidate, loaded.error());
    if (const auto looked = ignoreWhatIsOld(received); !looked)
        return reject(received, Stage::Ignore, looked.error());
    if (received.outcome.outcome != Outcome::Applied)
        return;    // ignored: nothing to apply, the savepoint rolls back empty

    struct Step {
        Stage stage;
        Result<void> (TaskService::*run)(ReceivedEvent&);
    };
    static constexpr Step steps[] = {
        {Stage::ApplyStatus, &TaskService::applyStatus},
        {Stage::AppendEvent, &TaskService::appendEvent},
        {Stage::DoneHooks, &TaskService::runDoneHooks},
        {Stage::DoneHooks, &TaskService::addNotification},
    };
    for (const Step& step : steps) {
        if (const auto done = (this->*step.run)(received); !done)
            return reject(received, step.stage, done.error());    // the savepoint rolls back as it leaves
    }
    if (const auto released = savepoint->release(); !released)
        return reject(received, Stage::DoneHooks, released.error());
    pass(received, Stage::Notify, u"listeners hear of it after the commit"_s);
}

/// Stage 2: webhook -> job, and the output against the job type.
Result<void> TaskService::loadAndValidate(ReceivedEvent& received) const
{
    std::optional<JobId> id = received.delivery.jobId;
    if (received.delivery.webhookId) {
        const auto webhook = m_webhooks.find(*received.delivery.webhookId);
        if (!webhook)
            return errorOf(webhook);
        if (!*webhook || !(*webhook)->isActive)
            return failure(ErrorKind::NotFound, u"webhook_unknown"_s, u"There is no active webhook with this id"_s, u"webhook_id"_s);
        id = (*webhook)->jobId;
    }
    const auto job = id ? m_jobs.find(*id) : Result<std::optional<jobs::Job>>(std::nullopt);
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
        return failure(ErrorKind::Unavailable, u"status_unknown"_s, u"The job is %1, a status that another version may know"_s.arg(received.job.statusText));
    pass(received, Stage::LoadAndValidate, u"%1 %2"_s.arg(received.job.typeText, received.job.statusText));
    return {};
}

/// Stage 3, in this order: applied before, too late for anything, older than what is known.
Result<void> TaskService::ignoreWhatIsOld(ReceivedEvent& received) const
{
    const WebhookEvent& event = *received.event;
    const jobs::Job& job = received.job;
    const auto ignore = [&](Outcome outcome, const QString& why) {
        received.outcome.outcome = outcome;
        pass(received, Stage::Ignore, why);
        return Result<void>{};
    };
    if (!event.eventId.isEmpty()) {
        const auto known = m_jobs.hasEventId(job.id, event.eventId);
        if (!known)
            return errorOf(known);
        if (*known)
            return ignore(Outcome::Duplicate, u"event %1 was applied before"_s.arg(event.eventId));
    }
    if (jobs::isTerminal(job.status)) {
        received.acknowledgesCancel = job.status == JobStatus::Cancelled && event.status == JobStatus::Cancelled && !job.cancel.acknowledgedAt;
        if (!received.acknowledgesCancel) {
            return ignore(Outcome::IgnoredTerminal, event.status ? u"the job is %1 already; the report says %2"_s.arg(job.statusText, jobs::statusName(*event.status))
                                                                 : u"the job is %1 already"_s.arg(job.statusText));
        }
    } else {
        const int attempt = event.attempt.value_or(job.attempt);
        if (attempt < job.attempt)
            return ignore(Outcome::Stale, u"attempt %1 is over, %2 runs"_s.arg(attempt).arg(job.attempt));
        const bool isEnd = event.status && jobs::isTerminal(*event.status);
        if (event.sequence && !isEnd) {
            const auto last = m_jobs.lastWorkerSequence(job.id, attempt);
            if (!last)
                return errorOf(last);
            if (*last && *event.sequence <= **last)
                return ignore(Outcome::Stale, u"report %1 of attempt %2 comes after report %3"_s.arg(*event.sequence).arg(attempt).arg(**last));
        }
        if (event.status == JobStatus::Pending && job.status == JobStatus::Running)
            return ignore(Outcome::Stale, u"the job is RUNNING already"_s);
    }
    received.outcome.outcome = Outcome::Applied;
    pass(received, Stage::Ignore, u"new"_s);
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
        pass(received, Stage::ApplyStatus, u"the worker has stopped"_s);
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
        const auto applied = m_jobs.applyUpdate(received.job.id, update);
        if (!applied)
            return errorOf(applied);
        if (!*applied)
            return failure(ErrorKind::Internal, u"job_moved"_s, u"The job ended while the report was being applied"_s);
        pass(received, Stage::ApplyStatus, statusMove(received.job.status, received.newStatus));
    }
    const auto after = m_jobs.findSummary(received.job.id);
    if (!after)
        return errorOf(after);
    received.outcome.after = *after;
    return {};
}

/// Stage 5.
Result<void> TaskService::appendEvent(ReceivedEvent& received)
{
    const WebhookEvent& event = *received.event;
    jobs::JobEvent row;
    row.id = newId<EventId>();
    row.jobId = received.job.id;
    row.eventType = received.acknowledgesCancel ? u"cancel_acknowledged"_s : received.newStatus != received.job.status ? u"status"_s : u"progress"_s;
    row.statusText = jobs::statusName(received.newStatus);
    row.progressPct = received.newStatus == JobStatus::Done ? std::optional(100) : event.progressPct;
    row.message = event.message.value_or(event.errorMessage.value_or(QString()));
    row.eventId = event.eventId.isEmpty() ? QString() : event.eventId;
    row.attempt = event.attempt.value_or(received.job.attempt);
    row.workerSequence = event.sequence;
    row.actor = received.delivery.actor;
    row.createdAt = received.receivedAt;
    const auto position = m_jobs.appendEvent(row);
    if (!position)
        return errorOf(position);
    row.position = *position;
    received.outcome.event = row;
    pass(received, Stage::AppendEvent, row.eventType);
    return {};
}

/// Stage 6, first half: the job type's own rows.
Result<void> TaskService::runDoneHooks(ReceivedEvent& received)
{
    if (received.newStatus != JobStatus::Done || received.acknowledgesCancel) {
        pass(received, Stage::DoneHooks, u"none for %1"_s.arg(jobs::statusName(received.newStatus)));
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
        if (file.temporaryKey.isEmpty() || received.mode == Mode::DryRun)    // a dry run has written none
            continue;
        const auto renamed = m_settings.storage.resolve(file.temporaryKey).and_then([&](const QString& path) {
            return m_settings.storage.publish(path, file.row.path);
        });
        if (!renamed)
            return renamed;
    }
    received.filesPublished = true;
    pass(received, Stage::DoneHooks, u"%1 files, %2 artifacts"_s.arg(plan.files.size()).arg(plan.artifacts.size()));
    return {};
}

/// Stage 6, second half: after the artifacts, so that a notification never points at nothing.
Result<void> TaskService::addNotification(ReceivedEvent& received)
{
    if (received.acknowledgesCancel || !jobs::isTerminal(received.newStatus))
        return {};
    const QString name = received.job.typeText.toLower().replace(u'_', u' ');
    notifications::Notification notification;
    notification.id = newId<NotificationId>();
    notification.userId = received.job.userId;
    notification.jobId = received.job.id;
    notification.createdAt = received.receivedAt;
    if (received.newStatus == JobStatus::Done) {
        notification.kind = notifications::kindName(notifications::NotificationKind::JobDone);
        notification.title = u"%1 is done"_s.arg(name);
        notification.body = u"%1 artifacts are ready"_s.arg(received.outcome.artifacts.size());
    } else if (received.newStatus == JobStatus::Failed) {
        notification.kind = notifications::kindName(notifications::NotificationKind::JobFailed);
        notification.title = u"%1 failed"_s.arg(name);
        notification.body = received.event->errorMessage.value_or(u"The worker gave no reason"_s);
    } else {
        notification.kind = notifications::kindName(notifications::NotificationKind::JobCancelled);
        notification.title = u"%1 was cancelled"_s.arg(name);
        notification.body = received.event->message.value_or(u""_s);
    }
    if (const auto inserted = m_notifications.insert(notification); !inserted)
        return inserted;
    received.outcome.notification = notification;
    return {};
}

Result<void> TaskService::keepDelivery(const ReceivedEvent& received)
{
    webhooks::Delivery row;
    row.id = received.outcome.deliveryId;
    row.webhookId = received.delivery.webhookId;
    row.jobId = received.outcome.jobId;
    row.receivedAt = received.receivedAt;
    row.source = received.delivery.source;
    row.method = received.delivery.method;
    row.headers = withoutSecrets(received.delivery.headers);
    row.body = received.delivery.body;
    row.verdict = received.outcome.verdict;
    row.outcome = received.outcome.outcome;
    row.stageReached = received.outcome.stageReached;
    row.durationUs = received.timer.nsecsElapsed() / 1000;
    row.replayOf = received.delivery.replayOf;
    if (received.outcome.error)
        row.outcomeDetail = received.outcome.error->code + u": "_s + received.outcome.error->message;
    else if (received.outcome.outcome != Outcome::Applied)
        row.outcomeDetail = received.outcome.stages.last().detail;
    return m_webhooks.insertDelivery(row);
}

/// The transaction is gone, and with it every row: what was received is kept in a fresh one, so that nothing is lost.
QList<WebhookOutcome> TaskService::keepRejected(QList<ReceivedEvent>& batch, const Error& error)
{
    QList<WebhookOutcome> outcomes;
    for (ReceivedEvent& received : batch) {
        if (!received.outcome.error)
            reject(received, received.outcome.stageReached, {ErrorKind::Unavailable, error.code, error.message, error.field, error.detail});
        outcomes.append(received.outcome);
    }
    const auto kept = [&]() -> Result<void> {
        auto transaction = database::Transaction::begin(m_database);
        if (!transaction)
            return errorOf(transaction);
        for (const ReceivedEvent& received : std::as_const(batch)) {
            if (const auto inserted = keepDelivery(received); !inserted)
                return inserted;
        }
        return transaction->commit();
    }();
    if (!kept)
        qWarning("A rejected delivery could not be kept; its sender was told to try again: %s", qUtf8Printable(kept.error().message));
    return outcomes;
}

}
