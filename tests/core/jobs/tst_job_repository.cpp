// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/repository.h"
#include "tests/core/jobs/stored_jobs_repository.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core::jobs;
using namespace Qt::StringLiterals;
using core::EventId;
using core::JobId;
using core::Time;

namespace {

using test_support::idOf;

const Time begin = core::base::fromMicros(1'795'348'800'000'000);

Job newJob(const QString& id)
{
    Job job;
    job.id = idOf<JobId>(id);
    job.type = JobType::MediaProbe;
    job.typeText = jobTypeName(job.type);
    job.statusText = statusName(job.status);
    job.inputData = "{\"file_path\":\"a.mp4\"}";
    job.createdAt = begin;
    job.updatedAt = begin;
    return job;
}

JobUpdate update(JobStatus status, int seconds = 1)
{
    JobUpdate made;
    made.status = status;
    made.at = begin + std::chrono::seconds{seconds};
    return made;
}

JobEvent newEvent(const QString& jobId, const QString& eventId = {})
{
    JobEvent made;
    made.id = core::newId<EventId>();
    made.jobId = idOf<JobId>(jobId);
    made.eventType = u"progress"_s;
    made.eventId = eventId;
    made.actor = u"worker"_s;
    made.createdAt = begin;
    return made;
}

JobAttempt attempt(int number)
{
    JobAttempt made;
    made.jobId = idOf<JobId>(u"j"_s);
    made.attempt = number;
    made.worker = u"w-%1"_s.arg(number);
    made.startedAt = begin;
    return made;
}

}

Q_DECLARE_METATYPE(core::jobs::JobStatus)

class JobRepositoryTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        cleanup();
        m_folder = std::make_unique<QTemporaryDir>();
        m_place = std::make_unique<test_support::TestStore>(m_folder->path());
        m_store = freshStore(*m_place);
        QVERIFY(m_store);
        m_jobs = std::make_unique<JobRepository>(*m_store);
        QVERIFY(m_jobs->insert(newJob(u"j"_s)));
    }

    void cleanup()
    {
        m_jobs.reset();
        m_store.reset();
        m_place.reset();
    }

    void aJobComesBackAsItWentIn()
    {
        Job job = newJob(u"k"_s);
        job.message = u"é 😀"_s;
        job.userId = u"u-12"_s;
        job.retriedFrom = id();
        // a server takes no text that is not UTF-8 (tst_postgres)
        job.inputData = test_support::onPostgres() ? "{ \"odd\":\"\\u0000\", \"n\": 1.10}" : "{ \"odd\":\"\xff\", \"n\": 1.10}";
        QVERIFY(m_jobs->insert(job));
        const auto back = m_jobs->find(job.id);
        QVERIFY(back && *back);
        QVERIFY(**back == job);
        QCOMPARE(**m_jobs->findSummary(job.id), static_cast<const JobSummary&>(job));
        QVERIFY(!*m_jobs->find(JobId{u"gone"_s}));
    }

    void aTerminalJobNeverMoves_data()
    {
        QTest::addColumn<JobStatus>("ended");
        QTest::addColumn<JobStatus>("wanted");
        for (const JobStatus ended : {JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled}) {
            for (const JobStatus wanted :
                 {JobStatus::Pending, JobStatus::Running, JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled})
                QTest::addRow("%s to %s", qPrintable(statusName(ended)), qPrintable(statusName(wanted))) << ended << wanted;
        }
    }
    void aTerminalJobNeverMoves()
    {
        QFETCH(JobStatus, ended);
        QFETCH(JobStatus, wanted);
        JobUpdate first = update(ended);
        first.outputData = QByteArray("{\"first\":true}");
        first.message = u"first"_s;
        QVERIFY(*m_jobs->applyUpdate(id(), first));
        const Job before = stored();
        QCOMPARE(before.finishedAt, std::optional(first.at));

        JobUpdate late = update(wanted, 99);
        late.outputData = QByteArray("{\"late\":true}");
        late.message = u"late"_s;
        late.progressPct = 1;
        late.attempt = 9;
        QVERIFY(!*m_jobs->applyUpdate(id(), late));
        QVERIFY(!*m_jobs->cancel(id(), u"late"_s, late.at));
        QVERIFY(!*m_jobs->startAttempt(id(), late.at));
        QVERIFY(stored() == before);
    }

    void whoeverForgetsTheGuardMeetsTheTrigger_data()
    {
        QTest::addColumn<QByteArray>("statement");
        QTest::addColumn<bool>("passes");
        QTest::newRow("status") << QByteArray("UPDATE jobs SET status = 'RUNNING'") << false;
        QTest::newRow("other terminal status") << QByteArray("UPDATE jobs SET status = 'DONE'") << false;
        QTest::newRow("output") << QByteArray("UPDATE jobs SET output_data = '{}'") << false;
        QTest::newRow("error") << QByteArray("UPDATE jobs SET error_message = 'x'") << false;
        QTest::newRow("end") << QByteArray("UPDATE jobs SET finished_at = created_at") << false;
        QTest::newRow("acknowledging is no move")
            << QByteArray("UPDATE jobs SET cancel_acknowledged_at = updated_at, status = 'FAILED'") << true;
    }
    void whoeverForgetsTheGuardMeetsTheTrigger()
    {
        QFETCH(QByteArray, statement);
        QFETCH(bool, passes);
        QVERIFY(*m_jobs->applyUpdate(id(), update(JobStatus::Failed)));
        const auto done = m_store->exec(statement.constData());
        QCOMPARE(done.has_value(), passes);
        if (!passes)
            QCOMPARE(done.error().code, u"constraint"_s);
        QCOMPARE(stored().status, JobStatus::Failed);
    }

    void anUpdateKeepsWhatItDoesNotSay()
    {
        JobUpdate first = update(JobStatus::Running, 1);
        first.message = u"rendering"_s;
        first.progressPct = 40;
        first.attempt = 1;
        QVERIFY(*m_jobs->applyUpdate(id(), first));
        QVERIFY(*m_jobs->applyUpdate(id(), update(JobStatus::Running, 5)));
        const Job job = stored();
        QCOMPARE(job.message, u"rendering"_s);
        QCOMPARE(job.progressPct, 40);
        QCOMPARE(job.attempt, 1);
        QCOMPARE(job.startedAt, std::optional(first.at));
        QVERIFY(!job.finishedAt);
        QCOMPARE(job.updatedAt, begin + std::chrono::seconds{5});
    }

    void aCancelIsAcknowledgedOnce()
    {
        QVERIFY(!*m_jobs->acknowledgeCancel(id(), begin));
        QVERIFY(!*m_jobs->noteBrokerInformed(id(), begin));
        QVERIFY(*m_jobs->cancel(id(), u"asked"_s, begin + std::chrono::seconds{1}));
        QCOMPARE(m_jobs->cancelledUntold(10).value(), QList<JobId>{id()});
        QVERIFY(*m_jobs->noteBrokerInformed(id(), begin + std::chrono::seconds{2}));
        QVERIFY(!*m_jobs->noteBrokerInformed(id(), begin + std::chrono::seconds{9}));
        QVERIFY(m_jobs->cancelledUntold(10)->isEmpty());
        QVERIFY(*m_jobs->acknowledgeCancel(id(), begin + std::chrono::seconds{3}));
        QVERIFY(!*m_jobs->acknowledgeCancel(id(), begin + std::chrono::seconds{4}));
        const CancelTimes times = stored().cancel;
        QCOMPARE(times.requestedAt, std::optional(begin + std::chrono::seconds{1}));
        QCOMPARE(times.brokerInformedAt, std::optional(begin + std::chrono::seconds{2}));
        QCOMPARE(times.acknowledgedAt, std::optional(begin + std::chrono::seconds{3}));
    }

    void attemptsAreCountedAndNeverOverwritten()
    {
        QCOMPARE(*m_jobs->startAttempt(id(), begin), std::optional(1));
        QVERIFY(m_jobs->insertAttempt(attempt(1)));
        JobAttempt lost = attempt(1);
        lost.finishedAt = begin;
        lost.outcome = u"lost"_s;
        QVERIFY(m_jobs->finishAttempt(lost));
        JobAttempt late = lost;
        late.outcome = u"done"_s;
        late.log = QByteArray("late");
        QVERIFY(m_jobs->finishAttempt(late));    // changes nothing, see below

        QCOMPARE(*m_jobs->startAttempt(id(), begin), std::optional(2));
        const auto again = m_jobs->insertAttempt(attempt(1));
        QVERIFY(!again);
        QCOMPARE(again.error().code, u"constraint"_s);
        QVERIFY(m_jobs->insertAttempt(attempt(2)));
        QVERIFY(m_jobs->finishAttempt(attempt(3)));    // there is none

        const auto attempts = m_jobs->attempts(id());
        QCOMPARE(attempts->size(), 2);
        QVERIFY(attempts->at(0) == lost);
        QVERIFY(attempts->at(1) == attempt(2));
    }

    void eventsAreNumberedWithoutGapsForEachJob()
    {
        QVERIFY(m_jobs->insert(newJob(u"k"_s)));
        QList<qint64> positions{0};
        for (const QString& job : {u"j"_s, u"k"_s, u"j"_s, u"j"_s, u"k"_s}) {
            QVERIFY(m_jobs->appendEvent(newEvent(job)));
            const auto written = m_jobs->events(idOf<JobId>(job));
            QVERIFY(written->constLast().position > positions.last());
            positions += written->constLast().position;
        }
        QCOMPARE(sequences(u"j"_s), (QList<qint64>{1, 2, 3}));
        QCOMPARE(sequences(u"k"_s), (QList<qint64>{1, 2}));
        // On a server an event is told when no older transaction runs any more, of whomever: other tests have theirs.
        QTRY_VERIFY(*m_jobs->lastPosition() >= positions.last());
        QVERIFY(test_support::onPostgres() || *m_jobs->lastPosition() == positions.last());
        QCOMPARE(m_jobs->eventsAfter(positions.at(3), 10)->size(), 2);
        QCOMPARE(m_jobs->eventsAfter(0, 2)->constFirst().sequence, 1);
    }

    void aRefusedEventLeavesNoGap()
    {
        QVERIFY(m_jobs->appendEvent(newEvent(u"j"_s, u"e-1"_s)));
        const auto twice = m_jobs->appendEvent(newEvent(u"j"_s, u"e-1"_s));
        QVERIFY(!twice);
        QCOMPARE(twice.error().kind, core::ErrorKind::Conflict);
        QVERIFY(m_jobs->appendEvent(newEvent(u"j"_s, u"e-2"_s)));
        QVERIFY(m_jobs->appendEvent(newEvent(u"j"_s)));
        QVERIFY(m_jobs->appendEvent(newEvent(u"j"_s)));    // without an id of the sender as often as it likes
        QCOMPARE(sequences(u"j"_s), (QList<qint64>{1, 2, 3, 4}));
        QVERIFY(*m_jobs->hasEventId(id(), u"e-1"_s));
        QVERIFY(!*m_jobs->hasEventId(id(), u"e-3"_s));
    }

    void anEventIdIsUniqueWithinItsJobOnly()
    {
        QVERIFY(m_jobs->insert(newJob(u"k"_s)));
        QVERIFY(m_jobs->appendEvent(newEvent(u"j"_s, u"e-1"_s)));
        QVERIFY(m_jobs->appendEvent(newEvent(u"k"_s, u"e-1"_s)));
        QVERIFY(!m_jobs->appendEvent(newEvent(u"gone"_s, u"e-1"_s)));    // and an event needs its job
    }

    void theWorkersSequenceIsThatOfTheAttempt()
    {
        QVERIFY(!*m_jobs->lastWorkerSequence(id(), 1));
        for (const auto& [number, sequence] : QList<std::pair<int, qint64>>{{1, 5}, {1, 3}, {2, 1}}) {
            JobEvent made = newEvent(u"j"_s);
            made.attempt = number;
            made.workerSequence = sequence;
            QVERIFY(m_jobs->appendEvent(made));
        }
        QCOMPARE(*m_jobs->lastWorkerSequence(id(), 1), std::optional<qint64>(5));
        QCOMPARE(*m_jobs->lastWorkerSequence(id(), 2), std::optional<qint64>(1));
    }

    void oneActiveJobForEachDedupeKey()
    {
        Job first = newJob(u"a"_s);
        first.dedupeKey = u"same"_s;
        Job second = newJob(u"b"_s);
        second.dedupeKey = u"same"_s;
        QVERIFY(m_jobs->insert(first));
        QCOMPARE(m_jobs->insert(second).error().code, u"constraint"_s);
        QCOMPARE(*m_jobs->findActiveByDedupeKey(u"same"_s), std::optional(first.id));
        QVERIFY(*m_jobs->applyUpdate(first.id, update(JobStatus::Done)));
        QVERIFY(!*m_jobs->findActiveByDedupeKey(u"same"_s));
        QVERIFY(m_jobs->insert(second));
    }

private:
    static JobId id() { return idOf<JobId>(u"j"_s); }
    Job stored() const { return m_jobs->find(id())->value(); }
    QList<qint64> sequences(const QString& jobId) const
    {
        QList<qint64> numbers;
        const auto events = m_jobs->events(idOf<JobId>(jobId));
        for (const JobEvent& one : *events)
            numbers += one.sequence;
        return numbers;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test_support::TestStore> m_place;
    std::unique_ptr<core::database::Database> m_store;
    std::unique_ptr<JobRepository> m_jobs;
};

QTEST_GUILESS_MAIN(JobRepositoryTest)
#include "tst_job_repository.moc"
