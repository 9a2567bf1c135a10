// SPDX-License-Identifier: Apache-2.0
#include "tests/support/embedded_store.h"
#include "tests/support/sample.h"
#include "tests/support/worker_process.h"

using namespace Qt::StringLiterals;
using namespace core;
using nlohmann::json;

/// What people and programs hand in by mistake or on purpose: a clear error that names the cause, and nothing left behind.
class TestBadInput : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void whatCannotBeImportedIsRefused_data();
    void whatCannotBeImportedIsRefused();
    void aKeyThatNamesNoFileIsRefused_data();
    void aKeyThatNamesNoFileIsRefused();
    void whatIsNoMediaFails_data();
    void whatIsNoMediaFails();
    void aPixelBombFails();
    void aFileOverTheLimitFails();
    void oddNamesWork_data();
    void oddNamesWork();
    void aMissingToolIsNamed_data();
    void aMissingToolIsNamed();
    void aFullDiskFailsTheJob();

private:
    void expectFailure(JobType type, const json& input, const QString& code, const QString& namedInMessage);

    test_support::Sample m_sample;
    std::unique_ptr<test_support::EmbeddedStore> m_store;
};

namespace {

bool put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

}

void TestBadInput::initTestCase()
{
    m_sample = test_support::sample();
    QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
}

void TestBadInput::init()
{
    m_store = std::make_unique<test_support::EmbeddedStore>();
}

void TestBadInput::cleanup()
{
    if (m_store->backend) {
        QTRY_COMPARE(m_store->under(u"outputs"_s), QStringList());
        QCOMPARE(m_store->halfWritten(), QStringList());
    }
    m_store.reset();
}

void TestBadInput::expectFailure(JobType type, const json& input, const QString& code, const QString& namedInMessage)
{
    const auto answer = m_store->submit(type, input);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QVERIFY(m_store->waitForEnd(answer->jobId, 30'000));
    const jobs::Job job = m_store->job(answer->jobId);
    QCOMPARE(job.status, JobStatus::Failed);
    QCOMPARE(job.errorCode, code);
    QVERIFY2(job.errorMessage.contains(namedInMessage), qPrintable(job.errorMessage));
    QCOMPARE(m_store->outcomes(answer->jobId), QStringList{u"failed"_s});
    QVERIFY(m_store->artifacts(answer->jobId).isEmpty());
    QVERIFY(m_store->details(answer->jobId).messages.isEmpty());
}

void TestBadInput::whatCannotBeImportedIsRefused_data()
{
    QTest::addColumn<QString>("code");
    QTest::newRow("missing") << u"file_missing"_s;
    QTest::newRow("directory") << u"not_a_file"_s;
    QTest::newRow("empty") << u"file_empty"_s;
}

void TestBadInput::whatCannotBeImportedIsRefused()
{
    QCOMPARE(m_store->open(), QString());
    const QString path = m_store->folder.filePath(u"in.mp4"_s);
    if (QTest::currentDataTag() == "directory"_ba)
        QVERIFY(QDir().mkpath(path));
    if (QTest::currentDataTag() == "empty"_ba)
        QVERIFY(put(path, {}));
    const auto key = m_store->backend->importFile(m_store->caller, path).wait();
    QVERIFY(!key);
    QTEST(key.error().code, "code");
    QVERIFY(key.error().message.contains(u"in.mp4"_s));
    QCOMPARE(m_store->under(u"."_s).filter(u"in.mp4"_s), QStringList());
}

void TestBadInput::aKeyThatNamesNoFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("code");
    QTest::newRow("missing") << "inputs/none.mp4"_ba << u"file_missing"_s;
    QTest::newRow("directory") << "inputs"_ba << u"not_a_file"_s;
    QTest::newRow("empty") << "inputs/empty.mp4"_ba << u"file_empty"_s;
    QTest::newRow("upwards") << "../secret.mp4"_ba << u"bad_key"_s;
    QTest::newRow("upwards within") << "inputs/../../secret.mp4"_ba << u"bad_key"_s;
    QTest::newRow("absolute") << "/etc/passwd"_ba << u"bad_key"_s;
    QTest::newRow("a link that leads out") << "inputs/link.mp4"_ba << u"bad_key"_s;
}

void TestBadInput::aKeyThatNamesNoFileIsRefused()
{
    QFETCH(QByteArray, key);
    QCOMPARE(m_store->open(), QString());
    QVERIFY(put(m_store->path(u"inputs/empty.mp4"_s), {}));
    QVERIFY(QFile::copy(m_sample.path, m_store->folder.filePath(u"secret.mp4"_s)));
    QVERIFY(QFile::link(m_store->folder.filePath(u"secret.mp4"_s), m_store->path(u"inputs/link.mp4"_s)));
    for (const json& input : {json{{"file_path", key.toStdString()}}, json{{"file_path", key.toStdString()}, {"container", "mp4"}}}) {
        const auto answer = m_store->submit(input.size() == 1 ? JobType::MediaProbe : JobType::MediaConvert, input);
        QVERIFY(!answer);
        QTEST(answer.error().code, "code");
        QCOMPARE(answer.error().field, u"/file_path"_s);
        QVERIFY2(answer.error().message.contains(QString::fromUtf8(key)), qPrintable(answer.error().message));
    }
    QCOMPARE(m_store->backend->countJobs({}, 10).wait()->count, 0);
}

void TestBadInput::whatIsNoMediaFails_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("code");
    QTest::newRow("text") << "just some words\n"_ba << u"not_media"_s;
    QTest::newRow("noise") << QByteArray::fromHex("9f3a77c1").repeated(500) << u"not_media"_s;
    QTest::newRow("a playlist that points elsewhere")
        << "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nother.mp4\n#EXT-X-ENDLIST\n"_ba << u"format_not_allowed"_s;
    QTest::newRow("a list of files") << "ffconcat version 1.0\nfile 'other.mp4'\n"_ba << u"format_not_allowed"_s;
}

