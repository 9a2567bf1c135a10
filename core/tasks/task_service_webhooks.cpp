// SPDX-License-Identifier: Apache-2.0
#include "core/base/secrets.h"
#include "core/database/scratch_copy.h"
#include "core/database/transaction.h"
#include "core/tasks/received_event.h"
#include "core/tasks/task_service.h"

#include <algorithm>

namespace core::tasks {

using namespace Qt::StringLiterals;
using webhooks::Outcome;
using webhooks::Stage;
using webhooks::Verdict;

namespace {

constexpr qsizetype progressEvery = 100;

// Tokens have no business in a stored delivery; everything else is kept as it came. Also the signature, whatever its name may be like: why
// it was refused is found out from it.
QList<webhooks::Header> withoutSecrets(QList<webhooks::Header> headers)
{
    for (auto& header : headers) {
        if (header.name.compare("webhook-signature", Qt::CaseInsensitive) != 0 && base::namesSecret(QString::fromLatin1(header.name)))
            header.value = "[masked]";
    }
    return headers;
}

/// Another try of a delivery that is kept already, and will be tried again.
bool isAnsweredForNow(const ReceivedEvent& received)
{
    return received.delivery.isAnotherTry && received.outcome.retryLater;
}

/// Whether it may be for one report alone that all of them failed, so that the others can be saved from it.
bool mayBeTriedOneByOne(const database::Database& database, const Error& error)
{
    return !database.isLost() && error.kind != ErrorKind::TimedOut && error.kind != ErrorKind::Cancelled;
}

}

Result<QList<WebhookOutcome>> TaskService::recordWebhookEvents(const QList<IncomingDelivery>& deliveries, Mode mode,
                                                               const AlsoInTransaction& alsoInTransaction)
{
    return recordBatch(deliveries, mode, alsoInTransaction, {});
}

/// A cancel of `control` is heard between two deliveries. A dry run then has no answer; what is applied until then is committed, and the answer
/// is that much.
Result<QList<WebhookOutcome>> TaskService::recordBatch(const QList<IncomingDelivery>& deliveries, Mode mode,
                                                       const AlsoInTransaction& alsoInTransaction, const ActControl& control)
{
    if (mode == Mode::DryRun && m_database.isReadOnly())
        return recordInScratchCopy(deliveries, control);

    QList<ReceivedEvent> batch;
    batch.reserve(deliveries.size());
    for (const IncomingDelivery& delivery : deliveries) {
        if (control.cancel.isCancelled() && mode == Mode::DryRun)
            return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Cancelled; nothing was written"_s);
        if (control.cancel.isCancelled())
            break;
        batch.append(receive(delivery, mode));
    }

    // A server is spared the waits and savepoints that keep one report's failure from the others. They rarely fail: then it is all done again.
    const bool isSparing = mode == Mode::Apply && m_database.isPostgres();
    const QList<ReceivedEvent> asReceived = batch;
    Recording recording{isSparing ? Together::AllOrNone : Together::EachForItself, mode, alsoInTransaction, control};
    auto recorded = recordInTransaction(batch, recording);
    if (!recorded && isSparing && mayBeTriedOneByOne(m_database, recorded.error())) {
        for (qsizetype i = 0; i < batch.size(); ++i) {
            const bool filesPublished = batch.at(i).filesPublished;    // these stay where they are
            batch[i] = asReceived.at(i);
            batch[i].filesPublished = filesPublished;
        }
        recording.together = Together::EachForItself;
        recorded = recordInTransaction(batch, recording);
    }
    if (!recorded && mode == Mode::DryRun && control.cancel.isCancelled())
        return errorOf(recorded);
    const auto outcomes = recorded ? *recorded : keepRejected(batch, recorded.error());
    for (const ReceivedEvent& received : std::as_const(batch)) {
        if (received.plan && *received.plan && !received.filesPublished)
            discard(**received.plan, m_settings.storage);
    }
    if (!recorded && alsoInTransaction)
        return errorOf(recorded);    // the caller's own rows are not there: it must know
    if (mode == Mode::Apply)
        tellListeners();    // only now: whoever refetches finds the artifacts
    return outcomes;
}

/// The outcomes of what is committed: of all, unless a cancel was heard. A dry run, and a failure, leaves no trace of any.
Result<QList<WebhookOutcome>> TaskService::recordInTransaction(QList<ReceivedEvent>& batch, const Recording& recording)
{
    const bool isDryRun = recording.mode == Mode::DryRun;
    const bool isAllOrNone = recording.together == Together::AllOrNone;
    const CancelToken& cancel = recording.control.cancel;
    auto transaction = isAllOrNone ? database::Transaction::beginAhead(m_database) : database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    QList<WebhookOutcome> outcomes;
    outcomes.reserve(batch.size());
    QList<webhooks::Delivery> rows;
    qsizetype found = 0;
    for (qsizetype done = 0; done < batch.size() && !cancel.isCancelled(); ++done) {
        if (recording.control.progress && done % progressEvery == 0)
            recording.control.progress(done, batch.size());
        if (isAllOrNone && done == found) {
            const auto more = findReportedFrom(batch, done);
            if (!more)
                return errorOf(more);
            found = *more;
        }
        ReceivedEvent& received = batch[done];
        recordOne(received, recording.together);
        // SQLite may have rolled all of it back by itself (disk full): what would follow would then commit alone.
        if (!m_database.isInTransaction())
            return tl::make_unexpected(
                received.outcome.error.value_or(Error{ErrorKind::Unavailable, u"store_io"_s, u"The transaction broke"_s, {}, {}}));
        if (isAllOrNone && received.outcome.error && received.outcome.stageReached >= Stage::ApplyStatus)
            return tl::make_unexpected(*received.outcome.error);    // part of it may be written
        outcomes.append(received.outcome);
        if (isDryRun || isAnsweredForNow(received))
            continue;
        if (isAllOrNone)
            rows.append(deliveryRow(received));    // a server takes them together
        else if (const auto kept = m_webhooks.insertDelivery(deliveryRow(received)); !kept)
            return errorOf(kept);
    }
    if (const auto kept = m_webhooks.insertDeliveries(rows); !kept)
        return errorOf(kept);
    if (isDryRun && cancel.isCancelled())
        return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Cancelled; nothing was written"_s);
    if (isDryRun && !m_isScratch)
        return outcomes;    // the transaction rolls back as it leaves
    if (recording.alsoInTransaction) {
        if (const auto also = recording.alsoInTransaction(outcomes); !also)
            return errorOf(also);
    }
    if (const auto committed = transaction->commit(); !committed)
        return errorOf(committed);
    return outcomes;
}

/// Locks and looks up the jobs of as many reports as have each its own job, from `first` on; answers where that ends. What one report does to a
/// job is not known to a look-up that was before it.
Result<qsizetype> TaskService::findReportedFrom(QList<ReceivedEvent>& batch, qsizetype first)
{
    QSet<QString> addressed;
    QList<webhooks::ReportAddress> addresses;
    QList<qsizetype> numbers;
    qsizetype end = first;
    for (; end < batch.size(); ++end) {
        const ReceivedEvent& received = batch.at(end);
        if (received.refusal)
            continue;
        const IncomingDelivery& to = received.delivery;
        const QString address = to.webhookId ? u"w "_s + to.webhookId->text : u"j "_s + to.jobId.value_or(JobId{}).text;
        if (addressed.contains(address))
            break;
        addressed.insert(address);
        const WebhookEvent& event = *received.event;
        const bool isEnd = event.status && jobs::isTerminal(*event.status);
        addresses.append({to.webhookId, to.jobId, event.eventId, event.attempt, event.sequence && !isEnd});
        numbers.append(end);
    }
    if (addresses.isEmpty())
        return end;
    const auto found = webhooks::findReported(m_database, addresses);
    if (!found)
        return errorOf(found);
    QSet<JobId> jobs;
    for (qsizetype i = 0; i < found->size(); ++i) {
        const auto& one = found->at(i);
        if (one && jobs.contains(one->job.id))
            return numbers.at(i);    // named once by its webhook and once by itself
        if (one)
            jobs.insert(one->job.id);
        batch[numbers.at(i)].found = one;
    }
    return end;
}

/// A read-only connection cannot open a write transaction: the same steps run in a copy of the jobs in memory.
Result<QList<WebhookOutcome>> TaskService::recordInScratchCopy(const QList<IncomingDelivery>& deliveries, const ActControl& control)
{
    QList<JobId> ids;
    for (const IncomingDelivery& delivery : deliveries) {
        if (const auto id = addressedJob(delivery))
            ids.append(*id);
    }
    const auto scratch = database::scratchCopy(m_database.options(), ids, control.cancel);
    if (!scratch)
        return errorOf(scratch);
    TaskService service(**scratch, m_settings);
    auto outcomes = service.recordBatch(deliveries, Mode::DryRun, {}, control);
    if (outcomes)
        noteScratchCopy(*outcomes);
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
        received.outcome.verdict =
            webhooks::verify(m_settings.masterKey.secretOf(address), delivery.headers, delivery.body, received.receivedAt);
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
    const auto id = received.delivery.knownJob ? std::nullopt : addressedJob(received.delivery);
    const auto found = id ? m_jobs.find(*id) : Result<std::optional<jobs::Job>>(received.delivery.knownJob);
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
                                                received.mode == Mode::DryRun, received.receivedAt, received.delivery.knownFiles});
    if (*received.plan) {
        for (const HookFile& file : (*received.plan)->files) {
            if (!file.temporaryKey.isEmpty())
                received.outcome.filesToWrite.append(file.row.path);
        }
    }
}

