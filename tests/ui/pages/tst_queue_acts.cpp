// SPDX-License-Identifier: Apache-2.0
#include "core/database/database.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/error_bar.h"
#include "ui/base/row_table.h"
#include "ui/pages/queues/pause_queue_dialog.h"
#include "ui/pages/queues/queues_page.h"

#include <QAction>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

class QueueActsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void init()
    {
        m_console = std::make_unique<test_support::ConsoleFixture>();
        QCOMPARE(m_console->open(), QString());
        m_page = makePage(*m_console);
        QTRY_VERIFY(m_page->whyNotPause().isEmpty());
    }
    void cleanup()
    {
        m_page.reset();
        m_console.reset();
    }

    void theQueueIsPausedAndResumedAfterAsking()
    {
        QSignalSpy toasts(&m_console->navigator, &ui::Navigator::toastAsked);
        for (const bool pauses : {true, false}) {
            const QString words = pauses ? u"Pause the queue"_s : u"Resume the queue"_s;
            QTRY_VERIFY(pauseButton(words + u'\u2026'));
            test_support::shoot(*m_page, pauses ? u"queues-open"_s : u"queues-paused"_s);
            QPointer dialog = ask(words);
            QVERIFY(dialog);
            QVERIFY(QTest::qWaitForWindowExposed(dialog));
            QCOMPARE(isPaused(), !pauses);    // asking changes nothing
            test_support::shoot(*dialog, pauses ? u"queue-pause"_s : u"queue-resume"_s);
            QPushButton* act = button(*dialog, words);
            QVERIFY(act && act->isEnabled());
            act->setFocus();
            QTest::keyClick(act, Qt::Key_Return);    // Enter never acts
            QVERIFY(dialog->isVisible());
            QCOMPARE(isPaused(), !pauses);
            QTest::keyClick(act, Qt::Key_Space);
            QTRY_VERIFY(!dialog);
            QCOMPARE(isPaused(), pauses);
            const auto journal = m_console->store.backend->journal(1).wait();
            QCOMPARE(journal->constFirst().action, pauses ? u"pause"_s : u"resume"_s);
            QCOMPARE(journal->constFirst().operatorName, m_console->session->caller().operatorName);
            QCOMPARE(toasts.size(), pauses ? 1 : 2);
        }
        QTRY_VERIFY(pauseButton(u"Pause the queue\u2026"_s));    // as it was read again
        QCOMPARE(m_console->store.backend->journal(10).wait()->size(), 2);
    }

    void whatOthersDoIsSeenAndOffered()
    {
        QVERIFY(m_console->store.backend->setQueuePaused(m_console->store.caller, true).wait());
        m_page->refresh();
        QTRY_VERIFY(pauseButton(u"Resume the queue\u2026"_s));
        QCOMPARE(m_page->queues().actions().constFirst()->text(), u"Resume the queue\u2026"_s);    // in the row's menu too
    }

    void escapeLeavesItAsItIs()
    {
        QPointer dialog = ask(u"Pause the queue"_s);
        QVERIFY(dialog);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!dialog);
        QVERIFY(!isPaused());
        QCOMPARE(m_console->store.backend->journal(10).wait()->size(), 0);
    }

    /// One queue is one thing: no name is typed, but the band and the connection's name stand above.
    void onProductionItIsAskedTheSameAndSaysWhere()
    {
        ui::ConnectionProfile profile = m_console->session->profile();
        profile.name = u"media-prod"_s;
        profile.environment = ui::Environment::Production;
        ui::StoreSession session(profile);
        session.open();
        QTRY_VERIFY(session.isOpen());
        ui::PauseQueueDialog dialog(session, {u"default"_s, false, 1131, 2, {}}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(dialog.windowTitle().contains(u"media-prod"_s));
        const auto fields = dialog.findChildren<QLineEdit*>();
        for (const QLineEdit* field : fields)
            QVERIFY(!field->isVisible());
        test_support::shoot(dialog, u"queue-pause-production"_s);
        QTest::mouseClick(button(dialog, u"Pause the queue"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog.isVisible());
        QVERIFY(isPaused());
        QCOMPARE(m_console->store.backend->journal(1).wait()->constFirst().connection, u"media-prod"_s);
    }

    void whatTheStoreRefusesStaysOpenAndIsSaid()
    {
        QPointer dialog = ask(u"Pause the queue"_s);
        QVERIFY(dialog);
        core::database::DatabaseOptions ofStore;
        ofStore.path = m_console->store.options.storePath;
        const auto store = core::database::Database::open(ofStore);
        QVERIFY(store &&
                (*store)->exec("CREATE TRIGGER refused BEFORE INSERT ON operator_journal BEGIN SELECT RAISE(ABORT, 'by the test'); END"));
        QTest::mouseClick(button(*dialog, u"Pause the queue"_s), Qt::LeftButton);
        auto* error = dialog->findChild<ui::ErrorBar*>();
        QTRY_VERIFY(error->isVisible());
        QVERIFY(!isPaused());    // the act and its line go together
        QVERIFY(button(*dialog, u"Pause the queue"_s)->isEnabled());
    }

    void aReadOnlyConnectionSaysWhyBeforeOneTries()
    {
        test_support::ConsoleFixture console;
        QCOMPARE(console.open(0, true), QString());
        const auto page = makePage(console);
        QTRY_COMPARE(page->queues().rows().rowCount(), 1);
        QCOMPARE(page->whyNotPause(), console.session->capabilities().whyReadOnly);
        QVERIFY(!page->whyNotPause().isEmpty() && !page->askToPause());
        const auto buttons = page->findChildren<QToolButton*>();
        const auto pause =
            std::find_if(buttons.begin(), buttons.end(), [](const QToolButton* one) { return one->text().contains(u"queue"_s); });
        QVERIFY(pause != buttons.end() && !(*pause)->isEnabled());
        QVERIFY((*pause)->toolTip().contains(u"read-only"_s));
        test_support::shoot(*page, u"queues-read-only"_s);
    }

private:
    static std::unique_ptr<ui::QueuesPage> makePage(test_support::ConsoleFixture& console)
    {
        auto page = std::make_unique<ui::QueuesPage>(console.context());
        page->resize(1236, 720);
        page->show();
        return page;
    }
    [[nodiscard]] bool isPaused() const { return m_console->store.backend->queueState().wait()->paused; }
    [[nodiscard]] QToolButton* pauseButton(const QString& text) const
    {
        const auto all = m_page->findChildren<QToolButton*>();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const QToolButton* one) { return one->text() == text && one->isEnabled(); });
        return found == all.end() ? nullptr : *found;
    }
    [[nodiscard]] static QPushButton* button(const QWidget& parent, const QString& text)
    {
        const auto all = parent.findChildren<QPushButton*>();
        const auto found = std::find_if(all.begin(), all.end(), [&](const QPushButton* one) { return one->text() == text; });
        return found == all.end() ? nullptr : *found;
    }
    [[nodiscard]] ui::PauseQueueDialog* ask(const QString& words) const
    {
        QTest::mouseClick(pauseButton(words + u'\u2026'), Qt::LeftButton);
        return m_page->findChild<ui::PauseQueueDialog*>();
    }

    std::unique_ptr<test_support::ConsoleFixture> m_console;
    std::unique_ptr<ui::QueuesPage> m_page;
};

QTEST_MAIN(QueueActsTest)
#include "tst_queue_acts.moc"
