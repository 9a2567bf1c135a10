// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/task_service.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype stepSize = 100;    // deliveries in one transaction: what a cancel or another writer waits for at most

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
    // All are looked for first, so that an unknown one stops the replay before it has changed anything.
    if (const auto known = requireDeliveries(ids, control); !known)
        return errorOf(known);
    if (mode == Mode::DryRun) {    // one transaction: each sees what the ones before it did
        const auto deliveries = storedDeliveries(caller, ids);
        if (!deliveries)
            return errorOf(deliveries);
        return recordBatch(*deliveries, mode, {}, control);
    }
    QList<WebhookOutcome> outcomes;
    for (qsizetype first = 0; first < ids.size() && !control.cancel.isCancelled(); first += stepSize) {
        const auto applied = applyAgain(caller, ids.mid(first, stepSize), reason);
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

Result<void> TaskService::requireDeliveries(const QList<DeliveryId>& ids, const ActControl& control) const
{
    for (qsizetype i = 0; i < ids.size(); ++i) {
        if (control.cancel.isCancelled())
            return cancelled();
        if (control.progress && i % stepSize == 0)
            control.progress(0, ids.size());    // nothing is done yet, but somebody may want to see that it lives
        const auto found = m_webhooks.hasDelivery(ids.at(i));
        if (!found)
            return errorOf(found);
        if (!*found)
            return tl::make_unexpected(deliveryUnknown(ids.at(i)));
    }
    return {};
}

Result<QList<IncomingDelivery>> TaskService::storedDeliveries(const Caller& caller, const QList<DeliveryId>& ids) const
{
    QList<IncomingDelivery> deliveries;
    deliveries.reserve(ids.size());
    for (const DeliveryId& id : ids) {
        const auto stored = m_webhooks.findDelivery(id);
        if (!stored)
            return errorOf(stored);
        if (!*stored)
            return tl::make_unexpected(deliveryUnknown(id));
        const webhooks::Delivery& delivery = **stored;
        deliveries.append({delivery.webhookId, delivery.webhookId ? std::nullopt : delivery.jobId, webhooks::Source::Replay, true,
                           delivery.method, delivery.headers, delivery.body, id, caller.operatorName});
    }
    return deliveries;
}

/// One step. Its bodies are read here and not before: together they can be large.
Result<QList<WebhookOutcome>> TaskService::applyAgain(const Caller& caller, const QList<DeliveryId>& ids, const QString& reason)
{
    const auto deliveries = storedDeliveries(caller, ids);
    if (!deliveries)
        return errorOf(deliveries);
    return recordWebhookEvents(*deliveries, Mode::Apply, [&](const QList<WebhookOutcome>&) -> Result<void> {
        for (const DeliveryId& id : ids) {
            if (const auto noted = journal(caller, u"replay"_s, u"delivery:"_s + id.text, reason); !noted)
                return noted;
        }
        return {};
    });
}

}
