// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"
#include "core/backend/scenario_play.h"
#include "core/tasks/run_store.h"
#include "tests/core/scenarios/history.h"

#include <QDir>
#include <QTest>

using namespace core;
using namespace core::scenarios;
using namespace Qt::StringLiterals;
using test_support::dump;
using test_support::History;
using test_support::story;

/// A job's deliveries, played again apart from their store.
class TestStoredScenario : public QObject {
    Q_OBJECT

private:
    static const Deliver& delivery(const Scenario& scenario, qsizetype step) { return std::get<Deliver>(scenario.steps.at(step).act); }

private slots:
    void itGoesAsItWentInTheStore_data()
    {
        QTest::addColumn<JobType>("type");
        for (const JobType type : {JobType::MediaProbe, JobType::SilenceDetect, JobType::SilenceApply, JobType::MediaConvert,
                                   JobType::TranscriptionGenerate, JobType::FrameExtract, JobType::CaptionsGenerate})
            QTest::newRow(qPrintable(jobs::jobTypeName(type))) << type;
    }
    void itGoesAsItWentInTheStore()
    {
        QFETCH(JobType, type);
        History history(type);
        const Scenario scenario = history.scenario();
        const auto stored = history.job(history.id);
        const auto artifacts = files::FileRepository(history.database()).artifactsOf(history.id).value();
        // What it needs it carries: nothing of the store's files is there any more.
        QVERIFY(QDir(history.storage().root()).removeRecursively());
        const auto run = play(scenario);
        QVERIFY2(run, run ? "" : qPrintable(run.error().message));
        QCOMPARE(story(*run), (QStringList{u"applied RUNNING 10%"_s, u"applied RUNNING 60%"_s, u"applied DONE 100%"_s}));
        QCOMPARE(run->artifacts.size(), artifacts.size());
        for (qsizetype i = 0; i < artifacts.size(); ++i) {
            QCOMPARE(run->artifacts.at(i).artifact.kind, artifacts.at(i).artifact.kind);
            QCOMPARE(run->artifacts.at(i).file.has_value(), artifacts.at(i).file.has_value());
            if (!artifacts.at(i).file)
                continue;
            QCOMPARE(run->artifacts.at(i).file->path, artifacts.at(i).file->path);
            QCOMPARE(run->artifacts.at(i).file->sha256, artifacts.at(i).file->sha256);
        }
        auto played = run->steps.constLast().after.job;
        QCOMPARE(played.finishedAt, stored.finishedAt);
        QCOMPARE(played.startedAt, stored.startedAt);
        QCOMPARE(played.userId, stored.userId);
        QCOMPARE(run->notifications.size(), 1);
        QCOMPARE(run->events.size(), 4);
        QVERIFY(!QDir(history.storage().root()).exists());    // and none was made
    }

    void eachStepLeavesTheRowsOfItsMoment()
    {
        History history;
        const auto run = play(history.scenario()).value();
        QCOMPARE(run.before.job.status, JobStatus::Pending);
        QCOMPARE(run.before.events, 1);
        QCOMPARE(run.at(0), run.before);
        const QList<qsizetype> events{run.at(1).events, run.at(2).events, run.at(3).events};
        QCOMPARE(events, (QList<qsizetype>{2, 3, 4}));
        QCOMPARE(run.at(2).artifacts, 0);
        QCOMPARE(run.at(3).artifacts, 3);
        QVERIFY(!run.at(2).outputBytes);
        QVERIFY(run.at(3).outputBytes.value_or(0) > 0);
        QCOMPARE(run.steps.at(0).says, u"RUNNING 10%"_s);
        QCOMPARE(run.steps.at(0).outcome->verdict, webhooks::Verdict::Valid);
        QCOMPARE(run.steps.at(2).httpStatus, 200);
    }

    void thePlayChangesNoByteOfTheStore()
    {
        History history;
        backend::DirectBackendOptions options;
        options.storePath = history.storePath();
        options.storagePath = history.storage().root();
        const auto backend = backend::DirectBackend::open(options);
        QVERIFY(backend);
        const QByteArray before = dump(history.database());
        const QStringList files = test_support::listing(history.storage().root());
        const auto scenario = (*backend)->scenarioOf(history.id, {}).wait();
        QVERIFY(scenario);
        std::atomic<qsizetype> told = 0;
        tasks::ActControl control;
        control.progress = [&](qsizetype done, qsizetype) { told = done; };
        const auto run = (*backend)->playScenario(*scenario, control).wait();
        QVERIFY(run);
        QCOMPARE(run->steps.size(), 3);
        QCOMPARE(told.load(), 3);
        QCOMPARE(dump(history.database()), before);
        QCOMPARE(test_support::listing(history.storage().root()), files);
    }

    void theRealSecretIsNeverInIt()
    {
        History history;
        const Scenario scenario = history.scenario();
        QCOMPARE(delivery(scenario, 0).signing, Signing::Good);
        for (const Step& step : scenario.steps)
            QCOMPARE(webhooks::headerCount(std::get<Deliver>(step.act).headers, "webhook-signature"), 0);
        QCOMPARE(webhooks::headerValue(delivery(scenario, 0).headers, "webhook-id"), "e-1");
    }

