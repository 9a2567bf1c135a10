// SPDX-License-Identifier: Apache-2.0
#include "core/database/change_bell.h"

#include "core/database/postgres_login.h"
#include "core/database/store_url.h"

#include <libpq-fe.h>

#include <algorithm>

namespace core::database {

using namespace Qt::StringLiterals;
using postgres::Deadline;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds betweenWords{10};
constexpr int wordsAtOnce = 5;
constexpr std::chrono::seconds longestAnswer{5};
constexpr std::chrono::seconds longestGoodbye{1};
constexpr std::chrono::milliseconds firstRetry{100};
constexpr std::chrono::seconds slowestRetry{2};       // a server that is back is found within this and the time to connect
constexpr std::chrono::seconds retryWhereDeaf{30};    // a standby may become a server that can be listened to

constexpr int changedBit = 1;
constexpr int queuedBit = 2;

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeNotification {
    void operator()(PGnotify* notification) const { PQfreemem(notification); }
};

}

ChangeBell::ChangeBell(const DatabaseOptions& options, std::chrono::milliseconds beatEvery, Listener listener)
    : m_options(options), m_beatEvery(beatEvery), m_listener(std::move(listener))
{
    m_options.access = Access::ReadOnly;    // ringing is no writing
    m_options.statementTimeout = longestAnswer;
    m_thread = std::thread([this] { run(); });
}

ChangeBell::~ChangeBell()
{
    m_isStopping = true;
    m_wakeup.ring();
    m_thread.join();
}

void ChangeBell::ring(Kind kind)
{
    m_rung |= kind == Kind::Queued ? queuedBit | changedBit : changedBit;
    m_wakeup.ring();
}

void ChangeBell::run()
{
    std::chrono::milliseconds retry = firstRetry;
    for (;;) {
        const Contact contact = connect();
        if (contact == Contact::Made) {
            retry = firstRetry;
            talk();
        }
        disconnect();
        if (m_isStopping)
            return;
        wait(SteadyClock::now() + pauseAfter(contact, retry));
        retry = std::min<std::chrono::milliseconds>(retry * 2, slowestRetry);
    }
}

std::chrono::milliseconds ChangeBell::pauseAfter(Contact contact, std::chrono::milliseconds retry)
{
    switch (contact) {
    case Contact::Made:
    case Contact::NotMade: return retry;
    case Contact::Deaf: return retryWhereDeaf;
    case Contact::Refused: return postgres::afterRefusedLogin;
    }
    Q_UNREACHABLE();
}

ChangeBell::Contact ChangeBell::connect()
{
    const auto url = StoreUrl::parse(m_options.path);
    if (!url)
        return Contact::Deaf;
    m_handle = postgres::openSession(url->conninfo(m_options), longestAnswer).release();
    if (PQstatus(m_handle) != CONNECTION_OK) {
        const Error why = postgres::refusalOf(QString::fromUtf8(PQerrorMessage(m_handle)).trimmed());
        return why.code == u"store_login"_s ? Contact::Refused : Contact::NotMade;
    }
    if (PQsetnonblocking(m_handle, 1) != 0)
        return Contact::NotMade;
    postgres::keepQuiet(m_handle);
    // Stores in several schemas of one database do not hear each other. A word that a dying server loses is nothing to wait for the disk for.
    const auto channel = ask("SELECT CASE WHEN pg_is_in_recovery() THEN '' ELSE 'signalbox_' || md5(current_schema()) END "
                             "FROM set_config('synchronous_commit', 'off', false)");
    if (!channel)
        return Contact::NotMade;
    if (channel->isEmpty())
        return Contact::Deaf;
    m_channel = *channel;
    m_ownChannel = m_channel + '_' + QByteArray::number(PQbackendPID(m_handle));
    return ask("LISTEN " + m_channel) && ask("LISTEN " + m_ownChannel) ? Contact::Made : Contact::NotMade;
}

void ChangeBell::disconnect()
{
    PQfinish(m_handle);
    m_handle = nullptr;
}

