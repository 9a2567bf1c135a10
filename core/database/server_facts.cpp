// SPDX-License-Identifier: Apache-2.0
#include "core/database/server_facts.h"

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

Result<void> readSession(Database& database, ServerFacts& facts)
{
    return database
        .prepare("SELECT split_part(current_setting('server_version'), ' ', 1), "
                 "coalesce((SELECT version || ', ' || cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl), ''), "
                 "current_user::text, current_database()::text, pg_is_in_recovery()")
        .fetchOne([&](Row& row) {
            facts.version = row.string();
            facts.tls = row.string();
            facts.user = row.string();
            facts.database = row.string();
            facts.isStandby = row.boolean();
            return true;
        })
        .map([](const auto&) {});
}

/// Rights are asked of the tables that are there; a table that is missing is the schema version's matter.
Result<void> readTables(Database& database, ServerFacts& facts)
{
    return database
        .prepare("SELECT count(*), count(*) FILTER (WHERE tablename = 'schema_migrations'), "
                 "coalesce(bool_and(has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'SELECT')), false), "
                 "coalesce(bool_and(tablename = 'schema_migrations' OR "
                 "has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'INSERT') AND "
                 "has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'UPDATE') AND "
                 "has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'DELETE')), false) "
                 "FROM pg_tables WHERE schemaname = current_schema()")
        .fetchOne([&](Row& row) {
            const qint64 tables = row.int64();
            const qint64 ours = row.int64();
            facts.holdsForeignTables = tables > 0 && ours == 0;
            facts.schemaVersion = ours > 0 ? 1 : 0;
            facts.canRead = row.boolean();
            facts.canChange = row.boolean();
            return true;
        })
        .map([](const auto&) {});
}

/// Events take their numbers with the rights of whoever writes them: all rights on the tables are not enough.
Result<void> readSequence(Database& database, ServerFacts& facts)
{
    return database
        .prepare("SELECT has_sequence_privilege(c.oid, 'USAGE, UPDATE') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                 "WHERE n.nspname = current_schema() AND c.relname = 'job_event_numbers' AND c.relkind = 'S'")
        .fetchOne([&](Row& row) {
            facts.canChange = facts.canChange && row.boolean();
            return true;
        })
        .map([](const auto&) {});
}

Result<void> readVersion(Database& database, ServerFacts& facts)
{
    if (facts.schemaVersion == 0 || !facts.canRead)
        return {};
    return database.prepare("SELECT coalesce(max(version), 0) FROM schema_migrations")
        .fetchOne([&](Row& row) {
            facts.schemaVersion = row.integer();
            return true;
        })
        .map([](const auto&) {});
}

}

Result<void> roundTrip(Database& database)
{
    return database.exec("SELECT 1");
}

Result<ServerFacts> serverFacts(Database& database)
{
    ServerFacts facts;
    return readSession(database, facts)
        .and_then([&] { return readTables(database, facts); })
        .and_then([&] { return readSequence(database, facts); })
        .and_then([&] { return readVersion(database, facts); })
        .map([&] { return facts; });
}

}
