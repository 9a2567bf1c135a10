// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/rows_repository.h"
#include "core/database/transaction.h"
#include "tests/core/casefile/case_fixture.h"

using namespace Qt::StringLiterals;
using namespace core;
using casefile::CaseRequest;
using casefile::FileState;
using test_support::CaseFixture;
using test_support::numberIn;

/// One job whole, as one file, and nothing in the place of what must stay.
class TestExportCase : public QObject {
    Q_OBJECT

private slots:
    void everyColumnOfTheStoreIsThoughtOf();
    void verdictsAndOrderStay();
    void whatItHoldsIsWhatWasPlanned();
    void filesAreLeftOutByChoice_data();
    void filesAreLeftOutByChoice();
    void whatTheInputNamesComesAlong();
    void lineageComesIfAskedFor();
    void whatALongLineageLeavesOutIsCounted();
    void anAbortLeavesNothing();
    void aTakenNameIsKept();
    void onlyACaseIsReplaced_data();
    void onlyACaseIsReplaced();
    void whatDiedIsSweptAway();
    void aFolderThatIsNotThereIsNotMade();
    void nobodyKnowsTheJob();
    void aReadOnlyConnectionExportsToo();
};

void TestExportCase::everyColumnOfTheStoreIsThoughtOf()
{
    CaseFixture fixture(CaseFixture::Place::File);    // whose names are the server's as well
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

void TestExportCase::verdictsAndOrderStay()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    fixture.plantCanaries(id);
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, fixture.casePath()).has_value());
    QCOMPARE(numberIn(fixture.casePath(), u"SELECT count(*) FROM webhook_deliveries WHERE id='%1' AND signature_verdict='wrong'"_s.arg(
                                              test_support::uuidOf(u"d-wrong"_s))),
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

void TestExportCase::whatALongLineageLeavesOutIsCounted()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    const auto database = fixture.connect();
    auto transaction = database::Transaction::begin(*database);
    for (qint64 i = 1; i <= 1004; ++i)
        test_support::insertRow(*database, "jobs",
                                {{"id", test_support::uuidOf(u"retry-%1"_s.arg(i))},
                                 {"job_type", u"SILENCE_DETECT"_s},
                                 {"status", u"CANCELLED"_s},
                                 {"input_data", u"{\"file_path\":\"inputs/talk.wav\"}"_s},
                                 {"retried_from", id.text},
                                 {"created_at", i},
                                 {"finished_at", i},
                                 {"updated_at", i}});
    QVERIFY(transaction->commit());
    const auto plan = fixture.backend->planCase({.job = id, .withLineage = true, .kinds = {}}).wait();
    QVERIFY2(plan.has_value(), qPrintable(plan ? QString() : plan.error().message));
    QCOMPARE(plan->jobs.size(), 1000);
    QCOMPARE(plan->jobsLeftOut, 5);
    const auto made = fixture.exported({.job = id, .withLineage = true, .withInput = false, .kinds = QStringList()}, fixture.casePath());
    QVERIFY2(made.has_value(), qPrintable(made ? QString() : made.error().message));
    QCOMPARE(made->jobs.size(), 1000);
    QCOMPARE(made->jobsLeftOut, 5);
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
}

void TestExportCase::onlyACaseIsReplaced_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isReplaced");
    QTest::newRow("another case") << u"other.sbcase"_s << true;
    QTest::newRow("a text") << u"mine.txt"_s << false;
    QTest::newRow("a text that is called a case") << u"mine.sbcase"_s << false;
    QTest::newRow("another store") << u"other.db"_s << false;
    QTest::newRow("this store") << u"store.db"_s << false;
    QTest::newRow("its key") << u"store.db.key"_s << false;
    QTest::newRow("a way to this store") << u"way.sbcase"_s << false;
    QTest::newRow("a folder") << u"folder"_s << false;
}

void TestExportCase::onlyACaseIsReplaced()
{
    QFETCH(QString, name);
    QFETCH(bool, isReplaced);
    CaseFixture fixture(CaseFixture::Place::File);    // the store's own file is one of the names
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(fixture.exported({.job = id, .withInput = false, .kinds = QStringList()}, fixture.casePath(u"other.sbcase"_s)).has_value());
    for (const QString& text : {u"mine.txt"_s, u"mine.sbcase"_s}) {
        QFile file(fixture.casePath(text));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    }
    CaseFixture other(CaseFixture::Place::File);
    QCOMPARE(other.open(), QString());
    QVERIFY(QFile::copy(other.options.storePath, fixture.casePath(u"other.db"_s)));
    QVERIFY(QFile::link(fixture.options.storePath, fixture.casePath(u"way.sbcase"_s)));
    QVERIFY(QDir().mkpath(fixture.casePath(u"folder"_s)));
    const QString path = name.startsWith(u"store.db"_s) ? fixture.options.storePath + name.mid(8) : fixture.casePath(name);
    QVERIFY(QFileInfo::exists(path));
    const QByteArray before = fixture.everything();
    const qint64 size = QFileInfo(path).size();

    const auto made = fixture.exported({.job = id, .kinds = {}, .mayReplace = true}, path);
    QCOMPARE(made.has_value(), isReplaced);
    QCOMPARE(QFileInfo(path).size() > size + 1000, isReplaced);
    if (!isReplaced)
        QCOMPARE(made.error().code, u"file_exists"_s);
    QCOMPARE(fixture.everything(), before);
    QVERIFY(fixture.submit(JobType::MediaProbe, {{"file_path", "inputs/talk.wav"}}).has_value());    // the store is a store still
}

void TestExportCase::whatDiedIsSweptAway()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    const QString old = fixture.casePath(u".part-0199a1b2-0000-7000-8000-000000000001.sbcase"_s);
    const QString young = fixture.casePath(u".part-0199a1b2-0000-7000-8000-000000000002.sbcase"_s);
    const QString log = old + u"-journal"_s;
    const QString others = fixture.casePath(u".part-of-my-notes.sbcase"_s);
    for (const QString& path : {old, young, log, others}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("half") == 4 && file.flush());
        if (path != young)
            QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-7200), QFileDevice::FileModificationTime));
    }
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, fixture.casePath()).has_value());
    QVERIFY(!QFileInfo::exists(old) && !QFileInfo::exists(log));
    QVERIFY(QFileInfo::exists(young) && QFileInfo::exists(others));
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
