// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/field_text.h"
#include "ui/submit/input_document.h"
#include "ui/submit/input_fields.h"

#include <QTest>

using namespace Qt::StringLiterals;
using core::JobType;
using ui::FieldKind;
using ui::InputDocument;

class TestSubmitFields : public QObject {
    Q_OBJECT

private slots:
    void textBecomesJson_data()
    {
        QTest::addColumn<FieldKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << FieldKind::Text << u"  "_s << QByteArray();
        QTest::newRow("text") << FieldKind::Text << u" a \"b\""_s << "\"a \\\"b\\\"\""_ba;
        QTest::newRow("a number keeps its spelling") << FieldKind::Number << u"-3e1"_s << "-3e1"_ba;
        QTest::newRow("a typed minus sign") << FieldKind::Number << u"\u221230"_s << "-30"_ba;
        QTest::newRow("no number") << FieldKind::Whole << u"12a"_s << "\"12a\""_ba;
        QTest::newRow("times") << FieldKind::Times << u"0:01.5, 12 s\n20000"_s << "[1500, 12000, 20000]"_ba;
        QTest::newRow("no time") << FieldKind::Times << u"1500, soon"_s << "\"1500, soon\""_ba;
        QTest::newRow("segments") << FieldKind::Segments << u"0:01.963 - 0:03.463\n\n5 s to 6 s"_s
                                  << R"([{"start_ms": 1963, "end_ms": 3463}, {"start_ms": 5000, "end_ms": 6000}])"_ba;
        QTest::newRow("captions") << FieldKind::Captions << u"0:00.500 - 0:02.000  Good \u2013 morning"_s
                                  << u"[{\"start_ms\": 500, \"end_ms\": 2000, \"text\": \"Good \u2013 morning\"}]"_s.toUtf8();
        QTest::newRow("a list as JSON") << FieldKind::Segments << u"[{\"start_ms\":1,\"x\":2}]"_s << R"([{"start_ms":1,"x":2}])"_ba;
    }
    void textBecomesJson()
    {
        QFETCH(FieldKind, kind);
        QFETCH(QString, text);
        QTEST(ui::jsonOfText(kind, text), "json");
    }

    void whatAFieldShowsReadsBackTheSame_data()
    {
        QTest::addColumn<FieldKind>("kind");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("times") << FieldKind::Times << "[0, 1500, 3723500]"_ba;
        QTest::newRow("segments") << FieldKind::Segments << R"([{"start_ms": 0, "end_ms": 3723500}])"_ba;
        QTest::newRow("captions") << FieldKind::Captions << R"([{"start_ms": 1, "end_ms": 2, "text": "- 5 s"}])"_ba;
        QTest::newRow("a caption of two lines") << FieldKind::Captions << R"([{"start_ms": 1, "end_ms": 2, "text": "a\nb"}])"_ba;
        QTest::newRow("a segment that knows more") << FieldKind::Segments << R"([{"start_ms": 1, "end_ms": 2, "why": "cough"}])"_ba;
        QTest::newRow("a number") << FieldKind::Number << "1e3"_ba;
    }
    void whatAFieldShowsReadsBackTheSame()
    {
        QFETCH(FieldKind, kind);
        QFETCH(QByteArray, json);
        const auto text = core::JsonText::parse(json);
        QVERIFY(text);
        QCOMPARE(ui::jsonOfText(kind, ui::textOfJson(kind, text->root())), json);
    }

    void everyTypeHasFieldsAndAnEmptyInput()
    {
        const auto types = core::jobs::allJobTypes();
        for (const JobType type : types) {
            const auto fields = ui::inputFields(type);
            QVERIFY(!fields.isEmpty());
            QCOMPARE(fields.constFirst().pointer, u"/file_path"_s);
            QCOMPARE(fields.constFirst().kind, FieldKind::StorageKey);
            for (const auto& field : fields)
                QVERIFY2(!field.help.isEmpty() && field.label != field.pointer.mid(1), qPrintable(field.pointer));
            InputDocument document(type, ui::emptyInput(type));
            QVERIFY(!document.syntaxError());
            QVERIFY(!document.problemAt(u"/file_path"_s).isEmpty());
        }
    }

    void fieldsSayUnitLimitsAndDefault()
    {
        const auto fields = ui::inputFields(JobType::SilenceDetect);
        QCOMPARE(fields.size(), 3);
        QCOMPARE(fields.at(1).unit, u"dB"_s);
        QVERIFY2(fields.at(1).range.contains(u"to 0"_s), qPrintable(fields.at(1).range));
        QVERIFY(fields.at(1).fallback.startsWith("-30"));
        const auto captions = ui::inputFields(JobType::CaptionsGenerate);
        const bool hasStyle =
            std::any_of(captions.begin(), captions.end(), [](const auto& field) { return field.pointer == u"/style/font"; });
        QVERIFY(hasStyle);
    }

    void aFieldsChangeTouchesNothingElse()
    {
        const QByteArray before = "{ \"noise_db\": -3.0e1,\n  \"x-kept\": [1, 2],  \"file_path\": \"a.wav\" }"_ba;
        InputDocument document(JobType::SilenceDetect, before);
        QVERIFY(document.setValue(u"/file_path"_s, "\"b.wav\""_ba));
        QCOMPARE(document.bytes(), QByteArray(before).replace("a.wav", "b.wav"));
        QVERIFY(document.setValue(u"/min_silence_ms"_s, "700"_ba));
        QVERIFY(document.setValue(u"/min_silence_ms"_s, {}));
        QVERIFY(document.json()->find(u"/x-kept/1"));
        QVERIFY(document.bytes().contains("-3.0e1"));
        QVERIFY(document.problems().isEmpty());
    }

    void aStylesFirstOptionMakesTheStyleAndItsLastTakesItAway()
    {
        InputDocument document(JobType::CaptionsGenerate, ui::emptyInput(JobType::CaptionsGenerate));
        QVERIFY(document.setValue(u"/style/font"_s, "\"Inter\""_ba));
        QCOMPARE(document.json()->find(u"/style/font")->string(), u"Inter"_s);
        QVERIFY(document.setValue(u"/style/font"_s, {}));
        QVERIFY(!document.json()->find(u"/style"));
    }
};

Q_DECLARE_METATYPE(ui::FieldKind)

QTEST_GUILESS_MAIN(TestSubmitFields)
#include "tst_submit_fields.moc"
