// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

namespace core::backend {

/// What is done with stored deliveries beside Backend::replay().
class DeliveryActs {
public:
    virtual ~DeliveryActs() = default;

    /// The deliveries that an act on all that a request takes will be on: frozen, newest first, without bodies. Whatever comes later is not
    /// among them; the request's `after` and `limit` play no part. Invalid filter_empty: it narrows nothing. TooLarge scope_too_large: over
    /// webhooks::maxScopeDeliveries.
    virtual Pending<QList<webhooks::Delivery>> freezeDeliveries(const webhooks::DeliveryRequest& request) = 0;
    /// A stored delivery's body as somebody edited it, as an event by hand for the same job (see tasks::TaskService::postEdited). NotFound
    /// delivery_unknown; Invalid delivery_jobless.
    virtual Pending<tasks::WebhookOutcome> postEdited(const Caller& caller, const DeliveryId& of, const QByteArray& body, tasks::Mode mode,
                                                      const QString& reason = {}) = 0;
};

/// The delivery acts of a backend; every one has them.
[[nodiscard]] DeliveryActs& deliveryActs(Backend& backend);

}
