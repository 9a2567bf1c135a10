// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/list_repository.h"
#include "core/tasks/run_store.h"
#include "tests/support/store_fixture.h"

#include <algorithm>

/// A store with short words for what a test of the queue looks at.
class QueueFixture : public test_support::StoreFixture {
public:
    /// One of many equal jobs.
    static core::tasks::SubmitRequest request()
    {
        core::tasks::SubmitRequest request;
        request.type = core::JobType::MediaProbe;
        request.input = test_support::sampleInput(request.type);
        request.force = true;
        return request;
    }
    core::JobId submit() { return StoreFixture::submit(core::JobType::MediaProbe); }
    /// What a worker process does to the store, without its threads. It beats when it is told to.
    core::tasks::RunStore worker(const core::tasks::TaskSettings& workerSettings, std::chrono::microseconds lease)
    {
        core::broker::Worker worker;
        worker.host = QStringLiteral("here");
        worker.pid = 4711;
        worker.threads = 1;
        worker.leaseUs = lease.count();
        return core::tasks::RunStore(database(), workerSettings, worker, 3);
    }
    core::JobStatus status(const core::JobId& id) { return job(id).status; }
    QList<core::jobs::JobAttempt> attempts(const core::JobId& id) { return jobs().attempts(id).value(); }
    QStringList outcomes(const core::JobId& id)
    {
        QStringList words;
        const auto all = attempts(id);
        for (const auto& attempt : all)
            words << attempt.outcome;
        return words;
    }
    QList<core::jobs::JobEvent> events(const core::JobId& id, const QString& type)
    {
        auto all = jobs().events(id).value();
        all.removeIf([&](const core::jobs::JobEvent& event) { return event.eventType != type; });
        return all;
    }
    /// How often it ended.
    qsizetype ends(const core::JobId& id)
    {
        const auto all = events(id, QStringLiteral("status"));
        return std::count_if(all.begin(), all.end(),
                             [](const auto& event) { return core::jobs::isTerminal(core::jobs::parseStatus(event.statusText)); });
    }
    QList<core::broker::QueueMessage> messages(const core::JobId& id)
    {
        return core::broker::QueueRepository(database()).messagesOf(id).value();
    }
    /// Of the oldest worker.
    qint64 heartbeat()
    {
        const auto workers = core::broker::QueueRepository(database()).workers().value();
        return workers.isEmpty() ? 0 : workers.first().heartbeatUs;
    }
    qint64 countWith(core::JobStatus status)
    {
        const auto counts = core::jobs::JobListRepository(database()).countsByStatus();
        for (const auto& count : *counts) {
            if (count.status == status)
                return count.count;
        }
        return 0;
    }
};
