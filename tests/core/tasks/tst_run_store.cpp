// SPDX-License-Identifier: Apache-2.0
#include "tests/core/tasks/queue_fixture.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::tasks;
using namespace std::chrono_literals;

/// Beginnings, ends and recoveries as a worker writes them: the cases that need no threads.
class TestRunStore : public QObject {
    Q_OBJECT

private slots:
    void init() { m_store = std::make_unique<QueueFixture>(); }
    void cleanup() { m_store.reset(); }
    void aCancelledJobIsNotHandedBack();
    void theEndOfAJobThatIsGoneIsDropped();
    void anOutputThatVanishedFailsTheJob();
    void anEndThatIsTriedAgainLeavesOneRefusal();
    void aStaleEndOfAJobThatRunsPutsItBackToWait();
    void aNewAttemptBeginsItsProgressAnew();
    void crashesAreCountedUpToTheLimit();
    void aWorkerOfAnotherBootIsRecoveredAtOnceUnlessMachinesShareTheStore();
    void theTimeBeforeTheStoreWasThereEndsNoLease();
    void aMessageWithoutAWorkerIsRecovered();
    void whatWasLeasedAndNeverBegunWaitsAgain();
    void aLeaseThatTheStoreForgotIsTakenAgain();

private:
    JobId submit(JobType type) { return m_store->submitAnswer(type).jobId; }
    qsizetype deliveries(const JobId& id, webhooks::Outcome outcome)
    {
        return webhooks::WebhookRepository(m_store->database()).deliveriesWithBodies(id, outcome)->size();
    }
    std::unique_ptr<QueueFixture> m_store;
};

void TestRunStore::aCancelledJobIsNotHandedBack()
{
    const JobId id = m_store->submit();
    RunStore worker = m_store->worker(m_store->settings, 30s);
    QVERIFY(worker.registerWorker());
    const auto tickets = worker.begin(1);
    QCOMPARE(tickets->size(), 1);
    QVERIFY(m_store->service().cancel(m_store->caller, id, u"no need"_s));
    RunEnd end;
    end.ticket = tickets->first();
    end.handBack = true;
    QList<RunEnd> ends{end};
    QVERIFY(worker.finish(ends));
    QVERIFY(ends.isEmpty());
    QVERIFY(m_store->job(id).cancel.acknowledgedAt);
    QVERIFY(m_store->messages(id).isEmpty());
    QCOMPARE(m_store->outcomes(id), QStringList{u"cancelled"_s});
}

/// As when the answer to the lease is lost with its connection: the messages are this worker's, and it does not know.
void TestRunStore::whatWasLeasedAndNeverBegunWaitsAgain()
{
    const JobId known = m_store->submit();
    RunStore worker = m_store->worker(m_store->settings, 30s);
    QVERIFY(worker.registerWorker());
    const auto tickets = worker.begin(1);
    QCOMPARE(tickets->size(), 1);
    const JobId unknown = m_store->submit();
    const JobId over = m_store->submit();
    QCOMPARE(worker.lease(2)->size(), 2);
    QVERIFY(m_store->service().cancel(m_store->caller, over, {}));
    QCOMPARE(worker.regainLeases(*tickets).value(), QList<JobId>());
    QCOMPARE(m_store->messages(known).first().leasedBy, worker.workerId());
    QCOMPARE(m_store->messages(unknown).first().leasedBy, QString());
    QCOMPARE(m_store->outcomes(unknown), QStringList{u"stopped"_s});
    QVERIFY(m_store->messages(over).isEmpty());
    QVERIFY(m_store->job(over).cancel.acknowledgedAt);
    const auto again = worker.begin(5);
    QCOMPARE(again->size(), 1);
    QCOMPARE(again->first().job.id, unknown);
    QCOMPARE(again->first().attempt, 2);
}

