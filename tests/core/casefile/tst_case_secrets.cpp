// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/case_masking.h"
#include "core/webhooks/signature.h"
#include "tests/core/casefile/case_fixture.h"
#include "tests/support/secret_shapes.h"

using namespace Qt::StringLiterals;
using namespace core;
using casefile::FileState;
using casefile::MaskedField;
using test_support::canary;
using test_support::CaseFixture;
using test_support::dumpOf;
using test_support::numberIn;

namespace {

/// All that a text may hold: what is escaped is read in documents alone.
QList<test_support::Shape> allShapes()
{
    auto shapes = test_support::secretTexts + test_support::secretDocuments + test_support::secretWords;
    shapes.removeIf([](const test_support::Shape& shape) { return QByteArray(shape.text).contains("\\u"); });
    return shapes;
}

/// Puts each text into every place of the job where one may stand.
void plant(const CaseFixture& fixture, const JobId& id, const QList<QByteArray>& texts)
{
    fixture.dropGuard();
    nlohmann::json list = nlohmann::json::array();
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const QString text = QString::fromUtf8(texts.at(i));
        list.push_back(text.toStdString());
        fixture.insertDelivery(u"d-%1"_s.arg(i), id.text, 5, QString::fromStdString(nlohmann::json{{"x-note", text.toStdString()}}.dump()),
                               texts.at(i), u"wrong"_s, text);
    }
    const QString all = QString::fromStdString(list.dump());
    const QString log = QString::fromUtf8(texts.join('\n'));
    fixture.update("jobs", {{"current_message", log}, {"error_message", log}, {"output_data", all}}, {{"id", id.text}});
    fixture.addToInput(id, {{"notes", list}});
    fixture.update("job_events", {{"message", log}, {"payload", all}}, {{"job_id", id.text}, {"sequence", 2}});
    fixture.insertRun(id, log, all, log);
    for (const auto& made : fixture.artifacts(id))
        fixture.write(made.file->path, texts.join('\n'));
}

}

/// Nothing is in a case that must not leave, and all else is.
class TestCaseSecrets : public QObject {
    Q_OBJECT

private slots:
    void wordsOfADocumentAreMasked_data();
    void wordsOfADocumentAreMasked();
    void noSecretLeaves();
    void noShapeOfASecretLeaves();
    void ordinaryWordsLeave();
    void aTextIsToldByWhatItHolds_data();
    void aTextIsToldByWhatItHolds();
    void whatWasMaskedIsSaid();
};

