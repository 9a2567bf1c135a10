// SPDX-License-Identifier: Apache-2.0
#include "tests/support/job_rows.h"
#include "tests/support/ui_fixture.h"
#include "ui/filter/filter_bar.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/jobs/jobs_view.h"
#include "ui/palette/command_palette.h"
#include "ui/window/main_window.h"
#include "ui/window/sidebar.h"
#include "ui/window/task_area.h"
#include "ui/window/unreachable_page.h"

#include <QAccessible>
#include <QAction>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTabBar>

using namespace Qt::StringLiterals;
using test_support::ConsoleFixture;
using test_support::JobRows;
using ui::InspectorTab;
using ui::MainWindow;
using ui::Page;

namespace {

/// A window on a real store with a few hundred jobs, three of them failed.
struct WindowFixture {
    WindowFixture()
    {
        wrong = console.open();
        if (!wrong.isEmpty())
            return;
        JobRows rows(console.store.options.storePath);
        rows.insertMany(300, std::chrono::seconds(120));
        for (int i = 0; i < 3; ++i) {
            auto job = JobRows::done(std::chrono::seconds(30 + i), core::JobType::CaptionsGenerate);
            JobRows::setStatus(job, core::JobStatus::Failed);
            job.errorMessage = u"<b>ffmpeg</b> ended with exit code 1"_s;
            job.errorCode = u"ffmpeg_failed"_s;
            rows.insert({job});
            failed << job.id;
        }
        session = std::make_shared<ui::StoreSession>(console.session->profile());
        session->open();
        window = new MainWindow(session, console.preferences);
        window->resize(1440, 900);
        window->show();
    }
    ~WindowFixture() { delete window.data(); }
    [[nodiscard]] int rows() const { return window->jobsPage().model()->rowCount(); }

    ConsoleFixture console;
    QString wrong;
    QList<core::JobId> failed;    // newest first
    std::shared_ptr<ui::StoreSession> session;
    QPointer<MainWindow> window;
};

void trigger(MainWindow& window, const QString& text)
{
    const auto acts = window.acts();
    for (QAction* act : acts) {
        if (act->text().remove(u'&') == text) {
            act->trigger();
            return;
        }
    }
    QFAIL(qPrintable(u"There is no act "_s + text));
}

bool isControl(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::PushButton:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::EditableText:
    case QAccessible::ComboBox:
    case QAccessible::SpinBox:
    case QAccessible::Slider:
    case QAccessible::Table:
    case QAccessible::List:
    case QAccessible::Tree:
    case QAccessible::MenuItem:
    case QAccessible::PageTab:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown: return true;
    default: return false;
    }
}

/// Every visible control below that a screen reader would have no name for.
void collectUnnamed(QAccessibleInterface* each, QStringList& unnamed, int depth = 0)
{
    constexpr int deepest = 40;
    if (!each || depth > deepest || each->state().invisible)
        return;
    const bool hasName = !each->text(QAccessible::Name).trimmed().isEmpty();
    if (isControl(each->role()) && !hasName) {
        const QObject* object = each->object();
        unnamed << u"%1 (role %2) in %3"_s.arg(object ? QString::fromLatin1(object->metaObject()->className()) : u"?"_s)
                       .arg(each->role())
                       .arg(object && object->parent() ? QString::fromLatin1(object->parent()->metaObject()->className()) : u"?"_s);
    }
    if (each->role() == QAccessible::Table || each->role() == QAccessible::List || each->role() == QAccessible::Tree)
        return;    // cells carry their own text
    for (int i = 0; i < each->childCount(); ++i)
        collectUnnamed(each->child(i), unnamed, depth + 1);
}

}

class TestMainWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void aFailedJobIsFoundByTheFilterAndReadInTheInspector()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        MainWindow& window = *fixture.window;
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(fixture.rows() >= 200);
        trigger(window, u"Edit the filter"_s);
        QWidget* field = QApplication::focusWidget();
        QVERIFY(field);
        QTest::keyClicks(field, u"status:failed"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(fixture.rows(), 3);
        auto* view = window.jobsPage().view();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Down);
        QTRY_COMPARE(window.inspector().jobId(), fixture.failed.first());
        QVERIFY(window.inspector().isVisible());
        trigger(window, u"Show tab Raw"_s);
        QCOMPARE(window.inspector().currentTab(), InspectorTab::Raw);
        QTest::keyClick(view, Qt::Key_Down);
        QTRY_COMPARE(window.inspector().jobId(), fixture.failed.at(1));
        QCOMPARE(window.inspector().currentTab(), InspectorTab::Raw);
    }

    void thePaletteGoesToAPageAndToAJob()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        MainWindow& window = *fixture.window;
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(window.session().isOpen());
        trigger(window, u"Go to job or command"_s);
        auto* palette = window.findChild<ui::CommandPalette*>();
        QVERIFY(palette);
        auto* field = palette->findChild<QLineEdit*>();
        QTest::keyClicks(field, u"go dash"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window.currentPage(), Page::Dashboard);
        QTRY_VERIFY(!window.findChild<ui::CommandPalette*>());

        trigger(window, u"Go to job or command"_s);
        palette = window.findChild<ui::CommandPalette*>();
        QVERIFY(palette);
        field = palette->findChild<QLineEdit*>();
        const core::JobId id = fixture.failed.at(1);
        field->setText(id.text);
        QTRY_VERIFY(([&] {
            if (window.inspector().jobId() == id)
                return true;
            if (auto* open = window.findChild<ui::CommandPalette*>())
                QTest::keyClick(open->findChild<QLineEdit*>(), Qt::Key_Return);
            return window.inspector().jobId() == id;
        })());
        QCOMPARE(window.currentPage(), Page::Jobs);
    }

    void backLeadsToWhereOneWas()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        MainWindow& window = *fixture.window;
        QTRY_VERIFY(window.session().isOpen());
        window.showFilter(u"status:failed"_s);
        window.showPage(Page::Queues);
        window.showPage(Page::Journal);
        trigger(window, u"Back"_s);
        QCOMPARE(window.currentPage(), Page::Queues);
        trigger(window, u"Back"_s);
        QCOMPARE(window.currentPage(), Page::Jobs);
        QTRY_COMPARE(fixture.rows(), 3);
    }

    void placeIsKeptAcrossAStart()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        QTRY_VERIFY(fixture.window->session().isOpen());
        fixture.window->showFilter(u"status:failed"_s);
        QTRY_COMPARE(fixture.rows(), 3);
        fixture.window->showJob(fixture.failed.at(2), InspectorTab::Events);
        const QVariantMap place = fixture.window->saveState();
        delete fixture.window.data();
        fixture.window = new MainWindow(fixture.session, fixture.console.preferences);
        fixture.window->show();
        fixture.window->restoreState(place);
        QTRY_COMPARE(fixture.rows(), 3);
        QCOMPARE(fixture.window->inspector().jobId(), fixture.failed.at(2));
        QVERIFY(fixture.window->inspector().isVisibleTo(fixture.window));
    }

    void aJobAskedForBeforeTheStoreIsOpenIsShown()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        QTRY_VERIFY(fixture.session->isOpen());
        const auto cold = std::make_shared<ui::StoreSession>(fixture.session->profile());
        MainWindow window(cold, fixture.console.preferences);
        window.show();
        window.showJob(fixture.failed.at(1), InspectorTab::Events);
        QVERIFY(!cold->isOpen());
        cold->open();
        QTRY_VERIFY(cold->isOpen());
        QTRY_COMPARE(window.inspector().jobId(), fixture.failed.at(1));
        QTRY_VERIFY(window.inspector().findChild<QTabBar*>()->isVisible());
    }

    void oneTryAtATimeOpensTheStoreOnce()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        ui::StoreSession session(fixture.session->profile());
        QSignalSpy states(&session, &ui::StoreSession::stateChanged);
        session.open();
        session.open();
        QTRY_VERIFY(session.isOpen());
        const auto* first = session.backend();
        QTRY_VERIFY(session.lastAnswerAt().has_value());
        session.open();    // open already: asks it for a sign of life
        QTRY_COMPARE(states.count(), 2);
        QCOMPARE(session.backend(), first);
    }

    void aTermNarrowsAFilterWithOr_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("narrowed");
        QTest::newRow("nothing") << QString() << u"owner:u-1"_s;
        QTest::newRow("terms") << u"status:failed type:media-probe"_s << u"status:failed type:media-probe owner:u-1"_s;
        QTest::newRow("or") << u"status:failed OR status:cancelled"_s << u"(status:failed OR status:cancelled) owner:u-1"_s;
        QTest::newRow("or in parentheses") << u"since:24h (a OR b)"_s << u"since:24h (a OR b) owner:u-1"_s;
        QTest::newRow("not any") << u"!(a OR b)"_s << u"!(a OR b) owner:u-1"_s;
    }
    void aTermNarrowsAFilterWithOr()
    {
        QFETCH(QString, filter);
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        fixture.window->showFilter(filter);
        emit fixture.window->navigator().filterTermAsked(u"owner:u-1"_s);
        QTEST(fixture.window->findChild<ui::FilterBar*>()->text(), "narrowed");
    }

    void placeIsKeptWhereTheStoreOpensLater()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        QTRY_VERIFY(fixture.window->session().isOpen());
        fixture.window->showFilter(u"status:failed"_s);
        QTRY_COMPARE(fixture.rows(), 3);
        fixture.window->showJob(fixture.failed.at(2), InspectorTab::Events);
        const QVariantMap place = fixture.window->saveState();
        delete fixture.window.data();
        // as at a start: the window stands before its store is open
        fixture.session = std::make_shared<ui::StoreSession>(fixture.console.session->profile());
        fixture.window = new MainWindow(fixture.session, fixture.console.preferences);
        fixture.window->show();
        fixture.window->restoreState(place);
        QVERIFY(!fixture.window->session().isOpen());
        fixture.session->open();
        QTRY_COMPARE(fixture.rows(), 3);
        QCOMPARE(fixture.window->inspector().jobId(), fixture.failed.at(2));
        // and it was read: its state stands there
        QTRY_VERIFY(([&] {
            const auto parts = fixture.window->inspector().findChildren<QWidget*>();
            return std::any_of(parts.begin(), parts.end(), [](const QWidget* part) { return part->accessibleName() == u"Status FAILED"; });
        })());
    }

    void everyControlOfEveryPageHasAName()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        MainWindow& window = *fixture.window;
        QTRY_VERIFY(fixture.rows() >= 200);
        window.showJob(fixture.failed.first());
        QStringList unnamed;
        const auto pages = ui::allPages();
        for (const Page page : pages) {
            window.showPage(page);
            QTRY_VERIFY(window.pageWidget(page)->isVisible());
            collectUnnamed(QAccessible::queryAccessibleInterface(&window), unnamed);
        }
        window.showPage(Page::Jobs);
        for (int tab = 0; tab < 9; ++tab) {
            window.inspector().setCurrentTab(static_cast<InspectorTab>(tab));
            collectUnnamed(QAccessible::queryAccessibleInterface(&window), unnamed);
        }
        unnamed.removeDuplicates();
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
    }

    void aTaskShowsItsProgressAndItsAbort()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        ui::TaskArea& area = fixture.window->tasks();
        auto* task = new ui::BackgroundTask(u"Export to a.csv"_s);
        QSignalSpy aborted(task, &ui::BackgroundTask::abortAsked);
        area.add(task);
        task->report(3, 10);
        QVERIFY(area.hasRunning());
        auto* abort = area.findChild<QPushButton*>();
        QVERIFY(abort && abort->isVisible());
        QTest::mouseClick(abort, Qt::LeftButton);
        QCOMPARE(aborted.count(), 1);
        task->end(u"Aborted; no file was written"_s);
        QVERIFY(!area.hasRunning());
        QVERIFY(!abort->isVisible());
    }

    void theEndOfAnExportIsToldOnceAndFitsTheWindow()
    {
        WindowFixture fixture;
        QVERIFY2(fixture.window, qPrintable(fixture.wrong));
        MainWindow& window = *fixture.window;
        QTRY_VERIFY(fixture.rows() >= 200);
        QString folder = fixture.console.store.folder.path();
        for (int depth = 0; depth < 20; ++depth)
            folder += u"/a folder with a long name"_s;
        QVERIFY(QDir().mkpath(folder));
        const int least = window.minimumSizeHint().width();
        QSignalSpy toasts(&window.navigator(), &ui::Navigator::toastAsked);
        window.jobsPage().startExport(folder + u"/jobs.ndjson"_s, ui::JobFormat::Ndjson, true);
        QVERIFY(window.tasks().hasRunning());
        QTRY_VERIFY(!window.tasks().hasRunning());
        const auto* task = window.session().tasks().findChild<ui::BackgroundTask*>();
        QCOMPARE(task->ending(), u"303 jobs written to jobs.ndjson"_s);
        QCOMPARE(task->detail(), folder + u"/jobs.ndjson"_s);
        QCOMPARE(toasts.size(), 0);    // the window's own is the only one
        const auto* toast = window.findChild<QLabel*>(u"toast"_s, Qt::FindDirectChildrenOnly);
        QVERIFY(toast);
        QCOMPARE(toast->text(), task->ending());
        QCoreApplication::sendPostedEvents();
        QVERIFY2(window.minimumSizeHint().width() <= least + 400, qPrintable(QString::number(window.minimumSizeHint().width())));
    }

    void aStoreThatCannotBeOpenedHasAPageOfItsOwn_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("title");
        QTest::newRow("garbage") << QByteArray(8192, 'x') << u"The store is damaged or is no store"_s;
    }
    void aStoreThatCannotBeOpenedHasAPageOfItsOwn()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, title);
        QTemporaryDir folder;
        ui::ConnectionProfile profile;
        profile.name = u"broken"_s;
        profile.storePath = folder.filePath(u"store.db"_s);
        profile.storagePath = folder.filePath(u"storage"_s);
        profile.workerThreads = 0;
        QFile file(profile.storePath);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        ui::Preferences preferences(folder.filePath(u"console.ini"_s));
        auto session = std::make_shared<ui::StoreSession>(profile);
        session->open();
        QPointer<MainWindow> window = new MainWindow(session, preferences);
        window->show();
        QTRY_COMPARE(session->state(), ui::StoreSession::State::Unreachable);
        auto* page = window->findChild<ui::UnreachablePage*>();
        QTRY_VERIFY(page && page->isVisible());
        QVERIFY2(page->details().contains(title), qPrintable(page->details()));
        QVERIFY(QFile::remove(profile.storePath));
        QTRY_VERIFY_WITH_TIMEOUT(!page->isVisible() && session->isOpen(), 20'000);
        delete window.data();
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
