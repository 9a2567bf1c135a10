// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/replay/replay_fixture.h"
#include "ui/acts/bulk_result_dialog.h"
#include "ui/base/exact_text_edit.h"
#include "ui/base/row_table.h"
#include "ui/deliveries/stage_lamps.h"
#include "ui/diff/diff_table.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/pages/webhooks/webhooks_page.h"
#include "ui/replay/edit_event_dialog.h"
#include "ui/replay/replay_acts.h"
#include "ui/replay/replay_dialog.h"
#include "ui/replay/replay_run.h"
#include "ui/replay/replay_table.h"
#include "ui/window/main_window.h"
#include "ui/window/task_area.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using core::tasks::BulkAnswer;
using core::webhooks::Outcome;
using test_support::buttonIn;
using test_support::dump;
using test_support::ReplayFixture;
using ui::ReplayDialog;
using ui::ReplayModel;

class ReplayDialogTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ReplayFixture> m_fixture;

    static QLineEdit* field(QWidget& in, const QString& name)
    {
        const auto all = in.findChildren<QLineEdit*>();
        for (QLineEdit* each : all) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    std::unique_ptr<ReplayDialog> openDialog(const QList<core::webhooks::Delivery>& deliveries)
    {
        auto dialog = std::make_unique<ReplayDialog>(m_fixture->context(), deliveries, u"selected on the page Webhooks"_s, nullptr);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        return dialog;
    }

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        qRegisterMetaType<BulkAnswer>();
    }
    void init() { m_fixture = std::make_unique<ReplayFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void theDryRunTellsWhatWouldBecomeOfEachAndChangesNoByte()
    {
        const auto deliveries = m_fixture->refusedReports(12);
        QCOMPARE(m_fixture->open(), QString());
        const QByteArray before = dump(m_fixture->store.database());
        const QStringList filesBefore = test_support::listing(m_fixture->store.storage().root());
        const auto dialog = openDialog(deliveries);
        ReplayModel& model = dialog->deliveries();
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY(!dialog->isRunningDry());
        QCOMPARE(model.outcomes(Outcome::Applied), 13);
        QCOMPARE(model.outcomes(Outcome::Rejected), 1);
        QCOMPARE(model.outcomes(Outcome::Applied) + model.outcomes(Outcome::Duplicate) + model.outcomes(Outcome::IgnoredTerminal), 14);
        // What changes nothing is left out by itself, and comes back when asked for.
        QCOMPARE(model.includedCount(), 13);
        QVERIFY(buttonIn(*dialog, u"Replay 13 deliveries"_s));
        auto* leaveOut = dialog->findChild<QCheckBox*>();
        QTest::mouseClick(leaveOut, Qt::LeftButton, {}, QPoint(8, leaveOut->height() / 2));
        QCOMPARE(model.includedCount(), 15);
        QTest::mouseClick(leaveOut, Qt::LeftButton, {}, QPoint(8, leaveOut->height() / 2));
        QCOMPARE(model.includedCount(), 13);

        auto* table = dialog->findChild<ui::ReplayTable*>();
        table->setFocus();
        table->selectRow(12);
        auto* diff = dialog->findChild<ui::DiffTable*>();
        const QAbstractItemModelTester diffTester(diff->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto rows = diff->diff().rows();
        const auto isThere = [&rows](ui::DiffMark kind, const QString& column, const QString& after) {
            return std::any_of(rows.begin(), rows.end(), [&](const ui::DiffRow& row) {
                return row.mark == kind && row.cells.value(0) == column && row.cells.value(2).contains(after);
            });
        };
        QVERIFY(isThere(ui::DiffMark::Changed, u"status"_s, u"DONE"_s));
        QVERIFY(isThere(ui::DiffMark::Changed, u"progress_pct"_s, u"100"_s));
        QVERIFY(isThere(ui::DiffMark::Added, u"job_events"_s, u"DONE"_s));
        QVERIFY(isThere(ui::DiffMark::Added, u"notifications"_s, u"u-31"_s));
        QCOMPARE(dialog->findChild<ui::StageLamps*>()->lamps().constFirst().state, ui::LampState::Passed);
        field(*dialog, u"Reason"_s)->setText(u"Store was locked on 21 Nov, ticket 4471"_s);
        test_support::shoot(*dialog, u"replay-many"_s);
        table->selectRow(14);
        test_support::shoot(*dialog, u"replay-rejected"_s);

        QTest::mouseClick(buttonIn(*dialog, u"Dry run again"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog->isRunningDry());
        QCOMPARE(model.outcomes(Outcome::Rejected), 1);    // what was left out by itself is foreseen again
        QCOMPARE(dump(m_fixture->store.database()), before);
        QCOMPARE(test_support::listing(m_fixture->store.storage().root()), filesBefore);
    }

    void keysAndMouseLeaveOneOut()
    {
        const auto deliveries = m_fixture->refusedReports(4);
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openDialog(deliveries);
        QTRY_VERIFY(!dialog->isRunningDry());
        auto* table = dialog->findChild<ui::ReplayTable*>();
        QCOMPARE(dialog->deliveries().includedCount(), 5);
        table->setFocus();
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Space);
        QVERIFY(!dialog->deliveries().isIncluded(0));
        QTest::keyClick(table, Qt::Key_Down);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(dialog->deliveries().index(1, 0)).center());
        QVERIFY(!dialog->deliveries().isIncluded(1));
        QVERIFY(buttonIn(*dialog, u"Replay 3 deliveries"_s));
        // What a person left out is not in the next dry run.
        QTest::mouseClick(buttonIn(*dialog, u"Dry run again"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog->isRunningDry());
        QVERIFY(!dialog->deliveries().outcome(0));
        QVERIFY(dialog->deliveries().outcome(2));
        // Taken in again, it wants another dry run first.
        field(*dialog, u"Reason"_s)->setText(u"ticket 4471"_s);
        QVERIFY(buttonIn(*dialog, u"Replay 3 deliveries"_s)->isEnabled());
        table->selectRow(0);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Space);
        QVERIFY(!buttonIn(*dialog, u"Replay 4 deliveries"_s)->isEnabled());
    }

    void whatBuildsOnOneLeftOutIsNotForeseenAnyMore()
    {
        const auto deliveries = m_fixture->refusedReports(3);    // three RUNNING, DONE, DONE again, no JSON
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openDialog(deliveries);
        QTRY_VERIFY(!dialog->isRunningDry());
        ReplayModel& model = dialog->deliveries();
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        field(*dialog, u"Reason"_s)->setText(u"ticket 4471"_s);
        QVERIFY(buttonIn(*dialog, u"Replay 4 deliveries"_s)->isEnabled());
        auto* table = dialog->findChild<ui::ReplayTable*>();
        table->setFocus();
        table->selectRow(1);
        QTest::keyClick(table, Qt::Key_Space);
        QVERIFY(model.outcome(0));    // it came before
        QVERIFY(!model.outcome(2) && !model.outcome(3));
        auto* act = buttonIn(*dialog, u"Replay 3 deliveries"_s);
        QVERIFY(!act->isEnabled());
        QTRY_COMPARE(model.outcomes(Outcome::Applied), 2);
        QTest::mouseClick(buttonIn(*dialog, u"Dry run again"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog->isRunningDry());
        QVERIFY(act->isEnabled());
        // One that changes nothing may come and go.
        QCOMPARE(model.outcome(5)->outcome, Outcome::Rejected);
        QVERIFY(model.setData(model.index(4, ReplayModel::Included), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(model.outcome(5));
        QVERIFY(act->isEnabled());
    }

    void oneIsReplayedAfterItsDryRun()
    {
        const auto deliveries = m_fixture->refusedReports(1);
        QCOMPARE(m_fixture->open(), QString());
        const auto dialog = openDialog({deliveries.constFirst()});
        QSignalSpy asked(dialog.get(), &ReplayDialog::replayAsked);
        QTRY_VERIFY(!dialog->isRunningDry());
        test_support::shoot(*dialog, u"replay-one"_s);
        QVERIFY(!dialog->findChild<ui::ReplayTable*>()->isVisible());
        auto* act = buttonIn(*dialog, u"Replay 1 delivery"_s);
        QVERIFY(act->isEnabled());
        QTest::keyClick(act, Qt::Key_Return);    // Enter runs no act
        QCOMPARE(asked.count(), 0);
        QTest::keyClick(act, Qt::Key_Space);
        QCOMPARE(asked.count(), 1);

        ui::ReplayRun run(*m_fixture->session, {deliveries.constFirst().id}, {}, 0);
        QSignalSpy finished(&run, &ui::ReplayRun::finished);
        run.start();
        QTRY_COMPARE(finished.count(), 1);
        const auto answer = finished.constFirst().constFirst().value<BulkAnswer>();
        QCOMPARE(answer.acted, 1);
        QCOMPARE(m_fixture->replayed(), 1);
        QCOMPARE(m_fixture->store.job(m_fixture->job).status, core::JobStatus::Running);
        const auto journal = m_fixture->session->backend()->journal(1).wait().value();
        QCOMPARE(journal.constFirst().action, u"replay"_s);
        QCOMPARE(journal.constFirst().target, u"delivery:"_s + deliveries.constFirst().id.text);
        QCOMPARE(journal.constFirst().operatorName, m_fixture->session->caller().operatorName);
    }

    void manyRunInTheBackgroundWithAResultForEach()
    {
        const int count = 40;
        (void)m_fixture->refusedReports(count);
        QCOMPARE(m_fixture->open(), QString());
        QPointer<ui::MainWindow> window = new ui::MainWindow(m_fixture->session, m_fixture->preferences);
        window->resize(1440, 900);
        window->show();
        window->showPage(ui::Page::Webhooks);
        auto* page = window->findChild<ui::WebhooksPage*>();
        QTRY_COMPARE(page->list().table().rows().rowCount(), count + 3);
        page->list().table().setFocus();
        QTest::keySequence(&page->list().table(), QKeySequence::SelectAll);
        test_support::shoot(*window, u"replay-page"_s);
        QTest::mouseClick(buttonIn(*page, u"Replay 43 deliveries"_s), Qt::LeftButton);
        QPointer<ReplayDialog> dialog = window->findChild<ReplayDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY(!dialog->isRunningDry());
        auto* act = buttonIn(*dialog, u"Replay 41 deliveries"_s);
        QVERIFY(!act->isEnabled());    // more than one wants a reason
        field(*dialog, u"Reason"_s)->setText(u"ticket 4471"_s);
        QVERIFY(act->isEnabled());
        QTest::mouseClick(act, Qt::LeftButton);
        QTRY_VERIFY(!dialog);
        QTRY_COMPARE(m_fixture->replayed(), count + 1);
        QCOMPARE(m_fixture->journalled(), count + 1);
        QCOMPARE(m_fixture->store.job(m_fixture->job).status, core::JobStatus::Done);
        QTRY_VERIFY(!window->tasks().hasRunning());
        QTRY_VERIFY(buttonIn(window->tasks(), u"Result"_s));
        QTest::mouseClick(buttonIn(window->tasks(), u"Result"_s), Qt::LeftButton);
        auto* result = window->findChild<ui::BulkResultDialog*>();
        QVERIFY(result);
        test_support::shoot(*result, u"replay-result"_s);
        const QString path = m_fixture->store.folder() + u"/result.csv"_s;
        QSignalSpy exported(result, &ui::BulkResultDialog::exported);
        result->exportTo(path, ui::BulkFormat::Csv);
        QTRY_COMPARE(exported.count(), 1);
        QVERIFY(exported.constFirst().constFirst().toBool());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count("acted"), count + 1);
        delete window;
    }

    void allThatMatchAreReplayedAlsoThoseNotReadYet()
    {
        const int count = 230;    // more than a page
        (void)m_fixture->refusedReports(count);
        (void)m_fixture->store.service().recordWebhookEvents({test_support::trustedReport(m_fixture->job, R"({"progress_pct":1})")},
                                                             core::tasks::Mode::Apply);
        QCOMPARE(m_fixture->open(), QString());
        ui::WebhooksPage page(m_fixture->context());
        page.resize(1236, 760);
        page.show();
        QTRY_COMPARE(page.list().table().rows().rowCount(), 200);
        QSignalSpy asked(&page, &ui::WebhooksPage::replayAsked);
        auto* all = buttonIn(page, u"Replay all that match"_s);
        QVERIFY(all);
        QVERIFY(!all->isEnabled());    // nothing narrows: it would be every delivery there is
        const auto boxes = page.findChildren<QComboBox*>();
        const auto outcome =
            std::find_if(boxes.begin(), boxes.end(), [](const QComboBox* box) { return box->accessibleName() == u"Outcome"_s; });
        QVERIFY(outcome != boxes.end());
        (*outcome)->setCurrentIndex((*outcome)->findData(static_cast<int>(Outcome::Rejected)));
        QTRY_VERIFY(all->isEnabled());
        test_support::shoot(page, u"replay-all-that-match"_s);
        QTest::mouseClick(all, Qt::LeftButton);
        QTRY_COMPARE(asked.count(), 1);
        const auto frozen = asked.first().first().value<QList<core::webhooks::Delivery>>();
        QCOMPARE(frozen.size(), count + 3);
        QVERIFY(std::all_of(frozen.begin(), frozen.end(), [](const auto& delivery) { return delivery.outcome == Outcome::Rejected; }));
        QVERIFY(asked.first().last().toString().contains((*outcome)->currentText()));
    }

    void anAbortInTheMiddleSaysExactlyWhatIsDone()
    {
        const auto deliveries = m_fixture->refusedReports(40);
        QCOMPARE(m_fixture->open(), QString());
        QList<core::DeliveryId> ids;
        for (const auto& delivery : deliveries)
            ids << delivery.id;
        ui::ReplayRun run(*m_fixture->session, ids, {}, 8);    // two, and then two more every quarter of a second
        QSignalSpy finished(&run, &ui::ReplayRun::finished);
        QSignalSpy progressed(&run, &ui::ReplayRun::progressed);
        QElapsedTimer took;
        took.start();
        run.start();
        QTRY_VERIFY(m_fixture->replayed() >= 4);
        QVERIFY2(took.elapsed() >= 200, "The rate was not kept");
        run.abort();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 1000);
        const auto answer = finished.constFirst().constFirst().value<BulkAnswer>();
        QCOMPARE(answer.asked, ids.size());
        QVERIFY(answer.notReached() > 0);
        QCOMPARE(answer.rows.size(), m_fixture->replayed());
        QCOMPARE(answer.rows.size(), m_fixture->journalled());
        QCOMPARE(progressed.constLast().constFirst().toLongLong(), answer.rows.size());
    }

    void aReadOnlyConnectionRunsDryAndSaysWhyItDoesNoMore()
    {
        const auto deliveries = m_fixture->refusedReports(3);
        QCOMPARE(m_fixture->open(true), QString());
        const auto dialog = openDialog(deliveries);
        QTRY_VERIFY(!dialog->isRunningDry());
        QCOMPARE(dialog->deliveries().outcomes(Outcome::Applied), 4);
        field(*dialog, u"Reason"_s)->setText(u"ticket 4471"_s);
        auto* act = buttonIn(*dialog, u"Replay 4 deliveries"_s);
        QVERIFY(!act->isEnabled());
        QCOMPARE(act->toolTip(), m_fixture->session->capabilities().whyReadOnly);
        test_support::shoot(*dialog, u"replay-read-only"_s);
        // And whatever a widget does, the core refuses.
        ui::ReplayRun run(*m_fixture->session, {deliveries.constFirst().id}, {}, 0);
        QSignalSpy refused(&run, &ui::ReplayRun::refused);
        run.start();
        QTRY_COMPARE(refused.count(), 1);
        QCOMPARE(m_fixture->replayed(), 0);
    }

    void manyOnProductionAreTypedFirst()
    {
        const auto deliveries = m_fixture->refusedReports(3);
        QCOMPARE(m_fixture->open(false, ui::Environment::Production), QString());
        const auto dialog = openDialog(deliveries);
        QTRY_VERIFY(!dialog->isRunningDry());
        field(*dialog, u"Reason"_s)->setText(u"ticket 4471"_s);
        auto* act = buttonIn(*dialog, u"Replay 4 deliveries"_s);
        QVERIFY(!act->isEnabled());
        test_support::shoot(*dialog, u"replay-production"_s);
        field(*dialog, u"Confirmation"_s)->setFocus();
        QTest::keyClicks(field(*dialog, u"Confirmation"_s), u"media-dev 4"_s);
        QVERIFY(act->isEnabled());
    }

    void aReplayOutlivesTheWindowThatAskedForIt()
    {
        const auto deliveries = m_fixture->refusedReports(20);
        QCOMPARE(m_fixture->open(), QString());
        QList<core::DeliveryId> ids;
        for (const auto& delivery : deliveries)
            ids << delivery.id;
        QPointer<ui::MainWindow> window = new ui::MainWindow(m_fixture->session, m_fixture->preferences);
        window->show();
        window->findChild<ui::ReplayActs*>()->replay(ids, u"ticket 4471"_s, 40);
        QTRY_VERIFY(m_fixture->replayed() > 0);
        QVERIFY(m_fixture->replayed() < 20);
        delete window;
        QTRY_VERIFY(m_fixture->session->tasks().running().isEmpty());
        QCOMPARE(m_fixture->journalled(), ids.size());
        window = new ui::MainWindow(m_fixture->session, m_fixture->preferences);
        window->show();
        QTest::mouseClick(buttonIn(window->tasks(), u"Result"_s), Qt::LeftButton);
        QVERIFY(window->findChild<ui::BulkResultDialog*>());
        delete window;
    }

    void editingABodyKeepsWhatNobodyTouched()
    {
        (void)m_fixture->refusedReports(1);
        const QByteArray message = u"\"current_message\":\"12\u00a0frames\u2028left\""_s.toUtf8();
        const auto report = test_support::trustedReport(m_fixture->job, "{\"status\":\"RUNNING\"," + message + "}");
        const auto stored = m_fixture->store.service().recordWebhookEvents({report}, core::tasks::Mode::Apply);
        QCOMPARE(m_fixture->open(), QString());
        auto dialog = std::make_unique<ui::EditEventDialog>(m_fixture->context(), stored->constFirst().deliveryId, nullptr);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        auto* text = dialog->findChild<ui::ExactTextEdit*>();
        QTRY_VERIFY(text->isEnabled());
        text->setFocus();
        QTest::keyClick(text, Qt::Key_Space);
        QVERIFY2(text->bytes().startsWith(' ') && text->bytes().contains(message), text->bytes().constData());
    }

    void oneNumberChangedInAnAppliedBodyIsAnotherEvent()
    {
        m_fixture->store.now = core::base::systemNow() - std::chrono::hours(1);
        const core::JobId job = m_fixture->store.submit(core::JobType::SilenceDetect);
        const auto applied =
            m_fixture->store.service()
                .recordWebhookEvents({test_support::trustedReport(job, R"({"status":"RUNNING","event_id":"e1","progress_pct":11})")},
                                     core::tasks::Mode::Apply)
                .value()
                .constFirst();
        QCOMPARE(applied.outcome, Outcome::Applied);
        QCOMPARE(m_fixture->open(), QString());
        auto dialog = std::make_unique<ui::EditEventDialog>(m_fixture->context(), applied.deliveryId, nullptr);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        auto* text = dialog->findChild<QPlainTextEdit*>();
        QTRY_VERIFY(text->toPlainText().contains(u"progress_pct\":11"_s));
        text->setPlainText(text->toPlainText().replace(u":11"_s, u":42"_s));
        QTest::mouseClick(buttonIn(*dialog, u"Dry run"_s), Qt::LeftButton);
        auto* act = buttonIn(*dialog, u"Send 1 manual event"_s);
        QTRY_VERIFY2(act->isEnabled(), qPrintable(act->toolTip()));
        QSignalSpy sent(dialog.get(), &ui::EditEventDialog::sent);
        QTest::mouseClick(act, Qt::LeftButton);
        QTRY_COMPARE(sent.count(), 1);
        QCOMPARE(m_fixture->store.job(job).progressPct, 42);
        const auto kept = m_fixture->session->backend()->deliveries(job, 1).wait().value().constFirst();
        QCOMPARE(kept.replayOf, std::optional(applied.deliveryId));
        QCOMPARE(kept.outcome, Outcome::Applied);
    }

    void anEditedBodyIsAManualEvent()
    {
        const auto deliveries = m_fixture->refusedReports(1);
        QCOMPARE(m_fixture->open(), QString());
        const QByteArray before = dump(m_fixture->store.database());
        auto dialog = std::make_unique<ui::EditEventDialog>(m_fixture->context(), deliveries.constFirst().id, nullptr);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        auto* text = dialog->findChild<QPlainTextEdit*>();
        QTRY_VERIFY(text->toPlainText().contains(u"RUNNING"_s));
        auto* act = buttonIn(*dialog, u"Send 1 manual event"_s);
        QVERIFY(!act->isEnabled());    // not before a dry run
        text->setPlainText(u"{\"status\":\"RUNNING\",\n\"progress_pct\":}"_s);
        QVERIFY(!buttonIn(*dialog, u"Dry run"_s)->isEnabled());
        test_support::shoot(*dialog, u"replay-edit-wrong"_s);
        text->setPlainText(u"{\"status\":\"RUNNING\",\n\"progress_pct\": 42}"_s);
        QTest::mouseClick(buttonIn(*dialog, u"Dry run"_s), Qt::LeftButton);
        QTRY_VERIFY2(act->isEnabled(), qPrintable(act->toolTip()));
        QCOMPARE(dump(m_fixture->store.database()), before);
        test_support::shoot(*dialog, u"replay-edit"_s);
        QSignalSpy sent(dialog.get(), &ui::EditEventDialog::sent);
        QTest::mouseClick(act, Qt::LeftButton);
        QTRY_COMPARE(sent.count(), 1);
        QCOMPARE(m_fixture->store.job(m_fixture->job).progressPct, 42);
        QCOMPARE(m_fixture->store.count("SELECT count(*) FROM webhook_deliveries WHERE source = 'manual'"), 1);
        QCOMPARE(m_fixture->store.count("SELECT count(*) FROM operator_journal WHERE action = 'post'"), 1);
    }
};

QTEST_MAIN(ReplayDialogTest)
#include "tst_replay_dialog.moc"
