// SPDX-License-Identifier: Apache-2.0
#include "tests/support/pages_sample.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/charts/throughput_chart.h"
#include "ui/base/empty_state.h"
#include "ui/base/log_view.h"
#include "ui/base/row_table.h"
#include "ui/base/segmented_switch.h"
#include "ui/diff/diff_table.h"
#include "ui/deliveries/delivery_view.h"
#include "ui/deliveries/stage_lamps.h"
#include "ui/pages/artifacts/artifacts_page.h"
#include "ui/pages/dashboard/dashboard_page.h"
#include "ui/pages/failures/failures_page.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/pages/frame/text_pane.h"
#include "ui/pages/journal/journal_page.h"
#include "ui/pages/notifications/notifications_page.h"
#include "ui/pages/presets/presets_page.h"
#include "ui/pages/queues/queues_page.h"
#include "ui/pages/webhooks/webhooks_page.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace {

/// Every control that a person reaches has a name that a screen reader can say.
QStringList unnamed(QWidget& page)
{
    QStringList found;
    const auto all = page.findChildren<QWidget*>();
    for (QWidget* widget : all) {
        const bool isButton = qobject_cast<QAbstractButton*>(widget) && !qobject_cast<QAbstractButton*>(widget)->text().isEmpty();
        if (widget->focusPolicy() == Qt::NoFocus || isButton || !widget->isVisibleTo(&page) || widget->objectName().startsWith(u"qt_"_s))
            continue;
        if (widget->accessibleName().isEmpty())
            found += QString::fromLatin1(widget->metaObject()->className());
    }
    return found;
}

}

class PagesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        QCOMPARE(m_full.open(), QString());
        QCOMPARE(test_support::fillWithPagesSample(m_full.store.options.storePath, core::base::systemNow()), QString());
        QCOMPARE(m_empty.open(), QString());
    }

    void everyPageOfAFullStore_data() { pageRows(); }
    void everyPageOfAFullStore()
    {
        QFETCH(QString, name);
        const auto page = make(name, m_full.context());
        page->resize(1236, 760);
        page->show();
        QTRY_VERIFY_WITH_TIMEOUT(!page->isReading(), 20'000);
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
        const auto tables = page->findChildren<ui::RowTable*>();
        QVERIFY(!tables.isEmpty());
        for (ui::RowTable* table : tables) {
            const QAbstractItemModelTester tester(&table->rows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
            if (table->isVisible())
                QVERIFY2(table->rows().rowCount() > 0, qPrintable(table->accessibleName()));
            if (table->isVisible() && table->rows().rowCount() > 2)
                table->selectRow(2);
        }
        QCOMPARE(unnamed(*page), QStringList());
        auto* first = tables.constFirst();
        first->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(!page->isReading(), 20'000);
        test_support::shoot(*page, u"page-"_s + name);
    }

    void everyPageOfAnEmptyStore_data() { pageRows(); }
    void everyPageOfAnEmptyStore()
    {
        QFETCH(QString, name);
        const auto page = make(name, m_empty.context());
        page->resize(1236, 640);
        page->show();
        QTRY_VERIFY_WITH_TIMEOUT(!page->isReading(), 20'000);
        const bool hasRows = name == u"presets" || name == u"queues" || name == u"dashboard";
        QCOMPARE(page->findChild<ui::EmptyState*>()->isVisible(), !hasRows);
        QCOMPARE(unnamed(*page), QStringList());
        test_support::shoot(*page, u"page-empty-"_s + name);
    }

    void aGroupOpensAsAFilterThatTakesItsJobs()
    {
        ui::FailuresPage page(m_full.context());
        page.resize(1200, 700);
        page.show();
        QTRY_VERIFY(page.table().rows().rowCount() >= 7);
        QSignalSpy asked(&m_full.navigator, &ui::Navigator::filterAsked);
        page.table().setFocus();
        page.table().selectRow(0);
        QTest::keyClick(&page.table(), Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
        QTest::mouseClick(page.table().viewport(), Qt::LeftButton, {},
                          page.table().visualRect(page.table().model()->index(1, page.table().model()->columnCount() - 1)).center());
        QCOMPARE(asked.count(), 2);
        for (int row = 0; row < page.table().rows().rowCount(); ++row) {
            page.table().selectRow(row);
            QTest::keyClick(&page.table(), Qt::Key_Return);
            const QString text = asked.constLast().at(0).toString();
            const auto filter = core::jobs::readFilter(text, core::base::systemNow());
            QVERIFY2(filter, qPrintable(text));
            const auto count = m_full.store.backend->countJobs(*filter, 10'000).wait();
            QVERIFY(count);
            const QString shown = page.table().rows().rows().at(row).cells.at(0).text;
            // the list looks back from now, the page from the end of the present half hour
            QVERIFY2(std::abs(count->count - shown.toInt()) <= 8,
                     qPrintable(u"%1: %2 jobs, %3 shown"_s.arg(text).arg(count->count).arg(shown)));
        }
    }

    void anotherWindowShowsOtherFailures()
    {
        ui::FailuresPage page(m_full.context());
        page.resize(1200, 700);
        page.show();
        QTRY_VERIFY(page.table().rows().rowCount() >= 7);
        const QString day = page.table().rows().rows().constFirst().cells.constFirst().text;
        auto* hour = page.findChild<ui::SegmentedSwitch*>()->findChild<QAbstractButton*>();
        QTest::mouseClick(hour, Qt::LeftButton);
        QCOMPARE(page.lookBack(), ui::LookBack::Hour);
        QTRY_VERIFY(page.table().rows().rows().isEmpty() || page.table().rows().rows().constFirst().cells.constFirst().text != day);
        QCOMPARE(page.table().model()->headerData(5, Qt::Horizontal).toString(), u"Last 1 h"_s);
    }

    void theDashboardCountsWhatTheStoreHolds()
    {
        ui::DashboardPage page(m_full.context());
        page.resize(1236, 760);
        page.show();
        QTRY_VERIFY(page.throughput().statistics().whole.finished() > 1000);
        const auto& statistics = page.throughput().statistics();
        qint64 sum = 0;
        for (const auto& part : statistics.buckets)
            sum += part.finished();
        QCOMPARE(sum, statistics.whole.finished());
        QVERIFY(page.throughput().failurePeak().first >= 0);
        QVERIFY(page.asText().contains(u"Failed"_s));
        auto* field = page.findChild<QLineEdit*>();
        QTest::keyClicks(field, u"type:captions"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(page.throughput().statistics().whole.finished() < sum);
        QTRY_VERIFY(page.failures().rows().rowCount() == 2);
        page.lengths().setFocus();
        QTest::keyClick(&page.lengths(), Qt::Key_Home);
        test_support::shoot(page, u"page-dashboard-captions"_s);
    }

    void deliveriesAreNarrowedAndRead()
    {
        ui::WebhooksPage page(m_full.context());
        page.resize(1236, 760);
        page.show();
        ui::RowTable& table = page.list().table();
        QTRY_COMPARE(table.rows().rowCount(), 200);
        auto* outcome = page.findChild<QComboBox*>();
        outcome->setCurrentIndex(2);
        QTRY_VERIFY(table.rows().rowCount() > 0 && table.rows().rowCount() < 200);
        for (const ui::PageRow& row : table.rows().rows())
            QCOMPARE(row.cells.at(1).text, u"rejected"_s);
        table.setFocus();
        table.selectRow(1);
        const auto* headers = page.detail().findChild<ui::LogView*>();
        QTRY_VERIFY(headers->lines().text().contains("webhook-signature"));
        const auto* lamps = page.detail().findChild<ui::StageLamps*>();
        QVERIFY(lamps->isVisible());
        QVERIFY2(lamps->summary().contains(u"stopped here"_s), qPrintable(lamps->summary()));
        test_support::shoot(page, u"page-webhooks-rejected"_s);
        QSignalSpy asked(&m_full.navigator, &ui::Navigator::jobTabAsked);
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.at(0).at(0).value<core::JobId>(), table.currentRow()->job);
        // of one job, by its id
        auto* job = page.findChild<QLineEdit*>();
        const QString id = table.currentRow()->job.text;
        outcome->setCurrentIndex(0);
        QTest::keyClicks(job, id);
        QTest::keyClick(job, Qt::Key_Return);
        QTRY_COMPARE(table.rows().rowCount(), 1);
    }

    void scrollingDownReadsOn()
    {
        ui::NotificationsPage page(m_full.context());
        page.resize(1000, 500);
        page.show();
        ui::RowTable& table = page.list().table();
        QTRY_COMPARE(table.rows().rowCount(), 200);
        table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum());
        QTRY_VERIFY(table.rows().rowCount() >= 400);
        const int read = table.rows().rowCount();
        const QString top = table.rows().rows().at(table.rowAt(0)).key;
        page.refresh();
        QTRY_VERIFY(!page.isReading());
        QVERIFY(table.rows().rowCount() >= read);
        QCOMPARE(table.rows().rows().at(table.rowAt(0)).key, top);
    }

    void artifactsBySize()
    {
        ui::ArtifactsPage page(m_full.context());
        page.resize(1236, 760);
        page.show();
        QTRY_VERIFY(page.list().table().rows().rowCount() > 0);
        QTRY_VERIFY(page.kinds().rows().rowCount() >= 5);
        page.findChild<QComboBox*>()->setCurrentIndex(1);
        QTRY_VERIFY(page.list().table().rows().rowCount() > 0 &&
                    page.list().table().rows().rows().constFirst().cells.at(4).text.contains(u"MB"_s));
        QTRY_VERIFY(!page.isReading());
        test_support::shoot(page, u"page-artifacts-largest"_s);
    }

    void theJournalShowsWhatAnActChanged()
    {
        ui::JournalPage page(m_full.context());
        page.resize(1236, 760);
        page.show();
        QTRY_VERIFY(page.list().table().rows().rowCount() >= 40);
        page.list().table().selectRow(0);
        const auto isChanged = [&page] {
            const auto& rows = page.changes().diff().rows();
            return std::any_of(rows.begin(), rows.end(), [](const ui::DiffRow& row) { return row.cells.last().contains(u"CANCELLED"_s); });
        };
        QTRY_VERIFY(isChanged());
    }

    void outsideTextStaysText()
    {
        test_support::ConsoleFixture console;
        QCOMPARE(console.open(), QString());
        QCOMPARE(test_support::fillWithHostileRows(console.store.options.storePath), QString());
        for (const QString& name : m_names) {
            const auto page = make(name, console.context());
            page->resize(1100, 700);
            page->show();
            QTRY_VERIFY_WITH_TIMEOUT(!page->isReading(), 20'000);
            const auto tables = page->findChildren<ui::RowTable*>();
            for (ui::RowTable* table : tables) {
                for (const ui::PageRow& row : table->rows().rows()) {
                    for (const ui::RowCell& cell : row.cells) {
                        QVERIFY(!cell.text.contains(u'\n'));
                        QVERIFY(!cell.text.contains(QChar(0x202e)));
                        QVERIFY(cell.text.size() < 600);
                    }
                }
                if (table->rows().rowCount() > 0)
                    table->selectRow(0);
            }
            QTRY_VERIFY_WITH_TIMEOUT(!page->isReading(), 20'000);
            test_support::shoot(*page, u"page-hostile-"_s + name);
        }
    }

private:
    void pageRows()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : m_names)
            QTest::newRow(qPrintable(name)) << name;
    }
    static std::unique_ptr<ui::PageFrame> make(const QString& name, const ui::UiContext& context)
    {
        if (name == u"failures")
            return std::make_unique<ui::FailuresPage>(context);
        if (name == u"dashboard")
            return std::make_unique<ui::DashboardPage>(context);
        if (name == u"queues")
            return std::make_unique<ui::QueuesPage>(context);
        if (name == u"webhooks")
            return std::make_unique<ui::WebhooksPage>(context);
        if (name == u"artifacts")
            return std::make_unique<ui::ArtifactsPage>(context);
        if (name == u"notifications")
            return std::make_unique<ui::NotificationsPage>(context);
        if (name == u"journal")
            return std::make_unique<ui::JournalPage>(context);
        return std::make_unique<ui::PresetsPage>(context);
    }

    const QStringList m_names{u"failures"_s,  u"dashboard"_s,     u"queues"_s,  u"webhooks"_s,
                              u"artifacts"_s, u"notifications"_s, u"journal"_s, u"presets"_s};
    test_support::ConsoleFixture m_full;
    test_support::ConsoleFixture m_empty;
};

QTEST_MAIN(PagesTest)
#include "tst_pages.moc"
