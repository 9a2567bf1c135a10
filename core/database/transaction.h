// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

namespace core::database {

/// A write transaction; rolls back unless committed. On SQLite it waits here for its turn instead of failing half way; on Postgres
/// several run at once, and whoever reads a row to change it locks it (lockedForChange()).
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    /// A write transaction that spares round trips: Statement::execAhead() does not wait in it, nor does this for the BEGIN. For whoever gives
    /// up all of it where one part fails: which part it was is found out too late to go on.
    [[nodiscard]] static Result<Transaction> beginAhead(Database& database);
    /// A read transaction: every statement in it sees the same moment.
    [[nodiscard]] static Result<Transaction> beginRead(Database& database);
    Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    [[nodiscard]] Result<void> commit();
    void rollBack();

private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database;
};

/// A part of a transaction that can be undone alone; rolls back unless released.
class Savepoint {
public:
    [[nodiscard]] static Result<Savepoint> begin(Database& database);
    Savepoint(Savepoint&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)), m_depth(other.m_depth) {}
    Savepoint& operator=(Savepoint&&) = delete;
    ~Savepoint();

    [[nodiscard]] Result<void> release();
    void rollBack();

private:
    Savepoint(Database& database, int depth) : m_database(&database), m_depth(depth) {}
    Database* m_database;
    int m_depth;
};

}
