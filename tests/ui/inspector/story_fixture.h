// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
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
        QVERIFY(core::jobs::JobRepository(database()).finishAttempt(run).value_or(false));
    }
    /// Lost its first worker, failed in its second run.
    [[nodiscard]] core::JobId failedCaptions(int number = 0)
    {
        using namespace std::chrono_literals;
        const core::JobId id = captions(number);
        const core::Time start = core::base::systemNow();
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
        endRun(
            id, 2, start + 56s, QStringLiteral("failed"), QStringLiteral("ffmpeg ended with exit code 1"),
            R"([{"arguments":["ffmpeg","-nostdin","-hide_banner","-i","uploads/2026-11/it's talk-07.mp4","-vf","subtitles=captions.ass:fontsdir=fonts","-c:v","libx264","-crf","20","-c:a","copy","-y","out.part.mp4"],"exit_code":1,"signal":0,"duration_ms":41300}])",
            log);
        return posted ? id : core::JobId{};
    }

private:
    std::unique_ptr<core::database::Database> m_database;
};

}
