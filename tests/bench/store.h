// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/tasks/task_service.h"
#include "tests/bench/figures.h"
#include "tests/bench/floor.h"

#include <QTemporaryDir>

namespace bench {

/// Two stores that begin alike: one for the product, one for the floor, with a storage that has the one input in it.
class Store {
public:
    explicit Store(const QString& folder);

    core::database::Database& database() { return *m_database; }
    core::tasks::TaskService& service() { return *m_service; }
    const core::tasks::TaskSettings& settings() const { return m_settings; }
    core::tasks::TaskSettings& settings() { return m_settings; }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("product.db")); }
    Floor& floor() { return *m_floor; }

    /// A wish for a job that no other is a twin of.
    [[nodiscard]] core::tasks::SubmitRequest nextRequest();
    [[nodiscard]] QList<core::tasks::SubmitRequest> nextRequests(int count);
    /// New jobs on both sides.
    [[nodiscard]] QList<core::tasks::SubmitAnswer> submitted(int count);
    [[nodiscard]] std::vector<FloorJob> submittedOnFloor(int count);
    /// A report as it comes over the network: to a webhook's address, signed a moment ago.
    [[nodiscard]] core::tasks::IncomingDelivery signedDelivery(const core::WebhookId& webhook,
                                                               const core::tasks::WebhookEvent& event) const;

private:
    QTemporaryDir m_folder;
    core::tasks::TaskSettings m_settings;
    std::unique_ptr<core::database::Database> m_database;
    std::unique_ptr<core::tasks::TaskService> m_service;
    std::unique_ptr<Floor> m_floor;
    int m_requests = 0;
};

[[nodiscard]] const core::Caller& benchCaller();

/// A wish for a job that no other is a twin of, as long as no number comes twice.
[[nodiscard]] core::tasks::SubmitRequest sampleRequest(int number);
/// A report as it comes over the network: to a webhook's address, signed a moment ago.
[[nodiscard]] core::tasks::IncomingDelivery signedReport(const core::webhooks::MasterKey& key, const core::WebhookId& webhook,
                                                         const core::tasks::WebhookEvent& event);
/// Of each job one signed progress that was refused and kept: what a person replays in bulk.
[[nodiscard]] QList<core::DeliveryId> keepRefused(core::database::Database& database, const core::webhooks::MasterKey& key,
                                                  const QList<core::tasks::SubmitAnswer>& jobs);

[[nodiscard]] core::tasks::WebhookEvent runningEvent();
[[nodiscard]] core::tasks::WebhookEvent progressEvent(qint64 sequence);
[[nodiscard]] core::tasks::WebhookEvent failedEvent();
/// The DONE of a FRAME_EXTRACT that found no frame: an artifact, but no file to read or write.
[[nodiscard]] core::tasks::WebhookEvent doneEvent();

}
