// SPDX-License-Identifier: Apache-2.0
#include "app/signalbox/sample_history.h"

#include "core/base/json_spelling.h"
#include "core/database/migrations.h"
#include "core/tasks/task_service.h"

#include <random>

namespace signalbox {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::JobId;
using core::JobType;
using core::Result;

namespace {

/// How one made-up job goes.
struct Story {
    JobType type;
    const char* end;    // DONE, FAILED, CANCELLED, RUNNING or PENDING
    int progress;
    std::chrono::milliseconds took;
    const char* message;
    const char* errorCode;
};

constexpr Story stories[] = {
    {JobType::MediaProbe, "DONE", 100, 210ms, "2 streams", ""},
    {JobType::SilenceDetect, "DONE", 100, 3200ms, "9 silences, 28.4 s", ""},
    {JobType::MediaProbe, "DONE", 100, 180ms, "3 streams", ""},
    {JobType::CaptionsGenerate, "FAILED", 62, 41300ms, "ffmpeg ended with exit code 1: font 'Harbour Grotesk' not found", "ffmpeg_failed"},
    {JobType::MediaConvert, "CANCELLED", 17, 8800ms, "", ""},
    {JobType::SilenceDetect, "DONE", 100, 2900ms, "4 silences, 6.0 s", ""},
    {JobType::TranscriptionGenerate, "FAILED", 4, 5000ms, "Model en-us was not found", "model_missing"},
    {JobType::MediaProbe, "DONE", 100, 250ms, "2 streams", ""},
    {JobType::MediaConvert, "FAILED", 71, 72000ms, "No space left on device", "disk_full"},
    {JobType::SilenceDetect, "DONE", 100, 4100ms, "12 silences, 61.3 s", ""},
    {JobType::MediaProbe, "FAILED", 0, 120ms, "Input file is not readable by ffprobe", "input_unreadable"},
    {JobType::CaptionsGenerate, "FAILED", 58, 39000ms, "ffmpeg ended with exit code 1: font 'Harbour Grotesk' not found", "ffmpeg_failed"},
    {JobType::FrameExtract, "CANCELLED", 71, 20400ms, "", ""},
    {JobType::MediaProbe, "DONE", 100, 190ms, "2 streams", ""},
};

constexpr const char* owners[] = {"u-31", "u-12", "u-77", "u-08", "u-40", "u-51"};

QByteArray inputFor(JobType type, const QString& inputKey, int number)
{
    const QByteArray file = "\"file_path\":" + core::base::encodeJsonString(inputKey);
    switch (type) {
    case JobType::SilenceDetect: return '{' + file + ",\"noise_db\":-30,\"min_silence_ms\":" + QByteArray::number(300 + number) + '}';
    case JobType::MediaConvert: return '{' + file + R"(,"container":"webm","width":)" + QByteArray::number(320 + 2 * (number % 200)) + '}';
    case JobType::FrameExtract: return '{' + file + ",\"interval_ms\":" + QByteArray::number(500 + number) + '}';
    case JobType::CaptionsGenerate:
        return '{' + file + R"(,"segments":[{"start_ms":0,"end_ms":)" + QByteArray::number(1000 + number) +
               R"(,"text":"go"}],"renderer":"local"})";
    case JobType::MediaProbe:
    case JobType::SilenceApply:
    case JobType::TranscriptionGenerate:
    case JobType::Unknown: break;
    }
    return '{' + file + '}';
}

QByteArray outputFor(JobType type)
{
    if (type == JobType::SilenceDetect)
        return R"({"duration_ms":204180,"total_silence_ms":28400,"segments":[{"start_ms":3200,"end_ms":4600},{"start_ms":19800,"end_ms":22100},)"
               R"({"start_ms":41250,"end_ms":47235},{"start_ms":63000,"end_ms":65400},{"start_ms":81100,"end_ms":84900}],"engine_build":"n6"})";
    return R"({"format":{"name":"mov,mp4,m4a,3gp,3g2,mj2","duration_ms":12000,"size_bytes":413281,"bit_rate_bps":275520},"streams":[)"
           R"({"index":0,"kind":"video","codec":"h264","width":640,"height":360,"frame_rate":25.0},)"
           R"({"index":1,"kind":"audio","codec":"aac","sample_rate_hz":48000,"channels":1,"language":"eng"}],"raw":{}})";
}

/// Writes the stories one after another at the times the clock says.
class Writer {
public:
    Writer(core::database::Database& database, const core::tasks::TaskSettings& settings, core::Time& clock)
        : m_tasks(database, settings), m_queue(database), m_jobs(database), m_clock(clock)
    {
    }

