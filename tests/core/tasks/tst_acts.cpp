// SPDX-License-Identifier: Apache-2.0
#include "tests/support/store_fixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::doneBody;
using test_support::dump;
using test_support::insertRow;
using test_support::StoreFixture;
using test_support::trustedReport;
using test_support::uuidOf;
using webhooks::Outcome;

Q_DECLARE_METATYPE(core::webhooks::Outcome)

class TestActs : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_store;

    WebhookOutcome record(const IncomingDelivery& delivery)
    {
        return m_store->service().recordWebhookEvents({delivery}, Mode::Apply)->first();
    }
    WebhookOutcome record(const JobId& id, const QByteArray& body) { return record(trustedReport(id, body)); }
    JobId doneJob(JobType type)
    {
        const JobId id = m_store->submit(type);
        test_support::writeOutputFiles(m_store->storage(), type, id);
        return record(id, doneBody(type, id, "d")).outcome == Outcome::Applied ? id : JobId{};
    }
    QList<jobs::JournalEntry> journal(const QString& action)
    {
        auto entries = jobs::JournalRepository(m_store->database()).newest({}, 1000).value();
        entries.removeIf([&](const jobs::JournalEntry& entry) { return entry.action != action; });
        return entries;
    }
    JobId submitCut(const QString& key, const JobId& detect)
    {
        SubmitRequest request;
        request.type = JobType::SilenceApply;
        request.input = R"({"file_path":"KEY","detect_job_id":"ID"})"_ba.replace("KEY", key.toUtf8()).replace("ID", detect.text.toUtf8());
        return m_store->service().submit(m_store->caller, request)->jobId;
    }
    /// The second job gets an artifact on the first one's file.
    void share(const JobId& of, const JobId& with)
    {
        m_store->exec(u"INSERT INTO artifacts SELECT '%1', '%2', file_id, kind, meta, created_at FROM artifacts WHERE job_id = '%3'"_s
                          .arg(uuidOf(u"shared"_s), with.text, of.text)
                          .toUtf8()
                          .constData());
    }
    void addArtifact(const QString& name, const JobId& job, const QString& file)
    {
        insertRow(m_store->database(), "artifacts",
                  {{"id", uuidOf(name)},
                   {"job_id", job.text},
                   {"file_id", file.isEmpty() ? test_support::ColumnValue(nullptr) : test_support::ColumnValue(uuidOf(file))},
                   {"kind", u"x"_s},
                   {"created_at", 1}});
    }
    /// Of a listing, which has folders too: those have no size and no hash.
    static qsizetype filesIn(const QStringList& listing) { return listing.filter(u" "_s).size(); }
    /// What a dry run says, after it was seen to change nothing and the real run to do exactly that.
    PruneAnswer prunedAsForetold(PruneRequest request)
    {
        const QByteArray before = dump(m_store->database());
        const QStringList filesBefore = test_support::listing(m_store->storage().root());
        const auto dry = m_store->service().prune(m_store->caller, request);
        if (!dry || dump(m_store->database()) != before || test_support::listing(m_store->storage().root()) != filesBefore)
            return {};
        request.dryRun = false;
        request.jobs = dry->jobs;
        request.reason = u"housekeeping"_s;
        const auto real = m_store->service().prune(m_store->caller, request);
        const auto gone = filesIn(filesBefore) - filesIn(test_support::listing(m_store->storage().root()));
        const auto present = dry->files - dry->missingFiles;
        const bool isSame = real && real->jobs == dry->jobs && real->files == dry->files && real->bytes == dry->bytes &&
                            real->missingFiles == dry->missingFiles && gone == present;
        return isSame ? *dry : PruneAnswer{};
    }
    QList<broker::QueueMessage> messages(const JobId& id) { return broker::QueueRepository(m_store->database()).messagesOf(id).value(); }
    QStringList eventTypes(const JobId& id)
    {
        QStringList types;
        const auto events = m_store->jobs().events(id);
        for (const auto& event : *events)
            types << event.eventType;
        return types;
    }

