// SPDX-License-Identifier: Apache-2.0
#include "core/captions/repository.h"
#include "tests/support/store_fixture.h"

#include <QProcess>
#include <QSet>
#include <QTest>

#include <latch>
#include <thread>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::doneBody;
using test_support::StoreFixture;
using test_support::trustedReport;
using webhooks::Outcome;

namespace {

constexpr int atOnceMost = 32;

/// Runs them all at once, each in a thread with a connection of its own, which is open before the first begins.
void atOnce(StoreFixture& store, const QList<std::function<void(TaskService&)>>& works)
{
    std::latch ready(works.size());
    std::vector<std::jthread> threads;
    for (const auto& work : works) {
        threads.emplace_back([&store, &ready, work] {
            const auto connection = store.connect();
            TaskService service(*connection, store.settings);
            ready.arrive_and_wait();
            work(service);
        });
    }
}

}

class TestRaces : public QObject {
    Q_OBJECT

private slots:
    void thirtyTwoThreadsDeliverTheSameEnd_data()
    {
        QTest::addColumn<bool>("withId");
        QTest::newRow("with an event id") << true;
        QTest::newRow("without one") << false;
    }
    void thirtyTwoThreadsDeliverTheSameEnd()
    {
        QFETCH(bool, withId);
        StoreFixture store;
        const JobId id = store.submit(JobType::TranscriptionGenerate);
        QByteArray body = doneBody(JobType::TranscriptionGenerate, id, "d");
        if (!withId)
            body.replace(R"("event_id":"d",)", "");
        std::array<Outcome, atOnceMost> outcomes;
        outcomes.fill(Outcome::Rejected);
        QList<std::function<void(TaskService&)>> works;
        for (Outcome& mine : outcomes)
            works << [&mine, &id, &body](TaskService& service) {
                if (const auto recorded = service.recordWebhookEvents({trustedReport(id, body)}, Mode::Apply))
                    mine = recorded->first().outcome;
            };
        atOnce(store, works);

        QCOMPARE(std::count(outcomes.begin(), outcomes.end(), Outcome::Applied), 1);
        QCOMPARE(std::count(outcomes.begin(), outcomes.end(), withId ? Outcome::Duplicate : Outcome::IgnoredTerminal), atOnceMost - 1);
        QCOMPARE(store.job(id).statusText, u"DONE"_s);
        QCOMPARE(store.jobs().events(id)->size(), 2);
        QCOMPARE(store.count("SELECT count(*) FROM artifacts"), 3);
        QCOMPARE(store.count("SELECT count(*) FROM files"), 3);
        QCOMPARE(store.count("SELECT count(*) FROM transcriptions"), 1);
        QCOMPARE(store.count("SELECT count(*) FROM notifications"), 1);
        QCOMPARE(store.count("SELECT count(*) FROM webhook_deliveries"), atOnceMost);
        const auto left = test_support::listing(store.storage().root()).filter(u"outputs"_s);
        QVERIFY2(left.filter(u".part-"_s).isEmpty(), qPrintable(left.join(u'\n')));
    }

    void thirtyTwoThreadsSubmitTheSameInput()
    {
        StoreFixture store;
        std::array<std::optional<SubmitAnswer>, atOnceMost> answers;
        QList<std::function<void(TaskService&)>> works;
        for (auto& mine : answers)
            works << [&mine, &store](TaskService& service) {
                SubmitRequest request;
                request.type = JobType::SilenceDetect;
                request.input = test_support::sampleInput(request.type);
                if (const auto answer = service.submit(store.caller, request))
                    mine = *answer;
            };
        atOnce(store, works);
        QSet<QString> ids;
        int fresh = 0;
        for (const auto& answer : answers) {
            QVERIFY(answer);    // nobody is refused: who comes second hears of the first one's job
            ids.insert(answer->jobId.text + answer->webhookId.text);
            fresh += !answer->reused;
        }
        QCOMPARE(ids.size(), 1);
        QCOMPARE(fresh, 1);
        for (const char* table : {"jobs", "webhooks", "queue_messages", "job_events", "operator_journal"})
            QCOMPARE(store.count(("SELECT count(*) FROM " + QByteArray(table)).constData()), 1);
    }

