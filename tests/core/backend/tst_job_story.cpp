// SPDX-License-Identifier: Apache-2.0
#include "core/database/database.h"
#include "core/jobs/repository.h"
#include "tests/support/embedded_store.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::backend::PayloadPart;
using test_support::EmbeddedStore;

class TestJobStory : public QObject {
    Q_OBJECT

    static core::JobId submit(EmbeddedStore& store, int number)
    {
        QFile file(store.path(u"a.mp4"_s));
        if (!file.exists() && file.open(QIODevice::WriteOnly))
            file.write("media");
        file.close();
        const auto answer = store.submit(core::JobType::SilenceDetect, {{"file_path", "a.mp4"}, {"min_silence_ms", 500 + number}});
        return answer ? answer->jobId : core::JobId{};
    }
    static bool post(EmbeddedStore& store, const core::JobId& id, const nlohmann::json& body)
    {
        const auto outcome = store.backend->post(store.caller, id, QByteArray::fromStdString(body.dump()), core::tasks::Mode::Apply).wait();
        return outcome && outcome->outcome == core::webhooks::Outcome::Applied;
    }

private slots:
    void aStoryHasEverythingButThePayloads()
    {
        EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        const auto first = submit(store, 0);
        const auto id = submit(store, 1);
        auto story = store.backend->jobStory(id).wait();
        QVERIFY(story.has_value());
        QCOMPARE(story->job.id, id);
        QCOMPARE(story->waitingBefore, 1);
        QCOMPARE(store.backend->jobStory(first).wait()->waitingBefore, 0);
        QCOMPARE(story->messages.size(), 1);
        QCOMPARE(story->queue.waiting, 2);
        QVERIFY(!story->outputBytes);
        const auto input = store.backend->payload(id, PayloadPart::Input).wait();
        QVERIFY(input.has_value());
        QCOMPARE(*input, store.job(id).inputData);
        QCOMPARE(story->inputBytes, input->size());
        QCOMPARE(store.backend->payload(id, PayloadPart::Output).wait().error().code, u"output_missing"_s);

        QVERIFY(post(store, id,
                     {{"status", "DONE"},
                      {"event_id", "e"},
                      {"output_data",
                       {{"duration_ms", 10}, {"total_silence_ms", 0}, {"segments", nlohmann::json::array()}, {"\u00fc", "\u20ac"}}}}));
        story = store.backend->jobStory(id).wait();
        QVERIFY(story.has_value());
        QCOMPARE(story->events.size(), 2);
        QCOMPARE(story->deliveries.size(), 1);
        QCOMPARE(story->artifacts.size(), 1);
        QCOMPARE(story->notifications.size(), 1);
        QCOMPARE(*story->outputBytes, store.backend->payload(id, PayloadPart::Output).wait()->size());    // bytes, not characters
    }

    void aJobThatIsGoneIsNotFound()
    {
        EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        const core::JobId nobody{u"nobody"_s};
        QCOMPARE(store.backend->jobStory(nobody).wait().error().code, u"job_unknown"_s);
        QCOMPARE(store.backend->payload(nobody, PayloadPart::Input).wait().error().code, u"job_unknown"_s);
    }

    void failuresAreCountedByHost()
    {
        EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        core::database::DatabaseOptions options;
        options.path = store.options.storePath;
        const auto database = core::database::Database::open(options);
        QVERIFY(database.has_value());
        const core::Time start = core::base::systemNow();
        for (int i = 0; i < 5; ++i) {
            const auto id = submit(store, i);
            core::jobs::JobAttempt run;
            run.jobId = id;
            run.attempt = 1;
            run.host = i < 3 ? u"media-03"_s : u"media-01"_s;
            run.startedAt = start;
            QVERIFY(core::jobs::JobRepository(**database).insertAttempt(run).has_value());
            nlohmann::json body{{"status", i < 2 ? "FAILED" : "RUNNING"}, {"attempt", 1}, {"event_id", std::to_string(i)}};
            if (i < 2)
                body["error_code"] = "ffmpeg_failed";
            QVERIFY(post(store, id, body));
        }
        const QList<core::backend::HostFailures> expected{{u"media-03"_s, 3, 2}, {u"media-01"_s, 2, 0}};
        QCOMPARE(store.backend->failuresByHost(u"SILENCE_DETECT"_s, u"ffmpeg_failed"_s, start - 1h).wait().value(), expected);
        QVERIFY(store.backend->failuresByHost(u"SILENCE_DETECT"_s, u"ffmpeg_failed"_s, start + 1h).wait()->isEmpty());
        QVERIFY(store.backend->failuresByHost(u"MEDIA_PROBE"_s, u"ffmpeg_failed"_s, start - 1h).wait()->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestJobStory)
#include "tst_job_story.moc"
