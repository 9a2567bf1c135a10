// SPDX-License-Identifier: Apache-2.0
#include "core/database/scratch_copy.h"
#include "core/tasks/received_event.h"
#include "core/tasks/task_service.h"

#include <algorithm>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype stepSize = 100;            // deliveries in one transaction: what another writer waits for at most
constexpr qsizetype stepBytes = 16'000'000;    // of their bodies, which are read for a step and then let go

tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled, u"cancelled"_s, u"The replay was cancelled before anything was applied"_s);
}

Error deliveryUnknown(const DeliveryId& id)
{
    return {ErrorKind::NotFound, u"delivery_unknown"_s, u"There is no delivery %1"_s.arg(id.text), u"id"_s, {}};
}

/// The deliveries that a broken replay did not come to: nothing was changed by them, and they may be replayed again.
QList<WebhookOutcome> notReplayed(const QList<DeliveryId>& ids, const Error& why)
{
    QList<WebhookOutcome> outcomes;
    for (const DeliveryId& id : ids) {
        WebhookOutcome outcome;
        outcome.deliveryId = id;
        outcome.error = why;
        outcome.httpStatus = 503;
        outcome.retryLater = true;
        outcomes.append(outcome);
    }
    return outcomes;
}

}

Result<QList<WebhookOutcome>> TaskService::replay(const Caller& caller, const QList<DeliveryId>& ids, Mode mode, const ActControl& control,
                                                  const QString& reason)
{
    if (mode == Mode::Apply) {
        if (const auto allowed = base::requireWrite(caller); !allowed)
            return errorOf(allowed);
    }
    if (mode == Mode::DryRun)
        return rehearse(caller, ids, control);
    // All are looked for first, so that an unknown one stops the replay before it has changed anything.
    if (const auto known = requireDeliveries(ids, control); !known)
        return errorOf(known);
    QList<WebhookOutcome> outcomes;
    while (outcomes.size() < ids.size() && !control.cancel.isCancelled()) {
        const qsizetype first = outcomes.size();
        const auto applied = applyStep(caller, ids, first, reason, control.cancel);
        if (!applied && first == 0)
            return errorOf(applied);    // nothing was applied
        if (!applied)
            return outcomes + notReplayed(ids.mid(first), applied.error());
        outcomes.append(*applied);
        if (control.progress)
            control.progress(outcomes.size(), ids.size());
    }
    return outcomes;
}

/// In the order given, each builds on the one before: in a copy of their jobs in memory, where no writer waits for it, however many they are.
Result<QList<WebhookOutcome>> TaskService::rehearse(const Caller& caller, const QList<DeliveryId>& ids, const ActControl& control)
{
    const auto jobs = jobsToRehearse(ids, control);
    if (!jobs)
        return errorOf(jobs);
    const auto scratch = database::scratchCopy(m_database.options(), *jobs, control.cancel);
    if (!scratch)
        return errorOf(scratch);
    TaskService service(**scratch, m_settings);
    service.m_isScratch = true;
    QList<WebhookOutcome> outcomes;
    while (outcomes.size() < ids.size()) {
        const qsizetype first = outcomes.size();
        const auto step = storedStep(caller, ids, first);
        if (!step)
            return errorOf(step);
        ActControl inStep{control.cancel, {}};
        if (control.progress)
            inStep.progress = [&](qsizetype done, qsizetype) { control.progress(first + done, ids.size()); };
        const auto foreseen = service.recordBatch(*step, Mode::DryRun, {}, inStep);
        if (!foreseen)
            return errorOf(foreseen);
        outcomes.append(*foreseen);
    }
    if (caller.readOnly)
        noteScratchCopy(outcomes);
    return outcomes;
}

Result<QList<JobId>> TaskService::jobsToRehearse(const QList<DeliveryId>& ids, const ActControl& control) const
{
    QList<JobId> jobs;
    qint64 bytes = 0;
    for (qsizetype i = 0; i < ids.size(); ++i) {
        if (control.cancel.isCancelled())
            return cancelled();
        if (control.progress && i % stepSize == 0)
            control.progress(0, ids.size());
        const auto weight = m_webhooks.weightOf(ids.at(i));
        if (!weight)
            return errorOf(weight);
        if (!*weight)
            return tl::make_unexpected(deliveryUnknown(ids.at(i)));
        if ((*weight)->job)
            jobs.append(*(*weight)->job);
        bytes += (*weight)->bodyBytes;
    }
    if (bytes > maxRehearsedBytes)
        return failure(
            ErrorKind::TooLarge, u"replay_too_large"_s,
            u"These deliveries have %1 bytes together; a dry run takes %2 at most. Choose fewer"_s.arg(bytes).arg(maxRehearsedBytes),
            u"ids"_s);
    return jobs;
}

Result<void> TaskService::requireDeliveries(const QList<DeliveryId>& ids, const ActControl& control) const
{
    for (qsizetype first = 0; first < ids.size(); first += stepSize) {
        if (control.cancel.isCancelled())
            return cancelled();
        if (control.progress)
            control.progress(0, ids.size());    // nothing is done yet, but somebody may want to see that it lives
        const auto missing = m_webhooks.missingOf(ids.mid(first, stepSize));
        if (!missing)
            return errorOf(missing);
        if (*missing)
            return tl::make_unexpected(deliveryUnknown(**missing));
    }
    return {};
}

/// The bodies of one step, which are read here and not before: together they can be large.
Result<QList<IncomingDelivery>> TaskService::storedStep(const Caller& caller, const QList<DeliveryId>& ids, qsizetype first) const
{
    const auto stored = m_webhooks.findDeliveries(ids.mid(first, stepSize), stepBytes);
    if (!stored)
        return errorOf(stored);
    if (stored->isEmpty())
        return tl::make_unexpected(deliveryUnknown(ids.at(first)));
    QList<IncomingDelivery> deliveries;
    for (const webhooks::Delivery& delivery : *stored) {
        deliveries.append({delivery.webhookId, delivery.webhookId ? std::nullopt : delivery.jobId, webhooks::Source::Replay, true,
                           delivery.method, delivery.headers, delivery.body, delivery.id, caller.operatorName});
    }
    return deliveries;
}

/// One step; cancelled in between it commits what it has.
Result<QList<WebhookOutcome>> TaskService::applyStep(const Caller& caller, const QList<DeliveryId>& ids, qsizetype first,
                                                     const QString& reason, const CancelToken& cancel)
{
    const auto deliveries = storedStep(caller, ids, first);
    if (!deliveries)
        return errorOf(deliveries);
    const auto alsoJournal = [&](const QList<WebhookOutcome>& outcomes) -> Result<void> {
        QList<jobs::JournalEntry> entries;
        for (qsizetype i = 0; i < outcomes.size(); ++i)
            entries.append(journalEntry(caller, u"replay"_s, u"delivery:"_s + ids.at(first + i).text, reason));
        return m_journal.insertAll(entries);
    };
    return recordBatch(*deliveries, Mode::Apply, alsoJournal, {cancel, {}});
}

}
