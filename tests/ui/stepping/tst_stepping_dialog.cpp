// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/expectations.h"
#include "core/scenarios/scenario_file.h"
#include "tests/ui/replay/replay_fixture.h"
#include "ui/base/empty_state.h"
#include "ui/base/error_bar.h"
#include "ui/base/note_box.h"
#include "ui/deliveries/stage_lamps.h"
#include "ui/diff/diff_table.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/webhooks_tab.h"
#include "ui/stepping/fault_bench.h"
#include "ui/stepping/step_controls.h"
#include "ui/stepping/step_view.h"
#include "ui/stepping/stepping_dialog.h"
#include "ui/stepping/steps_table.h"
#include "ui/window/main_window.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QAction>

using namespace Qt::StringLiterals;
using core::scenarios::Fault;
using test_support::buttonIn;
using test_support::dump;
using test_support::ReplayFixture;
using ui::DiffMark;
using ui::DiffRow;
using ui::SteppingDialog;
using ui::StepsModel;

/// A job's deliveries played in the console.
class SteppingDialogTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ReplayFixture> m_fixture;
    std::unique_ptr<core::Lane> m_files;

    /// Signed reports on a transcription: RUNNING 10%, RUNNING 60%, DONE.
    core::JobId reportedJob()
    {
        auto& store = m_fixture->store;
        store.now = core::base::systemNow() - std::chrono::hours(2);
        const auto submitted = store.submitAnswer(core::JobType::TranscriptionGenerate, u"u-31"_s);
        const QByteArray bodies[] = {R"({"status":"RUNNING","progress_pct":10,"attempt":1,"sequence":1})",
                                     R"({"status":"RUNNING","progress_pct":60,"attempt":1,"sequence":2,"current_message":"Decoding"})",
                                     R"({"status":"DONE","attempt":1,"sequence":3,"output_data":)" +
                                         test_support::sampleOutput(core::JobType::TranscriptionGenerate, submitted.jobId) + '}'};
        int number = 0;
        for (const QByteArray& body : bodies) {
            store.now += std::chrono::seconds(7);
            const auto report = test_support::signedReport(store.settings.masterKey, submitted.webhookId, body,
                                                           "e-" + QByteArray::number(++number), store.now);
            (void)store.service().recordWebhookEvents({report}, core::tasks::Mode::Apply);
        }
        return m_fixture->job = submitted.jobId;
    }
    std::unique_ptr<SteppingDialog> makeDialog()
    {
        auto dialog = std::make_unique<SteppingDialog>(m_fixture->context(), *m_files, nullptr);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        return dialog;
    }
    std::unique_ptr<SteppingDialog> openOn(const core::JobId& id)
    {
        auto dialog = makeDialog();
        dialog->load(id);
        return dialog;
    }
    static const DiffRow* rowOf(const SteppingDialog& dialog, const QString& column)
    {
        for (const DiffRow& row : dialog.view().rows().diff().rows()) {
            if (row.cells.constFirst() == column)
                return &row;
        }
        return nullptr;
    }
    static qsizetype added(const SteppingDialog& dialog)
    {
        const auto& rows = dialog.view().rows().diff().rows();
        return std::count_if(rows.begin(), rows.end(), [](const DiffRow& row) { return row.mark == DiffMark::Added; });
    }
    static QString cameTo(const SteppingDialog& dialog, int row)
    {
        return dialog.table().steps().index(row, StepsModel::CameTo).data().toString();
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void init()
    {
        m_fixture = std::make_unique<ReplayFixture>();
        m_files = std::make_unique<core::Lane>();
    }
    void cleanup()
    {
        m_files.reset();
        m_fixture.reset();
    }

    void everyStepShowsItsRowsAndTheStoreStays()
    {
        const core::JobId id = reportedJob();
        QCOMPARE(m_fixture->open(), QString());
        const QByteArray before = dump(m_fixture->store.database());
        const QStringList files = test_support::listing(m_fixture->store.storage().root());
        const auto dialog = openOn(id);
        const QAbstractItemModelTester tester(&dialog->table().steps(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester rowsTester(dialog->view().rows().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY(dialog->isSettled());
        QCOMPARE(dialog->table().steps().rowCount(), 4);
        QCOMPARE(dialog->controls().position(), 0);
        QCOMPARE(rowOf(*dialog, u"status"_s)->cells.at(2), u"PENDING"_s);
        QCOMPARE(added(*dialog), 0);

        dialog->controls().goForward();
        QCOMPARE(rowOf(*dialog, u"status"_s)->mark, DiffMark::Changed);
        QCOMPARE(rowOf(*dialog, u"status"_s)->cells.at(1), u"PENDING"_s);
        QCOMPARE(rowOf(*dialog, u"status"_s)->cells.at(2), u"RUNNING"_s);
        QCOMPARE(added(*dialog), 1);
        dialog->controls().goLast();
        QCOMPARE(rowOf(*dialog, u"status"_s)->cells.at(2), u"DONE"_s);
        QCOMPARE(added(*dialog), 1 + 3 + 1);    // an event, three artifacts, a notification
        QCOMPARE(dialog->view().lamps().lamps().constLast().state, ui::LampState::Passed);
        test_support::shoot(*dialog, u"stepping-done"_s);
        dialog->controls().goBack();
        QCOMPARE(rowOf(*dialog, u"progress_pct"_s)->cells.at(2), u"60"_s);
        QCOMPARE(rowOf(*dialog, u"current_message"_s)->cells.at(2), u"Decoding"_s);
        QCOMPARE(rowOf(*dialog, u"status"_s)->mark, DiffMark::Same);
        dialog->controls().goFirst();
        QCOMPARE(added(*dialog), 0);

        for (const Fault fault : core::scenarios::allFaults) {
            dialog->goTo(1);
            dialog->putFault(fault);
            QTRY_VERIFY(dialog->isSettled());
        }
        QCOMPARE(dump(m_fixture->store.database()), before);
        QCOMPARE(test_support::listing(m_fixture->store.storage().root()), files);
    }

    void theKeysStep()
    {
        const core::JobId id = reportedJob();
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openOn(id);
        QTRY_VERIFY(dialog->isSettled());
        QWidget& rows = dialog->view().rows();
        QTest::keyClick(&dialog->table(), Qt::Key_Right);
        QCOMPARE(dialog->controls().position(), 1);
        QTest::keyClick(&rows, Qt::Key_End);
        QCOMPARE(dialog->controls().position(), 3);
        QTest::keyClick(&rows, Qt::Key_Right);    // nothing comes after it
        QCOMPARE(dialog->controls().position(), 3);
        QTest::keyClick(&dialog->table(), Qt::Key_Left);
        QCOMPARE(dialog->controls().position(), 2);
        QTest::keyClick(&dialog->table(), Qt::Key_Home);
        QCOMPARE(dialog->controls().position(), 0);
        QTest::keyClick(&dialog->table(), Qt::Key_Down);
        QCOMPARE(dialog->controls().position(), 1);
        // The lamps keep theirs.
        QTest::keyClick(&dialog->view().lamps(), Qt::Key_Right);
        QCOMPARE(dialog->controls().position(), 1);
        QCOMPARE(dialog->view().lamps().currentLamp(), 1);
        QTest::keyClick(&dialog->table(), Qt::Key_Space);
        QVERIFY(dialog->controls().isPlaying());
        QTRY_COMPARE(dialog->controls().position(), 3);
        QTRY_VERIFY(!dialog->controls().isPlaying());
        QTest::keyClick(&dialog->table(), Qt::Key_Space);    // once more from the start
        QCOMPARE(dialog->controls().position(), 0);
        QTest::keyClick(&dialog->table(), Qt::Key_Space);
        QVERIFY(!dialog->controls().isPlaying());
    }

    void theBenchPutsFaultsOnTheChosenStepAndTakesThemBack()
    {
        const core::JobId id = reportedJob();
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openOn(id);
        QTRY_VERIFY(dialog->isSettled());
        auto* twice = buttonIn(*dialog, u"Send it twice"_s);
        auto* overtake = buttonIn(*dialog, u"Let the next"_s);
        auto* back = buttonIn(*dialog, u"Take back"_s);
        QVERIFY(!twice->isEnabled() && !back->isEnabled());    // no step is chosen
        dialog->controls().goLast();
        QVERIFY(twice->isEnabled());
        QVERIFY(!overtake->isEnabled());    // nothing comes after the last
        QVERIFY(overtake->toolTip().contains(u"Nothing comes after it"_s));
        QTest::mouseClick(twice, Qt::LeftButton);
        QTRY_VERIFY(dialog->isSettled());
        QCOMPARE(dialog->controls().position(), 4);
        QCOMPARE(cameTo(*dialog, 4), u"duplicate"_s);
        QCOMPARE(added(*dialog), 0);
        QVERIFY(dialog->table().steps().index(4, StepsModel::What).data().toString().contains(u"sent twice"_s));
        test_support::shoot(*dialog, u"stepping-duplicate"_s);

        dialog->goTo(2);
        auto* wrongly = buttonIn(*dialog, u"Sign it wrongly"_s);
        wrongly->setFocus();
        QTest::keyClick(wrongly, Qt::Key_Return);
        QTRY_VERIFY(dialog->isSettled());
        QCOMPARE(cameTo(*dialog, 2), u"rejected"_s);
        QVERIFY(dialog->view().sentence().contains(u"401"_s));
        QVERIFY(dialog->view().sentence().contains(u"In the store it was applied"_s));
        QCOMPARE(dialog->view().lamps().lamps().constFirst().state, ui::LampState::Stopped);
        test_support::shoot(*dialog, u"stepping-bad-signature"_s);

        QVERIFY(back->isEnabled());
        QTest::mouseClick(back, Qt::LeftButton);
        QTRY_VERIFY(dialog->isSettled());
        QCOMPARE(cameTo(*dialog, 2), u"applied"_s);
        QTest::mouseClick(back, Qt::LeftButton);
        QTRY_VERIFY(dialog->isSettled());
        QCOMPARE(dialog->table().steps().rowCount(), 4);
        QVERIFY(!back->isEnabled());
    }

    void aCancelIsAStepWithoutLamps()
    {
        const core::JobId id = reportedJob();
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openOn(id);
        QTRY_VERIFY(dialog->isSettled());
        dialog->goTo(3);
        dialog->putFault(Fault::AfterCancel);
        QTRY_VERIFY(dialog->isSettled());
        QCOMPARE(cameTo(*dialog, 4), u"ignored, job over"_s);
        dialog->goTo(3);
        QCOMPARE(cameTo(*dialog, 3), u"cancelled"_s);
        QVERIFY(!dialog->view().lamps().isVisibleTo(dialog.get()));
        QCOMPARE(rowOf(*dialog, u"cancel_requested_at"_s)->mark, DiffMark::Changed);
        test_support::shoot(*dialog, u"stepping-cancel"_s);
    }

    void aScenarioIsSavedAndOpenedAgain()
    {
        const core::JobId id = reportedJob();
        QCOMPARE(m_fixture->open(), QString());
        const QString path = m_fixture->store.folder() + u"/s.json"_s;
        const auto dialog = openOn(id);
        QTRY_VERIFY(dialog->isSettled());
        dialog->goTo(1);
        dialog->putFault(Fault::OutOfOrder);
        QTRY_VERIFY(dialog->isSettled());
        dialog->saveTo(path);
        QTRY_VERIFY(dialog->isSettled());
        QVERIFY2(dialog->sentence().startsWith(u"Saved as"_s), qPrintable(dialog->sentence()));
        auto saved = core::scenarios::readScenario(path).value();
        QCOMPARE(core::scenarios::expectedSteps(saved), 3);

        const auto other = makeDialog();
        other->loadFile(path);
        QTRY_COMPARE(other->table().steps().rowCount(), 4);
        QTRY_VERIFY(other->isSettled());
        QVERIFY(other->sentence().startsWith(u"All 3 steps are as the file says"_s));

        // One that says something else is told, and where.
        saved.steps[1].expected->answer = u"applied"_s;
        QVERIFY(core::scenarios::writeScenario(path, saved, core::scenarios::IfThere::Replace));
        other->loadFile(path);
        QTRY_VERIFY(other->table().steps().isOff(2));
        QVERIFY(cameTo(*other, 2).contains(u"not as expected"_s));
        QCOMPARE(other->findChild<ui::NoteBox*>()->noteCount(), 1);
        other->goTo(2);
        test_support::shoot(*other, u"stepping-deviation"_s);
    }

    void aFileThatIsNoneIsRefusedAndWhatIsShownStays()
    {
        const core::JobId id = reportedJob();
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openOn(id);
        QTRY_VERIFY(dialog->isSettled());
        dialog->loadFile(m_fixture->store.storePath());
        QTRY_VERIFY(dialog->isSettled());
        const auto* bar = dialog->findChild<ui::ErrorBar*>();
        QVERIFY(bar->isVisible());
        QCOMPARE(dialog->table().steps().rowCount(), 4);
        dialog->goTo(1);
        QVERIFY(buttonIn(*dialog, u"Send it twice"_s)->isEnabled());
    }

    void aJobWithoutDeliveriesSaysSo()
    {
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openOn(m_fixture->store.submit(core::JobType::MediaProbe));
        QTRY_VERIFY(dialog->isSettled());
        QVERIFY(dialog->findChild<ui::EmptyState*>()->isVisible());
        QVERIFY(!dialog->table().isVisible());
        test_support::shoot(*dialog, u"stepping-empty"_s);
    }

    void aJobThatIsGoneIsAnError()
    {
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openOn(core::JobId{u"nobody"_s});
        QTRY_VERIFY(dialog->isSettled());
        const auto* bar = dialog->findChild<ui::ErrorBar*>();
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->error().code, u"job_unknown"_s);
        test_support::shoot(*dialog, u"stepping-missing"_s);
    }

    void tenThousandStepsArePlayedAndCanBeStopped()
    {
        auto& store = m_fixture->store;
        const core::JobId id = store.submit(core::JobType::MediaProbe);
        QList<core::tasks::IncomingDelivery> reports;
        for (int i = 1; i <= 10'000; ++i)
            reports << test_support::trustedReport(id, R"({"status":"RUNNING","event_id":")" + QByteArray::number(i) + R"("})");
        QVERIFY(store.service().recordWebhookEvents(reports, core::tasks::Mode::Apply));
        QCOMPARE(m_fixture->open(), QString());
        const auto stopped = openOn(id);
        QTRY_VERIFY_WITH_TIMEOUT(stopped->sentence().contains(u"of 10,000"_s) || stopped->isSettled(), 60'000);
        QTest::mouseClick(buttonIn(*stopped, u"Stop"_s), Qt::LeftButton);
        QTRY_VERIFY(stopped->isSettled());
        QCOMPARE(stopped->table().steps().rowCount(), 0);
        QVERIFY(stopped->sentence().startsWith(u"Stopped"_s));

        const auto dialog = openOn(id);
        QTRY_COMPARE_WITH_TIMEOUT(dialog->table().steps().rowCount(), 10'001, 60'000);
        dialog->controls().goLast();
        QVERIFY(dialog->view().rows().diff().rows().size() < 60);    // the newest events, not ten thousand
        test_support::shoot(*dialog, u"stepping-many"_s);
    }

    void hostileBodiesAreShownAsWhatTheyAre()
    {
        auto& store = m_fixture->store;
        const core::JobId id = store.submit(core::JobType::MediaProbe);
        QVERIFY(store.service().recordWebhookEvents({test_support::trustedReport(id, "<b>\xff\xfe not JSON"),
                                                     test_support::trustedReport(id, QByteArray(qsizetype{64} << 20, ' '))},
                                                    core::tasks::Mode::Apply));
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openOn(id);
        QTRY_COMPARE_WITH_TIMEOUT(dialog->table().steps().rowCount(), 3, 120'000);
        dialog->goTo(2);
        QCOMPARE(cameTo(*dialog, 2), u"rejected"_s);
        QVERIFY(dialog->view().sentence().contains(u"67.1 MB"_s));
        QVERIFY(dialog->table().steps().index(1, StepsModel::What).data().toString().contains(u"Not readable"_s));
    }

    void everyControlHasAName()
    {
        const core::JobId id = reportedJob();
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openOn(id);
        QTRY_VERIFY(dialog->isSettled());
        const auto all = dialog->findChildren<QWidget*>();
        for (QWidget* widget : all) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
                continue;
            auto* spoken = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(spoken && !spoken->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
        const QModelIndex step = dialog->table().steps().index(3, StepsModel::What);
        QCOMPARE(step.data(Qt::AccessibleTextRole).toString(), u"Step 3, DONE, applied, the job is DONE"_s);
    }

    void theWindowOffersItInItsMenuAndOnTheTab()
    {
        const core::JobId id = reportedJob();
        QCOMPARE(m_fixture->open(), QString());
        ui::MainWindow window(m_fixture->session, m_fixture->preferences);
        window.show();
        const auto acts = window.acts();
        const auto found = std::find_if(acts.begin(), acts.end(), [](QAction* act) { return act->text() == u"Step through…"_s; });
        QVERIFY(found != acts.end());
        QVERIFY(!(*found)->isEnabled());
        window.showJob(id, ui::InspectorTab::Webhooks);
        QTRY_VERIFY((*found)->isEnabled());
        (*found)->trigger();
        QTRY_COMPARE(window.findChildren<SteppingDialog*>().size(), 1);
        QTRY_VERIFY(window.inspector().findChild<ui::WebhooksTab*>());    // built when it is looked at
        auto* tab = window.inspector().findChild<ui::WebhooksTab*>();
        QTRY_VERIFY(buttonIn(*tab, u"Step through"_s));
        QTest::mouseClick(buttonIn(*tab, u"Step through"_s), Qt::LeftButton);
        QTRY_COMPARE(window.findChildren<SteppingDialog*>().size(), 2);
        for (SteppingDialog* dialog : window.findChildren<SteppingDialog*>())
            QTRY_COMPARE(dialog->table().steps().rowCount(), 4);
        test_support::shoot(window, u"stepping-tab"_s);
    }
};

QTEST_MAIN(SteppingDialogTest)
#include "tst_stepping_dialog.moc"
