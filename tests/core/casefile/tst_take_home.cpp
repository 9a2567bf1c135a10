// SPDX-License-Identifier: Apache-2.0
#include "tests/core/casefile/case_fixture.h"

#include <functional>

using namespace Qt::StringLiterals;
using namespace core;
using casefile::TakeHomeAnswer;
using test_support::CaseFixture;

/// A job comes home from a case: whole or not at all, once, and runs again.
class TestTakeHome : public QObject {
    Q_OBJECT

private slots:
    void theOtherMachine();
    void takenTwiceItIsHereAlready();
    void whereItCameFromItIsHereAlready();
    void rowsFilesEventAndJournalComeTogether();
    void aJobThatHadNotEndedIsCancelled();
    void whatIsHereKeepsItsRow();
    void withoutItsInputItSaysThatItCannotRun();
    void onlyWhatIsMissingComes();
    void wordsThatCameFirstGetTheirJob();
    void badCasesChangeNothing_data();
    void badCasesChangeNothing();
    void anAbortChangesNothing();
    void anotherJobOfThatIdStays();
    void anotherFileOfThatKeyStays();

private:
    [[nodiscard]] static Result<TakeHomeAnswer> take(CaseFixture& home, const QString& path)
    {
        return home.backend->takeHome(home.caller, path, u"to look at it"_s).wait();
    }
};

void TestTakeHome::theOtherMachine()
{
    QTemporaryDir elsewhere;
    const QString path = elsewhere.filePath(u"one.sbcase"_s);
    JobId id;
    {
        CaseFixture first;
        QCOMPARE(first.open(), QString());
        const QString clip = first.folder.filePath(u"clip.mp4"_s);
        QVERIFY(test_support::makeClip(clip, 1, u"160x120"_s));
        const auto key = first.backend->importFile(first.caller, clip).wait();
        QVERIFY(key.has_value());
        const auto answer = first.submit(JobType::MediaConvert, {{"file_path", key->toStdString()}, {"container", "wav"}});
        QVERIFY2(answer.has_value(), qPrintable(answer ? QString() : answer.error().message));
        id = answer->jobId;
        QCOMPARE(first.startWorkers(1), QString());
        QVERIFY(first.waitForEnd(id));
        QCOMPARE(first.job(id).status, JobStatus::Done);
        QVERIFY(first.exported({.job = id, .kinds = {}}, path).has_value());
    }    // the first store is gone, with its folder
    {
        backend::DirectBackendOptions options;
        options.storePath = path;
        const auto opened = backend::DirectBackend::open(options);
        QVERIFY(opened.has_value());
        const auto story = (*opened)->jobStory(id).wait();
        QVERIFY(story.has_value());
        QCOMPARE(story->job.status, JobStatus::Done);
        QCOMPARE(story->attempts.size(), 1);
        QCOMPARE(story->artifacts.size(), 1);
        const auto made = (*opened)->localFile(story->artifacts.first().file->path).wait();
        QVERIFY(made.has_value());
        QVERIFY(test_support::ffprobe(*made).contains("streams"));
    }
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    const auto seen = home.backend->readCase(path).wait();
    QVERIFY(seen.has_value());
    QVERIFY(seen->rerun.isPossible);
    QVERIFY(seen->alreadyHere.isEmpty());
    const auto taken = take(home, path);
    QVERIFY2(taken.has_value(), qPrintable(taken ? QString() : taken.error().message));
    QCOMPARE(taken->taken, QList<JobId>{id});
    QCOMPARE(home.job(id).status, JobStatus::Done);
    const auto again = home.backend->resubmit(home.caller, {id, {}, false}).wait();
    QVERIFY2(again.has_value(), qPrintable(again ? QString() : again.error().message));
    QCOMPARE(home.startWorkers(1), QString());
    QVERIFY(home.waitForEnd(again->jobId));
    QCOMPARE(home.job(again->jobId).status, JobStatus::Done);
    QCOMPARE(home.job(again->jobId).retriedFrom, std::optional(id));
    QVERIFY(test_support::ffprobe(home.path(home.output(again->jobId)["file_path"])).contains("streams"));
}

void TestTakeHome::takenTwiceItIsHereAlready()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    QVERIFY(take(home, first.casePath()).has_value());
    const QByteArray before = home.everything();
    const auto twice = take(home, first.casePath());
    QVERIFY(twice.has_value());
    QCOMPARE(twice->taken, QList<JobId>());
    QCOMPARE(twice->alreadyHere, QList<JobId>{id});
    QCOMPARE(twice->files, 0);
    QVERIFY(twice->rerun.isPossible);
    QCOMPARE(home.everything(), before);
    QVERIFY(home.backend->readCase(first.casePath()).wait()->isAllHere());
}

