// SPDX-License-Identifier: Apache-2.0
#include "core/captions/repository.h"
#include "core/tasks/schemas.h"
#include "tests/support/store_fixture.h"

#include <QDir>
#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::dump;
using test_support::StoreFixture;

Q_DECLARE_METATYPE(core::jobs::JobType)

class TestSubmit : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_store;

    Result<SubmitAnswer> submit(JobType type, const QByteArray& input, const QString& userId = {}, bool force = false)
    {
        SubmitRequest request;
        request.type = type;
        request.input = input;
        request.userId = userId;
        request.force = force;
        return m_store->service().submit(m_store->caller, request);
    }
    void setStatus(const JobId& id, const char* word)
    {
        const QByteArray statement = "UPDATE jobs SET status = '" + QByteArray(word) +
                                     "', finished_at = updated_at WHERE id = '" + id.text.toUtf8() + "'";
        m_store->exec(statement.constData());
    }

private slots:
    void init() { m_store = std::make_unique<StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void eachTypeIsStoredWithAllThatHangsOnIt_data()
    {
        QTest::addColumn<jobs::JobType>("type");
        for (const JobType type : jobs::allJobTypes())
            QTest::addRow("%s", qPrintable(jobs::jobTypeRoute(type))) << type;
    }
    void eachTypeIsStoredWithAllThatHangsOnIt()
    {
        QFETCH(jobs::JobType, type);
        int told = 0;
        m_store->settings.changed = [&] { ++told; };
        const QByteArray input = test_support::sampleInput(type).chopped(1) + R"( , "later":1.0})";
        const auto answer = submit(type, input, u"u-12"_s);
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        QVERIFY(!answer->reused);
        QCOMPARE(told, 1);
        const jobs::Job job = m_store->job(answer->jobId);
        QCOMPARE(job.type, type);
        QCOMPARE(job.statusText, u"PENDING"_s);
        QCOMPARE(job.inputData, input);    // as the submitter wrote it
        QCOMPARE(job.userId, u"u-12"_s);
        QCOMPARE(job.dedupeKey.size(), 64);
        QCOMPARE(job.attempt, 0);
        QVERIFY(job.createdAt == m_store->now && !job.startedAt);
        const auto webhook = webhooks::WebhookRepository(m_store->database()).findOfJob(answer->jobId).value();
        QVERIFY(webhook && webhook->id == answer->webhookId && webhook->isActive);
        const auto events = m_store->jobs().events(answer->jobId).value();
        QCOMPARE(events.size(), 1);
        QCOMPARE(events.first().eventType + u' ' + events.first().statusText + u' ' + events.first().actor, u"created PENDING ann"_s);
        const auto messages = broker::QueueRepository(m_store->database()).messagesOf(answer->jobId).value();
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages.first().id.text, job.brokerId);
        const auto journal = jobs::JournalRepository(m_store->database()).newest({}, 10).value();
        QCOMPARE(journal.size(), 1);
        QCOMPARE(journal.first().action + u' ' + journal.first().target, u"submit job:"_s + answer->jobId.text);
        QCOMPARE(journal.first().operatorName + u' ' + journal.first().connection, u"ann test"_s);
    }

    void anInputOverTheLimitIsRefusedUnread()
    {
        const QByteArray input = R"({"file_path":"inputs/clip.mp4"})" + QByteArray(JsonText::Limits{}.maxBytes, ' ');
        const auto answer = submit(JobType::MediaProbe, input);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::TooLarge);
        QCOMPARE(answer.error().code, u"json_too_large"_s);
    }

    void aBatchLooksAtEachOfItsFilesAndFolders_data()
    {
        QTest::addColumn<QByteArray>("last");
        QTest::addColumn<QString>("expected");
        QTest::newRow("another file") << R"({"file_path":"inputs/nothing.mp4","out_folder":"cut"})"_ba << u"file_missing /file_path"_s;
        QTest::newRow("another folder") << R"({"file_path":"inputs/clip.mp4","out_folder":"../cut"})"_ba << u"bad_key /out_folder"_s;
        QTest::newRow("the folder as a file") << R"({"file_path":"cut"})"_ba << u"file_missing /file_path"_s;
        QTest::newRow("the file as a folder") << R"({"file_path":"inputs/clip.mp4","out_folder":"inputs/clip.mp4"})"_ba
                                              << u"not_a_folder /out_folder"_s;
    }
    void aBatchLooksAtEachOfItsFilesAndFolders()
    {
        QFETCH(QByteArray, last);
        const QByteArray good = R"({"file_path":"inputs/clip.mp4","out_folder":"cut"})";
        QList<SubmitRequest> batch;
        for (const QByteArray& input : {good, good, last})
            batch << SubmitRequest{JobType::FrameExtract, input, {}, {}, {}, true};
        const auto refused = m_store->service().submitMany(m_store->caller, batch);
        QVERIFY(!refused);
        QTEST(QString(refused.error().code + u' ' + refused.error().field), "expected");
        QVERIFY(QFile::remove(m_store->settings.storage.root() + u"/inputs/clip.mp4"_s));
        const auto anew = m_store->service().submitMany(m_store->caller, batch.first(1));    // what the batch before saw is forgotten
        QVERIFY(!anew);
        QCOMPARE(anew.error().code, u"file_missing"_s);
    }

    void whatIsRefusedNamesItsFieldAndChangesNothing_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const QString& type, const QByteArray& input, const QString& expected) {
            QTest::newRow(name) << type << input << expected;
        };
        const auto file = [](const QByteArray& key, const QByteArray& more = {}) {
            return R"({"file_path":KEY MORE})"_ba.replace("KEY", '"' + key + '"').replace("MORE", more);
        };
        const QByteArray clip = "inputs/clip.mp4";
        row("no such type", u"poetry"_s, file(clip), u"type_unknown type"_s);
        row("no JSON", u"media-probe"_s, "{", u"json_malformed "_s);
        row("no object", u"media-probe"_s, "[]", u"input_invalid "_s);
        for (const JobType type : jobs::allJobTypes())
            row(qPrintable(u"no file: "_s + jobs::jobTypeRoute(type)), jobs::jobTypeRoute(type),
                R"({"container":"mp4","segments":[{"start_ms":0,"end_ms":9,"text":"x"}]})", u"input_invalid /file_path"_s);
        row("file is a number", u"media-probe"_s, R"({"file_path":7})", u"input_invalid /file_path"_s);
        row("file is empty text", u"media-probe"_s, file(""), u"input_invalid /file_path"_s);
        row("file missing", u"media-probe"_s, file("inputs/nothing.mp4"), u"file_missing /file_path"_s);
        row("file is a folder", u"silence-detect"_s, file("inputs"), u"not_a_file /file_path"_s);
        row("file has no bytes", u"frame-extract"_s, file("inputs/empty.mp4"), u"file_empty /file_path"_s);
        row("key climbs out", u"media-probe"_s, file("../store.sqlite"), u"bad_key /file_path"_s);
        row("key climbs out half way", u"media-probe"_s, file("inputs/../../store.sqlite"), u"bad_key /file_path"_s);
        row("key is absolute", u"media-probe"_s, file("/etc/passwd"), u"bad_key /file_path"_s);
        row("key leads through a link", u"media-probe"_s, file("inputs/link/passwd"), u"bad_key /file_path"_s);
        row("key with NUL", u"media-probe"_s, file("inputs/a\\u0000b"), u"bad_key /file_path"_s);
        row("folder climbs out", u"media-convert"_s, file(clip, R"(,"container":"mp4","out_folder":"../x")"), u"bad_key /out_folder"_s);
        row("folder is absolute", u"frame-extract"_s, file(clip, R"(,"out_folder":"/tmp")"), u"bad_key /out_folder"_s);
        row("folder is a file", u"frame-extract"_s, file(clip, R"(,"out_folder":"inputs/clip.mp4")"), u"not_a_folder /out_folder"_s);
        row("wrong type", u"silence-detect"_s, file(clip, R"(,"noise_db":"loud")"), u"input_invalid /noise_db"_s);
        row("out of range", u"silence-detect"_s, file(clip, R"(,"noise_db":5)"), u"input_invalid /noise_db"_s);
        row("neither of two", u"silence-apply"_s, file(clip), u"input_invalid /segments"_s);
        row("both of two", u"silence-apply"_s, file(clip, R"(,"segments":[],"detect_job_id":"x")"), u"input_invalid /segments"_s);
        row("segment turned round", u"silence-apply"_s, file(clip, R"(,"segments":[{"start_ms":9,"end_ms":3}])"),
            u"input_invalid /segments/0/end_ms"_s);
        row("detect job unknown", u"silence-apply"_s, file(clip, R"(,"detect_job_id":"nobody")"), u"job_unknown /detect_job_id"_s);
        row("unknown container", u"media-convert"_s, file(clip, R"(,"container":"avi")"), u"input_invalid /container"_s);
        row("codec that the container cannot hold", u"media-convert"_s, file(clip, R"(,"container":"webm","video_codec":"h264")"),
            u"codec_not_allowed /video_codec"_s);
        row("picture for sound alone", u"media-convert"_s, file(clip, R"(,"container":"mp3","width":320)"), u"not_for_audio /width"_s);
        row("odd width", u"frame-extract"_s, file(clip, R"(,"width":321)"), u"input_invalid /width"_s);
        row("times missing", u"frame-extract"_s, file(clip, R"(,"mode":"timestamps")"), u"input_invalid /timestamps_ms"_s);
        row("unknown engine", u"transcription-generate"_s, file(clip, R"(,"engine":"ear")"), u"input_invalid /engine"_s);
        row("transcription unknown", u"captions-generate"_s, file(clip, R"(,"transcription_id":"nobody")"),
            u"transcription_unknown /transcription_id"_s);
        row("preset unknown", u"captions-generate"_s,
            file(clip, R"(,"segments":[{"start_ms":0,"end_ms":9,"text":"x"}],"preset_id":"nobody")"), u"preset_unknown /preset_id"_s);
        row("colour that is none", u"captions-generate"_s,
            file(clip, R"(,"segments":[{"start_ms":0,"end_ms":9,"text":"x"}],"style":{"primary_color":"red"})"),
            u"input_invalid /style/primary_color"_s);
    }
    void whatIsRefusedNamesItsFieldAndChangesNothing()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, input);
        QFETCH(QString, expected);
        QVERIFY(m_store->storage().write(u"inputs/empty.mp4"_s, {}));
        QVERIFY(QFile::link(u"/etc"_s, m_store->storage().root() + u"/inputs/link"_s));
        const QByteArray before = dump(m_store->database());
        const auto answer = submit(jobs::parseJobType(type), input);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code + u' ' + answer.error().field, expected);
        QVERIFY(!answer.error().message.isEmpty());
        QCOMPARE(dump(m_store->database()), before);
    }

    void aPresetIsBuiltInOrStored()
    {
        const PresetId stored = newId<PresetId>();
        QVERIFY(captions::PresetRepository(m_store->database())
                    .insert({stored, u"Mine"_s, "{}", false, {}, m_store->now, m_store->now}));
        for (const QByteArray& preset : {"builtin-bold"_ba, stored.text.toUtf8()}) {
            const QByteArray input =
                R"({"file_path":"inputs/clip.mp4","segments":[{"start_ms":0,"end_ms":9,"text":"x"}],"preset_id":"ID"})"_ba.replace("ID",
                                                                                                                                   preset);
            const auto answer = submit(JobType::CaptionsGenerate, input);
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        }
    }

    void namesThatAreOnlyOdd_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"with space.mp4", "it's \"quoted\".mp4", "new\nline.mp4", "-dash.mp4", "100%d.mp4", "..mp4", "\xC3\xA9.mp4"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void namesThatAreOnlyOdd()
    {
        QFETCH(QString, name);
        QVERIFY(m_store->storage().write(u"inputs/"_s + name, "x"));
        QVERIFY(submit(JobType::MediaProbe, writeInput(InputPayload(MediaProbeInput{u"inputs/"_s + name}))));
    }

    void aCutNeedsADetectJobThatIsDone()
    {
        const JobId detect = m_store->submit(JobType::SilenceDetect);
        const JobId probe = m_store->submit(JobType::MediaProbe);
        const auto cut = [&](const JobId& id) {
            return submit(JobType::SilenceApply,
                          R"({"file_path":"inputs/clip.mp4","detect_job_id":"ID"})"_ba.replace("ID", id.text.toUtf8()));
        };
        QCOMPARE(cut(detect).error().code, u"detect_job_not_done"_s);
        QVERIFY(cut(detect).error().message.contains(u"PENDING"_s));
        setStatus(probe, "DONE");
        QCOMPARE(cut(probe).error().code, u"detect_job_not_done"_s);
        setStatus(detect, "DONE");
        QVERIFY(cut(detect));
    }

    void theJobThatRunsIsReused()
    {
        const auto first = submit(JobType::SilenceDetect, R"({"file_path":"inputs/clip.mp4"})");
        const QByteArray before = dump(m_store->database());
        int told = 0;
        m_store->settings.changed = [&] { ++told; };
        const auto again = submit(JobType::SilenceDetect, R"({ "noise_db": -30.0, "file_path": "inputs/clip.mp4" })");
        QVERIFY(again && again->reused);
        QCOMPARE(again->jobId, first->jobId);
        QCOMPARE(again->webhookId, first->webhookId);
        const QStringList same{u"type"_s, u"owner"_s, u"/file_path"_s, u"/min_silence_ms"_s, u"/noise_db"_s};
        QCOMPARE(again->sameFields, same);
        QCOMPARE(dump(m_store->database()), before);
        QCOMPARE(told, 0);
        setStatus(first->jobId, "RUNNING");
        QCOMPARE(submit(JobType::SilenceDetect, R"({"file_path":"inputs/clip.mp4"})")->status, JobStatus::Running);
        setStatus(first->jobId, "DONE");
        QVERIFY(!submit(JobType::SilenceDetect, R"({"file_path":"inputs/clip.mp4"})")->reused);
    }

    void whatMakesItAnotherJob()
    {
        const QByteArray input = R"({"file_path":"inputs/clip.mp4"})";
        const auto first = submit(JobType::SilenceDetect, input);
        QVERIFY(!submit(JobType::MediaProbe, input)->reused);
        QVERIFY(!submit(JobType::SilenceDetect, input, u"u-12"_s)->reused);
        QVERIFY(!submit(JobType::SilenceDetect, R"({"file_path":"inputs/clip.mp4","noise_db":-31})")->reused);
        QVERIFY(!submit(JobType::SilenceDetect, R"({"file_path":"inputs/clip.mp4","unknown":1})")->reused);
        const auto forced = submit(JobType::SilenceDetect, input, {}, true);
        QVERIFY(forced && !forced->reused && forced->jobId != first->jobId);
        QVERIFY(m_store->job(forced->jobId).dedupeKey.isEmpty());
        QCOMPARE(submit(JobType::SilenceDetect, input)->jobId, first->jobId);
    }

    void whoMayNotWriteChangesNothing()
    {
        const QByteArray before = dump(m_store->database());
        SubmitRequest request;
        request.type = JobType::MediaProbe;
        request.input = test_support::sampleInput(request.type);
        Caller reader = m_store->caller;
        reader.readOnly = true;
        QCOMPARE(m_store->service().submit(reader, request).error().code, u"read_only"_s);
        QCOMPARE(m_store->service().submitMany(reader, {request}).error().code, u"read_only"_s);
        QCOMPARE(m_store->service().submit(Caller{}, request).error().code, u"caller_missing"_s);
        QCOMPARE(dump(m_store->database()), before);
    }

    void manyAreAllOrNone()
    {
        SubmitRequest good;
        good.type = JobType::MediaProbe;
        good.input = test_support::sampleInput(good.type);
        SubmitRequest bad = good;
        bad.input = "{}";
        const QByteArray before = dump(m_store->database());
        QCOMPARE(m_store->service().submitMany(m_store->caller, {good, bad}).error().field, u"/file_path"_s);
        QCOMPARE(dump(m_store->database()), before);
        const auto answers = m_store->service().submitMany(m_store->caller, {good, good});
        QVERIFY(answers);
        QVERIFY(!answers->at(0).reused && answers->at(1).reused);
        QCOMPARE(m_store->count("SELECT count(*) FROM jobs"), 1);
    }

    void noJobWithoutItsMessageNorItsJournal_data()
    {
        QTest::addColumn<QByteArray>("table");
        for (const char* table : {"jobs", "webhooks", "job_events", "queue_messages", "operator_journal"})
            QTest::newRow(table) << QByteArray(table);
    }
    void noJobWithoutItsMessageNorItsJournal()
    {
        QFETCH(QByteArray, table);
        m_store->refuseInserts(table);
        const QByteArray before = dump(m_store->database());
        QVERIFY(!submit(JobType::MediaProbe, test_support::sampleInput(JobType::MediaProbe)));
        QCOMPARE(dump(m_store->database()), before);
        m_store->allowInserts(table);
        QVERIFY(submit(JobType::MediaProbe, test_support::sampleInput(JobType::MediaProbe)));
    }
};

QTEST_APPLESS_MAIN(TestSubmit)
#include "tst_submit.moc"
