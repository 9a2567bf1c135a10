// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/schemas.h"

#include <QFile>
#include <QTest>

#include <functional>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;

class TestPayloadWriting : public QObject {
    Q_OBJECT

private:
    template <class T>
    static QByteArray changed(JobType type, const QByteArray& bytes, const std::function<void(T&)>& change)
    {
        auto parsed = parseInput(type, bytes);
        change(std::get<T>(parsed.value));
        return writeInput(parsed);
    }

private slots:
    void onlyTheChangedKeyIsWritten()
    {
        const QByteArray stored =
            "{ \"later\":  [1.10, 1e2],\n  \"noise_db\": \"-35.0\",  \"min_silence_ms\":700.0, \"file_path\" : \"\\u0061\\ud800\" }\n";
        QCOMPARE(changed<SilenceDetectInput>(JobType::SilenceDetect, stored, [](auto& input) { input.minSilenceMs = 800; }),
                 QByteArray(stored).replace("700.0", "800"));
        QCOMPARE(changed<SilenceDetectInput>(JobType::SilenceDetect, stored, [](auto& input) { input.noiseDb = -35.5; }),
                 QByteArray(stored).replace("\"-35.0\"", "-35.5"));
        QCOMPARE(changed<SilenceDetectInput>(JobType::SilenceDetect, stored, [](auto& input) { input.noiseDb = -35; }), stored);
    }

    void aNewKeyComesLast()
    {
        QCOMPARE(
            changed<SilenceDetectInput>(JobType::SilenceDetect, R"({"x": 1, "file_path": "a"})", [](auto& input) { input.noiseDb = -20; }),
            R"({"x": 1, "file_path": "a", "noise_db": -20})"_ba);
        QCOMPARE(changed<SilenceDetectInput>(JobType::SilenceDetect, R"({"noise_db":null,"file_path":"a"})",
                                             [](auto& input) { input.noiseDb = -20; }),
                 R"({"noise_db":-20,"file_path":"a"})"_ba);
    }

    void anOptionWithoutValueGoes()
    {
        QCOMPARE(changed<MediaConvertInput>(JobType::MediaConvert, R"({"width":2,"file_path":"a","container":"mp4","width":4,"x":0})",
                                            [](auto& input) { input.width.reset(); }),
                 R"({"file_path":"a","container":"mp4","x":0})"_ba);
    }

    void ofDuplicateKeysTheOneThatCountsIsWritten()
    {
        QCOMPARE(changed<MediaProbeInput>(JobType::MediaProbe, R"({"file_path":"a","file_path":"b"})",
                                          [](auto& input) { input.filePath = u"c"_s; }),
                 R"({"file_path":"a","file_path":"c"})"_ba);
    }

    void elementsKeepWhatIsTheirs()
    {
        const QByteArray stored =
            R"({"file_path":"a","segments":[ {"start_ms":1,"end_ms":2.0,"by":"x"}, {"end_ms":9,"start_ms":5,"by":"y"}, {"start_ms":10,"end_ms":11,"by":"z"} ]})";
        const auto edit = [&stored](const std::function<void(QList<Segment>&)>& change) {
            return changed<SilenceApplyInput>(JobType::SilenceApply, stored, [&](auto& input) { change(*input.segments); });
        };
        QCOMPARE(edit([](auto& s) { s[1].endMs = 8; }), QByteArray(stored).replace("\"end_ms\":9", "\"end_ms\":8"));
        QCOMPARE(edit([](auto& s) { s.removeAt(1); }),
                 R"({"file_path":"a","segments":[ {"start_ms":1,"end_ms":2.0,"by":"x"}, {"start_ms":10,"end_ms":11,"by":"z"} ]})"_ba);
        QCOMPARE(edit([](auto& s) { s.prepend({0, 1}); }), QByteArray(stored).replace("[ {", "[ {\"start_ms\":0,\"end_ms\":1}, {"));
        QCOMPARE(edit([](auto& s) { s.append({20, 21}); }), QByteArray(stored).replace("} ]", "}, {\"start_ms\":20,\"end_ms\":21} ]"));
        QCOMPARE(edit([](auto& s) { s.clear(); }), R"({"file_path":"a","segments":[]})"_ba);
    }

    void nestedObjectsKeepWhatIsTheirs()
    {
        QCOMPARE(changed<CaptionsGenerateInput>(JobType::CaptionsGenerate,
                                                R"({"style":{"glow":true,"bold":"true","font_size":20.50},"file_path":"a"})",
                                                [](auto& input) { input.style->italic = true; }),
                 R"({"style":{"glow":true,"bold":"true","font_size":20.50,"italic":true},"file_path":"a"})"_ba);
    }

    void whatCouldNotBeReadIsReplacedOnlyWhenSet()
    {
        const QByteArray stored = R"({"file_path":"a","segments":"all","padding_ms":99999999999999999999})";
        QCOMPARE(changed<SilenceApplyInput>(JobType::SilenceApply, stored, [](auto& input) { input.filePath = u"b"_s; }),
                 QByteArray(stored).replace("\"a\"", "\"b\""));
        QCOMPARE(changed<SilenceApplyInput>(JobType::SilenceApply, stored,
                                            [](auto& input) {
                                                input.segments = QList<Segment>{{1, 2}};
                                            }),
                 R"({"file_path":"a","segments":[{"start_ms":1,"end_ms":2}],"padding_ms":99999999999999999999})"_ba);
    }

    void aMarkAndSpaceAroundTheDocumentStay()
    {
        QCOMPARE(changed<MediaProbeInput>(JobType::MediaProbe, "\xef\xbb\xbf\n{\"file_path\":\"a\"}\n\n",
                                          [](auto& input) { input.filePath = u"b"_s; }),
                 "\xef\xbb\xbf\n{\"file_path\":\"b\"}\n\n"_ba);
    }

    void afreshDocumentHasItsDefaults()
    {
        QCOMPARE(writeInput(InputPayload(SilenceDetectInput{u"a"_s, -30, 500})),
                 R"({"file_path":"a","noise_db":-30,"min_silence_ms":500})"_ba);
        QCOMPARE(writeInput(InputPayload(CaptionsGenerateInput{})), R"({"file_path":"","renderer":"auto"})"_ba);
        QCOMPARE(writeOutput(OutputPayload(SilenceDetectOutput{})), R"({"segments":[]})"_ba);
    }

    void ffprobesOwnJsonStaysAsItWrote()
    {
        QFile file(qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/media/ffprobe-clip-mp4.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray recorded = file.readAll().trimmed();
        const QByteArray stored = R"({"format":{"name":"mov"},"streams":[],"raw":)" + recorded + "}\n";
        auto parsed = parseOutput(JobType::MediaProbe, stored);
        QVERIFY(parsed.diagnostics.isEmpty());
        std::get<MediaProbeOutput>(parsed.value).format.durationMs = 6200;
        QCOMPARE(writeOutput(parsed), R"({"format":{"name":"mov","duration_ms":6200},"streams":[],"raw":)" + recorded + "}\n");
    }

    void rawJsonThatIsNoneDoesNotBreakTheDocument()
    {
        MediaProbeOutput output;
        output.raw.bytes = "}{";
        QCOMPARE(writeOutput(OutputPayload(output)), R"({"format":{},"streams":[],"raw":null})"_ba);
    }
};

QTEST_APPLESS_MAIN(TestPayloadWriting)
#include "tst_payload_writing.moc"
