// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample.h"
#include "tests/ui/acts/acts_fixture.h"
#include "ui/acts/bulk_result_dialog.h"
#include "ui/acts/cancel_dialog.h"
#include "ui/inspector/cancel_steps.h"
#include "ui/inspector/inspector.h"

#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;
using core::JobId;
using core::JobStatus;
using test_support::ActsFixture;
using test_support::JobRows;
using ui::CancelDialog;
using ui::Page;

/// Cancelling from the window, with keyboard and mouse, on a real store.
class TestCancelActs : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void oneIsCancelledByKeyboardAlone();
    void theSelectionIsCancelledByMouse();
    void allThatMatchAreCancelledAndNoMore();
    void theActsSayWhyTheyAreOff();
    void aReadOnlyConnectionOffersNothing();
    void tooLateIsToldWithTheState();
    void anAbortSaysWhatIsDone();
    void theStepsAreLiveUntilTheyAreSettled();
    void aRunningJobIsStoppedByItsWorker();
};

void TestCancelActs::oneIsCancelledByKeyboardAlone()
{
    ActsFixture fixture;
    QCOMPARE(fixture.wrong, QString());
    const auto ids = fixture.add(3);
    QVERIFY(fixture.show(3));
    ui::JobsView* view = fixture.window->jobsPage().view();
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QTRY_COMPARE(fixture.window->jobsPage().selectedJobs(), QList<JobId>{ids.at(0)});
    QTRY_VERIFY(fixture.act(u"Cancel the selected jobs…"_s)->isEnabled());
    QTest::keyClick(view, Qt::Key_Delete);
    QPointer<CancelDialog> dialog = fixture.dialog<CancelDialog>(1);
    QVERIFY(dialog);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTest::keyClicks(QApplication::focusWidget(), u"wrong file"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);    // runs nothing
    QCOMPARE(fixture.statusOf(ids.at(0)), JobStatus::Pending);
    test_support::shoot(*dialog, u"cancel-one"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), ActsFixture::button(dialog, u"Cancel 1 job"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(!dialog);
    QCOMPARE(fixture.statusOf(ids.at(0)), JobStatus::Cancelled);
    QCOMPARE(fixture.statusOf(ids.at(1)), JobStatus::Pending);
    QCOMPARE(fixture.journal(), QStringList{u"cancel job:%1 wrong file"_s.arg(ids.at(0).text)});
    QTRY_VERIFY(!fixture.act(u"Cancel the selected jobs…"_s)->isEnabled());    // the list has heard of it
    QVERIFY(fixture.act(u"Cancel the selected jobs…"_s)->toolTip().contains(u"CANCELLED"_s));
}

void TestCancelActs::theSelectionIsCancelledByMouse()
{
    ActsFixture fixture;
    const auto ids = fixture.add(12);
    QVERIFY(fixture.show(12));
    const auto chosen = ids.mid(2, 10);
    fixture.select(chosen);
    QTRY_VERIFY(fixture.act(u"Cancel the selected jobs…"_s)->isEnabled());
    fixture.act(u"Cancel the selected jobs…"_s)->trigger();
    QPointer<CancelDialog> dialog = fixture.dialog<CancelDialog>(10);
    QVERIFY(dialog);
    test_support::shoot(*dialog, u"cancel-ten"_s);
    QPushButton* act = ActsFixture::button(dialog, u"Cancel 10 jobs"_s);
    QVERIFY(act && !act->isEnabled());
    QTest::keyClicks(ActsFixture::field(dialog, u"Reason"_s), u"clean up"_s);
    QVERIFY(act->isEnabled());
    QTest::mouseClick(act, Qt::LeftButton);
    QTRY_VERIFY(!dialog);
    QTRY_VERIFY2(fixture.taskText().contains(u"10 cancelled, 0 skipped, 0 failed"_s), qPrintable(fixture.taskText()));
    QCOMPARE(fixture.journal().size(), 10);
    for (const JobId& id : ids)
        QCOMPARE(fixture.statusOf(id), chosen.contains(id) ? JobStatus::Cancelled : JobStatus::Pending);
    // The result is one click away and can be closed by keyboard.
    QPushButton* result = ActsFixture::button(&fixture.window->tasks(), u"Result"_s);
    QVERIFY(result->isVisible());
    QTest::mouseClick(result, Qt::LeftButton);
    QPointer<ui::BulkResultDialog> table = fixture.window->findChild<ui::BulkResultDialog*>();
    QVERIFY(table);
    QCOMPARE(table->findChild<QTableView*>()->model()->rowCount(), 10);
    QTest::keyClick(table.data(), Qt::Key_Escape);
    QTRY_VERIFY(!table);
}

void TestCancelActs::allThatMatchAreCancelledAndNoMore()
{
    ActsFixture fixture;
    const auto probes = fixture.add(130, core::JobType::MediaProbe);
    const auto others = fixture.add(5);
    QVERIFY(fixture.show(135));
    fixture.window->showFilter(u"type:media-probe"_s);
    QTRY_COMPARE(fixture.window->jobsPage().model()->rowCount(), 130);
    QTRY_VERIFY(fixture.act(u"Cancel all that match the filter…"_s)->isEnabled());
    fixture.act(u"Cancel all that match the filter…"_s)->trigger();
    QPointer<CancelDialog> dialog = fixture.dialog<CancelDialog>(130);
    QVERIFY(dialog);
    const auto arrived = fixture.add(7, core::JobType::MediaProbe);
    test_support::shoot(*dialog, u"cancel-matching"_s);
    QTest::keyClicks(ActsFixture::field(dialog, u"Reason"_s), u"clean up"_s);
    QTest::mouseClick(ActsFixture::button(dialog, u"Cancel 130 jobs"_s), Qt::LeftButton);
    QTRY_VERIFY(!dialog);
    fixture.window->showPage(Page::Dashboard);    // the act goes on without its page
    QTRY_VERIFY2(fixture.taskText().contains(u"130 cancelled"_s), qPrintable(fixture.taskText()));
    for (const JobId& id : probes)
        QCOMPARE(fixture.statusOf(id), JobStatus::Cancelled);
    for (const JobId& id : others + arrived)
        QCOMPARE(fixture.statusOf(id), JobStatus::Pending);
    QCOMPARE(fixture.journal().size(), 130);
}

void TestCancelActs::theActsSayWhyTheyAreOff()
{
    ActsFixture fixture;
    JobRows(fixture.console.store.options.storePath).insertMany(3);
    QVERIFY(fixture.show(3));
    QAction* selected = fixture.act(u"Cancel the selected jobs…"_s);
    QAction* matching = fixture.act(u"Cancel all that match the filter…"_s);
    QVERIFY(!selected->isEnabled() && selected->toolTip().contains(u"No job is selected"_s));
    QVERIFY(!matching->isEnabled() && matching->toolTip().contains(u"There is no filter"_s));
    fixture.select({fixture.window->jobsPage().model()->rowAt(0).id()});
    QTRY_VERIFY(selected->toolTip().contains(u"DONE"_s));
    QVERIFY(!selected->isEnabled());
    fixture.window->showJob(fixture.window->jobsPage().model()->rowAt(0).id());
    const auto headerButton = [&] {
        const auto all = fixture.window->inspector().findChildren<QToolButton*>();
        for (auto* each : all) {
            if (each->accessibleName() == u"Cancel this job…"_s)
                return each;
        }
        return static_cast<QToolButton*>(nullptr);
    };
    QTRY_VERIFY(headerButton()->toolTip().contains(u"DONE"_s));
    QVERIFY(!headerButton()->isEnabled());
}

void TestCancelActs::aReadOnlyConnectionOffersNothing()
{
    ActsFixture fixture(true, ui::Environment::Production);
    const auto ids = fixture.add(2);
    QVERIFY(fixture.show(2));
    fixture.select(ids);
    fixture.window->showFilter(u"type:silence-detect"_s);
    QTRY_VERIFY(fixture.act(u"Cancel the selected jobs…"_s)->toolTip().contains(u"read-only"_s));
    QVERIFY(!fixture.act(u"Cancel the selected jobs…"_s)->isEnabled());
    QVERIFY(!fixture.act(u"Cancel all that match the filter…"_s)->isEnabled());
    test_support::shoot(*fixture.window, u"cancel-read-only"_s);
}

void TestCancelActs::tooLateIsToldWithTheState()
{
    ActsFixture fixture;
    const auto ids = fixture.add(1);
    QVERIFY(fixture.show(1));
    fixture.select(ids);
    QTRY_VERIFY(fixture.act(u"Cancel the selected jobs…"_s)->isEnabled());
    fixture.act(u"Cancel the selected jobs…"_s)->trigger();
    QPointer<CancelDialog> dialog = fixture.dialog<CancelDialog>(1);
    QVERIFY(dialog);
    const auto ended =
        fixture.console.store.backend
            ->post(fixture.console.store.caller, ids.at(0), R"({"status":"FAILED","error_message":"x"})", core::tasks::Mode::Apply)
            .wait();
    QVERIFY(ended && ended->outcome == core::webhooks::Outcome::Applied);
    QTest::mouseClick(ActsFixture::button(dialog, u"Cancel 1 job"_s), Qt::LeftButton);
    const auto says = [&](const QString& text) {
        const auto labels = dialog->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](QLabel* label) { return label->isVisible() && label->text().contains(text); });
    };
    QTRY_VERIFY(says(u"too late"_s));
    QVERIFY(says(u"FAILED"_s));
    test_support::shoot(*dialog, u"cancel-too-late"_s);
    QVERIFY(!ActsFixture::button(dialog, u"Cancel 1 job"_s)->isEnabled());
    QCOMPARE(fixture.statusOf(ids.at(0)), JobStatus::Failed);
}

