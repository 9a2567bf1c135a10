// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/tasks/actors.h"
#include "core/tasks/task_service.h"

#include <memory>

namespace core::tasks {

using Actor = std::function<Result<OutputPayload>(const RunTicket&, const ActorContext&)>;

struct WorkerSettings {
    database::DatabaseOptions database;
    int threads = 2;
    std::chrono::milliseconds lease{30'000};    ///< how long a silent worker is believed to live
    std::chrono::milliseconds poll{100};        ///< how late a change by another process may be seen
    /// On a server, whether somebody calls wake() for other processes' changes too; asked for often. Then it is looked for them this late.
    std::function<bool()> isTold = {};
    std::chrono::milliseconds pollWhenTold{5000};
    std::chrono::milliseconds progressEvery{500};
    int maxCrashes = 3;    ///< runs that may die with their worker before the job is FAILED
    media::Tools tools;
    media::Limits limits;
    Actor actor = runActor;
};

/// Runs jobs of the embedded queue: one dispatcher thread that reads and writes the store, one that only beats, and N threads that
/// only work. What the runs report is gathered and written in groups, so that many short jobs cost few commits.
class WorkerPool {
public:
    /// Opens the connection and registers; the error of either.
    [[nodiscard]] static Result<std::unique_ptr<WorkerPool>> start(const WorkerSettings& settings, const TaskSettings& tasks);
    /// Hands back what runs.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Something was submitted or cancelled: look now. From any thread.
    void wake();
    enum class Stop { Finish, HandBack };
    /// Takes nothing new. Finish lets the runs end; HandBack stops them and puts their jobs back to wait. May be called again with
    /// HandBack to hurry. Returns at once.
    void stop(Stop how);
    /// Blocks until all that was stopped is settled and the dispatcher has gone.
    void waitUntilStopped();

private:
    struct State;
    explicit WorkerPool(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
