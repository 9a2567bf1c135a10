// SPDX-License-Identifier: Apache-2.0
#include "tests/support/store_fixture.h"

#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::dump;
using test_support::listing;
using test_support::signedReport;
using test_support::StoreFixture;
using test_support::trustedReport;
using webhooks::Outcome;
using webhooks::Stage;
using webhooks::Verdict;

Q_DECLARE_METATYPE(core::jobs::JobType)

namespace {

const QByteArray running = R"({"status":"RUNNING","progress_pct":10,"current_message":"going"})";

/// "rejected 401 receive wrong": outcome, answer, stage and verdict of one event.
QString told(const WebhookOutcome& outcome)
{
    return u"%1 %2 %3 %4"_s.arg(webhooks::outcomeName(outcome.outcome))
        .arg(outcome.httpStatus)
        .arg(webhooks::stageName(outcome.stageReached), webhooks::verdictName(outcome.verdict));
}

/// The same of the row that was kept of it, where the answer has no column.
QString kept(const webhooks::Delivery& row)
{
    return u"%1 %2 %3"_s.arg(webhooks::outcomeName(row.outcome), webhooks::stageName(row.stageReached), webhooks::verdictName(row.verdict));
}

QString status(const jobs::Job& job)
{
    return u"%1 %2% '%3'"_s.arg(job.statusText).arg(job.progressPct).arg(job.message);
}

}

class TestRecordWebhookEvent : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_store;

    WebhookOutcome record(const IncomingDelivery& delivery, Mode mode = Mode::Apply)
    {
        const auto outcomes = m_store->service().recordWebhookEvents({delivery}, mode);
        return outcomes && outcomes->size() == 1 ? outcomes->first() : WebhookOutcome{};
    }
    WebhookOutcome record(const JobId& id, const QByteArray& body, Mode mode = Mode::Apply)
    {
        return record(trustedReport(id, body), mode);
    }
    QList<webhooks::Delivery> deliveries() { return webhooks::WebhookRepository(m_store->database()).deliveries({}, {}, 1000).value(); }
    webhooks::Delivery whole(const DeliveryId& id) { return **webhooks::WebhookRepository(m_store->database()).findDelivery(id); }

