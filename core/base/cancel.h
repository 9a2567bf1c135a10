// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>

namespace core::base {

/// A wish to stop, seen from any thread. Copies share one flag; a default-made token is never cancelled.
class CancelToken {
public:
    [[nodiscard]] bool isCancelled() const { return isSet(m_flag) || isSet(m_other); }
    /// Cancelled as soon as either is. Of tokens that were joined before, `other` brings only its own flag.
    [[nodiscard]] CancelToken joinedWith(const CancelToken& other) const
    {
        CancelToken both = *this;
        (both.m_flag ? both.m_other : both.m_flag) = other.m_flag;
        return both;
    }

private:
    friend class CancelSource;
    using Flag = std::shared_ptr<std::atomic<bool>>;
    static bool isSet(const Flag& flag) { return flag && flag->load(std::memory_order_acquire); }
    Flag m_flag;
    Flag m_other;
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
