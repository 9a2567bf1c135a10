// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/arguments.h"

#include "ui/connections/connection_store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using signalbox::readArguments;

class TestArguments : public QObject {
    Q_OBJECT

private slots:
    void aGivenStoreIsLookedAtAndNotWorkedOn_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("workers");
        QTest::addColumn<bool>("readOnly");
        QTest::addColumn<QString>("storage");
        const QStringList store{u"signalbox"_s, u"--store"_s, u"/data/customer.db"_s};
        QTest::newRow("to look at") << store << 0 << false << u"/data/storage"_s;
        QTest::newRow("read only") << store + QStringList{u"--read-only"_s} << 0 << true << u"/data/storage"_s;
        QTest::newRow("its storage elsewhere") << store + QStringList{u"--storage"_s, u"/files"_s} << 0 << false << u"/files"_s;
        QTest::newRow("with jobs of this call") << store + QStringList{u"--demo"_s, u"/clip.mp4"_s} << 2 << false << u"/data/storage"_s;
    }
    void aGivenStoreIsLookedAtAndNotWorkedOn()
    {
        QFETCH(QStringList, arguments);
        const auto read = readArguments(arguments);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        const auto profile = signalbox::givenConnection(*read);
        QCOMPARE(profile.storePath, u"/data/customer.db"_s);
        QTEST(profile.workerThreads, "workers");
        QTEST(profile.readOnly, "readOnly");
        QTEST(profile.storagePath, "storage");
    }

    void aServersStoreIsLookedAtCarefully()
    {
        const QString url = u"postgres://ann@db.example.org/jobs"_s;
        const auto read = readArguments({u"signalbox"_s, u"--store"_s, url});
        QVERIFY(read);
        const auto profile = signalbox::givenConnection(*read);
        QCOMPARE(profile.kind, ui::ConnectionKind::Postgres);
        QCOMPARE(profile.environment, ui::Environment::Production);
        QCOMPARE(profile.storePath, url);
        QVERIFY(profile.readOnly);
        QCOMPARE(profile.workerThreads, 0);
        QCOMPARE(profile.name, u"db.example.org"_s);
        const auto withStorage = readArguments({u"signalbox"_s, u"--store"_s, url, u"--storage"_s, u"/files"_s});
        QVERIFY(withStorage);
        QCOMPARE(signalbox::givenConnection(*withStorage).storagePath, u"/files"_s);
    }

    void whatIsNoServersStoreIsRefused_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("a password") << QStringList{u"--store"_s, u"postgres://ann:s3cret@db.example.org/jobs"_s};
        QTest::newRow("a password among the options") << QStringList{u"--store"_s, u"postgres://ann@db.example.org/jobs?password=s3cret"_s};
        QTest::newRow("no database") << QStringList{u"--store"_s, u"postgres://db.example.org"_s};
        QTest::newRow("jobs of this call") << QStringList{u"--store"_s, u"postgres://db.example.org/jobs"_s, u"--demo"_s, u"/clip.mp4"_s};
    }
    void whatIsNoServersStoreIsRefused()
    {
        QFETCH(QStringList, words);
        const auto read = readArguments(QStringList{u"signalbox"_s} + words);
        QVERIFY(!read && read.error().code == u"usage"_s);
        QVERIFY2(!read.error().message.contains(u"s3cret"_s), qPrintable(read.error().message));
    }

    void theEnvironmentMayNameAServersStore()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"connections.json"_s);
        qputenv("SIGNALBOX_STORE", "postgres://ann:s3cret@db.example.org/jobs");
        const auto forget = qScopeGuard([] { qunsetenv("SIGNALBOX_STORE"); });
        ui::ConnectionStore connections(file);
        const auto first = connections.profiles().constFirst();
        QCOMPARE(first.kind, ui::ConnectionKind::Postgres);
        QCOMPARE(first.environment, ui::Environment::Production);
        QCOMPARE(first.storePath, u"postgres://ann@db.example.org/jobs"_s);
        QVERIFY(first.readOnly && first.workerThreads == 0);
        const auto own = ui::ConnectionStore::embeddedDefault();
        QVERIFY2(own.storePath.endsWith(u"/signalbox/store.db"_s), qPrintable(own.storePath));
        QCOMPARE(connections.profiles().constLast(), own);
        QVERIFY(connections.save(own));
        QCOMPARE(ui::ConnectionStore(file).profiles(), connections.profiles());
    }
};

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
