// SPDX-License-Identifier: Apache-2.0
// Statements that set out without being waited for: what comes of them, of their failures, and of those who go away meanwhile.
#include "core/database/transaction.h"
#include "tests/support/test_store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::database;
using namespace Qt::StringLiterals;

class TestSentAhead : public QObject {
    Q_OBJECT

    [[nodiscard]] std::unique_ptr<Database> opened(std::chrono::milliseconds timeout = std::chrono::seconds{30}) const
    {
        DatabaseOptions options;
        options.path = m_store->path();
        options.statementTimeout = timeout;
        auto database = Database::open(options);
        if (!database)
            qFatal("%s", qUtf8Printable(database.error().detail));
        return std::move(*database);
    }
    [[nodiscard]] QList<qint64> numbers(Database& database) const
    {
        return database.prepare("SELECT number FROM sent ORDER BY number", Path::Hot)
            .fetchAll([](Row& row) { return row.int64(); })
            .value();
    }
    static Result<void> put(Database& database, qint64 number)
    {
        return database.prepare("INSERT INTO sent (number) VALUES (:number)", Path::Hot).bind(":number", number).execAhead();
    }
    static Result<qint64> ask(Statement& query)
    {
        return query.fetchOne([](Row& row) { return row.int64(); }).map([](const auto& value) { return value.value_or(-1); });
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(test_support::onPostgres(), "SIGNALBOX_TEST_POSTGRES names the place of the tests' server: see tests/support/postgres.sh");
    }
    void init()
    {
        m_store = std::make_unique<test_support::TestStore>(m_folder.path());
        m_database = opened();
        QVERIFY(m_database->exec("CREATE TABLE sent (number bigint PRIMARY KEY)"));
        QVERIFY(put(*m_database, 1));    // outside of a transaction nothing is ahead
        QCOMPARE(numbers(*opened()), QList<qint64>{1});
    }
    void cleanup()
    {
        m_database.reset();
        m_store.reset();
    }

    void writesAndReadsAreAnsweredInTheirOrder()
    {
        {
            auto transaction = Transaction::beginAhead(*m_database);
            QVERIFY(transaction);
            QVERIFY(put(*m_database, 2));
            auto count = m_database->prepare("SELECT count(*) FROM sent", Path::Hot);
            auto highest = m_database->prepare("SELECT max(number) FROM sent WHERE number < :below", Path::Hot);
            count.sendAhead();
            highest.bind(":below", 3).sendAhead();
            QVERIFY(put(*m_database, 3));    // after the count
            QVERIFY(m_database->isInTransaction());
            QCOMPARE(ask(highest), 2);
            QCOMPARE(ask(count), 2);
            QCOMPARE(numbers(*m_database), (QList<qint64>{1, 2, 3}));
            QVERIFY(put(*m_database, 4));
            QVERIFY(transaction->commit());
        }
        QVERIFY(!m_database->isInTransaction());
        QCOMPARE(numbers(*opened()), (QList<qint64>{1, 2, 3, 4}));
        auto after = Transaction::begin(*m_database);    // and the next one waits again
        QVERIFY(!put(*m_database, 4));
    }

    void aFailureIsHeardOfAtTheCommitAtTheLatest()
    {
        {
            auto transaction = Transaction::beginAhead(*m_database);
            QVERIFY(put(*m_database, 2));
            QVERIFY(put(*m_database, 1));    // there is one
            QVERIFY(put(*m_database, 3));
            const auto committed = transaction->commit();
            QVERIFY(!committed);
            QCOMPARE(committed.error().code, u"constraint"_s);
            QVERIFY2(committed.error().detail.contains(u"sent_pkey"_s), qUtf8Printable(committed.error().detail));
        }
        QVERIFY(!m_database->isInTransaction());
        QCOMPARE(numbers(*m_database), QList<qint64>{1});
        QVERIFY(put(*m_database, 2));
        QCOMPARE(numbers(*m_database), (QList<qint64>{1, 2}));
    }

    void everyReaderBehindAFailureHearsOfIt()
    {
        auto transaction = Transaction::beginAhead(*m_database);
        auto before = m_database->prepare("SELECT count(*) FROM sent", Path::Hot);
        auto behind = m_database->prepare("SELECT max(number) FROM sent", Path::Hot);
        before.sendAhead();
        QVERIFY(put(*m_database, 1));
        behind.sendAhead();
        QCOMPARE(behind.next().error().code, u"constraint"_s);
        QCOMPARE(ask(before), 1);    // was answered
        QCOMPARE(behind.next().error().code, u"constraint"_s);
        QVERIFY(!m_database->isInTransaction());    // which is broken
        transaction->rollBack();
        QCOMPARE(numbers(*m_database), QList<qint64>{1});
    }

