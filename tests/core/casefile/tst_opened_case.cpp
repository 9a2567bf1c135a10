// SPDX-License-Identifier: Apache-2.0
#include "tests/core/casefile/case_fixture.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace core;
using test_support::CaseFixture;

/// A case opens like any store, to be looked at, and nothing is written beside it.
class TestOpenedCase : public QObject {
    Q_OBJECT

private slots:
    void opensLikeAStoreToBeLookedAt();
    void filesComeOutWhenTheyAreAskedFor();
    void whatIsNotInItSaysWhy();
    void aDryRunIsPossible();
    void anOlderCaseIsBroughtUpInACopy();
    void anOlderCaseIsCopiedOnce();
    void aChangedCaseDoesNotOpen_data();
    void aChangedCaseDoesNotOpen();
    void whoReadsItHearsThatItIsChecked();
    void aNameAloneMakesNoCase_data();
    void aNameAloneMakesNoCase();

private:
    [[nodiscard]] static Result<std::unique_ptr<backend::DirectBackend>> open(const QString& path);
    [[nodiscard]] static QByteArray hashOf(const QString& path);
    /// As a program before the third migration would have made it.
    static void makeOlder(const QString& path)
    {
        test_support::onFile(path, [](QSqlDatabase& database) {
            for (const QString& sql : {u"DROP INDEX artifacts_by_created"_s, u"DROP INDEX files_by_size"_s,
                                       u"DELETE FROM schema_migrations WHERE version >= 3"_s})
                QSqlQuery(sql, database);
            return 0;
        });
    }
};

Result<std::unique_ptr<backend::DirectBackend>> TestOpenedCase::open(const QString& path)
{
    backend::DirectBackendOptions options;
    options.storePath = path;
    options.storagePath = QFileInfo(path).absolutePath() + u"/storage-of-the-case"_s;
    return backend::DirectBackend::open(options);
}

QByteArray TestOpenedCase::hashOf(const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

void TestOpenedCase::opensLikeAStoreToBeLookedAt()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(fixture.submit(JobType::MediaProbe, {{"file_path", "inputs/talk.wav"}}).has_value());    // stays behind
    QTemporaryDir elsewhere;
    const QString path = elsewhere.filePath(u"one.sbcase"_s);
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, path).has_value());
    const QByteArray before = hashOf(path);
    {
        const auto opened = open(path);
        QVERIFY2(opened.has_value(), qPrintable(opened ? QString() : opened.error().message));
        auto& backend = **opened;
        QVERIFY(!backend.capabilities().canWrite);
        QVERIFY(!backend.capabilities().hasEmbeddedWorkers);
        QVERIFY(backend.isCaseFile());
        QVERIFY(backend.capabilities().hasStorage);
        QVERIFY(backend.capabilities().whyReadOnly.contains(u"case file"_s));
        const auto page = backend.listJobs({}, {}).wait();
        QVERIFY(page.has_value());
        QCOMPARE(page->rows.size(), 1);
        QCOMPARE(page->rows.first().status, JobStatus::Done);
        const auto story = backend.jobStory(id).wait();
        QVERIFY(story.has_value());
        QCOMPARE(story->events.size(), fixture.events(id).size());
        QCOMPARE(story->deliveries.size(), 2);
        QCOMPARE(story->artifacts.size(), 1);
        QCOMPARE(backend.payload(id, backend::PayloadPart::Output).wait(),
                 fixture.backend->payload(id, backend::PayloadPart::Output).wait());
        QVERIFY(backend.delivery(story->deliveries.first().id).wait().has_value());
        QVERIFY(backend.doctor().wait().has_value());
    }
    QCOMPARE(hashOf(path), before);
    QCOMPARE(QDir(elsewhere.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList{u"one.sbcase"_s});
}

void TestOpenedCase::filesComeOutWhenTheyAreAskedFor()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, fixture.casePath()).has_value());
    QString folder;
    {
        const auto opened = open(fixture.casePath());
        QVERIFY(opened.has_value());
        const auto file = (*opened)->localFile(u"inputs/talk.wav"_s).wait();
        QVERIFY2(file.has_value(), qPrintable(file ? QString() : file.error().message));
        QCOMPARE(hashOf(*file), hashOf(fixture.path(u"inputs/talk.wav"_s)));
        QCOMPARE((*opened)->localFile(u"inputs/talk.wav"_s).wait(), file);    // once more: the same file
        folder = QFileInfo(*file).dir().filePath(u".."_s);
        QCOMPARE(QFileInfo(folder).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
        const QString copy = fixture.folder.filePath(u"copy.wav"_s);
        QCOMPARE((*opened)->exportFile(u"inputs/talk.wav"_s, copy).wait().value_or(0), (3 << 20) + 3);
        QVERIFY(QFileInfo(folder).isDir());
        folder = QDir(folder).absolutePath();
        folder = QDir::cleanPath(folder);
    }
    QVERIFY(!QFileInfo::exists(folder));
}