void TestTakeHome::whereItCameFromItIsHereAlready()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    first.plantCanaries(id);
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());
    const QByteArray before = first.everything();
    const auto back = take(first, first.casePath());
    QVERIFY(back.has_value());
    QCOMPARE(back->alreadyHere, QList<JobId>{id});
    QCOMPARE(first.everything(), before);
}

void TestTakeHome::rowsFilesEventAndJournalComeTogether()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    const auto taken = take(home, first.casePath());
    QVERIFY(taken.has_value());
    QCOMPARE(taken->files, 2);
    QCOMPARE(taken->bytes, first.backend->planCase({.job = id, .kinds = {}}).wait()->bytesIn());
    auto events = home.events(id);
    QCOMPARE(events.last().eventType, u"taken_home"_s);
    QCOMPARE(events.last().actor, home.caller.operatorName);
    events.removeLast();
    const auto theirs = first.events(id);
    QCOMPARE(events.size(), theirs.size());
    for (qsizetype i = 0; i < events.size(); ++i) {
        events[i].position = theirs.at(i).position;    // each store counts for itself
        QCOMPARE(events.at(i).id, theirs.at(i).id);
        QVERIFY(events.at(i) == theirs.at(i));
    }
    auto here = home.job(id);
    auto there = first.job(id);
    there.dedupeKey.clear();
    here.dedupeKey.clear();
    QVERIFY(here == there);
    QCOMPARE(home.artifacts(id).size(), 1);
    QVERIFY(home.artifacts(id).first().file.has_value());
    QCOMPARE(home.under(u"inputs"_s), QStringList{u"talk.wav"_s});
    QCOMPARE(home.halfWritten(), QStringList());
    const auto journal = home.backend->journal(5).wait();
    QVERIFY(journal.has_value());
    QCOMPARE(journal->size(), 1);
    QCOMPARE(journal->first().action, u"take_home"_s);
    QCOMPARE(journal->first().target, u"job:"_s + id.text);
    QCOMPARE(journal->first().reason, u"to look at it"_s);
    QVERIFY(journal->first().after.value_or(QByteArray()).contains(id.text.toUtf8()));
}

void TestTakeHome::aJobThatHadNotEndedIsCancelled()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    first.write(u"inputs/a.wav"_s, "media");
    const auto waiting = first.submit(JobType::MediaProbe, {{"file_path", "inputs/a.wav"}});
    QVERIFY(waiting.has_value());
    QVERIFY(first.exported({.job = waiting->jobId, .kinds = {}}, first.casePath()).has_value());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    const auto taken = take(home, first.casePath());
    QVERIFY(taken.has_value());
    QCOMPARE(taken->ended, QList<JobId>{waiting->jobId});
    const auto story = home.backend->jobStory(waiting->jobId).wait();
    QVERIFY(story.has_value());
    QCOMPARE(story->job.status, JobStatus::Cancelled);
    QVERIFY(story->job.finishedAt.has_value());
    QVERIFY(story->job.cancel.acknowledgedAt.has_value());
    QVERIFY(story->messages.isEmpty());
    QCOMPARE(story->events.last().statusText, u"CANCELLED"_s);
    QVERIFY(home.backend->resubmit(home.caller, {waiting->jobId, {}, false}).wait().has_value());
}

void TestTakeHome::whatIsHereKeepsItsRow()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());
    const QString key = first.artifacts(id).first().file->path;
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    QFile there(first.path(key));
    QVERIFY(there.open(QIODevice::ReadOnly));
    home.write(key, there.readAll());
    home.insert("files", {{"id", test_support::uuidOf(u"mine"_s)}, {"path", key}, {"created_at", 1}});
    const auto taken = take(home, first.casePath());
    QVERIFY2(taken.has_value(), qPrintable(taken ? QString() : taken.error().message));
    QCOMPARE(taken->files, 1);    // the other one stood here
    QCOMPARE(home.artifacts(id).first().file->id.text, test_support::uuidOf(u"mine"_s));
}

void TestTakeHome::withoutItsInputItSaysThatItCannotRun()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    QVERIFY(first.exported({.job = id, .withInput = false, .kinds = {}}, first.casePath()).has_value());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    const auto seen = home.backend->readCase(first.casePath()).wait();
    QVERIFY(seen.has_value());
    QVERIFY(!seen->rerun.isPossible);
    QCOMPARE(seen->rerun.code, u"input_left_out"_s);
    const auto taken = take(home, first.casePath());
    QVERIFY(taken.has_value());
    QCOMPARE(taken->rerun.code, u"input_left_out"_s);
    QCOMPARE(home.backend->resubmit(home.caller, {id, {}, false}).wait().error().code, u"file_missing"_s);
    home.write(u"inputs/talk.wav"_s, "brought by hand");
    QVERIFY(home.backend->readCase(first.casePath()).wait()->rerun.isPossible);
}

