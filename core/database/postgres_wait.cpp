// SPDX-License-Identifier: Apache-2.0
#include "core/database/postgres_wait.h"

#include <QtGlobal>

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace core::database::postgres {

using SteadyClock = std::chrono::steady_clock;

namespace {

// What OpenSSL has read ahead does not show on the socket: looked for this often at least.
constexpr std::chrono::milliseconds longestWait{500};

int millisUntil(const Deadline& deadline, std::chrono::milliseconds longest)
{
    if (!deadline)
        return static_cast<int>(longest.count());
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - SteadyClock::now());
    return static_cast<int>(std::clamp(left, std::chrono::milliseconds{0}, longest).count());
}

}

Wakeup::Wakeup() : m_descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_descriptor < 0)
        qWarning("No descriptor is left: waits of a database connection can only end by themselves");
}

Wakeup::~Wakeup()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void Wakeup::ring() const
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_descriptor, &one, sizeof one);
}

void Wakeup::clear() const
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto read = ::read(m_descriptor, &count, sizeof count);
}

Readiness waitFor(pg_conn* connection, bool alsoToWrite, const Wakeup& wakeup, const Deadline& deadline)
{
    std::array<pollfd, 2> waited{};
    waited[0] = {wakeup.descriptor(), POLLIN, 0};
    // -1, a connection without a socket, is one that poll() passes over
    waited[1] = {connection ? PQsocket(connection) : -1, static_cast<short>(alsoToWrite ? POLLIN | POLLOUT : POLLIN), 0};
    const auto longest = connection ? longestWait : std::chrono::hours{1};
    const int ready = ::poll(waited.data(), waited.size(), millisUntil(deadline, longest));
    if (waited[0].revents != 0) {
        wakeup.clear();
        return Readiness::Woken;
    }
    if (ready <= 0 && deadline && SteadyClock::now() >= *deadline)
        return Readiness::TimedOut;
    return Readiness::Ready;
}

bool awaitAnswer(pg_conn* connection, const Wakeup& wakeup, Deadline deadline, const std::function<void(Deadline&)>& woken)
{
    bool isSending = PQflush(connection) == 1;
    while (isSending || PQisBusy(connection) == 1) {
        switch (waitFor(connection, isSending, wakeup, deadline)) {
        case Readiness::TimedOut: return false;
        case Readiness::Woken: woken(deadline); break;
        case Readiness::Ready:
            if (PQconsumeInput(connection) != 1)
                return true;    // the server has gone, which is the answer
            isSending = isSending && PQflush(connection) == 1;
            break;
        }
    }
    return true;
}

void bringForward(Deadline& deadline, std::chrono::milliseconds fromNow)
{
    const auto sooner = SteadyClock::now() + fromNow;
    deadline = deadline ? std::min(*deadline, sooner) : sooner;
}

void keepQuiet(pg_conn* connection)
{
    const auto nothing = [](void*, const char*) {};    // what matters comes as an error of the next statement
    PQsetNoticeProcessor(connection, nothing, nullptr);
}

bool hasHungUp(pg_conn* connection)
{
    constexpr int looks = 8;    // what it said before it went is read first
    for (int i = 0; i < looks && PQstatus(connection) == CONNECTION_OK; ++i) {
        pollfd socket{PQsocket(connection), POLLIN, 0};
        if (::poll(&socket, 1, 0) <= 0)
            return false;
        if (PQconsumeInput(connection) != 1)
            return true;
    }
    return PQstatus(connection) != CONNECTION_OK;
}

}
