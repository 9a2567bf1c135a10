// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/connection.h"
#include "core/database/database.h"
#include "core/database/postgres_wait.h"

#include <condition_variable>
#include <mutex>
#include <vector>

struct pg_cancel;
struct pg_conn;
struct pg_result;

namespace core::database {

class PostgresStatement;

/// A session on a Postgres server: opened through Qt Sql (QPSQL), driven through the driver's own PGconn. Qt's way to run a statement
/// loses the microseconds of timestamptz, quotes every value into a text that is parsed again, and needs three round trips to prepare.
/// Every wait for the server has an end, also where it stops answering.
class PostgresConnection final : public Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const DatabaseOptions& options, const QString& connectionName);
    ~PostgresConnection() override;

    Result<std::unique_ptr<StatementDriver>> prepare(const char* sql, Path path) override;
    Result<void> apply(Durability durability) override;
    qint64 dataVersion() override;
    bool isInTransaction() const override;
    void runAhead(bool on) override { m_runsAhead = on; }
    Result<void> settle() override;
    void interrupt() override;
    Result<void> limit(std::chrono::milliseconds statementTimeout) override;
    bool isLost() override;
    void aboutToClose() override { m_isClosing = true; }

    /// `send` is one of libpq's PQsend... of the handle it is given. The answer belongs to the caller; null: there is none.
    [[nodiscard]] pg_result* exchange(const std::function<int(pg_conn*)>& send);
    /// Whether sendAhead() is wanted.
    [[nodiscard]] bool runsAhead() const { return m_runsAhead; }
    /// Like exchange(), but nobody waits: the answer comes with the next one that is waited for. `reader` (none: only a failure matters) is
    /// given it then. What is on its way together may take as long as one statement. (libpq's pipeline mode: its manual, chapter 34.5.)
    [[nodiscard]] Result<void> sendAhead(const std::function<int(pg_conn*)>& send, PostgresStatement* reader);
    void forgetReader(const PostgresStatement* reader);
    /// What `result`, the answer to the last exchange, says where it is a failure.
    [[nodiscard]] Error errorOf(const pg_result* result) const;
    /// False while nothing can be asked but the end of a failed transaction, and nothing at all.
    [[nodiscard]] bool takesStatements() const;

private:
    /// A cancel is asked for over a connection of its own, which may take as long as the server likes: by a thread that nobody waits for.
    struct CancelRequest {
        std::mutex mutex;
        std::condition_variable changed;
        bool isDone = false;
        bool isOver = false;    // there is nothing left to cancel
    };

    PostgresConnection(pg_conn* handle, QString connectionName, const DatabaseOptions& options);
    void beginExchange();
    [[nodiscard]] pg_result* answer();
    [[nodiscard]] pg_result* answersInOrder();
    [[nodiscard]] postgres::Deadline endOfPatience() const;
    [[nodiscard]] bool awaitNext(const postgres::Deadline& deadline);
    void endExchange();

    pg_conn* m_handle;    // owned by Qt's driver
    QString m_connectionName;
    bool m_isReadOnly;
    std::chrono::milliseconds m_statementTimeout;
    int m_prepared = 0;
    bool m_isGivenUp = false;    // an answer did not come: whatever comes next on the wire would be taken for another's
    bool m_isClosing = false;
    bool m_runsAhead = false;
    std::vector<PostgresStatement*> m_ahead;    // who waits for the answers to what has set out, in its order
    postgres::Wakeup m_wakeup;
    std::shared_ptr<pg_cancel> m_cancel;
    std::mutex m_mutex;    // guards what follows: interrupt() comes from any thread
    bool m_isRunning = false;
    bool m_isInterrupted = false;    // the exchange that runs, or the last one
    std::shared_ptr<CancelRequest> m_cancelRequest;
    // Last: they go while there is a connection. Statements that are run again and again.
    std::unique_ptr<StatementDriver> m_version;
    std::unique_ptr<StatementDriver> m_setFull;
    std::unique_ptr<StatementDriver> m_setNormal;
};

/// Which kind of failure an SQLSTATE is (the server's manual, appendix A); `message` goes into the detail.
[[nodiscard]] Error postgresError(const QByteArray& sqlState, const QString& message);

}
