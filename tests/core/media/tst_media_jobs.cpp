// SPDX-License-Identifier: Apache-2.0
#include "core/media/convert.h"
#include "core/media/cut.h"
#include "core/media/frames.h"
#include "core/media/probe.h"
#include "core/media/process.h"
#include "core/media/silence.h"
#include "tests/support/sample.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace core::media;

/// Real runs of ffmpeg on the sample.
class TestMediaJobs : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void theSampleIsProbed();
    void silencesAreWhereTheSampleHasThem_data();
    void silencesAreWhereTheSampleHasThem();
    void silenceNeedsSound();
    void aCutIsAsLongAsPlanned_data();
    void aCutIsAsLongAsPlanned();
    void pictureAndSoundStayTogether();
    void nothingToCutGivesTheWhole();
    void aVariableRateIsCutOnAGrid();
    void conversionsAreReadable_data();
    void conversionsAreReadable();
    void oneSideKeepsTheShape();
    void framesAreAtTheirTimes_data();
    void framesAreAtTheirTimes();
    void framesShowWhatIsThere();
    void aTimeInTheLastFrameGivesTheLastFrame();
    void aTimePastTheEndNamesItsIndex();
    void progressRisesToOne();

private:
    /// Runs ffmpeg for the test itself.
    QString make(const QString& name, const QStringList& arguments)
    {
        const QString path = m_folder->filePath(name);
        const auto end = runProcess(
            {.program = u"ffmpeg"_s, .arguments = QStringList{u"-nostdin"_s, u"-v"_s, u"error"_s, u"-y"_s} + arguments + QStringList{path}},
            {});
        [&] { QVERIFY2(end && end->isSuccess(), end ? end->errorHead.constData() : "not run"); }();
        return path;
    }
    [[nodiscard]] QString out(const QString& name) const { return m_folder->filePath(name); }

    test_support::Sample m_sample;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMediaJobs::initTestCase()
{
    m_sample = test_support::sample();
    QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
}

void TestMediaJobs::init()
{
    m_folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/it's %d \"media\"\n-XXXXXX"_s);
    QVERIFY(m_folder->isValid());
}

