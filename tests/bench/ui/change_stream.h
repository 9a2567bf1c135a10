// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace bench {

/// Progress of running jobs, each a commit of its own, reported through a backend from a thread of its own: "change 1", "change 2", ... in turn over the
/// jobs.
class ChangeStream {
public:
    struct Change {
        int job = 0;
        int number = 0;
        double committedAtMs = 0;
    };

    /// `perSecond`: 0 for as many as go.
    ChangeStream(core::backend::Backend& backend, QList<core::JobId> jobs, int perSecond);
    ~ChangeStream();
    ChangeStream(const ChangeStream&) = delete;
    ChangeStream& operator=(const ChangeStream&) = delete;

    /// Ends it; the first change has number 1 and stands first.
    [[nodiscard]] std::vector<Change> stop();
    [[nodiscard]] int count() const { return m_count; }

private:
    [[nodiscard]] int jobOf(int number) const { return (number - 1) % static_cast<int>(m_jobs.size()); }
    [[nodiscard]] core::Pending<core::tasks::WebhookOutcome> report(int number);
    void run();
    bool restUntil(std::chrono::steady_clock::time_point next);

    core::backend::Backend& m_backend;
    QList<core::JobId> m_jobs;
    int m_perSecond;
    std::mutex m_mutex;
    std::condition_variable m_stirred;
    bool m_ends = false;
    std::atomic<int> m_count = 0;
    std::vector<Change> m_changes;    // the thread's until it is joined
    std::thread m_thread;
};

}