    Result<void> write(const Story& story, const QString& inputKey, int number)
    {
        core::tasks::SubmitRequest request;
        request.type = story.type;
        request.input = inputFor(story.type, inputKey, number);
        request.userId = QString::fromLatin1(owners[static_cast<size_t>(number) % std::size(owners)]);
        request.force = true;
        const auto answer = m_tasks.submit(m_caller, request);
        if (!answer)
            return core::errorOf(answer);
        const QByteArrayView end = story.end;
        if (end == "PENDING")
            return {};
        if (const auto removed = m_queue.removeWaiting(answer->jobId); !removed)    // nobody is to run it again
            return core::errorOf(removed);
        m_clock += 400ms;
        if (auto started = begin(answer->jobId); !started)
            return started;
        if (auto begun = report(answer->jobId, R"({"status":"RUNNING","progress_pct":0,"attempt":1,"sequence":1})"); !begun)
            return begun;
        m_clock += story.took / 2;
        if (auto moved =
                report(answer->jobId, "{\"progress_pct\":" + QByteArray::number(story.progress) + ",\"attempt\":1,\"sequence\":2}");
            !moved)
            return moved;
        m_clock += story.took / 2;
        if (auto finished = finish(story, answer->jobId, end); !finished)
            return finished;
        return end == "RUNNING" ? Result<void>{} : endAttempt(story, answer->jobId, end);
    }

private:
    Result<void> begin(const JobId& id)
    {
        const auto attempt = m_jobs.startAttempt(id, m_clock);
        if (!attempt)
            return core::errorOf(attempt);
        core::jobs::JobAttempt row;
        row.jobId = id;
        row.attempt = 1;
        row.worker = u"sample-worker"_s;
        row.host = u"media-03"_s;
        row.pid = 48117;
        row.startedAt = m_clock;
        return m_jobs.insertAttempt(row);
    }

    Result<void> endAttempt(const Story& story, const JobId& id, QByteArrayView end)
    {
        core::jobs::JobAttempt row;
        row.jobId = id;
        row.attempt = 1;
        row.finishedAt = m_clock;
        row.outcome = QString::fromLatin1(end).toLower();
        if (end == "FAILED")
            row.error = QString::fromUtf8(story.message);
        if (story.type == JobType::CaptionsGenerate) {
            row.commands =
                R"([{"arguments":["ffmpeg","-nostdin","-hide_banner","-i","inputs/talk-07.mp4","-vf","ass=captions.ass:fontsdir=fonts",)"
                R"("-c:v","libx264","-crf","20","-c:a","copy","-y","out.part.mp4"],"exit_code":1,"signal":0,"duration_ms":41100}])";
            row.log = "[Parsed_ass_0] Shaper: HarfBuzz\nframe= 1506 fps= 36 q=26.0 time=00:01:00.2\n"
                      "fontselect: no match for 'Harbour Grotesk'\nError while filtering: Invalid argument\nConversion failed!\n";
        }
        const auto ended = m_jobs.finishAttempt(row);
        return ended ? Result<void>{} : core::errorOf(ended);
    }

