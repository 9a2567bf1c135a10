// SPDX-License-Identifier: Apache-2.0
#include "core/base/ids.h"
#include "core/base/time.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

class BaseValuesTest : public QObject {
    Q_OBJECT

private slots:
    void newIdsAreUuidsOfVersion7ThatGrow()
    {
        static const QRegularExpression shape(u"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
        QString last;
        for (int i = 0; i < 20'000; ++i) {
            const QString id = core::newUuidV7();
            QVERIFY2(shape.match(id).hasMatch(), qUtf8Printable(id));
            QVERIFY2(id > last, qUtf8Printable(last + u" then "_s + id));
            last = id;
        }
    }

    void idsFromManyThreadsAreUnique()
    {
        std::vector<QStringList> made(8);
        std::vector<std::thread> threads;
        for (auto& list : made) {
            threads.emplace_back([&list] {
                for (int i = 0; i < 5'000; ++i)
                    list.append(core::newUuidV7());
            });
        }
        for (auto& thread : threads)
            thread.join();
        QSet<QString> all;
        for (const auto& list : made)
            all.unite(QSet<QString>(list.begin(), list.end()));
        QCOMPARE(all.size(), 40'000);
    }

    void timesKeepTheirMicroseconds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("micros");
        QTest::newRow("microseconds") << u"2026-11-22T12:01:07.250001Z"_s << Q_INT64_C(1795348867250001);
        QTest::newRow("no fraction") << u"2026-11-22T12:01:07Z"_s << Q_INT64_C(1795348867000000);
        QTest::newRow("offset") << u"2026-11-22T13:01:07.5+01:00"_s << Q_INT64_C(1795348867500000);
        QTest::newRow("date") << u"2026-11-22"_s << Q_INT64_C(1795305600000000);
        QTest::newRow("no zone is UTC") << u"2026-11-22T12:01:07"_s << Q_INT64_C(1795348867000000);
        QTest::newRow("before 1970") << u"1969-12-31T23:59:59.999999Z"_s << Q_INT64_C(-1);
        QTest::newRow("more digits than we keep") << u"2026-11-22T12:01:07.123456789Z"_s << Q_INT64_C(1795348867123456);
    }
    void timesKeepTheirMicroseconds()
    {
        QFETCH(QString, text);
        QFETCH(qint64, micros);
        const auto read = core::base::parseIsoText(text);
        QVERIFY(read);
        QCOMPARE(core::base::toMicros(*read), micros);
        QCOMPARE(core::base::toMicros(*core::base::parseIsoText(core::base::toIsoText(*read))), micros);
    }

    void timesAreWrittenInOneForm_data()
    {
        QTest::addColumn<qint64>("micros");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << Q_INT64_C(1795348867250001) << u"2026-11-22T12:01:07.250001Z"_s;
        QTest::newRow("epoch") << Q_INT64_C(0) << u"1970-01-01T00:00:00.000000Z"_s;
        QTest::newRow("before 1970") << Q_INT64_C(-1) << u"1969-12-31T23:59:59.999999Z"_s;
        QTest::newRow("leap day") << Q_INT64_C(1709208000000042) << u"2024-02-29T12:00:00.000042Z"_s;
        QTest::newRow("first year") << Q_INT64_C(-62135596800000000) << u"0001-01-01T00:00:00.000000Z"_s;
        QTest::newRow("last of four digits") << Q_INT64_C(253402300799999999) << u"9999-12-31T23:59:59.999999Z"_s;
    }
    void timesAreWrittenInOneForm()
    {
        QFETCH(qint64, micros);
        QFETCH(QString, text);
        QCOMPARE(core::base::toIsoText(core::base::fromMicros(micros)), text);
        QCOMPARE(core::base::toMicros(*core::base::parseIsoText(text)), micros);
    }

    void whatIsNoTimeIsAnError_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "soon", "2026-13-01", "2026-11-22T25:00:00Z", "2026-11-22 12", "2026-02-30T12:00:00.000000Z",
                                 "2026-11-22T12:60:00.000000Z", "2026-11-22T12:00:0x.000000Z"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void whatIsNoTimeIsAnError()
    {
        QFETCH(QString, text);
        QVERIFY(!core::base::parseIsoText(text));
    }
};

QTEST_GUILESS_MAIN(BaseValuesTest)
#include "tst_base_values.moc"
