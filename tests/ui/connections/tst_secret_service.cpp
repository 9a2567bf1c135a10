// SPDX-License-Identifier: Apache-2.0
// Secrets on a bus of this test's own: first nobody on it, then the real gnome-keyring, unlocked, with a folder of its own.
#include "tests/support/private_keyring.h"
#include "tests/support/ui_fixture.h"
#include "ui/connections/connection_store.h"
#include "ui/connections/secret_store.h"
#include "ui/console/log_buffer.h"

#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;
using ui::KeptSecret;
using ui::KnownSecret;
using ui::SecretPlace;
using ui::SecretStore;

namespace {

/// The answer, without blocking the thread that has to take it from the bus.
template <class T>
core::Result<T> answerOf(const core::Pending<T>& pending)
{
    if (!QTest::qWaitFor([&] { return pending.isDone(); }, 20'000))
        return core::failure(core::ErrorKind::Unavailable, u"timeout"_s, u"No answer came"_s);
    return pending.wait();
}

QStringList filesWith(const QByteArray& canary, const QString& folder)
{
    QStringList found;
    QDirIterator each(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        QFile file(each.next());
        if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
            continue;    // the bus's socket
        const QByteArray content = file.readAll();
        if (content.contains(canary) || content.contains(canary.toBase64()) || content.contains(canary.toHex()))
            found << file.fileName();
    }
    return found;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}

class TestSecretService : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        qunsetenv("XDG_RUNTIME_DIR");
        QCOMPARE(m_bus.begin(), QString());
    }

    void aBusWithoutAKeyringKeepsForTheSession()
    {
        SecretStore secrets(u"signalbox-test"_s);
        const auto kept = answerOf(secrets.write(u"a"_s, u"here only"_s, SecretPlace::Keyring));
        QVERIFY2(kept.has_value(), kept ? "" : qPrintable(kept.error().message));
        QCOMPARE(kept->place, SecretPlace::Session);
        QVERIFY2(kept->why.contains(u"no keyring that answers"_s), qPrintable(kept->why));
        QCOMPARE(answerOf(secrets.read(u"a"_s)).value()->secret, u"here only"_s);
        const auto unknown = answerOf(secrets.read(u"b"_s));    // nobody can say whether there is one
        QVERIFY(!unknown.has_value());
        QCOMPARE(unknown.error().code, u"secret_unreadable"_s);
        QVERIFY(answerOf(secrets.remove(u"a"_s)).value());
    }

    void theKeyringKeepsItForTheNextStart()
    {
        QCOMPARE(m_keyring.begin(m_bus), QString());
        {
            SecretStore secrets(u"signalbox-test"_s);
            KeptSecret kept;
            // until the daemon has its name on the bus
            QVERIFY(QTest::qWaitFor(
                [&] {
                    kept = answerOf(secrets.write(u"a"_s, u"s\u00e9same \U0001f511"_s, SecretPlace::Keyring)).value_or(KeptSecret{});
                    return kept.place == SecretPlace::Keyring;
                },
                20'000));
            QCOMPARE(kept.why, QString());
        }
        SecretStore next(u"signalbox-test"_s);
        const auto known = answerOf(next.read(u"a"_s));
        QVERIFY(known.has_value() && known->has_value());
        QCOMPARE((*known)->secret, u"s\u00e9same \U0001f511"_s);
        QCOMPARE((*known)->place, SecretPlace::Keyring);
        QVERIFY(!answerOf(next.read(u"b"_s)).value().has_value());
        // moved into the session, the keyring has it no more
        QVERIFY(answerOf(next.write(u"a"_s, u"moved"_s, SecretPlace::Session)).has_value());
        SecretStore third(u"signalbox-test"_s);
        QVERIFY(!answerOf(third.read(u"a"_s)).value().has_value());
        QCOMPARE(answerOf(next.read(u"a"_s)).value()->secret, u"moved"_s);
        QVERIFY(answerOf(next.remove(u"a"_s)).value());
        QVERIFY(!answerOf(next.read(u"a"_s)).value().has_value());
        QVERIFY(!answerOf(SecretStore(u"signalbox-test"_s).read(u"a"_s)).value().has_value());
    }

    /// What is searched for is found where it may be, so that not to find it elsewhere means something.
    void theSecretStandsInNoFileLogOrProcessList()
    {
        const QByteArray canary = "canary-7f3a91c2d4e8";
        const QString secret = QString::fromLatin1(canary);
        ui::LogBuffer log;
        log.install();
        const QString config = m_bus.folder.filePath(u"console"_s);
        QDir().mkpath(config);
        ui::ConnectionStore connections(config + u"/connections.json"_s);
        ui::ConnectionProfile profile = ui::ConnectionStore::embeddedDefault();
        profile.id = u"canary"_s;
        profile.name = u"with a secret"_s;
        ui::Preferences preferences(config + u"/console.ini"_s);
        SecretStore secrets(u"signalbox-test"_s);
        for (const SecretPlace place : {SecretPlace::Keyring, SecretPlace::Session, SecretPlace::Keyring}) {
            const auto kept = answerOf(secrets.write(profile.id, secret, place));
            QVERIFY(kept.has_value() && kept->place == place);
            QVERIFY(connections.save(profile).has_value());
        }
        preferences.setTheme(ui::ThemeChoice::Dark);
        QCOMPARE(answerOf(secrets.read(profile.id)).value()->secret, secret);

        // also what the keyring wrote is no plain text: it is locked with the person's password
        QVERIFY(QDir(m_bus.folder.filePath(u"data/keyrings"_s)).entryList(QDir::Files).size() > 0);
        QCOMPARE(filesWith(canary, m_bus.folder.path()), QStringList());
        QVERIFY(!log.text().contains(canary));
        const QDir processes(u"/proc"_s);
        const auto ids = processes.entryList(QDir::Dirs);
        for (const QString& id : ids) {
            for (const auto* name : {"cmdline", "environ"})
                QVERIFY2(!contentOf(u"/proc/%1/%2"_s.arg(id, QLatin1StringView(name))).contains(canary), qPrintable(id));
        }
        QFile control(m_bus.folder.filePath(u"control"_s));
        QVERIFY(control.open(QIODevice::WriteOnly) && control.write(canary) > 0 && control.flush());
        QCOMPARE(filesWith(canary, m_bus.folder.path()).size(), 1);
        QVERIFY(control.remove());
        QVERIFY(answerOf(secrets.remove(profile.id)).value());
    }

private:
    test_support::PrivateBus m_bus;
    test_support::PrivateKeyring m_keyring;
};

QTEST_MAIN(TestSecretService)
#include "tst_secret_service.moc"
