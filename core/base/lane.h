// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/pending.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace core::base {

/// One std::thread and its queue. What runs on it may own things that belong to one thread, such as a database connection.
/// Work that has not begun when the lane goes is dropped; its Pending then answers Cancelled.
class Lane {
public:
    Lane() : m_thread([this] { run(); }) {}
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// Runs `work` on the lane; its Result comes through the Pending.
    template <class Work>
    auto run(Work work) -> Pending<typename std::invoke_result_t<Work>::value_type>
    {
        using T = typename std::invoke_result_t<Work>::value_type;
        Promise<T> promise;
        auto pending = promise.pending();
        // std::function wants copyable targets: the promise lives behind a shared pointer.
        auto shared = std::make_shared<Promise<T>>(std::move(promise));
        post([shared, work = std::move(work)]() mutable { shared->finish(work()); });
        return pending;
    }
    void post(std::function<void()> work);

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_queue;
    bool m_stopping = false;
    std::thread m_thread;    // last: it must find everything above made
};

}

namespace core {
using base::Lane;
}
