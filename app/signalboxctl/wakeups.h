// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace app {

/// What a command waits for: a change in the store, a signal, or some time. The handler of SIGINT and SIGTERM only writes to an eventfd; a thread
/// reads it and counts. One for the program; it puts the handlers back when it goes.
class Wakeups {
public:
    Wakeups();
    ~Wakeups();
    Wakeups(const Wakeups&) = delete;
    Wakeups& operator=(const Wakeups&) = delete;

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
