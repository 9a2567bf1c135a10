// SPDX-License-Identifier: Apache-2.0
#include "core/database/database.h"

#include "core/database/postgres_connection.h"
#include "core/database/sqlite_connection.h"
#include "core/database/store_url.h"
#include "core/database/tls_refusal.h"

#include <algorithm>
#include <atomic>

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

QString hostOf(const DatabaseOptions& options)
{
    const auto url = StoreUrl::parse(options.path);
    return url ? url->host() : QString();
}

}

Database::Database(DatabaseOptions options, Engine engine, std::unique_ptr<Connection> connection)
    : m_options(std::move(options)), m_engine(engine), m_connection(std::move(connection)), m_durability(m_options.durability)
{
}

Database::~Database()
{
    m_connection->aboutToClose();
    m_statements.clear();
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options)
{
    static std::atomic<int> counter = 0;
    const auto name = u"signalbox-%1"_s.arg(++counter);    // Qt's connection names are global; ours never meet
    const Engine engine = StoreUrl::isUrl(options.path) ? Engine::Postgres : Engine::Sqlite;
    auto connection = engine == Engine::Postgres ? PostgresConnection::open(options, name) : SqliteConnection::open(options, name);
    if (!connection && connection.error().code == "store_tls"_L1)
        return tl::make_unexpected(tlsRefusal(connection.error().detail, hostOf(options)));
    if (!connection)
        return errorOf(connection);
    auto database = std::unique_ptr<Database>(new Database(options, engine, std::move(*connection)));
    if (const auto applied = database->applyDurability(); !applied)
        return errorOf(applied);
    return database;
}

std::unique_ptr<PreparedStatement> Database::makeStatement(const char* sql, Path path)
{
    auto prepared = std::make_unique<PreparedStatement>();
    if (auto made = m_connection->prepare(sql, path))
        prepared->driver = std::move(*made);
    else
        prepared->prepareError = made.error();
    return prepared;
}

Statement Database::prepare(const char* sql, Path path)
{
    const auto known = m_statements.find(std::string_view(sql));
    if (known != m_statements.end()) {
        if (!known->second->inUse && known->second->driver)
            return Statement(*known->second);
        if (known->second->inUse)
            return Statement(makeStatement(sql, path));
        m_statements.erase(known);
    }
    auto made = makeStatement(sql, path);
    return Statement(*m_statements.emplace(sql, std::move(made)).first->second);
}

Statement Database::prepare(const QByteArray& sql, Path path)
{
    // A server plans for the very values of a statement five times; then perhaps for any, which is no good for a rare status or owner.
    constexpr int plannedForItsValues = 5;
    const auto built = std::find_if(m_built.begin(), m_built.end(), [&](const BuiltText& text) { return text.sql == sql; });
    const auto known = m_statements.find(std::string_view(sql.constData(), static_cast<size_t>(sql.size())));
    BuiltText now{sql, 1};
    if (built == m_built.end()) {
        letGoOfOldest();
    } else if (known != m_statements.end() && !known->second->inUse) {
        now.uses = built->uses + 1;
        known->second->knownBinds.clear();    // the names of its values were built as well: another may stand at the same place in memory
        if (isPostgres() && now.uses > plannedForItsValues) {
            m_statements.erase(known);
            now.uses = 1;
        }
        m_built.erase(built);
    } else {
        m_built.erase(built);
    }
    m_built.push_back(now);
    return prepare(now.sql.constData(), path);
}

/// A list asks the same again and again while it is looked at: for its next pages, and for what has changed.
void Database::letGoOfOldest()
{
    constexpr size_t builtToKeep = 32;
    for (auto oldest = m_built.begin(); m_built.size() >= builtToKeep && oldest != m_built.end();) {
        const auto known = m_statements.find(oldest->sql.toStdString());
        if (known != m_statements.end() && known->second->inUse) {
            ++oldest;    // somebody still reads from it
            continue;
        }
        if (known != m_statements.end())
            m_statements.erase(known);
        oldest = m_built.erase(oldest);
    }
}

Result<void> Database::exec(const char* sql)
{
    return Statement(makeStatement(sql, Path::Hot)).exec();
}

Result<void> Database::applyDurability()
{
    if (isReadOnly() || m_appliedDurability == m_durability)
        return {};
    const auto set = m_connection->apply(m_durability);
    if (set)
        m_appliedDurability = m_durability;
    return set;
}

qint64 Database::dataVersion()
{
    return m_connection->dataVersion();
}

bool Database::isInTransaction() const
{
    return m_connection->isInTransaction();
}

void Database::interrupt()
{
    m_connection->interrupt();
}

bool Database::isLost() const
{
    return m_connection->isLost();
}

Result<void> Database::setStatementTimeout(std::chrono::milliseconds timeout)
{
    return m_connection->limit(timeout);
}

}
