// SPDX-License-Identifier: Apache-2.0
#include "tests/support/pages_sample.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/charts/axis.h"
#include "ui/base/charts/sparkline.h"
#include "ui/base/format.h"
#include "ui/base/row_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QMenu>
#include <QRandomGenerator>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using ui::PageRow;
using ui::RowCell;

namespace {

const QList<ui::RowColumn> columns{{u"Jobs"_s, 60, true}, {u"Name"_s, 100, false, true}, {QString(), 80}};

PageRow row(int number)
{
    PageRow made;
    made.key = u"k%1"_s.arg(number);
    made.job = core::JobId{u"job-%1"_s.arg(number)};
    made.cells = {RowCell{QString::number(number)}, RowCell{u"name, %1"_s.arg(number)},
                  RowCell{.text = u"Show jobs"_s, .ink = ui::RowInk::Link}};
    return made;
}

QList<PageRow> rows(const QList<int>& numbers)
{
    QList<PageRow> all;
    for (const int number : numbers)
        all += row(number);
    return all;
}

QList<int> numbers(int from, int to)
{
    QList<int> all;
    for (int i = from; i <= to; ++i)
        all += i;
    return all;
}

}

class RowTableTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        m_preferences = std::make_unique<ui::Preferences>(m_folder.filePath(u"x.ini"_s));
    }

    void aRefreshTellsOnlyWhatChanged_data()
    {
        QTest::addColumn<QList<int>>("before");
        QTest::addColumn<QList<int>>("after");
        QTest::newRow("first") << QList<int>{} << numbers(1, 5);
        QTest::newRow("all gone") << numbers(1, 5) << QList<int>{};
        QTest::newRow("above") << numbers(3, 6) << numbers(1, 6);
        QTest::newRow("below") << numbers(1, 4) << numbers(1, 7);
        QTest::newRow("between") << QList<int>{1, 5} << numbers(1, 5);
        QTest::newRow("holes") << numbers(1, 9) << QList<int>{2, 3, 7};
        QTest::newRow("turned round") << QList<int>{1, 2, 3, 4} << QList<int>{4, 3, 2, 1};
        QTest::newRow("all at once") << QList<int>{5, 1, 9, 2, 7} << QList<int>{2, 8, 9, 1, 3};
    }
    void aRefreshTellsOnlyWhatChanged()
    {
        QFETCH(QList<int>, before);
        QFETCH(QList<int>, after);
        ui::RowModel model(columns, *m_preferences);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(rows(before));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QList<QPersistentModelIndex> kept;
        for (int i = 0; i < model.rowCount(); ++i)
            kept += QPersistentModelIndex(model.index(i, 1));
        model.setRows(rows(after));
        QCOMPARE(model.rows(), rows(after));
        QCOMPARE(reset.count(), 0);
        for (int i = 0; i < before.size(); ++i) {
            const qsizetype at = after.indexOf(before.at(i));
            QCOMPARE(kept.at(i).isValid() ? kept.at(i).row() : -1, static_cast<int>(at));
        }
    }

    void anyOrderFollowsAnyOther()
    {
        ui::RowModel model(columns, *m_preferences);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator dice(7);
        for (int round = 0; round < 60; ++round) {
            QList<int> chosen;
            for (int i = 0; i < 12; ++i) {
                const int number = static_cast<int>(dice.bounded(20));
                if (!chosen.contains(number))
                    chosen += number;
            }
            model.setRows(rows(chosen));
            QCOMPARE(model.rows(), rows(chosen));
        }
    }

    void aChangedCellIsTold()
    {
        ui::RowModel model(columns, *m_preferences);
        model.setRows(rows({1, 2, 3}));
        QSignalSpy told(&model, &QAbstractItemModel::dataChanged);
        auto changed = rows({1, 2, 3});
        changed[1].cells[0].text = u"22"_s;
        model.setRows(changed);
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.at(0).at(0).toModelIndex().row(), 1);
    }

    void moreIsAskedOnceUntilItCame()
    {
        ui::RowModel model(columns, *m_preferences);
        QSignalSpy asked(&model, &ui::RowModel::moreAsked);
        model.setRows(rows({1}));
        QVERIFY(!model.canFetchMore({}));
        model.setHasMore(true);
        model.fetchMore({});
        model.fetchMore({});
        QCOMPARE(asked.count(), 1);
        model.setRows(rows({1, 2}));
        QVERIFY(model.canFetchMore({}));
    }

    void selectionAndPlaceStayThroughARefresh()
    {
        ui::RowTable table(columns, *m_preferences, u"Rows"_s);
        table.resize(400, 300);
        table.setRows(rows(numbers(100, 200)));
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        table.verticalScrollBar()->setValue(40 * table.rowHeight(0) + 5);
        table.selectRow(45);
        const int before = table.rowViewportPosition(table.rows().rowOf(u"k150"_s));
        table.setRows(rows(numbers(80, 200)));
        QCOMPARE(table.currentRow()->key, u"k145"_s);
        QCOMPARE(table.selectionModel()->selectedRows().size(), 1);
        QCOMPARE(table.rowViewportPosition(table.rows().rowOf(u"k150"_s)), before);
    }

    void atTheTopNewRowsAreSeen()
    {
        ui::RowTable table(columns, *m_preferences, u"Rows"_s);
        table.resize(400, 200);
        table.setRows(rows(numbers(100, 200)));
        table.show();
        table.setRows(rows(numbers(90, 200)));
        QCOMPARE(table.verticalScrollBar()->value(), 0);
    }

    void enterDoubleClickAndLinkOpen()
    {
        ui::RowTable table(columns, *m_preferences, u"Rows"_s);
        table.resize(500, 200);
        table.setRows(rows({1, 2, 3}));
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        QSignalSpy opened(&table, &ui::RowTable::rowActivated);
        QSignalSpy linked(&table, &ui::RowTable::linkActivated);
        table.setFocus();
        table.selectRow(0);
        QTest::keyClick(&table, Qt::Key_Down);
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.at(0).at(0).value<PageRow>().job, core::JobId{u"job-2"_s});
        const QPoint third = table.visualRect(table.model()->index(2, 1)).center();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, third);
        QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, third);
        QCOMPARE(opened.count(), 2);
        QCOMPARE(linked.count(), 0);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(table.model()->index(0, 2)).center());
        QCOMPARE(linked.count(), 1);
        QCOMPARE(linked.at(0).at(1).toInt(), 2);
    }

    void rowsAreCopiedAsCsvAndMarkdown()
    {
        ui::RowTable table(columns, *m_preferences, u"Rows"_s);
        auto some = rows({1, 2});
        some[1].cells[1].text = u"=1+\"a\"|b"_s;
        table.setRows(some);
        QCOMPARE(table.copyText(ui::TableCopy::Csv), u"Jobs,Name,\r\n1,\"name, 1\",Show jobs\r\n2,\"'=1+\"\"a\"\"|b\",Show jobs\r\n"_s);
        table.selectRow(1);
        QCOMPARE(table.copyText(ui::TableCopy::Markdown),
                 u"| Jobs | Name |  |\n| ---: | --- | --- |\n| 2 | =1+\"a\"\\|b | Show jobs |\n"_s);
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Jobs,Name"_s));
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"| Jobs"_s));
    }

    void outsideTextStaysText()
    {
        ui::RowTable table(columns, *m_preferences, u"Rows"_s);
        auto some = rows({1});
        some[0].cells[1].text = ui::plainLine(test_support::hostileText());
        some[0].cells[1].hover = test_support::hostileText();
        table.setRows(some);
        const QString tip = table.model()->index(0, 1).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(u"&lt;img"_s));
        QVERIFY(!tip.contains(u"<img"_s));
        table.resize(400, 100);
        QVERIFY(!table.grab().isNull());
    }

    void timesFollowThePreference()
    {
        ui::RowModel model(columns, *m_preferences);
        auto some = rows({1});
        some[0].cells[0].time = core::base::systemNow() - 3h;
        model.setRows(some);
        QCOMPARE(model.index(0, 0).data().toString(), u"3 h"_s);
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"UTC"_s));
        m_preferences->setShowsRelativeTimes(false);
        QVERIFY(model.index(0, 0).data().toString().contains(u':'));
        m_preferences->setShowsRelativeTimes(true);
    }

    void valueTicksBeginAtZero_data()
    {
        QTest::addColumn<double>("highest");
        QTest::addColumn<bool>("isCount");
        QTest::addColumn<QList<double>>("ticks");
        QTest::newRow("nothing") << 0.0 << true << QList<double>{0, 1};
        QTest::newRow("three") << 3.0 << true << QList<double>{0, 1, 2, 3};
        QTest::newRow("hundreds") << 152.0 << true << QList<double>{0, 50, 100, 150, 200};
        QTest::newRow("no half jobs") << 9.0 << true << QList<double>{0, 5, 10};
        QTest::newRow("seconds") << 0.8 << false << QList<double>{0, 0.2, 0.4, 0.6000000000000001, 0.8};
    }
    void valueTicksBeginAtZero()
    {
        QFETCH(double, highest);
        QFETCH(bool, isCount);
        QFETCH(QList<double>, ticks);
        QCOMPARE(ui::valueTicks(highest, 4, isCount), ticks);
    }

    void timeTicksFallOnWholeHoursOfTheZone()
    {
        const QTimeZone zone(5 * 3600 + 1800);    // half an hour off
        const core::Time from = *core::base::parseIsoText(u"2026-11-21T11:00:00Z"_s);
        const auto ticks = ui::timeTicks(from, from + 24h, zone, 8);
        QStringList labels;
        for (const auto& tick : ticks)
            labels += tick.label;
        QCOMPARE(labels, (QStringList{u"18:00"_s, u"21:00"_s, u"00:00"_s, u"03:00"_s, u"06:00"_s, u"09:00"_s, u"12:00"_s, u"15:00"_s}));
        QVERIFY(ui::timeTicks(from, from + 24h * 30, zone, 6).size() <= 7);
    }

    void aPeakIsWhereHalfOfAllStand_data()
    {
        QTest::addColumn<QList<int>>("values");
        QTest::addColumn<int>("peak");
        QTest::newRow("none") << QList<int>{} << -1;
        QTest::newRow("few") << QList<int>{0, 3, 0} << -1;
        QTest::newRow("one place") << QList<int>{1, 0, 12, 0, 1} << 2;
        QTest::newRow("two beside") << QList<int>{2, 5, 6, 1, 1} << 2;
        QTest::newRow("even") << QList<int>{3, 3, 3, 3, 3, 3} << -1;
    }
    void aPeakIsWhereHalfOfAllStand()
    {
        QFETCH(QList<int>, values);
        QTEST(ui::peakOf(values), "peak");
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ui::Preferences> m_preferences;
};

QTEST_MAIN(RowTableTest)
#include "tst_row_table.moc"
