// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample.h"
#include "tests/ui/media/media_fixture.h"
#include "ui/media/big_frame.h"
#include "ui/media/captions_view.h"
#include "ui/media/frame_grid.h"
#include "ui/media/frame_images.h"
#include "ui/media/frames_view.h"
#include "ui/media/maximised_media.h"
#include "ui/media/media_strip.h"
#include "ui/media/silence_apply_view.h"
#include "ui/media/silence_detect_view.h"
#include "ui/media/transcript_model.h"
#include "ui/media/transcript_view.h"
#include "ui/media/wave_view.h"

#include <QCheckBox>
#include <QPushButton>

using namespace Qt::StringLiterals;
using core::JobId;
using core::JobType;
using nlohmann::json;
using test_support::ConsoleFixture;

/// Real jobs on the sample, run by real workers, in the views made for their outputs.
class TestMediaJobsShown : public QObject {
    Q_OBJECT

    [[nodiscard]] JobId run(JobType type, const json& input)
    {
        const auto answer = m_console.store.submit(type, input);
        if (!answer)
            return {};
        const bool ended = m_console.store.waitForEnd(answer->jobId, 120'000);
        return ended && m_console.store.job(answer->jobId).status == core::JobStatus::Done ? answer->jobId : JobId{};
    }
    [[nodiscard]] ui::PayloadContext context(const JobId& id)
    {
        const auto job = m_console.store.job(id);
        return {m_console.context(), job, job.inputData};
    }
    template <class Output>
    [[nodiscard]] Output output(const JobId& id)
    {
        const auto job = m_console.store.job(id);
        return std::get<Output>(core::tasks::parseOutput(job.type, job.outputData.value_or("{}")).value);
    }

private slots:
    void initTestCase()
    {
        test_support::useConsoleLook();
        m_sample = test_support::sample();
        QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
        QCOMPARE(m_console.open(), QString());
        QCOMPARE(m_console.store.startWorkers(), QString());
        const auto key = m_console.store.backend->importFile(m_console.store.caller, m_sample.path).wait();
        QVERIFY(key);
        m_file = key->toStdString();
    }

    void silencesOfARealJob()
    {
        const JobId detect = run(JobType::SilenceDetect, {{"file_path", m_file}});
        QVERIFY(!detect.text.isEmpty());
        QWidget pane;
        auto* view = new ui::SilenceDetectView(context(detect), output<core::tasks::SilenceDetectOutput>(detect));
        test_support::showInPane(pane, view, {576, 640});
        QTRY_VERIFY_WITH_TIMEOUT(view->findChild<ui::WaveView*>()->note().isEmpty(), 60'000);

        // the cut asks the detection job for what it removed
        const JobId apply = run(JobType::SilenceApply, {{"file_path", m_file}, {"detect_job_id", detect.text.toStdString()}});
        QVERIFY(!apply.text.isEmpty());
        QWidget other;
        auto* cut = new ui::SilenceApplyView(context(apply), output<core::tasks::SilenceApplyOutput>(apply));
        test_support::showInPane(other, cut, {576, 500});
        const auto waves = cut->findChildren<ui::WaveView*>();
        for (auto* wave : waves)
            QTRY_VERIFY_WITH_TIMEOUT(wave->note().isEmpty(), 60'000);
        QTRY_VERIFY(waves[1]->width() < waves[0]->width());
        test_support::shoot(other, u"silence-apply-real"_s);
    }

    void captionsOfARealJob()
    {
        const JobId id = run(JobType::CaptionsGenerate,
                             {{"file_path", m_file},
                              {"renderer", "local"},
                              {"preset_id", "builtin-bold"},
                              {"segments", json::array({{{"start_ms", 500}, {"end_ms", 3500}, {"text", "Go forward ten meters"}}})}});
        QVERIFY(!id.text.isEmpty());
        QWidget pane;
        auto* view = new ui::CaptionsView(context(id), output<core::tasks::CaptionsGenerateOutput>(id));
        test_support::showInPane(pane, view, {576, 820});
        auto* poster = view->findChild<ui::PictureBox*>();
        QTRY_VERIFY_WITH_TIMEOUT(!poster->image().isNull(), 60'000);
        test_support::shoot(pane, u"captions"_s);
    }

    void transcriptAndFramesOfOneFileStandTogether()
    {
        const JobId said = run(JobType::TranscriptionGenerate, {{"file_path", m_file}});
        QVERIFY(!said.text.isEmpty());
        {
            ui::MaximisedMedia alone(m_console.context(), said);
            QSignalSpy settled(&alone, &ui::MaximisedMedia::settled);
            QVERIFY(settled.wait(10'000));
            QVERIFY(alone.transcript());
            QVERIFY(!alone.frames());
            QVERIFY(!alone.grab().isNull());
        }
        const JobId seen = run(JobType::FrameExtract, {{"file_path", m_file}, {"interval_ms", 500}});
        QVERIFY(!seen.text.isEmpty());

        ui::MaximisedMedia media(m_console.context(), seen);
        media.resize(1440, 800);
        media.show();
        media.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&media));
        QTRY_VERIFY(media.transcript() && media.frames());
        auto* transcript = media.transcript();
        auto* frames = media.frames();
        QVERIFY(transcript->model().cueCount() >= 2);
        QCOMPARE(frames->model().rowCount(), 24);
        QCOMPARE(media.strip()->lengthMs(), transcript->model().durationMs());

        // the cue leads
        transcript->setCurrentCue(1);
        const auto span = transcript->model().spanOf(1);
        QCOMPARE(media.strip()->placeMs(), span.first);
        QVERIFY(frames->model().markedCount() > 0);
        QCOMPARE(frames->currentFrame(), frames->model().firstMarked());
        auto* images = frames->findChild<ui::FrameImages*>();
        for (const auto& frame : frames->model().frames().mid(0, 12))
            QTRY_VERIFY(!images->image(frame.filePath).isNull());
        test_support::shoot(media, u"maximised-real"_s);
        // a frame leads
        frames->findChild<ui::FrameGrid*>()->setCurrentIndex(frames->model().index(2));
        QCOMPARE(transcript->currentCue(), std::max(0, transcript->model().cueAt(1000)));
        QCOMPARE(frames->currentFrame(), 2);
        // the strip leads
        media.strip()->moveTo(span.first + 10);
        QCOMPARE(transcript->currentCue(), 1);
        // not while it does not follow
        frames->findChild<QCheckBox*>()->setChecked(false);
        const int before = frames->currentFrame();
        transcript->setCurrentCue(0);
        QCOMPARE(frames->currentFrame(), before);

        // Esc leaves the big picture first
        QSignalSpy back(&media, &ui::MaximisedMedia::backAsked);
        QTest::keyClick(frames->findChild<ui::FrameGrid*>(), Qt::Key_Return);
        QVERIFY(frames->isBig());
        QTest::keyClick(frames->findChild<ui::PictureBox*>(), Qt::Key_Escape);
        QVERIFY(!frames->isBig());
        QCOMPARE(back.count(), 0);
        QTest::keyClick(&media, Qt::Key_Escape);
        QCOMPARE(back.count(), 1);
    }

    void aJobThatIsGoneSaysSo()
    {
        ui::MaximisedMedia media(m_console.context(), JobId{u"nobody"_s});
        QSignalSpy settled(&media, &ui::MaximisedMedia::settled);
        QVERIFY(settled.wait(10'000));
        QVERIFY(!media.transcript());
        QVERIFY(!media.grab().isNull());
    }

private:
    ConsoleFixture m_console;
    test_support::Sample m_sample;
    std::string m_file;
};

QTEST_MAIN(TestMediaJobsShown)
#include "tst_media_jobs_shown.moc"
