// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/submit_templates.h"

#include "core/base/secrets.h"
#include "ui/session/preferences.h"

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const QString& connectionId)
{
    return u"submit_templates/"_s + connectionId;
}

void store(Preferences& preferences, const QString& connectionId, const QList<SubmitTemplate>& templates)
{
    QVariantList list;
    for (const SubmitTemplate& each : templates)
        list << QVariantMap{{u"name"_s, each.name}, {u"type"_s, core::jobs::jobTypeName(each.type)}, {u"input"_s, each.input}};
    preferences.setValue(keyOf(connectionId), list);
}

}

QList<SubmitTemplate> submitTemplates(const Preferences& preferences, const QString& connectionId)
{
    QList<SubmitTemplate> templates;
    const QVariantList list = preferences.value(keyOf(connectionId)).toList();
    for (const QVariant& each : list) {
        const QVariantMap map = each.toMap();
        const auto type = core::jobs::parseJobType(map.value(u"type"_s).toString());
        if (type != core::JobType::Unknown)    // a type of a newer version is not offered
            templates << SubmitTemplate{map.value(u"name"_s).toString(), type, map.value(u"input"_s).toByteArray()};
    }
    return templates;
}

bool saveSubmitTemplate(Preferences& preferences, const QString& connectionId, const SubmitTemplate& added)
{
    QList<SubmitTemplate> templates = submitTemplates(preferences, connectionId);
    templates.removeIf([&](const SubmitTemplate& each) { return each.name == added.name; });
    const QByteArray kept = core::base::maskedDocument(added.input);
    templates << SubmitTemplate{added.name, added.type, kept};
    std::sort(templates.begin(), templates.end(),
              [](const SubmitTemplate& a, const SubmitTemplate& b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    store(preferences, connectionId, templates);
    return kept != added.input;
}

void removeSubmitTemplate(Preferences& preferences, const QString& connectionId, const QString& name)
{
    QList<SubmitTemplate> templates = submitTemplates(preferences, connectionId);
    templates.removeIf([&](const SubmitTemplate& each) { return each.name == name; });
    store(preferences, connectionId, templates);
}

}
