// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/run_store.h"

#include <chrono>
#include <optional>

namespace core::tasks {

/// A worker's connection and what it does over it. Where a server was lost it is opened again; until then every step of the store fails at
/// once, and the worker's rounds go on.
class RunConnection {
public:
    RunConnection(const database::DatabaseOptions& options, const TaskSettings& tasks, int maxCrashes, std::chrono::milliseconds firstRetry)
        : m_options(options), m_tasks(tasks), m_maxCrashes(maxCrashes), m_firstRetry(firstRetry)
    {
    }
    /// Registers the worker as well.
    [[nodiscard]] Result<void> open(const broker::Worker& worker);
    [[nodiscard]] RunStore& store() { return *m_store; }    ///< once open; another one after reopenIfLost()
    [[nodiscard]] bool isLost() const { return m_database->isLost(); }
    /// Tries ever more seldom, every 2 s at last. True: there is another connection, for the same worker, whose lease may outlast the loss.
    [[nodiscard]] bool reopenIfLost();

private:
    using SteadyClock = std::chrono::steady_clock;

    database::DatabaseOptions m_options;
    const TaskSettings& m_tasks;
    int m_maxCrashes;
    std::chrono::milliseconds m_firstRetry;
    std::unique_ptr<database::Database> m_database;
    std::optional<RunStore> m_store;
    SteadyClock::time_point m_nextTry{};
    SteadyClock::duration m_delay{};
};

}
