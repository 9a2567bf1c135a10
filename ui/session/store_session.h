// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "core/base/lane.h"
#include "ui/session/connection_profile.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace ui {

class BackgroundTasks;

/// One open connection and its live feed. Windows on the same connection share it. Lives in the GUI thread and never blocks it:
/// opening runs on a lane, reading goes through the backend.
class StoreSession final : public QObject {
    Q_OBJECT

public:
    enum class State {
        Opening,
        Open,
        Unreachable    ///< see error(); tries again by itself
    };

    explicit StoreSession(ConnectionProfile profile, QObject* parent = nullptr);
    ~StoreSession() override;
    /// Where the connection is closed once the session goes: that waits for what it still does, be it the opening of a locked store.
    void setCloser(std::shared_ptr<core::Lane> closer) { m_closer = std::move(closer); }
    [[nodiscard]] const std::shared_ptr<core::Lane>& closer() const { return m_closer; }

    /// Asked for the password before a store on a server is opened, and again once that server refuses the login: calls back in this thread, with
    /// nothing where there is none. It is kept nowhere here but in the connections that are made with it.
    using PasswordSource = std::function<void(std::function<void(const QString&)>)>;
    void setPasswordSource(PasswordSource source) { m_passwordSource = std::move(source); }

    /// Begins to open; stateChanged() tells how it went.
    void open();
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    [[nodiscard]] const ConnectionProfile& profile() const { return m_profile; }
    /// Null until it was open once; then it stays, also while unreachable, so that a page can ask again. After a refused login there is another
    /// one as soon as another password is taken; the one before lives on for whoever still uses it.
    [[nodiscard]] core::backend::Backend* backend() const { return m_backend.get(); }
    /// Empty with a backend that may write; else the sentence that says why not.
    [[nodiscard]] core::backend::Capabilities capabilities() const;
    /// Who acts: the person's login name on this connection.
    [[nodiscard]] core::Caller caller() const;

    /// Why it is Unreachable.
    [[nodiscard]] const core::Error& error() const { return m_error; }
    [[nodiscard]] int tries() const { return m_tries; }
    /// A try is under way or will come by itself; a refused login waits for a person.
    [[nodiscard]] bool triesAgain() const { return m_opening || m_retryTimer.isActive(); }
    [[nodiscard]] std::optional<core::Time> unreachableSince() const { return m_unreachableSince; }
    [[nodiscard]] std::optional<core::Time> lastAnswerAt() const { return m_lastAnswerAt; }
    /// Milliseconds until the next try by itself, and how long that wait is in all.
    [[nodiscard]] int nextTryInMs() const;
    [[nodiscard]] int tryIntervalMs() const { return m_retryTimer.interval(); }
    void tryNow();

    /// What goes on in the background on this connection, whichever window it was asked from.
    [[nodiscard]] BackgroundTasks& tasks() const { return *m_tasks; }

    /// Live off: nothing is asked of the store but what a person asks for.
    [[nodiscard]] bool isLive() const { return m_live; }
    void setLive(bool live);

    /// Whoever meets a store that cannot be used says so, and the session looks whether it is still there.
    void noteFailure(const core::Error& error);

signals:
    void stateChanged();
    void liveChanged(bool live);
    /// What happened since the last time, oldest first; at most every 20 ms. Also what other processes did.
    void changed(const QList<core::jobs::JobEvent>& events);
    /// More happened than is worth telling one by one (after a pause, or 5,000 changes at once): read again what is shown.
    void changedMuch();
    /// The 5,000 changes at once that changedMuch() stands for, for whoever only counts them; the rest follows, so or as changed().
    void overran(const QList<core::jobs::JobEvent>& events);

private:
    void openAgain();
    void openWith(const QString& password);
    void retireBackend();
    bool goBackTo(qint64 position);
    void checkPosition();
    void takeBackend(const core::Result<bool>& opened);
    void setUnreachable(const core::Error& error);
    void setOpen(bool mustReadAgain = false);
    void startFeed();
    void listen();
    void noteCommit();
    void poll();
    void takeChanges(const core::Result<core::backend::ChangePage>& page);

    ConnectionProfile m_profile;
    PasswordSource m_passwordSource;
    State m_state = State::Opening;
    std::shared_ptr<core::backend::Backend> m_backend;
    core::Error m_error;
    int m_tries = 0;
    std::optional<core::Time> m_unreachableSince;
    std::optional<core::Time> m_lastAnswerAt;
    QTimer m_retryTimer;
    QTimer m_pollTimer;    // other processes' changes that nobody tells of, and a breath between two reads
    bool m_live = true;
    bool m_opening = false;      // a try is under way
    bool m_tryAgain = false;     // the store was said to be back while one was, which may have begun too early
    bool m_listening = false;    // a relay tells of one commit; the next read sets up another
    bool m_polling = false;
    bool m_pollAgain = false;
    std::optional<qint64> m_position;    // none: the feed begins at whatever is newest
    /// What the opener made: here, not in its answer, so that it never goes with an answer that nobody hears.
    struct Opened {
        std::shared_ptr<core::backend::Backend> backend;
        qint64 position = 0;    // of the newest change when nobody had read anything yet
    };
    std::shared_ptr<Opened> m_opened = std::make_shared<Opened>();
    std::shared_ptr<core::Lane> m_opener = std::make_shared<core::Lane>();
    std::shared_ptr<core::Lane> m_closer;
    std::unique_ptr<BackgroundTasks> m_tasks;    // what they run uses all of the above
    QElapsedTimer m_positionChecked;
    bool m_isLoginRefused = false;    // m_backend's; it does not try again
    using Backends = std::vector<std::shared_ptr<core::backend::Backend>>;
    std::shared_ptr<Backends> m_retired = std::make_shared<Backends>();    // whose login is refused
};

}
