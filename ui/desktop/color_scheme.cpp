// SPDX-License-Identifier: Apache-2.0
#include "ui/desktop/color_scheme.h"

#include "core/base/session_bus.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtDBus/QDBusVariant>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

const QString portal = u"org.freedesktop.portal.Desktop"_s;
const QString place = u"/org/freedesktop/portal/desktop"_s;
const QString settings = u"org.freedesktop.portal.Settings"_s;
const QString appearance = u"org.freedesktop.appearance"_s;
const QString wanted = u"color-scheme"_s;

/// 0 no preference, 1 dark, 2 light; what later versions add counts as no preference.
ColorScheme schemeOf(QVariant value)
{
    while (value.canConvert<QDBusVariant>())    // the older of its two ways to ask wraps the answer twice
        value = value.value<QDBusVariant>().variant();
    switch (value.toUInt()) {
    case 1: return ColorScheme::Dark;
    case 2: return ColorScheme::Light;
    default: return ColorScheme::None;
    }
}

}

void DesktopColorScheme::follow()
{
    if (!core::base::hasSessionBus()) {
        emit told(ColorScheme::None);
        return;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    // from whoever sends it: to ask the bus for the portal's owner first would wait for an answer
    bus.connect({}, place, settings, u"SettingChanged"_s, this, SLOT(noteChange(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(portal, place, settings, u"Read"_s);
    question << appearance << wanted;
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] { take(*answer); });
}

void DesktopColorScheme::take(QDBusPendingCallWatcher& answer)
{
    answer.deleteLater();
    const QDBusPendingReply<QDBusVariant> reply = answer;
    emit told(reply.isError() ? ColorScheme::None : schemeOf(QVariant::fromValue(reply.value())));
}

void DesktopColorScheme::noteChange(const QString& space, const QString& key, const QDBusVariant& value)
{
    if (space == appearance && key == wanted)
        emit told(schemeOf(value.variant()));
}

}
