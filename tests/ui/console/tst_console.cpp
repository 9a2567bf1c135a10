// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/connections/connection_dialog.h"
#include "ui/connections/connection_store.h"
#include "ui/console/console.h"
#include "ui/console/log_buffer.h"
#include "ui/help/help_window.h"
#include "ui/palette/command_palette.h"
#include "ui/window/main_window.h"

#include <QFile>

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
        QTemporaryDir folder;
        ui::Preferences preferences(folder.filePath(u"console.ini"_s));
        ConnectionStore connections(folder.filePath(u"connections.json"_s));
        ui::LogBuffer log;
        Console console(preferences, connections, log);
        const auto profile = profileIn(folder, u"one"_s);
        auto* first = console.openWindow(profile);
        auto* second = console.openWindow(profile);
        auto* other = console.openWindow(profileIn(folder, u"two"_s));
        QCOMPARE(&first->session(), &second->session());
        QVERIFY(&first->session() != &other->session());
        QTRY_VERIFY(first->session().isOpen() && other->session().isOpen());
    }

    void whereOneWasSurvivesWithoutAProperEnd()
    {
        QTemporaryDir folder;
        const QString ini = folder.filePath(u"console.ini"_s);
        const auto profile = profileIn(folder, u"one"_s);
        ConnectionStore connections(folder.filePath(u"connections.json"_s));
        QVERIFY(connections.save(profile).has_value());
        ui::LogBuffer log;
        ui::Preferences preferences(ini);
        Console console(preferences, connections, log);
        auto* window = console.openWindow(profile);
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
        QTemporaryDir folder;
        ui::Preferences preferences(folder.filePath(u"console.ini"_s));
        ConnectionStore connections(folder.filePath(u"connections.json"_s));
        ui::LogBuffer log;
        Console console(preferences, connections, log);
        console.setKeepsPlaces(keeps);
        auto* window = console.openWindow(profileIn(folder, u"one"_s));
        QTRY_VERIFY(window->session().isOpen());
        window->close();    // the last window is the place to come back to
        QCOMPARE(!preferences.value(u"places"_s).toList().isEmpty(), keeps);
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