/// As when the server crashes before a lease is on its disk: the run goes on, and the store has never heard of it.
void TestRunStore::aLeaseThatTheStoreForgotIsTakenAgain()
{
    const JobId first = m_store->submit();
    const JobId second = m_store->submit();
    RunStore worker = m_store->worker(m_store->settings, 30s);
    RunStore other = m_store->worker(m_store->settings, 30s);
    QVERIFY(worker.registerWorker() && other.registerWorker());
    const auto tickets = worker.lease(2);
    QCOMPARE(tickets->size(), 2);
    m_store->exec("UPDATE queue_messages SET state = 'ready', leased_by = NULL");
    m_store->exec("UPDATE jobs SET attempt = 0");
    m_store->exec("DELETE FROM job_attempts");
    QCOMPARE(other.lease(1)->first().job.id, first);    // the older one comes first
    QCOMPARE(worker.regainLeases(*tickets).value(), QList<JobId>{first});
    QCOMPARE(m_store->messages(first).first().leasedBy, other.workerId());
    QCOMPARE(m_store->messages(second).first().leasedBy, worker.workerId());
    QCOMPARE(m_store->job(second).attempt, 1);
    QCOMPARE(m_store->attempts(second).size(), 1);
    QCOMPARE(m_store->attempts(second).first().worker, worker.workerId());
    QCOMPARE(worker.regainLeases(*tickets).value(), QList<JobId>{first});    // and nothing twice
    QCOMPARE(m_store->attempts(second).size(), 1);
}

void TestRunStore::theEndOfAJobThatIsGoneIsDropped()
{
    const JobId id = m_store->submit();
    RunStore worker = m_store->worker(m_store->settings, 30s);
    QVERIFY(worker.registerWorker());
    const auto tickets = worker.begin(1);
    QVERIFY(m_store->service().cancel(m_store->caller, id, {}));
    QVERIFY(jobs::JobRepository(m_store->database()).remove(id));
    RunEnd end;
    end.ticket = tickets->first();
    end.result = OutputPayload(MediaProbeOutput{});
    QList<RunEnd> ends{end};
    for (int round = 0; round < 2 && !ends.isEmpty(); ++round)
        QVERIFY(worker.finish(ends));
    QVERIFY(ends.isEmpty());
}

void TestRunStore::anOutputThatVanishedFailsTheJob()    // no second look brings it back
{
    const JobId id = submit(JobType::MediaConvert);
    RunStore worker = m_store->worker(m_store->settings, 30s);
    QVERIFY(worker.registerWorker());
    RunEnd end;
    end.ticket = worker.begin(1)->first();
    MediaConvertOutput output;
    output.filePath = outputFolderOf(id, {}) + u"/gone.webm"_s;
    output.container = Container::Webm;
    end.result = OutputPayload(output);
    QList<RunEnd> ends{end};
    for (int round = 0; round < 3; ++round)
        QVERIFY(worker.finish(ends));
    QVERIFY(ends.isEmpty());
    QCOMPARE(m_store->status(id), JobStatus::Failed);
    QCOMPARE(m_store->job(id).errorCode, u"output_missing"_s);
    QVERIFY(m_store->job(id).errorMessage.contains(u"gone.webm"_s));
    QCOMPARE(m_store->outcomes(id), QStringList{u"failed"_s});
    QVERIFY(m_store->messages(id).isEmpty());
}

void TestRunStore::anEndThatIsTriedAgainLeavesOneRefusal()
{
    const JobId id = submit(JobType::SilenceDetect);
    RunStore worker = m_store->worker(m_store->settings, 30s);
    QVERIFY(worker.registerWorker());
    RunEnd end;
    end.ticket = worker.begin(1)->first();
    end.result = OutputPayload(SilenceDetectOutput{});
    QVERIFY(m_store->storage().write(outputFolderOf(id, {}), "in the way of the hook's folder"));
    QList<RunEnd> ends{end};
    for (int round = 0; round < 4; ++round) {
        QVERIFY(worker.finish(ends));
        QCOMPARE(ends.size(), 1);
    }
    QCOMPARE(deliveries(id, webhooks::Outcome::Rejected), 1);
    QCOMPARE(m_store->status(id), JobStatus::Running);
    QVERIFY(m_store->storage().remove(outputFolderOf(id, {})));
    QVERIFY(worker.finish(ends));
    QVERIFY(ends.isEmpty());
    QCOMPARE(m_store->status(id), JobStatus::Done);
    QCOMPARE(deliveries(id, webhooks::Outcome::Rejected), 1);
    QCOMPARE(m_store->outcomes(id), QStringList{u"done"_s});
}

