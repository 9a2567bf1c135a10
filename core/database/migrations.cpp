// SPDX-License-Identifier: Apache-2.0
#include "core/database/migrations.h"

#include "core/base/ids.h"
#include "core/database/store_url.h"
#include "core/database/transaction.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

// A static library's resources are not found unless somebody asks; the macro must stand outside every namespace.
static void loadSchemaResources()
{
    Q_INIT_RESOURCE(schema);
}

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds abandonedAfter = std::chrono::hours(1);
constexpr std::chrono::hours longestStep{6};    // an index over very many rows, on a server

using Step = Result<void> (*)(Database&);

struct Migration {
    int version;
    const char* name;
    Step run;
};

Result<void> runScript(Database& database, const QString& name)
{
    loadSchemaResources();
    QFile file((database.isPostgres() ? u":/schema/postgres/"_s : u":/schema/sqlite/"_s) + name);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Internal, u"schema_missing"_s, u"The schema file %1 is not in the program"_s.arg(name));
    QByteArray statement;
    bool inTrigger = false;    // SQLite's hold statements of their own
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("--"))
            continue;
        statement += line + '\n';
        inTrigger = inTrigger || (!database.isPostgres() && line.startsWith("CREATE TRIGGER"));
        if (!line.endsWith(';') || (inTrigger && !line.endsWith("END;")))
            continue;
        if (const auto done = database.exec(statement.constData()); !done)
            return done;
        statement.clear();
        inTrigger = false;
    }
    return {};
}

Result<void> createCoreTables(Database& database)
{
    return runScript(database, u"0001_core.sql"_s);
}

Result<void> addJobIndexes(Database& database)
{
    return runScript(database, u"0002_job_indexes.sql"_s);
}

Result<void> addListIndexes(Database& database)
{
    return runScript(database, u"0003_statistics.sql"_s);
}

// Append only: a step that has shipped is never edited, a mistake is mended by the next one.
constexpr Migration migrations[] = {
    {1, "core tables", createCoreTables},
    {2, "indexes for spans and untold cancels", addJobIndexes},
    {3, "indexes for lists across jobs", addListIndexes},
};

Result<qint64> count(Statement query)
{
    const auto counted = query.fetchOne([](Row& row) { return row.int64(); });
    if (!counted)
        return errorOf(counted);
    return counted->value_or(0);
}

// What the catalog says has no common spelling: SQLite's own table, or Postgres's of the schema that comes first.
const char* tablesCounted(const Database& database)
{
    return database.isPostgres() ? "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
                                 : "SELECT count(*) FROM sqlite_master WHERE type = 'table'";
}

const char* oursCounted(const Database& database)
{
    return database.isPostgres() ? "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migrations'"
                                 : "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";
}

Result<bool> isEmpty(Database& database)
{
    return count(database.prepare(tablesCounted(database))).map([](qint64 tables) { return tables == 0; });
}

Result<int> storedVersion(Database& database)
{
    const auto ours = count(database.prepare(oursCounted(database)));
    if (!ours)
        return errorOf(ours);
    if (*ours > 0) {
        const auto version =
            database.prepare("SELECT coalesce(max(version), 0) FROM schema_migrations").fetchOne([](Row& row) { return row.integer(); });
        if (!version)
            return errorOf(version);
        return version->value_or(0);
    }
    const auto fresh = isEmpty(database);
    if (!fresh)
        return errorOf(fresh);
    if (!*fresh)
        return failure(ErrorKind::Invalid, u"store_foreign"_s,
                       (database.isPostgres() ? u"%1 is a database, but not a Signalbox store: it holds tables of somebody else's"_s
                                              : u"%1 is an SQLite file, but not a Signalbox store"_s)
                           .arg(StoreUrl::shown(database.options().path)),
                       u"store"_s);
    return 0;
}

Result<void> refuseNewer(Database& database, int version)
{
    if (version <= newestSchemaVersion())
        return {};
    // All at once, here and below: the store's name may hold a %3 of its own.
    return failure(
        ErrorKind::Conflict, u"store_newer"_s,
        u"%1 was written by a newer Signalbox (its schema is version %2, this program knows up to %3). Use that version, or another store."_s
            .arg(StoreUrl::shown(database.options().path), QString::number(version), QString::number(newestSchemaVersion())),
        u"store"_s);
}

/// Names the command: the schema of a store that others work on is brought up by a person who means it.
tl::unexpected<Error> refuseOld(const Database& database, int version)
{
    const QString store = StoreUrl::shown(database.options().path);
    const QString found = version == 0 ? u"There are no Signalbox tables in %1 yet"_s.arg(store)
                                       : u"%1 has schema version %2"_s.arg(store, QString::number(version));
    return failure(
        ErrorKind::Forbidden, u"store_old"_s,
        u"%1; this program needs version %2 and does not change the schema by itself here. To bring it up: signalboxctl migrate --store '%3'"_s
            .arg(found, QString::number(newestSchemaVersion()), store),
        u"store"_s);
}

