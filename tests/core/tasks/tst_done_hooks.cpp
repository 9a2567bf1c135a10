// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "tests/support/store_fixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::doneBody;
using test_support::dump;
using test_support::listing;
using test_support::StoreFixture;
using test_support::trustedReport;
using webhooks::Outcome;
using webhooks::Stage;

Q_DECLARE_METATYPE(core::jobs::JobType)

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

void everyType()
{
    QTest::addColumn<jobs::JobType>("type");
    for (const JobType type : jobs::allJobTypes())
        QTest::addRow("%s", qPrintable(jobs::jobTypeRoute(type))) << type;
}

}

class TestDoneHooks : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_store;

    WebhookOutcome record(const IncomingDelivery& delivery)
    {
        const auto outcomes = m_store->service().recordWebhookEvents({delivery}, Mode::Apply);
        return outcomes && outcomes->size() == 1 ? outcomes->first() : WebhookOutcome{};
    }
    QList<files::ArtifactWithFile> artifacts(const JobId& id) { return files::FileRepository(m_store->database()).artifactsOf(id).value(); }
    QString pathOf(const QString& key) { return m_store->storage().resolve(key).value(); }
    /// What must hold of a job whose end could not be recorded.
    void verifyUntouched(const JobId& id, const jobs::Job& before, const WebhookOutcome& outcome)
    {
        QCOMPARE(outcome.outcome, Outcome::Rejected);
        QCOMPARE(outcome.httpStatus, 503);
        QVERIFY(outcome.retryLater);
        QCOMPARE(outcome.stageReached, Stage::DoneHooks);
        QVERIFY(m_store->job(id) == before);
        QCOMPARE(m_store->jobs().events(id)->size(), 1);
        QCOMPARE(m_store->count("SELECT count(*) FROM artifacts") + m_store->count("SELECT count(*) FROM notifications") +
                     m_store->count("SELECT count(*) FROM transcriptions") + m_store->count("SELECT count(*) FROM files"),
                 0);
        const auto row = **webhooks::WebhookRepository(m_store->database()).findDelivery(outcome.deliveryId);
        QCOMPARE(row.outcome, Outcome::Rejected);
        QCOMPARE(row.stageReached, Stage::DoneHooks);
        QVERIFY(row.outcomeDetail.contains(outcome.error->message));
        QVERIFY(listing(m_store->storage().root()).filter(u".part-"_s).isEmpty());
    }
    void verifyReplayWorks(const JobId& id, const DeliveryId& delivery)
    {
        const auto replayed = m_store->service().replay(m_store->caller, {delivery}, Mode::Apply);
        QVERIFY(replayed);
        QCOMPARE(replayed->first().outcome, Outcome::Applied);
        QCOMPARE(m_store->job(id).statusText, u"DONE"_s);
        QCOMPARE(m_store->count("SELECT count(*) FROM notifications"), 1);
    }

    /// Each change of a row leaves a line in the table `happened`, in their order.
    void noteWhatHappens() const
    {
        const bool onServer = test_support::onPostgres();
        m_store->exec(onServer ? "CREATE TEMP TABLE happened (place serial PRIMARY KEY, what text)"
                               : "CREATE TEMP TABLE happened (place INTEGER PRIMARY KEY, what TEXT)");
        if (onServer)
            m_store->exec("CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS "
                          "$$ BEGIN INSERT INTO happened (what) VALUES (TG_ARGV[0]); RETURN NULL; END $$");
        struct Noted {
            QByteArray change;
            QByteArray table;
            QByteArray what;
        };
        const QList<Noted> all{{"UPDATE OF status", "jobs", "1 status"},          {"INSERT", "job_events", "2 event"},
                               {"INSERT", "files", "3 hook"},                     {"INSERT", "artifacts", "3 hook"},
                               {"INSERT", "transcriptions", "3 hook"},            {"INSERT", "notifications", "4 notification"},
                               {"INSERT", "webhook_deliveries", "5 delivery"}};
        for (const Noted& each : all) {
            const QByteArray trigger =
                onServer ? "CREATE TRIGGER note AFTER " + each.change + " ON " + each.table + " FOR EACH ROW EXECUTE FUNCTION note_it('" +
                               each.what + "')"
                         : "CREATE TEMP TRIGGER note_" + each.table + " AFTER " + each.change + " ON main." + each.table +
                               " BEGIN INSERT INTO happened (what) VALUES ('" + each.what + "'); END";
            m_store->exec(trigger.constData());
        }
    }

