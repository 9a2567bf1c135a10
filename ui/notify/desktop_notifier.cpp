// SPDX-License-Identifier: Apache-2.0
#include "ui/notify/desktop_notifier.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCall>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QFileInfo>
#include <QGuiApplication>
#include <QVariantMap>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
const QString clickAction = QStringLiteral("default");    // by the specification: a click on the notification itself

/// Without an address the library would try to start a bus of its own.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s);
}

}

DesktopNotifier::DesktopNotifier(QObject* parent) : QObject(parent) {}

DesktopNotifier::DesktopNotifier(const QDBusConnection& bus, QObject* parent)
    : QObject(parent), m_bus(std::make_unique<QDBusConnection>(bus))
{
}

DesktopNotifier::~DesktopNotifier() = default;

bool DesktopNotifier::connectBus()
{
    if (!m_bus && hasSessionBus())
        m_bus = std::make_unique<QDBusConnection>(QDBusConnection::sessionBus());
    if (!m_bus || !m_bus->isConnected())
        return false;
    if (!std::exchange(m_isListening, true)) {
        // No name of a sender: with one Qt would ask the bus for its owner and wait. Ids that nobody knows are not ours.
        m_bus->connect({}, path, service, u"ActionInvoked"_s, this, SLOT(hearAction(uint, QString)));
        m_bus->connect({}, path, service, u"NotificationClosed"_s, this, SLOT(hearClosed(uint, uint)));
    }
    return true;
}

void DesktopNotifier::show(const Notice& notice, const QString& slot, std::function<void()> clicked)
{
    if (!connectBus())
        return;
    if (m_capabilities)
        return send(notice, slot, std::move(clicked));
    m_waiting << Wish{notice, slot, std::move(clicked)};
    if (m_waiting.size() == 1)
        askForCapabilities();
}

/// Whether a body is markup decides whether a job's words have to be escaped.
void DesktopNotifier::askForCapabilities()
{
    const auto call = m_bus->asyncCall(QDBusMessage::createMethodCall(service, path, service, u"GetCapabilities"_s));
    auto* watcher = new QDBusPendingCallWatcher(call, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        const auto waiting = std::exchange(m_waiting, {});
        if (reply.isError())
            return;    // no service: silent, and asked again the next time
        m_capabilities = reply.value();
        for (const Wish& wish : waiting)
            send(wish.notice, wish.slot, wish.clicked);
    });
}

void DesktopNotifier::send(const Notice& notice, const QString& slot, std::function<void()> clicked)
{
    const QString body = m_capabilities->contains(u"body-markup"_s) ? notice.body.toHtmlEscaped() : notice.body;
    QStringList actions;
    if (m_capabilities->contains(u"actions"_s))
        actions = QStringList{clickAction, tr("Show")};
    const QVariantMap hints{{u"desktop-entry"_s, QGuiApplication::desktopFileName()},
                            {u"urgency"_s, QVariant::fromValue(static_cast<uchar>(1))},
                            {u"category"_s, notice.isUrgent ? u"transfer.error"_s : u"transfer.complete"_s}};
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
    call << QGuiApplication::applicationDisplayName() << m_slots.value(slot, 0U) << u"signalbox"_s << notice.title << body << actions
         << hints << -1;
    auto* watcher = new QDBusPendingCallWatcher(m_bus->asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, slot, clicked = std::move(clicked)] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            m_capabilities.reset();    // another service may come
            return;
        }
        if (!slot.isEmpty())
            m_slots.insert(slot, reply.value());
        m_clicked.insert(reply.value(), clicked);
    });
}

void DesktopNotifier::hearAction(uint id, const QString& action)
{
    if (action != clickAction)
        return;
    if (const auto clicked = m_clicked.take(id))
        clicked();
}

void DesktopNotifier::hearClosed(uint id, uint)
{
    m_clicked.remove(id);
    for (auto slot = m_slots.begin(); slot != m_slots.end();)
        slot = slot.value() == id ? m_slots.erase(slot) : std::next(slot);
}

}