void TestOpenedCase::whatIsNotInItSaysWhy()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(fixture.exported({.job = id, .withInput = false, .kinds = {}}, fixture.casePath()).has_value());
    const auto opened = open(fixture.casePath());
    QVERIFY(opened.has_value());
    const auto left = (*opened)->localFile(u"inputs/talk.wav"_s).wait();
    QVERIFY(!left.has_value());
    QCOMPARE(left.error().code, u"file_missing"_s);
    QVERIFY(left.error().message.contains(u"left out"_s));
    QCOMPARE((*opened)->localFile(u"inputs/other.wav"_s).wait().error().code, u"file_missing"_s);
    QCOMPARE((*opened)->localFile(u"../../etc/passwd"_s).wait().error().code, u"bad_key"_s);
}

void TestOpenedCase::aDryRunIsPossible()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, fixture.casePath()).has_value());
    const auto opened = open(fixture.casePath());
    QVERIFY(opened.has_value());
    const auto deliveries = (*opened)->deliveries(id, 1).wait();
    QVERIFY(deliveries.has_value() && deliveries->size() == 1);
    QVERIFY((*opened)->replay(fixture.caller, {deliveries->first().id}, tasks::Mode::DryRun).wait().has_value());
}

void TestOpenedCase::anOlderCaseIsBroughtUpInACopy()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, fixture.casePath()).has_value());
    makeOlder(fixture.casePath());
    const QByteArray before = hashOf(fixture.casePath());
    const auto opened = open(fixture.casePath());
    QVERIFY2(opened.has_value(), qPrintable(opened ? QString() : opened.error().message));
    QVERIFY((*opened)->jobStory(id).wait().has_value());
    QVERIFY((*opened)->localFile(u"inputs/talk.wav"_s).wait().has_value());
    QCOMPARE(hashOf(fixture.casePath()), before);
}

void TestOpenedCase::anOlderCaseIsCopiedOnce()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const JobId id = fixture.detected();
    QVERIFY(fixture.exported({.job = id, .kinds = {}}, fixture.casePath()).has_value());
    makeOlder(fixture.casePath());
    QTemporaryDir scratch;
    const QByteArray before = qgetenv("TMPDIR");
    qputenv("TMPDIR", scratch.path().toLocal8Bit());
    const auto opened = open(fixture.casePath());
    qputenv("TMPDIR", before);
    QVERIFY2(opened.has_value(), qPrintable(opened ? QString() : opened.error().message));
    QVERIFY(QFile::remove(fixture.casePath()));    // nobody needs it a second time
    QVERIFY((*opened)->localFile(u"inputs/talk.wav"_s).wait().has_value());
    QVERIFY((*opened)->localFile(fixture.artifacts(id).first().file->path).wait().has_value());
    QStringList backups;
    for (QDirIterator each(scratch.path(), {u"*.backup*"_s}, QDir::Files, QDirIterator::Subdirectories); each.hasNext();)
        backups << each.next();
    QCOMPARE(backups, QStringList());
}

void TestOpenedCase::aChangedCaseDoesNotOpen_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("a message") << u"UPDATE job_events SET message='forged' WHERE sequence=1"_s;
    QTest::newRow("a body") << u"UPDATE webhook_deliveries SET body='forged'"_s;
    QTest::newRow("a row more")
        << u"INSERT INTO notifications (id, kind, title, body, created_at) VALUES ('n', 'job_done', 'forged', '', 1)"_s;
    QTest::newRow("a row less") << u"DELETE FROM job_events WHERE sequence=1"_s;
    QTest::newRow("what was masked") << u"INSERT INTO case_masked (in_table, in_row, in_column) VALUES ('jobs', 'x', 'y')"_s;
}

void TestOpenedCase::aChangedCaseDoesNotOpen()
{
    QFETCH(QString, change);
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    QVERIFY(fixture.exported({.job = fixture.detected(), .kinds = {}}, fixture.casePath()).has_value());
    QVERIFY(open(fixture.casePath()).has_value());
    test_support::onFile(fixture.casePath(), [&](QSqlDatabase& database) {
        QSqlQuery query(database);
        if (!query.exec(change))
            qFatal("A statement of the test fails");
        return 0;
    });
    const auto opened = open(fixture.casePath());
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().code, u"case_damaged"_s);
    const auto read = fixture.backend->readCase(fixture.casePath()).wait();
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, u"case_damaged"_s);
}

void TestOpenedCase::whoReadsItHearsThatItIsChecked()
{
    CaseFixture fixture;
    QCOMPARE(fixture.open(), QString());
    const auto made = fixture.exported({.job = fixture.detected(), .kinds = {}}, fixture.casePath());
    QVERIFY(made.has_value() && made->isChecked);
    QVERIFY(fixture.backend->readCase(fixture.casePath()).wait()->isChecked);
    makeOlder(fixture.casePath());
    QVERIFY(!fixture.backend->readCase(fixture.casePath()).wait()->isChecked);
}

void TestOpenedCase::aNameAloneMakesNoCase_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing there") << QByteArray() << u"case_missing"_s;
    QTest::newRow("a text") << QByteArray(500, 'x') << u"case_foreign"_s;
    QTest::newRow("short") << QByteArray("SQLite format 3") << u"case_foreign"_s;
}

void TestOpenedCase::aNameAloneMakesNoCase()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"one.sbcase"_s);
    if (!bytes.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    const QStringList before = QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    const auto opened = open(path);
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().code, code);
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), before);
}

QTEST_GUILESS_MAIN(TestOpenedCase)
#include "tst_opened_case.moc"
