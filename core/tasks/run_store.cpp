// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/run_store.h"

#include "core/database/transaction.h"
#include "core/tasks/actor_output.h"

#include <QHash>

namespace core::tasks {

using namespace Qt::StringLiterals;
using webhooks::Outcome;

namespace {

/// Beginnings and progress need not survive a power cut (the job would simply begin again); they must survive our own death, and
/// they do. Ends, submits and acts are always fully durable.
class RelaxedDurability {
public:
    explicit RelaxedDurability(database::Database& database) : m_database(database)
    {
        m_database.setDurability(database::Durability::Normal);
    }
    ~RelaxedDurability() { m_database.setDurability(m_database.options().durability); }
    RelaxedDurability(const RelaxedDurability&) = delete;
    RelaxedDurability& operator=(const RelaxedDurability&) = delete;

private:
    database::Database& m_database;
};

WebhookEvent endEvent(const RunEnd& end, Time now)
{
    WebhookEvent event;
    event.eventId = newUuidV7();
    event.attempt = end.ticket.attempt;
    event.sequence = end.lastSequence + 1;
    event.occurredAt = now;
    if (end.result) {
        event.status = JobStatus::Done;
        event.message = u"Done"_s;
        event.outputData = writeOutput(*end.result);
    } else if (end.result.error().kind == ErrorKind::Cancelled) {
        event.status = JobStatus::Cancelled;
        event.message = u"Stopped by the worker"_s;
    } else {
        event.status = JobStatus::Failed;
        event.errorMessage = end.result.error().message;
        event.errorCode = end.result.error().code;
    }
    return event;
}

/// Whether the same report may be taken later: what another program or the disk stood in the way of. A file of ours that is gone
/// will not come back.
bool mayHeal(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Unavailable: return error.code != u"output_missing"_s;
    case ErrorKind::Forbidden:    // a disk that was mounted read-only
    case ErrorKind::Cancelled:
    case ErrorKind::TimedOut: return true;
    case ErrorKind::Invalid:
    case ErrorKind::Malformed:
    case ErrorKind::Unauthorized:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::TooLarge:
    case ErrorKind::Internal: return false;
    }
    Q_UNREACHABLE();
}

tl::unexpected<Error> failureFor(const Error& refusal)
{
    if (refusal.code == u"output_missing"_s)
        return failure(ErrorKind::NotFound, refusal.code, refusal.message);
    return failure(ErrorKind::Internal, u"report_refused"_s, u"The worker's report was refused: %1"_s.arg(refusal.message));
}

QString outcomeWord(const RunEnd& end)
{
    if (end.result)
        return u"done"_s;
    return end.result.error().kind == ErrorKind::Cancelled ? u"cancelled"_s : u"failed"_s;
}

}

RunStore::RunStore(database::Database& database, const TaskSettings& settings, broker::Worker worker, int maxCrashes)
    : m_database(database),
      m_settings(settings),
      m_service(database, settings),
      m_queue(database),
      m_jobs(database),
      m_transcriptions(database),
      m_presets(database),
      m_worker(std::move(worker)),
      m_maxCrashes(maxCrashes)
{
}

Result<void> RunStore::registerWorker()
{
    m_worker.id = newUuidV7();
    m_worker.bootId = base::bootId();
    m_worker.heartbeatUs = base::monotonicMicros();
    m_worker.startedAt = m_settings.clock();
    m_worker.lastSeenAt = m_worker.startedAt;
    m_worker.state = u"running"_s;
    return m_queue.insertWorker(m_worker);
}

Result<void> RunStore::unregister()
{
    return m_queue.removeWorker(m_worker.id);
}

IncomingDelivery RunStore::deliveryOf(const JobId& id, const WebhookEvent& event, const QString& actor) const
{
    return {{}, id, webhooks::Source::Worker, true, u"POST"_s, {}, writeWebhookEvent(event), {}, actor};
}

