// SPDX-License-Identifier: Apache-2.0
// What a server can do to a connection: refuse it, go, stand still, take too long. Each has its own word, and nothing waits for ever.
#include "core/database/migrations.h"
#include "core/database/postgres_login.h"
#include "core/database/store_url.h"
#include "core/database/transaction.h"
#include "tests/support/own_server.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace core;
using namespace core::database;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test_support::OwnServer;

class TestServerTrouble : public QObject {
    Q_OBJECT

    DatabaseOptions at(const QString& user = u"postgres"_s) const
    {
        DatabaseOptions options;
        options.path = m_server->url(user);
        return options;
    }
    std::unique_ptr<Database> opened(const DatabaseOptions& options) const
    {
        auto database = Database::open(options);
        if (!database)
            qFatal("%s: %s", qUtf8Printable(database.error().message), qUtf8Printable(database.error().detail));
        return std::move(*database);
    }
    static QString refusal(const DatabaseOptions& options)
    {
        const auto database = Database::open(options);
        return database ? QString() : database.error().code;
    }
    static qint64 number(Database& database, const char* sql)
    {
        const auto value = database.prepare(sql, Path::Hot).fetchOne([](Row& row) { return row.int64(); });
        return value && *value ? **value : -1;
    }
    /// Of ann, who has another; eve is let in by none. The rules hold a moment later.
    DatabaseOptions wrongPassword() const
    {
        const auto administrator = opened(at());
        if (!administrator->exec("CREATE ROLE ann LOGIN PASSWORD 'the right one'") ||
            !m_server->addLoginRule("local all ann scram-sha-256\nlocal all eve reject") || !administrator->exec("SELECT pg_reload_conf()"))
            qFatal("The login rules were not made");
        auto options = at(u"ann"_s);
        options.password = u"the wrong one"_s;
        return options;
    }
    /// Waits until a statement runs that begins so.
    void waitUntilRunning(const QByteArray& beginning) const
    {
        const auto watcher = opened(at());
        const QByteArray sql = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '" + beginning + "%'";
        while (number(*watcher, sql.constData()) == 0)
            std::this_thread::yield();
    }

private slots:
    void init()
    {
        m_server = std::make_unique<OwnServer>();
        QVERIFY(m_server->start());
    }
    void cleanup() { m_server.reset(); }

    void aLoginThatIsNotTakenIsSaidSo()
    {
        auto options = wrongPassword();
        QTRY_COMPARE(refusal(options), u"store_login"_s);
        QVERIFY(!Database::open(options).error().detail.contains(options.password));
        options.password.clear();
        QCOMPARE(refusal(options), u"store_login"_s);
        options.password = u"the right one"_s;
        QCOMPARE(refusal(options), QString());
        QCOMPARE(refusal(at(u"eve"_s)), u"store_login"_s);
    }

    /// As a server with lc_messages = de_DE says it, where no word is one that is known.
    void aLoginThatIsNotTakenInAnotherLanguageIsAskedForItsNumber()
    {
        const auto options = wrongPassword();
        QTRY_COMPARE(refusal(options), u"store_login"_s);
        const QByteArray conninfo = StoreUrl::parse(options.path)->conninfo(options);
        const QString words = u"FATAL:  Passwort-Authentifizierung für Benutzer »ann« fehlgeschlagen"_s;
        QCOMPARE(postgres::refusalOf(words).code, u"store_unreachable"_s);
        QCOMPARE(postgres::refusalOf(words, conninfo).code, u"store_login"_s);
        QVERIFY(!postgres::refusalOf(words, conninfo).detail.contains(options.password));
    }

    void aRoleWithoutRightsIsSaidSo()
    {
        const auto administrator = opened(at());
        QVERIFY(migrate(*administrator));
        QVERIFY(administrator->exec("CREATE ROLE bob LOGIN"));
        auto options = at(u"bob"_s);
        options.access = Access::ReadOnly;
        const auto bob = opened(options);
        QCOMPARE(migrate(*bob).error().code, u"store_rights"_s);
        QVERIFY(administrator->exec("GRANT SELECT ON ALL TABLES IN SCHEMA public TO bob"));
        QVERIFY(migrate(*bob));
        QCOMPARE(number(*bob, "SELECT count(*) FROM jobs"), 0);
        const auto writing = opened(at(u"bob"_s));
        QCOMPARE(writing->exec("DELETE FROM jobs").error().code, u"store_rights"_s);
    }

    void aServerThatRecoversIsSaidSo()
    {
        QVERIFY(m_server->crash());
        QVERIFY(m_server->becomeStandby());
        QVERIFY(m_server->addSetting("hot_standby = off"));
        QVERIFY(m_server->again());
        const auto refused = Database::open(at());
        QVERIFY2(!refused && refused.error().code == u"store_starting"_s, qPrintable(refused ? QString() : refused.error().detail));
    }

    void aStatementThatTakesTooLongIsEndedByTheServer()
    {
        auto options = at();
        options.statementTimeout = 200ms;
        const auto database = opened(options);
        const auto slept = database->exec("SELECT 1 FROM pg_sleep(60)");
        QCOMPARE(slept.error().code, u"store_slow"_s);
        QCOMPARE(slept.error().kind, ErrorKind::TimedOut);
        QVERIFY(!database->isLost());
        QCOMPARE(number(*database, "SELECT 1"), 1);
        QVERIFY(database->setStatementTimeout(60s));
        QVERIFY(database->exec("SELECT 1 FROM pg_sleep(0.4)"));
    }

