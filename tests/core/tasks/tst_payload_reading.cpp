// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/schemas.h"
#include "tests/core/tasks/payload_samples.h"

#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;

namespace {

/// "missing /file_path; unknown_key /x": what the reader had to say, in order.
QString said(const QList<Diagnostic>& diagnostics)
{
    QStringList all;
    for (const Diagnostic& one : diagnostics)
        all << u"%1 %2"_s.arg(diagnosticKindName(one.kind), one.pointer);
    return all.join(u"; "_s);
}

template <class T>
T input(JobType type, const QByteArray& bytes)
{
    return std::get<T>(parseInput(type, bytes).value);
}

}

class TestPayloadReading : public QObject {
    Q_OBJECT

private slots:
    void oldInputRows_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const QString& type, const char* bytes, const QString& expected) {
            QTest::newRow(name) << type << QByteArray(bytes) << expected;
        };
        row("probe, as it should be", u"media-probe"_s, R"({"file_path":"a.mp4"})", u""_s);
        row("probe, nothing", u"media-probe"_s, "{}", u"missing /file_path"_s);
        row("probe, null", u"media-probe"_s, R"({"file_path":null})", u"missing /file_path"_s);
        row("probe, number for a text", u"media-probe"_s, R"({"file_path":7})", u"wrong_type /file_path"_s);
        row("probe, extra key", u"media-probe"_s, R"({"file_path":"a","we/ird~":[1]})", u"unknown_key /we~1ird~0"_s);
        row("probe, duplicate key", u"media-probe"_s, R"({"file_path":"a","file_path":"b"})", u"duplicate_key /file_path"_s);
        row("probe, lone surrogate", u"media-probe"_s, R"({"file_path":"a\ud800"})", u"replaced_text /file_path"_s);
        row("detect, options absent", u"silence-detect"_s, R"({"file_path":"a"})", u""_s);
        row("detect, options null", u"silence-detect"_s, R"({"file_path":"a","noise_db":null,"min_silence_ms":null})", u""_s);
        row("detect, numbers as text", u"silence-detect"_s, R"({"file_path":"a","noise_db":"-35.5","min_silence_ms":"700"})",
            u"forgiven /noise_db; forgiven /min_silence_ms"_s);
        row("detect, 700.0 for 700", u"silence-detect"_s, R"({"file_path":"a","noise_db":-30,"min_silence_ms":700.0})",
            u"forgiven /min_silence_ms"_s);
        row("detect, a fraction for an integer", u"silence-detect"_s, R"({"file_path":"a","min_silence_ms":0.5})",
            u"wrong_type /min_silence_ms"_s);
        row("detect, words for numbers", u"silence-detect"_s, R"({"file_path":"a","noise_db":"loud","min_silence_ms":[]})",
            u"wrong_type /noise_db; wrong_type /min_silence_ms"_s);
        row("detect, huge integer", u"silence-detect"_s, R"({"file_path":"a","min_silence_ms":92233720368547758080})",
            u"too_large /min_silence_ms"_s);
        row("detect, huge integer as text", u"silence-detect"_s, R"({"file_path":"a","min_silence_ms":"9223372036854775808"})",
            u"too_large /min_silence_ms"_s);
        row("detect, beyond doubles", u"silence-detect"_s, R"({"file_path":"a","noise_db":-1e400})", u"too_large /noise_db"_s);
        row("apply, in a list", u"silence-apply"_s, R"({"file_path":"a","segments":[{"start_ms":1,"end_ms":2},{"start_ms":"3"},4]})",
            u"forgiven /segments/1/start_ms; missing /segments/1/end_ms; wrong_type /segments/2"_s);
        row("apply, extra in a list", u"silence-apply"_s, R"({"file_path":"a","segments":[{"start_ms":1,"end_ms":2,"label":"x"}]})",
            u"unknown_key /segments/0/label"_s);
        row("apply, object for a list", u"silence-apply"_s, R"({"file_path":"a","segments":{}})", u"wrong_type /segments"_s);
        row("convert, unknown word", u"media-convert"_s, R"({"file_path":"a","container":"avi"})", u"unknown_word /container"_s);
        row("convert, number for a word", u"media-convert"_s, R"({"file_path":"a","container":4})", u"wrong_type /container"_s);
        row("speech, truth as text and number", u"transcription-generate"_s, R"({"file_path":"a","word_timestamps":"false"})",
            u"forgiven /word_timestamps"_s);
        row("speech, not a truth", u"transcription-generate"_s, R"({"file_path":"a","word_timestamps":"maybe"})",
            u"wrong_type /word_timestamps"_s);
        row("frames, list of numbers", u"frame-extract"_s, R"({"file_path":"a","timestamps_ms":[1,"2",null]})",
            u"forgiven /timestamps_ms/1; wrong_type /timestamps_ms/2"_s);
        row("captions, nested option", u"captions-generate"_s, R"({"file_path":"a","style":{"bold":1,"colour":"red","font_size":"big"}})",
            u"wrong_type /style/font_size; forgiven /style/bold; unknown_key /style/colour"_s);
        row("a list", u"media-probe"_s, "[]", u"not_json "_s);
        row("null", u"media-probe"_s, "null", u"not_json "_s);
        row("no JSON", u"media-probe"_s, "{'file_path'", u"not_json "_s);
        row("no bytes", u"media-probe"_s, "", u"not_json "_s);
        row("unknown type", u"video-mix"_s, R"({"a":1})", u""_s);
    }
    void oldInputRows()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const auto parsed = parseInput(jobs::parseJobType(type), bytes);
        QCOMPARE(said(parsed.diagnostics), expected);
        QCOMPARE(parsed.original, bytes);
        QCOMPARE(writeInput(parsed), bytes);    // read and written back: not a byte differs
        const bool isUnknown = type == u"video-mix" || expected == u"not_json ";
        QCOMPARE(std::holds_alternative<UnknownPayload>(parsed.value), isUnknown);
    }

    void oldOutputRows_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const QString& type, const char* bytes, const QString& expected) {
            QTest::newRow(name) << type << QByteArray(bytes) << expected;
        };
        row("probe", u"media-probe"_s,
            R"({"format":{"name":"mp4","duration_ms":6200},"streams":[{"index":0,"kind":"video","frame_rate":25}],"raw":{"a":1e2}})",
            u""_s);
        row("probe, parts missing", u"media-probe"_s, R"({"streams":[{"kind":"teletext"}]})",
            u"missing /format; missing /streams/0/index; unknown_word /streams/0/kind"_s);
        row("detect, older without length", u"silence-detect"_s, R"({"segments":[{"start_ms":0,"end_ms":10}]})", u""_s);
        row("detect, null list", u"silence-detect"_s, R"({"duration_ms":1,"segments":null})", u"missing /segments"_s);
        row("apply, 1.0", u"silence-apply"_s, R"({"file_path":"a","duration_ms":5000.0})", u"forgiven /duration_ms"_s);
        row("convert, huge size", u"media-convert"_s, R"({"file_path":"a","size_bytes":18446744073709551616})", u"too_large /size_bytes"_s);
        row("speech, words", u"transcription-generate"_s,
            R"({"text":"a","segments":[{"start_ms":0,"end_ms":1,"text":"a","words":[{"start_ms":0,"end_ms":1,"text":"\udc00"}]}]})",
            u"replaced_text /segments/0/words/0/text"_s);
        row("frames, wrong", u"frame-extract"_s, R"({"frames":"none","frames_folder":1})",
            u"wrong_type /frames; wrong_type /frames_folder"_s);
        row("captions, newer renderer", u"captions-generate"_s, R"({"file_path":"a","renderer":"gpu","speed":2})",
            u"unknown_word /renderer; unknown_key /speed"_s);
    }
    void oldOutputRows()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const auto parsed = parseOutput(jobs::parseJobType(type), bytes);
        QCOMPARE(said(parsed.diagnostics), expected);
        QCOMPARE(writeOutput(parsed), bytes);
    }

    void valuesAndDefaults()
    {
        const auto plain = input<SilenceDetectInput>(JobType::SilenceDetect, R"({"file_path":"a","noise_db":null,"min_silence_ms":"x"})");
        QCOMPARE(plain.noiseDb, -30.0);
        QCOMPARE(plain.minSilenceMs, 500);
        const auto forgiven =
            input<SilenceDetectInput>(JobType::SilenceDetect, R"({"file_path":"b","noise_db":"-35.5","min_silence_ms":1e3})");
        QVERIFY(forgiven == (SilenceDetectInput{u"b"_s, -35.5, 1000}));
        QCOMPARE(input<MediaProbeInput>(JobType::MediaProbe, R"({"file_path":"a","file_path":"b"})").filePath, u"b"_s);
        QCOMPARE(input<MediaProbeInput>(JobType::MediaProbe, R"({"file_path":"a\ud800"})").filePath, u"a\uFFFD"_s);
        const auto frames = input<FrameExtractInput>(JobType::FrameExtract, R"({"file_path":"a","timestamps_ms":[1,null,3]})");
        QCOMPARE(frames.timestampsMs, (QList<qint64>{1, 0, 3}));
        QVERIFY(frames.mode == FrameMode::Interval);
    }

    void anUnknownWordKeepsItsText()
    {
        const auto convert = input<MediaConvertInput>(JobType::MediaConvert, R"({"file_path":"a","container":"avi"})");
        QVERIFY(convert.container == Container::Unknown);
        QCOMPARE(convert.container.stored(), u"avi"_s);
        QCOMPARE(writeInput(InputPayload(convert)), R"({"file_path":"a","container":"avi"})"_ba);
    }

    void everyKeyIsReadAndWritten()
    {
        for (const auto& [type, payload] : samples::fullInputs()) {
            const QByteArray bytes = writeInput(payload);
            const auto parsed = parseInput(type, bytes);
            QVERIFY2(parsed.diagnostics.isEmpty(), bytes.constData());
            QVERIFY2(parsed.value == payload, bytes.constData());
        }
        for (const auto& [type, payload] : samples::fullOutputs()) {
            const QByteArray bytes = writeOutput(payload);
            const auto parsed = parseOutput(type, bytes);
            QVERIFY2(parsed.diagnostics.isEmpty(), bytes.constData());
            QVERIFY2(parsed.value == payload, bytes.constData());
        }
    }

    void aFloodOfUnknownKeysHidesNoError()
    {
        QByteArray bytes = "{";
        for (int i = 0; i < 5000; ++i)
            bytes += "\"x" + QByteArray::number(i) + "\":1,";
        bytes += R"("file_path":7})";
        const auto parsed = parseInput(JobType::MediaProbe, bytes);
        QCOMPARE(parsed.diagnostics.size(), 1001);
        QVERIFY(!validateInput(parsed.value, parsed.diagnostics));
    }

    void deepAndLargeDocumentsAreUnknownPayloads()
    {
        const QByteArray deep = R"({"file_path":)" + QByteArray(200'000, '[') + QByteArray(200'000, ']') + '}';
        const auto parsed = parseInput(JobType::MediaProbe, deep);
        QCOMPARE(said(parsed.diagnostics), u"not_json "_s);
        QCOMPARE(writeInput(parsed), deep);
    }
};

QTEST_APPLESS_MAIN(TestPayloadReading)
#include "tst_payload_reading.moc"
