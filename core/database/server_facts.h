// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

namespace core::database {

/// What a session on a server is, for whoever tries a connection before using it.
struct ServerFacts {
    QString version;    ///< "15.14"
    QString tls;        ///< "TLSv1.3, TLS_AES_256_GCM_SHA384"; empty: the connection is not encrypted
    QString user;
    QString database;
    int schemaVersion = 0;    ///< 0: there are no tables of ours
    bool holdsForeignTables = false;
    bool canRead = false;    ///< all tables of ours
    /// Insert, update and delete in all of them, and draw the numbers of events (the sequence job_event_numbers).
    bool canChange = false;
    bool isStandby = false;    ///< in recovery: nothing can be written
};

/// The smallest question there is, for measuring the way.
[[nodiscard]] Result<void> roundTrip(Database& database);

/// Changes nothing; a few small statements.
[[nodiscard]] Result<ServerFacts> serverFacts(Database& database);

}
