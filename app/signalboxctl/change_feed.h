// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/session.h"

#include <functional>

namespace app {

/// Reads the store's events from a position on, whoever wrote them.
class ChangeFeed {
public:
    explicit ChangeFeed(Session& session) : m_session(session) {}
    /// From what is newest now; signals are caught from here on. Call it before reading what the events will change, so that nothing falls between.
    [[nodiscard]] core::Result<void> start();
    /// Waits for events, an interrupt, or until the store wants to be looked at again though nothing was told (ChangePage::nextLook), but no longer
    /// than `longest`; then everything that is new, which may be nothing.
    [[nodiscard]] core::Result<QList<core::jobs::JobEvent>> next(std::chrono::milliseconds longest = std::chrono::minutes(1));

private:
    Session& m_session;
    qint64 m_position = 0;
    std::chrono::milliseconds m_nextLook = pollInterval;
};

/// Waits until the job has ended or somebody interrupts, which the answer's status tells. `report` hears of each state on the way.
[[nodiscard]] core::Result<core::backend::JobDetails> waitForEnd(Session& session, const core::JobId& id,
                                                                 const std::function<void(const core::jobs::Job&)>& report);

/// A bar on a terminal; else a remark at each new state and each tenth of the way.
class ProgressReport {
public:
    explicit ProgressReport(Output& output) : m_output(output) {}
    void show(const core::jobs::Job& job);

private:
    Output& m_output;
    QString m_shown;
};

}
