// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/inspector/story_fixture.h"
#include "ui/casefile/case_bar.h"
#include "ui/casefile/case_words.h"
#include "ui/casefile/export_case_dialog.h"
#include "ui/casefile/take_home_dialog.h"
#include "ui/connections/connection_store.h"
#include "ui/console/console.h"
#include "ui/console/log_buffer.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;
using test_support::StoryFixture;
using ui::MainWindow;

namespace {

QAction* actOf(const MainWindow& window, const QString& text)
{
    const auto acts = window.acts();
    for (QAction* act : acts) {
        if (act->text().remove(u'&') == text)
            return act;
    }
    return nullptr;
}

}

/// Case files in the windows of the console: opened, dropped, and taken home from one into another.
class CaseWindowsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qputenv("XDG_DATA_HOME", m_data.path().toLocal8Bit());
        test_support::useConsoleLook();
    }
    void init()
    {
        m_store = std::make_unique<StoryFixture>();
        QCOMPARE(m_store->open(), QString());
        m_job = m_store->failedCaptions();
        m_path = m_store->store.folder.filePath(u"talk.sbcase"_s);
        QVERIFY(m_store->store.backend->exportCase({.job = m_job, .kinds = {}}, m_path).wait());
        m_folder = std::make_unique<QTemporaryDir>();
        m_connections = std::make_unique<ui::ConnectionStore>(m_folder->filePath(u"connections.json"_s));
        ui::ConnectionProfile home;
        home.id = u"home"_s;
        home.name = u"My computer"_s;
        home.storePath = m_folder->filePath(u"home.db"_s);
        home.storagePath = m_folder->filePath(u"storage"_s);
        home.workerThreads = 0;
        QVERIFY(m_connections->save(home));
        QVERIFY(m_connections->remove(ui::ConnectionStore::embeddedDefault().id));
        QCOMPARE(m_connections->profiles(), QList{home});
        m_preferences = std::make_unique<ui::Preferences>(m_folder->filePath(u"console.ini"_s));
        m_console = std::make_unique<ui::Console>(*m_preferences, *m_connections, m_log);
    }
    void cleanup()
    {
        m_console.reset();
        m_preferences.reset();
        m_connections.reset();
        m_store.reset();
    }

    void aCaseOpensInAWindowOfItsOwn()
    {
        m_console->openCase(m_path);
        QCOMPARE(m_console->windows().size(), 1);
        MainWindow& window = *m_console->windows().first();
        window.resize(1440, 900);
        QTRY_VERIFY(window.session().isOpen());
        auto* bar = window.findChild<ui::CaseBar*>();
        QTRY_VERIFY(bar->isVisible());
        QTRY_VERIFY(bar->findChild<QLabel*>()->text().contains(u"My computer"_s) ||
                    bar->findChild<QLabel*>()->text().contains(u"embedded"_s));
        QVERIFY(bar->findChild<QLabel*>()->text().contains(u"Its rows are checked"_s));
        QTRY_COMPARE(window.jobsPage().model()->rowCount(), 1);
        for (const QString& text : {u"Submit…"_s, u"Resubmit…"_s, u"Take a case file home…"_s}) {
            QAction* act = actOf(window, text);
            QVERIFY2(act, qPrintable(text));
            QVERIFY2(!act->isEnabled(), qPrintable(text));
        }
        QVERIFY(actOf(window, u"Take a case file home…"_s)->statusTip().contains(u"case file"_s));
        window.showJob(m_job);
        QTRY_VERIFY(actOf(window, u"Export case file…"_s)->isEnabled());
        QTRY_VERIFY(!window.inspector().findChildren<QLabel*>().isEmpty());
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_COMPARE(window.inspector().jobId(), m_job);
        test_support::shoot(window, u"case-window"_s);
        m_console->openCase(m_path);    // once more: the same window
        QCOMPARE(m_console->windows().size(), 1);
    }

    void anotherStoreShowsNoBar()
    {
        MainWindow* window = m_console->openWindow(m_connections->profiles().first());
        QTRY_VERIFY(window->session().isOpen());
        QVERIFY(!window->findChild<ui::CaseBar*>()->isVisible());
    }

    void aDroppedCaseOpens_data()
    {
        QTest::addColumn<bool>("onTheList");
        QTest::newRow("on the list of jobs") << true;
        QTest::newRow("on the window") << false;
    }
    void aDroppedCaseOpens()
    {
        QFETCH(bool, onTheList);
        MainWindow* window = m_console->openWindow(m_connections->profiles().first());
        QTRY_VERIFY(window->session().isOpen());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_path)});
        QWidget* target = onTheList ? static_cast<QWidget*>(&window->jobsPage()) : window;
        QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &drop);
        QCOMPARE(m_console->windows().size(), 2);
        QCOMPARE(m_console->windows().last()->session().profile().storePath, m_path);
    }

    void fromTheCaseItGoesHome()
    {
        m_console->openCase(m_path);
        MainWindow& seen = *m_console->windows().first();
        auto* bar = seen.findChild<ui::CaseBar*>();
        QTRY_VERIFY(bar->isVisible());
        QPushButton* home = bar->findChild<QPushButton*>();
        QTest::mouseClick(home, Qt::LeftButton);
        QCOMPARE(m_console->windows().size(), 2);
        MainWindow& target = *m_console->windows().last();
        QTRY_VERIFY(target.findChild<ui::TakeHomeDialog*>());
        auto* dialog = target.findChild<ui::TakeHomeDialog*>();
        QTRY_VERIFY(dialog->summary());
        QCOMPARE(dialog->path(), m_path);
        QVERIFY(!QFileInfo::exists(m_path + u".key"_s));
        emit dialog->takeAsked(m_path, {});
        dialog->close();
        QTRY_COMPARE(target.inspector().jobId(), m_job);
        QTRY_COMPARE(target.jobsPage().model()->rowCount(), 1);
        QTRY_VERIFY(actOf(target, u"Resubmit…"_s)->isEnabled());
    }

    void aCaseIsNoPlaceToComeBackTo()
    {
        m_preferences->setValue(u"places"_s, QVariantList{QVariantMap{{u"profile"_s, u"kept"_s}}});
        m_console->openCase(m_path);
        MainWindow& window = *m_console->windows().first();
        QTRY_VERIFY(window.session().isOpen());
        window.close();
        QCOMPARE(m_preferences->value(u"places"_s).toList().size(), 1);
        QCOMPARE(m_preferences->value(u"places"_s).toList().first().toMap().value(u"profile"_s).toString(), u"kept"_s);
    }

    void theInspectorExportsItsJob()
    {
        MainWindow* window = m_console->openWindow(m_store->session->profile());
        QTRY_VERIFY(window->session().isOpen());
        window->showJob(m_job);
        QToolButton* button = nullptr;
        const auto all = window->inspector().findChildren<QToolButton*>();
        for (QToolButton* one : all) {
            if (one->accessibleName() == u"Export this job as a case file…"_s)
                button = one;
        }
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(window->findChild<ui::ExportCaseDialog*>());
        auto* dialog = window->findChild<ui::ExportCaseDialog*>();
        QTRY_VERIFY(dialog->plan());
        QCOMPARE(dialog->plan()->subject.id, m_job);
        dialog->close();
    }

    void aCaseThatIsGoneIsToldOnItsPage()
    {
        m_console->openCase(m_store->store.folder.filePath(u"gone.sbcase"_s));
        MainWindow& window = *m_console->windows().first();
        QTRY_COMPARE(window.session().state(), ui::StoreSession::State::Unreachable);
        QCOMPARE(window.session().error().code, u"case_missing"_s);
    }

private:
    QTemporaryDir m_data;
    std::unique_ptr<StoryFixture> m_store;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::ConnectionStore> m_connections;
    std::unique_ptr<ui::Preferences> m_preferences;
    ui::LogBuffer m_log;
    std::unique_ptr<ui::Console> m_console;
    core::JobId m_job;
    QString m_path;
};

QTEST_MAIN(CaseWindowsTest)
#include "tst_case_windows.moc"
