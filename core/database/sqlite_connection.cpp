// SPDX-License-Identifier: Apache-2.0
#include "core/database/sqlite_connection.h"

#include "core/database/qt_statement.h"
#include "core/database/sqlite_statement.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>

#include <sqlite3.h>

#include <chrono>

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

/// While another connection holds the lock: looks again every millisecond. The engine's own handler soon looks ten times a second only,
/// and whoever acts in many short transactions would starve it.
int waitForLock(void* options, int tries)
{
    thread_local std::chrono::steady_clock::time_point since;
    if (tries == 0)
        since = std::chrono::steady_clock::now();
    if (std::chrono::steady_clock::now() - since >= static_cast<const DatabaseOptions*>(options)->busyTimeout)
        return 0;    // SQLITE_BUSY
    sqlite3_sleep(1);
    return 1;
}

}

Error sqliteError(int extendedCode, const QString& handleMessage)
{
    const auto error = [&](ErrorKind kind, const QString& code, const QString& message) {
        return Error{kind, code, message, {}, handleMessage};
    };
    // the write-ahead log's index could not grow: by SQLite's own words a disk without room
    if (extendedCode == SQLITE_IOERR_SHMSIZE)
        extendedCode = SQLITE_FULL;
    switch (extendedCode & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return error(ErrorKind::Unavailable, u"store_locked"_s, u"The store is locked by another program"_s);
    case SQLITE_FULL: return error(ErrorKind::Unavailable, u"disk_full"_s, u"The disk that holds the store is full"_s);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return error(ErrorKind::Unavailable, u"store_io"_s, u"The store's file cannot be read or written"_s);
    case SQLITE_INTERRUPT: return error(ErrorKind::Cancelled, u"interrupted"_s, u"The query was interrupted"_s);
    case SQLITE_READONLY:
    case SQLITE_PERM: return error(ErrorKind::Forbidden, u"store_read_only"_s, u"The store is open for reading only"_s);
    case SQLITE_CONSTRAINT: return error(ErrorKind::Conflict, u"constraint"_s, u"The store refused the change"_s);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return error(ErrorKind::Unavailable, u"store_corrupt"_s, u"The store's file is damaged or is no SQLite database"_s);
    default: return error(ErrorKind::Internal, u"sql"_s, u"A statement failed: %1"_s.arg(handleMessage));
    }
}

SqliteConnection::SqliteConnection(const DatabaseOptions& options, QString connectionName)
    : m_options(options), m_connectionName(std::move(connectionName))
{
}

SqliteConnection::~SqliteConnection()
{
    m_version.reset();
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<std::unique_ptr<Connection>> SqliteConnection::open(const DatabaseOptions& options, const QString& connectionName)
{
    auto connection = std::unique_ptr<SqliteConnection>(new SqliteConnection(options, connectionName));
    if (const auto connected = connection->connect(); !connected)
        return errorOf(connected);
    return std::unique_ptr<Connection>(std::move(connection));
}

Result<void> SqliteConnection::connect()
{
    const bool inMemory = m_options.path == inMemoryPath;
    const bool isReadOnly = m_options.access == Access::ReadOnly;
    const QFileInfo file(m_options.path);
    if (!inMemory && file.isDir())
        return failure(ErrorKind::Invalid, u"store_is_folder"_s, u"%1 is a folder, not a store"_s.arg(m_options.path), u"store"_s);
    if (isReadOnly && !file.exists())
        return failure(ErrorKind::NotFound, u"store_missing"_s, u"There is no store at %1"_s.arg(m_options.path), u"store"_s);
    if (!inMemory && !isReadOnly && !QDir().mkpath(file.absolutePath()))
        return failure(ErrorKind::Unavailable, u"store_io"_s, u"The folder %1 cannot be made"_s.arg(file.absolutePath()), u"store"_s);

    auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    if (!connection.isValid())
        return failure(ErrorKind::Unavailable, u"driver_missing"_s, u"Qt's SQLite driver is not installed (package libqt6sql6-sqlite)"_s);
    connection.setDatabaseName(inMemory ? inMemoryPath : file.absoluteFilePath());
    // URIs are for ATTACH only: our own path above is never one, as it is absolute.
    connection.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1%2"_s.arg(m_options.busyTimeout.count())
                                     .arg(isReadOnly ? u";QSQLITE_OPEN_READONLY"_s : QString()));
    if (!connection.open())
        return tl::make_unexpected(sqliteError(connection.lastError().nativeErrorCode().toInt(), connection.lastError().databaseText()));
    m_handle = *static_cast<sqlite3* const*>(connection.driver()->handle().constData());
    sqlite3_busy_handler(m_handle, waitForLock, &m_options);

    // The first statement that reads the file: a file that is no database is found here.
    if (const auto readable = exec("SELECT count(*) FROM sqlite_master"); !readable)
        return readable;
    const QByteArray cacheSize = "PRAGMA cache_size=-" + QByteArray::number(m_options.cacheKib);
    for (const char* pragma : {"PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY", cacheSize.constData(), "PRAGMA mmap_size=268435456"}) {
        if (const auto set = exec(pragma); !set)
            return set;
    }
    if (isReadOnly)
        return exec("PRAGMA query_only=ON");
    // SQLite opens a file that may not be written all the same; then every change would fail, one by one
    if (sqlite3_db_readonly(m_handle, "main") == 1)
        return failure(ErrorKind::Forbidden, u"store_read_only"_s, u"The file %1 may not be written"_s.arg(m_options.path), u"store"_s);
    if (const auto wal = switchToWal(); !wal)
        return wal;
    return {};
}

/// The busy timeout does not help connections that switch to WAL at once: all but one are told "locked" without a wait. A write lock does
/// wait, and behind it the store is found switched.
Result<void> SqliteConnection::switchToWal()
{
    constexpr int mostRounds = 20;
    auto switched = exec("PRAGMA journal_mode=WAL");
    for (int round = 0; round < mostRounds && !switched && switched.error().code == u"store_locked"_s; ++round) {
        if (const auto waited = exec("BEGIN IMMEDIATE"); !waited)
            return waited;
        if (const auto ended = exec("COMMIT"); !ended)
            return ended;
        switched = exec("PRAGMA journal_mode=WAL");
    }
    return switched;
}

Result<void> SqliteConnection::exec(const char* sql)
{
    auto statement = SqliteStatement::prepare(m_handle, sql);
    if (!statement)
        return errorOf(statement);
    return (*statement)->step().map([](bool) {});
}

Result<std::unique_ptr<StatementDriver>> SqliteConnection::prepare(const char* sql, Path path)
{
    if (path == Path::Hot) {
        return SqliteStatement::prepare(m_handle, sql).map([](auto made) -> std::unique_ptr<StatementDriver> { return made; });
    }
    return QtStatement::prepare(QSqlDatabase::database(m_connectionName, false), sql)
        .map([](auto made) -> std::unique_ptr<StatementDriver> { return made; });
}

Result<void> SqliteConnection::apply(Durability durability)
{
    // Not kept prepared: this pragma acts while it is compiled.
    return exec(durability == Durability::Full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
}

qint64 SqliteConnection::dataVersion()
{
    if (!m_version) {
        auto prepared = SqliteStatement::prepare(m_handle, "PRAGMA data_version");
        if (!prepared)
            return 0;
        m_version = std::move(*prepared);
    }
    const auto row = m_version->step();
    const qint64 version = row && *row ? m_version->int64(0) : 0;
    m_version->reset();
    return version;
}

bool SqliteConnection::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

void SqliteConnection::interrupt()
{
    sqlite3_interrupt(m_handle);
}

}
