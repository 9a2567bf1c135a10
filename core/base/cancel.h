// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>

namespace core::base {

/// A wish to stop, seen from any thread. Copies share one flag; a default-made token is never cancelled.
class CancelToken {
public:
    [[nodiscard]] bool isCancelled() const { return m_flag && m_flag->load(std::memory_order_acquire); }

private:
    friend class CancelSource;
    std::shared_ptr<std::atomic<bool>> m_flag;
};

class CancelSource {
public:
    CancelSource() { m_token.m_flag = std::make_shared<std::atomic<bool>>(false); }
    void cancel() const { m_token.m_flag->store(true, std::memory_order_release); }
    [[nodiscard]] CancelToken token() const { return m_token; }

private:
    CancelToken m_token;
};

}

namespace core {
using base::CancelSource;
using base::CancelToken;
}
