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

}

Result<QList<WebhookOutcome>> TaskService::replay(const Caller& caller, const QList<DeliveryId>& ids, Mode mode, const ActControl& control)
{
    if (mode == Mode::Apply) {
        if (const auto allowed = base::requireWrite(caller); !allowed)
            return errorOf(allowed);
    }
    // All are looked for first, so that an unknown one stops the replay before it has changed anything.
    QList<IncomingDelivery> deliveries;
    deliveries.reserve(ids.size());
    for (const DeliveryId& id : ids) {
        if (control.cancel.isCancelled())
            return cancelled();
        if (control.progress && deliveries.size() % stepSize == 0)
            control.progress(0, ids.size());    // nothing is done yet, but somebody may want to see that it lives
        auto stored = storedDelivery(caller, id);
        if (!stored)
            return errorOf(stored);
        deliveries.append(std::move(*stored));
    }
    if (mode == Mode::DryRun)
        return recordBatch(deliveries, mode, {}, control);    // one transaction: each sees what the ones before it did

    QList<WebhookOutcome> outcomes;
    for (qsizetype first = 0; first < deliveries.size() && !control.cancel.isCancelled(); first += stepSize) {
        const auto applied = applyAgain(caller, deliveries.mid(first, stepSize));
        if (!applied)
            return errorOf(applied);
        outcomes.append(*applied);
        if (control.progress)
            control.progress(outcomes.size(), deliveries.size());
    }
    return outcomes;
}

Result<IncomingDelivery> TaskService::storedDelivery(const Caller& caller, const DeliveryId& id) const
{
    const auto stored = m_webhooks.findDelivery(id);
    if (!stored)
        return errorOf(stored);
    if (!*stored)
        return failure(ErrorKind::NotFound, u"delivery_unknown"_s, u"There is no delivery %1"_s.arg(id.text), u"id"_s);
    const webhooks::Delivery& delivery = **stored;
    return IncomingDelivery{delivery.webhookId,
                            delivery.webhookId ? std::nullopt : delivery.jobId,
                            webhooks::Source::Replay,
                            true,
                            delivery.method,
                            delivery.headers,
                            delivery.body,
                            id,
                            caller.operatorName};
}

/// One step: the reports and the journal's entries in one transaction.
Result<QList<WebhookOutcome>> TaskService::applyAgain(const Caller& caller, const QList<IncomingDelivery>& deliveries)
{
    return recordWebhookEvents(deliveries, Mode::Apply, [&](const QList<WebhookOutcome>&) -> Result<void> {
        for (const IncomingDelivery& delivery : deliveries) {
            if (const auto noted = journal(caller, u"replay"_s, u"delivery:"_s + delivery.replayOf->text, {}); !noted)
                return noted;
        }
        return {};
    });
}

}
