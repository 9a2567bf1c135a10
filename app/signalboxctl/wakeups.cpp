// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/wakeups.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>

namespace app {
namespace {

/// The third signal ends the program at once, whatever it waits for.
constexpr int lastSignal = 3;
constexpr std::uint64_t stopReading = std::uint64_t{1} << 32;

std::atomic<int> signalEvent{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void tellReader(int)
{
    const int before = errno;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(signalEvent.load(), &one, sizeof one);
    errno = before;
}

void installHandler(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM})
        ::sigaction(signal, &action, nullptr);
}

}

void Wakeups::catchSignals()
{
    if (m_event >= 0)
        return;
    m_event = ::eventfd(0, EFD_CLOEXEC);
    if (m_event < 0)
        return;    // out of descriptors: then signals end the program as they always did
    signalEvent = m_event;
    m_reader = std::thread([this] { readSignals(); });
    installHandler(tellReader);
}

Wakeups::~Wakeups()
{
    if (m_event < 0)
        return;
    installHandler(SIG_DFL);
    [[maybe_unused]] const auto written = ::write(m_event, &stopReading, sizeof stopReading);
    m_reader.join();
    signalEvent = -1;
    ::close(m_event);
}

void Wakeups::readSignals()
{
    for (;;) {
        std::uint64_t count = 0;
        if (::read(m_event, &count, sizeof count) != sizeof count) {
            if (errno == EINTR)
                continue;
            return;
        }
        if (count >= stopReading)
            return;
        const std::scoped_lock lock(m_mutex);
        m_interrupts += static_cast<int>(count);
        if (m_interrupts >= lastSignal)
            ::_exit(130);
        m_wake.notify_all();
    }
}

void Wakeups::changed()
{
    const std::scoped_lock lock(m_mutex);
    m_hasChange = true;
    m_wake.notify_all();
}

void Wakeups::wait(std::chrono::milliseconds longest)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, longest, [this] { return m_hasChange || m_interrupts > m_seenInterrupts; });
    m_hasChange = false;
    m_seenInterrupts = m_interrupts;
}

int Wakeups::interrupts() const
{
    const std::scoped_lock lock(m_mutex);
    return m_interrupts;
}

}
