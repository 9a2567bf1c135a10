// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/webhook_event.h"
#include "core/webhooks/repository.h"
#include "tests/ui/inspector/story_fixture.h"
#include "ui/base/error_bar.h"
#include "ui/base/log_view.h"
#include "ui/base/record_table.h"
#include "ui/deliveries/delivery_view.h"
#include "ui/deliveries/stage_lamps.h"
#include "ui/inspector/artifact_preview.h"
#include "ui/inspector/artifacts_tab.h"
#include "ui/inspector/cancel_steps.h"
#include "ui/inspector/command_box.h"
#include "ui/inspector/error_box.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/payload_tab.h"
#include "ui/inspector/state_timeline.h"
#include "ui/inspector/why_panel.h"
#include "ui/media/wave_view.h"
#include "ui/payload/raw_area.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QToolButton>

#include <ctime>

using namespace Qt::StringLiterals;
using test_support::StoryFixture;
using ui::Inspector;
using ui::InspectorTab;

namespace {

template <class T>
T* inSight(QWidget& widget, const QString& accessibleName = {})
{
    const auto all = widget.findChildren<T*>();
    for (T* each : all) {
        if (each->isVisibleTo(&widget) && (accessibleName.isEmpty() || each->accessibleName() == accessibleName))
            return each;
    }
    return nullptr;
}

/// Milliseconds of this thread alone: what else the machine does is no stall of ours.
qint64 spentHere()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

bool says(QWidget& widget, const QString& text)
{
    const auto labels = widget.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->isVisibleTo(&widget) && label->text().contains(text); });
}

}

class TestInspector : public QObject {
    Q_OBJECT

