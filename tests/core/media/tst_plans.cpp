// SPDX-License-Identifier: Apache-2.0
#include "core/media/convert.h"
#include "core/media/cut_plan.h"
#include "core/media/frames.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::media;

namespace {

ConvertOptions to(const QString& container)
{
    ConvertOptions options;
    options.container = container;
    return options;
}

Probed fileWith(const QStringList& kinds)
{
    Probed file;
    file.input.path = u"/in/-a.mp4"_s;
    for (const QString& kind : kinds) {
        ProbeStream stream;
        stream.index = int(file.facts.streams.size());
        stream.kind = kind;
        file.facts.streams << stream;
    }
    return file;
}

}

class TestPlans : public QObject {
    Q_OBJECT

private slots:
    void cutsAreRoundedToTheGrid_data();
    void cutsAreRoundedToTheGrid();
    void cuttingEverythingIsRefused();
    void tooManyPiecesAreRefused();
    void theGridOfAPicture_data();
    void theGridOfAPicture();
    void whatCannotBeConvertedNamesItsField_data();
    void whatCannotBeConvertedNamesItsField();
    void everyContainerHasDefaults_data();
    void everyContainerHasDefaults();
    void theConvertLineIsSafe();
    void coverArtIsNotConverted();
    void frameOptionsNameTheirField();
};

void TestPlans::cutsAreRoundedToTheGrid_data()
{
    QTest::addColumn<QList<TimeSpan>>("silences");
    QTest::addColumn<qint64>("padding");
    QTest::addColumn<QList<KeepSegment>>("keep");    // of 10 s at 25 frames a second
    using Spans = QList<TimeSpan>;
    using Keep = QList<KeepSegment>;
    QTest::newRow("none") << Spans{} << qint64{0} << Keep{{0, 250}};
    QTest::newRow("in the middle") << Spans{{2000, 4000}} << qint64{0} << Keep{{0, 50}, {100, 250}};
    QTest::newRow("padded") << Spans{{2000, 4000}} << qint64{100} << Keep{{0, 53}, {98, 250}};
    QTest::newRow("to the nearest frame") << Spans{{2019, 4021}} << qint64{0} << Keep{{0, 50}, {101, 250}};
    QTest::newRow("at the start") << Spans{{0, 1000}} << qint64{0} << Keep{{25, 250}};
    QTest::newRow("to the end and past it") << Spans{{9000, 99000}} << qint64{0} << Keep{{0, 225}};
    QTest::newRow("padding eats it") << Spans{{2000, 2150}} << qint64{100} << Keep{{0, 250}};
    QTest::newRow("less than a frame") << Spans{{2001, 2015}} << qint64{0} << Keep{{0, 250}};
    QTest::newRow("a rest under a frame goes") << Spans{{1000, 2000}, {2010, 3000}} << qint64{0} << Keep{{0, 25}, {75, 250}};
    QTest::newRow("overlapping, in disorder") << Spans{{4000, 6000}, {1000, 2000}, {5000, 7000}} << qint64{0}
                                              << Keep{{0, 25}, {50, 100}, {175, 250}};
}