void TestRunStore::aStaleEndOfAJobThatRunsPutsItBackToWait()
{
    const JobId id = submit(JobType::MediaConvert);
    RunStore worker = m_store->worker(m_store->settings, 30s);
    QVERIFY(worker.registerWorker());
    RunEnd end;
    end.ticket = worker.begin(1)->first();
    const auto jump = m_store->service().post(m_store->caller, id, R"({"status":"RUNNING","attempt":5})", Mode::Apply);
    QCOMPARE(jump->outcome, webhooks::Outcome::Applied);
    test_support::writeOutputFiles(m_store->storage(), JobType::MediaConvert, id);
    MediaConvertOutput output;
    output.filePath = outputFolderOf(id, {}) + u"/clip.webm"_s;
    output.container = Container::Webm;
    end.result = OutputPayload(output);
    QList<RunEnd> ends{end};
    QVERIFY(worker.finish(ends));
    QVERIFY(ends.isEmpty());
    QCOMPARE(deliveries(id, webhooks::Outcome::Stale), 1);
    QCOMPARE(m_store->status(id), JobStatus::Running);
    QCOMPARE(m_store->messages(id).size(), 1);
    QVERIFY(m_store->messages(id).first().leasedBy.isEmpty());
    QCOMPARE(m_store->events(id, u"report_stale"_s).size(), 1);
    QCOMPARE(m_store->outcomes(id), QStringList{u"stale"_s});
    QVERIFY(!QFile::exists(*m_store->storage().resolve(output.filePath)));    // nothing of a run that did not count stays

    RunEnd again;
    again.ticket = worker.begin(1)->first();
    QCOMPARE(again.ticket.attempt, 6);
    test_support::writeOutputFiles(m_store->storage(), JobType::MediaConvert, id);
    again.result = end.result;
    ends = {again};
    QVERIFY(worker.finish(ends));
    QCOMPARE(m_store->status(id), JobStatus::Done);
    QVERIFY(m_store->messages(id).isEmpty());
}

void TestRunStore::aNewAttemptBeginsItsProgressAnew()
{
    const JobId id = m_store->submit();
    RunStore dying = m_store->worker(m_store->settings, 0s);
    QVERIFY(dying.registerWorker());
    QCOMPARE(dying.begin(1)->size(), 1);
    const auto report = m_store->service().post(m_store->caller, id, R"({"progress_pct":62,"current_message":"half way"})", Mode::Apply);
    QCOMPARE(report->outcome, webhooks::Outcome::Applied);
    RunStore next = m_store->worker(m_store->settings, 30s);
    QVERIFY(next.registerWorker());
    QCOMPARE(*next.recoverLost(), 1);
    QCOMPARE(m_store->job(id).progressPct, 62);    // what it had reached, while it waits
    QCOMPARE(next.begin(1)->size(), 1);
    QCOMPARE(m_store->job(id).progressPct, 0);
    QCOMPARE(m_store->job(id).message, QString());
}

