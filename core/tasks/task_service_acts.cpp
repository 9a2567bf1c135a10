// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_spelling.h"
#include "core/base/json_splice.h"
#include "core/base/json_text.h"
#include "core/database/transaction.h"
#include "core/tasks/end_notification.h"
#include "core/tasks/task_service.h"

#include <nlohmann/json.hpp>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

QByteArray statusDocument(const jobs::JobSummary& job)
{
    return QByteArray::fromStdString(
        nlohmann::json{{"status", job.statusText.toStdString()}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

/// A body that says another thing under the id of the event it was made from gets an id of its own.
QByteArray asAnotherEvent(const QByteArray& body, const QByteArray& original)
{
    const auto idIn = [](const Result<JsonText>& text) -> std::optional<QString> {
        const auto member = text && text->root().kind() == JsonKind::Object ? text->root().member(u"event_id") : std::nullopt;
        return member && member->kind() == JsonKind::String ? std::optional(member->string()) : std::nullopt;
    };
    const auto edited = JsonText::parse(body);
    const auto id = idIn(edited);
    if (body == original || !id || id->isEmpty() || id != idIn(JsonText::parse(original)))
        return body;
    return base::withMembers(edited->root(), {{u"event_id"_s, base::encodeJsonString(newId<EventId>().text)}});
}

Error jobUnknown(const JobId& id)
{
    return {ErrorKind::NotFound, u"job_unknown"_s, u"There is no job %1"_s.arg(id.text), u"id"_s, {}};
}

}

TaskService::TaskService(database::Database& database, const TaskSettings& settings)
    : m_database(database),
      m_settings(settings),
      m_jobs(database),
      m_journal(database),
      m_webhooks(database),
      m_files(database),
      m_transcriptions(database),
      m_presets(database),
      m_notifications(database),
      m_queue(database)
{
}

jobs::JournalEntry TaskService::journalEntry(const Caller& caller, const QString& action, const QString& target,
                                             const QString& reason) const
{
    return {newId<JournalId>(), caller.operatorName, caller.role, action, target, reason, {}, {}, caller.connection, m_settings.clock()};
}

Result<void> TaskService::journal(const Caller& caller, const QString& action, const QString& target, const QString& reason,
                                  const std::optional<QByteArray>& before, const std::optional<QByteArray>& after)
{
    auto entry = journalEntry(caller, action, target, reason);
    entry.before = before;
    entry.after = after;
    return m_journal.insert(entry);
}

Result<CancelAnswer> TaskService::cancel(const Caller& caller, const JobId& id, const QString& reason)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto asked = cancelInTransaction(caller, id, reason);
    if (!asked)
        return errorOf(asked);
    if (const auto committed = transaction->commit(); !committed)
        return errorOf(committed);
    tellListeners();
    const auto times = informBroker(id);
    if (!times) {
        // The job is cancelled whatever became of this; who waits for it is told how far it came. A worker's sweep makes up for it.
        qWarning("The queue could not be told of a cancel: %s", qUtf8Printable(times.error().message));
        return CancelAnswer{id, {*asked, {}, {}}};
    }
    return CancelAnswer{id, *times};
}

/// The decision: the job is CANCELLED, with its event, notification and journal row. Answers when that was.
Result<Time> TaskService::cancelInTransaction(const Caller& caller, const JobId& id, const QString& reason)
{
    const auto job = m_jobs.findSummaryForChange(id);
    if (!job)
        return errorOf(job);
    if (!*job)
        return tl::make_unexpected(jobUnknown(id));
    const Time now = m_settings.clock();
    const QString message =
        reason.isEmpty() ? u"Cancelled by %1"_s.arg(caller.operatorName) : u"Cancelled by %1: %2"_s.arg(caller.operatorName, reason);
    const auto cancelled = m_jobs.cancel(id, message, now);
    if (!cancelled)
        return errorOf(cancelled);
    if (!*cancelled)
        return failure(ErrorKind::Conflict, u"job_terminal"_s, u"Job %1 is %2 already"_s.arg(id.text, (*job)->statusText), u"status"_s);

    jobs::JobEvent event;
    event.id = newId<EventId>();
    event.jobId = id;
    event.eventType = u"cancel_requested"_s;
    event.statusText = jobs::statusName(JobStatus::Cancelled);
    event.message = message;
    event.actor = caller.operatorName;
    event.createdAt = now;
    const auto notification = notificationOfEnd(**job, JobStatus::Cancelled, message, now);
    const QByteArray after = R"({"status":"CANCELLED"})";
    return m_jobs.appendEvent(event)
        .and_then([&] { return m_notifications.insert(notification); })
        .and_then([&] { return journal(caller, u"cancel"_s, u"job:"_s + id.text, reason, statusDocument(**job), after); })
        .map([&] { return now; });
}

/// After the cancel stands: the message that waits is removed, the worker that has it is asked to stop.
Result<jobs::CancelTimes> TaskService::informBroker(const JobId& id)
{
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    if (const auto informed = informInTransaction(id).and_then([&] { return transaction->commit(); }); !informed)
        return errorOf(informed);
    tellWorkers();
    return m_jobs.findSummary(id).map([](const auto& job) { return job ? job->cancel : jobs::CancelTimes{}; });
}

/// Nothing is changed where the queue was told before.
Result<void> TaskService::informInTransaction(const JobId& id)
{
    const Time now = m_settings.clock();
    const auto noted = m_jobs.noteBrokerInformed(id, now);
    if (!noted)
        return errorOf(noted);
    if (!*noted)
        return {};
    const auto removed = m_queue.removeWaiting(id);
    const auto asked = m_queue.askToAbort(id);
    if (!removed)
        return errorOf(removed);
    if (!asked)
        return errorOf(asked);
    QString message = u"The worker was asked to stop"_s;
    if (*asked == 0) {
        const auto acknowledged = m_jobs.acknowledgeCancel(id, now);
        if (!acknowledged)
            return errorOf(acknowledged);
        message = *acknowledged ? u"Removed from the queue; no worker had it"_s : u"The worker had stopped before it was asked"_s;
    }
    jobs::JobEvent event;
    event.id = newId<EventId>();
    event.jobId = id;
    event.eventType = u"cancel_broker_informed"_s;
    event.message = message;
    event.actor = u"queue"_s;
    event.createdAt = now;
    return m_jobs.appendEvent(event);
}

Result<SubmitAnswer> TaskService::resubmit(const Caller& caller, const ResubmitRequest& request)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    const auto original = m_jobs.find(request.of);
    if (!original)
        return errorOf(original);
    if (!*original)
        return tl::make_unexpected(jobUnknown(request.of));
    const jobs::Job& job = **original;
    const auto answer =
        submit(caller, {job.type, request.input.value_or(job.inputData), job.userId, job.projectId, job.id, request.force, request.reason});
    if (!answer || !answer->reused)
        return answer;
    return failure(ErrorKind::Conflict, u"duplicate_active"_s,
                   u"Job %1 does the same and is still %2; it has the same %3"_s.arg(answer->jobId.text, jobs::statusName(answer->status),
                                                                                     answer->sameFields.join(u", "_s)),
                   u"input"_s, answer->jobId.text);
}