void ChangeBell::talk()
{
    m_isListening = true;
    m_nextBeat = SteadyClock::now() + m_beatEvery;
    m_listener(Heard::Found);
    for (;;) {
        if (!say() || !beat())
            break;
        if (m_isStopping) {
            m_isListening = false;
            return;
        }
        hear();
        Deadline until = m_nextBeat;
        if (m_rung != 0)
            until = std::min(*until, nextWordAt());
        if (postgres::waitFor(m_handle, false, m_wakeup, until) == postgres::Readiness::Ready && PQconsumeInput(m_handle) != 1)
            break;
    }
    m_isListening = false;
    if (!m_isStopping)
        m_listener(Heard::Lost);
}

/// Each word has its 10 ms, and a few may be said before theirs have come: one submit after another is heard of at once, a thousand a second
/// are gathered.
SteadyClock::time_point ChangeBell::nextWordAt() const
{
    return m_wordsUntil - wordsAtOnce * betweenWords;
}

/// What was rung since the last time, in one word.
bool ChangeBell::say()
{
    const auto now = SteadyClock::now();
    if (m_rung == 0 || (now < nextWordAt() && !m_isStopping))
        return true;
    const int rung = m_rung.exchange(0);
    m_wordsUntil = std::max(now, m_wordsUntil) + betweenWords;
    const QByteArray word = (rung & queuedBit) != 0 ? "queued" : "changed";
    if (ask("NOTIFY " + m_channel + ", '" + word + '\''))
        return true;
    m_rung |= rung;    // said when the server is back
    return false;
}

bool ChangeBell::beat()
{
    if (SteadyClock::now() < m_nextBeat)
        return true;
    m_hasHeardBeat = false;
    if (!ask("NOTIFY " + m_ownChannel))
        return false;
    const Deadline end = SteadyClock::now() + longestAnswer;
    for (hear(); !m_hasHeardBeat && !m_isStopping; hear()) {
        if (SteadyClock::now() >= *end)
            return false;
        if (postgres::waitFor(m_handle, false, m_wakeup, end) == postgres::Readiness::Ready && PQconsumeInput(m_handle) != 1)
            return false;
    }
    m_nextBeat = SteadyClock::now() + m_beatEvery;
    return true;
}

void ChangeBell::hear()
{
    bool isChanged = false;
    bool isQueued = false;
    while (const std::unique_ptr<PGnotify, FreeNotification> notification{PQnotifies(m_handle)}) {
        if (m_ownChannel == notification->relname) {
            m_hasHeardBeat = true;
        } else if (notification->be_pid != PQbackendPID(m_handle)) {    // what this process says it knows
            isChanged = true;
            isQueued = isQueued || qstrcmp(notification->extra, "queued") == 0;
        }
    }
    if (isQueued)
        m_listener(Heard::Queued);
    else if (isChanged)
        m_listener(Heard::Changed);
}

std::optional<QByteArray> ChangeBell::ask(const QByteArray& sql)
{
    const auto hurry = [this](Deadline& deadline) {
        if (m_isStopping)
            postgres::bringForward(deadline, longestGoodbye);
    };
    Deadline deadline = SteadyClock::now() + longestAnswer;
    hurry(deadline);
    if (PQsendQuery(m_handle, sql.constData()) != 1)
        return {};
    std::optional<QByteArray> answer;
    for (;;) {
        if (!postgres::awaitAnswer(m_handle, m_wakeup, deadline, hurry))
            return {};
        const std::unique_ptr<PGresult, ClearResult> result(PQgetResult(m_handle));
        if (!result)
            return answer;
        const auto status = PQresultStatus(result.get());
        if (status == PGRES_TUPLES_OK && PQntuples(result.get()) > 0)
            answer = QByteArray(PQgetvalue(result.get(), 0, 0));
        else if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
            answer = QByteArray("");
        else
            return {};    // the connection is closed: what else comes is nobody's
    }
}

void ChangeBell::wait(const Deadline& until)
{
    while (!m_isStopping && SteadyClock::now() < *until)
        (void)postgres::waitFor(nullptr, false, m_wakeup, until);
}

}
