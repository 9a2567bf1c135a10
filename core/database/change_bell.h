// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/database/postgres_wait.h"

#include <atomic>
#include <thread>

struct pg_conn;

namespace core::database {

/// How the processes that share a store on a server tell each other that something has changed: NOTIFY and LISTEN in a session of its own,
/// which does nothing else. It says only of which kind the change is, and after its commit: inside a transaction it would have every
/// commit of the server wait for the one before. Whoever hears it reads on in the change feed, and whoever misses it does at their next look,
/// so that a lost word costs a moment and never a change. A server that is gone is looked for until it is back.
class ChangeBell {
public:
    enum class Kind {
        Changed,
        Queued    ///< a change that workers wait for: a message that came, a run to be stopped
    };
    enum class Heard {
        Changed,    ///< by another session
        Queued,
        Lost,    ///< the server has gone or is silent
        Found    ///< from now on all is heard; what was missed must be read
    };
    using Listener = std::function<void(Heard)>;

    /// Returns at once. `listener` is called in the bell's thread, until this is gone. Every `beatEvery` it rings for itself and must hear
    /// it, within 5 s: a session that is open and does not hear is no use.
    ChangeBell(const DatabaseOptions& options, std::chrono::milliseconds beatEvery, Listener listener);
    /// What was rung is sent first, if the server takes it within a second. Waits for a try to connect that is under way.
    ~ChangeBell();
    ChangeBell(const ChangeBell&) = delete;
    ChangeBell& operator=(const ChangeBell&) = delete;

    /// From any thread; returns at once. However often it is rung, the server is told a few times at once and then once in 10 ms.
    void ring(Kind kind);
    /// Whether other sessions' changes are heard at the moment. Not on a server that is a standby: there nobody can listen.
    [[nodiscard]] bool isListening() const { return m_isListening; }

private:
    enum class Contact { Made, NotMade, Deaf, Refused };
    void run();
    [[nodiscard]] static std::chrono::milliseconds pauseAfter(Contact contact, std::chrono::milliseconds retry);
    [[nodiscard]] Contact connect();
    void disconnect();
    void talk();
    [[nodiscard]] std::chrono::steady_clock::time_point nextWordAt() const;
    [[nodiscard]] bool say();
    [[nodiscard]] bool beat();
    void hear();
    /// The first column of the first row, or an empty text; nothing if it failed.
    [[nodiscard]] std::optional<QByteArray> ask(const QByteArray& sql);
    void wait(const postgres::Deadline& until);

    DatabaseOptions m_options;
    std::chrono::milliseconds m_beatEvery;
    Listener m_listener;
    std::atomic<bool> m_isStopping = false;
    std::atomic<bool> m_isListening = false;
    std::atomic<int> m_rung = 0;    // bits of what is not sent yet
    postgres::Wakeup m_wakeup;

    // Only the thread touches these.
    pg_conn* m_handle = nullptr;
    QByteArray m_channel;
    QByteArray m_ownChannel;    // for the beat: nobody else is woken by it
    bool m_hasHeardBeat = false;
    std::chrono::steady_clock::time_point m_wordsUntil{};    // taken up by what was said
    std::chrono::steady_clock::time_point m_nextBeat{};

    std::thread m_thread;    // last: it must find everything above made
};

}
