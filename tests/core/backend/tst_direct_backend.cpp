// SPDX-License-Identifier: Apache-2.0
#include "tests/support/embedded_store.h"

using namespace Qt::StringLiterals;
using namespace core;

/// What the backend itself promises, without any media work.
class TestDirectBackend : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aFileIsCopiedOut();
    void whatIsThereIsNotWrittenTo_data();
    void whatIsThereIsNotWrittenTo();
    void aCopyThatCannotBeMadeIsAnError();
    void aPresetThatWentBeforeTheRunFailsTheJob();
    void theEndGivesUpTheReadsThatWait();

private:
    std::unique_ptr<test_support::EmbeddedStore> m_store;
};

namespace {

bool put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}

void TestDirectBackend::init()
{
    m_store = std::make_unique<test_support::EmbeddedStore>();
    QCOMPARE(m_store->open(), QString());
    QVERIFY(put(m_store->path(u"outputs/a.txt"_s), "content"));
}

void TestDirectBackend::cleanup()
{
    m_store.reset();
}

void TestDirectBackend::aFileIsCopiedOut()
{
    const QByteArray large = QByteArray("0123456789abcdef").repeated(200'000);    // more than one block
    QVERIFY(put(m_store->path(u"outputs/large"_s), large));
    const QString target = m_store->folder.filePath(u"copy"_s);
    const auto size = m_store->backend->exportFile(u"outputs/large"_s, target).wait();
    QVERIFY2(size, size ? "" : qPrintable(size.error().message));
    QCOMPARE(*size, large.size());
    QVERIFY(contentOf(target) == large);
    QCOMPARE(m_store->backend->exportFile(u"outputs/nothing"_s, m_store->folder.filePath(u"other"_s)).wait().error().code,
             u"file_missing"_s);
    QVERIFY(!QFileInfo::exists(m_store->folder.filePath(u"other"_s)));
}

void TestDirectBackend::whatIsThereIsNotWrittenTo_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"file", "folder", "link to a file", "link to nothing", "link into a folder that is not there"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestDirectBackend::whatIsThereIsNotWrittenTo()
{
    QFETCH(QString, kind);
    const QString target = m_store->folder.filePath(u"target"_s);
    const QString other = m_store->folder.filePath(u"elsewhere"_s);
    if (kind == "file"_L1) {
        QVERIFY(put(target, "mine"));
    } else if (kind == "folder"_L1) {
        QVERIFY(QDir().mkpath(target));
    } else if (kind == "link to a file"_L1) {
        QVERIFY(put(other, "mine"));
        QVERIFY(QFile::link(other, target));
    } else {
        QVERIFY(QFile::link(kind == "link to nothing"_L1 ? other : other + u"/file"_s, target));
    }
    const auto refused = m_store->backend->exportFile(u"outputs/a.txt"_s, target).wait();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QCOMPARE(refused.error().code, u"file_exists"_s);
    QCOMPARE(QFileInfo(target).isSymLink(), kind.startsWith(u"link"_s));
    if (kind == "file"_L1)
        QCOMPARE(contentOf(target), "mine"_ba);
    if (kind == "link to a file"_L1)
        QCOMPARE(contentOf(other), "mine"_ba);
    else
        QVERIFY(!QFileInfo::exists(other));
}

void TestDirectBackend::aCopyThatCannotBeMadeIsAnError()
{
    const auto refused = m_store->backend->exportFile(u"outputs/a.txt"_s, m_store->folder.filePath(u"no/such/folder"_s)).wait();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
    QCOMPARE(refused.error().code, u"copy_failed"_s);
}

void TestDirectBackend::aPresetThatWentBeforeTheRunFailsTheJob()
{
    database::DatabaseOptions place;
    place.path = m_store->options.storePath;
    const auto store = database::Database::open(place);
    QVERIFY(store);
    const QString preset = test_support::uuidOf(u"p-1"_s);
    test_support::insertRow(
        **store, "caption_presets",
        {{"id", preset}, {"name", u"Mine"_s}, {"style", u"{}"_s}, {"is_builtin", 0}, {"created_at", 1}, {"updated_at", 1}});
    const auto answer = m_store->submit(JobType::CaptionsGenerate, {{"file_path", "outputs/a.txt"},
                                                                    {"segments", {{{"start_ms", 0}, {"end_ms", 900}, {"text", "x"}}}},
                                                                    {"preset_id", preset.toStdString()}});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QVERIFY((*store)->exec("DELETE FROM caption_presets"));
    QCOMPARE(m_store->startWorkers(1), QString());
    QVERIFY(m_store->waitForEnd(answer->jobId));
    const jobs::Job job = m_store->job(answer->jobId);
    QCOMPARE(job.status, JobStatus::Failed);
    QCOMPARE(job.errorCode, u"preset_unknown"_s);
    QVERIFY2(job.errorMessage.contains(preset), qPrintable(job.errorMessage));
}

void TestDirectBackend::theEndGivesUpTheReadsThatWait()
{
    constexpr int reads = 5000;    // far more than are answered while this thread goes on to the end
    QList<core::Pending<core::jobs::JobPage>> pages;
    for (int i = 0; i < reads; ++i)
        pages << m_store->backend->listJobs({}, {});
    m_store->backend.reset();
    const auto last = pages.last().wait();    // nobody who waits is forgotten
    QVERIFY(!last);
    QCOMPARE(last.error().kind, core::ErrorKind::Cancelled);
    QVERIFY(m_store->open().isEmpty());    // the store itself is as good as before
    QVERIFY(m_store->backend->listJobs({}, {}).wait().has_value());
}

QTEST_GUILESS_MAIN(TestDirectBackend)
#include "tst_direct_backend.moc"
