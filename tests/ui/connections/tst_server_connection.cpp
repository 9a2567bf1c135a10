// SPDX-License-Identifier: Apache-2.0
// A connection of the console to a store on a real Postgres server.
#include "core/backend/direct_backend.h"
#include "core/database/migrations.h"
#include "tests/support/keyed_user.h"
#include "tests/support/own_server.h"
#include "tests/support/test_store.h"
#include "tests/support/ui_fixture.h"
#include "ui/casefile/take_home_dialog.h"
#include "ui/connections/connection_dialog.h"
#include "ui/connections/connection_store.h"
#include "ui/connections/connection_test.h"
#include "ui/connections/secret_store.h"
#include "ui/console/console.h"
#include "ui/console/log_buffer.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/window/main_window.h"
#include "ui/window/unreachable_page.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using core::backend::DirectBackend;
using ui::ConnectionDialog;
using ui::ConnectionKind;
using ui::ConnectionProfile;
using ui::MainWindow;
using ui::StoreSession;

namespace {

const QString password = test_support::keyedPassword;

template <class Widget>
Widget* named(const QWidget& in, const QString& name)
{
    const auto all = in.findChildren<Widget*>();
    for (Widget* each : all) {
        if (each->accessibleName() == name)
            return each;
    }
    return nullptr;
}

void press(const QWidget& in, const QString& text)
{
    const auto buttons = in.findChildren<QPushButton*>();
    for (QPushButton* button : buttons) {
        if (button->text() == text && button->isVisible())
            return QTest::mouseClick(button, Qt::LeftButton);
    }
    QFAIL(qPrintable(u"There is no button "_s + text));
}

bool says(const QWidget& in, const QString& text)
{
    const auto labels = in.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
}

}

class ServerConnectionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test_support::TestStore> m_store;

    [[nodiscard]] core::backend::DirectBackendOptions options() const
    {
        core::backend::DirectBackendOptions options;
        options.storePath = m_store->path();
        options.storagePath = m_folder->filePath(u"storage"_s);
        return options;
    }
    [[nodiscard]] ConnectionProfile profile(const QString& url) const
    {
        ConnectionProfile profile;
        profile.id = u"server"_s;
        profile.name = u"media-dev"_s;
        profile.kind = ConnectionKind::Postgres;
        profile.environment = ui::Environment::Development;
        profile.storePath = url;
        profile.storagePath = m_folder->filePath(u"storage"_s);
        profile.workerThreads = 0;
        return profile;
    }
    /// The same store as a user whom the server asks for the password.
    [[nodiscard]] QString keyedUrl() const { return test_support::asKeyedUser(m_store->path()); }
    [[nodiscard]] static QStringList failed(const QList<ui::TestStage>& stages)
    {
        QStringList names;
        for (const ui::TestStage& stage : stages) {
            if (!stage.passed)
                names << stage.name;
        }
        return names;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(test_support::onPostgres(), "SIGNALBOX_TEST_POSTGRES names the place of the tests' server: see tests/support/postgres.sh");
        test_support::useConsoleLook();
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<test_support::TestStore>(m_folder->path());
        QDir().mkpath(m_folder->filePath(u"storage"_s));
    }
    void cleanup()
    {
        m_store.reset();
        m_folder.reset();
    }

    void aNewOneBeginsCarefulAndKeepsNoPassword()
    {
        const QString file = m_folder->filePath(u"connections.json"_s);
        ui::ConnectionStore connections(file);
        ui::SecretStore secrets(u"signalbox-test"_s);
        QPointer dialog = new ConnectionDialog(connections, secrets, {});
        dialog->show();
        press(*dialog, u"Add"_s);
        auto* kind = named<QComboBox>(*dialog, u"Kind"_s);
        QVERIFY(!named<QLineEdit>(*dialog, u"Address"_s)->isVisible());
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_Down);
        auto* address = named<QLineEdit>(*dialog, u"Address"_s);
        QVERIFY(address->isVisible() && !named<QLineEdit>(*dialog, u"Store"_s)->isVisible());
        QVERIFY(dialog->findChild<QCheckBox*>()->isChecked());    // read only
        QCOMPARE(dialog->findChild<QSpinBox*>()->value(), 0);
        QCOMPARE(named<QComboBox>(*dialog, u"Environment"_s)->currentText(), u"PRODUCTION"_s);

        named<QLineEdit>(*dialog, u"Name"_s)->setText(u"media-prod"_s);
        address->setText(u"postgres://ann:s3cret@db.example.org/jobs"_s);
        press(*dialog, u"Save"_s);
        QVERIFY(says(*dialog, u"A password has no place in a store's URL"_s));
        QVERIFY(!QFile::exists(file));
        address->setText(keyedUrl());
        named<QLineEdit>(*dialog, u"Password"_s)->setText(password);
        auto* place = named<QComboBox>(*dialog, u"Where the secret is kept"_s);
        place->setCurrentIndex(place->findData(static_cast<int>(ui::SecretPlace::Session)));
        press(*dialog, u"Test"_s);
        QTRY_VERIFY_WITH_TIMEOUT(says(*dialog, u"signalboxctl migrate --store"_s), 20'000);    // logged in with what was typed
        QVERIFY(says(*dialog, u"as keyed in the database postgres"_s));
        test_support::shoot(*dialog, u"connection-server"_s);
        press(*dialog, u"Save"_s);
        QTRY_VERIFY(says(*dialog, u"Kept until this program ends."_s));
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const QByteArray text = saved.readAll();
        QVERIFY2(text.contains("\"store_url\"") && text.contains("\"postgres\"") && !text.contains(password.toUtf8()), text.constData());
        ui::ConnectionStore again(file);
        QCOMPARE(again.profiles().constLast().kind, ConnectionKind::Postgres);
        QCOMPARE(again.profiles().constLast().storePath, keyedUrl());
        delete dialog.data();
    }

    void theTestGoesStepByStep_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("stopsAt");
        QTest::addColumn<QString>("says");
        QTest::newRow("all") << u"as it is"_s << QString() << QString() << u"may read and change"_s;
        QTest::newRow("no URL") << u"db.example.org"_s << QString() << u"Address"_s << u"no URL of a store"_s;
        QTest::newRow("no such name") << u"postgres://ann@db.invalid/jobs"_s << QString() << u"Name resolved"_s << u"db.invalid"_s;
        QTest::newRow("nobody there") << u"postgres://ann@127.0.0.1:1/jobs"_s << QString() << u"Host reached"_s << u"port 1"_s;
        QTest::newRow("no socket") << u"postgres:///jobs?host=/nowhere"_s << QString() << u"Host reached"_s << u"no server listens there"_s;
        QTest::newRow("no such user") << u"user=nobody_of_that_name"_s << QString() << u"Session"_s << u"nobody_of_that_name"_s;
        QTest::newRow("no such database") << u"/no_such_database"_s << QString() << u"Session"_s << u"no_such_database"_s;
        QTest::newRow("wrong password") << u"keyed"_s << u"wrong"_s << u"Session"_s << u"keyed"_s;
        QTest::newRow("right password") << u"keyed"_s << password << QString() << u"as keyed"_s;
    }
    void theTestGoesStepByStep()
    {
        QFETCH(QString, url);
        QFETCH(QString, typed);
        QFETCH(QString, stopsAt);
        QFETCH(QString, says);
        QVERIFY(DirectBackend::open(options()));    // makes the tables
        QString place = url.contains(u"://"_s) || url == u"db.example.org"_s ? url : m_store->path();
        if (url.startsWith(u"user="_s))
            place.replace(u"user=postgres"_s, url);
        else if (url.startsWith(u'/'))
            place.replace(u"/postgres?"_s, url + u'?');
        else if (url == u"keyed"_s)
            place = keyedUrl();
        const auto stages = ui::testConnection(profile(place), typed);
        QStringList lines;
        for (const ui::TestStage& stage : stages)
            lines << stage.name + u": "_s + stage.detail;
        QVERIFY2(lines.join(u'\n').contains(says), qPrintable(lines.join(u'\n')));
        QCOMPARE(failed(stages), stopsAt.isEmpty() ? QStringList() : QStringList{stopsAt});
        QVERIFY(!lines.join(u'\n').contains(password));
    }

    void aWindowOpensWithThePasswordAndSeesWhatOthersDo()
    {
        const auto others = DirectBackend::open(options());
        QVERIFY(others);
        const core::Caller caller{.operatorName = u"ann"_s, .connection = u"test"_s};
        const auto submit = [&](const QByteArray& input) {
            core::tasks::SubmitRequest request;
            request.type = core::JobType::SilenceDetect;
            request.input = input;
            return (*others)->submit(caller, request).wait();
        };
        QVERIFY(QFile::copy(qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/speech.wav"_s, m_folder->filePath(u"storage/a.wav"_s)));
        const auto first = submit(R"({"file_path":"a.wav"})");
        QVERIFY2(first, first ? "" : qPrintable(first.error().message));
        ui::Preferences preferences(m_folder->filePath(u"console.ini"_s));
        ui::ConnectionStore connections(m_folder->filePath(u"connections.json"_s));
        ui::LogBuffer log;
        log.install();
        ui::Console console(preferences, connections, log);
        const ConnectionProfile server = profile(keyedUrl());
        QVERIFY(connections.save(server));
        QPointer window = console.openWindow(server);
        // without the password: the page says so, and does not try it again by itself
        QTRY_COMPARE_WITH_TIMEOUT(window->session().state(), StoreSession::State::Unreachable, 15'000);
        QVERIFY(says(*window, u"The login was refused"_s));
        QTRY_VERIFY(says(*window, u"Not tried again by itself"_s));
        QCOMPARE(window->session().nextTryInMs(), 0);
        window->resize(1200, 800);
        auto* page = window->findChild<ui::UnreachablePage*>();
        QVERIFY(page->details().contains(u"store_login"_s));
        QTRY_VERIFY(page->stagesText().contains(u"Session refused"_s));
        test_support::shoot(*window, u"server-login-refused"_s);

        emit window->manageConnectionsAsked();
        QPointer dialog = window->findChild<ConnectionDialog*>();
        QVERIFY(dialog);
        auto* list = dialog->findChild<QListWidget*>();
        list->setCurrentRow(list->count() - 1);
        QTRY_COMPARE(named<QLineEdit>(*dialog, u"Name"_s)->text(), u"media-dev"_s);
        named<QLineEdit>(*dialog, u"Password"_s)->setText(password);
        auto* place = named<QComboBox>(*dialog, u"Where the secret is kept"_s);
        place->setCurrentIndex(place->findData(static_cast<int>(ui::SecretPlace::Session)));
        press(*dialog, u"Save and open"_s);
        QTRY_VERIFY_WITH_TIMEOUT(window->session().isOpen(), 15'000);
        QTRY_COMPARE(window->jobsPage().model()->rowCount(), 1);
        const auto second = submit(R"({"file_path":"a.wav","noise_db":-50})");
        QVERIFY(second);
        QTRY_COMPARE(window->jobsPage().model()->rowCount(), 2);    // told, without being asked
        QTRY_COMPARE(window->jobsPage().model()->rowAt(0).id(), second->jobId);
        QVERIFY(says(*window, u"Development \u00b7 PostgreSQL"_s));
        test_support::shoot(*window, u"server-open"_s);
        QVERIFY(!log.text().contains(password.toUtf8()));
        window->close();
    }

    void aJobComesHomeWithItsFile()
    {
        const auto others = DirectBackend::open(options());
        QVERIFY(others);
        QVERIFY(QFile::copy(qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/speech.wav"_s, m_folder->filePath(u"storage/a.wav"_s)));
        core::tasks::SubmitRequest request;
        request.type = core::JobType::SilenceDetect;
        request.input = R"({"file_path":"a.wav"})";
        const auto job = (*others)->submit({.operatorName = u"ann"_s, .connection = u"test"_s}, request).wait();
        QVERIFY(job);
        ui::Preferences preferences(m_folder->filePath(u"console.ini"_s));
        ui::ConnectionStore connections(m_folder->filePath(u"connections.json"_s));
        ConnectionProfile home;
        home.id = u"home"_s;
        home.name = u"My computer"_s;
        home.storePath = m_folder->filePath(u"home.db"_s);
        home.storagePath = m_folder->filePath(u"home"_s);
        home.workerThreads = 0;
        QVERIFY(connections.save(home) && connections.remove(ui::ConnectionStore::embeddedDefault().id));
        ui::LogBuffer log;
        ui::Console console(preferences, connections, log);
        ConnectionProfile server = profile(m_store->path());
        server.readOnly = true;    // looking is enough
        QPointer window = console.openWindow(server);
        QTRY_VERIFY_WITH_TIMEOUT(window->session().isOpen(), 15'000);
        QTRY_COMPARE(window->jobsPage().model()->rowCount(), 1);
        window->showJob(job->jobId);
        const auto acts = window->acts();
        const auto take = std::find_if(acts.begin(), acts.end(), [](const QAction* act) { return act->text() == u"Take this job home"_s; });
        QVERIFY(take != acts.end());
        QTRY_VERIFY((*take)->isEnabled());
        (*take)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(console.windows().size(), 2, 15'000);
        MainWindow& own = *console.windows().last();
        QTRY_VERIFY_WITH_TIMEOUT(own.findChild<ui::TakeHomeDialog*>(), 15'000);
        auto* dialog = own.findChild<ui::TakeHomeDialog*>();
        QTRY_VERIFY(dialog->summary());
        press(*dialog, u"Take 1 job home"_s);
        QTRY_COMPARE_WITH_TIMEOUT(own.jobsPage().model()->rowCount(), 1, 15'000);
        QCOMPARE(own.jobsPage().model()->rowAt(0).id(), job->jobId);
        QCOMPARE(QFileInfo(m_folder->filePath(u"home/a.wav"_s)).size(), QFileInfo(m_folder->filePath(u"storage/a.wav"_s)).size());
        (void)own.session().backend()->stopWorkers(core::backend::Backend::Stop::Finish).wait();
    }

    void aSchemaThatIsMissingIsToldWithItsCommandAndStaysMissing()
    {
        StoreSession session(profile(m_store->path()));
        session.open();
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), StoreSession::State::Unreachable, 15'000);
        QCOMPARE(session.error().code, u"store_old"_s);
        QVERIFY2(session.error().message.contains(u"signalboxctl migrate --store"_s), qPrintable(session.error().message));
        QVERIFY(ui::troubleOf(session.error(), m_store->path()).advice.contains(u"never changes the schema"_s));
        core::database::DatabaseOptions look;
        look.path = m_store->path();
        const auto database = core::database::Database::open(look);
        const auto tables = (*database)
                                ->prepare("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
                                .fetchOne([](core::database::Row& row) { return row.int64(); });
        QCOMPARE(tables->value_or(-1), 0);
    }

    void theStagedTestSaysWhetherItIsEncryptedAndWhichCertificateIsWrong()
    {
        test_support::OwnServer secure;
        QVERIFY(secure.startSecure());
        const auto lineOf = [](const QList<ui::TestStage>& stages, const QString& name) {
            const auto found = std::find_if(stages.begin(), stages.end(), [&](const ui::TestStage& stage) { return stage.name == name; });
            return found == stages.end() ? u"none"_s : (found->passed ? u"yes: "_s : u"no: "_s) + found->detail;
        };
        const auto taken = ui::testConnection(profile(secure.farUrl(u"db.example.test"_s)));
        QVERIFY2(lineOf(taken, u"Encrypted"_s).startsWith(u"yes: TLSv1."_s), qPrintable(lineOf(taken, u"Encrypted"_s)));
        const auto refused = ui::testConnection(profile(secure.farUrl(u"db.example.test"_s, u"stranger"_s)));
        QVERIFY2(
            lineOf(refused, u"Encrypted"_s).startsWith(u"no: The certificate of db.example.test is signed by \"Authority of the tests\""_s),
            qPrintable(lineOf(refused, u"Encrypted"_s)));
        QCOMPARE(refused.constLast().name, u"Encrypted"_s);    // and no login is tried
        StoreSession session(profile(secure.farUrl(u"elsewhere.example.test"_s)));
        session.open();
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), StoreSession::State::Unreachable, 15'000);
        QVERIFY(!session.triesAgain());
        const auto trouble = ui::troubleOf(session.error(), session.profile().storePath);
        QVERIFY2(trouble.cause.contains(u"the certificate of db.example.test"_s) &&
                     trouble.cause.contains(u"not of elsewhere.example.test"_s),
                 qPrintable(trouble.cause));
    }

    /// A server of its own: it is killed as the process would be, and comes back.
    void aWindowHealsWithinFiveSecondsOfTheServersReturn()
    {
        const QString place = m_folder->filePath(u"server"_s);
        const auto server = [&](const QString& verb) { return QProcess::execute(QStringLiteral(POSTGRES_SCRIPT), {verb, place}) == 0; };
        QVERIFY(server(u"start"_s));
        const auto stop = qScopeGuard([&] { server(u"stop"_s); });
        auto made = options();
        made.storePath = u"postgres:///postgres?user=postgres&host="_s + QFileInfo(place + u"/socket"_s).symLinkTarget();
        QVERIFY(DirectBackend::open(made));
        auto session = std::make_shared<StoreSession>(profile(made.storePath));
        session->open();
        ui::Preferences preferences(m_folder->filePath(u"console.ini"_s));
        QPointer window = new MainWindow(session, preferences);
        window->show();
        QTRY_VERIFY_WITH_TIMEOUT(session->isOpen(), 15'000);
        QVERIFY(server(u"crash"_s));
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), StoreSession::State::Unreachable, 20'000);
        QVERIFY(server(u"again"_s));
        QElapsedTimer clock;
        clock.start();
        QTRY_VERIFY_WITH_TIMEOUT(session->isOpen(), 30'000);
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
        delete window.data();
    }
};

QTEST_MAIN(ServerConnectionTest)
#include "tst_server_connection.moc"
