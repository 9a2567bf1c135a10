// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/expectations.h"
#include "core/scenarios/faults.h"
#include "core/scenarios/scenario_file.h"
#include "tests/core/scenarios/history.h"

#include <QDir>
#include <QTest>

using namespace core;
using namespace core::scenarios;
using namespace Qt::StringLiterals;
using test_support::History;

/// Scenarios as files: what goes in comes out, what is wrong is named, and those of tests/data/scenarios go as they say.
class TestScenarioFile : public QObject {
    Q_OBJECT

private:
    static QString folder() { return test_support::dataPath(u"scenarios"_s); }

    /// How the files of tests/data/scenarios came to be: SIGNALBOX_WRITE_SCENARIOS=FOLDER makes them again.
    static void writeAll(const QString& to)
    {
        History history;
        const Scenario scenario = history.scenario();
        const auto write = [&](const QString& name, Scenario made) {
            made = expecting(made, play(made).value());
            made.title = name;
            QVERIFY(writeScenario(to + u'/' + name + u".json"_s, made, IfThere::Replace));
        };
        write(u"as-it-went"_s, scenario);
        for (const Fault fault : allFaults)
            write(faultName(fault), withFault(scenario, fault, usualStep(scenario, fault).value())->scenario);
    }

    static QByteArray small(const QByteArray& steps)
    {
        return R"({"format":"signalbox-scenario","version":1,"title":"t","remarks":[],"job":{"id":"j","job_type":"MEDIA_PROBE",)"
               R"("created_at":"2026-11-01T12:00:00Z","webhook_is_active":true,"input_json":{}},"files":[],"steps":[)" +
               steps + "]}";
    }

private slots:
    void initTestCase()
    {
        if (const QString to = qEnvironmentVariable("SIGNALBOX_WRITE_SCENARIOS"); !to.isEmpty())
            writeAll(to);
    }

    void theFilesGoAsTheySay_data()
    {
        QTest::addColumn<QString>("path");
        const auto names = QDir(folder()).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
        QVERIFY(!names.isEmpty());
        for (const QString& name : names)
            QTest::newRow(qPrintable(name)) << folder() + u'/' + name;
    }
    void theFilesGoAsTheySay()
    {
        QFETCH(QString, path);
        const auto scenario = readScenario(path);
        QVERIFY2(scenario, scenario ? "" : qPrintable(scenario.error().message));
        const auto run = play(*scenario);
        QVERIFY2(run, run ? "" : qPrintable(run.error().message));
        QCOMPARE(expectedSteps(*scenario), scenario->steps.size());
        const auto all = deviations(*scenario, *run);
        for (const Deviation& deviation : all)
            qWarning("step %lld: %s is %s, not %s", deviation.step + 1, qPrintable(deviation.field), qPrintable(deviation.got),
                     qPrintable(deviation.expected));
        QVERIFY(all.isEmpty());
    }

    void thereIsAFileForEachFault()
    {
        for (const Fault fault : allFaults)
            QVERIFY2(QFile::exists(folder() + u'/' + faultName(fault) + u".json"_s), qPrintable(faultName(fault)));
    }

    void whatGoesInComesOut()
    {
        History history;
        Scenario scenario = history.scenario();
        scenario.remarks << u"one\n\"two\""_s;
        scenario = withFault(scenario, Fault::AfterCancel, 2)->scenario;
        scenario = withFault(scenario, Fault::OldStamp, 0)->scenario;
        scenario.steps.prepend({scenario.job.createdAt, Take{}, u"note"_s, {}});
        scenario = expecting(scenario, play(scenario).value());
        const auto read = parseScenario(scenarioJson(scenario));
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(*read, scenario);
        QCOMPARE(scenarioJson(*read), scenarioJson(scenario));
    }

