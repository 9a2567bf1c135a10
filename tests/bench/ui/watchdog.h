// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <condition_variable>
#include <ctime>
#include <mutex>
#include <optional>
#include <thread>

namespace bench {

/// How long the GUI thread did not answer.
struct Stall {
    double wallMs = 0;
    double cpuMs = 0;    ///< the longest by the GUI thread's own processor time: what is left of it on a quiet machine
};

/// Watches the GUI thread from another one: a heartbeat is posted to it, and the next one once it was answered. A stall is the time
/// from post to answer. Lives in the GUI thread.
class Watchdog final : public QObject {
public:
    explicit Watchdog(QObject* parent = nullptr);
    ~Watchdog() override;

    /// The longest since the last call, or since the beginning.
    [[nodiscard]] Stall takeLongest();

protected:
    bool event(QEvent* event) override;

private:
    void watch();

    clockid_t m_guiClock{};
    std::mutex m_mutex;    // guards what follows
    std::condition_variable m_stirred;
    std::optional<std::pair<double, double>> m_asked;    // when, by both clocks
    bool m_ends = false;
    Stall m_longest;
    std::thread m_thread;    // last: what it uses is there
};

}
