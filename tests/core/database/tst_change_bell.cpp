// SPDX-License-Identifier: Apache-2.0
#include "core/database/change_bell.h"
#include "core/database/transaction.h"
#include "tests/support/own_server.h"
#include "tests/support/test_store.h"

#include <QElapsedTimer>
#include <QTest>

#include <mutex>

using namespace core;
using namespace core::database;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Heard = ChangeBell::Heard;
using Kind = ChangeBell::Kind;

namespace {

/// A bell and what it has heard.
class Ear {
public:
    explicit Ear(const QString& store, std::chrono::milliseconds beatEvery = 1h)
        : m_bell(std::make_unique<ChangeBell>(optionsFor(store), beatEvery, [this](Heard heard) {
              const std::scoped_lock lock(m_mutex);
              m_heard.append(heard);
          }))
    {
    }
    static DatabaseOptions optionsFor(const QString& store)
    {
        DatabaseOptions options;
        options.path = store;
        return options;
    }
    [[nodiscard]] qsizetype count(Heard what) const
    {
        const std::scoped_lock lock(m_mutex);
        return m_heard.count(what);
    }
    [[nodiscard]] bool isListening() const { return m_bell->isListening(); }
    void ring(Kind kind) const { m_bell->ring(kind); }
    void close() { m_bell.reset(); }

private:
    mutable std::mutex m_mutex;
    QList<Heard> m_heard;
    std::unique_ptr<ChangeBell> m_bell;
};

std::unique_ptr<Database> opened(const QString& store)
{
    auto database = Database::open(Ear::optionsFor(store));
    if (!database)
        qFatal("%s: %s", qUtf8Printable(database.error().message), qUtf8Printable(database.error().detail));
    return std::move(*database);
}

}

class TestChangeBell : public QObject {
    Q_OBJECT

private slots:
    void othersHearItAndTheRingerDoesNot()
    {
        const test_support::TestStore store(m_folder.path());
        Ear one(store.path());
        Ear other(store.path());
        QTRY_VERIFY(one.isListening() && other.isListening());
        QTRY_COMPARE(one.count(Heard::Found), 1);
        one.ring(Kind::Changed);
        QTRY_COMPARE(other.count(Heard::Changed), 1);
        one.ring(Kind::Queued);
        QTRY_COMPARE(other.count(Heard::Queued), 1);
        other.ring(Kind::Changed);
        QTRY_COMPARE(one.count(Heard::Changed), 1);    // and nothing of its own before
        QCOMPARE(one.count(Heard::Queued), 0);
    }

    void anotherStoreOfTheSameDatabaseDoesNotHearIt()
    {
        const test_support::TestStore store(m_folder.path());
        const test_support::TestStore another(m_folder.path());
        Ear one(store.path());
        Ear near(store.path());
        Ear far(another.path());
        QTRY_VERIFY(one.isListening() && near.isListening() && far.isListening());
        one.ring(Kind::Changed);
        QTRY_COMPARE(near.count(Heard::Changed), 1);
        far.ring(Kind::Changed);    // after it has come back from the server, all before it would have come
        Ear witness(another.path());
        QTRY_VERIFY(witness.isListening());
        far.ring(Kind::Queued);
        QTRY_COMPARE(witness.count(Heard::Queued), 1);
        QCOMPARE(far.count(Heard::Changed), 0);
    }

    void manyRingsAreFewWords()
    {
        const test_support::TestStore store(m_folder.path());
        Ear one(store.path());
        Ear other(store.path());
        QTRY_VERIFY(one.isListening() && other.isListening());
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 10'000; ++i)
            one.ring(Kind::Changed);
        one.ring(Kind::Queued);
        QTRY_COMPARE(other.count(Heard::Queued), 1);
        QVERIFY2(other.count(Heard::Changed) <= timer.elapsed() / 10 + 6, qPrintable(QString::number(other.count(Heard::Changed))));
    }

    void whatWasRungBeforeTheEndIsSaid()
    {
        const test_support::TestStore store(m_folder.path());
        Ear other(store.path());
        QTRY_VERIFY(other.isListening());
        {
            Ear brief(store.path());    // not even connected yet
            brief.ring(Kind::Queued);
        }
        QTRY_COMPARE(other.count(Heard::Queued), 1);
    }

    void aSessionThatIsEndedIsOpenedAgainAndHearsAgain()
    {
        const test_support::TestStore store(m_folder.path());
        auto options = Ear::optionsFor(store.path());
        Ear one(store.path());
        Ear other(store.path());
        QTRY_VERIFY(one.isListening() && other.isListening());
        const auto administrator = opened(store.path());
        QVERIFY(administrator->exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN signalbox_' || "
                                    "md5(current_schema()) || '%'"));
        QTRY_VERIFY(other.count(Heard::Lost) == 1 && one.count(Heard::Lost) == 1);
        QTRY_VERIFY(other.count(Heard::Found) == 2 && one.count(Heard::Found) == 2);
        one.ring(Kind::Changed);
        QTRY_COMPARE(other.count(Heard::Changed), 1);
    }

    void aServerThatCrashesIsFoundAgainWithinFiveSeconds()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        Ear one(server.url());
        Ear other(server.url());
        QTRY_VERIFY(one.isListening() && other.isListening());
        QVERIFY(server.crash());
        QTRY_VERIFY(!other.isListening() && other.count(Heard::Lost) == 1);
        one.ring(Kind::Changed);    // waits until there is somebody to say it to
        QVERIFY(server.again());
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE(other.count(Heard::Found), 2);
        QTRY_COMPARE(one.count(Heard::Found), 2);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        one.ring(Kind::Queued);
        QTRY_VERIFY(other.count(Heard::Queued) == 1);
    }

    void aServerThatStandsStillIsNoticedByTheBeat()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        Ear ear(server.url(), 200ms);
        QTRY_VERIFY(ear.isListening());
        server.pause();
        QTRY_COMPARE_WITH_TIMEOUT(ear.count(Heard::Lost), 1, 8000);
        QElapsedTimer timer;
        timer.start();
        ear.close();    // in the middle of a try to connect
        QVERIFY2(timer.elapsed() < 8000, qPrintable(QString::number(timer.elapsed())));
    }

    void theBeatKeepsAGoodSession()
    {
        const test_support::TestStore store(m_folder.path());
        Ear beating(store.path(), 20ms);
        Ear other(store.path());
        QTRY_VERIFY(beating.isListening() && other.isListening());
        const auto watcher = opened(store.path());
        const auto beats = [&] {
            return watcher
                ->prepare("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'NOTIFY signalbox_' || md5(current_schema()) || '_%'",
                          Path::Hot)
                .fetchOne([](Row& row) { return row.int64(); })
                .value()
                .value_or(0);
        };
        QTRY_COMPARE(beats(), 1);
        for (int i = 0; i < 10; ++i) {
            other.ring(Kind::Changed);
            QTRY_COMPARE(beating.count(Heard::Changed), i + 1);
        }
        QCOMPARE(beating.count(Heard::Lost), 0);
        QCOMPARE(other.count(Heard::Changed), 0);    // a beat is for nobody else
    }

    void aStandbyIsNotListenedTo()
    {
        test_support::OwnServer server;
        QVERIFY(server.start());
        QVERIFY(server.crash());
        QVERIFY(server.becomeStandby());
        QVERIFY(server.again());
        Ear ear(server.url());
        ear.close();    // after its first try
        QCOMPARE(ear.count(Heard::Found), 0);
        QCOMPARE(ear.count(Heard::Lost), 0);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestChangeBell)
#include "tst_change_bell.moc"
