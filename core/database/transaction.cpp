// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"

namespace core::database {
namespace {

// A failed ROLLBACK means that the engine has already rolled back by itself (disk full, I/O error): there is nothing more to undo.
void ignoreFailure(const Result<void>&) {}

}

Result<Transaction> Transaction::begin(Database& database)
{
    // SQLite knows one writer at a time, and this is its queue. Postgres locks rows, as they are read to be changed.
    const char* begin = database.isPostgres() ? "BEGIN" : "BEGIN IMMEDIATE";
    const auto begun = database.applyDurability().and_then([&] { return database.prepare(begin, Path::Hot).execAhead(); });
    if (!begun)
        return errorOf(begun);
    return Transaction(database);
}

Result<Transaction> Transaction::beginAhead(Database& database)
{
    database.m_connection->runAhead(true);
    auto begun = begin(database);
    if (!begun)
        database.m_connection->runAhead(false);
    return begun;
}

Result<Transaction> Transaction::beginRead(Database& database)
{
    const char* begin = database.isPostgres() ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
    const auto begun = database.prepare(begin, Path::Hot).exec();
    if (!begun)
        return errorOf(begun);
    return Transaction(database);
}

Transaction::~Transaction()
{
    rollBack();
}

Result<void> Transaction::commit()
{
    const auto committed = m_database->prepare("COMMIT", Path::Hot).exec();
    if (!committed && m_database->isLost()) {
        Error error = committed.error();
        error.message += QStringLiteral(". Whether the change stands is not known");
        return tl::make_unexpected(error);
    }
    if (!committed)
        return errorOf(committed);    // the destructor rolls back
    m_database->m_connection->runAhead(false);
    m_database = nullptr;
    return {};
}

void Transaction::rollBack()
{
    if (!m_database)
        return;
    m_database->m_connection->runAhead(false);
    ignoreFailure(m_database->m_connection->settle());    // else a failure that is still on its way would take the ROLLBACK with it
    ignoreFailure(m_database->prepare("ROLLBACK", Path::Hot).exec());
    m_database = nullptr;
}

namespace {

// Kept prepared like every other statement: the three texts per depth are literals.
struct SavepointTexts {
    const char* begin;
    const char* release;
    const char* rollBack;
};
constexpr SavepointTexts savepointTexts[] = {
    {"SAVEPOINT s0", "RELEASE s0", "ROLLBACK TO s0"},
    {"SAVEPOINT s1", "RELEASE s1", "ROLLBACK TO s1"},
    {"SAVEPOINT s2", "RELEASE s2", "ROLLBACK TO s2"},
};

}

Result<Savepoint> Savepoint::begin(Database& database)
{
    const int depth = database.m_savepoints;
    Q_ASSERT(depth < static_cast<int>(std::size(savepointTexts)));
    const auto begun = database.prepare(savepointTexts[depth].begin, Path::Hot).exec();
    if (!begun)
        return errorOf(begun);
    ++database.m_savepoints;
    return Savepoint(database, depth);
}

Savepoint::~Savepoint()
{
    rollBack();
}

Result<void> Savepoint::release()
{
    const auto released = m_database->prepare(savepointTexts[m_depth].release, Path::Hot).exec();
    if (!released)
        return errorOf(released);
    --m_database->m_savepoints;
    m_database = nullptr;
    return {};
}

void Savepoint::rollBack()
{
    if (!m_database)
        return;
    ignoreFailure(m_database->prepare(savepointTexts[m_depth].rollBack, Path::Hot).exec());
    ignoreFailure(m_database->prepare(savepointTexts[m_depth].release, Path::Hot).exec());
    --m_database->m_savepoints;
    m_database = nullptr;
}

}