/// Stages 2 to 6 of one event, in a savepoint of their own: all of it happens or none. For all or none the transaction is that.
void TaskService::recordOne(ReceivedEvent& received, Together together)
{
    if (received.refusal)
        return received.reject(Stage::Receive, *received.refusal);
    received.pass(Stage::Receive,
                  u"signature %1, %2 bytes"_s.arg(webhooks::verdictName(received.outcome.verdict)).arg(received.delivery.body.size()));

    std::optional<database::Savepoint> savepoint;
    if (together == Together::EachForItself) {
        auto begun = database::Savepoint::begin(m_database);
        if (!begun)
            return received.reject(Stage::LoadAndValidate, begun.error());
        savepoint.emplace(std::move(*begun));
    }

    if (const auto loaded = loadAndValidate(received); !loaded)
        return received.reject(Stage::LoadAndValidate, loaded.error());
    if (const auto looked = ignoreWhatIsOld(received); !looked)
        return received.reject(Stage::Ignore, looked.error());
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
            return received.reject(step.stage, done.error());    // the savepoint rolls back as it leaves
    }
    if (savepoint) {
        if (const auto released = savepoint->release(); !released)
            return received.reject(Stage::DoneHooks, released.error());
    }
    received.pass(Stage::Notify, u"listeners hear of it after the commit"_s);
}

