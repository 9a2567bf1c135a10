// SPDX-License-Identifier: Apache-2.0
#include "ui/session/store_session.h"

#include "core/backend/direct_backend.h"
#include "ui/session/background_tasks.h"
#include "ui/session/closing.h"

#include <QPointer>

#include <pwd.h>
#include <unistd.h>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::Backend;

namespace {

constexpr int pollMs = 500;     // until the next read, where none has said when
constexpr int breathMs = 20;    // between two reads of the feed, however much happens: a change is painted within two frames
constexpr int changesAtOnce = 5000;
constexpr int newestJobs = 200;    // of a list's first page
constexpr int retryMs[] = {1000, 2000, 4000, 8000, 15000};
constexpr int slowestRetryOfServerMs = 3000;    // one that was away at the start is found within 5 s, with the time to log in
constexpr int positionCheckMs = 5000;

struct OpenStore {
    std::shared_ptr<Backend> backend;
    qint64 position = 0;    ///< of the newest change when nobody had read anything yet: the feed begins there
};

core::Result<OpenStore> openBackend(const ConnectionProfile& profile, const QString& password)
{
    core::backend::DirectBackendOptions options;
    options.storePath = profile.storePath;
    options.storagePath = profile.storagePath;
    options.readOnly = profile.readOnly;
    options.connectionName = profile.name;
    options.password = password;
    options.mayMigrate = profile.kind != ConnectionKind::Postgres;    // others work on it: a person runs the command
    auto opened = core::backend::DirectBackend::open(options);
    if (!opened)
        return core::errorOf(opened);
    std::shared_ptr<Backend> backend = std::move(*opened);
    if (!profile.readOnly && profile.workerThreads > 0) {
        core::backend::WorkerOptions workers;
        workers.threads = profile.workerThreads;
        if (const auto started = backend->startWorkers(workers); !started)
            return core::errorOf(started);
    }
    // Every window begins with the newest jobs: while it is still being built, the connection, the statement and the pages they take get warm.
    core::jobs::PageRequest newest;
    newest.limit = newestJobs;
    (void)backend->listJobs(core::jobs::Filter{core::jobs::FilterGroup{}}, newest);
    return backend->lastChange().wait().map([&](qint64 position) { return OpenStore{backend, position}; });
}

bool isRefusedLogin(const core::Error& error)
{
    return error.code == "store_login"_L1;
}

/// The account this process runs as; an environment variable could say anything.
QString loginName()
{
    if (const passwd* user = ::getpwuid(::getuid()); user != nullptr && user->pw_name != nullptr)
        return QString::fromLocal8Bit(user->pw_name);
    return u"uid-%1"_s.arg(::getuid());
}

}

StoreSession::StoreSession(ConnectionProfile profile, QObject* parent)
    : QObject(parent), m_profile(std::move(profile)), m_tasks(std::make_unique<BackgroundTasks>())
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &StoreSession::open);
    m_pollTimer.setSingleShot(true);
    connect(&m_pollTimer, &QTimer::timeout, this, &StoreSession::poll);
}

StoreSession::~StoreSession()
{
    m_tasks.reset();    // first: they use what goes below
    if (m_backend)
        m_backend->setChangeListener({});
    // the opener first: it fills m_opened
    letGo(m_closer.get(), std::move(m_opener), std::move(m_opened), std::move(m_backend), std::move(m_retired));
}

void StoreSession::open()
{
    if (m_opening)    // a second try beside the first would open the store, and start its workers, twice
        return;
    m_opening = true;
    m_retryTimer.stop();
    ++m_tries;
    if (m_backend && !m_isLoginRefused) {
        openAgain();
        return;
    }
    if (m_profile.kind == ConnectionKind::Postgres && m_passwordSource) {
        m_passwordSource([self = QPointer(this)](const QString& password) {
            if (self)
                self->openWith(password);
        });
        return;
    }
    openWith({});
}

