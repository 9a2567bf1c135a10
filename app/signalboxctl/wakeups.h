// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace app {

/// What a command waits for: a change in the store, a signal, or some time. One for the program.
class Wakeups {
public:
    Wakeups() = default;
    ~Wakeups();
    Wakeups(const Wakeups&) = delete;
    Wakeups& operator=(const Wakeups&) = delete;

    /// From now on SIGINT and SIGTERM are counted here, where before they end the program at once, and the third still does. The handler only
    /// writes to an eventfd, which a thread reads. The handlers are put back when this goes; a second call changes nothing.
    void catchSignals();
    /// From any thread: something changed.
    void changed();
    /// Returns at a change, at a signal that was not yet seen here, or after `longest`.
    void wait(std::chrono::milliseconds longest);
    /// How often somebody asked for the end.
    [[nodiscard]] int interrupts() const;

private:
    void readSignals();

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_hasChange = false;
    int m_interrupts = 0;
    int m_seenInterrupts = 0;
    int m_event = -1;
    std::thread m_reader;
};

}