Result<QList<RunTicket>> RunStore::lease(int limit)
{
    const RelaxedDurability relaxed(m_database);
    auto transaction = database::Transaction::beginAhead(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto messages = m_queue.lease(broker::defaultQueue, m_worker.id, limit);
    if (!messages)
        return errorOf(messages);
    if (messages->isEmpty())
        return QList<RunTicket>{};
    QList<JobId> ids;
    for (const broker::QueueMessage& message : *messages)
        ids.append(message.jobId);
    const Time now = m_settings.clock();
    const auto jobs = m_jobs.startAttempts(ids, now);
    if (!jobs)
        return errorOf(jobs);
    QHash<JobId, jobs::Job> started;
    for (const jobs::Job& job : *jobs)
        started.insert(job.id, job);
    QList<RunTicket> tickets;
    for (const broker::QueueMessage& message : *messages) {
        const auto job = started.constFind(message.jobId);
        if (job == started.constEnd()) {
            if (const auto left = leaveAlone(message); !left)
                return errorOf(left);
            continue;
        }
        auto ticket = beginOne(message, *job, now);
        if (!ticket)
            return errorOf(ticket);
        tickets.append(std::move(*ticket));
    }
    if (const auto committed = transaction->commit(); !committed)
        return errorOf(committed);
    return tickets;
}

void RunStore::reportBegun(const QList<RunTicket>& tickets)
{
    const RelaxedDurability relaxed(m_database);
    QList<IncomingDelivery> reports;
    for (const RunTicket& ticket : tickets) {
        WebhookEvent event;
        event.eventId = newUuidV7();
        event.status = JobStatus::Running;
        event.attempt = ticket.attempt;
        event.sequence = 1;
        event.occurredAt = m_settings.clock();
        reports.append(deliveryOf(ticket.job.id, event, u"worker"_s));
    }
    // A job that was cancelled in between ignores the report; its message is marked, so the run ends before it starts or soon after.
    // They are ours whatever becomes of the reports: to drop them now would leave them leased and not run.
    if (const auto reported = m_service.recordWebhookEvents(reports, Mode::Apply); !reported)
        qWarning("That jobs have begun was not recorded: %s", qUtf8Printable(reported.error().message));
}

Result<QList<RunTicket>> RunStore::begin(int limit)
{
    auto tickets = lease(limit);
    if (tickets && !tickets->isEmpty())
        reportBegun(*tickets);
    return tickets;
}

/// A job that was not started. Terminal: a message that came twice, or a job that ended another way. Else somebody is changing it just now, and
/// its message waits for the next round.
Result<void> RunStore::leaveAlone(const broker::QueueMessage& message)
{
    const auto job = m_jobs.findSummary(message.jobId);
    if (!job)
        return errorOf(job);
    if (!*job || jobs::isTerminal((*job)->status))
        return m_queue.acknowledge(message.id, m_worker.id);
    return m_queue.putBack(message.id, m_worker.id, 0).map([](bool) {});
}

Result<RunTicket> RunStore::beginOne(const broker::QueueMessage& message, const jobs::Job& job, Time now)
{
    if (const auto noted = noteAttempt(job.id, job.attempt, now); !noted)
        return errorOf(noted);
    RunTicket ticket;
    ticket.job = job;
    ticket.attempt = job.attempt;
    ticket.messageId = message.id;
    ticket.workerId = m_worker.id;
    if (const auto read = readWhatItNeeds(ticket); !read)
        return errorOf(read);
    return ticket;
}

Result<void> RunStore::noteAttempt(const JobId& id, int attempt, Time now)
{
    jobs::JobAttempt row;
    row.jobId = id;
    row.attempt = attempt;
    row.worker = m_worker.id;
    row.host = m_worker.host;
    row.pid = m_worker.pid;
    row.startedAt = now;
    return m_jobs.insertAttempt(row);
}

/// An actor has no connection: what its input refers to is read here. What is missing is the actor's error to report.
Result<void> RunStore::readWhatItNeeds(RunTicket& ticket) const
{
    if (ticket.job.type != JobType::SilenceApply && ticket.job.type != JobType::CaptionsGenerate)
        return {};    // the other inputs refer to nothing in the store; reading them is the actor's work, not the dispatcher's
    const auto input = parseInput(ticket.job.type, ticket.job.inputData);
    if (const auto* cut = std::get_if<SilenceApplyInput>(&input.value); cut && cut->detectJobId) {
        const auto detect = m_jobs.find(*cut->detectJobId);
        if (!detect)
            return errorOf(detect);
        if (*detect)
            ticket.detectOutput = (*detect)->outputData;
    }
    if (const auto* captions = std::get_if<CaptionsGenerateInput>(&input.value)) {
        if (captions->transcriptionId) {
            const auto row = m_transcriptions.find(*captions->transcriptionId);
            if (!row)
                return errorOf(row);
            if (*row)
                ticket.transcript = (*row)->document;
        }
        if (captions->presetId) {
            const auto style = m_presets.styleOf(*captions->presetId);
            if (!style)
                return errorOf(style);
            ticket.presetStyle = *style;
        }
    }
    return {};
}

Result<void> RunStore::report(const QList<RunReport>& reports)
{
    const RelaxedDurability relaxed(m_database);
    QList<IncomingDelivery> deliveries;
    for (const RunReport& report : reports)
        deliveries.append(deliveryOf(report.jobId, report.event, u"worker"_s));
    const auto recorded = m_service.recordWebhookEvents(deliveries, Mode::Apply);
    if (!recorded)
        return errorOf(recorded);
    return {};
}

Result<void> RunStore::finish(QList<RunEnd>& ends)
{
    ends.removeIf([](const RunEnd& end) { return end.isLost; });
    if (const auto back = handBackThoseToWait(ends); !back)
        return back;
    if (ends.isEmpty())
        return {};
    const QList<RunEnd> reporting = ends;

    QList<IncomingDelivery> deliveries;
    for (const RunEnd& end : reporting) {
        deliveries.append(deliveryOf(end.ticket.job.id, endEvent(end, m_settings.clock()), u"worker"_s));
        deliveries.last().knownFiles = end.files;
        deliveries.last().knownJob = end.ticket.job;
        deliveries.last().isAnotherTry = end.wasRefused;
    }
    // The message's end and the attempt's stand or fall with the report.
    const auto recorded =
        m_service.recordWebhookEvents(deliveries, Mode::Apply, [&](const QList<WebhookOutcome>& outcomes) -> Result<void> {
            for (qsizetype i = 0; i < outcomes.size(); ++i) {
                if (outcomes.at(i).error)
                    continue;
                if (const auto settled = settleEnd(reporting.at(i), outcomes.at(i)); !settled)
                    return settled;
            }
            return {};
        });
    if (!recorded)
        return errorOf(recorded);

    QList<RunEnd> again;
    for (qsizetype i = 0; i < recorded->size(); ++i) {
        const WebhookOutcome& outcome = recorded->at(i);
        const RunEnd& end = reporting.at(i);
        if (!outcome.error) {
            // Also where a cancel came between the last look and the report: what was finished is not wanted any more.
            const auto& job = outcome.after ? outcome.after : outcome.before;
            if (outcome.outcome != Outcome::Stale && job && endedInVain(job->status))
                clearOutputs(end.ticket.job);
            continue;
        }
        RunEnd refused = end;
        refused.wasRefused = outcome.retryLater;
        const bool canHeal = mayHeal(*outcome.error);
        if (!canHeal && end.result)    // our own report was refused for good: the job must not hang, it fails with the reason
            refused.result = failureFor(*outcome.error);
        else if (!canHeal && !outcome.retryLater && giveUp(end, *outcome.error))
            continue;
        again.append(refused);
    }
    ends = again;
    return {};
}

Result<void> RunStore::settleEnd(const RunEnd& end, const WebhookOutcome& outcome)
{
    if (outcome.outcome == Outcome::Stale) {
        const auto waits = putBackAfterStaleEnd(end, outcome.stages.last().detail);
        if (!waits)
            return errorOf(waits);
        if (*waits)
            return {};
    }
    return closeRun(end, outcomeWord(end), end.result ? QString() : end.result.error().message);
}

/// Somebody's report has raised the attempt while this one ran, so its end does not count. If the message is still ours, nobody else
/// runs the job: without this it would be RUNNING for ever. False if another worker has it by now.
Result<bool> RunStore::putBackAfterStaleEnd(const RunEnd& end, const QString& why)
{
    const auto waits = m_queue.putBack(end.ticket.messageId, end.ticket.workerId, 0);
    if (!waits || !*waits)
        return waits;
    clearOutputs(end.ticket.job);    // before the commit: after it the next attempt may write there
    jobs::JobAttempt row;
    row.jobId = end.ticket.job.id;
    row.attempt = end.ticket.attempt;
    row.finishedAt = m_settings.clock();
    row.outcome = u"stale"_s;
    row.error = u"Its end did not count: %1"_s.arg(why);
    row.commands = end.commands;
    row.log = end.log;
    jobs::JobEvent event;
    event.id = newId<EventId>();
    event.jobId = end.ticket.job.id;
    event.eventType = u"report_stale"_s;
    event.message = u"The end of attempt %1 did not count (%2); the job waits in the queue again"_s.arg(end.ticket.attempt).arg(why);
    event.attempt = end.ticket.attempt;
    event.actor = u"queue"_s;
    event.createdAt = *row.finishedAt;
    return m_jobs.finishAttempt(row).and_then([&] { return m_jobs.appendEvent(event); }).map([] { return true; });
}

/// Not even a failure can be reported: the job is gone. What is left of the run goes too, or its worker would try for ever.
Result<void> RunStore::giveUp(const RunEnd& end, const Error& refusal)
{
    qWarning("The end of job %s was refused for good: %s", qUtf8Printable(end.ticket.job.id.text), qUtf8Printable(refusal.message));
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto closed = closeRun(end, outcomeWord(end), refusal.message).and_then([&] { return transaction->commit(); });
    if (closed)
        clearOutputs(end.ticket.job);
    return closed;
}

Result<void> RunStore::closeRun(const RunEnd& end, const QString& outcome, const QString& error)
{
    jobs::JobAttempt row;
    row.jobId = end.ticket.job.id;
    row.attempt = end.ticket.attempt;
    row.finishedAt = m_settings.clock();
    row.outcome = outcome;
    row.error = error;
    row.commands = end.commands;
    row.log = end.log;
    return m_jobs.finishAttempt(row).and_then([&] { return m_queue.acknowledge(end.ticket.messageId, end.ticket.workerId); });
}

void RunStore::clearOutputs(const jobs::Job& job) const
{
    if (const auto removed = m_settings.storage.removeFolder(outputFolderOf(job)); !removed)
        qWarning("The outputs of a job that came to nothing could not be removed: %s", qUtf8Printable(removed.error().message));
}

Result<void> RunStore::handBackThoseToWait(QList<RunEnd>& ends)
{
    for (qsizetype i = 0; i < ends.size();) {
        if (!ends.at(i).handBack) {
            ++i;
            continue;
        }
        const auto waits = handBack(ends.at(i));
        if (!waits)
            return errorOf(waits);
        if (*waits) {
            ends.removeAt(i);
        } else {
            ends[i].handBack = false;
            ends[i].result = failure(ErrorKind::Cancelled, u"cancelled"_s, u"The job had ended before its worker stopped"_s);
        }
    }
    return {};
}

/// False if the job has ended meanwhile: then there is a stop to confirm, and nothing to wait for.
Result<bool> RunStore::handBack(const RunEnd& end)
{
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto job = m_jobs.findSummaryForChange(end.ticket.job.id);
    if (!job)
        return errorOf(job);
    if (!*job || jobs::isTerminal((*job)->status))
        return false;
    const auto waits = m_queue.putBack(end.ticket.messageId, end.ticket.workerId, 0);
    if (!waits)
        return errorOf(waits);
    if (!*waits)
        return true;    // the lease was lost before: whoever recovered the job has told its story
    jobs::JobAttempt row;
    row.jobId = end.ticket.job.id;
    row.attempt = end.ticket.attempt;
    row.finishedAt = m_settings.clock();
    row.outcome = u"stopped"_s;
    row.error = u"The worker was stopped; the job waits in the queue again"_s;
    row.commands = end.commands;
    row.log = end.log;
    jobs::JobEvent event;
    event.id = newId<EventId>();
    event.jobId = end.ticket.job.id;
    event.eventType = u"handed_back"_s;
    event.message = row.error;
    event.attempt = end.ticket.attempt;
    event.actor = u"worker"_s;
    event.createdAt = *row.finishedAt;
    const auto written =
        m_jobs.finishAttempt(row).and_then([&] { return m_jobs.appendEvent(event); }).and_then([&] { return transaction->commit(); });
    if (!written)
        return errorOf(written);
    m_settings.tellQueued();
    return true;
}

}