private slots:
    void init() { m_store = std::make_unique<StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void eachTypeLeavesItsRows_data()
    {
        QTest::addColumn<jobs::JobType>("type");
        QTest::addColumn<QStringList>("kinds");
        QTest::addColumn<int>("files");
        QTest::newRow("probe") << JobType::MediaProbe << QStringList() << 1;
        QTest::newRow("detect") << JobType::SilenceDetect << QStringList{u"silence_segments"_s} << 1;
        QTest::newRow("apply") << JobType::SilenceApply << QStringList{u"cut_media"_s} << 1;
        QTest::newRow("convert") << JobType::MediaConvert << QStringList{u"converted_media"_s} << 1;
        QTest::newRow("speech") << JobType::TranscriptionGenerate
                                << QStringList{u"transcript_json"_s, u"transcript_srt"_s, u"transcript_vtt"_s} << 3;
        QTest::newRow("frames") << JobType::FrameExtract << QStringList{u"frames"_s, u"frames"_s} << 2;
        QTest::newRow("captions") << JobType::CaptionsGenerate << QStringList{u"captioned_video"_s} << 1;
    }
    void eachTypeLeavesItsRows()
    {
        QFETCH(jobs::JobType, type);
        QFETCH(QStringList, kinds);
        QFETCH(int, files);
        const JobId id = m_store->submitAnswer(type, u"u-12"_s).jobId;
        test_support::writeOutputFiles(m_store->storage(), type, id);
        const auto outcome = record(trustedReport(id, doneBody(type, id, "d")));
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(outcome.error->message) : "");
        QCOMPARE(outcome.outcome, Outcome::Applied);
        const jobs::Job job = m_store->job(id);
        QCOMPARE(job.statusText, u"DONE"_s);
        QCOMPARE(job.progressPct, 100);
        QCOMPARE(*job.outputData, test_support::sampleOutput(type, id));    // byte for byte

        QStringList found;
        for (const auto& artifact : artifacts(id)) {
            found << artifact.artifact.kind;
            QVERIFY(artifact.file);
            QVERIFY(artifact.file->path.startsWith(u"outputs/"_s + id.text + u'/'));
            QCOMPARE(artifact.file->userId, u"u-12"_s);
            const QByteArray content = contentOf(pathOf(artifact.file->path));
            QCOMPARE(*artifact.file->sizeBytes, content.size());
            QCOMPARE(artifact.file->sha256.toLatin1(), QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
            QVERIFY(!artifact.file->mimeType.isEmpty());
        }
        found.sort();
        QCOMPARE(found, kinds);
        QCOMPARE(m_store->count("SELECT count(*) FROM files"), files);
        QCOMPARE(m_store->count("SELECT count(*) FROM transcriptions"), type == JobType::TranscriptionGenerate ? 1 : 0);
        const auto notes = notifications::NotificationRepository(m_store->database()).ofJob(id).value();
        QCOMPARE(notes.size(), 1);
        QCOMPARE(notes.first().kind, u"job_done"_s);
        QCOMPARE(outcome.artifacts.size(), kinds.size());
        QVERIFY(listing(m_store->storage().root()).filter(u".part-"_s).isEmpty());
    }

    void aProbeTellsTheFileRowItsFacts()
    {
        const JobId id = m_store->submit(JobType::MediaProbe);
        QCOMPARE(record(trustedReport(id, doneBody(JobType::MediaProbe, id, "d"))).outcome, Outcome::Applied);
        QCOMPARE(m_store->count("SELECT duration_ms FROM files WHERE path = 'inputs/clip.mp4'"), 6200);
        QCOMPARE(m_store->count("SELECT count(*) FROM files WHERE size_bytes > 0 AND mime_type <> ''"), 1);
    }

    void theTextFilesHoldTheTranscript()
    {
        const JobId id = m_store->submit(JobType::TranscriptionGenerate);
        QCOMPARE(record(trustedReport(id, doneBody(JobType::TranscriptionGenerate, id, "d"))).outcome, Outcome::Applied);
        const QString folder = u"outputs/"_s + id.text;
        QCOMPARE(contentOf(pathOf(folder + u"/transcript.srt"_s)), "1\n00:00:00,100 --> 00:00:00,900\ngo <on>\n\n"_ba);
        QCOMPARE(contentOf(pathOf(folder + u"/transcript.vtt"_s)), "WEBVTT\n\n00:00:00.100 --> 00:00:00.900\ngo &lt;on&gt;\n\n"_ba);
        const QByteArray json = contentOf(pathOf(folder + u"/transcript.json"_s));
        QVERIFY(JsonText::parse(json));
        const auto row = transcription::TranscriptionRepository(m_store->database()).find(TranscriptionId{u"t-"_s + id.text}).value();
        QVERIFY(row);
        QCOMPARE(row->document, json);
        QCOMPARE(row->text, u"go on"_s);
        QVERIFY(row->jobId == id);
    }

    void aTranscriptionOfSomebodyElseIsNeverOverwritten()
    {
        const JobId first = m_store->submit(JobType::TranscriptionGenerate);
        const JobId second = m_store->submit(JobType::TranscriptionGenerate);
        QCOMPARE(record(trustedReport(first, doneBody(JobType::TranscriptionGenerate, first, "d"))).outcome, Outcome::Applied);
        QCOMPARE(record(trustedReport(second, doneBody(JobType::TranscriptionGenerate, first, "d"))).outcome, Outcome::Applied);
        QCOMPARE(m_store->count("SELECT count(*) FROM transcriptions"), 2);
        const auto row = transcription::TranscriptionRepository(m_store->database()).find(TranscriptionId{u"t-"_s + first.text}).value();
        QVERIFY(row->jobId == first);
    }

    void theSilencesAreAFile()
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        QCOMPARE(record(trustedReport(id, doneBody(JobType::SilenceDetect, id, "d"))).outcome, Outcome::Applied);
        const QByteArray json = contentOf(pathOf(u"outputs/%1/silence_segments.json"_s.arg(id.text)));
        QCOMPARE(JsonText::parse(json)->find(u"/segments/1/end_ms")->asInt64(), 2800);
        QCOMPARE(*artifacts(id).first().artifact.meta, R"({"segments":2})"_ba);
    }

    void artifactsThenTheNotificationThenThePush_data() { everyType(); }
    void artifactsThenTheNotificationThenThePush()
    {
        QFETCH(jobs::JobType, type);
        const JobId id = m_store->submit(type);
        test_support::writeOutputFiles(m_store->storage(), type, id);
        noteWhatHappens();
        // Whoever is told looks at once, over a connection of his own: he sees what is committed and nothing else.
        const auto listener = m_store->connect(database::Access::ReadOnly);
        QStringList seen;
        m_store->settings.changed = [&] {
            const auto rows = files::FileRepository(*listener).artifactsOf(id).value();
            const auto notes = notifications::NotificationRepository(*listener).ofJob(id).value();
            const auto job = **jobs::JobRepository(*listener).find(id);
            int whole = 0;
            for (const auto& row : rows)
                whole += row.file && QFile::exists(pathOf(row.file->path));
            seen << u"%1, %2 of %3 files, %4 notifications"_s.arg(job.statusText).arg(whole).arg(rows.size()).arg(notes.size());
        };
        const auto outcome = record(trustedReport(id, doneBody(type, id, "d")));
        QCOMPARE(outcome.outcome, Outcome::Applied);
        const auto count = outcome.artifacts.size();
        QCOMPARE(seen, QStringList{u"DONE, %1 of %1 files, 1 notifications"_s.arg(count)});

        auto query = m_store->database().prepare("SELECT what FROM happened ORDER BY place", database::Path::Hot);
        const QStringList happened = query.fetchAll([](database::Row& row) { return row.string(); }).value();
        QVERIFY(std::is_sorted(happened.begin(), happened.end()));
        QCOMPARE(QStringList(QSet<QString>(happened.begin(), happened.end()).values()).size(), 5);
        QCOMPARE(happened.last(), u"5 delivery"_s);
        QVERIFY(happened.count(u"3 hook"_s) >= count);
        QCOMPARE(happened.count(u"4 notification"_s), 1);
    }

    void aHookThatFailsOnDiskLeavesTheJobAlone_data() { everyType(); }
    void aHookThatFailsOnDiskLeavesTheJobAlone()    // the output is not there, or where the hook's file belongs there is no room
    {
        QFETCH(jobs::JobType, type);
        const JobId id = m_store->submit(type);
        const QStringList outputs = test_support::outputFiles(type, id);
        const QString folder = m_store->storage().root() + u"/outputs"_s;
        const bool writesItself = type == JobType::SilenceDetect || type == JobType::TranscriptionGenerate;
        if (writesItself) {    // the folder that the hook would make is a file
            QVERIFY(m_store->storage().write(u"outputs/"_s + id.text, "in the way"));
        } else if (type == JobType::MediaProbe) {
            QVERIFY(m_store->storage().remove(test_support::inputKey));
        } else if (outputs.size() > 1) {    // all but the last
            test_support::writeOutputFiles(m_store->storage(), type, id);
            QVERIFY(m_store->storage().remove(outputs.last()));
        }
        const jobs::Job before = m_store->job(id);
        int told = 0;
        m_store->settings.changed = [&] { ++told; };
        const auto outcome = record(trustedReport(id, doneBody(type, id, "d")));
        verifyUntouched(id, before, outcome);
        QCOMPARE(outcome.error->kind, ErrorKind::Unavailable);

        if (writesItself)
            QVERIFY(QFile::remove(folder + u'/' + id.text));
        if (type == JobType::MediaProbe)
            QVERIFY(m_store->storage().write(test_support::inputKey, "back again"));
        test_support::writeOutputFiles(m_store->storage(), type, id);
        verifyReplayWorks(id, outcome.deliveryId);
    }

    void aHookThatFailsAsItPublishesLeavesTheJobAlone()    // two of three files had their names already
    {
        const JobId id = m_store->submit(JobType::TranscriptionGenerate);
        const jobs::Job before = m_store->job(id);
        const QString inTheWay = m_store->storage().root() + u"/outputs/%1/transcript.vtt"_s.arg(id.text);
        QVERIFY(QDir().mkpath(inTheWay));
        const auto outcome = record(trustedReport(id, doneBody(JobType::TranscriptionGenerate, id, "d")));
        verifyUntouched(id, before, outcome);
        QVERIFY(QDir().rmdir(inTheWay));
        verifyReplayWorks(id, outcome.deliveryId);
    }

    void anOutputThatNamesNoKeyCanNeverSucceed_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("out of the storage") << "../store.sqlite"_ba;
        QTest::newRow("absolute") << "/etc/passwd"_ba;
        QTest::newRow("through the middle") << "outputs/../../x"_ba;
    }
    void anOutputThatNamesNoKeyCanNeverSucceed()
    {
        QFETCH(QByteArray, key);
        const JobId id = m_store->submit(JobType::MediaConvert);
        const auto outcome = record(trustedReport(id, R"({"status":"DONE","output_data":{"file_path":"KEY"}})"_ba.replace("KEY", key)));
        QCOMPARE(outcome.outcome, Outcome::Rejected);
        QCOMPARE(outcome.httpStatus, 422);
        QCOMPARE(outcome.fieldErrors.size(), 1);
        QCOMPARE(outcome.fieldErrors.first().field, u"/output_data/file_path"_s);
        QCOMPARE(m_store->job(id).statusText, u"PENDING"_s);
    }

    void anOutputOutsideTheJobsOwnFolderIsRefused_data()
    {
        QTest::addColumn<jobs::JobType>("type");
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QString>("field");
        const QString plain = u"/output_data/file_path"_s;
        QTest::newRow("somebody else's input") << JobType::MediaConvert << R"({"file_path":"inputs/clip.mp4"})"_ba << plain;
        QTest::newRow("another job's folder") << JobType::MediaConvert << R"({"file_path":"outputs/other/clip.mp4"})"_ba << plain;
        QTest::newRow("a folder that only begins so") << JobType::MediaConvert << R"({"file_path":"outputs/JOBx/clip.mp4"})"_ba << plain;
        QTest::newRow("the folder itself") << JobType::MediaConvert << R"({"file_path":"outputs/JOB"})"_ba << plain;
        QTest::newRow("cut") << JobType::SilenceApply << R"({"file_path":"inputs/clip.mp4"})"_ba << plain;
        QTest::newRow("captions") << JobType::CaptionsGenerate << R"({"file_path":"inputs/clip.mp4"})"_ba << plain;
        QTest::newRow("second frame") << JobType::FrameExtract
                                      << R"({"frames":[{"file_path":"outputs/JOB/1.jpg","timestamp_ms":0},)"
                                         R"({"file_path":"inputs/clip.mp4","timestamp_ms":1}]})"_ba
                                      << u"/output_data/frames/1/file_path"_s;
        QTest::newRow("folder of the frames") << JobType::FrameExtract << R"({"frames":[],"frames_folder":"inputs"})"_ba
                                              << u"/output_data/frames_folder"_s;
    }
    void anOutputOutsideTheJobsOwnFolderIsRefused()
    {
        QFETCH(jobs::JobType, type);
        QFETCH(QByteArray, output);
        QFETCH(QString, field);
        const JobId id = m_store->submit(type);
        output.replace("JOB", id.text.toUtf8());
        test_support::writeOutputFiles(m_store->storage(), type, id);
        QVERIFY(m_store->storage().write(u"outputs/other/clip.mp4"_s, "abc"));
        QVERIFY(m_store->storage().write(u"outputs/%1x/clip.mp4"_s.arg(id.text), "abc"));
        const auto outcome = record(trustedReport(id, R"({"status":"DONE","output_data":)" + output + '}'));
        QCOMPARE(outcome.outcome, Outcome::Rejected);
        QCOMPARE(outcome.httpStatus, 422);
        QCOMPARE(outcome.fieldErrors.size(), 1);
        QCOMPARE(outcome.fieldErrors.first().field, field);
        QCOMPARE(m_store->job(id).statusText, u"PENDING"_s);
        QCOMPARE(m_store->count("SELECT count(*) FROM artifacts"), 0);
    }

    void aFolderIsNoOutput()
    {
        const JobId id = m_store->submit(JobType::MediaConvert);
        QVERIFY(QDir().mkpath(m_store->storage().root() + u"/outputs/"_s + id.text + u"/clip.webm"_s));
        const jobs::Job before = m_store->job(id);
        verifyUntouched(id, before, record(trustedReport(id, doneBody(JobType::MediaConvert, id, "d"))));
    }

    void outputsFollowTheFolderOfTheInput()
    {
        SubmitRequest request;
        request.type = JobType::FrameExtract;
        request.input = R"({"file_path":"inputs/clip.mp4","out_folder":"mine/frames"})";
        const auto answer = m_store->service().submit(m_store->caller, request);
        QVERIFY(answer);
        QCOMPARE(outputFolderOf(answer->jobId, u"mine/frames"_s), u"mine/frames/"_s + answer->jobId.text);
        const QByteArray key = outputFolderOf(answer->jobId, u"mine/frames"_s).toUtf8() + "/1.jpg";
        QVERIFY(m_store->storage().write(QString::fromUtf8(key), "abc"));
        const auto outcome = record(trustedReport(
            answer->jobId,
            R"({"status":"DONE","output_data":{"frames":[{"file_path":"KEY","timestamp_ms":40}],"frames_folder":null}})"_ba.replace("KEY",
                                                                                                                                    key)));
        QCOMPARE(outcome.outcome, Outcome::Applied);
        QCOMPARE(artifacts(answer->jobId).first().file->path.toUtf8(), key);
    }

    void noFramesAreStillAnAnswer()
    {
        const JobId id = m_store->submit(JobType::FrameExtract);
        QCOMPARE(record(trustedReport(id, R"({"status":"DONE","output_data":{"frames":[]}})")).outcome, Outcome::Applied);
        QCOMPARE(artifacts(id).size(), 1);
        QVERIFY(!artifacts(id).first().file);
    }
};

QTEST_APPLESS_MAIN(TestDoneHooks)
#include "tst_done_hooks.moc"
