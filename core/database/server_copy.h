// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

namespace core::database {

/// Copies rows of one of our tables from a server into an SQLite store with the same table, column by column; rows that are there already
/// stay. `where` is a condition in Postgres's words that may use :ids, a list of ids as JSON. Both connections belong to the caller's thread.
[[nodiscard]] Result<void> copyRows(Database& server, Database& store, const char* table, const char* where, const QByteArray& ids);

}