void TestMediaJobs::theSampleIsProbed()
{
    const auto probed = probe(m_sample.path, {});
    QVERIFY(probed);
    const auto& facts = probed->facts;
    QCOMPARE(facts.durationMs, std::optional(m_sample.durationMs));
    QCOMPARE(facts.sizeBytes, QFile(m_sample.path).size());
    QCOMPARE(facts.first(u"video")->width, std::optional(640));
    QCOMPARE(facts.first(u"video")->frameRate, (Rational{25, 1}));
    QCOMPARE(facts.first(u"audio")->sampleRateHz, std::optional(48'000));
    QVERIFY(facts.raw.startsWith('{'));
}

void TestMediaJobs::silencesAreWhereTheSampleHasThem_data()
{
    QTest::addColumn<qint64>("partMs");
    QTest::newRow("in one go") << qint64{900'000};
    QTest::newRow("in parts of a second") << qint64{1000};
    QTest::newRow("parts that end in a silence") << qint64{2700};
}

void TestMediaJobs::silencesAreWhereTheSampleHasThem()
{
    QFETCH(qint64, partMs);
    const auto found = detectSilence(m_sample.path, {.partMs = partMs}, {});
    QVERIFY(found);
    QCOMPARE(found->durationMs, m_sample.durationMs);
    QCOMPARE(found->segments.size(), m_sample.silencesMs.size());
    for (qsizetype i = 0; i < found->segments.size(); ++i) {
        QVERIFY(std::abs(found->segments[i].startMs - m_sample.silencesMs[i].first) <= 50);
        QVERIFY(std::abs(found->segments[i].endMs - m_sample.silencesMs[i].second) <= 50);
    }
}

void TestMediaJobs::silenceNeedsSound()
{
    const QString mute = make(u"mute.mp4"_s, {u"-i"_s, m_sample.path, u"-an"_s, u"-c"_s, u"copy"_s});
    const auto found = detectSilence(mute, {}, {});
    QVERIFY(!found);
    QCOMPARE(found.error().code, u"no_audio"_s);
    QCOMPARE(detectSilence(m_sample.path, {.noiseDb = 3}, {}).error().field, u"noise_db"_s);
}

void TestMediaJobs::aCutIsAsLongAsPlanned_data()
{
    QTest::addColumn<QStringList>("remake");    // the sample, as another kind of file
    QTest::addColumn<QString>("suffix");
    QTest::newRow("picture and sound") << QStringList{} << u"mp4"_s;
    QTest::newRow("sound alone") << QStringList{u"-vn"_s, u"-c:a"_s, u"pcm_s16le"_s} << u"wav"_s;
    QTest::newRow("mp3") << QStringList{u"-vn"_s, u"-c:a"_s, u"libmp3lame"_s} << u"mp3"_s;
    QTest::newRow("picture alone") << QStringList{u"-an"_s, u"-c:v"_s, u"copy"_s} << u"mp4"_s;
    QTest::newRow("a clock that starts late") << QStringList{u"-c"_s, u"copy"_s, u"-muxdelay"_s, u"3"_s} << u"ts"_s;
    QTest::newRow("odd size, NTSC") << QStringList{u"-vf"_s,       u"scale=321:181,fps=30000/1001"_s,
                                                   u"-c:v"_s,      u"libvpx-vp9"_s,
                                                   u"-deadline"_s, u"realtime"_s,
                                                   u"-cpu-used"_s, u"8"_s,
                                                   u"-c:a"_s,      u"libopus"_s}
                                    << u"mkv"_s;
}

void TestMediaJobs::aCutIsAsLongAsPlanned()
{
    QFETCH(QStringList, remake);
    QFETCH(QString, suffix);
    const QString input = remake.isEmpty() ? m_sample.path : make(u"in."_s + suffix, QStringList{u"-i"_s, m_sample.path} + remake);
    QList<TimeSpan> silences;
    qint64 wantedMs = m_sample.durationMs;
    for (const auto& [start, end] : m_sample.silencesMs) {
        silences << TimeSpan{start, end};
        wantedMs -= end - start - 200;
    }
    const auto cut = cutSilences(input, out(u".part-1-cut"_s), silences, 100, {});
    QVERIFY2(cut, cut ? "" : qPrintable(cut.error().message + cut.error().detail));
    // Each border may move by half a frame, and sound ends in whole blocks.
    QVERIFY2(std::abs(cut->durationMs - wantedMs) <= 40 + 47, qPrintable(u"%1 %2"_s.arg(cut->durationMs).arg(wantedMs)));
    QVERIFY(std::abs(cut->removedMs - (m_sample.durationMs - wantedMs)) <= 80);
    QCOMPARE(cut->sizeBytes, QFile(out(u".part-1-cut"_s)).size());
    if (probe(input, {})->facts.first(u"audio")) {    // the right parts went: what is left of each silence is 200 ms
        QVERIFY(detectSilence(out(u".part-1-cut"_s), {.minSilenceMs = 300}, {})->segments.isEmpty());
        QCOMPARE(detectSilence(out(u".part-1-cut"_s), {.minSilenceMs = 120}, {})->segments.size(), 4);
    }
}

void TestMediaJobs::pictureAndSoundStayTogether()
{
    QList<TimeSpan> silences;    // many and off the grid: what drifts, drifts here
    for (qint64 at = 113; at < 11'800; at += 297)
        silences << TimeSpan{at, at + 111};
    const auto cut = cutSilences(m_sample.path, out(u"cut"_s), silences, 0, {});
    QVERIFY(cut);
    const auto probed = probe(out(u"cut"_s), {});
    QVERIFY(probed);
    const qint64 videoMs = probed->facts.first(u"video")->durationMs.value_or(0);
    const qint64 audioMs = probed->facts.first(u"audio")->durationMs.value_or(0);
    QVERIFY2(std::abs(videoMs - audioMs) <= 22, qPrintable(u"%1 %2"_s.arg(videoMs).arg(audioMs)));
    QCOMPARE(probed->facts.first(u"video")->frameCount, std::optional<qint64>(videoMs / 40));    // none doubled, none lost
}

void TestMediaJobs::nothingToCutGivesTheWhole()
{
    const auto cut = cutSilences(m_sample.path, out(u"cut"_s), {}, 100, {});
    QVERIFY(cut);
    QCOMPARE(cut->removedMs, 0);
    QVERIFY(std::abs(cut->durationMs - m_sample.durationMs) <= 40);
    const auto all = cutSilences(m_sample.path, out(u"none"_s), {{0, m_sample.durationMs}}, 0, {});
    QCOMPARE(all.error().code, u"nothing_left"_s);
    QVERIFY(!QFile::exists(out(u"none"_s)));
}

void TestMediaJobs::aVariableRateIsCutOnAGrid()
{
    const QString input = make(u"vfr.mkv"_s, {u"-i"_s, m_sample.path, u"-vf"_s, u"select='not(mod(n,3))+gt(n,150)'"_s, u"-fps_mode"_s,
                                              u"vfr"_s, u"-preset"_s, u"ultrafast"_s});
    const auto cut = cutSilences(input, out(u"cut"_s), {{2000, 3000}}, 0, {});
    QVERIFY2(cut, cut ? "" : qPrintable(cut.error().message));
    QVERIFY(std::abs(cut->durationMs - 11'000) <= 80);
}

void TestMediaJobs::conversionsAreReadable_data()
{
    QTest::addColumn<QString>("codecs");
    QTest::newRow("mp4") << u"h264 aac"_s;
    QTest::newRow("mov") << u"h264 aac"_s;
    QTest::newRow("mkv") << u"h264 aac"_s;
    QTest::newRow("webm") << u"vp9 opus"_s;
    QTest::newRow("mp3") << u"mp3"_s;
    QTest::newRow("m4a") << u"aac"_s;
    QTest::newRow("wav") << u"pcm_s16le"_s;
    QTest::newRow("ogg") << u"vorbis"_s;
}

void TestMediaJobs::conversionsAreReadable()
{
    const QString container = QString::fromLatin1(QTest::currentDataTag());
    const QString input = make(u"in.mkv"_s, {u"-t"_s, u"2"_s, u"-i"_s, m_sample.path, u"-c"_s, u"copy"_s});
    ConvertOptions options;
    options.container = container;
    const auto converted = convert(input, out(u".part-x"_s), options, {});
    QVERIFY2(converted, converted ? "" : qPrintable(converted.error().message + converted.error().detail));
    const auto probed = probe(out(u".part-x"_s), {});
    QVERIFY(probed);
    QStringList codecs;
    for (const ProbeStream& stream : probed->facts.streams)
        codecs << stream.codec;
    QTEST(codecs.join(u' '), "codecs");
    const auto source = probe(input, {});    // cut at packets, so its picture outlasts its sound
    const qint64 wantedMs =
        codecs.size() == 2 ? source->facts.durationMs.value_or(0) : source->facts.first(u"audio")->durationMs.value_or(0);
    QVERIFY2(std::abs(converted->durationMs - wantedMs) <= 60, qPrintable(u"%1 %2"_s.arg(converted->durationMs).arg(wantedMs)));
}

void TestMediaJobs::oneSideKeepsTheShape()
{
    ConvertOptions options;
    options.container = u"mp4"_s;
    options.width = 214;    // 120.375 rows: to the next even number
    options.frameRate = 10;
    options.encode.crf = 40;
    const auto converted = convert(m_sample.path, out(u"x"_s), options, {});
    QVERIFY2(converted, converted ? "" : qPrintable(converted.error().message));
    const auto video = *probe(out(u"x"_s), {})->facts.first(u"video");
    QCOMPARE(video.width, std::optional(214));
    QCOMPARE(video.height, std::optional(120));
    QCOMPARE(video.frameRate, (Rational{10, 1}));
}

void TestMediaJobs::framesAreAtTheirTimes_data()
{
    QTest::addColumn<FrameOptions>("options");
    QTest::addColumn<QList<qint64>>("timesMs");
    using Mode = FrameOptions::Mode;
    QTest::newRow("every two seconds") << FrameOptions{.intervalMs = 2000} << QList<qint64>{0, 2000, 4000, 6000, 8000, 10'000};
    QTest::newRow("off the grid") << FrameOptions{.intervalMs = 3333} << QList<qint64>{0, 3360, 6680, 10'000};
    QTest::newRow("at most") << FrameOptions{.intervalMs = 100, .maxFrames = 3} << QList<qint64>{0, 120, 200};
    QTest::newRow("asked for") << FrameOptions{.mode = Mode::Timestamps, .timestampsMs = {5000, 0, 3990, 11'960, 5000}}
                               << QList<qint64>{5000, 0, 4000, 11'960, 5000};
    QTest::newRow("scenes") << FrameOptions{.mode = Mode::Scene} << QList<qint64>{0, 4000, 8000};
    QTest::newRow("scenes of a higher threshold") << FrameOptions{.mode = Mode::Scene, .sceneThreshold = 0.6} << QList<qint64>{0, 8000};
}

void TestMediaJobs::framesAreAtTheirTimes()
{
    QFETCH(FrameOptions, options);
    options.width = 320;
    const auto frames = extractFrames(m_sample.path, m_folder->path(), options, {});
    QVERIFY2(frames, frames ? "" : qPrintable(frames.error().message + frames.error().detail));
    QList<qint64> times;
    QStringList names;
    for (const Frame& frame : *frames) {
        times << frame.timestampMs;
        names << frame.name;
        QCOMPARE(frame.width, 320);
        QCOMPARE(frame.height, 180);
    }
    QTEST(times, "timesMs");
    QCOMPARE(names.first(), u"frame-000001.jpg"_s);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files, QDir::Name), names);    // these and no other
}

void TestMediaJobs::framesShowWhatIsThere()
{
    FrameOptions options{.mode = FrameOptions::Mode::Timestamps, .timestampsMs = {3960, 4000, 3970}, .width = 16, .imageFormat = u"png"_s};
    const auto frames = extractFrames(m_sample.path, m_folder->path(), options, {});
    QVERIFY(frames);
    QList<QByteArray> colours;    // red until 4000 ms, blue from then on
    for (const Frame& frame : *frames) {
        const auto end =
            runProcess({.program = u"ffmpeg"_s,
                        .arguments = {u"-nostdin"_s, u"-v"_s, u"error"_s, u"-f"_s, u"png_pipe"_s, u"-i"_s, u"file:"_s + out(frame.name),
                                      u"-vf"_s, u"scale=1:1"_s, u"-pix_fmt"_s, u"rgb24"_s, u"-f"_s, u"rawvideo"_s, u"-"_s}},
                       {});
        QVERIFY(end && end->output.size() == 3);
        colours << (uchar(end->output[0]) > 150 ? "red"_ba : uchar(end->output[2]) > 150 ? "blue"_ba : "other"_ba);
    }
    QCOMPARE(colours, (QList<QByteArray>{"red", "blue", "blue"}));
}

void TestMediaJobs::aTimeInTheLastFrameGivesTheLastFrame()
{
    const auto frames =
        extractFrames(m_sample.path, m_folder->path(), {.mode = FrameOptions::Mode::Timestamps, .timestampsMs = {11'990}}, {});
    QVERIFY2(frames, frames ? "" : qPrintable(frames.error().message));
    QCOMPARE(frames->first().timestampMs, 11'960);
}

void TestMediaJobs::aTimePastTheEndNamesItsIndex()
{
    const auto frames =
        extractFrames(m_sample.path, m_folder->path(), {.mode = FrameOptions::Mode::Timestamps, .timestampsMs = {1000, 12'000}}, {});
    QVERIFY(!frames);
    QCOMPARE(frames.error().code, u"timestamp_past_end"_s);
    QCOMPARE(frames.error().field, u"/timestamps_ms/1"_s);
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).isEmpty());    // also the first is gone
}

void TestMediaJobs::progressRisesToOne()
{
    QList<double> seen;
    QList<CommandRecord> commands;
    RunContext context;
    context.progress = [&](double fraction) { seen << fraction; };
    context.ranCommand = [&](const CommandRecord& record) { commands << record; };
    QVERIFY(cutSilences(m_sample.path, out(u"cut"_s), {{2000, 3000}}, 0, context));
    QVERIFY(seen.size() >= 2);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QVERIFY(seen.at(seen.size() - 2) < 1);
    QCOMPARE(seen.last(), 1.0);
    QCOMPARE(commands.size(), 3);    // look, cut, look again
    QCOMPARE(commands.at(1).arguments.first(), u"ffmpeg"_s);
}

QTEST_GUILESS_MAIN(TestMediaJobs)
#include "tst_media_jobs.moc"
