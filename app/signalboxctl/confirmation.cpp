// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/confirmation.h"

#include "app/signalboxctl/visible_text.h"
#include "core/backend/server_check.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

namespace app {

using core::ErrorKind;
using core::failure;
using core::Result;
using namespace Qt::StringLiterals;

namespace {

/// However it is reached: over a link it is the same store.
bool isSameFile(const QString& one, const QString& other)
{
    const QString resolved = QFileInfo(one).canonicalFilePath();
    return one == other || (!resolved.isEmpty() && resolved == QFileInfo(other).canonicalFilePath());
}

}

QString productionName(const QString& storePath)
{
    QFile file(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/signalbox/connections.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonArray connections = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue& each : connections) {
        const QJsonObject connection = each.toObject();
        const QString environment = connection.value(u"environment"_s).toString();
        // as the console reads it: what is none of the other three is taken for production
        const bool isOther = environment == "embedded"_L1 || environment == "development"_L1 || environment == "staging"_L1;
        const bool isThis = connection.value(u"kind"_s) == "postgres"_L1
                                ? core::backend::isSameDatabase(connection.value(u"store_url"_s).toString(), storePath)
                                : isSameFile(connection.value(u"store_path"_s).toString(), storePath);
        if (!isOther && isThis)
            return connection.value(u"name"_s).toString().simplified();
    }
    return {};
}

Result<void> confirmed(Session& session, const Arguments& arguments, qsizetype count, const QString& question, const QString& nothing)
{
    Output& output = session.output;
    const QString number = QString::number(count);
    const QString wanted = session.production.isEmpty() || count <= 1 ? number : session.production + u' ' + number;
    const bool isTyped = wanted != number;
    if (isTyped ? arguments.value(u"confirm").value_or(QString()).simplified() == wanted : arguments.has(u"yes"))
        return {};
    const QString how =
        isTyped ? u"This store is production. Type \"%1\" to go on:"_s.arg(visible(wanted)) : u"Type the number to go on:"_s;
    if (output.canAsk() && output.ask(question + u' ' + how).simplified() == wanted)
        return {};
    return failure(ErrorKind::Forbidden, u"not_confirmed"_s,
                   isTyped ? u"%1 on a production store and nobody confirmed; --confirm \"%2\" does"_s.arg(nothing, wanted)
                           : u"%1 and nobody confirmed; --yes does"_s.arg(nothing),
                   isTyped ? u"--confirm"_s : u"--yes"_s);
}

}
