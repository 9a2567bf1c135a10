// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/watchdog.h"

#include "tests/bench/figures.h"
#include "tests/bench/ui/process_facts.h"

#include <QCoreApplication>
#include <QEvent>

#include <pthread.h>

namespace bench {

namespace {

constexpr auto pause = std::chrono::milliseconds(4);    // between an answer and the next question
const auto heartbeat = static_cast<QEvent::Type>(QEvent::registerEventType());

}

Watchdog::Watchdog(QObject* parent) : QObject(parent)
{
    if (pthread_getcpuclockid(pthread_self(), &m_guiClock) != 0)
        giveUp(QStringLiteral("a thread has no processor clock here"));
    m_thread = std::thread([this] { watch(); });
}

Watchdog::~Watchdog()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ends = true;
    }
    m_stirred.notify_all();
    m_thread.join();
}

void Watchdog::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_ends) {
        m_stirred.wait_for(lock, pause, [this] { return m_ends; });
        if (m_ends || m_asked)
            continue;
        m_asked = std::pair(machineMs(), clockMs(m_guiClock));
        lock.unlock();
        QCoreApplication::postEvent(this, new QEvent(heartbeat));
        lock.lock();
    }
}

bool Watchdog::event(QEvent* event)
{
    if (event->type() != heartbeat)
        return QObject::event(event);
    const std::scoped_lock lock(m_mutex);
    m_longest.wallMs = std::max(m_longest.wallMs, machineMs() - m_asked->first);
    m_longest.cpuMs = std::max(m_longest.cpuMs, threadCpuMs() - m_asked->second);
    m_asked.reset();
    return true;
}

Stall Watchdog::takeLongest()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_longest, Stall{});
}

}