    void whatWasRefusedIsRefusedForTheSameReason()
    {
        History history(JobType::MediaProbe);
        auto wrong = test_support::signedReport(history.settings.masterKey, history.address, R"({"progress_pct":1})", "w", history.now);
        wrong.body = R"({"progress_pct":2})";
        history.record(wrong);
        history.now += std::chrono::minutes(9);
        history.record(test_support::signedReport(history.settings.masterKey, history.address, R"({"progress_pct":3})", "o",
                                                  history.now - std::chrono::minutes(8)));
        auto unsigned_ = wrong;
        unsigned_.headers.clear();
        history.record(unsigned_);
        const auto run = play(history.scenario()).value();
        QCOMPARE(run.steps.size(), 6);
        QCOMPARE(run.steps.at(3).outcome->verdict, webhooks::Verdict::Wrong);
        QCOMPARE(run.steps.at(4).outcome->verdict, webhooks::Verdict::TooOld);
        QCOMPARE(run.steps.at(5).outcome->verdict, webhooks::Verdict::Missing);
        QCOMPARE(run.steps.at(5).httpStatus, 401);
        QCOMPARE(delivery(history.scenario(), 5).inStore, webhooks::Outcome::Rejected);
    }

    void runsOfAWorkerAndACancelAreStepsToo()
    {
        test_support::StoreFixture store;
        const JobId id = store.submit(JobType::SilenceDetect);
        broker::Worker worker;
        worker.host = u"here"_s;
        worker.threads = 1;
        worker.leaseUs = 60'000'000;
        tasks::RunStore runs(store.database(), store.settings, worker, 3);
        QVERIFY(runs.registerWorker());
        store.now += std::chrono::seconds(1);
        QCOMPARE(runs.begin(1)->size(), 1);
        store.now += std::chrono::seconds(1);
        QVERIFY(store.service().cancel(store.caller, id, u"wrong file"_s));
        const auto stop = test_support::trustedReport(id, R"({"status":"CANCELLED","attempt":1,"sequence":2,"event_id":"s"})");
        store.now += std::chrono::seconds(1);
        QVERIFY(store.service().recordWebhookEvents({stop}, tasks::Mode::Apply));

        const Scenario scenario = storedScenario(store.database(), store.storage(), id).value();
        QCOMPARE(std::get<Cancel>(scenario.steps.at(2).act), (Cancel{u"ann"_s, u"wrong file"_s}));
        const auto run = play(scenario).value();
        QCOMPARE(story(run),
                 (QStringList{u"taken PENDING 0%"_s, u"applied RUNNING 0%"_s, u"cancelled CANCELLED 0%"_s, u"applied CANCELLED 0%"_s}));
        QVERIFY(run.at(3).job.cancel.brokerInformedAt);
        QVERIFY(!run.at(3).job.cancel.acknowledgedAt);    // there is a worker to wait for
        QCOMPARE(run.at(4).job.cancel, store.job(id).cancel);
    }

    void aFileThatIsGoneIsMissingInThePlay()
    {
        History history(JobType::MediaConvert);
        Scenario scenario = history.scenario();
        QCOMPARE(scenario.files.size(), 1);
        scenario.files.clear();
        const auto run = play(scenario).value();
        QCOMPARE(run.steps.at(2).answer, u"rejected"_s);
        QCOMPARE(run.steps.at(2).httpStatus, 503);
        QCOMPARE(run.steps.at(2).outcome->error->code, u"output_missing"_s);
        QCOMPARE(run.at(3).job.status, JobStatus::Running);
    }

    void secretsInBodiesAreMaskedWhereItLeaves()
    {
        History history(JobType::MediaProbe);
        history.report(R"({"current_message":"x","api_key":"canary-4711"})", "e-9");
        backend::DirectBackendOptions options;
        options.storePath = history.storePath();
        options.storagePath = history.storage().root();
        const auto backend = backend::DirectBackend::open(options);
        const auto scenario = (*backend)->scenarioOf(history.id, {}).wait().value();
        QCOMPARE(delivery(scenario, 3).body, R"({"current_message":"x","api_key":"[masked]"})");
        QVERIFY(scenario.remarks.join(u' ').contains(u"masked"_s));
        QCOMPARE(backend::playScenario(scenario)->steps.at(3).answer, u"ignored_terminal"_s);
    }