/// What programs that died in the middle of a backup have left, of any version. One that is still written to is young.
void sweepUnfinishedBackups(const Database& database)
{
    const QFileInfo store(database.options().path);
    const QDateTime abandoned = QDateTime::currentDateTimeUtc().addSecs(-abandonedAfter.count());
    for (const QFileInfo& file : store.dir().entryInfoList({u"*.backup.part-*"_s}, QDir::Files)) {
        if (file.fileName().startsWith(store.fileName() + u".before-v"_s) && file.lastModified() < abandoned &&
            !QFile::remove(file.filePath()))
            qWarning("The unfinished backup %s could not be removed", qUtf8Printable(file.filePath()));
    }
}

Result<void> backUp(Database& database, int nextVersion)
{
    const QString path = u"%1.before-v%2.backup"_s.arg(database.options().path).arg(nextVersion);
    if (QFile::exists(path))
        return {};    // of an earlier try: that one is the state before anything changed
    // Named only when it is whole: a program that died in the middle must not leave what looks like a backup.
    const QString unfinished = path + u".part-"_s + base::newUuidV7();    // two programs may come at once
    auto copy = database.prepare("VACUUM INTO :path");
    copy.bind(":path", unfinished);
    if (const auto copied = copy.exec(); !copied) {
        QFile::remove(unfinished);
        return copied;
    }
    if (QFile::rename(unfinished, path))
        return {};
    QFile::remove(unfinished);
    if (!QFile::exists(path))    // else another program's, of the same moment
        return failure(ErrorKind::Unavailable, u"store_io"_s, u"The backup %1 could not be given its name"_s.arg(path), u"store"_s);
    return {};
}

Result<void> runMigration(Database& database, const Migration& migration)
{
    if (const auto ran = migration.run(database); !ran)
        return ran;
    auto insert =
        database.prepare("INSERT INTO schema_migrations (version, name, applied_at) VALUES (:version, :name, :applied_at)", Path::Hot);
    insert.bind(":version", migration.version).bind(":name", QString::fromLatin1(migration.name)).bind(":applied_at", base::systemNow());
    return insert.exec();
}

/// All that are missing, in one transaction: nobody ever sees a store half way, least of all a new one that looks like an old one.
Result<void> runMissing(Database& database)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return errorOf(transaction);
    if (database.isPostgres()) {    // two processes at once: SQLite's transaction is the lock already
        if (const auto alone = database.exec("SELECT pg_advisory_xact_lock(7307497710041)"); !alone)
            return alone;
    }
    const auto version = storedVersion(database);    // again, now that nobody else can move it
    if (!version)
        return errorOf(version);
    const char* table = database.isPostgres() ? "CREATE TABLE IF NOT EXISTS schema_migrations "
                                                "(version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL)"
                                              : "CREATE TABLE IF NOT EXISTS schema_migrations "
                                                "(version INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, applied_at INTEGER NOT NULL)";
    if (const auto made = database.exec(table); !made)
        return made;
    for (const Migration& migration : migrations) {
        if (migration.version <= *version)
            continue;
        if (const auto ran = runMigration(database, migration); !ran)
            return ran;
    }
    return transaction->commit();
}

Result<void> runMigrations(Database& database)
{
    if (const auto unhurried = database.setStatementTimeout(longestStep); !unhurried)
        return unhurried;
    const auto ran = runMissing(database);
    const auto hurriedAgain = database.setStatementTimeout(database.options().statementTimeout);
    return ran ? hurriedAgain : ran;
}

}

int newestSchemaVersion()
{
    return std::size(migrations) ? migrations[std::size(migrations) - 1].version : 0;
}

Result<void> migrate(Database& database, Backup backup)
{
    auto moment = Transaction::beginRead(database);    // version and emptiness of one moment: another program may be making the store
    if (!moment)
        return errorOf(moment);
    const auto version = storedVersion(database);
    if (!version)
        return errorOf(version);
    const auto fresh = isEmpty(database);
    if (!fresh)
        return errorOf(fresh);
    moment->rollBack();
    if (const auto known = refuseNewer(database, *version); !known)
        return known;
    const bool isFile = !database.isPostgres() && database.options().path != inMemoryPath;
    if (isFile && !database.isReadOnly())
        sweepUnfinishedBackups(database);
    if (*version == newestSchemaVersion())
        return {};
    if (database.isReadOnly() || !database.options().mayMigrate)
        return refuseOld(database, *version);
    if (isFile && !*fresh && backup == Backup::Make) {    // a server's backups are its administrator's
        if (const auto kept = backUp(database, newestSchemaVersion()); !kept)
            return kept;
    }
    return runMigrations(database);
}

}
