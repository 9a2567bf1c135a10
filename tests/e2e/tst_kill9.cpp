// SPDX-License-Identifier: Apache-2.0
#include "tests/support/embedded_store.h"
#include "tests/support/sample.h"
#include "tests/support/worker_process.h"

#include <QDeadlineTimer>
#include <QRandomGenerator>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace core;
using nlohmann::json;
using test_support::WorkerProcess;

/// kill -9 of the worker process in the middle of each kind of job. SIGNALBOX_ROUNDS says how often each (3), SIGNALBOX_SEED moves
/// the moments.
class TestKill9 : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyJobEndsOnceAndRight_data();
    void everyJobEndsOnceAndRight();
    void aJobThatAlwaysKillsItsWorkerFails();

private:
    [[nodiscard]] QString startHost(WorkerProcess& host, const test_support::EmbeddedStore& store, int leaseMs) const
    {
        return host.start(QStringLiteral(WORKER_HOST), store.options.storePath, store.options.storagePath,
                          {u"--lease-ms"_s, QString::number(leaseMs)});
    }
    [[nodiscard]] QString open(test_support::EmbeddedStore& store) const;

    test_support::Sample m_sample;
    QTemporaryDir m_inputs;
};

namespace {

int rounds()
{
    return qEnvironmentVariableIsSet("SIGNALBOX_ROUNDS") ? qEnvironmentVariableIntValue("SIGNALBOX_ROUNDS") : 3;
}

/// A picture that is there to its last chunk. (ffprobe for each of hundreds would take longer than the jobs.)
bool isWholePng(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.readAll().endsWith(QByteArray::fromHex("49454e44ae426082"));
}

/// Those of a job's outputs that have their final name and cannot be read to their end.
QStringList brokenFinals(const test_support::EmbeddedStore& store)
{
    QStringList broken;
    for (const QString& name : store.under(u"outputs"_s)) {
        const QString path = store.path(u"outputs/"_s + name);
        if (name.contains(u".part-"_s) || QFileInfo(path).isDir())
            continue;
        const bool isText = name.endsWith(u".json"_s) || name.endsWith(u".srt"_s) || name.endsWith(u".vtt"_s);
        if (isText ? QFileInfo(path).size() == 0 : name.endsWith(u".png"_s) ? !isWholePng(path) : test_support::ffprobe(path).is_null())
            broken << name;
    }
    return broken;
}

qsizetype ends(const test_support::EmbeddedStore& store, const JobId& id)
{
    const auto events = store.events(id);
    return std::count_if(events.begin(), events.end(),
                         [](const auto& event) { return jobs::isTerminal(jobs::parseStatus(event.statusText)); });
}

}

void TestKill9::initTestCase()
{
    m_sample = test_support::sample();
    QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
    QVERIFY(test_support::makeClip(m_inputs.filePath(u"clip.mp4"_s), 12));
    QVERIFY(test_support::makeClip(m_inputs.filePath(u"sound.mp4"_s), 400, u"16x16"_s));
    QVERIFY(QFile::copy(m_sample.path, m_inputs.filePath(u"speech.mp4"_s)));
}

QString TestKill9::open(test_support::EmbeddedStore& store) const
{
    if (const QString problem = store.open(); !problem.isEmpty())
        return problem;
    for (const QString& name : {u"clip.mp4"_s, u"sound.mp4"_s, u"speech.mp4"_s}) {
        if (!QFile::copy(m_inputs.filePath(name), store.path(name)))
            return u"could not copy "_s + name;
    }
    return {};
}

void TestKill9::everyJobEndsOnceAndRight_data()
{
    QTest::addColumn<JobType>("type");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("artifacts");       // of one run; -1: as many as the output has frames
    QTest::addColumn<int>("latestKillMs");    // from its beginning
    QTest::newRow("probe") << JobType::MediaProbe << R"({"file_path":"clip.mp4"})"_ba << 0 << 60;
    QTest::newRow("detect") << JobType::SilenceDetect << R"({"file_path":"sound.mp4"})"_ba << 1 << 400;
    QTest::newRow("cut") << JobType::SilenceApply
                         << R"({"file_path":"clip.mp4","segments":[{"start_ms":1000,"end_ms":2000},{"start_ms":9000,"end_ms":10000}]})"_ba
                         << 1 << 500;
    QTest::newRow("convert") << JobType::MediaConvert << R"({"file_path":"clip.mp4","container":"mkv","video_codec":"h264"})"_ba << 1
                             << 500;
    QTest::newRow("transcription") << JobType::TranscriptionGenerate << R"({"file_path":"speech.mp4"})"_ba << 3 << 900;
    QTest::newRow("frames") << JobType::FrameExtract
                            << R"({"file_path":"clip.mp4","interval_ms":160,"max_frames":400,"image_format":"png"})"_ba << -1 << 500;
    QTest::newRow("captions")
        << JobType::CaptionsGenerate
        << R"({"file_path":"clip.mp4","segments":[{"start_ms":1000,"end_ms":9000,"text":"Hello"}],"renderer":"local"})"_ba << 1 << 500;
}