/// It was open before: its lanes open their connections again by themselves.
void StoreSession::openAgain()
{
    core::whenDone(m_backend->lastChange(), this, [this](const core::Result<qint64>& position) {
        m_opening = false;
        if (!position) {
            setUnreachable(position.error());
            return;
        }
        const bool wentBack = goBackTo(*position);
        m_position = m_position.value_or(*position);
        setOpen(wentBack);
    });
}

void StoreSession::openWith(const QString& password)
{
    const auto work = [profile = m_profile, password, made = m_opened]() -> core::Result<bool> {
        auto opened = openBackend(profile, password);
        if (!opened)
            return core::errorOf(opened);
        made->backend = std::move(opened->backend);
        made->position = opened->position;
        return true;
    };
    core::whenDone(m_opener->run(work), this, [this](const core::Result<bool>& opened) { takeBackend(opened); });
}

void StoreSession::takeBackend(const core::Result<bool>& opened)
{
    m_opening = false;
    if (!opened) {
        setUnreachable(opened.error());
        return;
    }
    retireBackend();
    m_backend = std::exchange(m_opened->backend, nullptr);
    m_isLoginRefused = false;
    m_polling = false;    // what the one before still answers is not heard
    m_position = m_opened->position;
    m_listening = false;
    listen();
    setOpen();
}

/// Its connections have a password that is refused. It ends with this session: pages and tasks may hold on to it.
void StoreSession::retireBackend()
{
    if (!m_backend)
        return;
    m_backend->setChangeListener({});
    (void)m_backend->stopWorkers(Backend::Stop::Finish);    // the next one has its own
    m_retired->push_back(std::move(m_backend));
}

void StoreSession::setUnreachable(const core::Error& error)
{
    m_error = error;
    m_isLoginRefused = m_isLoginRefused || isRefusedLogin(error);    // until another backend has a password that is taken
    if (!m_unreachableSince)
        m_unreachableSince = core::base::systemNow();
    m_pollTimer.stop();
    m_state = State::Unreachable;
    if (error.kind == core::ErrorKind::Forbidden && m_profile.kind == ConnectionKind::Postgres) {
        emit stateChanged();    // the same login again and again gets an account locked
        return;
    }
    const int step = std::min<int>(m_tries - 1, static_cast<int>(std::size(retryMs)) - 1);
    const bool isServerAway = m_profile.kind == ConnectionKind::Postgres && error.kind == core::ErrorKind::Unavailable;
    const int wait = std::min(retryMs[std::max(0, step)], isServerAway ? slowestRetryOfServerMs : retryMs[std::size(retryMs) - 1]);
    m_retryTimer.start(std::exchange(m_tryAgain, false) ? 0 : wait);
    emit stateChanged();
}

void StoreSession::setOpen(bool mustReadAgain)
{
    const bool healed = m_unreachableSince.has_value() || mustReadAgain;
    m_tries = 0;
    m_tryAgain = false;
    m_unreachableSince.reset();
    m_error = {};
    m_lastAnswerAt = core::base::systemNow();
    m_state = State::Open;
    emit stateChanged();
    if (healed)
        emit changedMuch();
    startFeed();
}

core::backend::Capabilities StoreSession::capabilities() const
{
    if (m_backend)
        return m_backend->capabilities();
    core::backend::Capabilities none;
    none.whyReadOnly = tr("The store is not open");
    return none;
}

core::Caller StoreSession::caller() const
{
    core::Caller caller;
    caller.operatorName = loginName();
    caller.readOnly = m_profile.readOnly;
    caller.connection = m_profile.name;
    return caller;
}

int StoreSession::nextTryInMs() const
{
    return m_retryTimer.isActive() ? m_retryTimer.remainingTime() : 0;
}

void StoreSession::tryNow()
{
    if (m_state == State::Unreachable)
        open();
}

