// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/segmented_switch.h"
#include "ui/compare/compare_acts.h"
#include "ui/compare/compare_dialog.h"
#include "ui/compare/compare_payloads_dialog.h"
#include "ui/diff/diff_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QTabBar>

using namespace Qt::StringLiterals;
using core::JobType;
using test_support::ConsoleFixture;
using ui::CompareDialog;
using ui::ComparePart;
using ui::CompareView;
using ui::DiffMark;

namespace {

/// Two silences: the first always alike, the second from `secondMs` on.
QByteArray silences(int secondMs)
{
    const nlohmann::json segments = {{{"start_ms", 1500}, {"end_ms", 2000}}, {{"start_ms", secondMs}, {"end_ms", secondMs + 1000}}};
    const nlohmann::json report = {{"status", "DONE"},
                                   {"output_data", {{"duration_ms", 20'000}, {"total_silence_ms", 1500}, {"segments", segments}}}};
    return QByteArray::fromStdString(report.dump());
}

}

class CompareDialogTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ConsoleFixture> m_console;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ui::CompareActs> m_acts;

    core::JobId submit(double noise, const QString& file = u"inputs/a.wav"_s)
    {
        const auto answer = m_console->store.submit(JobType::SilenceDetect, {{"file_path", file.toStdString()}, {"noise_db", noise}});
        return answer ? answer->jobId : core::JobId{};
    }
    core::jobs::JobSummary row(const core::JobId& id)
    {
        const auto rows = m_console->store.backend->jobRows({id}).wait();
        return rows && !rows->isEmpty() ? rows->constFirst() : core::jobs::JobSummary{};
    }
    bool end(const core::JobId& id, int secondMs)
    {
        const auto& store = m_console->store;
        const auto outcome = store.backend->post(store.caller, id, silences(secondMs), core::tasks::Mode::Apply).wait();
        return outcome && outcome->outcome == core::webhooks::Outcome::Applied;
    }
    CompareDialog* compare(const core::JobId& before, const core::JobId& after) { return m_acts->open({before, after, {}}); }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void init()
    {
        m_console = std::make_unique<ConsoleFixture>();
        QCOMPARE(m_console->open(), QString());
        QVERIFY(QDir().mkpath(m_console->store.path(u"inputs"_s)));
        QFile file(m_console->store.path(u"inputs/a.wav"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("sound") > 0);
        m_window = std::make_unique<QWidget>();
        m_acts = std::make_unique<ui::CompareActs>(m_console->context(), m_window.get());
    }
    void cleanup()
    {
        m_acts.reset();
        m_window.reset();
        m_console.reset();
    }

    void twoInputsDifferWhereTheyMeanSomethingElse()
    {
        CompareDialog& dialog = *compare(submit(-30), submit(-45));
        const QAbstractItemModelTester tester(&dialog.table().diff(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY(dialog.isSettled());
        const auto rows = dialog.table().diff().rows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0], (ui::DiffRow{DiffMark::Changed, {u"noise_db"_s, u"-30"_s, u"-45"_s}}));
        QCOMPARE(dialog.sentence(), u"1 difference."_s);
        test_support::shoot(dialog, u"compare-input"_s);
        dialog.table().setFocus();
        dialog.table().selectRow(0);
        QTest::keyClick(&dialog.table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"~\tnoise_db\t-30\t-45"_s);
    }

    void anyTwoPayloadsAreCompared()
    {
        const core::JobId one = submit(-30);
        const core::JobId other = submit(-31);
        QVERIFY(end(one, 5000) && end(other, 6000));
        const auto deliveryOf = [&](const core::JobId& id) {
            return ui::PayloadRef{ui::PayloadRef::Kind::Delivery, id, m_console->store.backend->deliveries(id, 1).wait()->constFirst().id};
        };
        const auto choose = [&](const ui::PayloadRef& payload, const QString& beginning) {
            QMenu menu;
            m_acts->fillMenu(menu, payload);
            const auto choices = menu.actions();
            for (QAction* choice : choices) {
                if (choice->text().startsWith(beginning))
                    return choice->trigger();
            }
            QFAIL(qPrintable(u"There is no choice "_s + beginning));
        };
        const auto shown = [&] { return m_window->findChild<ui::ComparePayloadsDialog*>(); };
        choose(deliveryOf(one), u"Choose it"_s);
        choose(deliveryOf(other), u"Compare with the body of delivery"_s);
        QVERIFY(shown());
        const QAbstractItemModelTester tester(&shown()->table().diff(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY(shown()->isSettled());
        QVERIFY2(!shown()->table().diff().rows().isEmpty(), qPrintable(shown()->sentence()));
        test_support::shoot(*shown(), u"compare-payloads"_s);
        delete shown();

        choose(deliveryOf(one), u"Compare with the output of its job"_s);
        QTRY_VERIFY(shown()->isSettled());
        shown()->setView(CompareView::Unified);
        QTRY_VERIFY(shown()->isSettled());
        QVERIFY(!shown()->table().diff().rows().isEmpty());
        delete shown();

        ui::PayloadRef event{ui::PayloadRef::Kind::Event, one, {}, 3, silences(5000)};
        choose(event, u"Choose it"_s);
        choose(deliveryOf(one), u"Compare with the payload of event 3"_s);
        QTRY_VERIFY(shown()->isSettled());
        QCOMPARE(shown()->sentence(), u"They say the same."_s);
    }

    void everyViewShowsTheSameDifference_data()
    {
        QTest::addColumn<int>("view");
        QTest::addColumn<int>("columns");
        QTest::newRow("by meaning") << static_cast<int>(CompareView::Meaning) << 3;
        QTest::newRow("side by side") << static_cast<int>(CompareView::SideBySide) << 4;
        QTest::newRow("unified") << static_cast<int>(CompareView::Unified) << 3;
    }
    void everyViewShowsTheSameDifference()
    {
        QFETCH(int, view);
        CompareDialog& dialog = *compare(submit(-30), submit(-45));
        QTRY_VERIFY(dialog.isSettled());
        dialog.setView(static_cast<CompareView>(view));
        QTRY_VERIFY(dialog.isSettled());
        QTEST(static_cast<int>(dialog.table().diff().columns().size()), "columns");
        QStringList differing;
        for (const ui::DiffRow& one : dialog.table().diff().rows()) {
            if (one.mark != DiffMark::Same)
                differing << one.cells.join(u'|');
        }
        const QString all = differing.join(u'\n');
        QVERIFY2(all.contains("-30"_L1) && all.contains("-45"_L1) && !all.contains("a.wav"_L1), qPrintable(all));
        test_support::shoot(dialog, u"compare-view-%1"_s.arg(view));
    }

    void silencesAreMatchedByWhereTheyLie()
    {
        const core::JobId first = submit(-30), second = submit(-45);
        QVERIFY(end(first, 4000));
        QVERIFY(end(second, 9000));
        CompareDialog& dialog = *compare(first, second);
        QTRY_VERIFY(dialog.isSettled());
        auto* tabs = dialog.findChild<QTabBar*>();
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right);    // to Output, by keyboard
        QTRY_VERIFY(dialog.isSettled() && tabs->currentIndex() == static_cast<int>(ComparePart::Output));
        int removed = 0, added = 0;
        for (const ui::DiffRow& one : dialog.table().diff().rows()) {
            QVERIFY2(!one.cells.join(u' ').contains("1500"_L1), qPrintable(one.cells.join(u' ')));    // the one they share
            removed += one.mark == DiffMark::Removed;
            added += one.mark == DiffMark::Added;
        }
        QVERIFY2(removed == 1 && added == 1, qPrintable(dialog.sentence()));
        test_support::shoot(dialog, u"compare-silences"_s);
    }

    void aCopyHoldsNoSecret()
    {
        const auto withToken = [&](const char* token) {
            const auto answer = m_console->store.submit(JobType::SilenceDetect,
                                                        {{"file_path", "inputs/a.wav"}, {"callback_token", token}, {"noise_db", -40}});
            return answer ? answer->jobId : core::JobId{};
        };
        CompareDialog& dialog = *compare(withToken("canary-1"), withToken("canary-2"));
        for (const CompareView view : {CompareView::Meaning, CompareView::SideBySide, CompareView::Unified}) {
            dialog.setView(view);
            QTRY_VERIFY(dialog.isSettled());
            dialog.table().selectAll();
            dialog.table().setFocus();
            QTest::keyClick(&dialog.table(), Qt::Key_C, Qt::ControlModifier);
            const QString copied = QGuiApplication::clipboard()->text();
            QVERIFY2(copied.contains(u"[masked]"_s) && !copied.contains(u"canary"_s), qPrintable(copied));
        }
    }

    void anOutputThatIsNotThereIsSaid()
    {
        const core::JobId done = submit(-30);
        QVERIFY(end(done, 4000));
        CompareDialog& dialog = *compare(done, submit(-45));
        dialog.showPart(ComparePart::Output);
        QTRY_VERIFY(dialog.isSettled() && dialog.sentence().contains(u"The second has no output."_s));
        QVERIFY(dialog.table().diff().rowCount() > 0);
        test_support::shoot(dialog, u"compare-no-output"_s);
    }

    void aJobThatIsGoneIsSaid()
    {
        CompareDialog& dialog = *compare(submit(-30), core::JobId{u"018f0000-0000-7000-8000-000000000000"_s});
        QTRY_COMPARE(dialog.sentence(), u"There is nothing to compare: one of the jobs is gone."_s);
        QCOMPARE(dialog.table().diff().rowCount(), 0);
    }

    void theStoreIsLeftAsItIsAndTheDialogOutlivesNothing()
    {
        const core::JobId first = submit(-30);
        QPointer<CompareDialog> dialog = compare(first, first);
        QTRY_VERIFY(dialog->isSettled());
        QVERIFY(!dialog->findChild<QTabBar*>()->isTabEnabled(static_cast<int>(ComparePart::Input)));
        QVERIFY(dialog->findChild<QTabBar*>()->isTabEnabled(static_cast<int>(ComparePart::Attempts)));
        dialog->setView(CompareView::Unified);
        dialog->close();    // while it compares
        QTRY_VERIFY(!dialog);
    }

    void thePairIsTheChosenTwoOrAJobAndItsOrigin()
    {
        const core::JobId older = submit(-30), newer = submit(-45);
        const auto pair = ui::CompareActs::pairOf({row(newer), row(older)});
        QVERIFY(pair);
        QCOMPARE(pair->before, older);    // the older one stands before, however they were chosen
        QVERIFY(!ui::CompareActs::pairOf({row(older)}));
        QVERIFY(!ui::CompareActs::whyNot({row(older)}).isEmpty());
        const auto again = m_console->store.backend->resubmit(m_console->store.caller, {newer, std::nullopt, true}).wait();
        QVERIFY2(again, qPrintable(again ? QString() : again.error().message));
        const auto lineage = ui::CompareActs::pairOf({row(again->jobId)});
        QVERIFY(lineage);
        QCOMPARE(lineage->before, newer);
        QCOMPARE(lineage->after, again->jobId);
    }
};

QTEST_MAIN(CompareDialogTest)
#include "tst_compare_dialog.moc"