Result<WebhookOutcome> TaskService::post(const Caller& caller, const JobId& id, const QByteArray& body, Mode mode, const QString& reason)
{
    return postDelivery(caller, id, body, mode, reason, {});
}

Result<WebhookOutcome> TaskService::postEdited(const Caller& caller, const DeliveryId& of, const QByteArray& body, Mode mode,
                                               const QString& reason)
{
    if (mode == Mode::Apply) {    // before the delivery is looked for: who may not act is told that
        if (const auto allowed = base::requireWrite(caller); !allowed)
            return errorOf(allowed);
    }
    const auto stored = m_webhooks.findDelivery(of);
    if (!stored)
        return errorOf(stored);
    if (!*stored)
        return failure(ErrorKind::NotFound, u"delivery_unknown"_s, u"There is no delivery %1"_s.arg(of.text), u"id"_s);
    IncomingDelivery address;
    address.webhookId = (*stored)->webhookId;
    address.jobId = (*stored)->jobId;
    const auto job = addressedJob(address);
    if (!job)
        return failure(ErrorKind::Invalid, u"delivery_jobless"_s, u"The delivery names no job to send it to"_s, u"id"_s);
    return postDelivery(caller, *job, asAnotherEvent(body, (*stored)->body), mode, reason, of);
}

Result<WebhookOutcome> TaskService::postDelivery(const Caller& caller, const JobId& id, const QByteArray& body, Mode mode,
                                                 const QString& reason, const std::optional<DeliveryId>& of)
{
    if (mode == Mode::Apply) {
        if (const auto allowed = base::requireWrite(caller); !allowed)
            return errorOf(allowed);
    }
    const auto webhook = m_webhooks.findOfJob(id);
    if (!webhook)
        return errorOf(webhook);
    const IncomingDelivery delivery{*webhook ? std::optional((*webhook)->id) : std::nullopt,
                                    id,
                                    webhooks::Source::Manual,
                                    true,
                                    u"POST"_s,
                                    {},
                                    body,
                                    of,
                                    caller.operatorName};
    const auto alsoJournal = [&](const QList<WebhookOutcome>&) { return journal(caller, u"post"_s, u"job:"_s + id.text, reason); };
    const auto recorded = mode == Mode::Apply ? recordWebhookEvents({delivery}, mode, alsoJournal) : recordWebhookEvents({delivery}, mode);
    if (!recorded)
        return errorOf(recorded);
    return recorded->first();
}

Result<void> TaskService::setQueuePaused(const Caller& caller, bool paused)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto written = setPaused(caller, paused, {}).and_then([&] { return transaction->commit(); });
    if (written)
        tellWorkers();
    return written;
}

/// The state and its journal entry, in the transaction that is open.
Result<void> TaskService::setPaused(const Caller& caller, bool paused, const QString& reason)
{
    return m_queue.setPaused(broker::defaultQueue, paused, m_settings.clock()).and_then([&] {
        return journal(caller, paused ? u"pause"_s : u"resume"_s, u"queue:"_s + broker::defaultQueue, reason);
    });
}

}