    void aNewTextIsPreparedBetweenThem()
    {
        auto transaction = Transaction::beginAhead(*m_database);
        QVERIFY(put(*m_database, 2));
        const auto sum = m_database->prepare(QByteArray("SELECT sum(number)::bigint + 0 FROM sent"), Path::Hot).fetchOne([](Row& row) {
            return row.int64();
        });
        QCOMPARE(sum->value(), 3);
        QVERIFY(put(*m_database, 1));
        const auto broken = m_database->prepare(QByteArray("SELECT sum(number)::bigint + 1 FROM sent"), Path::Hot).next();
        QCOMPARE(broken.error().code, u"constraint"_s);
    }

    void whoGoesAwayIsNotAnswered()
    {
        auto transaction = Transaction::beginAhead(*m_database);
        {
            auto gone = m_database->prepare("SELECT count(*) FROM sent", Path::Hot);
            gone.sendAhead();
        }
        QVERIFY(put(*m_database, 2));
        QVERIFY(transaction->commit());
        QCOMPARE(numbers(*m_database), (QList<qint64>{1, 2}));
    }

    void aFailureOnItsWayDoesNotTakeTheRollbackWithIt()
    {
        {
            auto transaction = Transaction::beginAhead(*m_database);
            QVERIFY(put(*m_database, 2));
            QVERIFY(put(*m_database, 1));
        }
        QVERIFY(!m_database->isInTransaction());
        QCOMPARE(numbers(*m_database), QList<qint64>{1});
    }

    void manyLargeOnesDoNotWaitForEachOther()    // more than both ends can hold on the wire, either way
    {
        QVERIFY(m_database->exec("CREATE TABLE large (body bytea)"));
        const QByteArray body(300'000, 'x');
        auto transaction = Transaction::beginAhead(*m_database);
        for (int i = 0; i < 100; ++i)
            QVERIFY(m_database->prepare("INSERT INTO large (body) VALUES (:body) RETURNING body", Path::Hot)
                        .bindBlob(":body", body)
                        .execAhead());
        QVERIFY(transaction->commit());
        auto query = m_database->prepare("SELECT count(*) FROM large WHERE length(body) = 300000", Path::Hot);
        QCOMPARE(ask(query), 100);
    }

    void oneThatTakesTooLongIsEndedByTheServer()
    {
        const auto hurried = opened(std::chrono::milliseconds{500});
        {
            auto transaction = Transaction::beginAhead(*hurried);
            QVERIFY(put(*hurried, 2));
            QVERIFY(hurried->prepare("SELECT pg_sleep(20)", Path::Hot).execAhead());
            QVERIFY(put(*hurried, 3));
            QCOMPARE(transaction->commit().error().code, u"store_slow"_s);
        }
        QVERIFY(!hurried->isLost());
        QCOMPARE(numbers(*hurried), QList<qint64>{1});
    }

    void aLostServerIsHeardOfAndNothingHangs()
    {
        const auto other = opened();
        auto transaction = Transaction::beginAhead(*m_database);
        QVERIFY(put(*m_database, 2));
        auto session = m_database->prepare("SELECT pg_backend_pid()::bigint", Path::Hot);
        const qint64 pid = ask(session).value();
        QVERIFY(put(*m_database, 3));
        auto read = m_database->prepare("SELECT count(*) FROM sent", Path::Hot);
        read.sendAhead();
        QVERIFY(other->prepare("SELECT pg_terminate_backend(:pid::int, 5000)", Path::Hot).bind(":pid", pid).exec());
        QVERIFY(!read.next());
        const auto committed = transaction->commit();
        QVERIFY(!committed);
        QCOMPARE(committed.error().kind, ErrorKind::Unavailable);
        QVERIFY(m_database->isLost());
        QCOMPARE(numbers(*other), QList<qint64>{1});
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<test_support::TestStore> m_store;
    std::unique_ptr<Database> m_database;
};

QTEST_GUILESS_MAIN(TestSentAhead)
#include "tst_sent_ahead.moc"
