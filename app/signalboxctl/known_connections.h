// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace app {

/// A connection that the console keeps (its connections.json), as far as this program needs it.
struct KnownConnection {
    QString id;
    QString name;
    bool isProduction = false;
    bool isSameLogin = true;    ///< false: of a store on a server, but for another user of it
};

/// The connections that the console keeps for this store, those first that name it in the same words. `store`: the path of a file, however it is
/// reached, or the URL of a store on a server.
[[nodiscard]] QList<KnownConnection> knownConnections(const QString& store);

/// The name under which the console knows this store as production; empty if it knows no such.
[[nodiscard]] QString productionName(const QString& store);

}