    void whatProvesASecretIsMaskedWhereItLeaves()
    {
        History history(JobType::MediaProbe);
        auto wrong = test_support::signedReport(
            history.settings.masterKey, history.address,
            R"({"progress_pct":1,"current_message":"at https://u:canary-1@h/x Authorization: Bearer canary-2 token=canary-3"})", "w",
            history.now);
        wrong.body.replace("\"progress_pct\":1", "\"progress_pct\":2");
        wrong.headers.append(webhooks::Header{"x-note", "secret_key=canary-4"});
        const QByteArray signature = webhooks::headerValue(wrong.headers, "webhook-signature");
        QVERIFY(signature.startsWith("v1,"));
        history.record(wrong);
        auto halfSigned = wrong;
        halfSigned.headers.removeIf([](const webhooks::Header& header) { return header.name == "webhook-timestamp"; });
        history.record(halfSigned);
        backend::DirectBackendOptions options;
        options.storePath = history.storePath();
        options.storagePath = history.storage().root();
        const auto backend = backend::DirectBackend::open(options);
        const auto scenario = (*backend)->scenarioOf(history.id, {}).wait().value();
        QByteArray all;
        for (const qsizetype step : {3, 4}) {
            all += delivery(scenario, step).body;
            for (const webhooks::Header& header : delivery(scenario, step).headers)
                all += header.name + ": " + header.value + '\n';
        }
        QVERIFY2(!all.contains("canary-"), all.constData());
        QVERIFY2(!all.contains(signature.mid(3)), all.constData());
        QVERIFY2(scenario.remarks.join(u' ').contains(u"In 4 of"_s), qPrintable(scenario.remarks.join(u' ')));
        const auto run = backend::playScenario(scenario).value();
        QCOMPARE(run.steps.at(3).outcome->verdict, webhooks::Verdict::Wrong);    // as it was, though what was sent is not in it
        QCOMPARE(run.steps.at(4).outcome->verdict, webhooks::Verdict::Missing);
    }

    void aJobThatIsNotThereIsSaidSo()
    {
        test_support::StoreFixture store;
        QCOMPARE(storedScenario(store.database(), store.storage(), JobId{u"nobody"_s}).error().code, u"job_unknown"_s);
    }

    void aJobWithoutDeliveriesHasNoSteps()
    {
        test_support::StoreFixture store;
        const JobId id = store.submit(JobType::MediaProbe);
        const auto run = play(storedScenario(store.database(), store.storage(), id).value()).value();
        QVERIFY(run.steps.isEmpty());
        QCOMPARE(run.before.job.id, id);
    }

    void tenThousandAreTakenAndOneMoreIsSaid()
    {
        test_support::StoreFixture store;
        const JobId id = store.submit(JobType::MediaProbe);
        QList<tasks::IncomingDelivery> reports;
        for (int i = 0; i < int(mostSteps) + 1; ++i)
            reports << test_support::trustedReport(id, R"({"status":"RUNNING","event_id":")" + QByteArray::number(i) + R"("})");
        // in steps, as a replay does: a row that changes thousands of times within one transaction costs a server more with each time
        for (qsizetype first = 0; first < reports.size(); first += 200)
            QVERIFY(store.service().recordWebhookEvents(reports.mid(first, 200), tasks::Mode::Apply));
        const Scenario scenario = storedScenario(store.database(), store.storage(), id).value();
        QCOMPARE(scenario.steps.size(), mostSteps);
        QCOMPARE(scenario.remarks.size(), 1);
        const CancelSource stop;
        tasks::ActControl control;
        control.cancel = stop.token();
        control.progress = [&](qsizetype done, qsizetype of) {
            QCOMPARE(of, mostSteps);
            if (done == 50)
                stop.cancel();
        };
        QCOMPARE(play(scenario, control).error().kind, ErrorKind::Cancelled);
        const auto run = play(scenario).value();
        QCOMPARE(run.steps.constLast().answer, u"applied"_s);
        QCOMPARE(run.events.size(), mostSteps + 1);
    }

    void hostileBodiesAreRejectedAndNothingElse_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("answer");
        QTest::newRow("empty") << QByteArray() << 400;
        QTest::newRow("no JSON") << "\xff\xfe\0garbage"_ba << 400;
        QTest::newRow("deep") << QByteArray(2000, '[') << 400;
        QTest::newRow("too large") << QByteArray((qsizetype{64} << 20) + 1, ' ') << 413;
        QTest::newRow("a status of nobody") << R"({"status":"DANCING"})"_ba << 422;
    }
    void hostileBodiesAreRejectedAndNothingElse()
    {
        QFETCH(QByteArray, body);
        test_support::StoreFixture store;
        const JobId id = store.submit(JobType::MediaProbe);
        QVERIFY(store.service().recordWebhookEvents({test_support::trustedReport(id, body)}, tasks::Mode::Apply));
        const auto run = play(storedScenario(store.database(), store.storage(), id).value()).value();
        QCOMPARE(run.steps.size(), 1);
        QTEST(run.steps.at(0).httpStatus, "answer");
        QCOMPARE(run.at(1).job, run.before.job);
        QCOMPARE(run.at(1).events, 1);
    }

    void anIdThatLeadsOutOfTheScratchFolderWritesNowhere()
    {
        History history;
        Scenario scenario = history.scenario();
        scenario.job.id = JobId{u"../../../escaped"_s};
        const auto run = play(scenario).value();
        QCOMPARE(run.steps.at(2).answer, u"rejected"_s);
        QVERIFY(!QDir(QDir::tempPath() + u"/escaped"_s).exists());
    }
};

QTEST_GUILESS_MAIN(TestStoredScenario)
#include "tst_stored_scenario.moc"
