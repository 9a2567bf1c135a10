// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/statement.h"

#include <chrono>

namespace core::database {

/// Which server or library holds the store.
enum class Engine { Sqlite, Postgres };

/// What a commit promises. Full survives a power cut; Normal survives the death of the process only.
enum class Durability { Full, Normal };

/// Which way a statement takes. Hot statements and those that carry payload bytes go through the native handle: it is
/// faster, and it keeps text that is not valid UTF-8 as it is. Everything else goes through Qt Sql.
enum class Path { Ordinary, Hot };

/// What Database asks of an engine: SqliteConnection and PostgresConnection. Belongs to the thread that opened it.
class Connection {
public:
    virtual ~Connection() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<StatementDriver>> prepare(const char* sql, Path path) = 0;
    /// From the next transaction on.
    [[nodiscard]] virtual Result<void> apply(Durability durability) = 0;
    [[nodiscard]] virtual qint64 dataVersion() = 0;
    [[nodiscard]] virtual bool isInTransaction() const = 0;
    /// While on, what StatementDriver sends ahead is not waited for; an engine without round trips has nothing to gain by that.
    virtual void runAhead(bool) {}
    /// Waits for all that was sent ahead; its first failure.
    [[nodiscard]] virtual Result<void> settle() { return {}; }
    virtual void interrupt() = 0;    ///< from any thread
    /// From the next statement on; only a server has such a limit.
    [[nodiscard]] virtual Result<void> limit(std::chrono::milliseconds) { return {}; }
    /// Whether the server has gone, or was silent for too long to be waited for again.
    [[nodiscard]] virtual bool isLost() { return false; }
    virtual void aboutToClose() {}    ///< what it holds goes with it: no statement needs to be taken back one by one
};

}
