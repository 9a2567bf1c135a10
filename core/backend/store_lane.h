// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/long_reads.h"
#include "core/base/lane.h"
#include "core/database/migrations.h"
#include "core/tasks/task_service.h"

#include <atomic>
#include <condition_variable>

namespace core::backend {

/// What runs on a lane may use: its own connection and the services over it.
struct Session {
    std::unique_ptr<database::Database> database;
    std::unique_ptr<tasks::TaskService> tasks;
};

/// What a server answered to the login that all lanes of a backend share. A refused one is not tried again, by none of them: again and again gets
/// an account locked. Whoever has another password opens another backend.
class SharedLogin {
public:
    void noteRefusal(const Error& error)
    {
        const std::scoped_lock lock(m_mutex);
        m_refusal = error;
    }
    [[nodiscard]] std::optional<Error> refusal() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_refusal;
    }

private:
    mutable std::mutex m_mutex;
    std::optional<Error> m_refusal;
};

/// A lane with a connection that is opened on its first use and closed on its own thread. A connection that could not be opened or was
/// lost is tried again by the next call, so that a store that was locked or away heals by itself.
class StoreLane {
public:
    StoreLane(database::DatabaseOptions options, const tasks::TaskSettings& settings) : m_options(std::move(options)), m_settings(settings)
    {
    }
    ~StoreLane()
    {
        m_isClosing = true;
        // what is left to do is done first: an act that a person asked for counts, also when they leave
        const auto closed = m_lane.run([this]() -> Result<bool> {
            m_session = {};
            const std::scoped_lock lock(m_mutex);
            m_isClosed = true;
            m_closed.notify_all();
            return true;
        });
        endWhatIsGivenUp();
        if (!closed.wait())
            qWarning("A connection was not closed on its own thread");
    }
    StoreLane(const StoreLane&) = delete;
    StoreLane& operator=(const StoreLane&) = delete;

    /// Before the first run: how an act is refused here that a read-only store refuses.
    void setRefusal(const Error& refusal) { m_refusal = refusal; }
    /// Before the first run: the lanes that log in as this one does.
    void setLogin(std::shared_ptr<SharedLogin> login) { m_login = std::move(login); }
    /// Before the first run: the connection is for rare work, and is closed after each.
    void setRare() { m_isRare = true; }
    /// For lanes that only read, from any thread: ends the statement that runs now; what comes after it answers Cancelled.
    void giveUp()
    {
        const std::scoped_lock lock(m_mutex);
        m_givenUp = true;
        if (m_running)
            m_running->interrupt();
    }

    /// Runs `work(Session&)`, which answers a Result, on the lane.
    template <class Work>
    auto run(Work work)
    {
        using Answer = std::invoke_result_t<Work, Session&>;
        return m_lane.run([this, work = std::move(work)]() mutable -> Answer {
            if (const auto begun = begin(); !begun)
                return errorOf(begun);
            Answer answer = work(m_session);
            end();
            if (m_isRare)
                m_session = {};
            if (m_refusal && !answer && answer.error().code == QLatin1StringView("read_only"))
                answer = tl::make_unexpected(*m_refusal);
            return answer;
        });
    }

    /// The same for a read that may be given up. One that is given up just between two of its statements goes on with the second.
    template <class Work>
    auto run(const ReadHandle& handle, Work work)
    {
        using Answer = std::invoke_result_t<Work, Session&>;
        return run([handle, work = std::move(work)](Session& session) mutable -> Answer {
            if (!handle.begin([database = session.database.get()] { database->interrupt(); }))
                return failure(ErrorKind::Cancelled, QStringLiteral("given_up"), QStringLiteral("Nobody waits for this any more"));
            Answer answer = work(session);
            handle.end();
            return answer;
        });
    }

private:
    /// A read that was given up just between two of its statements has gone on with the second: it is told again until it ends, as a server that
    /// stands still would else be waited for as long as a statement may take.
    void endWhatIsGivenUp()
    {
        std::unique_lock lock(m_mutex);
        while (!m_closed.wait_for(lock, std::chrono::milliseconds(100), [this] { return m_isClosed; })) {
            if (m_givenUp && m_running)
                m_running->interrupt();
        }
    }
    Result<void> begin()
    {
        if (isGivenUp())
            return gone();
        if (const auto open = ensureOpen(); !open)
            return open;
        const std::scoped_lock lock(m_mutex);
        if (m_givenUp)
            return gone();
        m_running = m_session.database.get();
        return {};
    }
    void end()
    {
        const std::scoped_lock lock(m_mutex);
        m_running = nullptr;
    }
    [[nodiscard]] bool isGivenUp()
    {
        const std::scoped_lock lock(m_mutex);
        return m_givenUp;
    }
    static tl::unexpected<Error> gone()
    {
        return failure(ErrorKind::Cancelled, QStringLiteral("closed"), QStringLiteral("The connection was closed before this was done"));
    }
    Result<void> ensureOpen()
    {
        if (m_session.database && m_session.database->isLost())
            m_session = {};
        if (m_session.database)
            return {};
        if (const auto refused = m_login->refusal())
            return tl::make_unexpected(*refused);
        auto database = database::Database::open(m_options);
        if (!database && database.error().code == QLatin1StringView("store_login"))
            m_login->noteRefusal(database.error());
        if (!database) {
            if (m_isClosing)    // what else is left to do would wait for the same server, each as long
                giveUp();
            return errorOf(database);
        }
        if (const auto migrated = database::migrate(**database); !migrated)
            return migrated;
        m_session.database = std::move(*database);
        m_session.tasks = std::make_unique<tasks::TaskService>(*m_session.database, m_settings);
        return {};
    }

    database::DatabaseOptions m_options;
    const tasks::TaskSettings& m_settings;
    std::shared_ptr<SharedLogin> m_login = std::make_shared<SharedLogin>();
    std::optional<Error> m_refusal;
    bool m_isRare = false;
    std::atomic<bool> m_isClosing = false;
    Session m_session;     // only the lane touches it
    std::mutex m_mutex;    // guards what giveUp() and the lane share
    bool m_givenUp = false;
    bool m_isClosed = false;    // the session is gone
    std::condition_variable m_closed;
    database::Database* m_running = nullptr;    // while work uses it
    Lane m_lane;                                // last: stops before the rest goes
};

}
