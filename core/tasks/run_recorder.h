// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/actors.h"
#include "core/tasks/webhook_event.h"

#include <nlohmann/json_fwd.hpp>

namespace core::tasks {

/// Listens to one run: throttles its progress into reports, keeps its commands and the tail of what the tools said.
class RunRecorder {
public:
    RunRecorder(std::chrono::milliseconds every, std::function<void(const WebhookEvent&)> send);
    ~RunRecorder();

    [[nodiscard]] media::RunContext contextFor(const RunTicket& ticket, const media::Tools& tools, const media::Limits& limits,
                                               const CancelToken& cancel);
    [[nodiscard]] QByteArray commands() const;    ///< JSON
    [[nodiscard]] const QByteArray& log() const { return m_log; }
    /// RUNNING was the first; each progress report counts one up.
    [[nodiscard]] qint64 lastSequence() const { return m_sequence; }

private:
    void progress(double fraction);
    void keep(const media::CommandRecord& record);

    std::chrono::milliseconds m_every;
    std::function<void(const WebhookEvent&)> m_send;
    int m_attempt = 0;
    qint64 m_sequence = 1;
    int m_lastPercent = 0;
    std::chrono::steady_clock::time_point m_lastSent{};
    std::unique_ptr<nlohmann::ordered_json> m_commands;
    QByteArray m_log;
};

}
