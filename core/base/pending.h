// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QObject>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace core::base {

/// The shared place where a result arrives. One producer, one consumer.
template <class T>
struct PendingState {
    std::mutex mutex;
    std::condition_variable arrived;
    std::optional<Result<T>> result;
    std::function<void()> onArrival;    // called once, by whoever comes second: the result or the listener
};

/// A Result that is on its way. Take it once: either wait() (command line, tests) or whenDone() (a GUI).
template <class T>
class [[nodiscard]] Pending {
public:
    using Value = T;
    explicit Pending(std::shared_ptr<PendingState<T>> state) : m_state(std::move(state)) {}

    /// Blocks until it is there. Never on a GUI thread.
    [[nodiscard]] Result<T> wait() const
    {
        std::unique_lock lock(m_state->mutex);
        m_state->arrived.wait(lock, [this] { return m_state->result.has_value(); });
        return *m_state->result;
    }
    [[nodiscard]] bool isDone() const
    {
        const std::scoped_lock lock(m_state->mutex);
        return m_state->result.has_value();
    }
    [[nodiscard]] const std::shared_ptr<PendingState<T>>& state() const { return m_state; }

private:
    std::shared_ptr<PendingState<T>> m_state;
};

/// The producer's end. A promise that goes without an answer answers Cancelled, so that nobody waits for ever.
template <class T>
class Promise {
public:
    Promise() : m_state(std::make_shared<PendingState<T>>()) {}
    Promise(Promise&&) noexcept = default;
    Promise& operator=(Promise&&) = delete;
    ~Promise()
    {
        if (m_state)
            finish(
                failure(ErrorKind::Cancelled, QStringLiteral("closed"), QStringLiteral("The connection was closed before this was done")));
    }

    [[nodiscard]] Pending<T> pending() const { return Pending<T>(m_state); }
    void finish(Result<T> result)
    {
        const auto state = std::exchange(m_state, nullptr);
        if (!state)
            return;
        std::function<void()> listener;
        {
            const std::scoped_lock lock(state->mutex);
            state->result = std::move(result);
            listener = std::move(state->onArrival);
        }
        state->arrived.notify_all();
        if (listener)
            listener();
    }

private:
    std::shared_ptr<PendingState<T>> m_state;
};

/// Calls `act` once in the thread of `receiver`, when told to; never if the receiver has died by then.
class Relay {
public:
    Relay(QObject* receiver, std::function<void()> act);
    /// From any thread.
    void fire() const;

private:
    struct Mailbox;
    class Target;
    std::shared_ptr<Mailbox> m_mailbox;
};

/// Calls `handler(const Result<T>&)` in the receiver's thread, as a posted event; drops the result if the receiver is gone by
/// then. Call it from the receiver's thread.
template <class T, class Handler>
void whenDone(const Pending<T>& pending, QObject* receiver, Handler handler)
{
    const auto state = pending.state();
    const Relay relay(receiver, [state, handler = std::move(handler)]() mutable {
        const Result<T> result = [&state] {
            const std::scoped_lock lock(state->mutex);
            return *state->result;
        }();
        handler(result);
    });
    {
        const std::scoped_lock lock(state->mutex);
        if (!state->result) {
            state->onArrival = [relay] { relay.fire(); };
            return;
        }
    }
    relay.fire();
}

}

namespace core {
using base::Pending;
using base::Promise;
using base::whenDone;
}
