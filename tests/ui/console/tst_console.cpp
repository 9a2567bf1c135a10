// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/inspector/story_fixture.h"
#include "ui/connections/connection_dialog.h"
#include "ui/connections/connection_store.h"
#include "ui/connections/connection_test.h"
#include "ui/console/console.h"
#include "ui/console/finishing_window.h"
#include "ui/console/log_buffer.h"
#include "ui/console/quit_dialog.h"
#include "ui/help/help_window.h"
#include "ui/palette/command_palette.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"
#include "ui/window/task_area.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSysInfo>

#include <algorithm>

using namespace Qt::StringLiterals;
using ui::ConnectionStore;
using ui::Console;
using ui::Environment;

class TestConsole : public QObject {
    Q_OBJECT

    static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static ui::ConnectionProfile profileIn(const QTemporaryDir& folder, const QString& name)
    {
        ui::ConnectionProfile profile;
        profile.id = name;
        profile.name = name;
        profile.storePath = folder.filePath(name + u".db"_s);
        profile.storagePath = folder.filePath(u"storage"_s);
        profile.workerThreads = 0;
        return profile;
    }

    /// A console with a folder for all that it keeps.
    struct Desk {
        QTemporaryDir folder;
        ui::Preferences preferences{folder.filePath(u"console.ini"_s)};
        ConnectionStore connections{folder.filePath(u"connections.json"_s)};
        ui::LogBuffer log;
        Console console{preferences, connections, log};
        [[nodiscard]] auto* open(const QString& name) { return console.openWindow(profileIn(folder, name)); }
    };
    /// The same with the connections and preferences of a store that has jobs.
    struct DeskOf {
        explicit DeskOf(test_support::StoryFixture& of)
            : connections(of.store.folder.filePath(u"connections.json"_s)), console(of.preferences, connections, log)
        {
        }
        ConnectionStore connections;
        ui::LogBuffer log;
        Console console;
    };

    /// The dialog of connections with two of them, at the first.
    struct OpenDialog {
        OpenDialog()
        {
            if (!connections.save(profileIn(folder, u"one"_s)) || !connections.save(profileIn(folder, u"two"_s)))
                return;
            dialog = new ui::ConnectionDialog(connections, secrets, u"one"_s);
            dialog->open();
        }
        ~OpenDialog() { delete dialog.data(); }
        QTemporaryDir folder;
        ConnectionStore connections{folder.filePath(u"connections.json"_s)};
        ui::SecretStore secrets;
        QPointer<ui::ConnectionDialog> dialog;    // null if the connections could not be kept
    };

    static void press(const QWidget& in, const QString& text)
    {
        const auto buttons = in.findChildren<QPushButton*>();
        for (QPushButton* button : buttons) {
            if (button->text().remove(u'&') == text && button->isVisible())
                return QTest::mouseClick(button, Qt::LeftButton);
        }
        QFAIL(qPrintable(u"There is no button "_s + text));
    }
    /// A job that this process runs, or another.
    static void run(test_support::StoryFixture& store, bool isHere)
    {
        const auto id = store.captions();
        store.leaseTo(u"w-1"_s);    // nobody else takes it
        core::jobs::JobAttempt attempt;
        attempt.jobId = id;
        attempt.attempt = 1;
        attempt.worker = u"w-1"_s;
        attempt.host = QSysInfo::machineHostName();
        attempt.pid = QCoreApplication::applicationPid() + (isHere ? 0 : 1);
        attempt.startedAt = core::base::systemNow();
        QVERIFY(core::jobs::JobRepository(store.database()).insertAttempt(attempt).has_value());
    }
    static ui::ConnectionProfile profileOf(const test_support::StoryFixture& store, const QString& name)
    {
        ui::ConnectionProfile profile = store.session->profile();
        profile.id = name;
        profile.name = name;
        profile.workerThreads = 1;
        return profile;
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void linksAreReadOrRefused_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("job");
        QTest::newRow("job") << u"signalbox://job/018f-1"_s << u"018f-1"_s;
        QTest::newRow("with a tab") << u"signalbox://job/018f-1?tab=events"_s << u"018f-1"_s;
        QTest::newRow("other scheme") << u"https://job/018f"_s << QString();
        QTest::newRow("no id") << u"signalbox://job/"_s << QString();
        QTest::newRow("two parts") << u"signalbox://job/a/b"_s << QString();
        QTest::newRow("not a job") << u"signalbox://delivery/1"_s << QString();
        QTest::newRow("huge") << u"signalbox://job/"_s + QString(5000, u'a') << QString();
    }
    void linksAreReadOrRefused()
    {
        QFETCH(QString, link);
        QFETCH(QString, job);
        const auto read = ui::readLink(QUrl(link));
        QCOMPARE(read.has_value(), !job.isEmpty());
        if (read)
            QCOMPARE(read->job.text, job);
        else
            QCOMPARE(read.error().code, u"link_invalid"_s);
    }

