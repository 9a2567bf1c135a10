// SPDX-License-Identifier: Apache-2.0
#include "tests/support/job_rows.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/record_table.h"
#include "ui/housekeeping/prune_acts.h"
#include "ui/housekeeping/prune_dialog.h"
#include "ui/housekeeping/prune_run.h"
#include "ui/pages/artifacts/artifacts_page.h"
#include "ui/window/main_window.h"
#include "ui/window/task_area.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using test_support::ConsoleFixture;
using test_support::JobRows;
using ui::PruneDialog;

namespace {

constexpr std::chrono::hours day{24};

QPushButton* buttonThatBegins(QWidget& parent, const QString& beginning)
{
    const auto all = parent.findChildren<QPushButton*>();
    for (QPushButton* one : all) {
        if (one->text().startsWith(beginning))
            return one;
    }
    return nullptr;
}

QLineEdit* fieldNamed(QWidget& parent, const QString& name)
{
    const auto all = parent.findChildren<QLineEdit*>();
    for (QLineEdit* one : all) {
        if (one->accessibleName() == name)
            return one;
    }
    return nullptr;
}

}

class PruneActsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void init()
    {
        m_console = std::make_unique<ConsoleFixture>();
        QCOMPARE(m_console->open(), QString());
        JobRows rows(m_console->store.options.storePath);
        rows.insertMany(450, day * 40);
        rows.insertMany(5, std::chrono::hours(2));
    }
    void cleanup() { m_console.reset(); }

    void theDryRunSaysWhatWouldGoAndChangesNothing()
    {
        PruneDialog dialog(*m_console->session, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QTRY_VERIFY(dialog.preview());
        QCOMPARE(dialog.preview()->jobs.size(), 450);
        auto* sample = dialog.findChild<ui::RecordTable*>();
        QTRY_COMPARE(sample->records()->rowCount(), 6);
        QVERIFY(!buttonThatBegins(dialog, u"Remove 450 jobs"_s)->isEnabled());
        fieldNamed(dialog, u"Reason"_s)->setText(u"ticket 4471"_s);
        QVERIFY(buttonThatBegins(dialog, u"Remove 450 jobs"_s)->isEnabled());
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        test_support::shoot(dialog, u"prune"_s);
        QCOMPARE(dialog.focusWidget(), dialog.findChild<QSpinBox*>());
        QTest::keyClick(dialog.focusWidget(), Qt::Key_Return);    // Enter never acts
        dialog.setAge(1, std::chrono::hours(1));
        QVERIFY(!dialog.preview());
        QTRY_VERIFY(dialog.preview());
        QCOMPARE(dialog.preview()->jobs.size(), 455);
        dialog.setAge(90, day);
        QTRY_VERIFY(dialog.preview());
        QVERIFY(dialog.preview()->jobs.isEmpty());
        QVERIFY(!buttonThatBegins(dialog, u"Remove"_s)->isEnabled());
        QCOMPARE(jobsLeft(), 455);
    }

    void theActRunsInTheBackgroundAndSaysItsResult()
    {
        ui::TaskArea tasks;
        QWidget window;
        ui::PruneActs acts(m_console->context(), tasks, &window);
        QSignalSpy toasts(&m_console->navigator, &ui::Navigator::toastAsked);
        QSignalSpy pruned(&acts, &ui::PruneActs::pruned);
        QPointer dialog = acts.ask();
        QTRY_VERIFY(dialog->preview());
        QPushButton* act = buttonThatBegins(*dialog, u"Remove 450"_s);
        QVERIFY(!act->isEnabled());    // what cannot be undone wants a reason
        fieldNamed(*dialog, u"Reason"_s)->setText(u"ticket 4471"_s);
        // Others end between preview and act: the act takes what was shown.
        JobRows(m_console->store.options.storePath).insertMany(3, day * 50);
        act->setFocus();
        QTest::keyClick(act, Qt::Key_Space);
        QTRY_VERIFY(!dialog);
        QTRY_COMPARE(pruned.count(), 1);
        QCOMPARE(jobsLeft(), 5 + 3);
        QVERIFY2(toasts.constLast().constFirst().toString().startsWith(u"Removed 450 of 450 jobs"_s),
                 qPrintable(toasts.constLast().constFirst().toString()));
        QVERIFY(!tasks.hasRunning());
        const auto journal = m_console->store.backend->journal(1000).wait();
        QCOMPARE(journal->size(), 450);
        QCOMPARE(journal->constFirst().reason, u"ticket 4471"_s);
    }

    void anAbortIsHeardAfterTheBatchThatRuns()
    {
        const core::Time before = core::base::systemNow() - day * 30;
        const auto preview = m_console->session->backend()->prune(m_console->session->caller(), {before, 1000, true}).wait();
        QCOMPARE(preview->jobs.size(), 450);
        auto* run = new ui::PruneRun(*m_console->session->backend(), m_console->session->caller(), before, preview->jobs, u"x"_s, this);
        QSignalSpy finished(run, &ui::PruneRun::finished);
        run->start();
        run->abort();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(run->removed(), 200);
        QCOMPARE(jobsLeft(), 255);
        QVERIFY2(run->summary().contains(u"Stopped before the rest."_s), qPrintable(run->summary()));
    }

    void onProductionTheNameAndTheNumberAreTyped()
    {
        ui::ConnectionProfile profile = m_console->session->profile();
        profile.environment = ui::Environment::Production;
        ui::StoreSession session(profile);
        session.open();
        QTRY_VERIFY(session.isOpen());
        PruneDialog dialog(session, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QTRY_VERIFY(dialog.preview());
        QPushButton* act = buttonThatBegins(dialog, u"Remove 450"_s);
        QVERIFY(!act->isEnabled());
        fieldNamed(dialog, u"Reason"_s)->setText(u"ticket 4471"_s);
        QVERIFY(!act->isEnabled());
        fieldNamed(dialog, u"Confirmation"_s)->setFocus();
        QTest::keyClicks(fieldNamed(dialog, u"Confirmation"_s), u"My computer 450"_s);
        QVERIFY(act->isEnabled());
        test_support::shoot(dialog, u"prune-production"_s);
    }

    void aReadOnlyConnectionLooksButDoesNotAct()
    {
        ConsoleFixture console;
        QCOMPARE(console.open(0, true), QString());
        JobRows(console.store.options.storePath).insertMany(3, day * 40);
        PruneDialog dialog(*console.session, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QTRY_VERIFY(dialog.preview());
        QCOMPARE(dialog.preview()->jobs.size(), 3);
        QPushButton* act = buttonThatBegins(dialog, u"Remove 3"_s);
        QVERIFY(!act->isEnabled());
        QCOMPARE(act->toolTip(), console.session->capabilities().whyReadOnly);
        ui::PruneRun run(*console.session->backend(), console.session->caller(), core::base::systemNow(), dialog.preview()->jobs, u"x"_s,
                         nullptr);
        QSignalSpy finished(&run, &ui::PruneRun::finished);
        run.start();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished[0][0].value<std::optional<core::Error>>()->code, u"read_only"_s);
    }

    void theArtifactsPageAndTheToolsMenuOpenIt()
    {
        auto session = std::make_shared<ui::StoreSession>(m_console->session->profile());
        session->open();
        QPointer window = new ui::MainWindow(session, m_console->preferences);
        window->show();
        window->showPage(ui::Page::Artifacts);
        QTRY_VERIFY(session->isOpen());
        QTest::mouseClick(buttonThatBegins(*window->pageWidget(ui::Page::Artifacts), u"Remove old jobs"_s), Qt::LeftButton);
        QPointer first = window->findChild<PruneDialog*>();
        QVERIFY(first);
        QTest::keyClick(first, Qt::Key_Escape);
        QTRY_VERIFY(!first);
        const auto acts = window->acts();
        for (QAction* act : acts) {
            if (act->text() == u"Remove old jobs\u2026"_s)
                act->trigger();
        }
        QVERIFY(window->findChild<PruneDialog*>());
        delete window.data();
    }

private:
    [[nodiscard]] qint64 jobsLeft() const { return m_console->store.backend->countJobs({}, 10'000).wait()->count; }
    std::unique_ptr<ConsoleFixture> m_console;
};

QTEST_MAIN(PruneActsTest)
#include "tst_prune_acts.moc"