webhooks::Delivery TaskService::deliveryRow(const ReceivedEvent& received)
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
    return row;
}

/// The transaction is gone, and with it every row: what was received is kept in a fresh one, so that nothing is lost. A replay brings only
/// what is stored already, and a row of it without its line in the journal would tell of an act that was not done; a dry run keeps nothing.
QList<WebhookOutcome> TaskService::keepRejected(QList<ReceivedEvent>& batch, const Error& error)
{
    QList<WebhookOutcome> outcomes;
    for (ReceivedEvent& received : batch) {
        if (!received.outcome.error)
            received.reject(received.outcome.stageReached, {ErrorKind::Unavailable, error.code, error.message, error.field, error.detail});
        outcomes.append(received.outcome);
    }
    const auto isKept = [](const ReceivedEvent& received) {
        return received.mode == Mode::Apply && received.delivery.source != webhooks::Source::Replay;
    };
    if (std::none_of(batch.cbegin(), batch.cend(), isKept))
        return outcomes;
    const auto kept = [&]() -> Result<void> {
        auto transaction = database::Transaction::begin(m_database);
        if (!transaction)
            return errorOf(transaction);
        for (const ReceivedEvent& received : std::as_const(batch)) {
            if (!isKept(received) || isAnsweredForNow(received))
                continue;
            if (const auto inserted = m_webhooks.insertDelivery(deliveryRow(received)); !inserted)
                return inserted;
        }
        return transaction->commit();
    }();
    if (!kept)
        qWarning("A rejected delivery could not be kept; its sender was told to try again: %s", qUtf8Printable(kept.error().message));
    return outcomes;
}

}