    void connectionsComeBackAsTheyWereSaved()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"connections.json"_s);
        ui::ConnectionProfile profile = profileIn(folder, u"eu-captions"_s);
        profile.environment = Environment::Production;
        profile.readOnly = true;
        {
            ConnectionStore store(file);
            QCOMPARE(store.profiles().size(), 1);    // the embedded one of a first start
            QVERIFY(store.save(profile).has_value());
        }
        ConnectionStore store(file);
        QCOMPARE(store.find(profile.id), std::optional(profile));
    }

    void aFileThatCannotBeReadIsLeftAsItIs()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"connections.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{ not a list");
        file.close();
        ConnectionStore store(path);
        QVERIFY(!store.trouble().isEmpty());
        const auto saved = store.save(profileIn(folder, u"a"_s));
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, u"connections_unreadable"_s);
        QCOMPARE(contentOf(path), QByteArray("{ not a list"));
    }

    void aConnectionWithoutANameIsRefusedWithItsField()
    {
        QTemporaryDir folder;
        ConnectionStore store(folder.filePath(u"connections.json"_s));
        auto profile = profileIn(folder, u"a"_s);
        profile.name = u"  "_s;
        const auto saved = store.save(profile);
        QVERIFY(!saved);
        QCOMPARE(saved.error().field, u"name"_s);
        QVERIFY(!QFile::exists(folder.filePath(u"connections.json"_s)));
    }

    void aTestOfAConnectionMakesNothing()
    {
        QTemporaryDir folder;
        const auto profile = profileIn(folder, u"missing"_s);
        const auto stages = ui::testConnection(profile);
        QVERIFY(!stages.isEmpty());
        QVERIFY(!QFile::exists(profile.storePath));
        QVERIFY(!QFile::exists(profile.storePath + u".key"_s));
    }

    void windowsOnOneConnectionShareItsSession()
    {
        Desk desk;
        const auto profile = profileIn(desk.folder, u"one"_s);
        auto* first = desk.console.openWindow(profile);
        auto* second = desk.console.openWindow(profile);
        auto* other = desk.open(u"two"_s);
        QCOMPARE(&first->session(), &second->session());
        QVERIFY(&first->session() != &other->session());
        QTRY_VERIFY(first->session().isOpen() && other->session().isOpen());
    }

    void whereOneWasSurvivesWithoutAProperEnd()
    {
        Desk desk;
        const QString ini = desk.folder.filePath(u"console.ini"_s);
        const auto profile = profileIn(desk.folder, u"one"_s);
        QVERIFY(desk.connections.save(profile).has_value());
        auto* window = desk.console.openWindow(profile);
        QTRY_VERIFY(window->session().isOpen());
        window->showPage(ui::Page::Queues);
        // another process reads the file while the first still runs: as after a crash
        QTRY_VERIFY_WITH_TIMEOUT(contentOf(ini).contains("places"), 5000);
        QTRY_VERIFY(([&] {
            ui::Preferences again(ini);
            const auto places = again.value(u"places"_s).toList();
            return !places.isEmpty() && places.first().toMap().value(u"page"_s).toInt() == static_cast<int>(ui::Page::Queues);
        })());
    }

    void aConsoleOnAGivenStoreLeavesThePlacesAlone_data()
    {
        QTest::addColumn<bool>("keeps");
        QTest::newRow("the everyday one") << true;
        QTest::newRow("on a given store") << false;
    }
    void aConsoleOnAGivenStoreLeavesThePlacesAlone()
    {
        QFETCH(bool, keeps);
        Desk desk;
        desk.console.setKeepsPlaces(keeps);
        auto* window = desk.open(u"one"_s);
        QTRY_VERIFY(window->session().isOpen());
        window->close();    // the last window is the place to come back to
        QCOMPARE(!desk.preferences.value(u"places"_s).toList().isEmpty(), keeps);
    }

    void quittingAsksOnceForTheJobsOfAllConnections()
    {
        test_support::StoryFixture one;
        test_support::StoryFixture two;
        QCOMPARE(one.open(), QString());
        QCOMPARE(two.open(), QString());
        run(one, false);
        run(two, true);
        DeskOf desk(one);
        Console& console = desk.console;
        QSignalSpy finished(&console, &Console::finished);
        auto* first = console.openWindow(profileOf(one, u"one"_s));    // only another program's job runs there
        auto* second = console.openWindow(profileOf(two, u"two"_s));
        QTRY_VERIFY(first->session().isOpen() && second->session().isOpen());
        const auto dialogs = [&] { return first->findChildren<ui::QuitDialog*>() + second->findChildren<ui::QuitDialog*>(); };
        console.quit();
        console.quit();    // ctrl+Q again, before there is an answer
        QTRY_COMPARE(dialogs().size(), 1);
        console.quit();
        QCOMPARE(dialogs().size(), 1);
        QCOMPARE(dialogs().first()->findChild<QLabel*>()->text(), u"1 job runs in this program."_s);
        QCOMPARE(finished.size(), 0);

        press(*dialogs().first(), u"Finish them, then quit"_s);
        const auto windows = QApplication::topLevelWidgets();
        const bool tells = std::any_of(windows.begin(), windows.end(), [](const QWidget* window) {
            return qobject_cast<const ui::FinishingWindow*>(window) && window->isVisible();
        });
        QVERIFY(tells);    // a second start is not met with nothing at all
        const auto opened = console.openLink(QUrl(u"signalbox://job/018f-1"_s));
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, u"console_ends"_s);
        QTRY_COMPARE(finished.size(), 1);
    }

    void theLastWindowOfAConnectionAsksAboutItsTasks_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<int>("aborts");
        QTest::newRow("finish") << u"Finish them in the background"_s << 0;
        QTest::newRow("stop") << u"Stop them and close"_s << 1;
    }
    void theLastWindowOfAConnectionAsksAboutItsTasks()
    {
        QFETCH(QString, choice);
        QFETCH(int, aborts);
        Desk desk;
        QPointer other = desk.open(u"other"_s);
        QPointer first = desk.open(u"one"_s);
        QPointer second = desk.open(u"one"_s);
        QPointer session = &first->session();
        QCOMPARE(&second->session(), session.data());
        QTRY_VERIFY(session->isOpen() && other->session().isOpen());
        QPointer task = new ui::BackgroundTask(u"Cancel 3 jobs"_s);
        QSignalSpy aborted(task, &ui::BackgroundTask::abortAsked);
        first->tasks().add(task);
        first->close();
        QTRY_VERIFY(!first);    // the other one shows it
        QVERIFY(second->tasks().hasRunning());

        second->close();
        QVERIFY(second->isVisible());
        QPointer dialog = second->findChild<ui::QuitDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QLabel*>()->text(), u"1 background task is under way: Cancel 3 jobs."_s);
        press(*dialog, u"Stay"_s);
        QTRY_VERIFY(!dialog);
        QVERIFY(second->isVisible() && task);
        second->close();
        press(*second->findChild<ui::QuitDialog*>(), choice);
        QTRY_VERIFY(!second);
        QCOMPARE(aborted.count(), aborts);
        QVERIFY(session && task);
        task->end(u"3 cancelled"_s);
        QTRY_VERIFY(!session);
        QVERIFY(other->isVisible());
    }

    void quittingAsksAboutTasks_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<int>("aborts");
        QTest::newRow("finish") << u"Finish them, then quit"_s << 0;
        QTest::newRow("stop") << u"Stop them and quit"_s << 1;
    }
    void quittingAsksAboutTasks()
    {
        QFETCH(QString, choice);
        QFETCH(int, aborts);
        Desk desk;
        QSignalSpy finished(&desk.console, &Console::finished);
        auto* window = desk.open(u"one"_s);
        QTRY_VERIFY(window->session().isOpen());
        auto* task = new ui::BackgroundTask(u"Cancel 3 jobs"_s);
        QSignalSpy aborted(task, &ui::BackgroundTask::abortAsked);
        window->tasks().add(task);
        window->close();    // the last one is the program
        QVERIFY(window->isVisible());
        QTRY_VERIFY(window->findChild<ui::QuitDialog*>());
        QCOMPARE(window->findChild<ui::QuitDialog*>()->findChild<QLabel*>()->text(), u"1 background task is under way: Cancel 3 jobs."_s);
        test_support::shoot(*window->findChild<ui::QuitDialog*>(), u"quit-tasks"_s);
        press(*window->findChild<ui::QuitDialog*>(), choice);
        QCOMPARE(aborted.count(), aborts);
        (void)window->session().backend()->stopWorkers(core::backend::Backend::Stop::Finish).wait();    // after the program's own
        QCoreApplication::sendPostedEvents();
        QCOMPARE(finished.count(), 0);    // not while it runs
        task->end(u"3 cancelled"_s);
        QTRY_COMPARE(finished.count(), 1);
    }

    void quittingLeavesOtherProgramsJobsAlone()
    {
        test_support::StoryFixture store;
        QCOMPARE(store.open(), QString());
        run(store, false);
        DeskOf desk(store);
        Console& console = desk.console;
        QSignalSpy finished(&console, &Console::finished);
        auto* window = console.openWindow(profileOf(store, u"one"_s));
        QTRY_VERIFY(window->session().isOpen());
        console.quit();
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!window->findChild<ui::QuitDialog*>());
    }

    void editsOfAConnectionAreNotDroppedWithoutAWord()
    {
        OpenDialog opened;
        QVERIFY(opened.dialog);
        auto& dialog = opened.dialog;
        auto* list = dialog->findChild<QListWidget*>();
        auto* name = dialog->findChild<QLineEdit*>();
        const int own = list->currentRow();
        const int other = own + 1;
        QCOMPARE(name->text(), u"one"_s);
        const auto question = [&] { return dialog->findChild<QMessageBox*>(); };
        list->setCurrentRow(other);
        QCOMPARE(name->text(), u"two"_s);    // nothing was edited: nothing is asked
        list->setCurrentRow(own);
        name->setText(u"one and a half"_s);
        list->setCurrentRow(other);
        QVERIFY(question());
        QCOMPARE(name->text(), u"one and a half"_s);
        QTRY_COMPARE(list->currentRow(), own);
        press(*question(), u"Go on editing"_s);
        QTRY_VERIFY(!question());
        QCOMPARE(name->text(), u"one and a half"_s);
        dialog->reject();
        QVERIFY(question() && dialog->isVisible());
        press(*question(), u"Save"_s);
        QTRY_VERIFY(!dialog);
        QCOMPARE(opened.connections.find(u"one"_s)->name, u"one and a half"_s);
    }

    void theVerdictOfATestStandsOnlyUnderItsConnection()
    {
        OpenDialog opened;
        QVERIFY(opened.dialog);
        auto& dialog = opened.dialog;
        const auto says = [&](const QString& text) {
            const auto labels = dialog->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(text); });
        };
        press(*dialog, u"Test"_s);
        QTRY_VERIFY(says(u"Folder"_s));
        press(*dialog, u"Test"_s);
        auto* list = dialog->findChild<QListWidget*>();
        list->setCurrentRow(list->currentRow() + 1);
        QVERIFY(!QTest::qWaitFor([&] { return says(u"Folder"_s); }, 500));
        press(*dialog, u"Test"_s);
        QTRY_VERIFY(says(u"Folder"_s));
    }

    void theLogMasksSecretsAndForgetsTheOldest()
    {
        ui::LogBuffer log;
        log.install();
        qWarning("password=hunter2 went by");
        const auto lines = log.after(0).lines;
        QVERIFY(!lines.isEmpty());
        QVERIFY(!log.text().contains("hunter2"));
        for (int i = 0; i < ui::LogBuffer::maxLines + 10; ++i)
            log.append(QString::number(i));
        QCOMPARE(log.after(0).lines.size(), ui::LogBuffer::maxLines);
        const auto last = log.after(0).last;
        QVERIFY(log.after(last).lines.isEmpty());
        qInstallMessageHandler(nullptr);
    }

    void everyHelpPageIsThere()
    {
        const auto topics = ui::helpTopics();
        for (const auto& [name, title] : topics)
            QVERIFY2(contentOf(u":/help/%1.md"_s.arg(name)).startsWith("# "), qPrintable(name));
    }

    void thePaletteFindsWordsInAnyOrder()
    {
        QVERIFY(ui::matchScore(u"dash go"_s, u"Go to Dashboard"_s) > 0);
        QVERIFY(ui::matchScore(u"go"_s, u"Go to Jobs"_s) > ui::matchScore(u"go"_s, u"Category"_s));
        QCOMPARE(ui::matchScore(u"xyz"_s, u"Go to Jobs"_s), 0);
    }
};

QTEST_MAIN(TestConsole)
#include "tst_console.moc"
