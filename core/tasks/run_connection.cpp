// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/run_connection.h"

#include <algorithm>

namespace core::tasks {

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
    m_nextTry = SteadyClock::now() + m_delay;
    if (!again)
        return false;
    const broker::Worker worker = m_store->worker();
    m_store.reset();
    m_database = std::move(*again);
    m_store.emplace(*m_database, m_tasks, worker, m_maxCrashes);
    return true;
}

}
