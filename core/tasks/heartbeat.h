// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/broker/models.h"
#include "core/database/database.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace core::tasks {

/// Tells the store, four times in a lease, that a worker lives. Its thread has a connection of its own and does nothing else, so that no
/// slow disk and no long hook can make a living worker look dead.
class Heartbeat {
public:
    /// `lost` is called from its thread when others took the worker for dead; then it is silent until beatFor() names a new one.
    Heartbeat(const database::DatabaseOptions& options, Clock clock, std::chrono::milliseconds retryEvery, std::function<void()> lost);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    /// The worker as it has registered.
    void beatFor(const broker::Worker& worker);
    void setState(const QString& state);    ///< "draining": with the next beat

private:
    void run();
    /// Ever longer in a row of failures, of which only the first is logged; never so long that the lease could end meanwhile.
    [[nodiscard]] std::chrono::microseconds retryAfter(const char* what, const Error& error, std::chrono::microseconds lease);
    /// How long to wait until the next.
    [[nodiscard]] std::chrono::microseconds beat(std::unique_ptr<database::Database>& database);

    database::DatabaseOptions m_options;
    Clock m_clock;
    std::chrono::milliseconds m_retryEvery;
    std::chrono::microseconds m_retryIn;    // only its thread
    std::function<void()> m_lost;
    std::mutex m_mutex;    // guards what follows, but the thread
    std::condition_variable m_wake;
    std::optional<broker::Worker> m_worker;
    bool m_changed = false;
    bool m_stopping = false;
    std::thread m_thread;
};

}
