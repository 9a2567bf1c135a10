// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/schemas.h"
#include "tests/core/tasks/payload_samples.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

/// An independent judge of what our schemas mean.
bool schemaAccepts(const QByteArray& schemaText, const QByteArray& document)
{
    const auto schemaJson = nlohmann::json::parse(schemaText.toStdString());
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(Adapter(schemaJson), schema);
    valijson::Validator validator;
    const auto json = nlohmann::json::parse(document.toStdString());
    return validator.validate(schema, Adapter(json), nullptr);
}

}

class TestPayloadRules : public QObject {
    Q_OBJECT

private slots:
    void inputsAreChecked_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("field");    // "-": accepted
        QTest::addColumn<bool>("schemaKnows");
        const auto row = [](const QString& type, const char* bytes, const QString& field, bool schemaKnows = true) {
            QTest::newRow(qPrintable(type + u' ' + QString::fromUtf8(bytes))) << type << QByteArray(bytes) << field << schemaKnows;
        };
        const QString accepted = u"-"_s;
        row(u"media-probe"_s, R"({"file_path":"a","x":1})", accepted);
        row(u"media-probe"_s, R"({})", u"/file_path"_s);
        row(u"media-probe"_s, R"({"file_path":""})", u"/file_path"_s);
        row(u"media-probe"_s, R"({"file_path":1})", u"/file_path"_s);
        row(u"media-probe"_s, R"({"file_path":"a","file_path":"b"})", u"/file_path"_s, false);
        row(u"media-probe"_s, R"([])", u""_s);
        row(u"silence-detect"_s, R"({"file_path":"a","noise_db":-120,"min_silence_ms":1})", accepted);
        row(u"silence-detect"_s, R"({"file_path":"a","noise_db":null})", accepted);
        row(u"silence-detect"_s, R"({"file_path":"a","noise_db":"-40"})", accepted, false);
        row(u"silence-detect"_s, R"({"file_path":"a","noise_db":0.5})", u"/noise_db"_s);
        row(u"silence-detect"_s, R"({"file_path":"a","noise_db":-121})", u"/noise_db"_s);
        row(u"silence-detect"_s, R"({"file_path":"a","min_silence_ms":0})", u"/min_silence_ms"_s);
        row(u"silence-detect"_s, R"({"file_path":"a","min_silence_ms":[]})", u"/min_silence_ms"_s);
        row(u"silence-apply"_s, R"({"file_path":"a","detect_job_id":"j"})", accepted);
        row(u"silence-apply"_s, R"({"file_path":"a","segments":[{"start_ms":0,"end_ms":1}],"detect_job_id":null})", accepted);
        row(u"silence-apply"_s, R"({"file_path":"a"})", u"/segments"_s);
        row(u"silence-apply"_s, R"({"file_path":"a","segments":[],"detect_job_id":"j"})", u"/segments"_s);
        row(u"silence-apply"_s, R"({"file_path":"a","segments":[{"start_ms":-1,"end_ms":1}]})", u"/segments/0/start_ms"_s);
        row(u"silence-apply"_s, R"({"file_path":"a","segments":[{"start_ms":0,"end_ms":1},{"start_ms":5,"end_ms":5}]})",
            u"/segments/1/end_ms"_s, false);
        row(u"silence-apply"_s, R"({"file_path":"a","detect_job_id":"j","padding_ms":-1})", u"/padding_ms"_s);
        row(u"media-convert"_s,
            R"({"file_path":"a","container":"mp4","video_codec":"h264","audio_codec":"aac","width":640,"crf":0,"frame_rate":240})",
            accepted);
        row(u"media-convert"_s, R"({"file_path":"a"})", u"/container"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"avi"})", u"/container"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","video_codec":"rawvideo"})", u"/video_codec"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","audio_codec":"h264"})", u"/audio_codec"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","width":641})", u"/width"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","height":16386})", u"/height"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","height":0})", u"/height"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","frame_rate":0})", u"/frame_rate"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","frame_rate":240.5})", u"/frame_rate"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","crf":64})", u"/crf"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","crf":28.0})", accepted,
            false);    // an integer to draft 7, not to valijson
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","video_bitrate_bps":0})", u"/video_bitrate_bps"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","audio_bitrate_bps":-5})", u"/audio_bitrate_bps"_s);
        row(u"media-convert"_s, R"({"file_path":"a","container":"mp4","audio_bitrate_bps":99999999999999999999})", u"/audio_bitrate_bps"_s,
            false);
        row(u"transcription-generate"_s, R"({"file_path":"a","engine":"openai","language":"de"})", accepted);
        row(u"transcription-generate"_s, R"({"file_path":"a","engine":"whisper"})", u"/engine"_s);
        row(u"transcription-generate"_s, R"({"file_path":"a","word_timestamps":"maybe"})", u"/word_timestamps"_s);
        row(u"frame-extract"_s, R"({"file_path":"a","mode":"timestamps","timestamps_ms":[0,40],"scene_threshold":1,"max_frames":10000})",
            accepted);
        row(u"frame-extract"_s, R"({"file_path":"a","mode":"timestamps"})", u"/timestamps_ms"_s, false);
        row(u"frame-extract"_s, R"({"file_path":"a","timestamps_ms":[1,-2]})", u"/timestamps_ms/1"_s);
        row(u"frame-extract"_s, R"({"file_path":"a","interval_ms":0})", u"/interval_ms"_s);
        row(u"frame-extract"_s, R"({"file_path":"a","scene_threshold":1.01})", u"/scene_threshold"_s);
        row(u"frame-extract"_s, R"({"file_path":"a","max_frames":10001})", u"/max_frames"_s);
        row(u"frame-extract"_s, R"({"file_path":"a","max_frames":0})", u"/max_frames"_s);
        row(u"frame-extract"_s, R"({"file_path":"a","image_format":"gif"})", u"/image_format"_s);
        row(u"captions-generate"_s,    // no raw string: moc of Qt 6.4 stumbles over the '#' in one
            "{\"file_path\":\"a\",\"transcription_id\":\"t\",\"style\":{\"primary_color\":\"#FFcc00\",\"position\":\"top\"}}", accepted);
        row(u"captions-generate"_s, R"({"file_path":"a","transcription_id":"t","style":{"primary_color":"yellow"}})",
            u"/style/primary_color"_s);
        row(u"captions-generate"_s, R"({"file_path":"a","transcription_id":"t","style":{"position":"left"}})", u"/style/position"_s);
        row(u"captions-generate"_s, R"({"file_path":"a","segments":[]})", u"/segments"_s);
        row(u"captions-generate"_s, R"({"file_path":"a","segments":[{"start_ms":0,"end_ms":1}]})", u"/segments/0/text"_s);
        row(u"captions-generate"_s, R"({"file_path":"a"})", u"/transcription_id"_s);
        row(u"captions-generate"_s, R"({"file_path":"a","transcription_id":"t","renderer":"gpu"})", u"/renderer"_s);
    }
    void inputsAreChecked()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, field);
        QFETCH(bool, schemaKnows);
        const auto jobType = jobs::parseJobType(type);
        const auto parsed = parseInput(jobType, bytes);
        const auto checked = validateInput(parsed.value, parsed.diagnostics);
        const bool accepted = field == u"-";
        QVERIFY2(checked.has_value() == accepted, checked ? "accepted" : qPrintable(checked.error().detail));
        if (!accepted) {
            QCOMPARE(checked.error().code, u"input_invalid"_s);
            QCOMPARE(checked.error().field, field);
            QVERIFY(checked.error().kind == ErrorKind::Invalid);
        }
        if (schemaKnows)
            QCOMPARE(schemaAccepts(inputJsonSchema(jobType), bytes), accepted);
    }

    void outputsAreChecked_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const QString& type, const char* bytes, const QStringList& fields) {
            QTest::newRow(qPrintable(type + u' ' + QString::fromUtf8(bytes))) << type << QByteArray(bytes) << fields;
        };
        row(u"media-probe"_s, R"({"format":{},"streams":[]})", {});
        row(u"media-probe"_s, R"({"streams":[{"index":"x","kind":"teletext"}]})", {u"/format"_s, u"/streams/0/index"_s});
        row(u"silence-detect"_s, R"({"segments":[{"start_ms":0,"end_ms":1}]})", {});
        row(u"silence-detect"_s, R"({"duration_ms":"long","segments":[{"start_ms":0}]})", {u"/duration_ms"_s, u"/segments/0/end_ms"_s});
        row(u"silence-apply"_s, R"({"file_path":"a"})", {});
        row(u"silence-apply"_s, R"({"duration_ms":1})", {u"/file_path"_s});
        row(u"media-convert"_s, R"({"file_path":"a","container":"avi","new":1})", {});
        row(u"media-convert"_s, R"({"file_path":null})", {u"/file_path"_s});
        row(u"transcription-generate"_s, R"({"text":"","segments":[]})", {});
        row(u"transcription-generate"_s, R"({"segments":{}})", {u"/text"_s, u"/segments"_s});
        row(u"frame-extract"_s, R"({"frames":[{"file_path":"a","timestamp_ms":0}]})", {});
        row(u"frame-extract"_s, R"({"frames":[{"file_path":"a"}]})", {u"/frames/0/timestamp_ms"_s});
        row(u"captions-generate"_s, R"({"file_path":"a","renderer":"gpu"})", {});
        row(u"captions-generate"_s, R"({"file_path":["a"]})", {u"/file_path"_s});
    }
    void outputsAreChecked()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, fields);
        const auto jobType = jobs::parseJobType(type);
        const auto parsed = parseOutput(jobType, bytes);
        QStringList found;
        for (const Diagnostic& one : outputProblems(parsed.value, parsed.diagnostics))
            found << one.pointer;
        QCOMPARE(found, fields);
        const auto checked = validateOutput(parsed.value, parsed.diagnostics);
        QCOMPARE(checked.has_value(), fields.isEmpty());
        if (!checked)
            QCOMPARE(checked.error().code, u"output_invalid"_s);
        QCOMPARE(schemaAccepts(outputJsonSchema(jobType), bytes), fields.isEmpty());
    }

    void everySchemaAcceptsWhatItsWriterWrites()
    {
        for (const auto& [type, payload] : samples::fullInputs()) {
            QVERIFY2(schemaAccepts(inputJsonSchema(type), writeInput(payload)), writeInput(payload).constData());
            QVERIFY(validateInput(payload));
            QVERIFY(!schemaAccepts(inputJsonSchema(type), "{}"));
        }
        for (const auto& [type, payload] : samples::fullOutputs()) {
            QVERIFY2(schemaAccepts(outputJsonSchema(type), writeOutput(payload)), writeOutput(payload).constData());
            QVERIFY(validateOutput(payload));
            QVERIFY(!schemaAccepts(outputJsonSchema(type), "{}"));
        }
        QVERIFY(schemaAccepts(inputJsonSchema(JobType::Unknown), "[1]"));
    }

    void schemasTellDefaultsWordsAndRanges()
    {
        const auto schema = nlohmann::json::parse(inputJsonSchema(JobType::FrameExtract).toStdString());
        const auto& fields = schema.at("properties");
        QVERIFY(fields.at("mode").at("default") == "interval");
        QVERIFY(fields.at("mode").at("enum") == nlohmann::json::parse(R"(["interval","timestamps","scene",null])"));
        QVERIFY(fields.at("max_frames").at("maximum") == 10000);
        QVERIFY(fields.at("width").at("multipleOf") == 2);
        QVERIFY(!fields.at("file_path").at("description").empty());
        QVERIFY(schema.at("required") == nlohmann::json::parse(R"(["file_path"])"));
    }

    void equivalentInputsAreCanonicallyTheSame_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        QTest::addColumn<bool>("same");
        const auto row = [](const char* name, const QString& type, const char* one, const char* other, bool same) {
            QTest::newRow(name) << type << QByteArray(one) << QByteArray(other) << same;
        };
        const QString detect = u"silence-detect"_s;
        row("defaults filled", detect, R"({"file_path":"a"})", R"({"min_silence_ms":500,"noise_db":-30.0,"file_path":"a"})", true);
        row("null is absent", detect, R"({"file_path":"a"})", R"({"file_path":"a","noise_db":null})", true);
        row("forgiven", detect, R"({"file_path":"a","min_silence_ms":700})", R"( {"file_path" : "\u0061", "min_silence_ms": "7e2"})", true);
        row("last of duplicates", detect, R"({"file_path":"a"})", R"({"file_path":"b","file_path":"a"})", true);
        row("unknown numbers", detect, R"({"file_path":"a","x":{"b":1.50,"a":[1e2]}})", R"({"x":{"a":[100],"b":15e-1},"file_path":"a"})",
            true);
        row("empty list", u"frame-extract"_s, R"({"file_path":"a"})", R"({"file_path":"a","timestamps_ms":[]})", true);
        row("nested", u"silence-apply"_s, R"({"file_path":"a","segments":[{"start_ms":1,"end_ms":2}]})",
            R"({"file_path":"a","segments":[{"end_ms":2.0,"start_ms":"1"}],"padding_ms":100})", true);
        row("another file", detect, R"({"file_path":"a"})", R"({"file_path":"A"})", false);
        row("another option", detect, R"({"file_path":"a"})", R"({"file_path":"a","noise_db":-31})", false);
        row("unknown key", detect, R"({"file_path":"a"})", R"({"file_path":"a","x":null})", false);
        row("unknown key's value", detect, R"({"file_path":"a","x":12345678901234567890123})",
            R"({"file_path":"a","x":12345678901234567890124})", false);
        row("unknown text is no number", detect, R"({"file_path":"a","x":1})", R"({"file_path":"a","x":"1"})", false);
        row("out_folder as given", u"media-convert"_s, R"({"file_path":"a","container":"mp4","out_folder":"o"})",
            R"({"file_path":"a","container":"mp4","out_folder":"o/"})", false);
        row("unreadable values stay apart", detect, R"({"file_path":"a","min_silence_ms":"x"})", R"({"file_path":"a"})", false);
        row("list order", u"frame-extract"_s, R"({"file_path":"a","timestamps_ms":[1,2]})", R"({"file_path":"a","timestamps_ms":[2,1]})",
            false);
        row("no JSON", detect, "{", "{ ", false);
    }
    void equivalentInputsAreCanonicallyTheSame()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        QFETCH(bool, same);
        const auto jobType = jobs::parseJobType(type);
        const QByteArray first = canonicalInput(jobType, one);
        const QByteArray second = canonicalInput(jobType, other);
        QVERIFY2((first == second) == same, (first + "  " + second).constData());
        QCOMPARE(canonicalInput(jobType, first), first);
    }

    void canonicalBytesAreThese()    // stored keys were made with them: they must never change
    {
        QCOMPARE(canonicalInput(JobType::SilenceDetect, R"({"x":[ 1.0 ],"file_path":"é"})"),
                 R"({"file_path":"é","min_silence_ms":500,"noise_db":-30,"x":[1]})"_ba);
        QCOMPARE(
            canonicalInput(JobType::FrameExtract, R"({"file_path":"a"})"),
            R"({"file_path":"a","image_format":"jpg","interval_ms":1000,"max_frames":100,"mode":"interval","scene_threshold":4e-1})"_ba);
    }

    void rowsForTheInspector()
    {
        SilenceApplyInput input{u"a.mp4"_s, std::nullopt, QList<Segment>{{0, 500}, {900, 1200}, {2000, 2100}}, std::nullopt, 100};
        QStringList lines;
        for (const FieldRow& row : inputRows(InputPayload(input), 2))
            lines << u"%1%2=%3%4"_s.arg(QString(row.level, u' '), row.key, row.value, row.isSet ? u""_s : u" (unset)"_s);
        const QStringList expected{u"file_path=a.mp4"_s, u"out_folder= (unset)"_s,    u"segments=3 items"_s,
                                   u" [0]="_s,           u"  start_ms=0"_s,           u"  end_ms=500"_s,
                                   u" [1]="_s,           u"  start_ms=900"_s,         u"  end_ms=1200"_s,
                                   u" …=1 more"_s,       u"detect_job_id= (unset)"_s, u"padding_ms=100"_s};
        QCOMPARE(lines, expected);
        QCOMPARE(inputRows(InputPayload(input)).at(5).pointer, u"/segments/0/end_ms"_s);
        QVERIFY(inputRows(InputPayload(UnknownPayload{"x"})).isEmpty());
        for (const auto& [type, payload] : samples::fullOutputs()) {
            for (const FieldRow& row : outputRows(payload))
                QVERIFY(!row.key.isEmpty() && (row.key.startsWith(u'[') || !row.help.isEmpty()));
        }
    }
};

QTEST_APPLESS_MAIN(TestPayloadRules)
#include "tst_payload_rules.moc"
