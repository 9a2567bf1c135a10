// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "tests/ui/notify/fake_notification_service.h"
#include "ui/console/preferences_dialog.h"
#include "ui/notify/job_notices.h"
#include "ui/notify/notice_choice.h"
#include "ui/notify/notices.h"
#include "ui/window/main_window.h"
#include "ui/window/task_area.h"

#include <QCheckBox>

using namespace Qt::StringLiterals;
using test_support::ConsoleFixture;
using test_support::FakeNotificationService;
using test_support::PrivateBus;
using ui::DesktopNotifier;
using ui::JobNotices;
using ui::NoticeKind;

/// Desktop notifications, on a bus of the test's own with a fake notification service.
class NoticesTest : public QObject {
    Q_OBJECT

private:
    /// Of as many jobs, that have just been cancelled.
    static QList<core::jobs::JobEvent> eventsOf(int count, const QString& actor)
    {
        QList<core::jobs::JobEvent> events(count);
        for (int i = 0; i < count; ++i) {
            events[i].jobId = core::JobId{u"job-%1"_s.arg(i)};
            events[i].eventType = u"cancel_requested"_s;
            events[i].statusText = u"CANCELLED"_s;
            events[i].actor = actor;
            events[i].createdAt = core::base::systemNow();
        }
        return events;
    }

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        QCOMPARE(m_bus.start(), QString());
    }
    void init()
    {
        ++m_round;
        m_console = std::make_unique<ConsoleFixture>();
        QCOMPARE(m_console->open(), QString());
        m_service = std::make_unique<FakeNotificationService>();
        QVERIFY(m_service->offer(m_bus.connect(u"service-%1"_s.arg(m_round))));
        m_notifier = std::make_unique<DesktopNotifier>(m_bus.connect(u"console-%1"_s.arg(m_round)));
        m_notices = new JobNotices(*m_console->session, m_console->preferences, *m_notifier, m_console->session.get());
        m_notices->setGap(std::chrono::milliseconds(0));
        QTRY_VERIFY(m_console->session->isOpen());
    }
    void cleanup()
    {
        m_console.reset();
        m_notifier.reset();
        m_service.reset();
        QDBusConnection::disconnectFromBus(u"service-%1"_s.arg(m_round));
        QDBusConnection::disconnectFromBus(u"console-%1"_s.arg(m_round));
    }

    void oneEndIsToldAndAClickShowsItsJob()
    {
        QSignalSpy chosen(m_notices, &JobNotices::chosen);
        const auto job = submit();
        QVERIFY(post(job, {{"status", "FAILED"}, {"error_message", "ffmpeg ended with exit code 1"}}));
        QTRY_COMPARE(m_service->shown.size(), 1);
        const auto& shown = m_service->shown.first();
        QVERIFY2(shown.title.contains(u"FAILED"_s), qPrintable(shown.title));
        QVERIFY2(shown.body.contains(u"exit code 1"_s), qPrintable(shown.body));
        QCOMPARE(shown.actions.value(0), u"default"_s);
        emit m_service->ActionInvoked(shown.id + 7, u"default"_s);    // of another program
        emit m_service->ActionInvoked(shown.id, u"default"_s);
        QTRY_COMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().value<core::JobId>(), job);
        emit m_service->ActionInvoked(shown.id, u"default"_s);
        QVERIFY(post(submit(), {{"status", "DONE"}, {"output_data", {{"segments", nlohmann::json::array()}}}}));
        QTRY_COMPARE(m_service->shown.size(), 2);
        QCOMPARE(chosen.count(), 1);
    }

    void manyEndsAreOneNotificationWithCounts()
    {
        for (int i = 0; i < 5; ++i)
            QVERIFY(post(submit(), {{"status", i < 2 ? "FAILED" : "DONE"}, {"output_data", {{"segments", nlohmann::json::array()}}}}));
        QTRY_COMPARE(m_service->shown.size(), 1);
        QCOMPARE(m_service->shown.first().title, u"5 jobs ended"_s);
        QVERIFY2(m_service->shown.first().body.endsWith(u"2 FAILED, 3 DONE"_s), qPrintable(m_service->shown.first().body));
        QVERIFY(post(submit(), {{"status", "FAILED"}}) && post(submit(), {{"status", "FAILED"}}));
        QTRY_COMPARE(m_service->shown.size(), 2);
        QCOMPARE(m_service->shown.last().replaced, m_service->shown.first().id);    // not a heap of them
    }

    void eachKindCanBeSwitchedOff_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("status");
        QTest::newRow("done") << static_cast<int>(NoticeKind::Done) << u"DONE"_s;
        QTest::newRow("failed") << static_cast<int>(NoticeKind::Failed) << u"FAILED"_s;
        QTest::newRow("cancelled") << static_cast<int>(NoticeKind::Cancelled) << u"CANCELLED"_s;
    }
    void eachKindCanBeSwitchedOff()
    {
        QFETCH(int, kind);
        QFETCH(QString, status);
        ui::setWantsNotices(m_console->preferences, static_cast<NoticeKind>(kind), false);
        const auto off = submit();
        QVERIFY(end(off, status));
        const auto other = submit();    // of another kind: shows that the first was passed over, not late
        QVERIFY(end(other, status == "FAILED"_L1 ? u"DONE"_s : u"FAILED"_s));
        QTRY_COMPARE(m_service->shown.size(), 1);
        QVERIFY(!m_service->shown.first().title.contains(u"jobs ended"_s));
        QVERIFY(!m_service->shown.first().title.contains(status));
    }

    void whatThePersonJustDidIsNotTold_data()
    {
        QTest::addColumn<bool>("isLookedAt");
        QTest::newRow("the window has the focus") << true;
        QTest::newRow("another window has it") << false;
    }
    void whatThePersonJustDidIsNotTold()
    {
        QFETCH(bool, isLookedAt);
        m_notices->setIsLookedAt([isLookedAt] { return isLookedAt; });
        const auto mine = submit();
        const auto cancelled = m_console->session->backend()->cancel(m_console->session->caller(), mine, u"wrong file"_s).wait();
        QVERIFY(cancelled);
        const auto theirs = submit();
        QVERIFY(end(theirs, u"FAILED"_s));
        QTRY_COMPARE(m_service->shown.size(), 1);
        QCOMPARE(m_service->shown.first().title == u"2 jobs ended"_s, !isLookedAt);
    }

    void whatEndedLongAgoIsNotTold()
    {
        using namespace std::chrono_literals;
        core::jobs::JobEvent event;
        event.jobId = core::JobId{u"brought-in"_s};
        event.eventType = u"status"_s;
        event.statusText = u"DONE"_s;
        event.createdAt = core::base::systemNow() - 1h;
        emit m_console->session->changed({event});
        QVERIFY(end(submit(), u"FAILED"_s));
        QTRY_COMPARE(m_service->shown.size(), 1);
        QVERIFY(!m_service->shown.first().title.contains(u"jobs ended"_s));
    }

    void whatEndedInAFloodIsToldAsMany()
    {
        emit m_console->session->overran(eventsOf(5000, u"somebody"_s));
        emit m_console->session->changedMuch();
        QTRY_COMPARE(m_service->shown.size(), 1);
        QCOMPARE(m_service->shown.first().title, u"5,000 jobs ended"_s);
    }

    void actsOnManyDoNotHoldTheWindowUp()
    {
        m_notices->setIsLookedAt([] { return true; });
        const QString person = m_console->session->caller().operatorName;
        QElapsedTimer took;
        took.start();
        emit m_console->session->changed(eventsOf(30'000, person));
        for (int i = 0; i < 6; ++i)
            emit m_console->session->changed(eventsOf(4'999, person));
        QVERIFY2(took.elapsed() < 1500 * std::max(1, qEnvironmentVariableIntValue("SIGNALBOX_TEST_TIMEOUT_SCALE")),
                 qPrintable(QString::number(took.elapsed())));
        QVERIFY(end(submit(), u"FAILED"_s));
        QTRY_COMPARE(m_service->shown.size(), 1);
        QVERIFY(!m_service->shown.first().title.contains(u"jobs ended"_s));
    }

    void wordsOfAJobAreNoMarkup_data()
    {
        QTest::addColumn<bool>("takesMarkup");
        QTest::newRow("a service with markup") << true;
        QTest::newRow("a service without") << false;
    }
    void wordsOfAJobAreNoMarkup()
    {
        QFETCH(bool, takesMarkup);
        if (takesMarkup)
            m_service->capabilities << u"body-markup"_s;
        QVERIFY(post(submit(), {{"status", "FAILED"}, {"error_message", "<b>bold</b>\nnext"}}));
        QTRY_COMPARE(m_service->shown.size(), 1);
        const QString body = m_service->shown.first().body;
        QCOMPARE(body.contains(u"<b>"_s), !takesMarkup);
        QCOMPARE(body.contains(u"&lt;b&gt;"_s), takesMarkup);
        QVERIFY(!body.contains(u'\n'));
    }

    void withoutAServiceNothingIsSaid()
    {
        const QString lonely = u"lonely-%1"_s.arg(m_round);
        PrivateBus bus;
        QCOMPARE(bus.start(), QString());
        {
            DesktopNotifier notifier(bus.connect(lonely));
            notifier.show({u"a"_s, u"b"_s}, {}, [] {});
            FakeNotificationService late;    // it comes while the console runs
            QVERIFY(late.offer(bus.connect(u"late"_s)));
            QTRY_VERIFY([&] {
                if (late.shown.isEmpty())
                    notifier.show({u"c"_s, u"d"_s}, {}, [] {});
                return !late.shown.isEmpty();
            }());
        }
        QDBusConnection::disconnectFromBus(lonely);
        QDBusConnection::disconnectFromBus(u"late"_s);
    }

    void withoutABusNothingIsSaid()
    {
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("XDG_RUNTIME_DIR", m_console->store.folder.path().toLocal8Bit());
        DesktopNotifier notifier;
        notifier.show({u"a"_s, u"b"_s}, {}, [] {});
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
        qputenv("XDG_RUNTIME_DIR", runtime);
        QVERIFY(m_service->shown.isEmpty());
    }

    void aTaskIsToldWhenNobodyLooks_data()
    {
        QTest::addColumn<bool>("isLookedAt");
        QTest::addColumn<bool>("isWanted");
        QTest::newRow("nobody looks") << false << true;
        QTest::newRow("the window has the focus") << true << true;
        QTest::newRow("switched off") << false << false;
    }
    void aTaskIsToldWhenNobodyLooks()
    {
        QFETCH(bool, isLookedAt);
        QFETCH(bool, isWanted);
        ui::setWantsNotices(m_console->preferences, NoticeKind::Tasks, isWanted);
        auto session = std::make_shared<ui::StoreSession>(m_console->session->profile());
        ui::Notices notices(m_console->preferences, std::make_unique<DesktopNotifier>(m_bus.connect(u"console-%1"_s.arg(m_round))));
        auto* window = new ui::MainWindow(session, m_console->preferences);
        notices.follow(*window);
        if (isLookedAt) {
            window->show();
            QVERIFY(QTest::qWaitForWindowActive(window));
        }
        auto* task = new ui::BackgroundTask(u"Cancel 3 jobs"_s);
        window->tasks().add(task);
        task->report(1, 3);
        task->end(u"3 cancelled"_s);
        task->setResult([](const auto&, QWidget*) {});    // changes again, ends no second time
        QVERIFY(end(submit(), u"FAILED"_s));              // of the fixture's own notices: what comes after it would have come by then
        QTRY_VERIFY(!m_service->shown.isEmpty() && m_service->shown.last().title.contains(u"FAILED"_s));
        const auto told = std::count_if(m_service->shown.begin(), m_service->shown.end(), [](const auto& shown) {
            return shown.title == u"Cancel 3 jobs"_s && shown.body == u"3 cancelled"_s;
        });
        QCOMPARE(told, !isLookedAt && isWanted ? 1 : 0);
        delete window;
    }

    void thePreferencesSwitchThem()
    {
        auto* dialog = new ui::PreferencesDialog(m_console->preferences);
        dialog->show();
        const auto boxes = dialog->findChildren<QCheckBox*>();
        int switched = 0;
        for (QCheckBox* box : boxes) {
            if (!box->accessibleName().startsWith(u"Desktop notifications"_s))
                continue;
            QVERIFY(box->isChecked());
            box->setFocus();
            QTest::keyClick(box, Qt::Key_Space);
            ++switched;
        }
        QCOMPARE(switched, 4);
        for (const NoticeKind kind : {NoticeKind::Done, NoticeKind::Failed, NoticeKind::Cancelled, NoticeKind::Tasks})
            QVERIFY(!ui::wantsNotices(m_console->preferences, kind));
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        test_support::shoot(*dialog, u"preferences-notices"_s);
        dialog->close();
    }

private:
    [[nodiscard]] core::JobId submit()
    {
        QDir().mkpath(m_console->store.path(u"inputs"_s));
        const QString key = u"inputs/%1.wav"_s.arg(++m_files);
        QFile file(m_console->store.path(key));
        if (!file.open(QIODevice::WriteOnly) || file.write("media") != 5)
            return {};
        file.close();
        const auto answer = m_console->store.submit(core::JobType::SilenceDetect, {{"file_path", key.toStdString()}});
        return answer ? answer->jobId : core::JobId{};
    }
    [[nodiscard]] bool post(const core::JobId& id, const nlohmann::json& body) const
    {
        const auto& store = m_console->store;
        const auto done = store.backend->post(store.caller, id, QByteArray::fromStdString(body.dump()), core::tasks::Mode::Apply).wait();
        return done && done->outcome == core::webhooks::Outcome::Applied;
    }
    [[nodiscard]] bool end(const core::JobId& id, const QString& status) const
    {
        return post(id, {{"status", status.toStdString()}, {"output_data", {{"segments", nlohmann::json::array()}}}});
    }

    PrivateBus m_bus;
    std::unique_ptr<ConsoleFixture> m_console;
    std::unique_ptr<FakeNotificationService> m_service;
    std::unique_ptr<DesktopNotifier> m_notifier;
    JobNotices* m_notices = nullptr;
    int m_round = 0;
    int m_files = 0;
};

QTEST_MAIN(NoticesTest)
#include "tst_notices.moc"