    static void open(StoryFixture& store, Inspector& inspector)
    {
        Q_UNUSED(store)
        inspector.resize(576, 800);
        inspector.show();
        QVERIFY(QTest::qWaitForWindowExposed(&inspector));
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void aFailedJobTellsItsErrorCommandAndLog()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto other = store.failedCaptions(1);
        const auto id = store.failedCaptions();
        QVERIFY(!id.isEmpty() && !other.isEmpty());
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(id);
        QTRY_VERIFY(inSight<ui::ErrorBox>(inspector));
        QVERIFY(says(inspector, u"ffmpeg ended with exit code 1"_s));
        QVERIFY(says(inspector, u"ffmpeg_failed"_s));
        QTRY_VERIFY(inSight<QPushButton>(inspector) && says(inspector, u"2 jobs failed the same way"_s));
        auto* log = inSight<ui::LogView>(inspector, u"End of the log"_s);
        QVERIFY(log);
        QCOMPARE(log->lines().count(), 5);
        QCOMPARE(log->lines().visible(4), u"Conversion failed!"_s);
        inSight<ui::CommandBox>(inspector)->copy();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"-i 'uploads/2026-11/it'\\''s talk-07.mp4' -vf"_s));
        test_support::shoot(inspector, u"inspector-overview"_s);

        QSignalSpy filter(&store.navigator, &ui::Navigator::filterAsked);
        for (auto* button : inspector.findChildren<QPushButton*>()) {
            if (button->text().startsWith(u"Show 2 like this"))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(filter.size(), 1);
        QVERIFY(filter.first().first().toString().contains(u"error:\"ffmpeg_failed\""_s));

        // the log line that the panel found leads into the attempt's whole log
        for (auto* button : inspector.findChildren<QPushButton*>()) {
            if (button->text() == u"Log line 212" && button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        }
        QCOMPARE(inspector.currentTab(), InspectorTab::Attempts);
        log = inSight<ui::LogView>(inspector, u"Log of the attempt"_s);
        QVERIFY(log);
        QCOMPARE(log->lines().count(), 214);
        QCOMPARE(log->currentLine(), 211);
        auto* search = inSight<QLineEdit>(inspector, u"Find in the log"_s);
        QTest::keyClicks(search, u"CONVERSION"_s);
        QCOMPARE(log->currentLine(), 213);
        test_support::shoot(inspector, u"inspector-attempts"_s);
    }

    /// Nine tabs are most of what a window would have to build before it shows its first job.
    void aTabThatWasNeverShownIsNotBuilt()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.captions(1);
        const auto next = store.captions(2);
        Inspector inspector(store.context());
        open(store, inspector);
        const auto built = [&] {
            QStringList names;
            const auto tabs = inspector.findChildren<ui::StoryTab*>();
            for (const auto* each : tabs)
                names << each->accessibleName();
            names.sort();
            return names;
        };
        QCOMPARE(built(), QStringList());
        inspector.showJob(id);
        QTRY_COMPARE(built(), QStringList{u"Overview"_s});
        inspector.setCurrentTab(InspectorTab::Events);
        QCOMPARE(built(), (QStringList{u"Events"_s, u"Overview"_s}));
        QVERIFY(inSight<ui::RecordTable>(inspector, u"Events"_s)->model()->rowCount() > 0);
        inspector.showJob(next);    // another job builds nothing more
        QTRY_VERIFY(says(inspector, next.text));
        inspector.replayChosen();    // nor does an act that has nothing to act on
        QCOMPARE(built(), (QStringList{u"Events"_s, u"Overview"_s}));
        inspector.setCurrentTab(InspectorTab::Overview);
        QCOMPARE(built().size(), 2);
        for (int tab = 0; tab < 9; ++tab)
            inspector.setCurrentTab(static_cast<InspectorTab>(tab));
        QCOMPARE(built().size(), 9);
        inspector.showNothing();
        QVERIFY(says(inspector, u"No job is selected"_s));
    }

    void aPayloadIsReadBesideTheStory_data()
    {
        QTest::addColumn<QList<int>>("expected");    // 0: the job, 1: another, -1: none
        QTest::addColumn<bool>("early");
        QTest::newRow("of the job that comes") << QList<int>{0} << true;
        QTest::newRow("of nobody") << QList<int>{} << false;
        QTest::newRow("of another") << QList<int>{1} << false;
        QTest::newRow("of the job, then of another") << QList<int>{0, 1} << false;
        QTest::newRow("let go again") << QList<int>{0, -1} << false;
    }

    void aPayloadIsReadBesideTheStory()
    {
        QFETCH(const QList<int>, expected);
        QFETCH(const bool, early);
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const core::JobId ids[] = {store.captions(1), store.captions(2)};
        auto& backend = *store.session->backend();
        const auto story = backend.jobStory(ids[0]).wait();
        const auto first = backend.payload(ids[0], core::backend::PayloadPart::Input).wait();
        QVERIFY(story && first);
        ui::PayloadTab tab(store.context(), ui::PayloadKind::Input, nullptr);
        for (const int each : expected)
            tab.expect(each < 0 ? core::JobId() : ids[each]);
        bool isRead = false;    // what comes last on the lane of the payloads
        core::whenDone(backend.payload(ids[1], core::backend::PayloadPart::Input), &tab, [&](const auto&) { isRead = true; });
        QTRY_VERIFY(isRead);
        // as long as before: only who reads it again sees it
        QVERIFY(store.database().exec("UPDATE jobs SET input_data = replace(input_data, 'talk-07', 'talk-08')").has_value());
        tab.showStory(*story, {});
        const auto* area = tab.findChild<ui::RawArea*>();
        QTRY_COMPARE(area->bytes().size(), first->size());
        QCOMPARE(area->bytes() == *first, early);
        tab.forget();
        tab.showStory(*story, {});    // used up
        QTRY_COMPARE(area->bytes().size(), first->size());
        QVERIFY(area->bytes() != *first);
    }

    void anOutputThatIsNotThereIsExpectedInVain()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.captions();
        const auto story = store.session->backend()->jobStory(id).wait();
        QVERIFY(story && !story->outputBytes);
        ui::PayloadTab tab(store.context(), ui::PayloadKind::Output, nullptr);
        tab.show();
        tab.expect(id);
        tab.showStory(*story, {});
        bool isRead = false;
        core::whenDone(store.session->backend()->payload(id, core::backend::PayloadPart::Input), &tab, [&](const auto&) { isRead = true; });
        QTRY_VERIFY(isRead);
        QVERIFY(!says(tab, u"could not be read"_s));
    }

    void timelineEventsAreStops()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.failedCaptions();
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(id);
        QTRY_VERIFY(inSight<ui::StateTimeline>(inspector));
        auto* timeline = inSight<ui::StateTimeline>(inspector);
        QCOMPARE(timeline->timeline().lanes.size(), 3);
        QVERIFY(timeline->summary().contains(u"worker lost"_s));
        QVERIFY(timeline->summary().contains(u"FAILED at 62%"_s));
        timeline->setFocus();
        QTest::keyClick(timeline, Qt::Key_Right);
        QTest::keyClick(timeline, Qt::Key_Right);
        const qint64 sequence = timeline->timeline().stops.at(timeline->currentStop()).sequence;
        QTest::keyClick(timeline, Qt::Key_Return);
        QCOMPARE(inspector.currentTab(), InspectorTab::Events);
        auto* table = inSight<ui::RecordTable>(inspector, u"Events"_s);
        QCOMPARE(table->currentKey(), QString::number(sequence));
        QVERIFY(inSight<ui::LogView>(inspector, u"The chosen event"_s)->lines().text().contains("event_type"));
        test_support::shoot(inspector, u"inspector-events"_s);
    }

    void tabScrollAndSelectionStayThroughAThousandChanges()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.captions();
        QVERIFY(store.post(id, {{"status", "RUNNING"}, {"attempt", 1}, {"event_id", "first"}}));
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(id);
        inspector.setCurrentTab(InspectorTab::Events);
        QTRY_VERIFY(inSight<ui::RecordTable>(inspector, u"Events"_s));
        auto* table = inSight<ui::RecordTable>(inspector, u"Events"_s);
        QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(table->model()->rowCount(), 2);
        table->setCurrentKey(u"2"_s);
        for (int i = 0; i < 1000; ++i)
            QVERIFY(store.post(id, {{"progress_pct", i % 100}, {"event_id", std::to_string(i)}}));
        QTRY_VERIFY_WITH_TIMEOUT(says(inspector, u"of 1,002"_s), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1000, 30'000);    // of 1,002: the page that holds the chosen one
        const auto keyAt = [&](int row) { return table->model()->index(row, 0).data(Qt::DisplayRole).toString(); };
        QCOMPARE(keyAt(0), u"1"_s);
        QCOMPARE(inspector.currentTab(), InspectorTab::Events);
        QCOMPARE(table->currentKey(), u"2"_s);
        QCOMPARE(table->verticalScrollBar()->value(), 0);
    }

    void onlyTheLastOfAQuickRowIsShown()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        QList<core::JobId> ids;
        for (int i = 0; i < 20; ++i)
            ids << store.captions(i);
        Inspector inspector(store.context());
        open(store, inspector);
        for (const auto& id : ids)
            inspector.showJob(id);
        QTRY_VERIFY(says(inspector, ids.last().text));
        QCOMPARE(inspector.jobId(), ids.last());
        // pinned, it stays
        inspector.setPinned(true);
        inspector.showJob(ids.first());
        QCOMPARE(inspector.jobId(), ids.last());
    }

    void aPendingJobSaysWhyItDoesNotRun()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto first = store.captions(1);
        const auto id = store.captions(2);
        QVERIFY(store.store.backend->setQueuePaused(store.store.caller, true).wait().has_value());
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(id);
        QTRY_VERIFY(says(inspector, u"The queue is paused"_s));
        QVERIFY(says(inspector, u"No worker is alive"_s));
        QVERIFY(says(inspector, u"One job is before it"_s));
        test_support::shoot(inspector, u"inspector-pending"_s);
        inspector.setCurrentTab(InspectorTab::Broker);
        auto* table = inSight<ui::RecordTable>(inspector, u"Broker"_s);
        QVERIFY(table && table->model()->rowCount() > 5);
        test_support::shoot(inspector, u"inspector-broker"_s);
    }

    void aCancelShowsItsFourSteps()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.captions();
        QVERIFY(store.post(id, {{"status", "RUNNING"}, {"attempt", 1}, {"event_id", "a"}}));
        store.leaseTo(u"w-1"_s);    // a worker has it: it has to confirm
        QVERIFY(store.store.backend->cancel(store.store.caller, id, u"wrong file"_s).wait().has_value());
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(id);
        QTRY_VERIFY(inSight<ui::CancelSteps>(inspector));
        auto* steps = inSight<ui::CancelSteps>(inspector);
        QCOMPARE(steps->steps().size(), 4);
        QVERIFY(steps->steps().at(0).at);
        QVERIFY(!steps->steps().at(2).at);
        QVERIFY(store.post(id, {{"status", "FAILED"}, {"attempt", 1}, {"event_id", "late"}, {"error_message", "too late"}}));
        QVERIFY(store.post(id, {{"status", "CANCELLED"}, {"attempt", 1}, {"event_id", "ack"}}));
        QTRY_VERIFY(steps->steps().at(2).at);
        QTRY_VERIFY(steps->steps().at(3).at);
        test_support::shoot(inspector, u"inspector-cancelled"_s);
    }

    void deliveriesShowTheirLampsAndBytes()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.failedCaptions();
        QVERIFY(store.post(id, {{"status", "RUNNING"}, {"event_id", "late"}}));
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(id);
        inspector.setCurrentTab(InspectorTab::Webhooks);
        QTRY_VERIFY(inSight<ui::StageLamps>(inspector));
        auto* lamps = inSight<ui::StageLamps>(inspector);
        QCOMPARE(lamps->lamps().size(), 7);
        QVERIFY2(lamps->lampText(2).startsWith(u"Stage 3 of 7, Ignore?, stopped here"), qUtf8Printable(lamps->lampText(2)));
        QCOMPARE(lamps->lamps().at(3).state, ui::LampState::Skipped);
        QVERIFY(inSight<ui::LogView>(inspector, u"Body of the delivery"_s)->lines().text().contains("\"late\""));
        test_support::shoot(inspector, u"inspector-webhooks"_s);
        auto* table = inSight<ui::RecordTable>(inspector, u"Deliveries"_s);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        QTRY_COMPARE(lamps->lampText(6), u"Stage 7 of 7, Notify, passed"_s);
    }

    /// The largest body that is taken in at all, and the worst one: every byte ends a line.
    void aBodyAtTheCapIsShownWithoutAStall_data()
    {
        QTest::addColumn<char>("byte");
        QTest::addColumn<int>("lines");
        QTest::newRow("lines") << '\n' << 512 * 1024;
        QTest::newRow("one line") << 'x' << 1;
        QTest::newRow("no text") << '\x01' << 256 * 1024 / 16;
    }
    void aBodyAtTheCapIsShownWithoutAStall()
    {
        QFETCH(char, byte);
        QFETCH(int, lines);
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.failedCaptions();
        core::webhooks::Delivery delivery;
        delivery.id = core::DeliveryId{u"ffffffff-0000-7000-8000-000000000000"_s};
        delivery.jobId = id;
        delivery.receivedAt = core::base::systemNow() + std::chrono::seconds(1);    // the newest is the one that is shown
        delivery.body = QByteArray(core::tasks::maxWebhookBody, byte);
        QVERIFY(core::webhooks::WebhookRepository(store.database()).insertDelivery(delivery).has_value());
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(id);
        QTRY_COMPARE(inspector.jobId(), id);
        const auto before = spentHere();
        inspector.setCurrentTab(InspectorTab::Webhooks);
        QTRY_VERIFY(inSight<ui::LogView>(inspector, u"Body of the delivery"_s));
        QTRY_COMPARE(inSight<ui::LogView>(inspector, u"Body of the delivery"_s)->lines().count(), lines);
        QVERIFY(says(inspector, u"Body, 67,108,864 bytes; the first"_s));
        inspector.grab();
        const auto took = spentHere() - before;
        qInfo("%lld ms of the window's thread", static_cast<long long>(took));
        QVERIFY2(took < 600, qPrintable(u"%1 ms"_s.arg(took)));    // in a build for debugging, all painting included
    }

    /// What is copied is masked, and masking looks at all of it.
    void aLargeBodyIsCopiedWithoutAStall_data()
    {
        QTest::addColumn<bool>("hex");
        QTest::newRow("text") << false;
        QTest::newRow("hex") << true;
    }
    void aLargeBodyIsCopiedWithoutAStall()
    {
        QFETCH(bool, hex);
        constexpr qsizetype size = 8 * 1024 * 1024;
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        core::webhooks::Delivery delivery;
        delivery.id = core::DeliveryId{u"ffffffff-0000-7000-8000-000000000000"_s};
        delivery.receivedAt = core::base::systemNow();
        delivery.body = QByteArray(size, '\n');
        QVERIFY(core::webhooks::WebhookRepository(store.database()).insertDelivery(delivery).has_value());
        ui::DeliveryView view(store.context());
        view.resize(600, 600);
        view.show();
        view.showDelivery(delivery.id);
        auto* body = view.findChild<ui::LogView*>(u"body"_s);
        QVERIFY(body);
        QTRY_COMPARE(body->lines().count(), 512 * 1024);
        auto* toggle = inSight<QToolButton>(view, u"Show the body in hex"_s);
        QVERIFY(toggle);
        toggle->setChecked(hex);
        QGuiApplication::clipboard()->clear();
        QPushButton* copy = nullptr;
        const auto buttons = view.findChildren<QPushButton*>();
        for (QPushButton* button : buttons)
            copy = button->text() == u"Copy body"_s ? button : copy;
        QVERIFY(copy);
        const auto before = spentHere();
        copy->click();
        const auto took = spentHere() - before;
        QVERIFY2(took < 50, qPrintable(u"%1 ms"_s.arg(took)));
        QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->text().size(), hex ? 1024 * 1024 / 16 * 76 : size, 60'000);
    }

    void aVideoShowsAPictureAndASoundItsWave()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        store.write(u"outputs/a.mp4"_s, {});
        QVERIFY(test_support::makeClip(store.store.path(u"outputs/a.mp4"_s), 2));
        ui::ArtifactPreview preview(store.context(), nullptr);
        preview.resize(480, 320);
        preview.show();
        core::files::ArtifactWithFile artifact;
        artifact.file.emplace();
        artifact.file->path = u"outputs/a.mp4"_s;
        artifact.file->mimeType = u"video/mp4"_s;
        preview.showArtifact(artifact);
        auto* picture = preview.findChild<QLabel*>(u"picture"_s);
        QVERIFY(picture);
        QTRY_VERIFY(picture->isVisible() && !picture->pixmap(Qt::ReturnByValue).isNull());
        QCOMPARE(preview.message(), QString());
        test_support::shoot(preview, u"artifact-video"_s);
        artifact.file->mimeType = u"audio/mp4"_s;    // the sound of the same file
        artifact.file->path = u"outputs/a.mp4"_s;
        preview.showArtifact(artifact);
        auto* wave = preview.findChild<ui::WaveView*>();
        QTRY_VERIFY(wave->isVisible() && wave->lengthMs() > 1500 && wave->note().isEmpty());
        test_support::shoot(preview, u"artifact-sound"_s);
        artifact.file->path = u"outputs/gone.mp4"_s;
        preview.showArtifact(artifact);
        QTRY_VERIFY(!preview.message().isEmpty());
    }

    void artifactsAreShownAndSaved()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        store.write(u"inputs/talk.wav"_s, "RIFF");
        const auto answer = store.store.submit(core::JobType::TranscriptionGenerate, {{"file_path", "inputs/talk.wav"}});
        QVERIFY(answer.has_value());
        const nlohmann::json segment{
            {"start_ms", 0}, {"end_ms", 900}, {"text", "Good morning"}, {"confidence", 0.9}, {"words", nlohmann::json::array()}};
        const bool posted = store.post(answer->jobId, {{"status", "DONE"},
                                                       {"event_id", "done"},
                                                       {"output_data",
                                                        {{"transcription_id", core::newUuidV7().toStdString()},
                                                         {"engine", "pocketsphinx"},
                                                         {"model", "en-us"},
                                                         {"language", "en"},
                                                         {"duration_ms", 900},
                                                         {"text", "Good morning"},
                                                         {"segments", nlohmann::json::array({segment})}}}});
        QVERIFY(posted);
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(answer->jobId);
        inspector.setCurrentTab(InspectorTab::Artifacts);
        QTRY_VERIFY(inspector.findChild<ui::ArtifactsTab*>());
        auto* tab = inspector.findChild<ui::ArtifactsTab*>();
        auto* table = tab->findChild<ui::RecordTable*>();
        QTRY_COMPARE(table->model()->rowCount(), 3);
        for (const auto& record : table->records()->records()) {
            if (record.cells.at(0) == u"transcript_srt")
                table->setCurrentKey(record.key);
        }
        auto* text = tab->findChild<ui::LogView*>();
        QTRY_VERIFY(text->isVisible() && text->lines().text().contains("Good morning"));
        test_support::shoot(inspector, u"inspector-artifacts"_s);
        QSignalSpy toast(&store.navigator, &ui::Navigator::toastAsked);
        const QString target = store.store.folder.filePath(u"saved.srt"_s);
        tab->saveTo(target);
        QTRY_COMPARE(toast.size(), 1);
        QVERIFY(QFileInfo(target).size() > 0);
        tab->saveTo(target);    // it is there now: nothing is written over
        QTRY_VERIFY(tab->findChild<ui::ErrorBar*>()->isVisible());
        QCOMPARE(tab->findChild<ui::ErrorBar*>()->error().code, u"file_exists"_s);
    }

    void theTabIsRememberedForATypeAndAGoneJobSaysSo()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.captions(1);
        const auto next = store.captions(2);
        {
            Inspector inspector(store.context());
            open(store, inspector);
            inspector.showJob(id);
            QTRY_VERIFY(inSight<QTabBar>(inspector));
            auto* bar = inSight<QTabBar>(inspector);
            bar->setFocus();
            for (int i = 0; i < 8; ++i)
                QTest::keyClick(bar, Qt::Key_Right);
            QCOMPARE(inspector.currentTab(), InspectorTab::Raw);
            auto* raw = inSight<ui::LogView>(inspector, u"The job's row as JSON"_s);
            QTRY_VERIFY(raw->lines().text().contains("\"file_path\":\"inputs/talk-07.mp4\""));
            test_support::shoot(inspector, u"inspector-raw"_s);
        }
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(next);
        QTRY_COMPARE(inspector.currentTab(), InspectorTab::Raw);
        QTRY_VERIFY(inSight<QWidget>(inspector, u"Status PENDING"_s));
        inspector.showJob(core::JobId{u"no-such-job"_s});
        QTRY_VERIFY(says(inspector, u"This job is gone"_s));
        QVERIFY(!inSight<QTabBar>(inspector));
        QVERIFY(!inSight<QWidget>(inspector, u"Status PENDING"_s));    // that was the job before
        QVERIFY(!says(inspector, next.text));
        QVERIFY(says(inspector, u"no-such-job"_s));
    }

    void aJobThatCannotBeReadShowsNothingOfTheJobBefore()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.captions(1);
        const auto next = store.captions(2);
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.showJob(id);
        QTRY_VERIFY(inSight<QTabBar>(inspector));
        QVERIFY(store.database().exec("ALTER TABLE job_attempts RENAME TO job_attempts_away").has_value());
        inspector.showJob(next);
        QTRY_VERIFY(inSight<ui::ErrorBar>(inspector));
        QVERIFY(!inSight<QTabBar>(inspector));
        QVERIFY(says(inspector, next.text));
        QVERIFY(!says(inspector, id.text));
        QVERIFY(store.database().exec("ALTER TABLE job_attempts_away RENAME TO job_attempts").has_value());
        inspector.refresh();
        QTRY_VERIFY(inSight<QTabBar>(inspector));
    }

    void aNarrowPaneElidesTheIdAndCopiesItWhole()
    {
        StoryFixture store;
        QCOMPARE(store.open(), QString());
        const auto id = store.captions();
        Inspector inspector(store.context());
        open(store, inspector);
        inspector.resize(420, 700);
        inspector.showJob(id);
        QTRY_VERIFY(inSight<QTabBar>(inspector));
        QVERIFY(!says(inspector, id.text));
        QTest::mouseClick(inSight<QToolButton>(inspector, u"Copy the whole id"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), id.text);
        test_support::shoot(inspector, u"inspector-narrow"_s);
    }
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
