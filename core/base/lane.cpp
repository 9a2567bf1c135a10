// SPDX-License-Identifier: Apache-2.0
#include "core/base/lane.h"

namespace core::base {

Lane::~Lane()
{
    std::deque<std::function<void()>> dropped;
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        dropped.swap(m_queue);
    }
    m_wake.notify_all();
    dropped.clear();    // before the join: who waits for these hears at once, however long the work goes on that has begun
    m_thread.join();
}

void Lane::post(std::function<void()> work)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
}

void Lane::run()
{
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_stopping)
                return;
            work = std::move(m_queue.front());
            m_queue.pop_front();
        }
        work();
    }
}

}
