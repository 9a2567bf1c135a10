// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/case_masking.h"
#include "core/casefile/rows_repository.h"
#include "core/webhooks/signature.h"
#include "tests/core/casefile/case_fixture.h"

using namespace Qt::StringLiterals;
using namespace core;
using casefile::CaseRequest;
using casefile::FileState;
using casefile::MaskedField;
using test_support::canary;
using test_support::CaseFixture;
using test_support::dumpOf;
using test_support::numberIn;

/// One job whole, as one file, and nothing in it that must not leave.
class TestExportCase : public QObject {
    Q_OBJECT

private slots:
    void everyColumnOfTheStoreIsThoughtOf();
    void wordsOfADocumentAreMasked_data();
    void wordsOfADocumentAreMasked();
    void noSecretLeaves();
    void whatWasMaskedIsSaid();
    void verdictsAndOrderStay();
    void whatItHoldsIsWhatWasPlanned();
    void filesAreLeftOutByChoice_data();
    void filesAreLeftOutByChoice();
    void whatTheInputNamesComesAlong();
    void lineageComesIfAskedFor();
    void anAbortLeavesNothing();
    void aTakenNameIsKept();
    void aFolderThatIsNotThereIsNotMade();
    void nobodyKnowsTheJob();
    void aReadOnlyConnectionExportsToo();
};

void TestExportCase::everyColumnOfTheStoreIsThoughtOf()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    for (const auto& table : casefile::caseTables()) {
        QStringList ours;
        for (const auto& column : table.columns)
            ours << QString::fromLatin1(column.name);
        QStringList theirs;
        test_support::onFile(fixture.options.storePath, [&](QSqlDatabase& database) {
            QSqlQuery query(u"SELECT name FROM pragma_table_info('%1')"_s.arg(QLatin1StringView(table.name)), database);
            while (query.next())
                theirs << query.value(0).toString();
            return 0;
        });
        theirs.removeOne(u"position"_s);
        QCOMPARE(ours, theirs);
    }
}

void TestExportCase::wordsOfADocumentAreMasked_data()
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
    row("headers that are none", Rule::Headers, R"({"cookie":"x"})", R"({"cookie":"[masked]"})");
}

void TestExportCase::wordsOfADocumentAreMasked()
{
    QFETCH(int, rule);
    QFETCH(QByteArray, stored);
    QFETCH(QByteArray, leaves);
    QCOMPARE(casefile::maskedBy(static_cast<casefile::Rule>(rule), stored), leaves);
}

void TestExportCase::noSecretLeaves()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(!id.isEmpty());
    fixture.plantCanaries(id);
    QVERIFY2(dumpOf(fixture.options.storePath).count(canary) > 20, "they are planted");
    const QString path = fixture.casePath();
    const auto made = fixture.exported({.job = id, .withLineage = true, .kinds = {}}, path);
    QVERIFY2(made.has_value(), qPrintable(made ? QString() : made.error().message));

    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QCOMPARE(bytes.indexOf(canary), -1);
    QCOMPARE(dumpOf(path).indexOf(canary), -1);    // values that are spread over pages

    const auto key = webhooks::MasterKey::load(fixture.options.storePath + u".key"_s, false);
    QVERIFY(key.has_value());
    const auto webhook = fixture.details(id).webhook;
    QVERIFY(webhook.has_value());
    QFile keyFile(fixture.options.storePath + u".key"_s);
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

void TestExportCase::whatWasMaskedIsSaid()
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
        {u"webhook_deliveries"_s, u"d-wrong"_s, u"headers"_s},
        {u"webhook_deliveries"_s, u"d-wrong"_s, u"body"_s},
        {u"webhook_deliveries"_s, u"d-cut"_s, u"body"_s},
        {u"notifications"_s, u"n-1"_s, u"body"_s},
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

void TestExportCase::verdictsAndOrderStay()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    fixture.plantCanaries(id);
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, fixture.casePath()).has_value());
    QCOMPARE(numberIn(fixture.casePath(), u"SELECT count(*) FROM webhook_deliveries WHERE id='d-wrong' AND signature_verdict='wrong'"_s),
             1);
    QCOMPARE(numberIn(fixture.casePath(), u"SELECT max(sequence) - min(sequence) + 1 - count(*) FROM job_events"_s), 0);
    QCOMPARE(numberIn(fixture.casePath(), u"SELECT count(*) FROM job_events"_s), fixture.events(id).size());
}

void TestExportCase::whatItHoldsIsWhatWasPlanned()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    const QByteArray before = fixture.everything();
    const auto plan = fixture.backend->planCase({.job = id, .kinds = {}}).wait();
    QVERIFY(plan.has_value());
    QCOMPARE(fixture.everything(), before);
    const auto made = fixture.exported({.job = id, .kinds = {}}, fixture.casePath());
    QVERIFY(made.has_value());
    QCOMPARE(made->jobs, plan->jobs);
    QCOMPARE(made->counts, plan->counts);
    QCOMPARE(made->masked, plan->masked);
    QCOMPARE(made->bytesIn(), plan->bytesIn());
    QCOMPARE(made->files.size(), 2);
    QCOMPARE(made->files.first().kind, u"input"_s);
    QCOMPARE(made->files.first().sizeBytes, (3 << 20) + 3);
    QVERIFY(made->rerun.isPossible);
    QCOMPARE(made->rerun.code, QString());
    QCOMPARE(made->sizeBytes, QFileInfo(fixture.casePath()).size());
    const QStringList left = QDir(fixture.folder.path()).entryList(QDir::Files | QDir::Hidden).filter(u".part-"_s);
    QCOMPARE(left, QStringList());
}

