// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/heartbeat.h"

#include "core/broker/queue_repository.h"

#include <utility>

namespace core::tasks {

namespace {

constexpr std::chrono::minutes untilNamed{1};    // nothing to do: any long wait

}

Heartbeat::Heartbeat(const database::DatabaseOptions& options, Clock clock, std::chrono::milliseconds retryEvery,
                     std::function<void()> lost)
    : m_options(options), m_clock(std::move(clock)), m_retryEvery(retryEvery), m_lost(std::move(lost))
{
    m_options.durability = database::Durability::Normal;    // after a power cut nobody is alive anyway
    m_thread = std::thread([this] { run(); });
}

Heartbeat::~Heartbeat()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Heartbeat::beatFor(const broker::Worker& worker)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_worker = worker;
        m_changed = true;
    }
    m_wake.notify_all();
}

void Heartbeat::setState(const QString& state)
{
    const std::scoped_lock lock(m_mutex);
    if (m_worker)
        m_worker->state = state;
}

void Heartbeat::run()
{
    std::unique_ptr<database::Database> database;
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_changed = false;
        lock.unlock();
        const auto next = std::chrono::steady_clock::now() + beat(database);
        lock.lock();
        m_wake.wait_until(lock, next, [this] { return m_stopping || m_changed; });
    }
}

std::chrono::microseconds Heartbeat::beat(std::unique_ptr<database::Database>& database)
{
    std::optional<broker::Worker> worker;
    {
        const std::scoped_lock lock(m_mutex);
        worker = m_worker;
    }
    if (!worker)
        return untilNamed;
    if (!database) {
        auto opened = database::Database::open(m_options);
        if (!opened) {
            qWarning("The heartbeat has no connection: %s", qUtf8Printable(opened.error().message));
            return m_retryEvery;
        }
        database = std::move(*opened);
    }
    worker->heartbeatUs = base::monotonicMicros();
    worker->lastSeenAt = m_clock();
    const auto known = broker::QueueRepository(*database).beat(*worker);
    if (!known) {
        qWarning("The heartbeat was not written: %s", qUtf8Printable(known.error().message));
        return m_retryEvery;
    }
    if (*known)
        return std::chrono::microseconds(worker->leaseUs) / 4;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_worker && m_worker->id == worker->id)
            m_worker.reset();
    }
    m_lost();
    return untilNamed;
}

}