void TestPlans::cutsAreRoundedToTheGrid()
{
    QFETCH(QList<TimeSpan>, silences);
    QFETCH(qint64, padding);
    const auto plan = planCut(silences, padding, 10'000, {25, 1});
    QVERIFY(plan);
    QTEST(plan->keep, "keep");
    QCOMPARE(plan->keepsAll, plan->keep == (QList<KeepSegment>{{0, 250}}));
}

void TestPlans::cuttingEverythingIsRefused()
{
    const auto plan = planCut({{0, 10'000}}, 0, 10'000, {25, 1});
    QVERIFY(!plan);
    QCOMPARE(plan.error().code, u"nothing_left"_s);
    QCOMPARE(planCut({}, -1, 10'000, {25, 1}).error().field, u"padding_ms"_s);
}

void TestPlans::tooManyPiecesAreRefused()
{
    QList<TimeSpan> silences;
    for (qint64 i = 0; i < 2100; ++i)
        silences << TimeSpan{i * 1000, i * 1000 + 500};
    QCOMPARE(planCut(silences, 0, 2'100'000, {25, 1}).error().code, u"too_many_segments"_s);
}

void TestPlans::theGridOfAPicture_data()
{
    QTest::addColumn<Rational>("nominal");
    QTest::addColumn<Rational>("average");
    QTest::addColumn<Rational>("grid");
    QTest::newRow("steady") << Rational{25, 1} << Rational{25, 1} << Rational{25, 1};
    QTest::newRow("NTSC") << Rational{30000, 1001} << Rational{30000, 1001} << Rational{30000, 1001};
    QTest::newRow("telephone") << Rational{90000, 1} << Rational{2940, 101} << Rational{2940, 101};
    QTest::newRow("drops frames") << Rational{30, 1} << Rational{27, 1} << Rational{30, 1};
    QTest::newRow("fields") << Rational{50, 1} << Rational{25, 1} << Rational{25, 1};
    QTest::newRow("unknown") << Rational{} << Rational{} << Rational{25, 1};
    QTest::newRow("fast") << Rational{120, 1} << Rational{120, 1} << Rational{120, 1};
}

void TestPlans::theGridOfAPicture()
{
    ProbeStream video;
    QFETCH(Rational, nominal);
    QFETCH(Rational, average);
    video.nominalFrameRate = nominal;
    video.frameRate = average;
    QTEST(cutRate(video), "grid");
}

void TestPlans::whatCannotBeConvertedNamesItsField_data()
{
    QTest::addColumn<ConvertOptions>("options");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* name, ConvertOptions options, const QString& code, const QString& field) {
        QTest::newRow(name) << options << code << field;
    };
    auto options = to(u"avi"_s);
    row("container", options, u"unknown_container"_s, u"container"_s);
    options = to(u"webm"_s);
    options.encode.videoCodec = u"h264"_s;
    row("video codec", options, u"codec_not_allowed"_s, u"video_codec"_s);
    options = to(u"mp4"_s);
    options.encode.audioCodec = u"-filter_script /etc/passwd"_s;
    row("audio codec", options, u"codec_not_allowed"_s, u"audio_codec"_s);
    options = to(u"mp3"_s);
    options.encode.videoCodec = u"h264"_s;
    row("picture in sound", options, u"not_for_audio"_s, u"video_codec"_s);
    options = to(u"mp3"_s);
    options.height = 360;
    row("size of sound", options, u"not_for_audio"_s, u"height"_s);
    options = to(u"mp4"_s);
    options.width = 641;
    row("odd width", options, u"out_of_range"_s, u"width"_s);
    options.width = 640;
    options.height = 100'000;
    row("height", options, u"out_of_range"_s, u"height"_s);
    options = to(u"mp4"_s);
    options.frameRate = qQNaN();
    row("frame rate", options, u"out_of_range"_s, u"frame_rate"_s);
    options = to(u"mp4"_s);
    options.encode.crf = 52;
    row("crf", options, u"out_of_range"_s, u"crf"_s);
    options.encode.crf = 20;
    options.encode.videoBitrateBps = 1'000'000;
    row("crf and rate", options, u"contradiction"_s, u"crf"_s);
    options = to(u"wav"_s);
    options.encode.audioBitrateBps = 64'000;
    row("rate of wav", options, u"contradiction"_s, u"audio_bitrate_bps"_s);
}

void TestPlans::whatCannotBeConvertedNamesItsField()
{
    QFETCH(ConvertOptions, options);
    const auto checked = checkConvert(options, {});
    QVERIFY(!checked);
    QTEST(checked.error().code, "code");
    QTEST(checked.error().field, "field");
}

void TestPlans::everyContainerHasDefaults_data()
{
    QTest::addColumn<QString>("codecs");
    QTest::newRow("mp4") << u"libx264 aac mp4"_s;
    QTest::newRow("mov") << u"libx264 aac mov"_s;
    QTest::newRow("mkv") << u"libx264 aac matroska"_s;
    QTest::newRow("webm") << u"libvpx-vp9 libopus webm"_s;
    QTest::newRow("mp3") << u"libmp3lame mp3"_s;
    QTest::newRow("m4a") << u"aac ipod"_s;
    QTest::newRow("wav") << u"pcm_s16le wav"_s;
    QTest::newRow("ogg") << u"libvorbis ogg"_s;
}

void TestPlans::everyContainerHasDefaults()
{
    const auto options = to(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(checkConvert(options, {}));
    const auto arguments = convertArguments(fileWith({u"video"_s, u"audio"_s}), u"/out/x"_s, options, {});
    QVERIFY(arguments);
    QStringList codecs;
    for (qsizetype i = 0; i + 1 < arguments->size(); ++i) {
        if (arguments->at(i) == "-c:v"_L1 || arguments->at(i) == "-c:a"_L1 || arguments->at(i) == "-f"_L1)
            codecs << arguments->at(i + 1);
    }
    QTEST(codecs.join(u' '), "codecs");
}

void TestPlans::theConvertLineIsSafe()
{
    const auto arguments = convertArguments(fileWith({u"video"_s, u"audio"_s}), u"/out/-x %d"_s, to(u"mp4"_s), {});
    QVERIFY(arguments);
    QVERIFY(arguments->startsWith(u"-nostdin"_s));
    const qsizetype input = arguments->indexOf(u"-i"_s);
    QCOMPARE(arguments->at(input + 1), u"file:/in/-a.mp4"_s);
    QVERIFY(arguments->indexOf(u"-protocol_whitelist"_s) < input);
    QVERIFY(arguments->indexOf(u"-format_whitelist"_s) < input);
    QVERIFY(arguments->indexOf(u"-max_pixels"_s) < input);
    QCOMPARE(arguments->last(), u"file:/out/-x %d"_s);
}

void TestPlans::coverArtIsNotConverted()
{
    const auto arguments = convertArguments(fileWith({u"audio"_s, u"cover"_s}), u"/out/x"_s, to(u"mp4"_s), {});
    QVERIFY(arguments);
    QVERIFY(!arguments->contains(u"-c:v"_s));
    QVERIFY(!arguments->contains(u"0:1"_s));
    QCOMPARE(convertArguments(fileWith({u"video"_s}), u"/out/x"_s, to(u"mp3"_s), {}).error().code, u"no_audio"_s);
    QVERIFY(convertArguments(fileWith({u"video"_s}), u"/out/x"_s, to(u"mp4"_s), {}));
}

void TestPlans::frameOptionsNameTheirField()
{
    FrameOptions options;
    QVERIFY(checkFrames(options));
    options.imageFormat = u"bmp"_s;
    QCOMPARE(checkFrames(options).error().field, u"image_format"_s);
    options = {};
    options.intervalMs = 0;
    QCOMPARE(checkFrames(options).error().field, u"interval_ms"_s);
    options = {};
    options.mode = FrameOptions::Mode::Timestamps;
    QCOMPARE(checkFrames(options).error().code, u"timestamps_missing"_s);
    options.timestampsMs = {1, 2, -3};
    QCOMPARE(checkFrames(options).error().field, u"/timestamps_ms/2"_s);
    options.maxFrames = 2;
    QCOMPARE(checkFrames(options).error().code, u"too_many_timestamps"_s);
    options = {};
    options.mode = FrameOptions::Mode::Scene;
    options.sceneThreshold = 0;
    QCOMPARE(checkFrames(options).error().field, u"scene_threshold"_s);
}

QTEST_GUILESS_MAIN(TestPlans)
#include "tst_plans.moc"
