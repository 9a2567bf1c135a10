// SPDX-License-Identifier: Apache-2.0
#pragma once

/// What the product runs, text for text: the floor is these and nothing else. bench_core traces both and says when they part.
namespace bench::sql {

#define SUMMARY_COLUMNS                                                                                                                    \
    "id, job_type, status, progress_pct, current_message, error_message, error_code, user_id, project_id, broker_id, dedupe_key, "         \
    "attempt, "                                                                                                                            \
    "retried_from, created_at, started_at, finished_at, updated_at, cancel_requested_at, cancel_broker_informed_at, "                      \
    "cancel_acknowledged_at"
#define ACTIVE "status NOT IN ('DONE', 'FAILED', 'CANCELLED')"

inline constexpr const char* begin = "BEGIN IMMEDIATE";
inline constexpr const char* commit = "COMMIT";
inline constexpr const char* savepoint = "SAVEPOINT s0";
inline constexpr const char* release = "RELEASE s0";

// a submit: twin, job, webhook, event, message, journal
inline constexpr const char* findTwin = "SELECT id FROM jobs WHERE dedupe_key = :dedupe_key AND status IN ('PENDING', 'RUNNING')";
inline constexpr const char* insertJob =
    "INSERT INTO jobs (id, job_type, status, progress_pct, current_message, input_data, user_id, project_id, broker_id, "
    "dedupe_key, retried_from, created_at, updated_at) "
    "VALUES (:id, :job_type, :status, :progress_pct, :current_message, :input_data, :user_id, :project_id, :broker_id, "
    ":dedupe_key, :retried_from, :created_at, :updated_at)";
inline constexpr const char* insertWebhook =
    "INSERT INTO webhooks (id, job_id, scheme, is_active, created_at) VALUES (:id, :job_id, :scheme, :is_active, :created_at)";
inline constexpr const char* insertEvent =
    "INSERT INTO job_events (id, job_id, sequence, event_type, status, progress_pct, message, payload, event_id, attempt, "
    "worker_sequence, actor, created_at) "
    "SELECT :id, :job_id, coalesce(max(sequence), 0) + 1, :event_type, :status, :progress_pct, :message, :payload, :event_id, "
    ":attempt, :worker_sequence, :actor, :created_at FROM job_events WHERE job_id = :job_id";
inline constexpr const char* insertMessage = "INSERT INTO queue_messages (id, queue, job_id, actor, state, created_at) "
                                             "VALUES (:id, :queue, :job_id, :actor, 'ready', :created_at)";
inline constexpr const char* insertJournal =
    "INSERT INTO operator_journal (id, operator, role, action, target, reason, before, after, connection, created_at) "
    "VALUES (:id, :operator, :role, :action, :target, :reason, :before, :after, :connection, :created_at)";

// a webhook: address, job, known before, guarded update, event, hook, notification, delivery
inline constexpr const char* findWebhook = "SELECT id, job_id, scheme, is_active, created_at FROM webhooks WHERE id = :id";
inline constexpr const char* findJob = "SELECT " SUMMARY_COLUMNS ", input_data, output_data FROM jobs WHERE id = :id";
inline constexpr const char* hasEventId = "SELECT 1 FROM job_events WHERE job_id = :job_id AND event_id = :event_id";
inline constexpr const char* lastWorkerSequence =
    "SELECT max(worker_sequence) FROM job_events WHERE job_id = :job_id AND attempt = :attempt";
inline constexpr const char* updateJob =
    "UPDATE jobs SET status = :status, progress_pct = coalesce(:progress_pct, progress_pct), "
    "current_message = coalesce(:current_message, current_message), "
    "error_message = coalesce(:error_message, error_message), error_code = coalesce(:error_code, error_code), "
    "output_data = coalesce(:output_data, output_data), attempt = coalesce(:attempt, attempt), "
    "started_at = coalesce(started_at, :started_at), finished_at = :finished_at, updated_at = :updated_at "
    "WHERE id = :id AND " ACTIVE;
inline constexpr const char* insertArtifact =
    "INSERT INTO artifacts (id, job_id, file_id, kind, meta, created_at) VALUES (:id, :job_id, :file_id, :kind, :meta, :created_at)";
inline constexpr const char* insertNotification =
    "INSERT INTO notifications (id, user_id, job_id, kind, title, body, payload, is_read, created_at) "
    "VALUES (:id, :user_id, :job_id, :kind, :title, :body, :payload, :is_read, :created_at)";
inline constexpr const char* insertDelivery =
    "INSERT INTO webhook_deliveries (id, webhook_id, job_id, received_at, source, method, headers, body, signature_verdict, "
    "outcome, outcome_detail, stage_reached, duration_us, replay_of) VALUES (:id, :webhook_id, :job_id, :received_at, :source, "
    ":method, :headers, :body, :signature_verdict, :outcome, :outcome_detail, :stage_reached, :duration_us, :replay_of)";

// a replay reads what was stored first
inline constexpr const char* findDelivery =
    "SELECT id, webhook_id, job_id, received_at, source, method, headers, signature_verdict, outcome, outcome_detail, "
    "stage_reached, duration_us, replay_of, body FROM webhook_deliveries WHERE id = :id";

// a run: paused or not, lease, attempt; and at its end attempt and message
inline constexpr const char* isPaused = "SELECT 1 FROM settings WHERE key = :key AND value = 'true'";
inline constexpr const char* lease =
    "UPDATE queue_messages SET state = 'leased', leased_by = :worker WHERE position IN "
    "(SELECT position FROM queue_messages WHERE queue = :queue AND state = 'ready' ORDER BY position LIMIT :limit) "
    "AND EXISTS (SELECT 1 FROM workers WHERE id = :worker) "
    "RETURNING position, id, queue, job_id, actor, crashes, leased_by, abort, created_at";
inline constexpr const char* insertWorker =
    "INSERT INTO workers (id, host, pid, threads, state, boot_id, heartbeat_us, lease_us, started_at, last_seen_at) "
    "VALUES (:id, 'bench', 4711, 2, 'running', '', 0, 0, 0, 0)";
inline constexpr const char* startAttempt =
    "UPDATE jobs SET attempt = attempt + 1, progress_pct = 0, current_message = NULL, updated_at = :at WHERE id = :id AND " ACTIVE
    " RETURNING attempt";
inline constexpr const char* insertAttempt = "INSERT INTO job_attempts (job_id, attempt, worker, host, pid, started_at) "
                                             "VALUES (:job_id, :attempt, :worker, :host, :pid, :started_at)";
inline constexpr const char* finishAttempt =
    "UPDATE job_attempts SET finished_at = :finished_at, outcome = :outcome, error = :error, commands = :commands, log = :log "
    "WHERE job_id = :job_id AND attempt = :attempt AND finished_at IS NULL";
inline constexpr const char* acknowledge = "DELETE FROM queue_messages WHERE id = :id AND leased_by = :worker";

// a list's page; the comparison with the key is the one of a page further down
inline constexpr const char* firstPage =
    "SELECT " SUMMARY_COLUMNS " FROM jobs WHERE status = 'FAILED' ORDER BY created_at DESC, id DESC LIMIT 101";
inline constexpr const char* deepPage =
    "SELECT " SUMMARY_COLUMNS
    " FROM jobs WHERE status = 'FAILED' AND (created_at, id) < (?1, ?2) ORDER BY created_at DESC, id DESC LIMIT 101";

#undef SUMMARY_COLUMNS
#undef ACTIVE

}