private slots:
    void init() { m_store = std::make_unique<StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void everyStageOfAReportThatIsApplied()
    {
        const auto answer = m_store->submitAnswer(JobType::SilenceDetect);
        m_store->now += std::chrono::seconds(5);
        const auto outcome = record(signedReport(m_store->settings.masterKey, answer.webhookId, running, "msg_1", m_store->now));
        QCOMPARE(told(outcome), u"applied 200 notify valid"_s);
        QCOMPARE(outcome.retryLater, false);
        QVERIFY(!outcome.error);
        QList<Stage> stages;
        for (const StageReport& report : outcome.stages) {
            QVERIFY(report.passed);
            stages << report.stage;
        }
        const QList<Stage> expected{Stage::Receive,     Stage::LoadAndValidate, Stage::Ignore, Stage::ApplyStatus,
                                    Stage::AppendEvent, Stage::DoneHooks,       Stage::Notify};
        QCOMPARE(stages, expected);

        const jobs::Job job = m_store->job(answer.jobId);
        QCOMPARE(status(job), u"RUNNING 10% 'going'"_s);
        QVERIFY(job.startedAt == m_store->now && !job.finishedAt && job.updatedAt == m_store->now);
        QCOMPARE(outcome.before->statusText, u"PENDING"_s);
        QVERIFY(*outcome.after == static_cast<const jobs::JobSummary&>(job));
        const auto events = m_store->jobs().events(answer.jobId).value();
        QCOMPARE(events.size(), 2);
        QCOMPARE(events.at(1).eventId, u"msg_1"_s);
        QCOMPARE(events.at(1).sequence, 2);
        const auto row = whole(outcome.deliveryId);
        QCOMPARE(kept(row), u"applied notify valid"_s);
        QCOMPARE(row.body, running);
        QVERIFY(row.jobId == answer.jobId && row.webhookId == answer.webhookId);
        QCOMPARE(m_store->count("SELECT count(*) FROM notifications"), 0);
    }

    void whatTheReceiveStageRefuses_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("expected");
        QTest::newRow("signature missing") << u"unsigned"_s << u"rejected 401 receive missing"_s;
        QTest::newRow("signature malformed") << u"malformed"_s << u"rejected 401 receive malformed"_s;
        QTest::newRow("signature of another webhook") << u"wrong"_s << u"rejected 401 receive wrong"_s;
        QTest::newRow("body changed on the way") << u"changed"_s << u"rejected 401 receive wrong"_s;
        QTest::newRow("too old") << u"old"_s << u"rejected 401 receive too_old"_s;
        QTest::newRow("too new") << u"new"_s << u"rejected 401 receive too_new"_s;
        QTest::newRow("no JSON") << u"text"_s << u"rejected 400 receive valid"_s;
        QTest::newRow("a key twice") << u"duplicate"_s << u"rejected 400 receive valid"_s;
        QTest::newRow("wrong fields") << u"fields"_s << u"rejected 422 receive valid"_s;
        QTest::newRow("too large") << u"large"_s << u"rejected 413 receive not_checked"_s;
    }
    void whatTheReceiveStageRefuses()
    {
        QFETCH(QString, fault);
        QFETCH(QString, expected);
        const auto answer = m_store->submitAnswer(JobType::SilenceDetect);
        const QHash<QString, QByteArray> bodies{{u"text"_s, "hello"},
                                                {u"duplicate"_s, R"({"status":"DONE","status":"FAILED"})"},
                                                {u"fields"_s, R"({"status":"X","progress_pct":101})"},
                                                {u"large"_s, QByteArray(maxWebhookBody + 1, ' ')}};
        const WebhookId signer = fault == "wrong"_L1 ? WebhookId{u"other"_s} : answer.webhookId;
        auto delivery = signedReport(m_store->settings.masterKey, signer, bodies.value(fault, running), "msg_1", m_store->now);
        delivery.webhookId = answer.webhookId;
        if (fault == "unsigned"_L1)
            delivery.headers.removeLast();
        if (fault == "malformed"_L1)
            delivery.headers.last().value = "v1";
        if (fault == "changed"_L1)
            delivery.body += ' ';
        if (fault == "old"_L1)
            m_store->now += std::chrono::seconds(301);
        if (fault == "new"_L1)
            m_store->now -= std::chrono::seconds(301);
        const jobs::Job before = m_store->job(answer.jobId);

        const auto outcome = record(delivery);
        QCOMPARE(told(outcome), expected);
        QCOMPARE(outcome.retryLater, false);
        QVERIFY(m_store->job(answer.jobId) == before);
        QCOMPARE(m_store->jobs().events(answer.jobId)->size(), 1);
        const auto row = whole(outcome.deliveryId);
        QCOMPARE(row.outcome, Outcome::Rejected);
        QCOMPARE(row.stageReached, Stage::Receive);
        QCOMPARE(row.verdict, outcome.verdict);
        QCOMPARE(row.body, delivery.body);
        QVERIFY(row.outcomeDetail.startsWith(outcome.error->code));
        QVERIFY2(row.jobId == answer.jobId, "whoever looks at the job must find it");
        if (outcome.httpStatus == 401)
            QCOMPARE(outcome.error->message, u"The signature was not accepted"_s);    // one text: a forger learns nothing
        QCOMPARE(outcome.fieldErrors.size(), fault == "fields"_L1 ? 2 : 0);
    }

    void whatLoadingRefuses_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("code");
        QTest::newRow("unknown webhook") << u"webhook"_s << u"rejected 404 load_and_validate valid"_s << u"webhook_unknown"_s;
        QTest::newRow("inactive webhook") << u"inactive"_s << u"rejected 404 load_and_validate valid"_s << u"webhook_unknown"_s;
        QTest::newRow("unknown job") << u"job"_s << u"rejected 404 load_and_validate not_checked"_s << u"job_unknown"_s;
        QTest::newRow("no address") << u"nothing"_s << u"rejected 404 load_and_validate not_checked"_s << u"job_unknown"_s;
    }
    void whatLoadingRefuses()
    {
        QFETCH(QString, fault);
        QFETCH(QString, expected);
        QFETCH(QString, code);
        const auto answer = m_store->submitAnswer(JobType::SilenceDetect);
        auto delivery = signedReport(m_store->settings.masterKey, fault == "webhook"_L1 ? WebhookId{u"nobody"_s} : answer.webhookId,
                                     running, "m", m_store->now);
        if (fault == "inactive"_L1)
            m_store->exec("UPDATE webhooks SET is_active = FALSE");
        if (fault == "job"_L1)
            delivery = trustedReport(JobId{u"nobody"_s}, running);
        if (fault == "nothing"_L1)
            delivery.webhookId.reset(), delivery.isTrusted = true;
        const auto outcome = record(delivery);
        QCOMPARE(told(outcome), expected);
        QCOMPARE(outcome.error->code, code);
        QCOMPARE(kept(whole(outcome.deliveryId)), kept(deliveries().first()));
        QCOMPARE(status(m_store->job(answer.jobId)), u"PENDING 0% ''"_s);
    }

    void anOutputOfTheWrongShapeIsRefused_data()
    {
        QTest::addColumn<jobs::JobType>("type");
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const char* name, JobType type, const char* output, const QStringList& fields) {
            QTest::newRow(name) << type << QByteArray(output) << fields;
        };
        row("probe", JobType::MediaProbe, R"({"format":3})", {u"/output_data/format"_s, u"/output_data/streams"_s});
        row("detect", JobType::SilenceDetect, R"({"segments":[{"start_ms":5}]})", {u"/output_data/segments/0/end_ms"_s});
        row("detect, end before start", JobType::SilenceDetect, R"({"segments":[{"start_ms":5,"end_ms":5}]})",
            {u"/output_data/segments/0/end_ms"_s});
        row("apply", JobType::SilenceApply, R"({"duration_ms":"long"})", {u"/output_data/file_path"_s, u"/output_data/duration_ms"_s});
        row("convert", JobType::MediaConvert, R"({"file_path":""})", {u"/output_data/file_path"_s});
        row("speech", JobType::TranscriptionGenerate, R"({"segments":{}})", {u"/output_data/text"_s, u"/output_data/segments"_s});
        row("frames", JobType::FrameExtract, R"({"frames":[{}]})",
            {u"/output_data/frames/0/file_path"_s, u"/output_data/frames/0/timestamp_ms"_s});
        row("captions", JobType::CaptionsGenerate, "{}", {u"/output_data/file_path"_s});
        row("no object", JobType::SilenceDetect, "[]", {u"/output_data"_s});
        row("none at all", JobType::SilenceDetect, "null", {u"/output_data"_s});
    }
    void anOutputOfTheWrongShapeIsRefused()
    {
        QFETCH(jobs::JobType, type);
        QFETCH(QByteArray, output);
        QFETCH(QStringList, fields);
        const JobId id = m_store->submit(type);
        const auto outcome = record(id, R"({"status":"DONE","output_data":)" + output + '}');
        QCOMPARE(told(outcome), u"rejected 422 load_and_validate not_checked"_s);
        QStringList named;
        for (const Error& error : outcome.fieldErrors)
            named << error.field;
        named.sort();
        fields.sort();
        QCOMPARE(named, fields);
        QCOMPARE(status(m_store->job(id)), u"PENDING 0% ''"_s);
        QCOMPARE(kept(whole(outcome.deliveryId)), u"rejected load_and_validate not_checked"_s);
    }

    void whatIsIgnored_data()
    {
        QTest::addColumn<QByteArrayList>("before");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("job");
        const auto row = [](const char* name, const QByteArrayList& before, const char* body, const QString& expected, const QString& job) {
            QTest::newRow(name) << before << QByteArray(body)
                                << expected + u" 200 "_s + (expected == "applied"_L1 ? u"notify"_s : u"ignore"_s) + u" not_checked"_s
                                << job;
        };
        const QByteArray done = R"({"status":"DONE","event_id":"d","output_data":{"segments":[]}})";
        const QByteArray second = R"({"status":"RUNNING","attempt":2,"sequence":5})";
        row("the same event twice", {R"({"status":"RUNNING","event_id":"e","progress_pct":5})"},
            R"({"status":"RUNNING","event_id":"e","progress_pct":9})", u"duplicate"_s, u"RUNNING 5% ''"_s);
        row("the same event after the end", {R"({"status":"RUNNING","event_id":"e"})", done}, R"({"status":"RUNNING","event_id":"e"})",
            u"duplicate"_s, u"DONE 100% ''"_s);
        row("the end twice", {done}, done.constData(), u"duplicate"_s, u"DONE 100% ''"_s);
        row("another end after the end", {done}, R"({"status":"FAILED","error_message":"x"})", u"ignored_terminal"_s, u"DONE 100% ''"_s);
        row("another output after the end", {done}, R"({"status":"DONE","output_data":{"segments":[{"start_ms":0,"end_ms":1}]}})",
            u"ignored_terminal"_s, u"DONE 100% ''"_s);
        row("progress after the end", {done}, R"({"progress_pct":3,"current_message":"late"})", u"ignored_terminal"_s, u"DONE 100% ''"_s);
        row("a newer attempt after the end", {done}, R"({"status":"RUNNING","attempt":9})", u"ignored_terminal"_s, u"DONE 100% ''"_s);
        row("running after failed", {R"({"status":"FAILED"})"}, R"({"status":"RUNNING"})", u"ignored_terminal"_s, u"FAILED 0% ''"_s);
        row("older attempt", {second}, R"({"status":"RUNNING","attempt":1,"sequence":9})", u"stale"_s, u"RUNNING 0% ''"_s);
        row("the end of an older attempt", {second}, R"({"status":"DONE","attempt":1,"sequence":9,"output_data":{"segments":[]}})",
            u"stale"_s, u"RUNNING 0% ''"_s);
        row("sequence the same", {second}, R"({"progress_pct":5,"attempt":2,"sequence":5})", u"stale"_s, u"RUNNING 0% ''"_s);
        row("sequence older", {second}, R"({"progress_pct":5,"attempt":2,"sequence":4})", u"stale"_s, u"RUNNING 0% ''"_s);
        row("sequence older, attempt left out", {second}, R"({"progress_pct":5,"sequence":4})", u"stale"_s, u"RUNNING 0% ''"_s);
        row("sequence newer", {second}, R"({"progress_pct":5,"attempt":2,"sequence":6})", u"applied"_s, u"RUNNING 5% ''"_s);
        row("no sequence", {second}, R"({"progress_pct":5})", u"applied"_s, u"RUNNING 5% ''"_s);
        row("the end with an old sequence", {second}, R"({"status":"FAILED","attempt":2,"sequence":1})", u"applied"_s, u"FAILED 0% ''"_s);
        row("newer attempt begins its own count", {second}, R"({"progress_pct":5,"attempt":3,"sequence":1})", u"applied"_s,
            u"RUNNING 5% ''"_s);
        row("pending after running", {R"({"status":"RUNNING"})"}, R"({"status":"PENDING"})", u"stale"_s, u"RUNNING 0% ''"_s);
        row("pending of a newer attempt after running", {R"({"status":"RUNNING"})"}, R"({"status":"PENDING","attempt":3})", u"stale"_s,
            u"RUNNING 0% ''"_s);
        row("pending while pending", {}, R"({"status":"PENDING","current_message":"queued"})", u"applied"_s, u"PENDING 0% 'queued'"_s);
        row("the end without a beginning", {}, R"({"status":"FAILED","error_message":"x"})", u"applied"_s, u"FAILED 0% ''"_s);
    }
    void whatIsIgnored()
    {
        QFETCH(QByteArrayList, before);
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        QFETCH(QString, job);
        const JobId id = m_store->submit(JobType::SilenceDetect);
        for (const QByteArray& earlier : before)
            QCOMPARE(record(id, earlier).outcome, Outcome::Applied);
        const jobs::Job known = m_store->job(id);
        const auto events = m_store->jobs().events(id)->size();
        const auto outcome = record(id, body);
        QCOMPARE(told(outcome), expected);
        QCOMPARE(status(m_store->job(id)), job);
        const bool isApplied = outcome.outcome == Outcome::Applied;
        QCOMPARE(m_store->jobs().events(id)->size(), events + (isApplied ? 1 : 0));
        if (!isApplied)
            QVERIFY(m_store->job(id) == known);
        const auto row = whole(outcome.deliveryId);
        QCOMPARE(row.outcome, outcome.outcome);
        QCOMPARE(row.outcomeDetail.isEmpty(), isApplied);
    }

    void anEndSaysWhatHappened_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("notification");
        QTest::newRow("failed with its reason") << R"({"status":"FAILED","error_message":"exit 1","error_code":"ffmpeg_failed"})"_ba
                                                << u"ffmpeg_failed: exit 1"_s << u"job_failed: exit 1"_s;
        QTest::newRow("failed without a word") << R"({"status":"FAILED"})"_ba << u"worker_error: The worker gave no reason"_s
                                               << u"job_failed: The worker gave no reason"_s;
        QTest::newRow("cancelled by the worker")
            << R"({"status":"CANCELLED","current_message":"stopped"})"_ba << u": "_s << u"job_cancelled: stopped"_s;
    }
    void anEndSaysWhatHappened()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, error);
        QFETCH(QString, notification);
        const JobId id = m_store->submitAnswer(JobType::SilenceDetect, u"u-12"_s).jobId;
        QCOMPARE(record(id, body).outcome, Outcome::Applied);
        const jobs::Job job = m_store->job(id);
        QCOMPARE(job.errorCode + u": "_s + job.errorMessage, error);
        QVERIFY(job.finishedAt == m_store->now);
        const auto rows = notifications::NotificationRepository(m_store->database()).ofJob(id).value();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().kind + u": "_s + rows.first().body, notification);
        QCOMPARE(rows.first().userId, u"u-12"_s);
    }

    void progressOfAJobWhoseStatusNobodyKnowsLeavesItsWord()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        m_store->exec("UPDATE jobs SET status = 'SLEEPING'");
        const auto outcome = record(id, R"({"progress_pct":5})");
        QCOMPARE(outcome.outcome, Outcome::Rejected);
        QCOMPARE(outcome.httpStatus, 503);    // a newer program may know it
        QCOMPARE(m_store->job(id).statusText, u"SLEEPING"_s);
        QCOMPARE(record(id, R"({"status":"RUNNING"})").outcome, Outcome::Applied);
    }

    void aCancelIsAcknowledgedAndALateEndIsIgnored()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        QCOMPARE(record(id, running).outcome, Outcome::Applied);
        m_store->exec("UPDATE queue_messages SET state = 'leased', leased_by = 'w'");
        QVERIFY(m_store->service().cancel(m_store->caller, id, u"wrong file"_s));
        const jobs::Job cancelled = m_store->job(id);
        QVERIFY(cancelled.cancel.requestedAt && cancelled.cancel.brokerInformedAt && !cancelled.cancel.acknowledgedAt);

        m_store->now += std::chrono::seconds(1);
        const auto late = record(id, test_support::doneBody(JobType::SilenceDetect, id, "late"));
        QCOMPARE(told(late), u"ignored_terminal 200 ignore not_checked"_s);
        QVERIFY(m_store->job(id) == cancelled);
        QCOMPARE(m_store->count("SELECT count(*) FROM artifacts"), 0);

        const auto acknowledged = record(id, R"({"status":"CANCELLED","progress_pct":50,"current_message":"stopped","event_id":"a"})");
        QCOMPARE(told(acknowledged), u"applied 200 notify not_checked"_s);
        jobs::Job expected = cancelled;
        expected.cancel.acknowledgedAt = m_store->now;
        expected.updatedAt = m_store->now;
        QVERIFY(m_store->job(id) == expected);    // and nothing else
        QCOMPARE(m_store->jobs().events(id)->last().eventType, u"cancel_acknowledged"_s);
        QCOMPARE(m_store->count("SELECT count(*) FROM notifications"), 1);
        QCOMPARE(record(id, R"({"status":"CANCELLED"})").outcome, Outcome::IgnoredTerminal);
        QCOMPARE(record(id, R"({"status":"CANCELLED","event_id":"a"})").outcome, Outcome::Duplicate);
    }

    void secretsInHeadersAreMasked()
    {
        const auto answer = m_store->submitAnswer(JobType::SilenceDetect);
        auto delivery = signedReport(m_store->settings.masterKey, answer.webhookId, running, "m", m_store->now);
        delivery.headers << webhooks::Header{"authorization", "Bearer s3cret"} << webhooks::Header{"Proxy-Authorization", "Basic s3cret"}
                         << webhooks::Header{"COOKIE", "session=s3cret"} << webhooks::Header{"X-Trace", "\xff"};
        const auto row = whole(record(delivery).deliveryId);
        QCOMPARE(webhooks::headerValue(row.headers, "authorization"), "[masked]"_ba);
        QCOMPARE(webhooks::headerValue(row.headers, "X-Trace"), "\xff"_ba);
        QCOMPARE(webhooks::headerValue(row.headers, "webhook-signature"), webhooks::headerValue(delivery.headers, "webhook-signature"));
        QCOMPARE(row.headers.size(), delivery.headers.size());
        QVERIFY(!dump(m_store->database()).contains("s3cret"));
    }

    void aBatchIsCumulativeAndOneFaultSparesTheOthers()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        const JobId other = m_store->submit(JobType::SilenceDetect);
        int told = 0;
        m_store->settings.changed = [&] { ++told; };
        const auto outcomes = m_store->service().recordWebhookEvents(
            {trustedReport(id, R"({"status":"RUNNING","sequence":1,"event_id":"a"})"), trustedReport(id, "{"),
             trustedReport(other, running), trustedReport(id, R"({"status":"RUNNING","sequence":1,"event_id":"b"})"),
             trustedReport(id, R"({"status":"RUNNING","event_id":"a"})"),
             trustedReport(id, test_support::doneBody(JobType::SilenceDetect, id, "c")), trustedReport(id, R"({"status":"FAILED"})")},
            Mode::Apply);
        QVERIFY(outcomes);
        QStringList all;
        for (const auto& outcome : *outcomes)
            all << webhooks::outcomeName(outcome.outcome);
        QCOMPARE(all.join(u' '), u"applied rejected applied stale duplicate applied ignored_terminal"_s);
        QCOMPARE(told, 1);
        QCOMPARE(m_store->job(id).statusText, u"DONE"_s);
        QCOMPARE(m_store->job(other).statusText, u"RUNNING"_s);
        QCOMPARE(deliveries().size(), 7);
    }

    void whatTheCallerAddsStandsOrFallsWithTheReports()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        const auto recorded = m_store->service().recordWebhookEvents(
            {trustedReport(id, running)}, Mode::Apply,
            [](const QList<WebhookOutcome>&) -> Result<void> { return failure(ErrorKind::Conflict, u"lease_lost"_s, u"no"_s); });
        QCOMPARE(recorded.error().code, u"lease_lost"_s);
        QCOMPARE(m_store->job(id).statusText, u"PENDING"_s);
        QCOMPARE(m_store->jobs().events(id)->size(), 1);
        QCOMPARE(deliveries().size(), 1);
        QCOMPARE(deliveries().first().outcome, Outcome::Rejected);
        QVERIFY(deliveries().first().outcomeDetail.startsWith("lease_lost"_L1));
    }

    void aLockedStoreAsksTheSenderToComeAgain()
    {
        const JobId id = m_store->submit(JobType::TranscriptionGenerate);
        m_store->reconnect(std::chrono::milliseconds(10));
        const QByteArray before = dump(m_store->database());
        const QStringList files = listing(m_store->storage().root() + u"/outputs"_s);
        const auto other = m_store->connect();
        test_support::takeHold(*other);
        const auto outcome = record(id, test_support::doneBody(JobType::TranscriptionGenerate, id, "d"));
        // SQLite's whole transaction waits at its beginning, a server's first row that is locked
        QCOMPARE(told(outcome),
                 test_support::onPostgres() ? u"rejected 503 load_and_validate not_checked"_s : u"rejected 503 receive not_checked"_s);
        QCOMPARE(outcome.error->code, u"store_locked"_s);
        QVERIFY(outcome.retryLater);
        QCOMPARE(dump(m_store->database()), before);
        test_support::letGo(*other);
        QVERIFY(listing(m_store->storage().root()).filter(u".part-"_s).isEmpty());
        QCOMPARE(record(id, test_support::doneBody(JobType::TranscriptionGenerate, id, "d")).outcome, Outcome::Applied);
    }

    void aDryRunChangesNoByte_data()
    {
        QTest::addColumn<bool>("readOnly");
        QTest::newRow("on a writable connection") << false;
        QTest::newRow("on a read-only connection") << true;
    }
    void aDryRunChangesNoByte()
    {
        QFETCH(bool, readOnly);
        QList<IncomingDelivery> deliveries;
        for (const JobType type : jobs::allJobTypes()) {
            const JobId id = m_store->submit(type);
            test_support::writeOutputFiles(m_store->storage(), type, id);
            deliveries << trustedReport(id, R"({"status":"RUNNING","sequence":1,"attempt":1})")
                       << trustedReport(id, test_support::doneBody(type, id, "d"))
                       << trustedReport(id, test_support::doneBody(type, id, "d"));
        }
        deliveries << trustedReport(JobId{u"nobody"_s}, running) << trustedReport(*deliveries.first().jobId, "{");
        const QByteArray rows = dump(m_store->database());
        const QStringList files = listing(m_store->storage().root());
        int told = 0;
        m_store->settings.changed = [&] { ++told; };
        const auto connection = m_store->connect(readOnly ? database::Access::ReadOnly : database::Access::ReadWrite);
        TaskService service(*connection, m_store->settings);
        const auto dry = service.recordWebhookEvents(deliveries, Mode::DryRun);
        QVERIFY2(dry, dry ? "" : qPrintable(dry.error().message + dry.error().detail));
        QCOMPARE(dump(m_store->database()), rows);
        QCOMPARE(listing(m_store->storage().root()), files);
        QCOMPARE(told, 0);
        QCOMPARE(dry->first().stages.first().detail.contains(u"scratch copy"_s), readOnly);

        // And it tells what then happens.
        const auto wet = m_store->service().recordWebhookEvents(deliveries, Mode::Apply);
        for (qsizetype i = 0; i < deliveries.size(); ++i) {
            const auto& one = dry->at(i);
            const auto& other = wet->at(i);
            QVERIFY2(
                one.outcome == other.outcome && one.httpStatus == other.httpStatus && one.stageReached == other.stageReached,
                qPrintable(u"%1: dry %2, wet %3 %4"_s.arg(i).arg(::told(one), ::told(other), one.error ? one.error->message : QString())));
            QCOMPARE(one.filesToWrite, other.filesToWrite);
            QCOMPARE(one.artifacts.size(), other.artifacts.size());
            QCOMPARE(one.notification.has_value(), other.notification.has_value());
            QCOMPARE(one.after.has_value(), other.after.has_value());
            if (one.after)
                QVERIFY(*one.after == *other.after);
        }
    }

    void reopenedItIsAllStillThere()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        QCOMPARE(record(id, test_support::doneBody(JobType::SilenceDetect, id, "d")).outcome, Outcome::Applied);
        m_store->reconnect();
        QCOMPARE(m_store->job(id).statusText, u"DONE"_s);
        QCOMPARE(record(id, test_support::doneBody(JobType::SilenceDetect, id, "d")).outcome, Outcome::Duplicate);
    }
};

QTEST_APPLESS_MAIN(TestRecordWebhookEvent)
#include "tst_record_webhook_event.moc"