void StoreSession::setLive(bool live)
{
    if (m_live == live)
        return;
    m_live = live;
    if (live) {
        startFeed();
    } else {
        m_pollTimer.stop();
        m_position.reset();
    }
    emit liveChanged(live);
}

void StoreSession::noteFailure(const core::Error& error)
{
    if (m_state != State::Open)
        return;
    if (isRefusedLogin(error) && !m_opening) {
        setUnreachable(error);
    } else if (error.kind == core::ErrorKind::Unavailable) {
        m_tries = 0;
        open();
    }
}

void StoreSession::startFeed()
{
    if (!m_live || !isOpen())
        return;
    if (m_position) {
        poll();
        return;
    }
    core::whenDone(m_backend->lastChange(), this, [this](const core::Result<qint64>& position) {
        if (!position) {
            noteFailure(position.error());
            return;
        }
        if (!m_live || m_position)    // switched meanwhile
            return;
        m_position = *position;
        m_pollTimer.start(pollMs);
        emit changedMuch();    // whoever looks has missed what happened before, and reads now that nothing else is missed
    });
}

/// Told once, then deaf until the next read: a thousand commits a second must not be a thousand events of this thread.
void StoreSession::listen()
{
    if (std::exchange(m_listening, true))
        return;
    const core::base::Relay relay(this, [this] { noteCommit(); });
    m_backend->setChangeListener([relay] { relay.fire(); });
}

void StoreSession::noteCommit()
{
    m_listening = false;
    if (m_isLoginRefused)    // a person tries that again
        return;
    if (m_state == State::Unreachable) {    // the store may be back: sooner than the next try would find out
        listen();
        m_tryAgain = m_opening;
        tryNow();
        return;
    }
    const bool takesBreath = m_pollTimer.isActive() && m_pollTimer.interval() == breathMs;
    if (takesBreath)
        return;    // the timer reads what this commit wrote
    poll();
}

void StoreSession::poll()
{
    if (!m_live || !isOpen() || !m_position)
        return;
    if (m_polling) {
        m_pollAgain = true;
        return;
    }
    m_polling = true;
    m_pollAgain = false;
    listen();    // before it is read: what is committed meanwhile is told
    core::whenDone(m_backend->changesAfter(*m_position, changesAtOnce), this,
                   [this, asked = m_backend.get()](const core::Result<core::backend::ChangePage>& page) {
                       if (asked == m_backend.get())
                           takeChanges(page);
                   });
}

void StoreSession::takeChanges(const core::Result<core::backend::ChangePage>& page)
{
    m_polling = false;
    if (!page) {
        noteFailure(page.error());
        if (!m_isLoginRefused)
            m_pollTimer.start(pollMs);
        return;
    }
    m_lastAnswerAt = core::base::systemNow();
    if (!m_live || !m_position)    // switched off meanwhile
        return;
    m_position = page->position;
    const bool any = !page->events.isEmpty();
    m_pollTimer.start(any || m_pollAgain ? breathMs : static_cast<int>(page->nextLook.count()));
    if (page->events.size() >= changesAtOnce) {
        emit overran(page->events);
        emit changedMuch();
    } else if (any) {
        emit changed(page->events);
    } else {
        checkPosition();
    }
}

/// A server that was restored, or one that took over and lacks the last transactions, counts on from further back. Where that went fast no error
/// told of it; its changes would be nobody's until it had caught up.
void StoreSession::checkPosition()
{
    if (m_profile.kind != ConnectionKind::Postgres || (m_positionChecked.isValid() && m_positionChecked.elapsed() < positionCheckMs))
        return;
    m_positionChecked.start();
    core::whenDone(m_backend->lastChange(), this, [this, known = m_position](const core::Result<qint64>& position) {
        if (position && m_position == known && goBackTo(*position))
            emit changedMuch();
    });
}

/// Whether the store's newest change is older than what was already told.
bool StoreSession::goBackTo(qint64 position)
{
    if (!m_position || position >= *m_position)
        return false;
    m_position = position;
    return true;
}

}
