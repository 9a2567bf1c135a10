// SPDX-License-Identifier: Apache-2.0
// What a server does to a session of the console: it comes late, changes a password, or comes back with less than it had.
#include "core/database/migrations.h"
#include "tests/support/own_server.h"
#include "tests/support/ui_fixture.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using core::backend::DirectBackend;
using test_support::OwnServer;
using ui::StoreSession;

class TestServerSession : public QObject {
    Q_OBJECT

    [[nodiscard]] ui::ConnectionProfile profile(const QString& user = u"postgres"_s) const
    {
        ui::ConnectionProfile profile;
        profile.name = u"media-dev"_s;
        profile.kind = ui::ConnectionKind::Postgres;
        profile.storePath = m_server->url(user);
        profile.storagePath = m_folder->filePath(u"storage"_s);
        profile.workerThreads = 0;
        return profile;
    }
    [[nodiscard]] std::unique_ptr<core::database::Database> administrator() const
    {
        core::database::DatabaseOptions options;
        options.path = m_server->url();
        auto opened = core::database::Database::open(options);
        return opened ? std::move(*opened) : nullptr;
    }
    /// The program of somebody else, which submits one more job: its id.
    [[nodiscard]] core::JobId submitted(int silence, const QString& url = {}) const
    {
        core::backend::DirectBackendOptions options;
        options.storePath = url.isEmpty() ? m_server->url() : url;
        options.storagePath = m_folder->filePath(u"storage"_s);
        const auto other = DirectBackend::open(options);
        core::tasks::SubmitRequest request;
        request.type = core::JobType::SilenceDetect;
        request.input = R"({"file_path":"a.wav","min_silence_ms":)" + QByteArray::number(silence) + '}';
        const auto made = other ? (*other)->submit({.operatorName = u"ann"_s, .connection = u"test"_s}, request).wait()
                                : core::Result<core::tasks::SubmitAnswer>(core::errorOf(other));
        return made ? made->jobId : core::JobId{made.error().message};
    }
    static bool isTold(const QSignalSpy& spy, const core::JobId& id)
    {
        return std::any_of(spy.begin(), spy.end(), [&](const auto& call) {
            const auto events = call.first().template value<QList<core::jobs::JobEvent>>();
            return std::any_of(events.begin(), events.end(), [&](const core::jobs::JobEvent& event) { return event.jobId == id; });
        });
    }
    [[nodiscard]] bool copyData(const QString& from, const QString& to) const
    {
        const QString folder = m_server->url().section(u"host="_s, 1);
        return QDir(folder + u'/' + to).removeRecursively() &&
               QProcess::execute(u"cp"_s, {u"-a"_s, folder + u'/' + from, folder + u'/' + to}) == 0;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_folder->path().toUtf8());
        m_server = std::make_unique<OwnServer>();
        QVERIFY(m_server->start());
        const auto owner = administrator();
        QVERIFY(owner && core::database::migrate(*owner));
        QVERIFY(QDir().mkpath(m_folder->filePath(u"storage"_s)));
        QVERIFY(QFile::copy(qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/speech.wav"_s, m_folder->filePath(u"storage/a.wav"_s)));
    }
    void cleanup()
    {
        m_server.reset();
        m_folder.reset();
    }

    void oneThatIsAwayAtTheStartIsFoundWithinFiveSeconds()
    {
        QVERIFY(m_server->crash());
        StoreSession session(profile());
        session.open();
        QTRY_VERIFY_WITH_TIMEOUT(session.tries() >= 4, 30'000);    // where a file would have waited 8 s
        QTRY_VERIFY(session.state() == StoreSession::State::Unreachable && session.nextTryInMs() > 0);
        QVERIFY2(session.tryIntervalMs() <= 3000, qPrintable(QString::number(session.tryIntervalMs())));
        QVERIFY(m_server->again());
        QElapsedTimer clock;
        clock.start();
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 30'000);
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    }

    void aPasswordThatIsRefusedIsNotTriedAgainAndTheNewOneIsTaken()
    {
        QVERIFY(administrator()->exec("CREATE ROLE ann LOGIN SUPERUSER PASSWORD 'one'"));
        QVERIFY(m_server->addLoginRule("local all ann scram-sha-256"));
        QVERIFY(administrator()->exec("SELECT pg_reload_conf()"));
        QString known = u"one"_s;
        int asked = 0;
        StoreSession session(profile(u"ann"_s));
        session.setPasswordSource([&](const std::function<void(const QString&)>& then) {
            ++asked;
            then(known);
        });
        session.open();
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 15'000);
        const auto* before = session.backend();
        QVERIFY(before->capabilities().canWrite);
        QVERIFY(administrator()->exec("ALTER ROLE ann PASSWORD 'two'"));
        QVERIFY(administrator()->exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ann'"));
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), StoreSession::State::Unreachable, 15'000);
        QCOMPARE(session.error().code, u"store_login"_s);
        QVERIFY(!session.triesAgain());
        // not even where the old one would be taken again: nobody has tried it
        QVERIFY(administrator()->exec("ALTER ROLE ann PASSWORD 'one'"));
        const auto answered = session.backend()->lastChange().wait();
        QVERIFY(!answered && answered.error().code == u"store_login"_s);
        QVERIFY(administrator()->exec("ALTER ROLE ann PASSWORD 'two'"));
        QCOMPARE(asked, 1);
        // a person tries again before they have typed it: asked anew, and refused
        session.tryNow();
        QTRY_COMPARE(asked, 2);
        QTRY_VERIFY_WITH_TIMEOUT(!session.triesAgain() && session.state() == StoreSession::State::Unreachable, 15'000);
        QVERIFY(!session.isOpen());
        known = u"two"_s;
        session.tryNow();
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 15'000);
        QCOMPARE(asked, 3);
        QVERIFY(session.backend() != before);
        QSignalSpy changed(&session, &StoreSession::changed);
        const auto id = submitted(500);
        QTRY_VERIFY_WITH_TIMEOUT(isTold(changed, id), 15'000);
        QVERIFY(session.backend()->jobStory(id).wait());
    }

    void aRestoredServerIsFollowedFromWhereItIs()
    {
        QVERIFY(m_server->crash());
        QVERIFY(copyData(u"data"_s, u"before"_s));
        QVERIFY(m_server->again());
        StoreSession session(profile());
        session.open();
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 15'000);
        QSignalSpy changed(&session, &StoreSession::changed);
        core::JobId last;
        for (int i = 0; i < 5; ++i)
            last = submitted(500 + i);
        QTRY_VERIFY_WITH_TIMEOUT(isTold(changed, last), 15'000);
        QVERIFY(m_server->crash());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), StoreSession::State::Unreachable, 20'000);
        QVERIFY(copyData(u"before"_s, u"data"_s));
        QSignalSpy readAgain(&session, &StoreSession::changedMuch);
        QVERIFY(m_server->again());
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 30'000);
        QTRY_VERIFY(readAgain.count() > 0);
        const auto next = submitted(900);
        QTRY_VERIFY_WITH_TIMEOUT(isTold(changed, next), 15'000);
    }

    /// Another server takes over an address between two looks, and lacks what the first did last: no answer fails.
    void aServerThatTakesOverIsFollowedFromWhereItIs()
    {
        OwnServer other;
        QVERIFY(other.start());
        const QString link = m_folder->filePath(u"at"_s);
        const auto folderOf = [](const OwnServer& server) { return server.url().section(u"host="_s, 1); };
        QVERIFY(QFile::link(folderOf(*m_server), link));
        auto throughLink = profile();
        throughLink.storePath.replace(folderOf(*m_server), link);
        core::database::DatabaseOptions ofOther;
        ofOther.path = other.url();
        const auto successor = core::database::Database::open(ofOther);
        QVERIFY(successor && core::database::migrate(**successor));
        const auto first = administrator();
        for (int i = 0; i < 500; ++i)    // so far ahead
            QVERIFY(first->exec("SELECT pg_current_xact_id()"));
        StoreSession session(throughLink);
        session.open();
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 15'000);
        QVERIFY(QFile::remove(link) && QFile::link(folderOf(other), link));
        QSignalSpy readAgain(&session, &StoreSession::changedMuch);
        QVERIFY(first->exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                            "AND backend_type = 'client backend'"));
        QTRY_VERIFY_WITH_TIMEOUT(readAgain.count() > 0, 20'000);
        QSignalSpy changed(&session, &StoreSession::changed);
        const auto next = submitted(600, throughLink.storePath);
        QTRY_VERIFY_WITH_TIMEOUT(isTold(changed, next), 15'000);
    }

    /// At the time the help says, by the constants: a look of 5 s, a read of 10 s and 3 s to give it up, 5 s to find nobody.
    void aServerThatStandsStillIsSaidSoWithin25Seconds()
    {
        StoreSession session(profile());
        session.open();
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 15'000);
        m_server->pause();
        QElapsedTimer clock;
        clock.start();
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), StoreSession::State::Unreachable, 60'000);
        const auto took = clock.restart();
        m_server->resume();
        QVERIFY2(took < 25'000, qPrintable(QString::number(took)));
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), 30'000);
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<OwnServer> m_server;
};

QTEST_MAIN(TestServerSession)
#include "tst_server_session.moc"
