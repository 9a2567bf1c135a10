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
    const auto cancelled = [] { return failure(ErrorKind::Cancelled, u"cancelled"_s, u"Cancelled; nothing was written"_s); };

    QList<ReceivedEvent> batch;
    batch.reserve(deliveries.size());
    for (const IncomingDelivery& delivery : deliveries) {
        if (control.cancel.isCancelled() && mode == Mode::DryRun)
            return cancelled();
        if (control.cancel.isCancelled())
            break;
        batch.append(receive(delivery, mode));
    }

    // One report on a server: nothing else stands in its transaction, so that its refusal may end all of it, and a savepoint, which costs two
    // round trips, is not needed. What was refused is then kept in a transaction of its own. That leaves seven for a report: BEGIN, the job
    // behind the webhook, what it has heard, its update, the event, the delivery, COMMIT. (BEGIN and COMMIT could travel with their neighbours
    // by libpq's pipeline mode: five.)
    const bool isAlone = batch.size() == 1 && mode == Mode::Apply && !alsoInTransaction && m_database.isPostgres();
    QList<WebhookOutcome> outcomes;
    outcomes.reserve(batch.size());
    const auto recorded = [&]() -> Result<void> {
        auto transaction = database::Transaction::begin(m_database);
        if (!transaction)
            return errorOf(transaction);
        for (qsizetype done = 0; done < batch.size(); ++done) {
            if (control.cancel.isCancelled() && mode == Mode::DryRun)
                return cancelled();
            if (control.cancel.isCancelled())
                break;
            if (control.progress && done % progressEvery == 0)
                control.progress(done, batch.size());
            ReceivedEvent& received = batch[done];
            recordOne(received, isAlone);
            // SQLite may have rolled all of it back by itself (disk full): what would follow would then commit alone.
            if (!m_database.isInTransaction())
                return tl::make_unexpected(
                    received.outcome.error.value_or(Error{ErrorKind::Unavailable, u"store_io"_s, u"The transaction broke"_s, {}, {}}));
            if (isAlone && received.outcome.error && !received.refusal)
                return tl::make_unexpected(*received.outcome.error);
            outcomes.append(received.outcome);
            if (mode == Mode::DryRun)
                continue;
            if (const auto kept = keepDelivery(received); !kept)
                return kept;
        }
        if (mode == Mode::DryRun && !m_isScratch)
            return {};    // the transaction rolls back as it leaves
        if (alsoInTransaction) {
            if (const auto done = alsoInTransaction(outcomes); !done)
                return done;
        }
        return transaction->commit();
    }();
    if (!recorded && mode == Mode::DryRun && control.cancel.isCancelled())
        return errorOf(recorded);
    if (!recorded)
        outcomes = keepRejected(batch, recorded.error());
    for (const ReceivedEvent& received : std::as_const(batch)) {
        if (received.plan && *received.plan && !received.filesPublished)
            discard(**received.plan, m_settings.storage);
    }
    if (!recorded && alsoInTransaction)
        return errorOf(recorded);    // the caller's own rows are not there: it must know
    if (mode == Mode::Apply && (recorded || isAlone))
        tellListeners();    // only now: whoever refetches finds the artifacts
    return outcomes;
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
                                                received.mode == Mode::DryRun, received.receivedAt, received.delivery.knownFiles});
    if (*received.plan) {
        for (const HookFile& file : (*received.plan)->files) {
            if (!file.temporaryKey.isEmpty())
                received.outcome.filesToWrite.append(file.row.path);
        }
    }
}

/// Stages 2 to 6 of one event, in a savepoint of their own: all of it happens or none. `isAlone`: the transaction is that.
void TaskService::recordOne(ReceivedEvent& received, bool isAlone)
{
    if (received.refusal)
        return received.reject(Stage::Receive, *received.refusal);
    received.pass(Stage::Receive,
                  u"signature %1, %2 bytes"_s.arg(webhooks::verdictName(received.outcome.verdict)).arg(received.delivery.body.size()));

    std::optional<database::Savepoint> savepoint;
    if (!isAlone) {
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

Result<void> TaskService::keepDelivery(const ReceivedEvent& received)
{
    if (received.delivery.isAnotherTry && received.outcome.retryLater)
        return {};
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
            if (!isKept(received))
                continue;
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
