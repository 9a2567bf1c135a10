// SPDX-License-Identifier: Apache-2.0
// signalboxctl on a store of a server that asks for a password: where it takes one from, and where none ever shows. The keyring is the real
// gnome-keyring on a bus of this test's own, filled by the console's own store of secrets.
#include "core/backend/direct_backend.h"
#include "tests/app/ctl_process.h"
#include "tests/support/keyed_user.h"
#include "tests/support/own_server.h"
#include "tests/support/private_keyring.h"
#include "tests/support/test_store.h"
#include "ui/connections/connection_store.h"
#include "ui/connections/secret_store.h"

#include <QElapsedTimer>
#include <QLocalServer>

using namespace Qt::StringLiterals;
using test::CtlProcess;
using test::Run;
using test_support::keyedPassword;

namespace {

constexpr int unavailable = 6;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}

class TestCtlServer : public QObject {
    Q_OBJECT

    /// A connection as the console writes it into its file.
    void rememberConnection(const QString& id, const QString& url, ui::Environment environment = ui::Environment::Development) const
    {
        ui::ConnectionStore connections(m_ctl->path(u"config/signalbox/connections.json"_s));
        ui::ConnectionProfile profile;
        profile.id = id;
        profile.name = u"media-"_s + id;
        profile.kind = ui::ConnectionKind::Postgres;
        profile.environment = environment;
        profile.storePath = url;
        QVERIFY(connections.save(profile));
    }
    /// As the console's password field does.
    void keepPassword(const QString& id, const QString& password)
    {
        ui::SecretStore secrets;
        ui::KeptSecret kept;
        QVERIFY(QTest::qWaitFor(
            [&] {    // until the daemon has its name on the bus
                const auto pending = secrets.write(id, password, ui::SecretPlace::Keyring);
                if (!QTest::qWaitFor([&] { return pending.isDone(); }, 20'000))
                    return false;
                kept = pending.wait().value_or(ui::KeptSecret{ui::SecretPlace::Session, {}});
                return kept.place == ui::SecretPlace::Keyring;
            },
            20'000));
    }
    [[nodiscard]] Run run(const QStringList& words) const { return m_ctl->run(QStringList{u"--store"_s, m_url} + words); }

private slots:
    void initTestCase()
    {
        QVERIFY2(test_support::onPostgres(), "SIGNALBOX_TEST_POSTGRES names the place of the tests' server: see tests/support/postgres.sh");
        for (const char* name : {"XDG_RUNTIME_DIR", "PGPASSWORD", "PGPASSFILE"})
            qunsetenv(name);
        QVERIFY(m_home.isValid());
        qputenv("HOME", m_home.path().toUtf8());    // with no password file
        QCOMPARE(m_bus.begin(), QString());
    }
    void init()
    {
        m_ctl = std::make_unique<CtlProcess>();
        m_store = std::make_unique<test_support::TestStore>(m_ctl->path({}));
        core::backend::DirectBackendOptions options;
        options.storePath = m_store->path();
        options.storagePath = m_ctl->path(u"storage"_s);
        QVERIFY(core::backend::DirectBackend::open(options));    // makes the tables
        m_url = test_support::asKeyedUser(m_store->path());
    }
    void cleanup()
    {
        qunsetenv("PGPASSWORD");
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toLatin1());
        m_store.reset();
        m_ctl.reset();
    }

    void whereNobodyHasOneThatIsSaid()
    {
        const Run refused = run({u"jobs"_s});    // and the console knows no such connection: nothing is asked
        EXITS(refused, unavailable);
        QVERIFY2(refused.err.contains("store_login") && refused.err.contains("asks for a password") && refused.err.contains("PGPASSWORD"),
                 refused.err.constData());
    }

    /// libpq speaks the desktop's language (Debian ships its words in German), and what it says decides what is done.
    void theLibrarysWordsAreUnderstoodInAnyLanguage()
    {
        test_support::OwnServer secure;
        QVERIFY(secure.startSecure());
        qputenv("LANGUAGE", "de");
        const auto english = qScopeGuard([] { qunsetenv("LANGUAGE"); });
        const Run refused = m_ctl->run({u"--store"_s, secure.farUrl(u"elsewhere.example.test"_s), u"jobs"_s});
        EXITS(refused, unavailable);
        QVERIFY2(refused.err.contains("store_tls: The server shows the certificate of db.example.test"), refused.err.constData());
    }

    void aBusWithNoKeyringIsNotWaitedFor()
    {
        rememberConnection(u"a"_s, m_url);
        QElapsedTimer clock;
        clock.start();
        const Run refused = run({u"jobs"_s});
        EXITS(refused, unavailable);
        QVERIFY2(refused.err.contains("the desktop's keyring does not answer"), refused.err.constData());
        QVERIFY2(clock.elapsed() < 8000, qPrintable(QString::number(clock.elapsed())));
    }

    void noDesktopSessionCostsNoTime()
    {
        rememberConnection(u"a"_s, m_url);
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        QElapsedTimer clock;
        clock.start();
        EXITS(run({u"jobs"_s}), unavailable);
        QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
        qputenv("PGPASSWORD", keyedPassword.toUtf8());
        EXITS(run({u"jobs"_s}), 0);
    }

    void aBusThatSaysNothingIsGivenUp()
    {
        rememberConnection(u"a"_s, m_url);
        QLocalServer silent;
        QVERIFY(silent.listen(m_ctl->path(u"silent-bus"_s)));
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + QFile::encodeName(silent.fullServerName()));
        QElapsedTimer clock;
        clock.start();
        const Run refused = run({u"jobs"_s});
        EXITS(refused, unavailable);
        QVERIFY2(clock.elapsed() < 20'000, qPrintable(QString::number(clock.elapsed())));
        QVERIFY2(refused.err.contains("is asked for the password of media-a"),
                 refused.err.constData());    // a person knows why it takes long
    }

    void theKeyringsIsTaken()
    {
        QCOMPARE(m_keyring.begin(m_bus), QString());
        keepPassword(u"a"_s, keyedPassword);
        EXITS(run({u"jobs"_s}), unavailable);    // the console has it under a connection that is not this one
        rememberConnection(u"elsewhere"_s, u"postgres://keyed@db.example.test/postgres"_s);
        EXITS(run({u"jobs"_s}), unavailable);
        rememberConnection(u"none"_s, m_url);
        rememberConnection(u"a"_s, m_url + u"&sslmode=prefer"_s);    // the same server, database and user
        const Run listed = run({u"jobs"_s, u"--json"_s});
        EXITS(listed, 0);
        QCOMPARE(listed.err, QByteArray());
        EXITS(run({u"submit"_s, u"media-probe"_s, m_ctl->makeSound(u"a.wav"_s)}), 0);
        QCOMPARE(run({u"jobs"_s, u"--json"_s}).array().size(), 1);
        const Run doctor = run({u"doctor"_s});
        QVERIFY2(doctor.out.contains("schema") && !doctor.out.contains("refused the login"), doctor.out.constData());
    }

    void whatThePersonSaysHereComesFirst()
    {
        rememberConnection(u"a"_s, m_url);
        keepPassword(u"a"_s, u"a wrong one"_s);
        const Run wrong = run({u"jobs"_s});
        EXITS(wrong, unavailable);
        QVERIFY2(wrong.err.contains("store_login") && !wrong.err.contains("a wrong one"), wrong.err.constData());
        qputenv("PGPASSWORD", keyedPassword.toUtf8());
        EXITS(run({u"jobs"_s}), 0);
        keepPassword(u"a"_s, keyedPassword);
        qputenv("PGPASSWORD", "another wrong one");    // refused once, and not tried again with what the keyring has
        EXITS(run({u"jobs"_s}), unavailable);
    }

    /// What is searched for is found where it may be, so that not to find it elsewhere means something.
    void noPasswordStandsInProcessListLogOrOutput()
    {
        const QByteArray canary = keyedPassword.toUtf8();
        rememberConnection(u"a"_s, m_url);
        keepPassword(u"a"_s, keyedPassword);
        qputenv("SIGNALBOX_VERBOSE", "1");
        const auto quiet = qScopeGuard([] { qunsetenv("SIGNALBOX_VERBOSE"); });
        const auto following = m_ctl->start({u"--store"_s, m_url, u"jobs"_s, u"--follow"_s});
        core::database::DatabaseOptions asOwner;
        asOwner.path = m_store->path();
        const auto owner = core::database::Database::open(asOwner);
        QVERIFY(owner);
        const auto number = [&](const char* sql) {
            const auto value =
                (*owner)->prepare(sql, core::database::Path::Hot).fetchOne([](core::database::Row& row) { return row.int64(); });
            return value && *value ? **value : -1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(number("SELECT count(*) FROM pg_stat_activity WHERE usename = 'keyed'") > 0, 15'000);
        const auto ids = QDir(u"/proc"_s).entryList(QDir::Dirs);
        bool isThere = false;
        for (const QString& id : ids) {
            const QByteArray commandLine = contentOf(u"/proc/%1/cmdline"_s.arg(id));
            isThere = isThere || commandLine.contains("--follow");
            QVERIFY2(!commandLine.contains(canary) && !contentOf(u"/proc/%1/environ"_s.arg(id)).contains(canary), qPrintable(id));
        }
        QVERIFY(isThere);
        QCOMPARE(number("SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND (query LIKE '%canary-7f%' OR "
                        "application_name LIKE '%canary-7f%')"),
                 0);
        CtlProcess::interrupt(*following, SIGINT);
        const Run ended = CtlProcess::end(*following);
        QVERIFY2(!ended.out.contains(canary) && !ended.err.contains(canary), ended.err.constData());
        // in the address it is refused, and not said again
        const QString typed = QString(m_url).replace(u"postgres:///"_s, u"postgres://keyed:canary-7f3a@/"_s);
        for (const QString& url : {typed, m_url + u"&password=canary-7f3a"_s}) {
            const Run refused = m_ctl->run({u"--store"_s, url, u"jobs"_s});
            EXITS(refused, unavailable);
            QVERIFY2(refused.err.contains("store_url_password") && !refused.err.contains(canary) && !refused.out.contains(canary),
                     refused.err.constData());
        }
    }

    void onAProductionServerManyAreTypedByNameAndNumber()
    {
        qputenv("PGPASSWORD", keyedPassword.toUtf8());
        rememberConnection(u"prod"_s, m_url, ui::Environment::Production);
        for (const char* name : {"a.wav", "b.wav"})
            EXITS(run({u"submit"_s, u"media-probe"_s, m_ctl->makeSound(QString::fromLatin1(name)), u"--force"_s}), 0);
        const QStringList words{u"cancel"_s, u"--filter"_s, u"type:media-probe"_s, u"--reason"_s, u"clean up"_s};
        const Run refused = run(words + QStringList{u"--yes"_s});
        EXITS(refused, 4);
        QVERIFY2(refused.err.contains("--confirm \"media-prod 2\""), refused.err.constData());
        EXITS(run(words + QStringList{u"--confirm"_s, u"media-prod 2"_s}), 0);
    }

private:
    QTemporaryDir m_home;
    test_support::PrivateBus m_bus;
    test_support::PrivateKeyring m_keyring;
    std::unique_ptr<CtlProcess> m_ctl;
    std::unique_ptr<test_support::TestStore> m_store;
    QString m_url;
};

QTEST_GUILESS_MAIN(TestCtlServer)
#include "tst_ctl_server.moc"
