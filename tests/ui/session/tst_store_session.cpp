// SPDX-License-Identifier: Apache-2.0
#include "core/database/database.h"
#include "tests/support/ui_fixture.h"

#include <QElapsedTimer>
#include <QFile>

using namespace Qt::StringLiterals;
using test_support::ConsoleFixture;

class TestStoreSession : public QObject {
    Q_OBJECT

    static int told(const QSignalSpy& spy, const core::JobId& id)
    {
        int events = 0;
        for (const auto& call : spy) {
            const auto list = call.first().value<QList<core::jobs::JobEvent>>();
            for (const auto& event : list)
                events += event.jobId == id;
        }
        return events;
    }

private slots:
    /// As when a person chooses another connection because this one does not come.
    void leavingAStoreThatIsStillBeingOpenedWaitsElsewhere()
    {
        test_support::EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        core::database::DatabaseOptions options;
        options.path = store.options.storePath;
        auto lock = core::database::Database::open(options);
        QVERIFY(lock && (*lock)->exec("BEGIN EXCLUSIVE").has_value());
        ui::ConnectionProfile profile;
        profile.storePath = store.options.storePath;
        profile.storagePath = store.options.storagePath;
        auto closer = std::make_shared<core::Lane>();
        auto session = std::make_unique<ui::StoreSession>(profile);
        session->setCloser(closer);
        session->open();
        QVERIFY(!QTest::qWaitFor([&] { return session->state() != ui::StoreSession::State::Opening; }, 300));
        QElapsedTimer clock;
        clock.start();
        session.reset();
        const auto took = clock.elapsed();
        QVERIFY((*lock)->exec("ROLLBACK").has_value());
        closer.reset();    // joins, as the program does at its end
        QVERIFY2(took < 500, qPrintable(u"%1 ms"_s.arg(took)));
    }

    void whatAnotherProcessDidIsTold()
    {
        ConsoleFixture console;
        QCOMPARE(console.open(), QString());
        QSignalSpy changed(console.session.get(), &ui::StoreSession::changed);
        QFile file(console.store.path(u"b.mp4"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("media");
        file.close();
        // the feed begins at what is newest as the session opens: a job of before is not told, the next one is
        QList<core::JobId> submitted;
        QTRY_VERIFY(([&] {
            const auto next =
                console.store.submit(core::JobType::SilenceDetect, {{"file_path", "b.mp4"}, {"min_silence_ms", 500 + submitted.size()}});
            if (next)
                submitted << next->jobId;
            return std::any_of(submitted.begin(), submitted.end(), [&](const core::JobId& id) { return told(changed, id) > 0; });
        })());
    }

    void whatItsOwnBackendCommitsIsToldHoweverFast()
    {
        ConsoleFixture console;
        QCOMPARE(console.open(), QString());
        QSignalSpy changed(console.session.get(), &ui::StoreSession::changed);
        QFile file(console.store.path(u"b.mp4"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("media");
        file.close();
        QList<core::JobId> submitted;
        // five commits in each turn, while this thread listens to none of them
        QTRY_VERIFY(([&] {
            for (int i = 0; i < 5; ++i) {
                core::tasks::SubmitRequest request;
                request.type = core::JobType::SilenceDetect;
                request.input = R"({"file_path":"b.mp4","min_silence_ms":)" + QByteArray::number(500 + submitted.size()) + '}';
                const auto made = console.session->backend()->submit(console.session->caller(), request).wait();
                submitted << (made ? made->jobId : core::JobId{made.error().message});
            }
            return std::any_of(submitted.begin(), submitted.end(), [&](const core::JobId& id) { return told(changed, id) > 0; });
        })());
    }

    void liveOffAsksNothing()
    {
        ConsoleFixture console;
        QCOMPARE(console.open(), QString());
        console.session->setLive(false);
        QSignalSpy changed(console.session.get(), &ui::StoreSession::changed);
        QSignalSpy muchChanged(console.session.get(), &ui::StoreSession::changedMuch);
        QFile file(console.store.path(u"b.mp4"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("media");
        file.close();
        // by its own backend, whose commits are told at once, and by another as a process beside it would
        core::tasks::SubmitRequest request;
        request.type = core::JobType::SilenceDetect;
        request.input = R"({"file_path":"b.mp4","min_silence_ms":500})";
        auto& backend = *console.session->backend();
        QVERIFY(backend.submit(console.session->caller(), request).wait().has_value());
        QVERIFY(console.store.submit(core::JobType::SilenceDetect, {{"file_path", "b.mp4"}, {"min_silence_ms", 501}}).has_value());
        QTimer::singleShot(700, &muchChanged,
                           [&muchChanged] { muchChanged.setProperty("later", true); });    // longer than between two polls
        QTRY_VERIFY(muchChanged.property("later").toBool());
        QCOMPARE(changed.count(), 0);
        QCOMPARE(muchChanged.count(), 0);
        console.session->setLive(true);
        QTRY_COMPARE(muchChanged.count(), 1);
        const auto next = console.store.submit(core::JobType::SilenceDetect, {{"file_path", "b.mp4"}, {"min_silence_ms", 502}});
        QVERIFY(next.has_value());
        QTRY_COMPARE(told(changed, next->jobId), 1);
    }

    void whatHappensAfterItIsOpenIsTold()
    {
        for (int round = 0; round < 5; ++round) {
            ConsoleFixture console;
            QCOMPARE(console.store.open(), QString());
            QFile file(console.store.path(u"b.mp4"_s));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("media");
            file.close();
            ui::ConnectionProfile profile;
            profile.storePath = console.store.options.storePath;
            profile.storagePath = console.store.options.storagePath;
            profile.workerThreads = 0;
            ui::StoreSession session(profile);
            QSignalSpy changed(&session, &ui::StoreSession::changed);
            core::JobId id;
            // the moment in which pages read for the first time: a job that comes right then is on no page, so the feed must tell
            connect(&session, &ui::StoreSession::stateChanged, this, [&] {
                const auto made = console.store.submit(core::JobType::SilenceDetect, {{"file_path", "b.mp4"}, {"min_silence_ms", 500}});
                id = made ? made->jobId : core::JobId{};
            });
            session.open();
            QTRY_VERIFY(!id.isEmpty());
            QTRY_COMPARE(told(changed, id), 1);
        }
    }

    void aStoreThatCannotBeOpenedHealsByItself()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"store.sqlite"_s);
        QFile garbage(path);
        QVERIFY(garbage.open(QIODevice::WriteOnly));
        garbage.write(QByteArray(8192, 'x'));
        garbage.close();
        ui::ConnectionProfile profile;
        profile.name = u"broken"_s;
        profile.storePath = path;
        profile.storagePath = folder.filePath(u"storage"_s);
        profile.workerThreads = 0;
        ui::StoreSession session(profile);
        session.open();
        QTRY_COMPARE(session.state(), ui::StoreSession::State::Unreachable);
        QVERIFY(!session.error().message.isEmpty());
        QVERIFY(session.nextTryInMs() > 0);
        QVERIFY(QFile::remove(path));
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), ui::StoreSession::State::Open, 20'000);
        QVERIFY(!session.unreachableSince());
    }
};

QTEST_MAIN(TestStoreSession)
#include "tst_store_session.moc"