void TestCancelActs::anAbortSaysWhatIsDone()
{
    ActsFixture fixture;
    fixture.add(4000);
    QVERIFY(fixture.show(-1));
    fixture.window->showFilter(u"type:silence-detect"_s);
    QTRY_VERIFY(fixture.act(u"Cancel all that match the filter…"_s)->isEnabled());
    fixture.act(u"Cancel all that match the filter…"_s)->trigger();
    QPointer<CancelDialog> dialog = fixture.dialog<CancelDialog>(4000);
    QVERIFY(dialog);
    QTest::keyClicks(ActsFixture::field(dialog, u"Reason"_s), u"clean up"_s);
    QTest::mouseClick(ActsFixture::button(dialog, u"Cancel 4,000 jobs"_s), Qt::LeftButton);
    QTRY_VERIFY(fixture.journal().size() >= 100);
    test_support::shoot(*fixture.window, u"cancel-running"_s);
    QTest::mouseClick(ActsFixture::button(&fixture.window->tasks(), u"Abort"_s), Qt::LeftButton);
    QTRY_VERIFY2(fixture.taskText().contains(u"aborted"_s), qPrintable(fixture.taskText()));
    const auto cancelled =
        fixture.console.store.backend->countJobs(core::jobs::parseFilter(u"status:cancelled"_s, core::base::systemNow()).value(), 10'000)
            .wait();
    QVERIFY(cancelled && cancelled->count < 4000);
    QVERIFY2(fixture.taskText().startsWith(u"%1 cancelled"_s.arg(QLocale(QLocale::English).toString(cancelled->count))),
             qPrintable(fixture.taskText()));
    test_support::shoot(*fixture.window, u"cancel-aborted"_s);
}

void TestCancelActs::theStepsAreLiveUntilTheyAreSettled()
{
    ActsFixture fixture;
    QFile file(fixture.console.store.path(u"a.wav"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("RIFF") == 4);
    file.close();
    const auto submitted = fixture.console.store.submit(core::JobType::SilenceDetect, {{"file_path", "a.wav"}});
    QVERIFY2(submitted, submitted ? "" : qPrintable(submitted.error().message));
    const JobId id = submitted->jobId;
    core::backend::Backend& backend = *fixture.console.store.backend;
    QVERIFY(backend.post(fixture.console.store.caller, id, R"({"status":"RUNNING","attempt":1})", core::tasks::Mode::Apply).wait());
    {    // a worker has it that says nothing
        core::database::DatabaseOptions options;
        options.path = fixture.console.store.options.storePath;
        const auto database = core::database::Database::open(options);
        QVERIFY(database);
        QVERIFY((*database)->prepare("UPDATE queue_messages SET state = 'leased', leased_by = 'w'").exec());
    }
    QVERIFY(fixture.show(1));
    fixture.window->showJob(id);
    QTRY_VERIFY(fixture.window->inspector().findChild<ui::CancelSteps*>());
    const auto* steps = fixture.window->inspector().findChild<ui::CancelSteps*>();
    QCOMPARE(fixture.window->inspector().jobId(), id);
    QVERIFY(backend.cancel(fixture.console.store.caller, id, u"why"_s).wait());
    QTRY_VERIFY(steps->isVisible() && steps->steps().size() == 4 && steps->steps().at(0).at && steps->steps().at(1).at);
    QVERIFY(!steps->steps().at(2).at && !steps->steps().at(3).at);
    // A late end of the worker leaves no event; it is seen all the same.
    QVERIFY(backend
                .post(fixture.console.store.caller, id, R"({"status":"DONE","attempt":1,"output_data":{"segments":[]}})",
                      core::tasks::Mode::Apply)
                .wait());
    QTRY_VERIFY(steps->steps().at(3).at);
    test_support::shoot(*fixture.window, u"cancel-steps"_s);
}

void TestCancelActs::aRunningJobIsStoppedByItsWorker()
{
    const auto sample = test_support::sample();
    QVERIFY2(!sample.path.isEmpty(), qPrintable(sample.error));
    ActsFixture fixture;
    QVERIFY(QFile::copy(sample.path, fixture.console.store.path(u"speech.mp4"_s)));
    const auto submitted = fixture.console.store.submit(core::JobType::TranscriptionGenerate, {{"file_path", "speech.mp4"}});
    QVERIFY2(submitted, submitted ? "" : qPrintable(submitted.error().message));
    QVERIFY(fixture.show(1));
    QCOMPARE(fixture.console.store.startWorkers(1), QString());
    QTRY_COMPARE_WITH_TIMEOUT(fixture.statusOf(submitted->jobId), JobStatus::Running, 20'000);
    fixture.window->showJob(submitted->jobId);
    QTRY_VERIFY(fixture.window->inspector().findChild<ui::CancelSteps*>());
    const auto* steps = fixture.window->inspector().findChild<ui::CancelSteps*>();
    const auto headerButton = [&] {
        const auto all = fixture.window->inspector().findChildren<QToolButton*>();
        for (auto* each : all) {
            if (each->accessibleName() == u"Cancel this job…"_s)
                return each;
        }
        return static_cast<QToolButton*>(nullptr);
    };
    QTRY_VERIFY(headerButton()->isEnabled());
    QTest::mouseClick(headerButton(), Qt::LeftButton);
    QPointer<CancelDialog> dialog = fixture.dialog<CancelDialog>(1);
    QVERIFY(dialog);
    QTest::mouseClick(ActsFixture::button(dialog, u"Cancel 1 job"_s), Qt::LeftButton);
    QTRY_VERIFY(!dialog);
    QTRY_VERIFY_WITH_TIMEOUT(steps->steps().size() == 4 && steps->steps().at(2).at, 15'000);
    QCOMPARE(fixture.statusOf(submitted->jobId), JobStatus::Cancelled);
    test_support::shoot(*fixture.window, u"cancel-acknowledged"_s);
}

QTEST_MAIN(TestCancelActs)
#include "tst_cancel_acts.moc"
