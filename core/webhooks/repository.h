// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/jobs/models.h"
#include "core/webhooks/models.h"

namespace core::webhooks {

/// Where a page of deliveries continues: the newest first.
struct DeliveryKey {
    Time receivedAt{};
    DeliveryId id;
};

/// What a dry run has to know of a delivery before it reads its body.
struct DeliveryWeight {
    std::optional<JobId> job;    ///< of its address, else its own; none: nobody knows the job
    qint64 bodyBytes = 0;
};

class WebhookRepository {
public:
    explicit WebhookRepository(database::Database& database) : m_database(database) {}

    [[nodiscard]] Result<void> insert(const Webhook& webhook);
    [[nodiscard]] Result<std::optional<Webhook>> find(const WebhookId& id) const;
    [[nodiscard]] Result<std::optional<Webhook>> findOfJob(const JobId& id) const;

    [[nodiscard]] Result<void> insertDelivery(const Delivery& delivery);
    [[nodiscard]] Result<void> insertDeliveries(const QList<Delivery>& deliveries);
    /// Whole, with their bodies: the first of them in the order of the list, up to one that is not there or until their bodies are that large.
    [[nodiscard]] Result<QList<Delivery>> findDeliveries(const QList<DeliveryId>& ids, qsizetype bodyBytes) const;
    /// Whole, with its body.
    [[nodiscard]] Result<std::optional<Delivery>> findDelivery(const DeliveryId& id) const;
    /// One of them that is not there; nothing if all are.
    [[nodiscard]] Result<std::optional<DeliveryId>> missingOf(const QList<DeliveryId>& ids) const;
    [[nodiscard]] Result<std::optional<DeliveryWeight>> weightOf(const DeliveryId& id) const;
    [[nodiscard]] Result<QList<DeliveryId>> findDeliveriesByIdPrefix(const QString& prefix, int limit) const;
    /// Newest first, without bodies; of one job or of all.
    [[nodiscard]] Result<QList<Delivery>> deliveries(const std::optional<JobId>& jobId, const std::optional<DeliveryKey>& before,
                                                     int limit) const;
    /// Of one job, without bodies, oldest first: the first `limit`.
    [[nodiscard]] Result<QList<Delivery>> deliveriesInOrder(const JobId& jobId, int limit) const;
    /// Deliveries of a job with their bodies, oldest first.
    [[nodiscard]] Result<QList<Delivery>> deliveriesWithBodies(const JobId& jobId, Outcome outcome) const;
    [[nodiscard]] Result<int> removeDeliveriesOf(const JobId& id);

private:
    database::Database& m_database;
};

/// The columns of a Delivery without its body, in the order that deliveryFromRow reads them.
[[nodiscard]] const char* deliveryColumns();
[[nodiscard]] Delivery deliveryFromRow(database::Row& row);

}