    void everyByteOfABodySurvives_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("JSON") << R"({"b":1.50,"a":12345678901234567890,"b":2})"_ba
                              << "\"body_json\""_ba;
        QTest::newRow("JSON in lines") << "{\r\n\t\"a\" : \"\\u00e4\\ud800\"\n}"_ba
                                       << "\"body_json\""_ba;
        QTest::newRow("JSON with space after it") << "{} \n"_ba
                                                  << "\"body_text\""_ba;
        QTest::newRow("text") << "half of \"it"_ba
                              << "\"body_text\""_ba;
        QTest::newRow("text with NUL") << QByteArray("a\0b\x1b[2J", 7) << "\"body_text\""_ba;
        QTest::newRow("empty") << QByteArray("") << "\"body_text\""_ba;
        QTest::newRow("byte order mark") << "\xef\xbb\xbf{}"_ba
                                         << "\"body_base64\""_ba;
        QTest::newRow("no UTF-8") << "{\"a\":\"\xff\"}"_ba
                                  << "\"body_base64\""_ba;
        QTest::newRow("deepest") << QByteArray(512, '[') + QByteArray(512, ']') << "\"body_json\""_ba;
        QTest::newRow("deeper") << QByteArray(5000, '[') + QByteArray(5000, ']') << "\"body_text\""_ba;
    }
    void everyByteOfABodySurvives()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, key);
        Scenario scenario;
        scenario.job.id = JobId{u"j"_s};
        scenario.job.inputData = body;
        Deliver delivery;
        delivery.body = body;
        delivery.headers = {{"X-\xe4", "\x01\xff"}};
        scenario.steps.append({{}, delivery, {}, {}});
        const QByteArray json = scenarioJson(scenario);
        QVERIFY2(json.contains(key), json.left(2000).constData());
        const auto read = parseScenario(json);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(std::get<Deliver>(read->steps.at(0).act).body, body);
        QCOMPARE(std::get<Deliver>(read->steps.at(0).act).headers, delivery.headers);
        QCOMPARE(read->job.inputData, body);
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("field");
        const auto cancel = R"({"do":"cancel","at":"2026-11-01T12:00:00Z","by":"ann","reason":"")"_ba;
        QTest::newRow("no JSON") << "{"_ba << u"json_malformed"_s << QString();
        QTest::newRow("another file") << R"({"jobs":[]})"_ba << u"scenario_format"_s << u"/format"_s;
        QTest::newRow("a list") << "[]"_ba << u"scenario_format"_s << u"/format"_s;
        QTest::newRow("newer") << R"({"format":"signalbox-scenario","version":2,"new":1})"_ba << u"scenario_version"_s << u"/version"_s;
        QTest::newRow("no version") << R"({"format":"signalbox-scenario"})"_ba << u"scenario_field"_s << u"/version"_s;
        QTest::newRow("no step") << small("4") << u"scenario_field"_s << u"/steps/0"_s;
        QTest::newRow("no time") << small(R"({"do":"take"})") << u"scenario_field"_s << u"/steps/0/at"_s;
        QTest::newRow("odd time") << small(R"({"do":"take","at":"noon"})") << u"scenario_field"_s << u"/steps/0/at"_s;
        QTest::newRow("odd act") << small(R"({"do":"dance","at":"2026-11-01T12:00:00Z"})") << u"scenario_field"_s << u"/steps/0/do"_s;
        QTest::newRow("second step") << small(cancel + "}," + cancel + R"(,"expct":{}})") << u"scenario_field"_s << u"/steps/1/expct"_s;
        QTest::newRow("expectation") << small(cancel + R"(,"expect":{"answer":1}})") << u"scenario_field"_s << u"/steps/0/expect/answer"_s;
        QTest::newRow("no body") << small(R"({"do":"deliver","at":"2026-11-01T12:00:00Z","source":"worker","to_address":true,)"
                                          R"("signature":"good","method":"POST","headers":[],"actor":"worker"})")
                                 << u"scenario_field"_s << u"/steps/0/body_json"_s;
        QTest::newRow("two bodies") << small(R"({"do":"deliver","at":"2026-11-01T12:00:00Z","source":"worker","to_address":true,)"
                                             R"("signature":"good","method":"POST","headers":[],"actor":"worker",)"
                                             R"("body_text":"","body_json":{}})")
                                    << u"scenario_field"_s << u"/steps/0/body_json"_s;
        QTest::newRow("odd base64") << small(R"({"do":"deliver","at":"2026-11-01T12:00:00Z","source":"worker","to_address":true,)"
                                             R"("signature":"good","method":"POST","headers":[],"actor":"worker","body_base64":"?"})")
                                    << u"scenario_field"_s << u"/steps/0/body_base64"_s;
        QTest::newRow("odd source") << small(R"({"do":"deliver","at":"2026-11-01T12:00:00Z","source":"moon"})") << u"scenario_field"_s
                                    << u"/steps/0/source"_s;
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(QByteArray, json);
        const auto read = parseScenario(json);
        QVERIFY(!read);
        QTEST(read.error().code, "code");
        QTEST(read.error().field, "field");
        QVERIFY(!read.error().message.isEmpty());
    }

    void aFileIsNeverOverwrittenUnasked()
    {
        const QTemporaryDir to;
        const QString path = to.filePath(u"s.json"_s);
        History history;
        const Scenario scenario = history.scenario();
        QVERIFY(writeScenario(path, scenario, IfThere::Refuse));
        QCOMPARE(writeScenario(path, scenario, IfThere::Refuse).error().code, u"file_exists"_s);
        QVERIFY(writeScenario(path, scenario, IfThere::Replace));
        QCOMPARE(readScenario(path).value(), scenario);
        QCOMPARE(readScenario(to.filePath(u"none"_s)).error().code, u"file_not_found"_s);
        QCOMPARE(writeScenario(to.filePath(u"none/s.json"_s), scenario, IfThere::Replace).error().code, u"file_not_written"_s);
    }
};

QTEST_GUILESS_MAIN(TestScenarioFile)
#include "tst_scenario_file.moc"
