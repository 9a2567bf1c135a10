// SPDX-License-Identifier: Apache-2.0
// What is Postgres's own: values on the wire, kinds of failure, migrations by several, the order of changes. Runs with the tests' server.
#include "core/database/migrations.h"
#include "core/database/postgres_text.h"
#include "core/database/store_url.h"
#include "core/database/transaction.h"
#include "core/jobs/repository.h"
#include "tests/support/test_store.h"

#include <QFileInfo>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace core;
using namespace core::database;
using namespace Qt::StringLiterals;

namespace {

DatabaseOptions at(const QString& path, Access access = Access::ReadWrite)
{
    DatabaseOptions options;
    options.path = path;
    options.access = access;
    return options;
}

std::unique_ptr<Database> opened(const QString& path, Access access = Access::ReadWrite)
{
    auto database = Database::open(at(path, access));
    if (!database)
        qFatal("%s: %s", qUtf8Printable(database.error().message), qUtf8Printable(database.error().detail));
    return std::move(*database);
}

qint64 number(Database& database, const char* sql)
{
    const auto value = database.prepare(sql, Path::Hot).fetchOne([](Row& row) { return row.int64(); });
    return value && *value ? **value : -1;
}

bool runServer(const QString& verb, const QString& place)
{
    return QProcess::execute(QStringLiteral(POSTGRES_SCRIPT), {verb, place}) == 0;
}

jobs::JobEvent eventOf(const JobId& id)
{
    jobs::JobEvent event;
    event.id = newId<EventId>();
    event.jobId = id;
    event.eventType = u"progress"_s;
    event.actor = u"test"_s;
    event.createdAt = base::systemNow();
    return event;
}

}

class TestPostgres : public QObject {
    Q_OBJECT

    JobId makeJob(Database& database) const
    {
        jobs::Job job;
        job.id = newId<JobId>();
        job.typeText = u"MEDIA_PROBE"_s;
        job.statusText = u"PENDING"_s;
        job.inputData = "{}";
        job.createdAt = job.updatedAt = base::systemNow();
        if (const auto inserted = jobs::JobRepository(database).insert(job); !inserted)
            qFatal("%s", qUtf8Printable(inserted.error().detail));
        return job.id;
    }