    Result<void> finish(const Story& story, const JobId& id, QByteArrayView end)
    {
        if (end == "RUNNING")
            return {};
        if (end == "CANCELLED") {
            const auto cancelled = m_tasks.cancel(m_caller, id, u"wrong file"_s);
            if (!cancelled)
                return core::errorOf(cancelled);
            m_clock += 600ms;
            return report(id, R"({"status":"CANCELLED","attempt":1,"sequence":3})");
        }
        const QByteArray message = core::base::encodeJsonString(QString::fromUtf8(story.message));
        if (end == "FAILED")
            return report(id, "{\"status\":\"FAILED\",\"attempt\":1,\"sequence\":3,\"error_message\":" + message + ",\"error_code\":\"" +
                                  QByteArray(story.errorCode) + "\"}");
        return report(id, "{\"status\":\"DONE\",\"progress_pct\":100,\"attempt\":1,\"sequence\":3,\"current_message\":" + message +
                              ",\"output_data\":" + outputFor(story.type) + '}');
    }

    Result<void> report(const JobId& id, const QByteArray& body)
    {
        core::tasks::IncomingDelivery delivery;
        delivery.jobId = id;
        delivery.isTrusted = true;
        delivery.headers = {{"content-type", "application/json"}, {"user-agent", "signalbox-worker"}};
        delivery.body = body;
        const auto recorded = m_tasks.recordWebhookEvents({delivery}, core::tasks::Mode::Apply);
        return recorded ? Result<void>{} : core::errorOf(recorded);
    }

    core::tasks::TaskService m_tasks;
    core::broker::QueueRepository m_queue;
    core::jobs::JobRepository m_jobs;
    core::Time& m_clock;
    core::Caller m_caller{u"m.ito"_s, u"operator"_s, false, u"sample"_s};
};

}

Result<int> writeSampleHistory(const QString& storePath, const QString& storagePath, const QString& inputKey)
{
    core::database::DatabaseOptions options;
    options.path = storePath;
    auto database = core::database::Database::open(options);
    if (!database)
        return core::errorOf(database);
    if (const auto migrated = core::database::migrate(**database); !migrated)
        return core::errorOf(migrated);
    const auto key = core::webhooks::MasterKey::load(storePath + u".key"_s, true);
    if (!key)
        return core::errorOf(key);
    core::Time clock = core::base::systemNow();
    const core::Time now = clock;
    const core::tasks::TaskSettings settings{core::files::Storage(storagePath), *key, [&clock] { return clock; }, {}};
    Writer writer(**database, settings, clock);

    // Denser towards now, with a bad hour in the night; the same each time.
    std::mt19937 random(7);
    constexpr int count = 320;
    for (int number = 0; number < count; ++number) {
        const double age = 24.0 * (1.0 - static_cast<double>(number) / count);
        const auto jitter = std::chrono::seconds(random() % 120);
        clock = now - std::chrono::seconds(static_cast<qint64>(age * 3600)) - 100s + jitter;
        const bool badHour = age > 9.5 && age < 11.5;
        const Story& story = badHour && number % 2 == 0 ? stories[3] : stories[random() % std::size(stories)];
        if (const auto written = writer.write(story, inputKey, number); !written)
            return core::errorOf(written);
    }
    const Story running[] = {{JobType::TranscriptionGenerate, "RUNNING", 64, 26s, "Segment 18 of 28", ""},
                             {JobType::MediaConvert, "RUNNING", 31, 40s, "Pass 1 of 2", ""},
                             {JobType::CaptionsGenerate, "RUNNING", 71, 42s, "Burning in captions", ""},
                             {JobType::FrameExtract, "PENDING", 0, 0s, "", ""}};
    for (int i = 0; i < 4; ++i) {
        clock = now - std::chrono::seconds(90 - 20 * i);
        if (const auto written = writer.write(running[i], inputKey, count + i); !written)
            return core::errorOf(written);
    }
    return count + 4;
}

}