void TestBadInput::whatIsNoMediaFails()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, code);
    QCOMPARE(m_store->open(), QString());
    QCOMPARE(m_store->startWorkers(), QString());
    QVERIFY(QFile::copy(m_sample.path, m_store->path(u"other.mp4"_s)));
    const QString path = m_store->folder.filePath(u"in.mp4"_s);
    QVERIFY(put(path, content));
    const auto key = m_store->backend->importFile(m_store->caller, path).wait();
    QVERIFY(key);
    const json file{{"file_path", key->toStdString()}};
    const auto with = [&](json more) {
        more.update(file);
        return more;
    };
    const json cue{{"start_ms", 0}, {"end_ms", 1000}, {"text", "Hello"}};
    expectFailure(JobType::MediaProbe, file, code, u"in.mp4"_s);
    expectFailure(JobType::SilenceDetect, file, code, u"in.mp4"_s);
    expectFailure(JobType::SilenceApply, with({{"segments", {{{"start_ms", 0}, {"end_ms", 1000}}}}}), code, u"in.mp4"_s);
    expectFailure(JobType::MediaConvert, with({{"container", "mp4"}}), code, u"in.mp4"_s);
    expectFailure(JobType::TranscriptionGenerate, file, code, u"in.mp4"_s);
    expectFailure(JobType::FrameExtract, file, code, u"in.mp4"_s);
    expectFailure(JobType::CaptionsGenerate, with({{"segments", {cue}}}), code, u"in.mp4"_s);
}

