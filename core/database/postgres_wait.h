// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>

struct pg_conn;

namespace core::database::postgres {

/// None: for as long as it takes.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

/// What any thread rings to get a waiting one's ear.
class Wakeup {
public:
    Wakeup();
    ~Wakeup();
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;

    void ring() const;
    void clear() const;
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

enum class Readiness { Ready, Woken, TimedOut };
/// Waits until there is something to read (or room to write, where that is waited for as well), or somebody rings. Without a connection only
/// for the ring. Ready may be said too early: what comes over an encrypted connection does not always show on its socket.
[[nodiscard]] Readiness waitFor(pg_conn* connection, bool alsoToWrite, const Wakeup& wakeup, const Deadline& deadline);

/// Sends what is left to send and waits until PQgetResult() answers without waiting. `woken` is called when somebody rang and may bring the
/// end forward. False: the time is up, and this connection is of no more use.
[[nodiscard]] bool awaitAnswer(pg_conn* connection, const Wakeup& wakeup, Deadline deadline, const std::function<void(Deadline&)>& woken);

/// The earlier of the two.
void bringForward(Deadline& deadline, std::chrono::milliseconds fromNow);

/// What a server says besides its answers ("terminating connection ...") does not go to the program's standard error.
void keepQuiet(pg_conn* connection);

/// Whether the server has hung up, as far as this end knows without asking it. For a connection that waits for nothing.
[[nodiscard]] bool hasHungUp(pg_conn* connection);

}
