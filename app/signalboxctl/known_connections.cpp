// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/known_connections.h"

#include "core/backend/server_check.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

namespace {

/// However it is reached: over a link it is the same store.
bool isSameFile(const QString& one, const QString& other)
{
    const QString resolved = QFileInfo(one).canonicalFilePath();
    return one == other || (!resolved.isEmpty() && resolved == QFileInfo(other).canonicalFilePath());
}

bool isFor(const QJsonObject& connection, const QString& store)
{
    if (connection.value(u"kind"_s) == "postgres"_L1)
        return core::backend::isSameDatabase(connection.value(u"store_url"_s).toString(), store);    // whoever logs in
    return isSameFile(connection.value(u"store_path"_s).toString(), store);
}

/// As the console reads it: what is none of the other three is taken for production.
bool isProduction(const QString& environment)
{
    return environment != "embedded"_L1 && environment != "development"_L1 && environment != "staging"_L1;
}

}

QList<KnownConnection> knownConnections(const QString& store)
{
    QFile file(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/signalbox/connections.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<KnownConnection> found;
    qsizetype inTheSameWords = 0;
    const QJsonArray connections = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue& each : connections) {
        const QJsonObject connection = each.toObject();
        if (!isFor(connection, store))
            continue;
        const KnownConnection known{connection.value(u"id"_s).toString(), connection.value(u"name"_s).toString().simplified(),
                                    isProduction(connection.value(u"environment"_s).toString()),
                                    connection.value(u"kind"_s) != "postgres"_L1 ||
                                        core::backend::isSameLogin(connection.value(u"store_url"_s).toString(), store)};
        if (connection.value(u"store_url"_s).toString() == store)
            found.insert(inTheSameWords++, known);
        else
            found << known;
    }
    return found;
}

QString productionName(const QString& store)
{
    const auto known = knownConnections(store);
    const auto production = std::find_if(known.begin(), known.end(), [](const KnownConnection& each) { return each.isProduction; });
    return production == known.end() ? QString() : production->name;
}

}
