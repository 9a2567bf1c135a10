// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/broker/queue_repository.h"
#include "core/database/database.h"
#include "core/database/transaction.h"
#include "core/jobs/repository.h"
#include "tests/support/ui_fixture.h"

namespace test_support {

/// Jobs as the console meets them: submitted and reported on through the real store, with the runs that a worker would have written.
class StoryFixture : public ConsoleFixture {
public:
    [[nodiscard]] core::JobId captions(int number = 0)
    {
        const nlohmann::json input{{"file_path", "inputs/talk-07.mp4"},
                                   {"segments", {{{"start_ms", 0}, {"end_ms", 900 + number}, {"text", "Good morning"}}}},
                                   {"renderer", "auto"}};
        write(QStringLiteral("inputs/talk-07.mp4"), "media");
        const auto answer = store.submit(core::JobType::CaptionsGenerate, input);
        return answer ? answer->jobId : core::JobId{};
    }
    void write(const QString& key, const QByteArray& bytes)
    {
        const QString path = store.path(key);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }
    [[nodiscard]] bool post(const core::JobId& id, const nlohmann::json& body)
    {
        const auto outcome = store.backend->post(store.caller, id, QByteArray::fromStdString(body.dump()), core::tasks::Mode::Apply).wait();
        return outcome && outcome->outcome != core::webhooks::Outcome::Rejected;
    }
    /// The connection that the rows of runs are written by.
    [[nodiscard]] core::database::Database& database()
    {
        if (!m_database) {
            core::database::DatabaseOptions options;
            options.path = store.options.storePath;
            m_database = std::move(*core::database::Database::open(options));
        }
        return *m_database;
    }
    [[nodiscard]] bool appendEvents(const core::JobId& id, int count)
    {
        auto all = core::database::Transaction::begin(database());
        for (int i = 0; all && i < count; ++i) {
            core::jobs::JobEvent event;
            event.id = core::EventId{QStringLiteral("%1-%2").arg(id.text).arg(i)};
            event.jobId = id;
            event.eventType = QStringLiteral("progress");
            event.progressPct = i % 100;
            event.actor = QStringLiteral("worker");
            event.createdAt = core::base::systemNow();
            if (const auto appended = core::jobs::JobRepository(database()).appendEvent(event); !appended) {
                qWarning("%s %s", qUtf8Printable(appended.error().message), qUtf8Printable(appended.error().detail));
                return false;
            }
        }
        return all && all->commit();
    }
    void beginRun(const core::JobId& id, int attempt, core::Time at)
    {
        core::jobs::JobAttempt run;
        run.jobId = id;
        run.attempt = attempt;
        run.worker = QStringLiteral("w-1");
        run.host = QStringLiteral("media-03");
        run.pid = 48117;
        run.startedAt = at;
        QVERIFY(core::jobs::JobRepository(database()).insertAttempt(run).has_value());
    }
    void endRun(const core::JobId& id, int attempt, core::Time at, const QString& outcome, const QString& error, const QByteArray& commands,
                const QByteArray& log)
    {
        core::jobs::JobAttempt run;
        run.jobId = id;
        run.attempt = attempt;
        run.finishedAt = at;
        run.outcome = outcome;
        run.error = error;
        if (!commands.isEmpty())
            run.commands = commands;
        if (!log.isEmpty())
            run.log = log;
        QVERIFY(core::jobs::JobRepository(database()).finishAttempt(run));
    }
    /// A living worker takes all that waits.
    void leaseTo(const QString& workerId)
    {
        core::broker::Worker worker;
        worker.id = workerId;
        worker.host = QStringLiteral("media-03");
        worker.pid = 48117;
        worker.threads = 1;
        worker.state = QStringLiteral("running");
        worker.bootId = core::base::bootId();
        worker.heartbeatUs = core::base::monotonicMicros();
        worker.leaseUs = 600'000'000;
        worker.startedAt = core::base::systemNow();
        worker.lastSeenAt = worker.startedAt;
        core::broker::QueueRepository queue(database());
        QVERIFY(queue.insertWorker(worker).has_value());
        QVERIFY(queue.lease(core::broker::defaultQueue, workerId, 100).has_value());
    }
    /// Lost its first worker, failed in its second run.
    [[nodiscard]] core::JobId failedCaptions(int number = 0)
    {
        using namespace std::chrono_literals;
        const core::JobId id = captions(number);
        const core::Time start = core::base::systemNow() - 56400ms;
        beginRun(id, 1, start + 1200ms);
        endRun(id, 1, start + 13500ms, QStringLiteral("lost"), QStringLiteral("The worker (process 48001 on media-03) died"), {}, {});
        bool posted = post(id, {{"status", "RUNNING"}, {"attempt", 1}, {"event_id", "a"}, {"progress_pct", 10}});
        posted = posted && post(id, {{"attempt", 2},
                                     {"event_id", "b"},
                                     {"progress_pct", 41},
                                     {"current_message", "Rendered locally: fell back from Remotion, no answer within 5 s"}});
        posted = posted && post(id, {{"attempt", 2}, {"event_id", "c"}, {"progress_pct", 62}, {"current_message", "Burning in captions"}});
        beginRun(id, 2, start + 15s);
        posted = posted && post(id, {{"status", "FAILED"},
                                     {"attempt", 2},
                                     {"event_id", "d"},
                                     {"error_code", "ffmpeg_failed"},
                                     {"error_message", "ffmpeg ended with exit code 1\nError while filtering: Invalid argument"}});
        QByteArray log;
        for (int line = 1; line <= 211; ++line)
            log += "frame= " + QByteArray::number(line * 7) + " fps= 36 q=26.0 time=00:01:00.2\n";
        log += "fontselect: no match for 'Harbour Grotesk'\nError while filtering: Invalid argument\nConversion failed!\n";
        const nlohmann::json arguments{"ffmpeg",
                                       "-nostdin",
                                       "-hide_banner",
                                       "-i",
                                       "uploads/2026-11/it's talk-07.mp4",
                                       "-vf",
                                       "subtitles=captions.ass:fontsdir=fonts",
                                       "-c:v",
                                       "libx264",
                                       "-crf",
                                       "20",
                                       "-c:a",
                                       "copy",
                                       "-y",
                                       "out.part.mp4"};
        nlohmann::json commands = nlohmann::json::array();
        commands.push_back({{"arguments", arguments}, {"exit_code", 1}, {"signal", 0}, {"duration_ms", 41300}});
        endRun(id, 2, start + 56400ms, QStringLiteral("failed"), QStringLiteral("ffmpeg ended with exit code 1"),
               QByteArray::fromStdString(commands.dump()), log);
        // the reports came within a moment: spread them over the minute that they tell of
        moveTo("UPDATE jobs SET created_at = :at WHERE id = :id", id, start);
        moveTo("UPDATE jobs SET started_at = :at WHERE id = :id", id, start + 1200ms);
        moveTo("UPDATE job_events SET created_at = :at WHERE job_id = :id AND sequence = 1", id, start);
        moveTo("UPDATE job_events SET created_at = :at WHERE job_id = :id AND sequence = 2", id, start + 1300ms);
        moveTo("UPDATE job_events SET created_at = :at WHERE job_id = :id AND sequence = 3", id, start + 22s);
        moveTo("UPDATE job_events SET created_at = :at WHERE job_id = :id AND sequence = 4", id, start + 48s);
        return posted ? id : core::JobId{};
    }

    void moveTo(const char* statement, const core::JobId& id, core::Time at)
    {
        auto query = database().prepare(statement);
        query.bind(":at", at).bind(":id", id);
        QVERIFY(query.exec().has_value());
    }

private:
    std::unique_ptr<core::database::Database> m_database;
};

}