    [[nodiscard]] QString serviceFile() const
    {
        const QString path = m_folder.filePath(u"services"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) ||
            file.write("# ours\n[far]\nhost=db.example.org\ndbname=jobs\n\n[near]\nhost=localhost\n[socket]\ndbname=jobs\n"
                       "[willing]\nhost=db.example.org\nsslmode=require\n") < 0)
            qFatal("No service file: %s", qPrintable(file.errorString()));
        return path;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(test_support::onPostgres(), "SIGNALBOX_TEST_POSTGRES names the place of the tests' server: see tests/support/postgres.sh");
    }
    void init() { m_store = std::make_unique<test_support::TestStore>(m_folder.path()); }
    void cleanup() { m_store.reset(); }

    void namesBecomeNumbers_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("names");
        QTest::newRow("one") << "SELECT :a"_ba
                             << "SELECT $1"_ba
                             << ":a"_ba;
        QTest::newRow("again") << "SELECT :a, :b, :a"_ba
                               << "SELECT $1, $2, $1"_ba
                               << ":a,:b"_ba;
        QTest::newRow("cast") << "SELECT :a::text"_ba
                              << "SELECT $1::text"_ba
                              << ":a"_ba;
        QTest::newRow("constant") << "SELECT ':a', 'it''s :b', :c"_ba
                                  << "SELECT ':a', 'it''s :b', $1"_ba
                                  << ":c"_ba;
        QTest::newRow("quoted name") << "SELECT \":a\" FROM t WHERE x = :b"_ba
                                     << "SELECT \":a\" FROM t WHERE x = $1"_ba
                                     << ":b"_ba;
        QTest::newRow("comment") << "SELECT 1 -- :a\n, :b"_ba
                                 << "SELECT 1 -- :a\n, $1"_ba
                                 << ":b"_ba;
        QTest::newRow("no end") << "SELECT ':a"_ba
                                << "SELECT ':a"_ba
                                << ""_ba;
        QTest::newRow("lone colon") << "SELECT a[1:2], b :"_ba
                                    << "SELECT a[1$1], b :"_ba
                                    << ":2"_ba;
    }
    void namesBecomeNumbers()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, names);
        const NumberedSql numbered = numberedSql(sql.constData());
        QCOMPARE(numbered.text, text);
        QCOMPARE(numbered.names.join(','), names);
    }

    void urls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const QString& url, const QString& code, const QString& shown = {}) {
            QTest::newRow(name) << url << code << (shown.isNull() ? url : shown);
        };
        row("whole", u"postgres://ann@db.example.org:5433/jobs?sslmode=require"_s, {});
        row("other scheme", u"postgresql:///jobs"_s, {});
        row("service", u"postgres://?service=jobs"_s, {});
        row("no database", u"postgres://ann@host"_s, u"store_url"_s);
        row("no URL", u"/var/lib/store.db"_s, u"store_url"_s);
        row("semicolon", u"postgres:///jobs?options=a;b"_s, u"store_url"_s);
        row("password", u"postgres://ann:s3cret@host/jobs"_s, u"store_url_password"_s, u"postgres://ann@host/jobs"_s);
        row("password option", u"postgres://host/jobs?password=s3cret&x=1"_s, u"store_url_password"_s,
            u"postgres://host/jobs?password=…&x=1"_s);
    }
    void urls()
    {
        QFETCH(QString, url);
        QFETCH(QString, code);
        QFETCH(QString, shown);
        const auto parsed = StoreUrl::parse(url);
        QCOMPARE(parsed ? QString() : parsed.error().code, code);
        QCOMPARE(StoreUrl::shown(url), shown);
        QVERIFY(parsed || !parsed.error().message.contains(u"s3cret"_s));
    }

    void onlyThisMachineIsSpokenToWithoutACertificate_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("mode");
        QTest::newRow("far") << u"postgres://db.example.org/jobs"_s << u"sslmode='verify-full'"_s;
        QTest::newRow("far, by its address") << u"postgres://10.0.0.7/jobs"_s << u"sslmode='verify-full'"_s;
        QTest::newRow("far, as the person says") << u"postgres://db.example.org/jobs?sslmode=require"_s << u"sslmode='require'"_s;
        QTest::newRow("far, by its address in an option") << u"postgres:///jobs?hostaddr=10.0.0.7"_s << u"sslmode='verify-full'"_s;
        QTest::newRow("far, a name that begins like an address") << u"postgres://127.example.org/jobs"_s << u"sslmode='verify-full'"_s;
        QTest::newRow("far, said last") << u"postgres://localhost/jobs?host=db.example.org"_s << u"sslmode='verify-full'"_s;
        QTest::newRow("far, after one that is near")
            << u"postgres:///jobs?host=/run/postgresql,db.example.org"_s << u"sslmode='verify-full'"_s;
        QTest::newRow("socket") << u"postgres:///jobs"_s << QString();
        QTest::newRow("loopback") << u"postgres://127.0.0.1/jobs"_s << QString();
        QTest::newRow("loopback, the new way") << u"postgres://[::1]/jobs"_s << QString();
        QTest::newRow("this machine's own name") << u"postgres://localhost/jobs"_s << QString();
    }
    void onlyThisMachineIsSpokenToWithoutACertificate()
    {
        QFETCH(QString, url);
        QFETCH(QString, mode);
        const QByteArray info = StoreUrl::parse(url)->conninfo(at(url));
        QCOMPARE(info.count("sslmode="), mode.isEmpty() ? 0 : 1);
        QVERIFY2(info.contains(mode.toUtf8()), info.constData());
    }

    /// What is said outside the URL counts as if it were said in it.
    void whatTheEnvironmentNamesIsFarToo_data()
    {
        QTest::addColumn<QByteArrayList>("environment");
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isFar");
        const auto file = "PGSERVICEFILE=" + serviceFile().toUtf8();
        const QString open = u"postgres:///jobs"_s;
        QTest::newRow("PGHOST") << QByteArrayList{"PGHOST=db.example.org"} << open << true;
        QTest::newRow("PGHOSTADDR") << QByteArrayList{"PGHOSTADDR=10.0.0.7"} << open << true;
        QTest::newRow("PGHOST, a socket") << QByteArrayList{"PGHOST=/run/postgresql"} << open << false;
        QTest::newRow("PGHOST, but the URL names another")
            << QByteArrayList{"PGHOST=db.example.org"} << u"postgres://localhost/jobs"_s << false;
        QTest::newRow("a service far away") << QByteArrayList{file} << u"postgres://?service=far"_s << true;
        QTest::newRow("PGSERVICE") << QByteArrayList{file, "PGSERVICE=far"} << open << true;
        QTest::newRow("a service here") << QByteArrayList{file} << u"postgres://?service=near"_s << false;
        QTest::newRow("a service of the socket") << QByteArrayList{file} << u"postgres://?service=socket"_s << false;
        QTest::newRow("a service of the socket, but PGHOST is far")
            << QByteArrayList{file, "PGHOST=db.example.org"} << u"postgres://?service=socket"_s << true;
        QTest::newRow("a service that wants it otherwise") << QByteArrayList{file} << u"postgres://?service=willing"_s << false;
        QTest::newRow("a service that no file names") << QByteArrayList{file} << u"postgres://?service=elsewhere"_s << true;
    }
    void whatTheEnvironmentNamesIsFarToo()
    {
        QFETCH(QByteArrayList, environment);
        QFETCH(QString, url);
        QFETCH(bool, isFar);
        const auto nameOf = [](const QByteArray& one) { return one.first(one.indexOf('=')); };
        for (const QByteArray& one : std::as_const(environment))
            qputenv(nameOf(one).constData(), one.sliced(one.indexOf('=') + 1));
        const auto undone = qScopeGuard([&] {
            for (const QByteArray& one : std::as_const(environment))
                qunsetenv(nameOf(one).constData());
        });
        const auto parsed = StoreUrl::parse(url);
        QCOMPARE(parsed->conninfo(at(url)).contains("sslmode='verify-full'"), isFar);
    }

    void valuesComeBackAsTheyWentIn()
    {
        const auto database = opened(m_store->path());
        QVERIFY(database->exec("CREATE TABLE v (id uuid, at timestamptz, n bigint, i integer, r double precision, b boolean, bytes bytea, "
                               "doc json, word text, nothing text)"));
        const QString id = newUuidV7();
        const Time moment = base::fromMicros(1'795'348'800'123'457);    // microseconds are kept
        QByteArray bytes;
        for (int byte = 0; byte < 256; ++byte)
            bytes.append(static_cast<char>(byte));
        const QByteArray document = "{ \"a\" : 1.10, \"b\":\"\\u0000\", \"c\": 12345678901234567890 , \"a\":2}";
        auto insert = database->prepare("INSERT INTO v VALUES (:id, :at, :n, :i, :r, :b, :bytes, :doc, :word, :nothing)", Path::Hot);
        insert.bind(":id", id).bind(":at", moment).bind(":n", std::numeric_limits<qint64>::min()).bind(":i", -7).bind(":r", 0.1);
        insert.bind(":b", true).bindBlob(":bytes", bytes).bindUtf8(":doc", document).bind(":word", u"Zoë \u202e\U0001F600"_s);
        insert.bindNull(":nothing");
        QVERIFY(insert.exec());
        auto query = database->prepare("SELECT id, at, n, i, r, b, bytes, doc, word, nothing FROM v WHERE id = :id AND at = :at");
        query.bind(":id", id).bind(":at", moment);
        QVERIFY(query.next().value_or(false));
        Row row = query.row();
        QCOMPARE(row.string(), id);
        QCOMPARE(row.time(), moment);
        QCOMPARE(row.int64(), std::numeric_limits<qint64>::min());
        QCOMPARE(row.integer(), -7);
        QCOMPARE(row.real(), 0.1);
        QVERIFY(row.boolean());
        QCOMPARE(row.bytes(), bytes);
        QCOMPARE(row.bytes(), document);
        QCOMPARE(row.string(), u"Zoë \u202e\U0001F600"_s);
        QVERIFY(row.isNull());
        QCOMPARE(number(*database, "SELECT sum(n) FROM (VALUES (9000000000000000::bigint), (1), (-3)) AS s (n)"), 8'999'999'999'999'998);
        QCOMPARE(number(*database, "SELECT timestamptz '2026-01-03 00:00+0' - timestamptz '2026-01-01 12:00+0'"), 129'600'000'000);
    }

    void whatCannotBeStoredIsRefusedByItsName()
    {
        const auto database = opened(m_store->path());
        QVERIFY(database->exec("CREATE TABLE v (id uuid, word text, doc json)"));
        const auto codeOf = [&](const QByteArray& word, const QByteArray& doc, const QString& id) {
            auto insert = database->prepare("INSERT INTO v VALUES (:id, :word, :doc)", Path::Hot);
            insert.bind(":id", id).bindUtf8(":word", word).bindUtf8(":doc", doc);
            const auto inserted = insert.exec();
            return inserted ? QString() : inserted.error().code;
        };
        const QString id = newUuidV7();
        QCOMPARE(codeOf("w", "{}", id), QString());
        QCOMPARE(codeOf("a\0b"_ba, "{}", id), u"text_invalid"_s);
        QCOMPARE(codeOf("\xff\xfe", "{}", id), u"text_invalid"_s);
        QCOMPARE(codeOf("w", "{no json", id), u"value_invalid"_s);
        QCOMPARE(codeOf("w", "{}", u"j-1"_s), u"id_invalid"_s);
        auto query = database->prepare("SELECT 1 FROM v WHERE id = :id", Path::Hot);
        query.bind(":id", u"j-1"_s);    // asked for, it is just not there
        QVERIFY(!query.next().value());
    }

    void connectingSaysWhatIsWrong()
    {
        QString other = m_store->path();
        QCOMPARE(Database::open(at(other.replace(u"///postgres?"_s, u"///nowhere?"_s))).error().code, u"store_missing"_s);
        other = m_store->path();
        QCOMPARE(Database::open(at(other.replace(u"user=postgres"_s, u"user=nobody_of_that_name"_s))).error().code, u"store_login"_s);
        QCOMPARE(Database::open(at(u"postgres:///x?host="_s + m_folder.path())).error().code, u"store_unreachable"_s);
    }

    void readOnlyWritesNothing()
    {
        {
            const auto database = opened(m_store->path());
            QVERIFY(migrate(*database));
        }
        const auto reader = opened(m_store->path(), Access::ReadOnly);
        QVERIFY(migrate(*reader));    // there is nothing to do
        QCOMPARE(reader->exec("DELETE FROM jobs").error().code, u"store_read_only"_s);
    }

    void storesOfOthersAndOfOtherVersionsAreRefused()
    {
        const auto database = opened(m_store->path());
        QVERIFY(database->exec("CREATE TABLE theirs (a integer)"));
        const auto foreign = migrate(*database);
        QCOMPARE(foreign.error().code, u"store_foreign"_s);
        QVERIFY(database->exec("DROP TABLE theirs"));
        const auto reader = opened(m_store->path(), Access::ReadOnly);
        QCOMPARE(migrate(*reader).error().code, u"store_old"_s);
        QVERIFY(migrate(*database));
        QVERIFY(database->exec("INSERT INTO schema_migrations VALUES (9999, 'of the future', now())"));
        QCOMPARE(migrate(*database).error().code, u"store_newer"_s);
    }

    void migratingAtOnceFromSeveralSessionsIsSafe()
    {
        std::vector<std::thread> threads;
        std::atomic<int> fine = 0;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                const auto database = Database::open(at(m_store->path()));
                if (database && migrate(**database))
                    ++fine;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(fine.load(), 8);
        QCOMPARE(number(*opened(m_store->path()), "SELECT count(*) FROM schema_migrations"), newestSchemaVersion());
    }

    void aTerminalJobDoesNotMoveWhateverForgetsToAsk()
    {
        const auto database = opened(m_store->path());
        QVERIFY(migrate(*database));
        makeJob(*database);
        QVERIFY(database->exec("UPDATE jobs SET status = 'DONE', finished_at = now(), output_data = '{}'"));
        QCOMPARE(database->exec("UPDATE jobs SET output_data = '{\"a\":1}'").error().code, u"constraint"_s);
        QVERIFY(database->exec("UPDATE jobs SET cancel_requested_at = now()"));
        QCOMPARE(database->exec("UPDATE jobs SET status = 'FAILED'").error().code, u"constraint"_s);
    }

    void aCommitAfterAFailedStatementIsAnError()
    {
        const auto database = opened(m_store->path());
        QVERIFY(database->exec("CREATE TABLE v (a integer)"));
        auto transaction = Transaction::begin(*database);
        QVERIFY(database->exec("INSERT INTO v VALUES (1)"));
        QVERIFY(!database->exec("INSERT INTO v VALUES ('x')"));
        QVERIFY(!database->isInTransaction());
        QVERIFY(!transaction->commit());
        transaction->rollBack();
        QCOMPARE(number(*database, "SELECT count(*) FROM v"), 0);
        QVERIFY(database->exec("INSERT INTO v VALUES (1)"));    // and the session goes on
    }

    /// Of two transactions the one that drew its position first commits last: who reads on from the other's must not miss it.
    void noChangeIsLostBetweenTransactionsThatOverlap()
    {
        const auto slow = opened(m_store->path());
        QVERIFY(migrate(*slow));
        const auto quick = opened(m_store->path());
        const auto reader = opened(m_store->path(), Access::ReadOnly);
        const JobId one = makeJob(*slow);
        const JobId two = makeJob(*slow);
        const qint64 from = jobs::JobRepository(*reader).lastPosition().value();
        auto early = Transaction::begin(*slow);
        QVERIFY(jobs::JobRepository(*slow).appendEvent(eventOf(one)));
        const qint64 first = jobs::JobRepository(*slow).events(one)->constLast().position;
        auto late = Transaction::begin(*quick);
        QVERIFY(jobs::JobRepository(*quick).appendEvent(eventOf(two)));
        const qint64 second = jobs::JobRepository(*quick).events(two)->constLast().position;
        QVERIFY(from < first && first < second);
        QVERIFY(late->commit());
        QCOMPARE(jobs::JobRepository(*reader).eventsAfter(from, 10)->size(), 0);    // not yet: an older one is under way
        QVERIFY(jobs::JobRepository(*reader).lastPosition().value() < first);
        QVERIFY(early->commit());
        // other tests of this server have transactions under way that are older still
        QTRY_COMPARE(jobs::JobRepository(*reader).eventsAfter(from, 10)->size(), 2);
        const auto seen = jobs::JobRepository(*reader).eventsAfter(from, 10).value();
        QCOMPARE(seen.at(0).jobId, one);
        QCOMPARE(seen.at(1).jobId, two);
        QVERIFY(jobs::JobRepository(*reader).lastPosition().value() >= seen.at(1).position);
        QCOMPARE(jobs::JobRepository(*reader).eventsAfter(seen.at(0).position, 10)->size(), 1);
    }

    void aQueryIsInterruptedFromAnotherThread()
    {
        const auto database = opened(m_store->path());
        std::thread other([&] {
            const auto watcher = opened(m_store->path());
            while (number(*watcher, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT 1 FROM pg_sleep(60)%'") == 0)
                std::this_thread::yield();
            database->interrupt();
        });
        const auto slept = database->exec("SELECT 1 FROM pg_sleep(60)");
        other.join();
        QCOMPARE(slept.error().code, u"interrupted"_s);
        QCOMPARE(number(*database, "SELECT 1"), 1);
    }

    void aServerThatWentIsSaidSoAndFoundAgain()
    {
        const QString place = m_folder.filePath(u"crashing"_s);
        QVERIFY(runServer(u"start"_s, place));
        const QString url = u"postgres:///postgres?user=postgres&host="_s + QFileInfo(place + u"/socket"_s).symLinkTarget();
        {
            const auto database = opened(url);
            QCOMPARE(number(*database, "SELECT 1"), 1);
            QVERIFY(runServer(u"crash"_s, place));
            const auto asked = database->exec("SELECT 1");
            QVERIFY2(!asked && asked.error().code == u"store_gone"_s, qPrintable(asked ? QString() : asked.error().detail));
            QCOMPARE(Database::open(at(url)).error().code, u"store_unreachable"_s);
            QVERIFY(runServer(u"again"_s, place));
            QCOMPARE(number(*opened(url), "SELECT 1"), 1);
        }
        QVERIFY(runServer(u"stop"_s, place));
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<test_support::TestStore> m_store;
};

QTEST_GUILESS_MAIN(TestPostgres)
#include "tst_postgres.moc"
