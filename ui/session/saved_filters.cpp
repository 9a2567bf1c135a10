// SPDX-License-Identifier: Apache-2.0
#include "ui/session/saved_filters.h"

#include "ui/session/preferences.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const QString& connectionId)
{
    return u"saved_filters/"_s + connectionId;
}

QString name(const char* text)
{
    return QCoreApplication::translate("ui::SavedFilters", text);
}

}

QList<SavedFilter> savedFilters(const Preferences& preferences, const QString& connectionId)
{
    const QVariant stored = preferences.value(keyOf(connectionId));
    if (!stored.isValid())
        return {{name("Failed today"), u"status:failed since:24h"_s},
                {name("Running now"), u"status:running"_s},
                {name("Slow captions"), u"type:captions-generate took:>60s"_s}};
    QList<SavedFilter> filters;
    const QVariantList list = stored.toList();
    for (const QVariant& each : list) {
        const QVariantMap map = each.toMap();
        filters << SavedFilter{map.value(u"name"_s).toString(), map.value(u"filter"_s).toString()};
    }
    return filters;
}

void storeSavedFilters(Preferences& preferences, const QString& connectionId, const QList<SavedFilter>& filters)
{
    QVariantList list;
    for (const SavedFilter& filter : filters)
        list << QVariantMap{{u"name"_s, filter.name}, {u"filter"_s, filter.filter}};
    preferences.setValue(keyOf(connectionId), list);
}

}
