// SPDX-License-Identifier: Apache-2.0
#include "core/base/pending.h"

#include <QCoreApplication>
#include <QEvent>

namespace core::base {
namespace {

QEvent::Type arrival()
{
    static const auto type = static_cast<QEvent::Type>(QEvent::registerEventType());
    return type;
}

}

struct Relay::Mailbox {
    std::mutex mutex;
    QObject* target = nullptr;    // null once it has died; only touched under the mutex
};

/// Lives in the receiver's thread as its child, so it dies with it.
class Relay::Target : public QObject {
public:
    Target(QObject* receiver, std::function<void()> act, std::shared_ptr<Mailbox> mailbox)
        : QObject(receiver), m_act(std::move(act)), m_mailbox(std::move(mailbox))
    {
    }
    ~Target() override
    {
        const std::scoped_lock lock(m_mailbox->mutex);
        m_mailbox->target = nullptr;
    }
    bool event(QEvent* event) override
    {
        if (event->type() != arrival())
            return QObject::event(event);
        deleteLater();
        const auto act = std::exchange(m_act, nullptr);
        if (act)      // told twice before it came to this: once is enough
            act();    // last: it may delete the receiver, and this with it
        return true;
    }

private:
    std::function<void()> m_act;
    std::shared_ptr<Mailbox> m_mailbox;
};

Relay::Relay(QObject* receiver, std::function<void()> act) : m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->target = new Target(receiver, std::move(act), m_mailbox);
}

void Relay::fire() const
{
    const std::scoped_lock lock(m_mailbox->mutex);
    if (m_mailbox->target)
        QCoreApplication::postEvent(m_mailbox->target, new QEvent(arrival()));
}

}
