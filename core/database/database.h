// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>

namespace core::database {

enum class Access { ReadWrite, ReadOnly };

/// The path of a store that lives in memory and ends with its connection.
inline const QString inMemoryPath = QStringLiteral(":memory:");

struct DatabaseOptions {
    QString path;    ///< of an SQLite file, created when missing and writable; or a URL as StoreUrl has it
    QString password;    ///< for a server; empty: as libpq finds one (service file, password file, environment)
    Access access = Access::ReadWrite;
    bool mayMigrate = true;    ///< false: a store of an older version is refused (store_old) and left as it is
    Durability durability = Durability::Full;
    std::chrono::milliseconds busyTimeout{5000};    ///< how long a writer waits for another
    std::chrono::milliseconds statementTimeout{0};    ///< on a server; 0: none
};

/// One connection; belongs to the thread that opened it. Errors of its statements are values with these codes: store_locked,
/// disk_full, store_io (Unavailable: try again), store_corrupt (Unavailable: it can be used again once another file stands there),
/// store_read_only (Forbidden), constraint (Conflict), sql (Internal).
class Database {
public:
    /// Opens, checks that it is a database, and sets the pragmas; runs no migration.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// A kept prepared statement; the text is the key. A failure to prepare shows when it is run.
    [[nodiscard]] Statement prepare(const char* sql, Path path = Path::Ordinary);
    [[nodiscard]] Statement prepare(const QByteArray& sql, Path path = Path::Ordinary);
    [[nodiscard]] Result<void> exec(const char* sql);

    /// Lowers or restores what the next transactions of this connection promise; only between transactions. The engine is told
    /// when one begins, so lowering it for a row of transactions costs one change. A lone statement outside of a transaction
    /// promises what the transaction before it did.
    void setDurability(Durability durability) { m_durability = durability; }
    /// Changes whenever another connection has committed something.
    [[nodiscard]] qint64 dataVersion();
    /// False also after the engine has rolled back by itself, as it does on some failures.
    [[nodiscard]] bool isInTransaction() const;
    /// Ends the statement that runs on this connection; safe from any thread.
    void interrupt();

    [[nodiscard]] Engine engine() const { return m_engine; }
    [[nodiscard]] bool isPostgres() const { return m_engine == Engine::Postgres; }
    [[nodiscard]] const DatabaseOptions& options() const { return m_options; }
    [[nodiscard]] bool isReadOnly() const { return m_options.access == Access::ReadOnly; }

private:
    friend class Transaction;
    friend class Savepoint;
    struct Hash {
        using is_transparent = void;
        size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    Database(DatabaseOptions options, Engine engine, std::unique_ptr<Connection> connection);
    [[nodiscard]] std::unique_ptr<PreparedStatement> makeStatement(const char* sql, Path path);
    [[nodiscard]] Result<void> applyDurability();

    DatabaseOptions m_options;
    Engine m_engine;
    std::unique_ptr<Connection> m_connection;
    Durability m_durability = Durability::Full;
    std::optional<Durability> m_appliedDurability;
    int m_savepoints = 0;
    std::unordered_map<std::string, std::unique_ptr<PreparedStatement>, Hash, std::equal_to<>> m_statements;
};

}
