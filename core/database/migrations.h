// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

namespace core::database {

/// The version that this program writes; a store with a higher one is refused (store_newer).
[[nodiscard]] int newestSchemaVersion();

enum class Backup { Make, None };    ///< none for what is a copy itself

/// Brings the store up to newestSchemaVersion(), each step in a transaction of its own. A store that already holds data is
/// first copied to "<file>.before-v<N>.backup". Two processes that start at once are safe: the second finds it done.
/// Errors: store_newer, store_foreign (an SQLite file of somebody else), store_old (read-only and in need of a migration).
[[nodiscard]] Result<void> migrate(Database& database, Backup backup = Backup::Make);

}
