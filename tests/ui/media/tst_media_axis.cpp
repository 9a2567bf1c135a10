// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/media/media_axis.h"

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using ui::MediaAxis;

class TestMediaAxis : public QObject {
    Q_OBJECT

private slots:
    void placesAndTimesAreInverse_data()
    {
        QTest::addColumn<qint64>("durationMs");
        QTest::newRow("seconds") << qint64(12'000);
        QTest::newRow("hours") << qint64(3 * 3'600'000);
        QTest::newRow("one millisecond") << qint64(1);
    }
    void placesAndTimesAreInverse()
    {
        QFETCH(qint64, durationMs);
        MediaAxis axis;
        axis.setDuration(durationMs);
        axis.setWidth(540);
        QCOMPARE(axis.xOf(0), 0.0);
        QCOMPARE(axis.xOf(double(durationMs)), 540.0);
        for (const qint64 ms : {qint64(0), durationMs / 3, durationMs})
            QCOMPARE(axis.msAt(axis.xOf(double(ms))), ms);
        QCOMPARE(axis.msAt(-50), 0);
        QCOMPARE(axis.msAt(9999), durationMs);
    }

    void zoomKeepsTheTimeUnderThePointer()
    {
        MediaAxis axis;
        axis.setDuration(200'000);
        axis.setWidth(500);
        const double before = axis.xOf(50'000);
        axis.zoom(4, 50'000);
        QVERIFY(std::abs(axis.xOf(50'000) - before) < 0.001);
        QVERIFY(!axis.isFit());
        for (int i = 0; i < 100; ++i)
            axis.zoom(4, 50'000);
        QVERIFY(axis.toMs() - axis.fromMs() >= 9.99);
        axis.panBy(1e18);
        QCOMPARE(axis.toMs(), 200'000.0);
        axis.reveal(10, 12);
        QVERIFY(axis.xOf(10) >= 0 && axis.xOf(12) <= 500);
        axis.zoom(1e-9, 0);
        QVERIFY(axis.isFit());
    }

    void lengthsNobodyCanHaveAreHeld_data()
    {
        QTest::addColumn<qint64>("durationMs");
        QTest::newRow("none") << qint64(0);
        QTest::newRow("negative") << qint64(-5);
        QTest::newRow("largest") << std::numeric_limits<qint64>::max();
        QTest::newRow("smallest") << std::numeric_limits<qint64>::min();
    }
    void lengthsNobodyCanHaveAreHeld()
    {
        QFETCH(qint64, durationMs);
        MediaAxis axis;
        axis.setDuration(durationMs);
        axis.setWidth(0);
        QVERIFY(axis.durationMs() >= 0 && axis.durationMs() <= MediaAxis::longestMs);
        axis.setWidth(540);
        QVERIFY(axis.ticks(80).size() <= 8);
        axis.zoom(2, 0);
        axis.panBy(5);
        axis.reveal(MediaAxis::bounded(durationMs), MediaAxis::bounded(durationMs));
        QVERIFY(std::isfinite(axis.xOf(17)));
        QVERIFY(axis.msAt(270) >= 0);
    }

    void ticksAreRoundAndApart_data()
    {
        QTest::addColumn<qint64>("durationMs");
        QTest::addColumn<QStringList>("first");
        QTest::newRow("three minutes") << qint64(204'180) << QStringList{u"0:00"_s, u"0:30"_s, u"1:00"_s};
        QTest::newRow("twelve seconds") << qint64(12'000) << QStringList{u"0:00"_s, u"0:02"_s, u"0:04"_s};
        QTest::newRow("one second") << qint64(1'000) << QStringList{u"0:00.0"_s, u"0:00.2"_s, u"0:00.4"_s};
        QTest::newRow("an hour and a half") << qint64(5'400'000) << QStringList{u"0:00"_s, u"15:00"_s, u"30:00"_s};
    }
    void ticksAreRoundAndApart()
    {
        QFETCH(qint64, durationMs);
        QFETCH(QStringList, first);
        MediaAxis axis;
        axis.setDuration(durationMs);
        axis.setWidth(540);
        const auto ticks = axis.ticks(70);
        QVERIFY(ticks.size() >= 3);
        for (qsizetype i = 0; i < 3; ++i)
            QCOMPARE(ticks[i].label, first[i]);
        for (qsizetype i = 1; i < ticks.size(); ++i)
            QVERIFY(ticks[i].x - ticks[i - 1].x >= 69.9);
    }
};

QTEST_MAIN(TestMediaAxis)
#include "tst_media_axis.moc"