void TestRunStore::crashesAreCountedUpToTheLimit()
{
    const JobId id = m_store->submit();
    for (int crash = 1; crash <= 3; ++crash) {
        RunStore dying = m_store->worker(m_store->settings, 0s);    // dead as soon as it stops beating
        QVERIFY(dying.registerWorker());
        QCOMPARE(dying.begin(1)->size(), 1);
        QVERIFY(m_store->settings.storage.write(outputFolderOf(id, {}) + u"/.part-1-half.mp4"_s, "half"));
        RunStore finder = m_store->worker(m_store->settings, 30s);
        QVERIFY(finder.registerWorker());
        QCOMPARE(*finder.recoverLost(), 1);
        QCOMPARE(*finder.recoverLost(), 0);
        QVERIFY(finder.unregister());
        QCOMPARE(m_store->status(id), crash < 3 ? JobStatus::Running : JobStatus::Failed);
        QVERIFY(!QFile::exists(*m_store->settings.storage.resolve(outputFolderOf(id, {}) + u"/.part-1-half.mp4"_s)));
    }
    QCOMPARE(m_store->job(id).errorCode, u"worker_lost"_s);
    QCOMPARE(m_store->outcomes(id), (QStringList{u"lost"_s, u"lost"_s, u"lost"_s}));
    QCOMPARE(m_store->ends(id), 1);
    QVERIFY(m_store->messages(id).isEmpty());
    QCOMPARE(notifications::NotificationRepository(m_store->database()).ofJob(id)->size(), 1);
    QVERIFY(!QFile::exists(*m_store->settings.storage.resolve(outputFolderOf(id, {}))));
}

/// Workers of a server's store are on several machines, each with boots of its own: there only the lease counts.
void TestRunStore::aWorkerOfAnotherBootIsRecoveredAtOnceUnlessMachinesShareTheStore()
{
    const JobId id = m_store->submit();
    RunStore before = m_store->worker(m_store->settings, std::chrono::hours(1));
    QVERIFY(before.registerWorker());
    QCOMPARE(before.begin(1)->size(), 1);
    RunStore after = m_store->worker(m_store->settings, 30s);
    QVERIFY(after.registerWorker());
    QCOMPARE(*after.recoverLost(), 0);
    auto reboot = m_store->database().prepare("UPDATE workers SET boot_id = 'the boot before' WHERE id = :id");
    reboot.bind(":id", before.workerId());
    QVERIFY(reboot.exec());
    const bool isShared = test_support::onPostgres();
    QCOMPARE(*after.recoverLost(), isShared ? 0 : 1);
    QCOMPARE(m_store->outcomes(id), QStringList{isShared ? QString() : u"lost"_s});
    QCOMPARE(after.begin(1)->size(), isShared ? 0 : 1);
}

/// While a server is away nobody can tell it that he lives; the test's own was started less than ten hours ago.
void TestRunStore::theTimeBeforeTheStoreWasThereEndsNoLease()
{
    m_store->submit();
    RunStore away = m_store->worker(m_store->settings, std::chrono::hours(10));
    QVERIFY(away.registerWorker());
    QCOMPARE(away.begin(1)->size(), 1);
    const core::base::Time longAgo = core::base::systemNow() - std::chrono::hours(20);
    auto unseen = m_store->database().prepare("UPDATE workers SET last_seen_at = :at");
    unseen.bind(":at", longAgo);
    QVERIFY(unseen.exec());
    RunStore finder = m_store->worker(m_store->settings, 30s);
    QVERIFY(finder.registerWorker());
    QCOMPARE(*finder.recoverLost(), 0);
    QVERIFY(m_store->database().exec("UPDATE workers SET lease_us = 1 WHERE lease_us > 60000000"));
    QCOMPARE(*finder.recoverLost(), 1);
}

void TestRunStore::aMessageWithoutAWorkerIsRecovered()
{
    const JobId id = m_store->submit();
    RunStore before = m_store->worker(m_store->settings, std::chrono::hours(1));
    QVERIFY(before.registerWorker());
    QCOMPARE(before.begin(1)->size(), 1);
    QVERIFY(before.unregister());
    QVERIFY(!m_store->submit().isEmpty());
    QVERIFY(before.begin(1)->isEmpty());    // without its row it gets nothing more
    RunStore after = m_store->worker(m_store->settings, 30s);
    QVERIFY(after.registerWorker());
    QCOMPARE(*after.recoverLost(), 1);
    QCOMPARE(m_store->outcomes(id), QStringList{u"lost"_s});
}

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_run_store.moc"
