// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/run_connection.h"

#include "core/database/postgres_login.h"

#include <algorithm>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds slowestRetry{2};

}

Result<void> RunConnection::open(const broker::Worker& worker)
{
    auto opened = database::Database::open(m_options);
    if (!opened)
        return errorOf(opened);
    m_database = std::move(*opened);
    m_store.emplace(*m_database, m_tasks, worker, m_maxCrashes);
    return m_store->registerWorker();
}

bool RunConnection::reopenIfLost()
{
    if (!isLost() || SteadyClock::now() < m_nextTry)
        return false;
    auto again = database::Database::open(m_options);
    m_delay = again ? SteadyClock::duration{} : std::clamp<SteadyClock::duration>(m_delay * 2, m_firstRetry, slowestRetry);
    const bool isRefused = !again && again.error().code == u"store_login"_s;
    m_nextTry = SteadyClock::now() + (isRefused ? database::postgres::afterRefusedLogin : m_delay);
    if (!again)
        return false;
    const broker::Worker worker = m_store->worker();
    m_store.reset();
    m_database = std::move(*again);
    m_store.emplace(*m_database, m_tasks, worker, m_maxCrashes);
    return true;
}

}