void TestExportCase::filesAreLeftOutByChoice_data()
{
    QTest::addColumn<bool>("withInput");
    QTest::addColumn<bool>("allKinds");
    QTest::addColumn<bool>("isInputThere");
    QTest::addColumn<QList<FileState>>("states");
    QTest::addColumn<QString>("code");
    QTest::newRow("all") << true << true << true << QList{FileState::In, FileState::In} << QString();
    QTest::newRow("no artifacts") << true << false << true << QList{FileState::In, FileState::ByChoice} << QString();
    QTest::newRow("no input") << false << true << true << QList{FileState::ByChoice, FileState::In} << u"input_left_out"_s;
    QTest::newRow("the input is gone") << true << true << false << QList{FileState::Missing, FileState::In} << u"input_missing"_s;
}

void TestExportCase::filesAreLeftOutByChoice()
{
    QFETCH(bool, withInput);
    QFETCH(bool, allKinds);
    QFETCH(bool, isInputThere);
    QFETCH(QList<FileState>, states);
    QFETCH(QString, code);
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    if (!isInputThere)
        QVERIFY(QFile::remove(fixture.path(u"inputs/talk.wav"_s)));
    CaseRequest request{.job = id, .withInput = withInput, .kinds = {}};
    if (!allKinds)
        request.kinds = QStringList();
    const auto made = fixture.exported(request, fixture.casePath());
    QVERIFY(made.has_value());
    QList<FileState> found;
    for (const auto& file : made->files)
        found << file.state;
    QCOMPARE(found, states);
    QCOMPARE(made->rerun.code, code);
    QCOMPARE(made->rerun.isPossible, code.isEmpty());
}

void TestExportCase::whatTheInputNamesComesAlong()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId detect = fixture.detected();
    const auto cut =
        fixture.submit(JobType::SilenceApply, {{"file_path", "inputs/talk.wav"}, {"detect_job_id", detect.text.toStdString()}});
    QVERIFY(cut.has_value());
    const auto made = fixture.exported({.job = cut->jobId, .kinds = {}}, fixture.casePath());
    QVERIFY(made.has_value());
    QCOMPARE(made->jobs.size(), 2);
    QCOMPARE(made->jobs.first().id, cut->jobId);
    QCOMPARE(made->jobs.last().id, detect);
    QCOMPARE(made->jobs.last().role, casefile::JobRole::Needed);
    QVERIFY(made->rerun.isPossible);
}

void TestExportCase::lineageComesIfAskedFor()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId first = fixture.detected();
    const auto second = fixture.backend->resubmit(fixture.caller, {first, {}, false}).wait();
    QVERIFY(second.has_value());
    QCOMPARE(fixture.exported({.job = first, .kinds = {}}, fixture.casePath(u"a.sbcase"_s))->jobs.size(), 1);
    const auto whole = fixture.exported({.job = first, .withLineage = true, .kinds = {}}, fixture.casePath(u"b.sbcase"_s));
    QVERIFY(whole.has_value());
    QCOMPARE(whole->jobs.size(), 2);
    QCOMPARE(whole->jobs.last().id, second->jobId);
    QCOMPARE(whole->jobs.last().role, casefile::JobRole::Lineage);
}

void TestExportCase::anAbortLeavesNothing()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    const CancelSource abort;
    tasks::ActControl control;
    control.cancel = abort.token();
    QList<std::pair<qsizetype, qsizetype>> told;
    control.progress = [&](qsizetype done, qsizetype of) {
        told.append({done, of});
        abort.cancel();    // in the middle of the first file
    };
    const auto made = fixture.backend->exportCase({.job = id, .kinds = {}}, fixture.casePath(), control).wait();
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().kind, ErrorKind::Cancelled);
    QCOMPARE(told.size(), 1);
    QVERIFY(told.first().first < told.first().second);
    QVERIFY(QDir(fixture.folder.path()).entryList(QDir::Files | QDir::Hidden).filter(u"sbcase"_s).isEmpty());
}

void TestExportCase::aTakenNameIsKept()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QFile there(fixture.casePath());
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    const auto refused = fixture.exported({.job = id, .kinds = {}}, fixture.casePath());
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, u"file_exists"_s);
    QCOMPARE(QFileInfo(fixture.casePath()).size(), 4);
    QVERIFY(fixture.exported({.job = id, .kinds = {}, .mayReplace = true}, fixture.casePath()).has_value());
    QVERIFY(QFileInfo(fixture.casePath()).size() > 4);
}

void TestExportCase::aFolderThatIsNotThereIsNotMade()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    const auto made = fixture.exported({.job = id, .kinds = {}}, fixture.folder.filePath(u"typo/one.sbcase"_s));
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().code, u"folder_missing"_s);
    QVERIFY(!QFileInfo::exists(fixture.folder.filePath(u"typo"_s)));
}

void TestExportCase::nobodyKnowsTheJob()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const auto made = fixture.exported({.job = JobId{u"nobody"_s}, .kinds = {}}, fixture.casePath());
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().code, u"job_unknown"_s);
    QVERIFY(!QFileInfo::exists(fixture.casePath()));
}

void TestExportCase::aReadOnlyConnectionExportsToo()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    fixture.backend.reset();
    fixture.options.readOnly = true;
    QCOMPARE(fixture.open(), QString());
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, fixture.casePath()).has_value());
}

QTEST_GUILESS_MAIN(TestExportCase)
#include "tst_export_case.moc"
