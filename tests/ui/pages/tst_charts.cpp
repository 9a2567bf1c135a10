// SPDX-License-Identifier: Apache-2.0
#include "ui/base/charts/chart_card.h"
#include "ui/base/charts/percentile_chart.h"
#include "ui/base/charts/throughput_chart.h"
#include "ui/base/row_table.h"
#include "ui/session/preferences.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::jobs::JobStatistics;
using core::jobs::SpanStatistics;

namespace {

const core::Time start = core::base::fromMicros(1'800'000'000'000'000);

/// Ten parts of a minute: 10 done each, 30 failed in the fourth and fifth, none at all in the last.
JobStatistics sample()
{
    JobStatistics statistics;
    statistics.window = {start, start + 10min, 10};
    for (int i = 0; i < 10; ++i) {
        SpanStatistics part;
        if (i < 9) {
            part.done = 10;
            part.run = {10, std::chrono::seconds(i + 1), std::chrono::seconds(2 * i + 2), std::chrono::seconds(3 * i + 3)};
        }
        if (i == 3 || i == 4)
            part.failed = 30;
        statistics.buckets += part;
    }
    statistics.whole.done = 90;
    statistics.whole.failed = 60;
    statistics.whole.run = {90, 5s, 16s, 27s};
    return statistics;
}

}

class ChartsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QApplication::setStyle(new ui::Style);
        QApplication::setPalette(ui::lightTheme().palette());
        ui::setBodyPixels(ui::bodyPixels);
    }

    void thePointerAndTheKeysMoveTheCursor()
    {
        ui::ThroughputChart chart;
        chart.resize(600, 220);
        chart.setStatistics(sample(), QTimeZone::utc());
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QSignalSpy moved(&chart, &ui::BucketChart::cursorMoved);
        QTest::mouseMove(&chart, QPoint(270, 100));
        QVERIFY(chart.cursor() > 0 && chart.cursor() < 9);
        QTest::mouseMove(&chart, QPoint(598, 100));    // over the legend
        QCOMPARE(chart.cursor(), -1);
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.cursor(), 9);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.cursor(), 8);
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(chart.cursor(), 0);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.cursor(), 0);
        QTest::keyClick(&chart, Qt::Key_End);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.cursor(), 9);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QCOMPARE(chart.cursor(), -1);
        QVERIFY(moved.count() >= 6);
    }

    void theCursorStaysAtItsMoment()
    {
        ui::ThroughputChart chart;
        JobStatistics statistics = sample();
        chart.setStatistics(statistics, QTimeZone::utc());
        chart.setCursorAt(5);
        statistics.window = {start + 2min, start + 12min, 10};
        chart.setStatistics(statistics, QTimeZone::utc());
        QCOMPARE(chart.cursor(), 3);
        statistics.window = {start + 60min, start + 70min, 10};
        chart.setStatistics(statistics, QTimeZone::utc());
        QCOMPARE(chart.cursor(), -1);
    }

    void valuesAreSaidInWords()
    {
        ui::ThroughputChart chart;
        chart.setStatistics(sample(), QTimeZone::utc());
        QVERIFY(chart.valueText(3).contains(u"30 failed"_s));
        QCOMPARE(chart.failurePeak(), (std::pair{3, 4}));
        QVERIFY(chart.summary().contains(u"60 failed"_s));

        ui::PercentileChart lengths(u"Took"_s);
        lengths.setStatistics(sample(), QTimeZone::utc());
        QVERIFY(lengths.valueText(0).contains(u"p95 2.0 s"_s));
        QVERIFY(lengths.valueText(9).contains(u"no job"_s));
        QVERIFY(lengths.summary().contains(u"27.0 s"_s));
    }

    void labelsOfLinesThatMeetStandApart_data()
    {
        QTest::addColumn<QList<double>>("wanted");
        QTest::newRow("apart") << QList<double>{180, 120, 20};
        QTest::newRow("two meet") << QList<double>{180, 60, 60};
        QTest::newRow("all at the top") << QList<double>{4, 3, 3};
        QTest::newRow("all at the bottom") << QList<double>{200, 200, 200};
        QTest::newRow("one alone") << QList<double>{0};
        QTest::newRow("none") << QList<double>{};
    }
    void labelsOfLinesThatMeetStandApart()
    {
        QFETCH(QList<double>, wanted);
        const QList<double> places = ui::spreadFromBelow(wanted, 18, 2, 198);
        QCOMPARE(places.size(), wanted.size());
        for (qsizetype i = 0; i < places.size(); ++i) {
            QVERIFY(places.at(i) >= 2 && places.at(i) <= 198);
            QVERIFY(i == 0 || places.at(i - 1) - places.at(i) >= 18);
        }
    }

    void assistiveTechnologyReadsIt()
    {
        ui::ThroughputChart chart;
        chart.setStatistics(sample(), QTimeZone::utc());
        QAccessibleInterface* access = QAccessible::queryAccessibleInterface(&chart);
        QVERIFY(access);
        QCOMPARE(access->role(), QAccessible::Chart);
        QCOMPARE(access->text(QAccessible::Name), u"Throughput"_s);
        QCOMPARE(access->text(QAccessible::Description), chart.summary());
        QVERIFY(access->valueInterface());
        QCOMPARE(access->valueInterface()->maximumValue().toInt(), 9);
        access->valueInterface()->setCurrentValue(4);
        QCOMPARE(chart.cursor(), 4);
        QCOMPARE(access->text(QAccessible::Value), chart.valueText(4));
    }

    void anEmptyWindowIsPaintedToo()
    {
        ui::ThroughputChart chart;
        QVERIFY(!chart.grab().isNull());
        JobStatistics statistics;
        statistics.window = {start, start + 10min, 10};
        statistics.buckets = QList<SpanStatistics>(10);
        chart.setStatistics(statistics, QTimeZone::utc());
        QVERIFY(!chart.grab().isNull());
        QCOMPARE(chart.failurePeak().first, -1);
        ui::PercentileChart lengths(u"Took"_s);
        lengths.setStatistics(statistics, QTimeZone::utc());
        QVERIFY(!lengths.grab().isNull());
    }

    void whatTheCeilingLeftOutIsNotZero()
    {
        ui::ThroughputChart chart;
        chart.resize(600, 220);
        chart.setStatistics(sample(), QTimeZone::utc());
        const QImage whole = chart.grab().toImage();
        JobStatistics cut = sample();
        cut.completeSince = start + 5min;
        chart.setStatistics(cut, QTimeZone::utc());
        QVERIFY(chart.grab().toImage() != whole);
    }

    void tTurnsToTheTable()
    {
        QTemporaryDir folder;
        const ui::Preferences preferences(folder.filePath(u"x.ini"_s));
        auto* chart = new ui::ThroughputChart;
        ui::ChartCard card(chart, preferences);
        chart->setStatistics(sample(), QTimeZone::utc());
        card.resize(500, 300);
        card.show();
        QVERIFY(QTest::qWaitForWindowActive(&card));
        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_T);
        QVERIFY(card.showsTable());
        auto* table = card.findChild<ui::RowTable*>();
        QCOMPARE(table->rows().rowCount(), 10);
        QCOMPARE(table->rows().rows().at(5).cells.at(2).text, u"30"_s);    // newest first
        QTRY_VERIFY(table->hasFocus());
        QTest::keyClick(table, Qt::Key_T);
        QVERIFY(!card.showsTable());
    }
};

QTEST_MAIN(ChartsTest)
#include "tst_charts.moc"
