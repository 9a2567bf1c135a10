// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace core::database {

enum class Access { ReadWrite, ReadOnly };

/// The path of a store that lives in memory and ends with its connection.
inline const QString inMemoryPath = QStringLiteral(":memory:");

struct DatabaseOptions {
    QString path;        ///< of an SQLite file, created when missing and writable; or a URL as StoreUrl has it
    QString password;    ///< for a server; empty: as libpq finds one (service file, password file, environment)
    Access access = Access::ReadWrite;
    bool mayMigrate = true;    ///< false: a store of an older version is refused (store_old) and left as it is
    Durability durability = Durability::Full;
    std::chrono::milliseconds busyTimeout{5000};    ///< how long a writer waits for another
    int cacheKib = 32'768;                          ///< of a file, how much of it a connection keeps in memory beside what is mapped
    /// On a server: what the server lets a statement take (0: no end). An answer that is not there 3 s after that does not come any more, so
    /// that nothing waits for ever: the connection is then lost.
    std::chrono::milliseconds statementTimeout{30'000};
    QString applicationName;    ///< what the server's administrator sees; empty: "signalbox"
};

/// One connection; belongs to the thread that opened it. Errors of its statements are values with these codes: store_locked,
/// disk_full, store_io (Unavailable: try again), store_corrupt (Unavailable: it can be used again once another file stands there),
/// store_read_only (Forbidden), constraint (Conflict), sql (Internal), interrupted (Cancelled). Of a server also store_gone, store_silent,
/// store_starting, store_busy, store_unreachable (Unavailable), store_slow (TimedOut), store_rights, store_login (Forbidden) and store_missing
/// (NotFound).
class Database {
public:
    /// Opens, checks that it is a database, and sets the pragmas; runs no migration.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// A kept prepared statement; the text is the key. A failure to prepare shows when it is run.
    [[nodiscard]] Statement prepare(const char* sql, Path path = Path::Ordinary);
    /// The same for a text that was built for one filter or another: of these the latest few dozen are kept.
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
    /// Ends the statement that runs on this connection, and no other; safe from any thread. Returns at once.
    void interrupt();
    /// Only a server is lost; nothing is asked of it to know. A lost connection answers every statement at once with why; it never comes back:
    /// open another.
    [[nodiscard]] bool isLost() const;
    /// Another limit than the options' from the next statement on; see DatabaseOptions::statementTimeout.
    [[nodiscard]] Result<void> setStatementTimeout(std::chrono::milliseconds timeout);

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
    void letGoOfOldest();
    [[nodiscard]] Result<void> applyDurability();

    DatabaseOptions m_options;
    Engine m_engine;
    std::unique_ptr<Connection> m_connection;
    Durability m_durability = Durability::Full;
    std::optional<Durability> m_appliedDurability;
    int m_savepoints = 0;
    std::unordered_map<std::string, std::unique_ptr<PreparedStatement>, Hash, std::equal_to<>> m_statements;
    struct BuiltText {
        QByteArray sql;
        int uses = 0;
    };
    std::vector<BuiltText> m_built;    // the texts among them that were built; the latest asked for is the last
};

}
