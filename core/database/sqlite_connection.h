// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/database/database.h"

struct sqlite3;

namespace core::database {

/// A connection to an SQLite file, opened through Qt Sql.
class SqliteConnection final : public Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const DatabaseOptions& options, const QString& connectionName);
    ~SqliteConnection() override;

    Result<std::unique_ptr<StatementDriver>> prepare(const char* sql, Path path) override;
    Result<void> apply(Durability durability) override;
    qint64 dataVersion() override;
    bool isInTransaction() const override;
    void interrupt() override;

private:
    SqliteConnection(const DatabaseOptions& options, QString connectionName);
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> exec(const char* sql);
    [[nodiscard]] Result<void> switchToWal();

    DatabaseOptions m_options;
    QString m_connectionName;
    sqlite3* m_handle = nullptr;    // owned by Qt's driver
    std::unique_ptr<StatementDriver> m_version;
};

/// Which kind of failure an SQLite result code is; `handleMessage` goes into the detail.
[[nodiscard]] Error sqliteError(int extendedCode, const QString& handleMessage);

}
