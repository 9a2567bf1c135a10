// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/heartbeat.h"

#include "core/broker/queue_repository.h"
#include "core/database/postgres_login.h"

#include <algorithm>
#include <utility>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::minutes untilNamed{1};    // nothing to do: any long wait
constexpr std::chrono::milliseconds slowestRetry{2000};

}

Heartbeat::Heartbeat(const database::DatabaseOptions& options, Clock clock, std::chrono::milliseconds retryEvery,
                     std::function<void()> lost)
    : m_options(options), m_clock(std::move(clock)), m_retryEvery(retryEvery), m_retryIn(retryEvery), m_lost(std::move(lost))
{
    if (!m_options.applicationName.isEmpty())
        m_options.applicationName += QStringLiteral(", heartbeat");
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

std::chrono::microseconds Heartbeat::retryAfter(const char* what, const Error& error, std::chrono::microseconds lease)
{
    if (m_retryIn == m_retryEvery)
        qWarning("%s: %s", what, qUtf8Printable(error.message));
    if (error.code == u"store_login"_s)
        return database::postgres::afterRefusedLogin;
    const auto longest = std::max<std::chrono::microseconds>(m_retryEvery, std::min<std::chrono::microseconds>(slowestRetry, lease / 4));
    return std::exchange(m_retryIn, std::min(m_retryIn * 2, longest));
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
    const std::chrono::microseconds lease{worker->leaseUs};
    if (database && database->isLost())
        database.reset();
    if (!database) {
        auto opened = database::Database::open(m_options);
        if (!opened)
            return retryAfter("The heartbeat has no connection", opened.error(), lease);
        database = std::move(*opened);
    }
    worker->heartbeatUs = base::monotonicMicros();
    worker->lastSeenAt = m_clock();
    const auto known = broker::QueueRepository(*database).beat(*worker);
    if (!known)
        return retryAfter("The heartbeat was not written", known.error(), lease);
    m_retryIn = m_retryEvery;
    if (*known)
        return lease / 4;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_worker && m_worker->id == worker->id)
            m_worker.reset();
    }
    m_lost();
    return untilNamed;
}

}