void TestCaseSecrets::wordsOfADocumentAreMasked_data()
{
    using casefile::Rule;
    QTest::addColumn<int>("rule");
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<QByteArray>("leaves");
    const auto row = [](const char* name, Rule rule, const QByteArray& stored, const QByteArray& leaves) {
        QTest::newRow(name) << static_cast<int>(rule) << stored << leaves;
    };
    row("plain JSON keeps its bytes", Rule::Document, R"({ "a" : 1e3,"b":"x"})", R"({ "a" : 1e3,"b":"x"})");
    row("a string", Rule::Document, R"({"m":"at redis://u:pw@h"})", R"({"m":"at redis://u:[masked]@h"})");
    row("a key", Rule::Document, R"({"api_key":{"x":1}})", R"({"api_key":"[masked]"})");
    row("no JSON", Rule::Document, "token=abc; rest", "token=[masked]; rest");
    row("no UTF-8", Rule::Text, "\xff\xfe plain", "\xff\xfe plain");
    row("a signature", Rule::Headers, R"([["Webhook-Signature","v1,abc"],["a","b"]])", R"([["Webhook-Signature","[masked]"],["a","b"]])");
    row("headers keep their spelling", Rule::Headers, R"([ ["a","\u0062"] ])", R"([ ["a","\u0062"] ])");
    row("a key that is a secret itself", Rule::Document, R"({"https://u:pw@h":1})", R"({"https://u:[masked]@h":1})");
    row("headers that are none", Rule::Headers, R"({"cookie":"x"})", R"({"cookie":"[masked]"})");
}

void TestCaseSecrets::wordsOfADocumentAreMasked()
{
    QFETCH(int, rule);
    QFETCH(QByteArray, stored);
    QFETCH(QByteArray, leaves);
    QCOMPARE(casefile::maskedBy(static_cast<casefile::Rule>(rule), stored), leaves);
}

void TestCaseSecrets::noSecretLeaves()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(!id.isEmpty());
    fixture.plantCanaries(id);
    QVERIFY2(test_support::dump(*fixture.connect()).count(canary) > 20, "they are planted");
    const QString path = fixture.casePath();
    const auto made = fixture.exported({.job = id, .withLineage = true, .kinds = {}}, path);
    QVERIFY2(made.has_value(), qPrintable(made ? QString() : made.error().message));

    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QCOMPARE(bytes.indexOf(canary), -1);
    QCOMPARE(dumpOf(path).indexOf(canary), -1);    // values that are spread over pages

    const auto key = webhooks::MasterKey::load(fixture.place.keyPath(), false);
    QVERIFY(key.has_value());
    const auto webhook = fixture.details(id).webhook;
    QVERIFY(webhook.has_value());
    QFile keyFile(fixture.place.keyPath());
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    const QByteArray keyBytes = keyFile.readAll().trimmed();
    const QByteArray secret = key->secretOf(webhook->id);
    for (const QByteArray& each : {keyBytes, secret, secret.toBase64(), secret.toHex()}) {
        QVERIFY(each.size() > 8);
        QCOMPARE(bytes.indexOf(each), -1);
    }
    QCOMPARE(numberIn(path, u"SELECT count(*) FROM operator_journal"_s), 0);
    QCOMPARE(numberIn(path, u"SELECT count(*) FROM settings"_s), 0);
    QCOMPARE(numberIn(path, u"SELECT count(*) FROM queue_messages"_s), 0);
    QCOMPARE(numberIn(path, u"SELECT count(*) FROM jobs WHERE dedupe_key IS NOT NULL"_s), 0);
}

void TestCaseSecrets::noShapeOfASecretLeaves()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QList<QByteArray> texts;
    for (const test_support::Shape& shape : allShapes())
        texts << test_support::withSecret(shape, canary + QByteArray::number(texts.size()));
    plant(fixture, id, texts);
    const auto made = fixture.exported({.job = id, .kinds = {}}, fixture.casePath());
    QVERIFY2(made.has_value(), qPrintable(made ? QString() : made.error().message));
    const QByteArray dump = dumpOf(fixture.casePath());
    QStringList found;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (dump.contains(canary + QByteArray::number(i) + '"') || dump.contains(canary + QByteArray::number(i) + '\n'))
            found << QString::fromUtf8(texts.at(i));
    }
    const qsizetype at = dump.indexOf(canary);
    QVERIFY2(at < 0, (found.join(u'\n').toUtf8() + "\n...\n" + dump.mid(std::max<qsizetype>(0, at - 100), 200)).constData());
}

void TestCaseSecrets::ordinaryWordsLeave()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QList<QByteArray> texts;
    for (const test_support::Shape& shape : test_support::ordinaryTexts)
        texts << shape.text;
    plant(fixture, id, texts);
    const auto made = fixture.exported({.job = id, .kinds = {}}, fixture.casePath());
    QVERIFY2(made.has_value(), qPrintable(made ? QString() : made.error().message));
    for (const MaskedField& field : made->masked)
        qWarning("masked: %s %s %s", qPrintable(field.table), qPrintable(field.row), qPrintable(field.column));
    QVERIFY(made->masked.isEmpty());
}