void TestKill9::everyJobEndsOnceAndRight()
{
    QFETCH(JobType, type);
    QFETCH(QByteArray, input);
    QFETCH(int, artifacts);
    QFETCH(int, latestKillMs);
    test_support::EmbeddedStore store;
    QCOMPARE(open(store), QString());
    int inTheMiddle = 0;
    for (int round = 0; round < rounds(); ++round) {
        QRandomGenerator random(
            static_cast<quint32>(qEnvironmentVariableIntValue("SIGNALBOX_SEED") * 1000 + static_cast<int>(type) * 100 + round));
        WorkerProcess doomed;
        QCOMPARE(startHost(doomed, store, 700), QString());
        json wish = json::parse(input.toStdString());
        wish["out_folder"] = "outputs";
        const auto submitted = store.submit(type, wish);
        QVERIFY2(submitted, submitted ? "" : qPrintable(submitted.error().message));
        QVERIFY(!submitted->reused);
        const JobId id = submitted->jobId;
        if (type != JobType::MediaProbe)    // that one is quick: it is killed somewhere around its run
            QVERIFY(QTest::qWaitFor([&] { return store.job(id).status == JobStatus::Running && !store.attempts(id).isEmpty(); }, 20'000));
        const QDeadlineTimer moment(random.bounded(latestKillMs));
        QVERIFY(QTest::qWaitFor([&] { return moment.hasExpired() || jobs::isTerminal(store.job(id).status); }));
        doomed.kill9();
        QTRY_COMPARE_WITH_TIMEOUT(test_support::processesNaming(store.options.storagePath), QStringList(), 2000);

        const auto before = store.attempts(id);
        const bool wasOpen = !before.isEmpty() && !before.last().finishedAt;
        inTheMiddle += wasOpen ? 1 : 0;
        QCOMPARE(brokenFinals(store), QStringList());

        WorkerProcess next;
        QCOMPARE(startHost(next, store, 2000), QString());
        QVERIFY(store.waitForEnd(id));
        const jobs::Job job = store.job(id);
        QVERIFY2(job.status == JobStatus::Done, qPrintable(job.errorMessage));
        QCOMPARE(store.outcomes(id), wasOpen ? (QStringList{u"lost"_s, u"done"_s}) : QStringList{u"done"_s});
        QCOMPARE(ends(store, id), 1);
        QCOMPARE(store.backend->notificationsOf(id).wait()->size(), 1);
        const auto made = store.artifacts(id);
        QCOMPARE(made.size(), artifacts >= 0 ? artifacts : static_cast<int>(store.output(id).at("frames").size()));
        QSet<QString> kinds;
        for (const auto& artifact : made) {
            kinds.insert(artifact.artifact.kind + artifact.file->path);
            QVERIFY(QFileInfo(store.path(artifact.file->path)).size() == *artifact.file->sizeBytes);
        }
        QCOMPARE(kinds.size(), made.size());
        QCOMPARE(brokenFinals(store), QStringList());
        QCOMPARE(store.halfWritten(), QStringList());
        QVERIFY(store.details(id).messages.isEmpty());
        QCOMPARE(store.backend->countJobs({}, 1000).wait()->count, round + 1);    // whatever was acknowledged is there
    }
    qInfo("killed in the middle: %d of %d", inTheMiddle, rounds());
    QVERIFY(type == JobType::MediaProbe || inTheMiddle * 3 >= rounds() * 2);
}

void TestKill9::aJobThatAlwaysKillsItsWorkerFails()
{
    test_support::EmbeddedStore store;
    QCOMPARE(open(store), QString());
    const auto submitted = store.submit(JobType::MediaConvert, {{"file_path", "clip.mp4"}, {"container", "mkv"}});
    QVERIFY(submitted);
    const JobId id = submitted->jobId;
    for (int attempt = 1; attempt <= 3; ++attempt) {
        WorkerProcess doomed;
        QCOMPARE(startHost(doomed, store, 500), QString());
        QTRY_COMPARE_WITH_TIMEOUT(store.attempts(id).size(), attempt, 20'000);
        QVERIFY(QTest::qWaitFor([&] { return !store.halfWritten().isEmpty() || jobs::isTerminal(store.job(id).status); }, 20'000));
        doomed.kill9();
    }
    WorkerProcess finder;
    QCOMPARE(startHost(finder, store, 2000), QString());
    QVERIFY(store.waitForEnd(id));
    QCOMPARE(store.job(id).status, JobStatus::Failed);
    QCOMPARE(store.job(id).errorCode, u"worker_lost"_s);
    QCOMPARE(store.outcomes(id), (QStringList{u"lost"_s, u"lost"_s, u"lost"_s}));
    QCOMPARE(ends(store, id), 1);
    QTRY_COMPARE(store.under(u"outputs"_s), QStringList());
}

QTEST_GUILESS_MAIN(TestKill9)
#include "tst_kill9.moc"
