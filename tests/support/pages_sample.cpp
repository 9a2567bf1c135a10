// SPDX-License-Identifier: Apache-2.0
#include "tests/support/pages_sample.h"

#include "core/database/database.h"
#include "core/database/transaction.h"
#include "core/files/repository.h"
#include "core/jobs/journal_repository.h"
#include "core/notifications/repository.h"
#include "core/webhooks/repository.h"

#include <array>
#include <cmath>

using namespace core;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace test_support {

namespace {

/// The same numbers on every machine.
class Dice {
public:
    int below(int count)
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<int>((m_state >> 33) % static_cast<quint64>(count));
    }
    double part() { return below(10'000) / 10'000.0; }

private:
    quint64 m_state = 42;
};

struct Cause {
    const char* type;
    const char* code;
    const char* message;
    int owners;
};

constexpr std::array causes{Cause{"CAPTIONS_GENERATE", "ffmpeg_failed", "Font not found on media-03", 12},
                            Cause{"TRANSCRIPTION_GENERATE", "model_missing", "Model 'en-us' was not found", 4},
                            Cause{"MEDIA_CONVERT", "worker_lost", "Worker lost, attempt 3 of 3", 9},
                            Cause{"MEDIA_CONVERT", "disk_full", "No space left on device", 6},
                            Cause{"MEDIA_PROBE", "input_unreadable", "Input inputs/%1/clip.mp4 is not readable by ffprobe", 8},
                            Cause{"CAPTIONS_GENERATE", "preset_missing", "Preset 7 was deleted", 1},
                            Cause{"FRAME_EXTRACT", "", "", 1}};
constexpr std::array types{"MEDIA_PROBE",   "SILENCE_DETECT",   "SILENCE_APPLY", "MEDIA_CONVERT", "TRANSCRIPTION_GENERATE",
                           "FRAME_EXTRACT", "CAPTIONS_GENERATE"};

class Filler {
public:
    Filler(database::Database& database, Time now) : m_database(database), m_now(now) {}

    Result<void> jobs()
    {
        for (int minute = 2 * 24 * 60; minute > 6; --minute) {
            const double hour = std::fmod(24 - minute / 60.0 + 72, 24);
            const double wave = 1.6 + 1.4 * std::sin((hour + 2) / 24 * 2 * M_PI);
            const int count = static_cast<int>(wave) + (m_dice.part() < wave - std::floor(wave) ? 1 : 0);
            for (int i = 0; i < count; ++i) {
                if (const auto put = ended(m_now - std::chrono::minutes(minute) + std::chrono::seconds(m_dice.below(60)), minute); !put)
                    return put;
            }
        }
        for (int i = 0; i < 8; ++i) {
            if (const auto put = running(i); !put)
                return put;
        }
        for (int i = 0; i < 38; ++i) {
            const QString id = job("TRANSCRIPTION_GENERATE", "PENDING", m_now - std::chrono::seconds(20 + i * 7), {}, {}, {}, {}, i % 12);
            if (const auto put = message(id, {}); !put)
                return put;
        }
        return m_wrong;
    }

    Result<void> workers()
    {
        const char* hosts[] = {"media-01", "media-02", "media-03"};
        for (int i = 0; i < 3; ++i) {
            auto query =
                m_database.prepare("INSERT INTO workers (id, host, pid, threads, state, boot_id, heartbeat_us, lease_us, started_at, "
                                   "last_seen_at) VALUES (:id, :host, :pid, :threads, :state, 'boot', 1, 30000000, :started, :seen)",
                                   database::Path::Hot);
            query.bind(":id", worker(i))
                .bind(":host", QString::fromLatin1(hosts[i]))
                .bind(":pid", 4100 + i * 37)
                .bind(":threads", i == 2 ? 2 : 4);
            query.bind(":state", i == 1 ? u"draining"_s : u"running"_s).bind(":started", m_now - std::chrono::hours(30 + i));
            query.bind(":seen", m_now - (i == 2 ? std::chrono::seconds(260) : std::chrono::seconds(2)));
            if (const auto put = query.exec(); !put)
                return put;
        }
        return {};
    }

    Result<void> journal()
    {
        const char* acts[] = {"submit", "cancel", "replay", "resubmit", "pause", "prune"};
        for (int i = 0; i < 40; ++i) {
            jobs::JournalEntry entry;
            entry.id = JournalId{u"act-%1"_s.arg(i, 3, 10, QChar(u'0'))};
            entry.operatorName = i % 3 == 0 ? u"m.ito"_s : u"a.berg"_s;
            entry.role = u"operator"_s;
            entry.action = QString::fromLatin1(acts[i % 6]);
            entry.target = i % 6 == 4 ? u"queue:media"_s : u"job:"_s + m_ids.at(i);
            entry.reason = i % 2 == 0 ? u"Ticket 4711: customer asked for it"_s : QString();
            entry.before = R"({"status":"RUNNING","progress_pct":)" + QByteArray::number(i * 2) + "}";
            entry.after = QByteArray(R"({"status":"CANCELLED"})");
            entry.connection = u"media-stage"_s;
            entry.createdAt = m_now - std::chrono::minutes(i * 31 + 2);
            if (const auto put = jobs::JournalRepository(m_database).insert(entry); !put)
                return put;
        }
        return {};
    }

private:
    QString worker(int i) const { return u"worker-%1"_s.arg(i); }

    Result<void> ended(Time created, int minute)
    {
        const bool inPeak = minute > 10 * 60 && minute < 12 * 60;    // two hours of the night
        const bool fails = m_dice.part() < (inPeak ? 0.45 : 0.03);
        const bool cancelled = !fails && m_dice.part() < 0.02;
        const auto& cause = causes[inPeak ? 0 : static_cast<size_t>(m_dice.below(static_cast<int>(causes.size())))];
        const char* type = fails ? cause.type : types[static_cast<size_t>(m_dice.below(static_cast<int>(types.size())))];
        const auto waited = std::chrono::milliseconds(200 + m_dice.below(9000) + (inPeak ? 12'000 : 0));
        const double tail = m_dice.part();
        const auto took = std::chrono::milliseconds(
            static_cast<int>(400 + 3600 * m_dice.part() + 14'000 * std::pow(tail, 6) + (tail > 0.985 ? 22'000 * m_dice.part() : 0)) *
            (inPeak ? 2 : 1));
        const Time started = created + waited;
        const QString message = QString::fromLatin1(cause.message);
        const QString error = fails ? (message.contains(u'%') ? message.arg(m_ids.size(), 8, 16, QChar(u'a')) : message) : QString();
        const char* status = fails ? "FAILED" : cancelled ? "CANCELLED" : "DONE";
        const QString id = job(type, status, created, started, started + took, error, fails ? QString::fromLatin1(cause.code) : QString(),
                               m_dice.below(cause.owners));
        if (m_ids.size() % 4 == 0)
            return around(id, status, started + took);
        return {};
    }

    Result<void> running(int i)
    {
        const Time started = m_now - std::chrono::seconds(9 + i * 47);
        const QString id = job(types[static_cast<size_t>(i) % types.size()], i == 7 ? "CANCELLED" : "RUNNING", started - 4s, started,
                               i == 7 ? std::optional(m_now - 3s) : std::nullopt, {}, {}, i);
        auto query = m_database.prepare("INSERT INTO job_attempts (job_id, attempt, worker, host, pid, started_at) "
                                        "VALUES (:id, 1, :worker, :host, :pid, :started)",
                                        database::Path::Hot);
        query.bind(":id", id).bind(":worker", worker(i % 3)).bind(":host", u"media-0%1"_s.arg(i % 3 + 1)).bind(":pid", 4100 + i % 3 * 37);
        query.bind(":started", started);
        if (const auto put = query.exec(); !put)
            return put;
        return message(id, worker(i % 3));
    }

    Result<void> message(const QString& job, const QString& leasedBy)
    {
        auto query = m_database.prepare("INSERT INTO queue_messages (id, queue, job_id, actor, state, leased_by, created_at) "
                                        "VALUES (:id, 'media', :job_id, 'x', :state, :leased_by, :created)",
                                        database::Path::Hot);
        query.bind(":id", newUuidV7()).bind(":job_id", job).bind(":state", leasedBy.isEmpty() ? u"ready"_s : u"leased"_s);
        if (leasedBy.isEmpty())
            query.bindNull(":leased_by");
        else
            query.bind(":leased_by", leasedBy);
        query.bind(":created", m_now - 240s);
        return query.exec();
    }

    QString job(const char* type, const char* status, Time created, std::optional<Time> started, std::optional<Time> finished,
                const QString& error, const QString& code, int owner)
    {
        const QString id = u"0192f3a1-7c44-7be2-9a10-%1"_s.arg(m_ids.size() + 0x5d2f0c81LL, 12, 16, QChar(u'0'));
        auto query = m_database.prepare("INSERT INTO jobs (id, job_type, status, progress_pct, current_message, input_data, error_message, "
                                        "error_code, user_id, attempt, "
                                        "created_at, started_at, finished_at, updated_at) VALUES (:id, :type, :status, :progress, "
                                        ":message, '{}', :error, :code, :user, 1, "
                                        ":created, :started, :finished, :updated)",
                                        database::Path::Hot);
        query.bind(":id", id).bind(":type", QString::fromLatin1(type)).bind(":status", QString::fromLatin1(status));
        query.bind(":progress", finished ? 100 : m_dice.below(90)).bind(":message", u"Segment %1 of 28"_s.arg(m_ids.size() % 28));
        query.bind(":error", error).bind(":code", code).bind(":user", u"u-%1"_s.arg(owner)).bind(":created", created);
        query.bind(":started", started).bind(":finished", finished).bind(":updated", finished ? *finished : started ? *started : created);
        if (auto put = query.exec(); !put)
            m_wrong = put;
        m_ids += id;
        return id;
    }

    /// A delivery, an artifact with its file, and a notification.
    Result<void> around(const QString& job, const char* status, Time at)
    {
        webhooks::Delivery delivery;
        delivery.id = newId<DeliveryId>();
        delivery.jobId = JobId{job};
        delivery.receivedAt = at;
        delivery.headers = {
            {"Content-Type", "application/json"}, {"webhook-id", "evt-" + job.toUtf8()}, {"webhook-signature", "v1,c2lnbmF0dXJl"}};
        delivery.body = R"({"status":")" + QByteArray(status) + R"(","progress_pct":100,"output_data":{"duration_ms":204180}})";
        const int kind = m_dice.below(12);
        delivery.verdict = kind == 0 ? webhooks::Verdict::Wrong : kind < 7 ? webhooks::Verdict::NotChecked : webhooks::Verdict::Valid;
        delivery.outcome = kind == 0   ? webhooks::Outcome::Rejected
                           : kind == 1 ? webhooks::Outcome::Duplicate
                           : kind == 2 ? webhooks::Outcome::IgnoredTerminal
                                       : webhooks::Outcome::Applied;
        delivery.outcomeDetail = kind == 0   ? u"The signature does not match the body"_s
                                 : kind == 2 ? u"The job was CANCELLED before"_s
                                             : QString();
        delivery.stageReached = kind == 0 ? webhooks::Stage::Receive : kind < 3 ? webhooks::Stage::Ignore : webhooks::Stage::Notify;
        delivery.durationUs = 700 + m_dice.below(9000);
        delivery.source = kind == 5 ? webhooks::Source::Replay : kind == 6 ? webhooks::Source::Manual : webhooks::Source::Worker;
        if (const auto put = webhooks::WebhookRepository(m_database).insertDelivery(delivery); !put)
            return put;

        const std::array kinds{"converted_media", "cut_media", "captioned_video", "transcript_srt", "silence_segments", "frames"};
        const auto made = static_cast<size_t>(m_dice.below(static_cast<int>(kinds.size())));
        files::FileRepository store(m_database);
        std::optional<FileId> fileId;
        if (made != 4) {
            files::File file;
            file.id = newId<FileId>();
            file.path = u"outputs/%1/%2"_s.arg(job, made < 3 ? u"clip.mp4"_s : made == 3 ? u"transcript.srt"_s : u"frame-0001.jpg"_s);
            file.mimeType = made < 3 ? u"video/mp4"_s : made == 3 ? u"application/x-subrip"_s : u"image/jpeg"_s;
            file.sizeBytes = made < 3 ? 900'000 + m_dice.below(90'000'000) : 900 + m_dice.below(90'000);
            if (made < 3)
                file.durationMs = 1000 + m_dice.below(600'000);
            file.createdAt = at;
            const auto id = store.upsert(file);
            if (!id)
                return errorOf(id);
            fileId = *id;
        }
        if (const auto put = store.insertArtifact({newId<ArtifactId>(), JobId{job}, fileId, QString::fromLatin1(kinds[made]), {}, at});
            !put)
            return put;

        const bool failed = qstrcmp(status, "FAILED") == 0;
        notifications::Notification note;
        note.id = newId<NotificationId>();
        note.userId = u"u-%1"_s.arg(m_dice.below(40));
        note.jobId = JobId{job};
        note.kind = failed ? u"job_failed"_s : qstrcmp(status, "DONE") == 0 ? u"job_done"_s : u"job_cancelled"_s;
        note.title = failed ? u"Captions could not be made"_s : u"Your media is ready"_s;
        note.body = failed ? u"Font not found on media-03"_s : u"clip.mp4, 48.2 MB"_s;
        note.isRead = m_dice.below(3) > 0;
        note.createdAt = at;
        return notifications::NotificationRepository(m_database).insert(note);
    }

    database::Database& m_database;
    Time m_now;
    Dice m_dice;
    QStringList m_ids;
    Result<void> m_wrong;
};

}

QString fillWithPagesSample(const QString& storePath, Time now)
{
    database::DatabaseOptions options;
    options.path = storePath;
    options.durability = database::Durability::Normal;
    auto database = database::Database::open(options);
    if (!database)
        return database.error().message;
    auto transaction = database::Transaction::begin(**database);
    if (!transaction)
        return transaction.error().message;
    Filler filler(**database, now);
    for (const auto& done : {filler.workers(), filler.jobs(), filler.journal(), transaction->commit()}) {
        if (!done)
            return done.error().message;
    }
    return {};
}

QString fillWithHostileRows(const QString& storePath)
{
    database::DatabaseOptions options;
    options.path = storePath;
    auto database = database::Database::open(options);
    if (!database)
        return database.error().message;
    const Time now = base::systemNow();
    const auto run = [&](const char* sql) {
        auto query = (*database)->prepare(sql, database::Path::Hot);
        query.bind(":t", hostileText()).bind(":now", now);
        const auto done = query.exec();
        return done ? QString() : done.error().message;
    };
    for (const char* sql :
         {"INSERT INTO jobs (id, job_type, status, current_message, input_data, error_message, error_code, user_id, attempt, created_at, "
          "started_at, updated_at, finished_at) VALUES (:t, :t, 'FAILED', :t, '{}', :t, :t, :t, 1, :now, :now, :now, :now)",
          "INSERT INTO jobs (id, job_type, status, current_message, input_data, user_id, attempt, created_at, started_at, updated_at) "
          "VALUES ('2' || :t, :t, 'RUNNING', :t, '{}', :t, 1, :now, :now, :now)",
          "INSERT INTO job_attempts (job_id, attempt, worker, host, pid, started_at) VALUES ('2' || :t, 1, :t, :t, 1, :now)",
          "INSERT INTO workers (id, host, pid, threads, state, boot_id, heartbeat_us, lease_us, started_at, last_seen_at) "
          "VALUES (:t, :t, 1, 1, :t, 'b', 1, 30000000, :now, :now)",
          "INSERT INTO files (id, path, original_name, mime_type, size_bytes, created_at) VALUES ('f', :t, :t, :t, 5, :now)",
          "INSERT INTO artifacts (id, job_id, file_id, kind, created_at) VALUES (:t, :t, 'f', :t, :now)",
          "INSERT INTO notifications (id, user_id, job_id, kind, title, body, created_at) VALUES (:t, :t, :t, :t, :t, :t, :now)",
          "INSERT INTO operator_journal (id, operator, role, action, target, reason, before, after, connection, created_at) "
          "VALUES (:t, :t, :t, :t, :t, :t, :t, :t, :t, :now)",
          "INSERT INTO caption_presets (id, name, style, user_id, created_at, updated_at) VALUES (:t, :t, :t, :t, :now, :now)",
          "INSERT INTO webhook_deliveries (id, job_id, received_at, source, method, headers, body, signature_verdict, outcome, "
          "outcome_detail, stage_reached, duration_us) VALUES (:t, :t, :now, :t, :t, :t, x'ff00fe', :t, :t, :t, :t, 5)"}) {
        if (const QString wrong = run(sql); !wrong.isEmpty())
            return wrong;
    }
    return {};
}

QString hostileText()
{
    return u"<b>bold</b> <img src=\"https://x.example/a.png\"> <a href=\"file:///etc/passwd\">link</a>\nsecond\tline \u202etxet denrut \u0000"_s +
           QChar(0) + QString(5000, u'W');
}

}
