// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/arguments.h"

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
};

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