void TestCaseSecrets::aTextIsToldByWhatItHolds_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("YAML") << u"inputs/notes.yaml"_s << "db:\n  password: " + canary + '\n';
    QTest::newRow("environment") << u"inputs/.env"_s << "API_KEY=" + canary + '\n';
    QTest::newRow("no suffix") << u"inputs/config"_s << "secret_key = " + canary + '\n';
    QTest::newRow("lines of JSON") << u"inputs/a.ndjson"_s << "{\"n\":1}\n{\"access_token\":\"" + canary + "\"}\n";
    QTest::newRow("JSON over lines of JSON") << u"inputs/a.jsonl"_s << "{\"n\":1}\n{\"password\":{\"is\":\"" + canary + "\"}}\n";
    QTest::newRow("subtitles") << u"inputs/a.ttml"_s << "<p>token=" + canary + "</p>";
    QTest::newRow("named like media") << u"inputs/a.mp4"_s << "Authorization: Bearer " + canary;
    QTest::newRow("Latin-1") << u"inputs/a.ini"_s << "name=Zo\xeb\npassword=" + canary + '\n';
    QByteArray wide;
    for (const char c : QByteArray("password=" + canary + "\r\n"))
        wide += QByteArray(1, c) + '\0';
    QTest::newRow("UTF-16") << u"inputs/a.reg"_s << "\xff\xfe" + wide;
}

void TestCaseSecrets::aTextIsToldByWhatItHolds()
{
    QFETCH(QString, key);
    QFETCH(QByteArray, bytes);
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    fixture.write(key, bytes);
    const auto job = fixture.submit(JobType::MediaProbe, {{"file_path", key.toStdString()}});
    QVERIFY2(job.has_value(), qPrintable(job ? QString() : job.error().message));
    const auto made = fixture.exported({.job = job->jobId, .kinds = {}}, fixture.casePath());
    QVERIFY2(made.has_value(), qPrintable(made ? QString() : made.error().message));
    QCOMPARE(made->files.first().state, FileState::Secret);    // an input: masked it would be another file
    QCOMPARE(made->rerun.code, u"input_secret"_s);
    QFile file(fixture.casePath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().replace('\0', "").contains(canary));
}

void TestCaseSecrets::whatWasMaskedIsSaid()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    fixture.plantCanaries(id);
    const auto made = fixture.exported({.job = id, .kinds = {}}, fixture.casePath());
    QVERIFY(made.has_value());
    const MaskedField fields[] = {
        {u"jobs"_s, id.text, u"input_data"_s},
        {u"jobs"_s, id.text, u"output_data"_s},
        {u"jobs"_s, id.text, u"error_message"_s},
        {u"jobs"_s, id.text, u"current_message"_s},
        {u"job_events"_s, u"2"_s, u"payload"_s},
        {u"job_attempts"_s, u"1"_s, u"log"_s},
        {u"job_attempts"_s, u"1"_s, u"commands"_s},
        {u"webhook_deliveries"_s, test_support::uuidOf(u"d-wrong"_s), u"headers"_s},
        {u"webhook_deliveries"_s, test_support::uuidOf(u"d-wrong"_s), u"body"_s},
        {u"webhook_deliveries"_s, test_support::uuidOf(u"d-cut"_s), u"body"_s},
        {u"notifications"_s, test_support::uuidOf(u"n-1"_s), u"body"_s},
        {u"transcriptions"_s, u"t-1"_s, u"text"_s},
        {u"files"_s, fixture.artifacts(id).first().file->path, u"content"_s},
    };
    for (const MaskedField& field : fields)
        QVERIFY2(made->masked.contains(field), qPrintable(field.table + u' ' + field.column));
    QVERIFY(!made->masked.contains(MaskedField{u"job_events"_s, u"1"_s, u"message"_s}));
    QVERIFY(made->rerun.isPossible);
    QCOMPARE(made->rerun.code, u"input_masked"_s);
    QCOMPARE(made->hosts, QStringList{u"media-03"_s});
}

QTEST_GUILESS_MAIN(TestCaseSecrets)
#include "tst_case_secrets.moc"