    void aRowThatAnotherHoldsIsNotWaitedForLongerThanSaid()
    {
        auto options = at();
        options.busyTimeout = 200ms;
        const auto one = opened(options);
        const auto other = opened(options);
        QVERIFY(one->exec("CREATE TABLE v (a integer)"));
        const auto holds = Transaction::begin(*one);
        QVERIFY(one->exec("LOCK TABLE v"));
        QCOMPARE(other->exec("INSERT INTO v VALUES (1)").error().code, u"store_locked"_s);
    }

    void aServerThatStandsStillIsGivenUpInTime()
    {
        auto options = at();
        options.statementTimeout = 1s;
        auto database = opened(options);
        QCOMPARE(number(*database, "SELECT 1"), 1);
        m_server->pause();
        QElapsedTimer timer;
        timer.start();
        const auto asked = database->exec("SELECT 2");
        QCOMPARE(asked.error().code, u"store_silent"_s);
        QCOMPARE(asked.error().kind, ErrorKind::Unavailable);
        QVERIFY2(timer.elapsed() >= 3500 && timer.elapsed() < 8000, qPrintable(QString::number(timer.elapsed())));
        timer.restart();
        QVERIFY(database->isLost());
        QCOMPARE(database->exec("SELECT 3").error().code, u"store_silent"_s);    // what it may answer now is not for this
        database.reset();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        timer.restart();
        QCOMPARE(refusal(options), u"store_unreachable"_s);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        m_server->resume();
        QCOMPARE(number(*opened(options), "SELECT 1"), 1);
    }

    void whatIsClosedWhileTheServerStandsStillIsClosedAtOnce()
    {
        auto database = opened(at());
        for (const char* sql : {"SELECT 1", "SELECT 2", "SELECT 3"})    // kept prepared
            QVERIFY(number(*database, sql) > 0);
        m_server->pause();
        QElapsedTimer timer;
        timer.start();
        database.reset();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    }

    void anInterruptDoesNotWaitForAServerThatStandsStill()
    {
        const auto database = opened(at());    // which would wait for 33 s
        QElapsedTimer timer;
        std::thread other([&] {
            waitUntilRunning("SELECT 1 FROM pg_sleep(60)");
            m_server->pause();
            timer.start();
            database->interrupt();
            QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
        });
        const auto slept = database->exec("SELECT 1 FROM pg_sleep(60)");
        other.join();
        QCOMPARE(slept.error().code, u"interrupted"_s);
        QVERIFY2(timer.elapsed() < 8000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(database->isLost());
    }

    /// Or the next statement would be cancelled in the place of one that had just ended.
    void anInterruptHitsNoOtherStatement()
    {
        const auto database = opened(at());
        std::atomic<bool> isDone = false;
        std::thread other([&] {
            while (!isDone) {
                database->interrupt();
                std::this_thread::yield();
            }
        });
        int interrupted = 0;
        QStringList others;
        for (int i = 0; i < 300; ++i) {    // short ones, which often end just before, and some that do not
            const auto asked = database->exec(i % 20 == 0 ? "SELECT 1 FROM pg_sleep(2)" : "SELECT count(*) FROM generate_series(1, 2000)");
            if (!asked && asked.error().code == u"interrupted"_s)
                ++interrupted;
            else if (!asked)
                others << asked.error().code;
        }
        isDone = true;
        other.join();
        QVERIFY(interrupted >= 15);
        QCOMPARE(others, QStringList());
        for (int i = 0; i < 300; ++i) {
            const auto asked = database->exec("SELECT count(*) FROM generate_series(1, 2000)");
            QVERIFY2(asked, qPrintable(u"the %1th: %2"_s.arg(i).arg(asked ? QString() : asked.error().code + asked.error().detail)));
        }
    }

    void aLossIsKnownWithoutAsking()
    {
        const auto database = opened(at());
        QCOMPARE(number(*database, "SELECT 1"), 1);
        QVERIFY(!database->isLost());
        QVERIFY(m_server->crash());
        QTRY_VERIFY(database->isLost());
        QCOMPARE(database->exec("SELECT 1").error().code, u"store_gone"_s);
    }

    void aCommitWhoseAnswerIsLostSaysSo()
    {
        const auto database = opened(at());
        QVERIFY(database->exec("CREATE TABLE v (a integer)"));
        auto transaction = Transaction::begin(*database);
        QVERIFY(database->exec("INSERT INTO v VALUES (1)"));
        QVERIFY(m_server->crash());
        const auto committed = transaction->commit();
        QVERIFY(!committed && committed.error().kind == ErrorKind::Unavailable);
        QVERIFY2(committed.error().message.contains(u"not known"_s), qPrintable(committed.error().message));
    }

private:
    std::unique_ptr<OwnServer> m_server;
};

QTEST_GUILESS_MAIN(TestServerTrouble)
#include "tst_server_trouble.moc"