    void differentEndsAtOnceLeaveOneOfThem()
    {
        StoreFixture store;
        const JobId id = store.submit(JobType::SilenceDetect);
        std::array<Outcome, 16> outcomes;
        outcomes.fill(Outcome::Rejected);
        QList<std::function<void(TaskService&)>> works;
        for (size_t i = 0; i < outcomes.size(); ++i)
            works << [&outcomes, &id, i](TaskService& service) {
                const QByteArray body =
                    i % 2 == 0 ? doneBody(JobType::SilenceDetect, id, QByteArray::number(qulonglong(i)))
                               : R"({"status":"FAILED","event_id":"NUMBER"})"_ba.replace("NUMBER", QByteArray::number(qulonglong(i)));
                if (const auto recorded = service.recordWebhookEvents({trustedReport(id, body)}, Mode::Apply))
                    outcomes[i] = recorded->first().outcome;
            };
        atOnce(store, works);
        QCOMPARE(std::count(outcomes.begin(), outcomes.end(), Outcome::Applied), 1);
        QCOMPARE(std::count(outcomes.begin(), outcomes.end(), Outcome::IgnoredTerminal), 15);
        const bool isDone = store.job(id).status == JobStatus::Done;
        QCOMPARE(store.job(id).outputData.has_value(), isDone);
        QCOMPARE(store.count("SELECT count(*) FROM artifacts"), isDone ? 1 : 0);
        QCOMPARE(store.count("SELECT count(*) FROM notifications"), 1);
    }

    void twoProcessesSubmitAtOnce_data()
    {
        QTest::addColumn<QString>("inputs");
        QTest::addColumn<int>("jobs");
        QTest::newRow("the same input 200 times each") << u"same"_s << 1;
        QTest::newRow("200 inputs, each from both") << u"own"_s << 200;
    }
    void twoProcessesSubmitAtOnce()
    {
        QFETCH(QString, inputs);
        QFETCH(int, jobs);
        StoreFixture store;
        const QStringList arguments{store.storePath(), store.storage().root(), u"200"_s, inputs};
        std::array<QProcess, 2> racers;
        for (QProcess& racer : racers)
            racer.start(QStringLiteral(SUBMIT_RACER), arguments);
        for (QProcess& racer : racers) {
            while (!racer.canReadLine())
                QVERIFY2(racer.waitForReadyRead(30000), racer.readAllStandardError().constData());
            QCOMPARE(racer.readLine(), "ready\n"_ba);
        }
        for (QProcess& racer : racers)
            racer.write("go\n");
        QSet<QByteArray> ids;
        int fresh = 0;
        for (QProcess& racer : racers) {
            racer.waitForBytesWritten();
            QVERIFY(racer.waitForFinished(60000) || racer.state() == QProcess::NotRunning);
            QVERIFY2(racer.exitCode() == 0, racer.readAllStandardError().constData());
            const auto lines = racer.readAllStandardOutput().trimmed().split('\n');
            QCOMPARE(lines.size(), 200);
            for (const QByteArray& line : lines) {
                ids.insert(line.split(' ').first());
                fresh += line.endsWith(" 0");
            }
        }
        QCOMPARE(ids.size(), jobs);
        QCOMPARE(fresh, jobs);
        QCOMPARE(store.count("SELECT count(*) FROM jobs WHERE status IN ('PENDING', 'RUNNING')"), jobs);
        QCOMPARE(store.count("SELECT count(*) FROM queue_messages"), jobs);
        QCOMPARE(store.count("SELECT count(*) FROM webhooks"), jobs);
        QCOMPARE(store.count("SELECT count(*) FROM job_events"), jobs);
        QCOMPARE(store.count("SELECT count(*) FROM operator_journal"), jobs);
    }

