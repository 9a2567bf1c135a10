// SPDX-License-Identifier: Apache-2.0
// The program on a store that others work on as well.
#include "core/database/database.h"
#include "tests/app/ctl_process.h"
#include "tests/support/test_store.h"

#include <QDir>
#include <QSet>

using namespace Qt::StringLiterals;
using test::CtlProcess;
using test::Run;

class TestCtlOnServer : public QObject {
    Q_OBJECT

    [[nodiscard]] QStringList at(const QStringList& words, const QString& furtherOptions = {}) const
    {
        return words + QStringList{u"--store"_s, m_store->path() + furtherOptions};
    }
    [[nodiscard]] Run run(const QStringList& words) const { return m_ctl->run(at(words)); }
    [[nodiscard]] QStringList probe(const QString& name) const { return {u"submit"_s, u"media-probe"_s, m_ctl->makeSound(name)}; }
    [[nodiscard]] QString pendingProbe(const QString& name) const
    {
        return run(probe(name) + QStringList{u"--set"_s, u"note=\"%1\""_s.arg(name), u"--json"_s}).object()[u"id"].toString();
    }
    [[nodiscard]] QString statusOf(const QString& id) const { return run({u"show"_s, id, u"--json"_s}).object()[u"status"].toString(); }
    /// What it has said on standard error once `text` stands there, or after 20 s.
    [[nodiscard]] static QByteArray saidUntil(QProcess& process, const QByteArray& text)
    {
        process.setReadChannel(QProcess::StandardError);
        QByteArray said = process.readAllStandardError();
        while (!said.contains(text) && process.waitForReadyRead(20'000))
            said += process.readAllStandardError();
        return said;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(test_support::onPostgres(), "SIGNALBOX_TEST_POSTGRES names the place of the tests' server: see tests/support/postgres.sh");
    }
    void init()
    {
        m_ctl = std::make_unique<CtlProcess>();
        m_store = std::make_unique<test_support::TestStore>(m_ctl->path(u"store"_s));
        EXITS(run({u"migrate"_s}), 0);
    }
    void cleanup()
    {
        m_store.reset();
        m_ctl.reset();
    }

    void aWaitRunsNobodysJobs()
    {
        const QString others = pendingProbe(u"others.wav"_s);    // before it in the queue
        const auto waiting = m_ctl->start(at(probe(u"own.wav"_s) + QStringList{u"--wait"_s}));
        QVERIFY(waiting->waitForStarted());
        const QByteArray said = saidUntil(*waiting, "signalboxctl work");
        QVERIFY2(said.contains("No worker is known to the store"), said.constData());
        QCOMPARE(run({u"queue"_s, u"--json"_s}).object()[u"workers"].toArray().size(), 0);
        QCOMPARE(statusOf(others), u"PENDING"_s);
        EXITS(run({u"work"_s, u"--drain"_s}), 0);
        const Run end = CtlProcess::end(*waiting);
        EXITS(end, 0);
        QVERIFY2(end.out.contains("DONE"), end.out.constData());
        QCOMPARE(statusOf(others), u"DONE"_s);
    }

    void aResubmitWaitsForOthersToo()
    {
        const QString first = pendingProbe(u"a.wav"_s);
        EXITS(run({u"work"_s, u"--drain"_s}), 0);
        const auto waiting = m_ctl->start(at({u"resubmit"_s, first, u"--wait"_s}));
        const QByteArray said = saidUntil(*waiting, "signalboxctl work");
        QVERIFY2(said.contains("No worker is known to the store"), said.constData());
        CtlProcess::interrupt(*waiting, SIGINT);
        const Run end = CtlProcess::end(*waiting);
        EXITS(end, 130);
        QVERIFY2(end.err.contains("No longer waiting"), end.err.constData());
        QCOMPARE(run({u"jobs"_s, u"--json"_s}).array()[0][u"status"].toString(), u"PENDING"_s);
    }

    /// Whoever logs in, with whatever options: it is the same database.
    void aProductionStoreIsKnownByItsDatabase()
    {
        QString known = m_store->path();
        known.replace(u"user=postgres"_s, u"application_name=console&user=ann"_s);
        QVERIFY(QDir().mkpath(m_ctl->path(u"config/signalbox"_s)));
        const QByteArray connections = R"([{"id":"p","name":"media-prod","kind":"postgres","environment":"production","store_url":"URL"}])";
        QVERIFY(!m_ctl->write(u"config/signalbox/connections.json"_s, QByteArray(connections).replace("URL", known.toUtf8())).isEmpty());
        const QStringList ids{pendingProbe(u"a.wav"_s), pendingProbe(u"b.wav"_s)};
        const QStringList words{u"cancel"_s, u"--filter"_s, u"type:media-probe"_s, u"--reason"_s, u"clean up"_s};
        const Run refused = run(words + QStringList{u"--yes"_s});
        EXITS(refused, 4);
        QVERIFY2(refused.err.contains("--confirm \"media-prod 2\""), refused.err.constData());
        QCOMPARE(statusOf(ids[0]), u"PENDING"_s);
        EXITS(run(words + QStringList{u"--confirm"_s, u"media-prod 2"_s}), 0);
        QCOMPARE(statusOf(ids[1]), u"CANCELLED"_s);
    }

    void whoWatchesWhatRestsAsksSeldom()
    {
        const QString id = pendingProbe(u"a.wav"_s);
        const QString name = u"watch-"_s + id;
        const auto watcher = m_ctl->start(at({u"watch"_s, id}, u"&application_name="_s + name));
        core::database::DatabaseOptions options;
        options.path = m_store->path();
        const auto database = core::database::Database::open(options);
        QVERIFY(database);
        const auto asked = [&](const QByteArray& ofThose) {
            const QByteArray sql = "SELECT coalesce(string_agg(pid || ' ' || query_start, ','), '') FROM pg_stat_activity "
                                   "WHERE application_name = '" +
                                   name.toUtf8() + "' AND query " + ofThose;
            const auto row = (*database)->prepare(sql).fetchOne([](core::database::Row& each) { return each.string(); });
            return row && *row ? **row : u"?"_s;
        };
        QTRY_VERIFY_WITH_TIMEOUT(!asked("LIKE 'LISTEN signalbox_%_%'").isEmpty(), 20'000);    // from now on it is told
        QVERIFY(!QTest::qWaitFor([] { return false; }, 1000));                                // with the look that was on its way
        QSet<QString> moments;
        QVERIFY(!QTest::qWaitFor(
            [&] {
                moments << asked("NOT LIKE 'NOTIFY%'");
                return false;
            },
            2000));
        QVERIFY2(moments.size() <= 4, qPrintable(QString::number(moments.size())));    // every 200 ms it would be ten
        EXITS(run({u"work"_s, u"--drain"_s}), 0);
        EXITS(CtlProcess::end(*watcher), 0);    // and misses nothing
    }

private:
    std::unique_ptr<CtlProcess> m_ctl;
    std::unique_ptr<test_support::TestStore> m_store;
};

QTEST_GUILESS_MAIN(TestCtlOnServer)
#include "tst_ctl_on_server.moc"
