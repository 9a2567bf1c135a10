// SPDX-License-Identifier: Apache-2.0
#include "core/media/image_size.h"
#include "core/media/probe_result.h"
#include "core/media/progress.h"
#include "core/media/silence.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::media;

namespace {

QByteArray golden(const QString& name)
{
    QFile file(qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/media/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no golden file %s", qPrintable(file.fileName()));
    return file.readAll();
}

/// One stream in a line: "video h264 320x180 25/1 rot0 ...".
QString summary(const ProbeStream& stream)
{
    QString text = stream.kind + u' ' + stream.codec;
    if (stream.width)
        text += u" %1x%2 %3/%4 rot%5"_s.arg(*stream.width)
                    .arg(*stream.height)
                    .arg(stream.frameRate.num)
                    .arg(stream.frameRate.den)
                    .arg(stream.rotationDeg);
    if (stream.sampleRateHz)
        text += u" %1Hz %2ch"_s.arg(*stream.sampleRateHz).arg(stream.channels.value_or(-1));
    return text + u" %1ms"_s.arg(stream.durationMs ? QString::number(*stream.durationMs) : u"?"_s);
}

}

class TestParsers : public QObject {
    Q_OBJECT

private slots:
    void everyRecordedProbeIsRead_data();
    void everyRecordedProbeIsRead();
    void aProbeThatFailedSaysSo_data();
    void aProbeThatFailedSaysSo();
    void silencesAreReadFromTheLog();
    void theLogOfOneChannelIsRead();
    void aTitleIsNoSilence();
    void spansAreTidied();
    void progressNeverGoesBackNorReachesTheEnd();
    void oddProgressIsPassedOver();
    void sizesOfPictures();
    void thePlannedEndRespectsStartTimes_data();
    void thePlannedEndRespectsStartTimes();
};

void TestParsers::everyRecordedProbeIsRead_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("format");
    QTest::addColumn<qint64>("durationMs");    // -1: absent
    QTest::addColumn<QStringList>("streams");
    QTest::newRow("clip") << u"ffprobe-clip-mp4.json"_s << u"mov,mp4,m4a,3gp,3g2,mj2"_s << qint64{6200}
                          << QStringList{u"video h264 320x180 25/1 rot0 6200ms"_s, u"audio aac 16000Hz 1ch 6200ms"_s};
    QTest::newRow("cover art is no video") << u"ffprobe-cover-mp3.json"_s << u"mp3"_s << qint64{6300}
                                           << QStringList{u"audio mp3 16000Hz 1ch 6300ms"_s, u"cover png 64x64 0/1 rot0 6300ms"_s};
    QTest::newRow("still") << u"ffprobe-cover-png.json"_s << u"png_pipe"_s << qint64{-1} << QStringList{u"video png 64x64 25/1 rot0 ?ms"_s};
    QTest::newRow("live: no duration anywhere") << u"ffprobe-live-webm.json"_s << u"matroska,webm"_s << qint64{-1}
                                                << QStringList{u"video vp8 320x180 25/1 rot0 ?ms"_s, u"audio opus 48000Hz 1ch ?ms"_s};
    QTest::newRow("rotated") << u"ffprobe-rot-mp4.json"_s << u"mov,mp4,m4a,3gp,3g2,mj2"_s << qint64{1200}
                             << QStringList{u"video h264 320x180 25/1 rot90 1080ms"_s, u"audio aac 16000Hz 1ch 1024ms"_s};
    QTest::newRow("wav") << u"ffprobe-speech-wav.json"_s << u"wav"_s << qint64{6209}
                         << QStringList{u"audio pcm_s16le 16000Hz 1ch 6209ms"_s};
}

void TestParsers::everyRecordedProbeIsRead()
{
    QFETCH(QString, file);
    const auto result = parseProbe(golden(file));
    QVERIFY(result);
    QTEST(result->formatName, "format");
    QTEST(result->durationMs.value_or(-1), "durationMs");
    QStringList streams;
    for (const ProbeStream& stream : result->streams)
        streams << summary(stream);
    QTEST(streams, "streams");
    QCOMPARE(result->raw, golden(file));
    QCOMPARE(result->isStill(), file.contains("png"_L1));
}

void TestParsers::aProbeThatFailedSaysSo_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("code");
    QTest::newRow("garbage") << golden(u"ffprobe-garbage.json"_s) << u"not_media"_s;
    QTest::newRow("missing") << golden(u"ffprobe-missing.json"_s) << u"not_media"_s;
    QTest::newRow("empty object") << "{}"_ba << u"not_media"_s;
    QTest::newRow("streams of a wrong type") << R"({"streams": 7})"_ba << u"not_media"_s;
    QTest::newRow("nothing") << ""_ba << u"probe_unreadable"_s;
    QTest::newRow("cut short") << R"({"streams": [)"_ba << u"probe_unreadable"_s;
}

void TestParsers::aProbeThatFailedSaysSo()
{
    QFETCH(QByteArray, json);
    const auto result = parseProbe(json);
    QVERIFY(!result);
    QTEST(result.error().code, "code");
}