    void aCancelAndAnEndAtOnceHaveOneWinner()
    {
        StoreFixture store;
        int done = 0;
        for (int round = 0; round < 40; ++round) {
            const JobId id = store.submit(JobType::MediaProbe);
            QString refused;
            Outcome reported = Outcome::Rejected;
            // A report has more to read before it asks for the lock; so that either may win, the cancel looks around for a while too.
            atOnce(store, {[&](TaskService& service) {
                               for (int look = 0; look < round; ++look) {
                                   if (!service.post(store.caller, id, "{}", Mode::DryRun))
                                       return;
                               }
                               const auto cancelled = service.cancel(store.caller, id, u"race"_s);
                               refused = cancelled ? QString() : cancelled.error().code;
                           },
                           [&](TaskService& service) {
                               if (const auto recorded = service.recordWebhookEvents(
                                       {trustedReport(id, doneBody(JobType::MediaProbe, id, "d"))}, Mode::Apply))
                                   reported = recorded->first().outcome;
                           }});
            const jobs::Job job = store.job(id);
            const bool isDone = job.status == JobStatus::Done;
            QCOMPARE(refused, isDone ? u"job_terminal"_s : QString());
            QCOMPARE(reported, isDone ? Outcome::Applied : Outcome::IgnoredTerminal);
            QCOMPARE(job.statusText, isDone ? u"DONE"_s : u"CANCELLED"_s);
            QCOMPARE(job.outputData.has_value(), isDone);
            QCOMPARE(job.cancel.requestedAt.has_value(), !isDone);
            QCOMPARE(files::FileRepository(store.database()).artifactsOf(id)->size(), 0);
            const auto notes = notifications::NotificationRepository(store.database()).ofJob(id).value();
            QCOMPARE(notes.size(), 1);
            QCOMPARE(notes.first().kind, isDone ? u"job_done"_s : u"job_cancelled"_s);
            const auto events = store.jobs().events(id).value();
            for (qsizetype i = 0; i < events.size(); ++i)
                QCOMPARE(events.at(i).sequence, i + 1);
            done += isDone;
        }
        qInfo("the end won %d of 40 times", done);
    }

    void ofManyWhoSaveOneNameOneHasIt_data()
    {
        QTest::addColumn<bool>("isNew");
        QTest::addColumn<QString>("refusal");
        QTest::newRow("new presets of one name") << true << u"preset_name_taken"_s;
        QTest::newRow("changes of what all have read") << false << u"preset_overtaken"_s;
    }
    void ofManyWhoSaveOneNameOneHasIt()
    {
        QFETCH(bool, isNew);
        QFETCH(QString, refusal);
        StoreFixture store;
        PresetDraft draft{{}, u"Loud"_s, {}, {}, {}};
        if (!isNew) {
            draft.id = TaskService(store.database(), store.settings).savePreset(store.caller, draft).value();
            draft.readAt = captions::PresetRepository(store.database()).all()->constFirst().updatedAt;
            store.now += std::chrono::seconds(1);
        }
        std::array<QString, 16> answers;
        QList<std::function<void(TaskService&)>> works;
        for (QString& mine : answers)
            works << [&mine, &store, &draft](TaskService& service) {
                const auto saved = service.savePreset(store.caller, draft);
                mine = saved ? u"saved"_s : saved.error().code;
            };
        atOnce(store, works);
        QCOMPARE(std::count(answers.begin(), answers.end(), u"saved"_s), 1);
        QCOMPARE(std::count(answers.begin(), answers.end(), refusal), 15);
        QCOMPARE(store.count("SELECT count(*) FROM caption_presets"), 1);
    }
};

QTEST_GUILESS_MAIN(TestRaces)
#include "tst_races.moc"
