// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/database/database.h"

#include <mutex>

struct pg_cancel;
struct pg_conn;
struct pg_result;

namespace core::database {

/// A session on a Postgres server: opened through Qt Sql (QPSQL), driven through the driver's own PGconn. Qt's way to run a statement
/// loses the microseconds of timestamptz, quotes every value into a text that is parsed again, and needs three round trips to prepare.
class PostgresConnection final : public Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const DatabaseOptions& options, const QString& connectionName);
    ~PostgresConnection() override;

    Result<std::unique_ptr<StatementDriver>> prepare(const char* sql, Path path) override;
    Result<void> apply(Durability durability) override;
    qint64 dataVersion() override;
    bool isInTransaction() const override;
    void interrupt() override;

    /// What `result` says where it is a failure; also notes that the server is gone.
    [[nodiscard]] Error errorOf(const pg_result* result) const;
    [[nodiscard]] pg_conn* handle() const { return m_handle; }

private:
    PostgresConnection(pg_conn* handle, QString connectionName, bool isReadOnly);

    pg_conn* m_handle;    // owned by Qt's driver
    QString m_connectionName;
    bool m_isReadOnly;
    int m_prepared = 0;
    std::mutex m_cancelMutex;    // interrupt() comes from any thread
    pg_cancel* m_cancel;
};

/// Which kind of failure an SQLSTATE is (the server's manual, appendix A); `message` goes into the detail.
[[nodiscard]] Error postgresError(const QByteArray& sqlState, const QString& message);

}