void TestTakeHome::onlyWhatIsMissingComes()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    const auto second = first.backend->resubmit(first.caller, {id, {}, false}).wait();
    QVERIFY(second.has_value());
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath(u"a.sbcase"_s)).has_value());
    QVERIFY(first.exported({.job = id, .withLineage = true, .kinds = {}}, first.casePath(u"b.sbcase"_s)).has_value());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    QVERIFY(take(home, first.casePath(u"a.sbcase"_s)).has_value());
    const auto rest = take(home, first.casePath(u"b.sbcase"_s));
    QVERIFY2(rest.has_value(), qPrintable(rest ? QString() : rest.error().message));
    QCOMPARE(rest->taken, QList<JobId>{second->jobId});
    QCOMPARE(rest->alreadyHere, QList<JobId>{id});
    QCOMPARE(home.events(id).size(), first.events(id).size() + 1);
}

void TestTakeHome::wordsThatCameFirstGetTheirJob()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    first.insert("transcriptions", {{"id", u"t-1"_s},
                                    {"job_id", id.text},
                                    {"file_id", first.artifacts(id).first().artifact.fileId->text},
                                    {"text", u"words"_s},
                                    {"document", u"{}"_s},
                                    {"created_at", 8}});
    const QString captions = test_support::uuidOf(u"captions-1"_s);
    first.insert("jobs", {{"id", captions},
                          {"job_type", u"CAPTIONS_GENERATE"_s},
                          {"status", u"CANCELLED"_s},
                          {"input_data", u"{\"file_path\":\"inputs/talk.wav\",\"transcription_id\":\"t-1\"}"_s},
                          {"created_at", 9},
                          {"finished_at", 9},
                          {"updated_at", 9}});
    QVERIFY(first.exported({.job = JobId{captions}, .kinds = {}}, first.casePath(u"captions.sbcase"_s)).has_value());
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());

    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    const auto count = [&](const QString& which) {
        return test_support::numberIn(home.options.storePath, u"SELECT count(*) FROM transcriptions WHERE id='t-1' AND "_s + which);
    };
    const auto words = take(home, first.casePath(u"captions.sbcase"_s));
    QVERIFY2(words.has_value(), qPrintable(words ? QString() : words.error().message));
    QCOMPARE(count(u"job_id IS NULL AND file_id IS NULL"_s), 1);
    const auto job = take(home, first.casePath());
    QVERIFY2(job.has_value(), qPrintable(job ? QString() : job.error().message));
    QCOMPARE(count(u"job_id='%1' AND file_id IS NOT NULL AND text='words'"_s.arg(id.text)), 1);
}

using Spoil = std::function<void(const QString&)>;
Q_DECLARE_METATYPE(Spoil)

