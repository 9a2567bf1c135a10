// SPDX-License-Identifier: Apache-2.0
#include "tests/support/embedded_store.h"
#include "tests/support/sample.h"
#include "tests/support/worker_process.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace core;
using nlohmann::json;
using test_support::processesNaming;

namespace {

constexpr int deadlineMs = 1000;    // from the cancel to the end of the last process

}

/// A cancel, from the asking to the worker's word that it has stopped.
class TestCancel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void aRunningToolIsGoneInTime_data();
    void aRunningToolIsGoneInTime();
    void aLateDoneChangesNothing();
    void aWaitingJobIsCancelledAtOnce();
    void anotherProcessStopsToo();
    void theSecondCancelIsRefused();

private:
    JobId startConvert();
    QStringList tools() const { return processesNaming(m_store->options.storagePath); }

    test_support::Sample m_sample;
    QTemporaryDir m_inputs;
    std::unique_ptr<test_support::EmbeddedStore> m_store;
};

void TestCancel::initTestCase()
{
    m_sample = test_support::sample();
    QVERIFY2(!m_sample.path.isEmpty(), qPrintable(m_sample.error));
    QVERIFY(test_support::makeClip(m_inputs.filePath(u"clip.mp4"_s), 60));
}

void TestCancel::init()
{
    m_store = std::make_unique<test_support::EmbeddedStore>();
    QCOMPARE(m_store->open(), QString());
    QVERIFY(QFile::copy(m_inputs.filePath(u"clip.mp4"_s), m_store->path(u"clip.mp4"_s)));
    QVERIFY(QFile::copy(m_sample.path, m_store->path(u"speech.mp4"_s)));
}

void TestCancel::cleanup()
{
    m_store.reset();
}

