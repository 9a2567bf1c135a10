// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/tasks/task_service.h"
#include "tests/bench/figures.h"
#include "tests/bench/postgres_floor.h"
#include "tests/support/test_store.h"

#include <QTemporaryDir>

#include <thread>

namespace bench {

/// Starts a server of the bench's own, with fsync, at the first call; it ends with the program.
void needServer();

/// A session of the product on a store, as each of a fleet's processes has one.
struct PgSession {
    std::unique_ptr<core::database::Database> database;
    std::unique_ptr<core::tasks::TaskService> service;
};

/// A store on that server, and a second one of the same schema for the floor.
class PgStore {
public:
    explicit PgStore(const QString& folder);

    [[nodiscard]] PgSession session() const;
    [[nodiscard]] std::unique_ptr<PgFloor> floor() const;
    [[nodiscard]] const QString& path() const { return m_product.path(); }
    [[nodiscard]] core::tasks::TaskSettings& settings() { return m_settings; }
    /// A wish for a job that no other is a twin of; from any thread.
    [[nodiscard]] core::tasks::SubmitRequest nextRequest();
    [[nodiscard]] QList<core::tasks::SubmitRequest> nextRequests(int count);
    [[nodiscard]] core::tasks::IncomingDelivery signedProgress(const core::WebhookId& webhook, qint64 sequence) const;

private:
    QTemporaryDir m_folder;
    test_support::TestStore m_product;
    test_support::TestStore m_bare;
    core::tasks::TaskSettings m_settings;
    std::atomic<int> m_requests = 0;
};

/// The floor's statements of a submit, prepared on its session.
void prepareSubmit(PgFloor& floor);
struct PgFloorJob {
    QByteArray id;
    QByteArray webhook;
};
/// BEGIN, job, webhook, event, message, journal, COMMIT.
[[nodiscard]] std::vector<PgStep> submitSteps(const PgFloorJob& job);
[[nodiscard]] PgFloorJob nextFloorJob();

/// The floor's statements of a report, prepared on its session.
void prepareReport(PgFloor& floor);
/// Job (locked), its update, event, delivery; without BEGIN and COMMIT.
[[nodiscard]] std::vector<PgStep> reportSteps(const PgFloorJob& job, bool isDone);

/// `work(worker)` once in each of `workers` threads at the same time; how many of `count` operations a second that makes.
template <class Work>
[[nodiscard]] double rateAtOnce(int workers, int count, Work work)
{
    return rateOf(count, [&] {
        std::vector<std::jthread> threads;
        for (int i = 0; i < workers; ++i)
            threads.emplace_back([&work, i] { work(i); });
    });
}

}
