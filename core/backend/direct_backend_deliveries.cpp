// SPDX-License-Identifier: Apache-2.0
// Stored deliveries: again, edited, and why their signatures were refused.
#include "core/backend/direct_backend_state.h"
#include "core/backend/masking.h"
#include "core/webhooks/delivery_list_repository.h"
#include "core/webhooks/signature_examination.h"

#include <QScopeGuard>

namespace core::backend {

using namespace Qt::StringLiterals;

DeliveryActs& deliveryActs(Backend& backend)
{
    return dynamic_cast<DeliveryActs&>(backend);
}

Pending<QList<webhooks::Delivery>> DirectBackend::freezeDeliveries(const webhooks::DeliveryRequest& request)
{
    return m_state->statistics->run([=, closing = m_state->closing.token()](Session& session) {
        return masked(webhooks::DeliveryListRepository(*session.database).freeze(request, closing));
    });
}

Pending<QList<tasks::WebhookOutcome>> DirectBackend::replay(const Caller& caller, const QList<DeliveryId>& ids, tasks::Mode mode,
                                                            const tasks::ActControl& control, const QString& reason)
{
    // A dry run is what an act is decided by: it waits for none that is under way.
    StoreLane& lane = mode == tasks::Mode::DryRun ? *m_state->rehearsals : *m_state->bulk;
    return lane.run([=, caller = m_state->here(caller), control = m_state->untilClosing(control)](Session& session) {
        return masked(session.tasks->replay(caller, ids, mode, control, reason));
    });
}

Pending<tasks::WebhookOutcome> DirectBackend::post(const Caller& caller, const JobId& id, const QByteArray& body, tasks::Mode mode,
                                                   const QString& reason)
{
    return m_state->acts->run(
        [=, caller = m_state->here(caller)](Session& session) { return masked(session.tasks->post(caller, id, body, mode, reason)); });
}

Pending<tasks::WebhookOutcome> DirectBackend::postEdited(const Caller& caller, const DeliveryId& of, const QByteArray& body,
                                                         tasks::Mode mode, const QString& reason)
{
    return m_state->acts->run([=, caller = m_state->here(caller)](Session& session) {
        return masked(session.tasks->postEdited(caller, of, body, mode, reason));
    });
}

Pending<webhooks::SignatureReport> DirectBackend::examineSignature(const DeliveryId& id, const QByteArray& typedSecret)
{
    return examineSignature(id, typedSecret, ReadHandle());
}

Pending<webhooks::SignatureReport> DirectBackend::examineSignature(const DeliveryId& id, const QByteArray& typedSecret,
                                                                   const ReadHandle& handle)
{
    return m_state->signatures->run([=, state = m_state.get()](Session& session) -> Result<webhooks::SignatureReport> {
        const CancelSource givenUp;
        if (!handle.begin([givenUp] { givenUp.cancel(); }))
            return failure(ErrorKind::Cancelled, u"given_up"_s, u"Nobody waits for this any more"_s);
        const auto end = qScopeGuard([&] { handle.end(); });
        webhooks::Examination with;
        with.cancel = state->closing.token().joinedWith(givenUp.token());
        if (!typedSecret.isEmpty()) {
            const auto key = webhooks::decodeSecret(typedSecret);
            if (!key)
                return errorOf(key);
            with.others.append(webhooks::CandidateSecret{u"the secret that was given as the key"_s, *key});
            with.others.append(webhooks::CandidateSecret{u"the text of the secret that was given as the key"_s, typedSecret});
        }
        // Not masked: it is compared here and does not leave.
        const auto delivery = webhooks::WebhookRepository(*session.database).findDelivery(id);
        if (!delivery)
            return errorOf(delivery);
        if (!*delivery)
            return failure(ErrorKind::NotFound, u"delivery_unknown"_s, u"There is no delivery %1"_s.arg(id.text), u"id"_s);
        if (!(*delivery)->webhookId)
            return failure(ErrorKind::Invalid, u"delivery_unsigned"_s,
                           u"This delivery came to no webhook, so there is no signature to examine"_s, u"id"_s);
        if (state->settings.masterKey.isKnown())
            with.secret = state->settings.masterKey.secretOf(*(*delivery)->webhookId);
        return webhooks::examineSignature(**delivery, with);
    });
}

}
