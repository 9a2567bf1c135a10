// SPDX-License-Identifier: Apache-2.0
#include "tests/support/many_jobs.h"

#include <QElapsedTimer>

namespace test_support {

namespace {

void run(core::database::Database& database, const QByteArray& sql)
{
    if (const auto done = database.exec(sql.constData()); !done)
        qFatal("%s: %s", sql.left(200).constData(), qUtf8Printable(done.error().detail));
}

/// `insert` with the table's indexes away, all but those of its key.
void fill(core::database::Database& database, const QByteArray& table, const QByteArray& insert)
{
    QElapsedTimer timer;
    timer.start();
    run(database, "DO $$ DECLARE index record; made text[]; one text; BEGIN "
                  "FOR index IN SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS text FROM pg_index "
                  "WHERE indrelid = '" +
                      table +
                      "'::regclass AND NOT indisprimary LOOP "
                      "made := made || index.text; EXECUTE 'DROP INDEX ' || index.name; END LOOP; " +
                      insert + "; FOREACH one IN ARRAY coalesce(made, '{}') LOOP EXECUTE one; END LOOP; END $$");
    run(database, "VACUUM (ANALYZE) " + table);
    qInfo("%s after %lld ms", table.constData(), static_cast<long long>(timer.elapsed()));
}

/// Grows with the number, as ids of one program do.
QByteArray id(const QByteArray& kind, const QByteArray& number)
{
    return "('0197" + kind + "-0000-7000-8000-' || lpad(to_hex(" + number + "), 12, '0'))::uuid";
}

}

void makeManyJobs(core::database::Database& database, const ManyJobs& wish)
{
    if (const auto unhurried = database.setStatementTimeout(std::chrono::hours(1)); !unhurried)    // one statement makes them all
        qFatal("%s", qUtf8Printable(unhurried.error().detail));
    const QByteArray jobs = QByteArray::number(wish.jobs);
    run(database, "SET maintenance_work_mem = '256MB'");
    run(database, "SET session_replication_role = replica");    // the rows fit: no look at each one's job
    fill(database, "jobs",
         "INSERT INTO jobs (id, job_type, status, progress_pct, current_message, input_data, output_data, error_message, error_code, "
         "user_id, "
         "project_id, attempt, created_at, started_at, finished_at, updated_at) "
         "SELECT " +
             id("0001", "i") +
             ", (ARRAY['MEDIA_PROBE', 'SILENCE_DETECT', 'SILENCE_APPLY', 'MEDIA_CONVERT', "
             "'TRANSCRIPTION_GENERATE', 'FRAME_EXTRACT', 'CAPTIONS_GENERATE'])[1 + i % 7], status, CASE status WHEN 'DONE' THEN 100 ELSE "
             "40 END, "
             "'Looking at it', ('{\"file_path\":\"inputs/holiday-' || i || '.mp4\",\"noise_db\":-30}')::json, "
             "CASE status WHEN 'DONE' THEN '{\"segments\":[]}'::json END, CASE status WHEN 'FAILED' THEN 'exit ' || i % 7 END, "
             "CASE status WHEN 'FAILED' THEN 'ffmpeg_failed' END, 'user-' || i % 1000, 'project-' || i % 7, 1, at, "
             "CASE WHEN status <> 'PENDING' THEN at + interval '1 second' END, "
             "CASE WHEN status IN ('DONE', 'FAILED', 'CANCELLED') THEN at + (2 + i % 600) * interval '1 second' END, "
             "at + (2 + i % 600) * interval '1 second' "
             "FROM (SELECT i, now() - (" +
             jobs + " - i + 60) * interval '1 second' AS at, CASE WHEN i > " + jobs +
             " - 100 THEN 'PENDING' "
             "WHEN i > " +
             jobs +
             " - 200 THEN 'RUNNING' WHEN i % 10 = 0 THEN 'FAILED' WHEN i % 25 = 1 THEN 'CANCELLED' ELSE 'DONE' END AS status "
             "FROM generate_series(1, " +
             jobs + ") AS i) AS made");
    fill(database, "job_events",
         "INSERT INTO job_events (id, job_id, sequence, event_type, status, event_id, actor, created_at) "
         "SELECT gen_random_uuid(), jobs.id, n, 'status', 'DONE', 'e-' || n, 'worker', created_at "
         "FROM jobs, generate_series(1, " +
             QByteArray::number(wish.eventsOfEach) + ") AS n");
    fill(database, "webhook_deliveries",
         "INSERT INTO webhook_deliveries (id, job_id, received_at, source, method, headers, body, signature_verdict, outcome, "
         "stage_reached, "
         "duration_us) SELECT " +
             id("0002", "i") + ", " + id("0001", jobs + " - i") +
             "::text, now() - i * interval '1 second', 'worker', "
             "'POST', '[]', '{\"status\":\"RUNNING\"}', 'valid', CASE WHEN i % 50 = 0 THEN 'rejected' ELSE 'applied' END, 'notify', 120 "
             "FROM generate_series(1, " +
             QByteArray::number(wish.deliveries) + ") AS i");
    fill(database, "files",
         "INSERT INTO files (id, path, size_bytes, created_at) SELECT " + id("0003", "i") +
             ", 'outputs/' || i || '.mp4', "
             "(i * 7919) % 1000003, now() - i * interval '1 second' FROM generate_series(1, " +
             QByteArray::number(wish.artifacts) + ") AS i");
    fill(database, "artifacts",
         "INSERT INTO artifacts (id, job_id, file_id, kind, created_at) SELECT " + id("0004", "i") + ", " + id("0001", jobs + " - i") +
             ", " + id("0003", "i") + ", 'converted_media', now() - i * interval '1 second' FROM generate_series(1, " +
             QByteArray::number(wish.artifacts) + ") AS i");
    fill(database, "notifications",
         "INSERT INTO notifications (id, job_id, kind, title, body, created_at) SELECT " + id("0005", "i") + ", " +
             id("0001", jobs + " - i") + ", 'job_done', 'done', '', now() - i * interval '1 second' FROM generate_series(1, " +
             QByteArray::number(wish.artifacts) + ") AS i");
    fill(database, "operator_journal",
         "INSERT INTO operator_journal (id, operator, role, action, target, connection, created_at) SELECT " + id("0006", "i") +
             ", 'ann', 'operator', 'submit', 'job:' || i, 'test', now() - i * interval '1 second' FROM generate_series(1, " +
             QByteArray::number(wish.artifacts) + ") AS i");
    run(database, "SET session_replication_role = origin");
}

}
