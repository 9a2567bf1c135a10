// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_history.h"

#include "ui/session/preferences.h"

#include <QVariant>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const QString& connectionId)
{
    return u"filter_history/"_s + connectionId;
}

}

QStringList filterHistory(const Preferences& preferences, const QString& connectionId)
{
    return preferences.value(keyOf(connectionId)).toStringList();
}

void addToFilterHistory(Preferences& preferences, const QString& connectionId, const QString& filter)
{
    if (filter.isEmpty())
        return;
    QStringList history = filterHistory(preferences, connectionId);
    history.removeAll(filter);
    history.prepend(filter);
    preferences.setValue(keyOf(connectionId), QStringList(history.mid(0, filterHistoryLength)));
}

void clearFilterHistory(Preferences& preferences, const QString& connectionId)
{
    preferences.setValue(keyOf(connectionId), QStringList());
}

}