void TestParsers::silencesAreReadFromTheLog()
{
    SilenceLog log;
    for (const QByteArray& line : golden(u"silencedetect-speech.log"_s).split('\n'))
        log.line(line);
    QCOMPARE(log.spans(6209), (QList<TimeSpan>{{0, 517}, {2244, 3946}, {4921, 6209}}));
    QCOMPARE(log.spans(5000), (QList<TimeSpan>{{0, 517}, {2244, 3946}, {4921, 5000}}));    // clamped
    SilenceLog open;
    open.line("[silencedetect @ 0xADDR] silence_start: -0.00133");
    QCOMPARE(open.spans(700), (QList<TimeSpan>{{0, 700}}));
}

void TestParsers::theLogOfOneChannelIsRead()
{
    SilenceLog log;
    for (const QByteArray& line : golden(u"silencedetect-stereo-mono1.log"_s).split('\n'))
        log.line(line);
    QVERIFY(!log.spans(7000).isEmpty());
}

void TestParsers::aTitleIsNoSilence()
{
    SilenceLog log;
    log.line("    title           : silence_start: 1");
    log.line("    title           : silence_end: 2");
    QVERIFY(log.spans(7000).isEmpty());
}

void TestParsers::spansAreTidied()
{
    QCOMPARE(tidy({{500, 700}, {-5, 100}, {600, 900}, {900, 950}, {2000, 3000}, {40, 40}, {990, 980}}, 2500),
             (QList<TimeSpan>{{0, 100}, {500, 950}, {2000, 2500}}));
}

void TestParsers::progressNeverGoesBackNorReachesTheEnd()
{
    QList<double> seen;
    RunContext context;
    context.progress = [&](double fraction) { seen << fraction; };
    ProgressMeter meter(context);
    ProgressReader reader(meter, std::chrono::microseconds(6'209'000));
    for (const QByteArray& line : golden(u"progress-video-mp4.txt"_s).split('\n'))
        reader.line(line);
    reader.line("out_time_us=1000000");
    QCOMPARE(seen.size(), 4);
    QCOMPARE(seen.at(0), 0.0);
    QVERIFY(qAbs(seen.at(1) - 2.304 / 6.209) < 1e-9);
    QVERIFY(seen.last() < 1);
    meter.finish();
    QCOMPARE(seen.last(), 1.0);
    QCOMPARE(reader.outTime(), std::optional(std::chrono::microseconds(1'000'000)));
}

void TestParsers::oddProgressIsPassedOver()
{
    QList<double> seen;
    RunContext context;
    context.progress = [&](double fraction) { seen << fraction; };
    ProgressMeter meter(context, 0.5, 1);
    ProgressReader reader(meter, std::chrono::seconds(2));
    for (const char* line :
         {"out_time_us=N/A", "out_time_us=-23000", "out_time_us=", "out_time_ms=1000000", "progress=end", "", "speed=   0x"})
        reader.line(line);
    QVERIFY(seen.isEmpty());
    reader.line("out_time_us=   1000000");
    QCOMPARE(seen, QList<double>{0.75});
}

void TestParsers::sizesOfPictures()
{
    const auto png = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452000001400000 00b4"_ba);
    QCOMPARE(imageSize(png), std::optional(ImageSize{320, 180}));
    const auto jpeg = QByteArray::fromHex("ffd8ffe000104a46494600010100000100010000ffc0001108016802800301"_ba);
    QCOMPARE(imageSize(jpeg), std::optional(ImageSize{640, 360}));
    QCOMPARE(imageSize(jpeg.left(25)), std::nullopt);
    QCOMPARE(imageSize("text"), std::nullopt);
    QCOMPARE(imageSize(""), std::nullopt);
}

void TestParsers::thePlannedEndRespectsStartTimes_data()
{
    QTest::addColumn<QList<qint64>>("times");    // of the video: length, start; the same of the sound; start of the file
    QTest::addColumn<qint64>("planned");
    QTest::newRow("both from the start") << QList<qint64>{5000, 0, 5020, 0, 0} << qint64{5020};
    QTest::newRow("sound begins late") << QList<qint64>{5000, 0, 4900, 400, 0} << qint64{5300};
    QTest::newRow("all begins late") << QList<qint64>{5000, 1400, 5020, 1400, 1400} << qint64{5020};
    QTest::newRow("one does not say") << QList<qint64>{5000, 0, -1, 0, 0} << qint64{9000};
}

void TestParsers::thePlannedEndRespectsStartTimes()
{
    QFETCH(QList<qint64>, times);
    QFETCH(qint64, planned);
    ProbeResult facts;
    facts.formatName = u"matroska,webm"_s;
    facts.durationMs = 9000;
    facts.startTimeMs = times.at(4);
    ProbeStream video;
    video.durationMs = times.at(0);
    video.startTimeMs = times.at(1);
    ProbeStream audio;
    if (times.at(2) >= 0)
        audio.durationMs = times.at(2);
    audio.startTimeMs = times.at(3);
    QCOMPARE(plannedMs(facts, {&video, &audio, nullptr}), std::optional(planned));
    facts.formatName = u"png_pipe"_s;
    QVERIFY(!plannedMs(facts, {&video}));
}

QTEST_GUILESS_MAIN(TestParsers)
#include "tst_parsers.moc"