void TestTakeHome::badCasesChangeNothing_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("code");
    const auto sql = [](const QString& statement) -> Spoil {
        return [statement](const QString& path) {
            test_support::onFile(path, [&](QSqlDatabase& database) {
                QSqlQuery query(database);
                if (!query.exec(statement))
                    qFatal("A statement of the test fails");
                return 0;
            });
        };
    };
    const auto forged = [](const char* statement) -> Spoil {
        return [statement](const QString& path) {
            test_support::forge(path, [&](database::Database& database, casefile::CaseFacts&) { QVERIFY(database.exec(statement)); });
        };
    };
    QTest::newRow("not there") << Spoil([](const QString& path) { QFile::remove(path); }) << u"case_missing"_s;
    QTest::newRow("a text") << Spoil([](const QString& path) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write("hello") == 5);
    }) << u"case_foreign"_s;
    QTest::newRow("a plain store") << sql(u"PRAGMA application_id=0"_s) << u"case_foreign"_s;
    QTest::newRow("cut off") << Spoil([](const QString& path) { QVERIFY(QFile::resize(path, QFileInfo(path).size() - 100'000)); })
                             << u"case_damaged"_s;
    QTest::newRow("cut off in the header") << Spoil([](const QString& path) { QVERIFY(QFile::resize(path, 60)); }) << u"case_foreign"_s;
    QTest::newRow("a row was changed") << sql(u"UPDATE job_events SET message='other' WHERE sequence=1"_s) << u"case_damaged"_s;
    QTest::newRow("a row was taken out") << sql(u"DELETE FROM job_events WHERE sequence=1"_s) << u"case_damaged"_s;
    QTest::newRow("a byte of a file was changed") << Spoil([](const QString& path) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qsizetype at = file.readAll().indexOf(QByteArray(2000, 'm'));
        QVERIFY(at > 0 && file.seek(at + 1000) && file.write("x") == 1);
    }) << u"case_damaged"_s;
    QTest::newRow("a piece is missing") << sql(u"DELETE FROM case_chunks WHERE number=1"_s) << u"case_damaged"_s;
    QTest::newRow("a page is overwritten") << Spoil([](const QString& path) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(4096) && file.write(QByteArray(60'000, '\x5a')) == 60'000);
    }) << u"case_damaged"_s;
    QTest::newRow("a newer schema") << sql(u"INSERT INTO schema_migrations VALUES (99, 'later', 1)"_s) << u"case_newer"_s;
    QTest::newRow("a newer format") << sql(u"UPDATE case_facts SET value='2' WHERE key='format'"_s) << u"case_newer"_s;
    QTest::newRow("a trigger of somebody") << sql(u"CREATE TRIGGER t BEFORE INSERT ON jobs BEGIN SELECT 1; END"_s) << u"case_damaged"_s;
    QTest::newRow("a view in the place of a table") << sql(u"CREATE VIEW extra AS SELECT 1"_s) << u"case_damaged"_s;
    QTest::newRow("a key that climbs") << forged("UPDATE case_files SET key='../../planted.wav' WHERE kind='input'") << u"bad_key"_s;
    QTest::newRow("a row's key that climbs") << forged("UPDATE files SET path='a/../../../planted'") << u"bad_key"_s;
    QTest::newRow("an absolute key") << forged("UPDATE case_files SET key='/tmp/planted.wav' WHERE kind='input'") << u"bad_key"_s;
    QTest::newRow("a key with another file's hash")
        << forged("UPDATE case_files SET key='inputs/'||printf('%.64c','a')||'/x.wav' WHERE kind='input'") << u"case_damaged"_s;
    QTest::newRow("a huge piece") << forged("UPDATE case_chunks SET bytes=zeroblob(300000000) WHERE number=0") << u"case_damaged"_s;
    QTest::newRow("no subject") << forged("DELETE FROM case_jobs") << u"case_damaged"_s;
    QTest::newRow("another size") << forged("UPDATE case_files SET size_bytes=7 WHERE kind='input'") << u"case_damaged"_s;
}

void TestTakeHome::badCasesChangeNothing()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, code);
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());
    spoil(first.casePath());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    home.write(u"inputs/mine.wav"_s, "mine");
    const QByteArray before = home.everything();
    const auto taken = take(home, first.casePath());
    QVERIFY(!taken.has_value());
    QVERIFY2(taken.error().code == code, qPrintable(taken.error().code + u": "_s + taken.error().message));
    QVERIFY(!taken.error().message.isEmpty());
    QCOMPARE(home.everything(), before);
    QVERIFY(!QFileInfo::exists(home.folder.filePath(u"planted.wav"_s)));
}

void TestTakeHome::anAbortChangesNothing()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    const QByteArray before = home.everything();
    const CancelSource abort;
    tasks::ActControl control;
    control.cancel = abort.token();
    control.progress = [&](qsizetype, qsizetype) { abort.cancel(); };
    const auto taken = home.backend->takeHome(home.caller, first.casePath(), {}, control).wait();
    QVERIFY(!taken.has_value());
    QCOMPARE(taken.error().kind, ErrorKind::Cancelled);
    QCOMPARE(home.everything(), before);
}

void TestTakeHome::anotherJobOfThatIdStays()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    const JobId other = home.detected();
    test_support::onFile(home.options.storePath, [&](QSqlDatabase& database) {
        QSqlQuery query(database);
        query.exec(u"PRAGMA foreign_keys=OFF"_s);
        if (!query.exec(u"UPDATE jobs SET id='%1' WHERE id='%2'"_s.arg(id.text, other.text)))
            qFatal("A statement of the test fails");
        return 0;
    });
    const QByteArray before = home.everything();
    const auto taken = take(home, first.casePath());
    QVERIFY(!taken.has_value());
    QCOMPARE(taken.error().code, u"case_id_taken"_s);
    QCOMPARE(home.everything(), before);
}

void TestTakeHome::anotherFileOfThatKeyStays()
{
    CaseFixture first;
    QCOMPARE(first.open(), QString());
    const JobId id = first.detected();
    QVERIFY(first.exported({.job = id, .kinds = {}}, first.casePath()).has_value());
    CaseFixture home(CaseFixture::Place::File);
    QCOMPARE(home.open(), QString());
    home.write(u"inputs/talk.wav"_s, "another");
    const QByteArray before = home.everything();
    const auto taken = take(home, first.casePath());
    QVERIFY(!taken.has_value());
    QCOMPARE(taken.error().code, u"case_file_differs"_s);
    QCOMPARE(home.everything(), before);
}

QTEST_GUILESS_MAIN(TestTakeHome)
#include "tst_take_home.moc"
