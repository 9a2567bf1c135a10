// SPDX-License-Identifier: Apache-2.0
#include "core/database/migrations.h"
#include "core/database/transaction.h"
#include "core/database/writers_turn.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace core::database;
using namespace Qt::StringLiterals;
using core::Result;

namespace {

std::unique_ptr<Database> opened(const QString& path, DatabaseOptions options = {})
{
    options.path = path;
    auto database = Database::open(options);
    return database ? std::move(*database) : nullptr;
}

qint64 number(Database& database, const char* sql)
{
    const auto value = database.prepare(sql).fetchOne([](Row& row) { return row.int64(); });
    return value && *value ? **value : -1;
}

}

class DatabaseTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void pragmasAreThoseOfTheContract()
    {
        const auto database = opened(path());
        QVERIFY(database);
        const auto mode = database->prepare("PRAGMA journal_mode").fetchOne([](Row& row) { return row.string(); });
        QCOMPARE(mode->value(), u"wal"_s);
        QCOMPARE(number(*database, "PRAGMA synchronous"), 2);
        QCOMPARE(number(*database, "PRAGMA foreign_keys"), 1);
    }

    void whatACommitPromisesIsSettledWhenATransactionBegins()
    {
        const auto database = opened(path());
        const auto promised = [&] { return number(*database, "PRAGMA synchronous"); };
        const auto commitOne = [&] {
            auto transaction = Transaction::begin(*database);
            return transaction && transaction->commit();
        };
        constexpr qint64 normal = 1;
        constexpr qint64 full = 2;
        QCOMPARE(promised(), full);
        database->setDurability(Durability::Normal);
        QVERIFY(commitOne());
        QCOMPARE(promised(), normal);
        database->setDurability(Durability::Full);
        database->setDurability(Durability::Normal);    // as between two reports of progress: nothing was begun
        QVERIFY(commitOne());
        QCOMPARE(promised(), normal);
        database->setDurability(Durability::Full);
        QVERIFY(commitOne());
        QCOMPARE(promised(), full);
    }

    void valuesComeBackAsTheyWentIn_data()
    {
        QTest::addColumn<int>("way");
        QTest::newRow("through Qt Sql") << static_cast<int>(Path::Ordinary);
        QTest::newRow("native") << static_cast<int>(Path::Hot);
    }
    void valuesComeBackAsTheyWentIn()
    {
        QFETCH(int, way);
        const auto path_ = static_cast<Path>(way);
        const auto database = opened(path());
        QVERIFY(database->exec("CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB, n TEXT)"));
        for (int round = 0; round < 2; ++round) {
            auto insert = database->prepare("INSERT INTO t VALUES (:i, :r, :s, :b, :n)", path_);
            insert.bind(":i", std::numeric_limits<qint64>::min())
                .bind(":r", 0.1)
                .bind(":s", u"é\u2603"_s)
                .bindBlob(":b", QByteArray("\0\xff", 2))
                .bindNull(":n");
            QVERIFY(insert.exec());
        }
        auto select = database->prepare("SELECT i, r, s, b, n FROM t", path_);
        int rows = 0;
        while (select.next().value()) {
            Row row = select.row();
            QCOMPARE(row.int64(), std::numeric_limits<qint64>::min());
            QCOMPARE(row.real(), 0.1);
            QCOMPARE(row.string(), u"é\u2603"_s);
            QCOMPARE(row.bytes(), QByteArray("\0\xff", 2));
            QVERIFY(!row.optionalInt64());
            ++rows;
        }
        QCOMPARE(rows, 2);
    }

    void textThatIsNotUtf8IsKeptOnTheNativePath()
    {
        const auto database = opened(path());
        QVERIFY(database->exec("CREATE TABLE t (s TEXT)"));
        const QByteArray odd("{\"a\":\"\xff\xc0\"}");
        QVERIFY(database->prepare("INSERT INTO t VALUES (:s)", Path::Hot).bindUtf8(":s", odd).exec());
        const auto back = database->prepare("SELECT s FROM t", Path::Hot).fetchOne([](Row& row) { return row.bytes(); });
        QCOMPARE(back->value(), odd);
    }

    void aStatementInUseIsNotHandedOutTwice()
    {
        const auto database = opened(path());
        QVERIFY(database->exec("CREATE TABLE t (i INTEGER)"));
        QVERIFY(database->exec("INSERT INTO t VALUES (1), (2)"));
        const char* sql = "SELECT i FROM t ORDER BY i";
        auto outer = database->prepare(sql, Path::Hot);
        QVERIFY(outer.next().value());
        const auto inner = database->prepare(sql, Path::Hot).fetchAll([](Row& row) { return row.int64(); });
        QCOMPARE(inner->size(), 2);
        QVERIFY(outer.next().value());
        QCOMPARE(outer.row().int64(), 2);
    }

    void aTransactionThatIsNotCommittedLeavesNothing()
    {
        const auto database = opened(path());
        QVERIFY(database->exec("CREATE TABLE t (i INTEGER)"));
        {
            auto transaction = Transaction::begin(*database);
            QVERIFY(transaction);
            QVERIFY(database->exec("INSERT INTO t VALUES (1)"));
            {
                auto savepoint = Savepoint::begin(*database);
                QVERIFY(database->exec("INSERT INTO t VALUES (2)"));
            }
            QCOMPARE(number(*database, "SELECT count(*) FROM t"), 1);
        }
        QCOMPARE(number(*database, "SELECT count(*) FROM t"), 0);
        {
            auto transaction = Transaction::begin(*database);
            auto savepoint = Savepoint::begin(*database);
            QVERIFY(database->exec("INSERT INTO t VALUES (3)"));
            QVERIFY(savepoint->release());
            QVERIFY(transaction->commit());
        }
        QCOMPARE(number(*database, "SELECT max(i) FROM t"), 3);
    }

    void aLockedStoreIsAnErrorThatMaySucceedLater()
    {
        const auto first = opened(path());
        DatabaseOptions hasty;
        hasty.busyTimeout = std::chrono::milliseconds(20);
        const auto second = opened(path(), hasty);
        const auto held = Transaction::begin(*first);
        QVERIFY(held);
        const auto refused = Transaction::begin(*second);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, core::ErrorKind::Unavailable);
        QCOMPARE(refused.error().code, u"store_locked"_s);
    }

    void whoWritesOverAndOverStarvesNobody()
    {
        const auto busy = opened(path());
        QVERIFY(busy->exec("CREATE TABLE t (i INTEGER)"));
        std::atomic<bool> isOver = false;
        std::atomic<int> refused = 0;
        std::atomic<int> rounds = 0;
        std::thread other([&] {
            DatabaseOptions hasty;
            hasty.busyTimeout = std::chrono::milliseconds(250);    // a dozen of the long act's transactions
            const auto database = opened(path(), hasty);
            for (int i = 0; i < 20; ++i) {
                rounds.wait(rounds);    // into the middle of a transaction
                refused += database->exec("INSERT INTO t VALUES (1)") ? 0 : 1;
            }
            isOver = true;
        });
        while (!isOver) {
            giveWritersATurn();
            auto act = Transaction::begin(*busy);
            QVERIFY(act);
            ++rounds;
            rounds.notify_one();
            const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
            while (std::chrono::steady_clock::now() < until)
                QVERIFY(busy->exec("INSERT INTO t VALUES (2)"));
            QVERIFY(act->commit());
        }
        other.join();
        QCOMPARE(refused.load(), 0);
        QVERIFY(rounds >= 20);
    }

    void aFullDiskIsAnErrorAndLosesNothing()
    {
        const auto database = opened(path());
        QVERIFY(database->exec("CREATE TABLE t (b BLOB)"));
        QVERIFY(database->exec("PRAGMA max_page_count=8"));
        const auto full = database->prepare("INSERT INTO t VALUES (zeroblob(200000))").exec();
        QVERIFY(!full);
        QCOMPARE(full.error().code, u"disk_full"_s);
        QCOMPARE(number(*database, "SELECT count(*) FROM t"), 0);
    }

    void aFileThatCannotBeAStoreIsRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("code");
        QTest::newRow("no database") << QByteArray(4096, 'x') << u"store_corrupt"_s;
        QTest::newRow("truncated header") << QByteArray("SQLite format 3\0garbage", 23).leftJustified(200, 'z') << u"store_corrupt"_s;
    }
    void aFileThatCannotBeAStoreIsRefused()
    {
        QFETCH(QByteArray, content);
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        DatabaseOptions options;
        options.path = path();
        const auto database = Database::open(options);
        QVERIFY(!database);
        QTEST(database.error().code, "code");
        QCOMPARE(database.error().kind, core::ErrorKind::Unavailable);    // nothing can be done with it now; no fault of the program's
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void aReadOnlyConnectionWritesNothing()
    {
        QVERIFY(migrate(*opened(path())));
        DatabaseOptions options;
        options.access = Access::ReadOnly;
        const auto database = opened(path(), options);
        QVERIFY(database);
        QVERIFY(migrate(*database));
        const auto refused = database->exec("INSERT INTO settings VALUES ('a', 'b', 1)");
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, core::ErrorKind::Forbidden);
    }

    void aStoreFromANewerVersionIsRefused()
    {
        const auto database = opened(path());
        QVERIFY(migrate(*database));
        QVERIFY(database->exec("INSERT INTO schema_migrations VALUES (99, 'later', 0)"));
        const auto refused = migrate(*database);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"store_newer"_s);
        QVERIFY(refused.error().message.contains(u"newer"_s));
    }

    void somebodyElsesDatabaseIsRefused()
    {
        const auto database = opened(path());
        QVERIFY(database->exec("CREATE TABLE photos (i INTEGER)"));
        const auto refused = migrate(*database);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"store_foreign"_s);
        QCOMPARE(number(*database, "SELECT count(*) FROM sqlite_master"), 1);
    }

    void anOldStoreIsBackedUpBeforeAMigration()
    {
        const auto database = opened(path());
        QVERIFY(database->exec(
            "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, applied_at INTEGER NOT NULL)"));
        QVERIFY(database->exec("INSERT INTO schema_migrations VALUES (0, 'an older program', 5)"));
        QVERIFY(database->exec("CREATE TABLE keepsake (i INTEGER)"));
        QVERIFY(migrate(*database));
        QCOMPARE(number(*database, "SELECT max(version) FROM schema_migrations"), newestSchemaVersion());
        QCOMPARE(number(*database, "SELECT count(*) FROM sqlite_master WHERE name = 'keepsake'"), 1);
        const auto backup = opened(u"%1.before-v%2.backup"_s.arg(path()).arg(newestSchemaVersion()));
        QVERIFY(backup);
        QCOMPARE(number(*backup, "SELECT max(version) FROM schema_migrations"), 0);
    }

    void whatADeadProgramLeftOfABackupIsSwept()
    {
        const auto leave = [this](const QString& name, const QDateTime& at) {
            QFile file(m_folder->filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QVERIFY(file.setFileTime(at, QFileDevice::FileModificationTime));
        };
        const QString store = QFileInfo(path()).fileName();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        leave(store + u".before-v2.backup.part-a"_s, now.addSecs(-2 * 3600));
        leave(store + u".before-v2.backup.part-b"_s, now);    // perhaps still being written
        leave(u"other.before-v2.backup.part-c"_s, now.addSecs(-2 * 3600));
        leave(store + u".before-v1.backup"_s, now.addSecs(-2 * 3600));
        QVERIFY(migrate(*opened(path())));
        QCOMPARE(QDir(m_folder->path()).entryList({u"*.backup*"_s}, QDir::Files, QDir::Name),
                 QStringList({u"other.before-v2.backup.part-c"_s, store + u".before-v1.backup"_s, store + u".before-v2.backup.part-b"_s}));
    }

    void migratingAtOnceFromSeveralThreadsIsSafe()
    {
        std::vector<std::thread> threads;
        std::atomic<int> succeeded = 0;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([this, &succeeded] {
                const auto database = opened(path());
                const auto migrated = database ? migrate(*database) : Result<void>();
                if (database && migrated)
                    ++succeeded;
                else
                    qWarning("%s", database ? qUtf8Printable(migrated.error().message + migrated.error().detail) : "not opened");
            });
        }
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(succeeded.load(), 4);
        QCOMPARE(QDir(m_folder->path()).entryList({u"*.backup"_s}), QStringList());    // nobody took the new store for an old one
    }

    void aTerminalJobDoesNotMoveWhateverForgetsToAsk()
    {
        const auto database = opened(path());
        QVERIFY(migrate(*database));
        QVERIFY(database->exec(
            "INSERT INTO jobs (id, job_type, status, input_data, created_at, updated_at) VALUES ('a', 'MEDIA_PROBE', 'DONE', '{}', 1, 1)"));
        QVERIFY(!database->exec("UPDATE jobs SET status = 'RUNNING'"));
        QVERIFY(!database->exec("UPDATE jobs SET output_data = '{}'"));
        QVERIFY(database->exec("UPDATE jobs SET cancel_acknowledged_at = 1"));
    }

private:
    QString path() const { return m_folder->filePath(u"store.db"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"