/// A convert that has begun to write.
JobId TestCancel::startConvert()
{
    const auto answer = m_store->submit(JobType::MediaConvert, {{"file_path", "clip.mp4"}, {"container", "mkv"}});
    if (!answer || !QTest::qWaitFor([&] { return !m_store->halfWritten().isEmpty() && !tools().isEmpty(); }, 20'000))
        return {};
    return answer->jobId;
}

void TestCancel::aRunningToolIsGoneInTime_data()
{
    QTest::addColumn<JobType>("type");
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("convert") << JobType::MediaConvert << R"({"file_path":"clip.mp4","container":"mkv"})"_ba;
    QTest::newRow("cut") << JobType::SilenceApply << R"({"file_path":"clip.mp4","segments":[{"start_ms":1000,"end_ms":2000}]})"_ba;
    QTest::newRow("frames") << JobType::FrameExtract
                            << R"({"file_path":"clip.mp4","interval_ms":40,"max_frames":2000,"image_format":"png"})"_ba;
    QTest::newRow("captions")
        << JobType::CaptionsGenerate
        << R"({"file_path":"clip.mp4","segments":[{"start_ms":0,"end_ms":50000,"text":"Hello"}],"renderer":"local"})"_ba;
    QTest::newRow("transcription") << JobType::TranscriptionGenerate << R"({"file_path":"speech.mp4"})"_ba;
}

void TestCancel::aRunningToolIsGoneInTime()
{
    QFETCH(JobType, type);
    QFETCH(QByteArray, input);
    QCOMPARE(m_store->startWorkers(), QString());
    const auto answer = m_store->submit(type, json::parse(input.toStdString()));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    const JobId id = answer->jobId;
    QTRY_VERIFY_WITH_TIMEOUT(!m_store->halfWritten().isEmpty(), 20'000);    // it writes
    if (type == JobType::TranscriptionGenerate)    // the sound is decoded and its tool has ended: now the recogniser itself works
        QTRY_VERIFY_WITH_TIMEOUT(!m_store->under(u"outputs"_s).filter(u"samples"_s).isEmpty() && tools().isEmpty(), 20'000);
    QElapsedTimer clock;
    clock.start();
    const auto cancelled = m_store->backend->cancel(m_store->caller, id, u"not needed"_s).wait();
    QVERIFY2(cancelled, cancelled ? "" : qPrintable(cancelled.error().message));
    QVERIFY(cancelled->times.requestedAt && cancelled->times.brokerInformedAt);
    QCOMPARE(m_store->job(id).status, JobStatus::Cancelled);
    QVERIFY(QTest::qWaitFor([&] { return tools().isEmpty(); }, 5000));
    QVERIFY2(clock.elapsed() <= deadlineMs, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
    QVERIFY(QTest::qWaitFor([&] { return m_store->job(id).cancel.acknowledgedAt.has_value(); }, 10'000));
    // The recogniser is a library that loads its model in one go: it hears of the stop when it has.
    QVERIFY2(type == JobType::TranscriptionGenerate || clock.elapsed() <= deadlineMs, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
    QTRY_COMPARE(m_store->under(u"outputs"_s), QStringList());
    QCOMPARE(m_store->halfWritten(), QStringList());
    QCOMPARE(m_store->outcomes(id), QStringList{u"cancelled"_s});
    QVERIFY(m_store->artifacts(id).isEmpty());
    QVERIFY(m_store->details(id).messages.isEmpty());
    QVERIFY(!m_store->details(id).finishedAnywayAt);
    QCOMPARE(m_store->backend->notificationsOf(id).wait()->size(), 1);
}

void TestCancel::aLateDoneChangesNothing()
{
    QCOMPARE(m_store->startWorkers(), QString());
    const JobId id = startConvert();
    QVERIFY(!id.isEmpty());
    QVERIFY(m_store->backend->cancel(m_store->caller, id, {}).wait());
    QTRY_VERIFY(m_store->job(id).cancel.acknowledgedAt);
    const jobs::Job before = m_store->job(id);
    const QByteArray late = R"({"status":"DONE","attempt":1,"event_id":"late","output_data":{"file_path":"clip.mp4","container":"mkv"}})";
    const auto posted = m_store->backend->post(m_store->caller, id, late, tasks::Mode::Apply).wait();
    QVERIFY(posted);
    QCOMPARE(posted->outcome, webhooks::Outcome::IgnoredTerminal);
    const auto after = m_store->details(id);
    QCOMPARE(after.job, before);
    QVERIFY(after.finishedAnywayAt);
    QCOMPARE(after.finishedAnywayAs, u"DONE"_s);
    QVERIFY(m_store->artifacts(id).isEmpty());
    QCOMPARE(m_store->backend->notificationsOf(id).wait()->size(), 1);
}

void TestCancel::aWaitingJobIsCancelledAtOnce()
{
    const auto answer = m_store->submit(JobType::MediaConvert, {{"file_path", "clip.mp4"}, {"container", "mkv"}});
    QVERIFY(answer);
    const auto cancelled = m_store->backend->cancel(m_store->caller, answer->jobId, u"a mistake"_s).wait();
    QVERIFY(cancelled);
    QVERIFY(cancelled->times.requestedAt && cancelled->times.brokerInformedAt && cancelled->times.acknowledgedAt);
    QVERIFY(m_store->details(answer->jobId).messages.isEmpty());
    QCOMPARE(m_store->startWorkers(), QString());
    const auto other = m_store->submit(JobType::MediaProbe, {{"file_path", "clip.mp4"}});
    QVERIFY(other);
    QVERIFY(m_store->waitForEnd(other->jobId));    // what came after it has run: it would have been taken before
    QCOMPARE(m_store->job(answer->jobId).status, JobStatus::Cancelled);
    QVERIFY(m_store->attempts(answer->jobId).isEmpty());
}

void TestCancel::anotherProcessStopsToo()
{
    test_support::WorkerProcess host;
    QCOMPARE(
        host.start(QStringLiteral(WORKER_HOST), m_store->options.storePath, m_store->options.storagePath, {u"--lease-ms"_s, u"10000"_s}),
        QString());
    const auto onlyTools = [&] {
        QStringList found = tools();
        found.removeIf([&](const QString& line) { return line.startsWith(QString::number(host.pid()) + u' '); });
        return found;
    };
    const auto answer = m_store->submit(JobType::MediaConvert, {{"file_path", "clip.mp4"}, {"container", "mkv"}});
    QVERIFY(answer);
    QTRY_VERIFY_WITH_TIMEOUT(!m_store->halfWritten().isEmpty() && !onlyTools().isEmpty(), 20'000);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(m_store->backend->cancel(m_store->caller, answer->jobId, {}).wait());
    QVERIFY(QTest::qWaitFor([&] { return onlyTools().isEmpty() && m_store->job(answer->jobId).cancel.acknowledgedAt; }, 5000));
    QVERIFY2(clock.elapsed() <= deadlineMs, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
    QTRY_COMPARE(m_store->under(u"outputs"_s), QStringList());
}

void TestCancel::theSecondCancelIsRefused()
{
    const auto answer = m_store->submit(JobType::MediaProbe, {{"file_path", "clip.mp4"}});
    QVERIFY(answer);
    QVERIFY(m_store->backend->cancel(m_store->caller, answer->jobId, {}).wait());
    const auto again = m_store->backend->cancel(m_store->caller, answer->jobId, {}).wait();
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::Conflict);    // 409
    QCOMPARE(again.error().code, u"job_terminal"_s);
    QVERIFY(again.error().message.contains(u"CANCELLED"_s));
}

QTEST_GUILESS_MAIN(TestCancel)
#include "tst_cancel.moc"
