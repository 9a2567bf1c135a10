// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QString>

namespace ui {

/// Which kind of store a connection names.
enum class ConnectionKind {
    Embedded,    ///< an SQLite file of this machine, with workers in this program
    Postgres     ///< a database on a server that others work on as well
};

/// A store a person can open, as the connection manager keeps it. Holds no secret: those are in the desktop's Secret Service.
struct ConnectionProfile {
    QString id;      ///< ours; keys saved views, column layouts and secrets
    QString name;    ///< "My computer"
    ConnectionKind kind = ConnectionKind::Embedded;
    Environment environment = Environment::Embedded;
    QString storePath;      ///< the SQLite file; of a server its URL, as core/database/store_url.h has it, without a password
    QString storagePath;    ///< the folder that storage keys are looked up in; empty: previews say that there is none
    bool readOnly = false;
    int workerThreads = 2;    ///< embedded workers that start with the connection; 0 for none, also beside a server that has its own
    bool operator==(const ConnectionProfile&) const = default;
};

/// "EMBEDDED", "PRODUCTION": the word on bands and in titles.
[[nodiscard]] QString environmentWord(Environment environment);
/// "Embedded · SQLite".
[[nodiscard]] QString connectionKindText(const ConnectionProfile& profile);

}