void TestBadInput::aPixelBombFails()
{
    QCOMPARE(m_store->open(), QString());
    QCOMPARE(m_store->startWorkers(), QString());
    const QString bomb = m_store->path(u"bomb.png"_s);
    QProcess maker;
    maker.start(u"ffmpeg"_s, {u"-nostdin"_s, u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=s=16000x16000:d=0.04"_s,
                              u"-frames:v"_s, u"1"_s, bomb});
    QVERIFY(maker.waitForFinished(60'000));
    QVERIFY(QFileInfo(bomb).size() < 2'000'000);
    expectFailure(JobType::FrameExtract, {{"file_path", "bomb.png"}}, u"too_many_pixels"_s, u"bomb.png"_s);
    expectFailure(JobType::MediaConvert, {{"file_path", "bomb.png"}, {"container", "mp4"}}, u"too_many_pixels"_s, u"bomb.png"_s);
}

void TestBadInput::aFileOverTheLimitFails()
{
    m_store->options.limits.inputBytes = 1000;
    QCOMPARE(m_store->open(), QString());
    QCOMPARE(m_store->startWorkers(), QString());
    QVERIFY(QFile::copy(m_sample.path, m_store->path(u"large.mp4"_s)));
    expectFailure(JobType::MediaConvert, {{"file_path", "large.mp4"}, {"container", "mp4"}}, u"file_too_large"_s, u"large.mp4"_s);
}

void TestBadInput::oddNamesWork_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("spaces") << u"a b  c.mp4"_s;
    QTest::newRow("quotes") << u"it's \"it\" `id`.mp4"_s;
    QTest::newRow("newline") << u"two\nlines.mp4"_s;
    QTest::newRow("leading dash") << u"-y.mp4"_s;
    QTest::newRow("percent d") << u"%03d %d.mp4"_s;
    QTest::newRow("dots") << u"..hidden.mp4"_s;
    QTest::newRow("an address") << u"http:x.mp4"_s;
    QTest::newRow("letters of many scripts") << u"żółw-日本-🎬.mp4"_s;
}

void TestBadInput::oddNamesWork()
{
    QFETCH(QString, name);
    QCOMPARE(m_store->open(), QString());
    QCOMPARE(m_store->startWorkers(), QString());
    const QString path = m_store->folder.filePath(name);
    QVERIFY(QFile::copy(m_sample.path, path));
    const auto key = m_store->backend->importFile(m_store->caller, path).wait();
    QVERIFY(key);
    const auto convert = m_store->submit(JobType::MediaConvert, {{"file_path", key->toStdString()}, {"container", "mp3"}});
    const auto frames =
        m_store->submit(JobType::FrameExtract, {{"file_path", key->toStdString()}, {"mode", "timestamps"}, {"timestamps_ms", {1000}}});
    for (const auto& answer : {convert, frames}) {
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        QVERIFY(m_store->waitForEnd(answer->jobId));
        QVERIFY2(m_store->job(answer->jobId).status == JobStatus::Done, qPrintable(m_store->job(answer->jobId).errorMessage));
    }
    QVERIFY(!test_support::ffprobe(m_store->path(m_store->output(convert->jobId).at("file_path"))).is_null());
    QVERIFY(!test_support::ffprobe(m_store->path(m_store->output(frames->jobId).at("frames").at(0).at("file_path"))).is_null());
    QVERIFY(QDir(m_store->path(u"outputs"_s)).removeRecursively());    // for cleanup(), which looks for what nobody asked for
}

void TestBadInput::aMissingToolIsNamed_data()
{
    QTest::addColumn<bool>("ffmpegMissing");
    QTest::newRow("ffmpeg") << true;
    QTest::newRow("ffprobe") << false;
}

void TestBadInput::aMissingToolIsNamed()
{
    QFETCH(bool, ffmpegMissing);
    const QString name = u"no-such-tool"_s;
    (ffmpegMissing ? m_store->options.tools.ffmpeg : m_store->options.tools.ffprobe) = name;
    QCOMPARE(m_store->open(), QString());
    QCOMPARE(m_store->startWorkers(), QString());
    QVERIFY(QFile::copy(m_sample.path, m_store->path(u"in.mp4"_s)));
    expectFailure(JobType::MediaConvert, {{"file_path", "in.mp4"}, {"container", "mp4"}}, u"tool_missing"_s, name);
    expectFailure(JobType::TranscriptionGenerate, {{"file_path", "in.mp4"}}, u"tool_missing"_s, name);
    const auto found = m_store->backend->doctor().wait();
    QVERIFY(found);
    QVERIFY(std::any_of(found->begin(), found->end(), [&](const auto& finding) { return !finding.found; }));
}

void TestBadInput::aFullDiskFailsTheJob()
{
    QCOMPARE(m_store->open(), QString());
    QVERIFY(test_support::makeClip(m_store->path(u"in.mp4"_s), 90, u"16x16"_s));
    test_support::WorkerProcess host;    // in which no file can grow past 4 MB: 90 seconds of WAV have 8
    QCOMPARE(host.start(QStringLiteral(WORKER_HOST), m_store->options.storePath, m_store->options.storagePath,
                        {u"--lease-ms"_s, u"10000"_s, u"--file-limit"_s, u"4000000"_s}),
             QString());
    expectFailure(JobType::MediaConvert, {{"file_path", "in.mp4"}, {"container", "wav"}}, u"disk_full"_s, u"full"_s);
    QTRY_COMPARE(m_store->under(u"outputs"_s), QStringList());
    const auto next = m_store->submit(JobType::MediaProbe, {{"file_path", "in.mp4"}});    // the worker lives on
    QVERIFY(next);
    QVERIFY(m_store->waitForEnd(next->jobId));
    QCOMPARE(m_store->job(next->jobId).status, JobStatus::Done);
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