private slots:
    void init() { m_store = std::make_unique<StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void cancellingWhatWaitsIsOverAtOnce()
    {
        const JobId id = m_store->submitAnswer(JobType::SilenceDetect, u"u-12"_s).jobId;
        const auto answer = m_store->service().cancel(m_store->caller, id, u"wrong file"_s);
        QVERIFY(answer);
        QVERIFY(answer->times.requestedAt && answer->times.brokerInformedAt && answer->times.acknowledgedAt);
        const jobs::Job job = m_store->job(id);
        QCOMPARE(job.statusText, u"CANCELLED"_s);
        QVERIFY(job.finishedAt == m_store->now && job.cancel == answer->times);
        QCOMPARE(job.message, u"Cancelled by ann: wrong file"_s);
        QVERIFY(messages(id).isEmpty());
        const QStringList types{u"created"_s, u"cancel_requested"_s, u"cancel_broker_informed"_s};
        QCOMPARE(eventTypes(id), types);
        const auto notes = notifications::NotificationRepository(m_store->database()).ofJob(id).value();
        QCOMPARE(notes.size(), 1);
        QCOMPARE(notes.first().kind + u' ' + notes.first().userId, u"job_cancelled u-12"_s);
        const auto entries = journal(u"cancel"_s);
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.first().reason, u"wrong file"_s);
        QCOMPARE(entries.first().target, u"job:"_s + id.text);
        QCOMPARE(*entries.first().before, R"({"status":"PENDING"})"_ba);
        QCOMPARE(*entries.first().after, R"({"status":"CANCELLED"})"_ba);
    }

    void cancellingWhatRunsAsksItsWorker()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        m_store->exec("UPDATE queue_messages SET state = 'leased', leased_by = 'w'");
        record(id, R"({"status":"RUNNING","attempt":1})");
        const auto answer = m_store->service().cancel(m_store->caller, id, {});
        QVERIFY(answer);
        QVERIFY(answer->times.requestedAt && answer->times.brokerInformedAt && !answer->times.acknowledgedAt);
        QCOMPARE(messages(id).size(), 1);
        QVERIFY(messages(id).first().abort);
        QCOMPARE(m_store->job(id).message, u"Cancelled by ann"_s);
    }

    void whatIsOverCannotBeCancelled_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::addColumn<QString>("status");
        QTest::newRow("done") << R"({"status":"DONE","output_data":{"segments":[]}})"_ba << u"DONE"_s;
        QTest::newRow("failed") << R"({"status":"FAILED"})"_ba << u"FAILED"_s;
        QTest::newRow("cancelled") << R"({"status":"CANCELLED"})"_ba << u"CANCELLED"_s;
    }
    void whatIsOverCannotBeCancelled()
    {
        QFETCH(QByteArray, end);
        QFETCH(QString, status);
        const JobId id = m_store->submit(JobType::SilenceDetect);
        QCOMPARE(record(id, end).outcome, Outcome::Applied);
        const QByteArray before = dump(m_store->database());
        const auto answer = m_store->service().cancel(m_store->caller, id, {});
        QCOMPARE(answer.error().kind, ErrorKind::Conflict);
        QCOMPARE(answer.error().code, u"job_terminal"_s);
        QVERIFY(answer.error().message.contains(status));
        QCOMPARE(dump(m_store->database()), before);
    }

    void aCancelStandsEvenIfTheBrokerCannotBeTold()    // another writer has the store between the two transactions
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        m_store->reconnect(std::chrono::milliseconds(10));
        const auto other = m_store->connect();
        m_store->settings.changed = [&] { test_support::takeHold(*other); };
        const auto answer = m_store->service().cancel(m_store->caller, id, {});
        m_store->settings.changed = {};
        test_support::letGo(*other);
        QCOMPARE(m_store->job(id).statusText, u"CANCELLED"_s);
        QVERIFY2(answer, "it is cancelled, so the answer must not be an error");
        QVERIFY(answer->times.requestedAt && !answer->times.brokerInformedAt && !answer->times.acknowledgedAt);
    }

    void whoMayOnlyReadCanTryDryAndNothingElse()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        const DeliveryId delivery = record(id, R"({"status":"RUNNING"})").deliveryId;
        Caller reader = m_store->caller;
        reader.readOnly = true;
        const QByteArray before = dump(m_store->database());
        TaskService& service = m_store->service();
        QCOMPARE(service.cancel(reader, id, {}).error().code, u"read_only"_s);
        QCOMPARE(service.resubmit(reader, {id, {}, true}).error().code, u"read_only"_s);
        QCOMPARE(service.replay(reader, {delivery}, Mode::Apply).error().code, u"read_only"_s);
        QCOMPARE(service.post(reader, id, "{}", Mode::Apply).error().code, u"read_only"_s);
        QCOMPARE(service.prune(reader, {m_store->now, 10, false}).error().code, u"read_only"_s);
        QCOMPARE(service.setQueuePaused(reader, true).error().code, u"read_only"_s);
        QVERIFY(service.replay(reader, {delivery}, Mode::DryRun));
        QVERIFY(service.post(reader, id, R"({"progress_pct":5})", Mode::DryRun));
        QVERIFY(service.prune(reader, {m_store->now, 10, true}));
        QCOMPARE(dump(m_store->database()), before);
    }

    void whatDoesNotExistIsNotFound()
    {
        TaskService& service = m_store->service();
        const JobId nobody{u"nobody"_s};
        QCOMPARE(service.cancel(m_store->caller, nobody, {}).error().code, u"job_unknown"_s);
        QCOMPARE(service.resubmit(m_store->caller, {nobody, {}, false}).error().code, u"job_unknown"_s);
        QCOMPARE(service.replay(m_store->caller, {DeliveryId{u"nobody"_s}}, Mode::Apply).error().code, u"delivery_unknown"_s);
        QCOMPARE(service.post(m_store->caller, nobody, R"({"progress_pct":5})", Mode::Apply)->httpStatus, 404);
    }

    void aResubmitIsANewJobThatKnowsTheOld()
    {
        const auto first = m_store->submitAnswer(JobType::SilenceDetect, u"u-12"_s);
        record(first.jobId, R"({"status":"FAILED","error_message":"x"})");
        const jobs::Job before = m_store->job(first.jobId);
        const auto again = m_store->service().resubmit(m_store->caller, {first.jobId, {}, false});
        QVERIFY(again);
        const jobs::Job job = m_store->job(again->jobId);
        QVERIFY(job.retriedFrom == first.jobId);
        QCOMPARE(job.inputData, before.inputData);
        QCOMPARE(job.userId, u"u-12"_s);
        QCOMPARE(job.statusText, u"PENDING"_s);
        QVERIFY(m_store->job(first.jobId) == before);
        QCOMPARE(journal(u"resubmit"_s).size(), 1);

        const auto edited =
            m_store->service().resubmit(m_store->caller, {first.jobId, R"({"file_path":"inputs/clip.mp4","noise_db":-40})", false});
        QVERIFY(edited);
        QCOMPARE(m_store->job(edited->jobId).inputData, R"({"file_path":"inputs/clip.mp4","noise_db":-40})"_ba);
        QCOMPARE(m_store->service().resubmit(m_store->caller, {first.jobId, R"({"file_path":"nothing"})", false}).error().field,
                 u"/file_path"_s);
    }

    void aResubmitOfWhatStillRunsSaysSo()
    {
        const auto first = m_store->submitAnswer(JobType::SilenceDetect, {}, false);
        const QByteArray before = dump(m_store->database());
        const auto again = m_store->service().resubmit(m_store->caller, {first.jobId, {}, false});
        QCOMPARE(again.error().kind, ErrorKind::Conflict);
        QCOMPARE(again.error().code, u"duplicate_active"_s);
        QVERIFY(again.error().message.contains(first.jobId.text));
        QVERIFY(again.error().message.contains(u"/file_path"_s));
        QCOMPARE(again.error().detail, first.jobId.text);
        QCOMPARE(dump(m_store->database()), before);
        const auto forced = m_store->service().resubmit(m_store->caller, {first.jobId, {}, true});
        QVERIFY(forced);
        QVERIFY(m_store->job(forced->jobId).dedupeKey.isEmpty());
    }

    void aReplayBringsTheSameBytesAgain()
    {
        const auto answer = m_store->submitAnswer(JobType::SilenceDetect);
        const QByteArray body = " {\"status\" : \"RUNNING\", \"later\":1.0}\n";
        const auto first = record(test_support::signedReport(m_store->settings.masterKey, answer.webhookId, body, "msg_1", m_store->now));
        m_store->now += std::chrono::hours(24 * 30);    // long past what a signature is good for
        const auto again = m_store->service().replay(m_store->caller, {first.deliveryId}, Mode::Apply);
        QVERIFY(again);
        QCOMPARE(again->first().outcome, Outcome::Duplicate);    // its id stands in the header
        QCOMPARE(again->first().verdict, webhooks::Verdict::NotChecked);
        const webhooks::WebhookRepository repository(m_store->database());
        const auto row = **repository.findDelivery(again->first().deliveryId);
        QCOMPARE(row.body, body);
        QVERIFY(row.headers == (**repository.findDelivery(first.deliveryId)).headers);
        QCOMPARE(webhooks::sourceName(row.source), u"replay"_s);
        QVERIFY(row.replayOf == first.deliveryId);
        QCOMPARE(journal(u"replay"_s).size(), 1);
        QCOMPARE(journal(u"replay"_s).first().target, u"delivery:"_s + first.deliveryId.text);
    }

    void aReplayThatBreaksTellsWhatWasApplied()
    {
        QList<DeliveryId> ids;
        for (int i = 0; i < 250; ++i) {
            const JobId id = m_store->submit(JobType::SilenceDetect);
            auto rejected = test_support::signedReport(m_store->settings.masterKey,
                                                       (*webhooks::WebhookRepository(m_store->database()).findOfJob(id))->id,
                                                       R"({"status":"RUNNING"})", "msg", m_store->now - std::chrono::hours(1));
            ids << record(rejected).deliveryId;
        }
        m_store->refuseInserts("operator_journal", "new.target = 'delivery:" + ids.at(150).text.toUtf8() + "'");
        const auto outcomes = m_store->service().replay(m_store->caller, ids, Mode::Apply);
        QVERIFY(outcomes);
        QCOMPARE(outcomes->size(), 250);
        for (qsizetype i = 0; i < 250; ++i) {
            QCOMPARE(outcomes->at(i).outcome, i < 100 ? Outcome::Applied : Outcome::Rejected);
            QCOMPARE(outcomes->at(i).retryLater, i >= 100);
            QVERIFY(i < 100 || outcomes->at(i).deliveryId == ids.at(i));
            QVERIFY(i < 100 || outcomes->at(i).error);
        }
        QCOMPARE(m_store->count("SELECT count(*) FROM jobs WHERE status = 'RUNNING'"), 100);
        QCOMPARE(journal(u"replay"_s).size(), 100);
        m_store->allowInserts("operator_journal");
        const auto rest = m_store->service().replay(m_store->caller, ids.mid(100), Mode::Apply);
        QVERIFY(std::all_of(rest->begin(), rest->end(), [](const auto& outcome) { return outcome.outcome == Outcome::Applied; }));
    }

    void aReplayWithAnUnknownDeliveryAppliesNone()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        const auto outcome = record(test_support::trustedReport(id, R"({"status":"PENDING","event_id":"x","progress_pct":1})"));
        const QByteArray before = dump(m_store->database());
        QCOMPARE(m_store->service().replay(m_store->caller, {outcome.deliveryId, DeliveryId{u"nobody"_s}}, Mode::Apply).error().code,
                 u"delivery_unknown"_s);
        QCOMPARE(dump(m_store->database()), before);
    }

    void anEditedBodyIsAnotherEventOfItsDelivery_data()
    {
        QTest::addColumn<QByteArray>("edited");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("eventId");    // empty: a new one
        const QByteArray same = R"({"status":"RUNNING", "event_id": "e1", "progress_pct":10})";
        QTest::newRow("as it was") << same << Outcome::Duplicate << u"e1"_s;
        QTest::newRow("one number changed") << QByteArray(same).replace("10}", "20}") << Outcome::Applied << QString();
        QTest::newRow("with an id by hand") << R"({"status":"RUNNING","event_id":"mine","progress_pct":20})"_ba << Outcome::Applied
                                            << u"mine"_s;
    }
    void anEditedBodyIsAnotherEventOfItsDelivery()
    {
        QFETCH(QByteArray, edited);
        QFETCH(QString, eventId);
        const JobId id = m_store->submit(JobType::SilenceDetect);
        const auto first = record(id, R"({"status":"RUNNING", "event_id": "e1", "progress_pct":10})");
        QCOMPARE(first.outcome, Outcome::Applied);
        const QByteArray before = dump(m_store->database());
        const auto dry = m_store->service().postEdited(m_store->caller, first.deliveryId, edited, Mode::DryRun);
        QVERIFY(dry);
        QTEST(dry->outcome, "outcome");
        QCOMPARE(dump(m_store->database()), before);

        const auto sent = m_store->service().postEdited(m_store->caller, first.deliveryId, edited, Mode::Apply, u"ticket 4471"_s);
        QVERIFY(sent);
        QTEST(sent->outcome, "outcome");
        const auto kept = webhooks::WebhookRepository(m_store->database()).findDelivery(sent->deliveryId).value().value();
        QCOMPARE(kept.replayOf, std::optional(first.deliveryId));
        QCOMPARE(kept.source, webhooks::Source::Manual);
        if (sent->outcome == Outcome::Applied) {
            QCOMPARE(m_store->job(id).progressPct, 20);
            QVERIFY(eventId.isEmpty() ? sent->event->eventId != u"e1"_s && !sent->event->eventId.isEmpty()
                                      : sent->event->eventId == eventId);
            QVERIFY(eventId.isEmpty() || kept.body == edited);
        }
        QCOMPARE(journal(u"post"_s).size(), 1);
        QCOMPARE(journal(u"post"_s).first().target, u"job:"_s + id.text);
        QCOMPARE(m_store->service().postEdited(m_store->caller, DeliveryId{u"nobody"_s}, edited, Mode::Apply).error().code,
                 u"delivery_unknown"_s);
    }

    void aRejectedReportCountsAsUnseen()
    {
        const auto answer = m_store->submitAnswer(JobType::SilenceDetect);
        auto late =
            test_support::signedReport(m_store->settings.masterKey, answer.webhookId, R"({"status":"RUNNING"})", "msg_1", m_store->now);
        m_store->now += std::chrono::hours(1);
        const auto rejected = record(late);
        QCOMPARE(rejected.httpStatus, 401);
        const auto again = m_store->service().replay(m_store->caller, {rejected.deliveryId}, Mode::Apply);
        QCOMPARE(again->first().outcome, Outcome::Applied);
        QCOMPARE(m_store->jobs().events(answer.jobId)->last().actor, u"ann"_s);
        QCOMPARE(m_store->service().replay(m_store->caller, {rejected.deliveryId}, Mode::Apply)->first().outcome, Outcome::Duplicate);
    }

    void aReplayOfManyIsCumulativeInOrderAndInChunks()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        QList<DeliveryId> ids;
        m_store->exec("UPDATE webhooks SET is_active = FALSE");    // so that all are rejected, and unseen
        const auto webhook = webhooks::WebhookRepository(m_store->database()).findOfJob(id).value()->id;
        for (int i = 1; i <= 250; ++i) {
            auto report =
                trustedReport(id, R"({"progress_pct":1,"sequence":SEQ,"current_message":"SEQ"})"_ba.replace("SEQ", QByteArray::number(i)));
            report.webhookId = webhook;
            ids << record(report).deliveryId;
        }
        m_store->exec("UPDATE webhooks SET is_active = TRUE");
        ids.swapItemsAt(0, 1);    // 2 before 1: the second of them is stale
        const QByteArray before = dump(m_store->database());
        int told = 0;
        m_store->settings.changed = [&] { ++told; };
        const auto dry = m_store->service().replay(m_store->caller, ids, Mode::DryRun);
        QCOMPARE(dump(m_store->database()), before);
        QCOMPARE(told, 0);
        const auto wet = m_store->service().replay(m_store->caller, ids, Mode::Apply);
        QCOMPARE(told, 3);    // 100, 100 and 50: another writer waits for one chunk at most
        QCOMPARE(wet->size(), 250);
        for (qsizetype i = 0; i < 250; ++i) {
            QCOMPARE(wet->at(i).outcome, i == 1 ? Outcome::Stale : Outcome::Applied);
            QCOMPARE(dry->at(i).outcome, wet->at(i).outcome);
        }
        QCOMPARE(m_store->job(id).message, u"250"_s);
        QCOMPARE(journal(u"replay"_s).size(), 250);
    }

    void aPostByHandIsAReportLikeAnyOther()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        const QByteArray before = dump(m_store->database());
        const auto dry = m_store->service().post(m_store->caller, id, doneBody(JobType::SilenceDetect, id, "d"), Mode::DryRun);
        QCOMPARE(dry->outcome, Outcome::Applied);
        QCOMPARE(dry->filesToWrite, QStringList{u"outputs/%1/silence_segments.json"_s.arg(id.text)});
        QCOMPARE(dump(m_store->database()), before);
        const auto wet = m_store->service().post(m_store->caller, id, doneBody(JobType::SilenceDetect, id, "d"), Mode::Apply);
        QCOMPARE(wet->outcome, Outcome::Applied);
        QCOMPARE(m_store->jobs().events(id)->last().actor, u"ann"_s);
        QCOMPARE(journal(u"post"_s).size(), 1);
        const auto row = **webhooks::WebhookRepository(m_store->database()).findDelivery(wet->deliveryId);
        QCOMPARE(webhooks::sourceName(row.source), u"manual"_s);
        QCOMPARE(m_store->service().post(m_store->caller, id, "{", Mode::Apply)->httpStatus, 400);
        QCOMPARE(journal(u"post"_s).size(), 2);
    }

    void pruningTakesWhatIsOverAndOldWithItsFiles()
    {
        const JobId old = doneJob(JobType::TranscriptionGenerate);
        const JobId sharing = doneJob(JobType::MediaConvert);
        const JobId active = m_store->submit(JobType::MediaProbe);
        m_store->now += std::chrono::hours(2);
        const JobId young = doneJob(JobType::SilenceDetect);
        share(sharing, young);
        const QByteArray before = dump(m_store->database());
        const PruneRequest request{m_store->now - std::chrono::hours(1), 1000, true};
        const auto dry = m_store->service().prune(m_store->caller, request);
        QVERIFY(dry);
        QCOMPARE(dry->jobs.size(), 2);
        QCOMPARE(dry->files, 3);
        QVERIFY(dry->bytes > 0);
        QCOMPARE(dump(m_store->database()), before);

        PruneRequest real = request;
        real.dryRun = false;
        real.jobs = dry->jobs;
        QCOMPARE(m_store->service().prune(m_store->caller, real).error().code, u"reason_missing"_s);
        real.reason = u"ticket 4471"_s;
        const auto pruned = m_store->service().prune(m_store->caller, real);
        QVERIFY(pruned);
        QCOMPARE(pruned->jobs, dry->jobs);
        QCOMPARE(pruned->files, dry->files);
        QCOMPARE(pruned->bytes, dry->bytes);
        QVERIFY(!*m_store->jobs().find(old) && !*m_store->jobs().find(sharing));
        QVERIFY(*m_store->jobs().find(young) && *m_store->jobs().find(active));
        const QString outputs = m_store->storage().root() + u"/outputs/"_s;
        QVERIFY(!QFile::exists(outputs + old.text + u"/transcript.srt"_s));
        QVERIFY(QFile::exists(outputs + sharing.text + u"/clip.webm"_s));
        QVERIFY(QFile::exists(outputs + young.text + u"/silence_segments.json"_s));
        QVERIFY(QFile::exists(m_store->storage().root() + u'/' + test_support::inputKey));
        for (const char* table : {"artifacts", "webhooks", "webhook_deliveries", "job_events", "notifications"}) {
            const QByteArray sql = "SELECT count(*) FROM " + QByteArray(table) + " WHERE job_id IN ('" + old.text.toUtf8() + "','" +
                                   sharing.text.toUtf8() + "')";
            QCOMPARE(m_store->count(sql.constData()), 0);
        }
        QCOMPARE(journal(u"prune"_s).size(), 2);
        QCOMPARE(journal(u"prune"_s).constFirst().reason, u"ticket 4471"_s);
        const auto again = m_store->service().prune(m_store->caller, real);
        QCOMPARE(again->jobs.size(), 0);
        QCOMPARE(again->skipped, 2);
    }

    void pruningKeepsWhatAnActiveJobNeeds_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("waits") << "PENDING"_ba;
        QTest::newRow("runs") << "RUNNING"_ba;
        QTest::newRow("in a state of another program's") << "PAUSED"_ba;
    }
    void pruningKeepsWhatAnActiveJobNeeds()
    {
        QFETCH(QByteArray, status);
        const JobId convert = doneJob(JobType::MediaConvert);
        const JobId detect = doneJob(JobType::SilenceDetect);
        const JobId other = doneJob(JobType::MediaConvert);
        const QString made = u"outputs/%1/clip.webm"_s.arg(convert.text);
        const JobId next = submitCut(made, detect);
        m_store->exec(
            ("UPDATE jobs SET status = '" + status + "', input_data = input_data WHERE id = '" + next.text.toUtf8() + "'").constData());
        const JobId odd = m_store->submit(JobType::MediaProbe);
        // a server takes nothing that is no JSON
        const QByteArray payload = test_support::onPostgres() ? "[\"no object\"]" : "no JSON";
        m_store->exec(("UPDATE jobs SET input_data = '" + payload + "' WHERE id = '" + odd.text.toUtf8() + "'").constData());
        m_store->now += std::chrono::hours(2);
        const PruneAnswer pruned = prunedAsForetold({m_store->now, 1000, true});
        QCOMPARE(pruned.jobs, QList<JobId>{other});
        QCOMPARE(pruned.stillNeeded, 2);
        QVERIFY(QFile::exists(m_store->storage().root() + u'/' + made));
        QVERIFY(m_store->job(detect).outputData);

        m_store->exec(("UPDATE jobs SET status = 'DONE', finished_at = updated_at WHERE id = '" + next.text.toUtf8() + "'").constData());
        QCOMPARE(prunedAsForetold({m_store->now, 1000, true}).jobs.size(), 3);    // nothing is kept for ever
        QVERIFY(!QFile::exists(m_store->storage().root() + u'/' + made));
    }

    /// As on a machine without the storage that the others share.
    void filesThatStandElsewhereAreCounted()
    {
        const JobId job = doneJob(JobType::SilenceDetect);
        insertRow(m_store->database(), "files",
                  {{"id", uuidOf(u"elsewhere"_s)}, {"path", u"outputs/elsewhere.mp4"_s}, {"size_bytes", 7}, {"created_at", 1}});
        addArtifact(u"a"_s, job, u"elsewhere"_s);
        const PruneAnswer pruned = prunedAsForetold({m_store->now + std::chrono::hours(1), 1000, true});
        QCOMPARE(pruned.jobs, QList<JobId>{job});
        QCOMPARE(pruned.files, 2);
        QCOMPARE(pruned.missingFiles, 1);
    }

    void pruningKeepsInputsThatAnyJobNames()
    {
        const JobId old = doneJob(JobType::SilenceDetect);
        m_store->now += std::chrono::hours(2);
        const JobId young = doneJob(JobType::SilenceDetect);    // over as well; it may be run again
        insertRow(m_store->database(), "files",
                  {{"id", uuidOf(u"in"_s)}, {"path", test_support::inputKey}, {"size_bytes", 7}, {"created_at", 1}});
        addArtifact(u"a-old"_s, old, u"in"_s);
        addArtifact(u"a-young"_s, young, {});
        QCOMPARE(prunedAsForetold({m_store->now - std::chrono::hours(1), 1000, true}).files, 1);
        QVERIFY(QFile::exists(m_store->storage().root() + u'/' + test_support::inputKey));
        addArtifact(u"b"_s, young, u"in"_s);
        QCOMPARE(prunedAsForetold({m_store->now + std::chrono::hours(1), 1000, true}).files, 2);    // with the last of them it goes
        QVERIFY(!QFile::exists(m_store->storage().root() + u'/' + test_support::inputKey));
    }

    void aFileOfTwoPrunedJobsIsForetold()
    {
        const JobId one = doneJob(JobType::MediaConvert);
        const JobId two = doneJob(JobType::SilenceDetect);
        share(one, two);
        m_store->now += std::chrono::hours(2);
        QCOMPARE(prunedAsForetold({m_store->now, 1000, true}).files, 2);
        QVERIFY(!QFile::exists(m_store->storage().root() + u"/outputs/"_s + one.text + u"/clip.webm"_s));
    }

    void pruningLeavesNoEmptyFolders()
    {
        const JobId frames = doneJob(JobType::FrameExtract);
        const JobId convert = doneJob(JobType::MediaConvert);
        const QString root = m_store->storage().root() + u'/';
        QVERIFY(QDir(root + u"outputs/"_s + frames.text).exists());
        QVERIFY(m_store->storage().write(u"outputs/%1/notes.txt"_s.arg(convert.text), "a person's own"));
        m_store->now += std::chrono::hours(2);
        QCOMPARE(prunedAsForetold({m_store->now, 1000, true}).jobs.size(), 2);
        QCOMPARE(QDir(root + u"outputs"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{convert.text});
        QCOMPARE(test_support::listing(root + u"outputs"_s).size(), 2);    // the folder and what stands in it
    }

    void pruningKeepsToItsLimit()
    {
        for (int i = 0; i < 5; ++i)
            doneJob(JobType::SilenceDetect);
        m_store->now += std::chrono::hours(2);
        QCOMPARE(prunedAsForetold({m_store->now, 3, true}).jobs.size(), 3);
        QCOMPARE(m_store->count("SELECT count(*) FROM jobs"), 2);
    }

    void pruningTakesOnlyWhatItsPreviewNamed()
    {
        const JobId named = doneJob(JobType::MediaConvert);
        const JobId neededSince = doneJob(JobType::SilenceDetect);
        m_store->now += std::chrono::hours(2);
        const PruneRequest request{m_store->now, 1000, true};
        const auto dry = m_store->service().prune(m_store->caller, request);
        QCOMPARE(dry->jobs.size(), 2);
        // Between preview and act an older job comes in, as with a case that is taken home, and an active one needs one of the two.
        m_store->now -= std::chrono::hours(9);
        const JobId olderStill = doneJob(JobType::MediaProbe);
        m_store->now += std::chrono::hours(9);
        submitCut(test_support::inputKey, neededSince);
        PruneRequest act{m_store->now, 1000, false, dry->jobs, u"ticket 4471"_s};
        const auto pruned = m_store->service().prune(m_store->caller, act);
        QVERIFY(pruned);
        QCOMPARE(pruned->jobs, QList<JobId>{named});
        QCOMPARE(pruned->skipped, 1);
        QVERIFY(*m_store->jobs().find(olderStill) && *m_store->jobs().find(neededSince));
        act.jobs.clear();
        QCOMPARE(m_store->service().prune(m_store->caller, act).error().code, u"scope_empty"_s);
    }

    void theQueueIsPausedAndResumed()
    {
        const broker::QueueRepository queue(m_store->database());
        QVERIFY(m_store->service().setQueuePaused(m_store->caller, true));
        QVERIFY(*queue.isPaused(broker::defaultQueue));
        QVERIFY(m_store->service().setQueuePaused(m_store->caller, false));
        QVERIFY(!*queue.isPaused(broker::defaultQueue));
        QCOMPARE(journal(u"pause"_s).size(), 1);
        QCOMPARE(journal(u"resume"_s).size(), 1);
    }

    void noActWithoutItsJournal_data()
    {
        QTest::addColumn<QString>("act");
        for (const char* act : {"cancel", "resubmit", "replay", "post", "prune", "pause"})
            QTest::newRow(act) << QString::fromLatin1(act);
    }
    void noActWithoutItsJournal()
    {
        QFETCH(QString, act);
        const JobId over = doneJob(JobType::SilenceDetect);
        const JobId id = m_store->submit(JobType::MediaProbe);
        m_store->exec("UPDATE webhooks SET is_active = FALSE");
        const DeliveryId delivery = record(id, R"({"status":"NONSENSE"})").deliveryId;
        m_store->exec("UPDATE webhooks SET is_active = TRUE");
        m_store->now += std::chrono::hours(1);
        m_store->refuseInserts("operator_journal");
        m_store->exec("DELETE FROM webhook_deliveries WHERE outcome = 'applied'");
        const qint64 deliveries = m_store->count("SELECT count(*) FROM webhook_deliveries");
        const QByteArray before = dump(m_store->database());
        TaskService& service = m_store->service();
        bool isRefused = false;
        if (act == "cancel"_L1)
            isRefused = !service.cancel(m_store->caller, id, {});
        else if (act == "resubmit"_L1)
            isRefused = !service.resubmit(m_store->caller, {over, {}, false});
        else if (act == "replay"_L1)
            isRefused = !service.replay(m_store->caller, {delivery}, Mode::Apply);
        else if (act == "post"_L1)
            isRefused = !service.post(m_store->caller, id, R"({"status":"RUNNING"})", Mode::Apply);
        else if (act == "prune"_L1)
            isRefused = !service.prune(m_store->caller, {m_store->now, 10, false, {over}});
        else
            isRefused = !service.setQueuePaused(m_store->caller, true);
        QVERIFY(isRefused);
        // A body by hand stands nowhere else and is kept as rejected; all else is as it was.
        const bool receives = act == "post"_L1;
        QCOMPARE(m_store->count("SELECT count(*) FROM webhook_deliveries"), deliveries + (receives ? 1 : 0));
        if (receives)
            m_store->exec("DELETE FROM webhook_deliveries WHERE source <> 'worker'");
        QCOMPARE(dump(m_store->database()), before);
    }
};

QTEST_APPLESS_MAIN(TestActs)
#include "tst_acts.moc"
