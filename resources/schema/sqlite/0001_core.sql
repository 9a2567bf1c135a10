-- SPDX-License-Identifier: Apache-2.0
-- Times are INTEGER microseconds since 1970 (UTC); JSON is TEXT, kept byte for byte. Statements end with a semicolon at a line's end.

CREATE TABLE jobs (
    id                         TEXT PRIMARY KEY NOT NULL,
    job_type                   TEXT NOT NULL,
    status                     TEXT NOT NULL,
    progress_pct               INTEGER NOT NULL DEFAULT 0,
    current_message            TEXT,
    input_data                 TEXT NOT NULL,
    output_data                TEXT,
    error_message              TEXT,
    error_code                 TEXT,
    user_id                    TEXT,
    project_id                 TEXT,
    broker_id                  TEXT,
    dedupe_key                 TEXT,
    attempt                    INTEGER NOT NULL DEFAULT 0,
    retried_from               TEXT,
    created_at                 INTEGER NOT NULL,
    started_at                 INTEGER,
    finished_at                INTEGER,
    updated_at                 INTEGER NOT NULL,
    cancel_requested_at        INTEGER,
    cancel_broker_informed_at  INTEGER,
    cancel_acknowledged_at     INTEGER
) WITHOUT ROWID;
CREATE INDEX jobs_by_created ON jobs (created_at, id);
CREATE INDEX jobs_by_updated ON jobs (updated_at, id);
CREATE INDEX jobs_by_status ON jobs (status, created_at, id);
CREATE INDEX jobs_by_retried_from ON jobs (retried_from) WHERE retried_from IS NOT NULL;
CREATE UNIQUE INDEX jobs_one_active_per_dedupe_key ON jobs (dedupe_key) WHERE dedupe_key IS NOT NULL AND status IN ('PENDING', 'RUNNING');

-- The last guard, behind the WHERE clauses: a terminal job's status and output never move, whoever forgets to ask.
CREATE TRIGGER jobs_terminal_is_final BEFORE UPDATE OF status, output_data, error_message, error_code, finished_at ON jobs
WHEN OLD.status IN ('DONE', 'FAILED', 'CANCELLED')
    AND (NEW.status IS NOT OLD.status OR NEW.output_data IS NOT OLD.output_data OR NEW.error_message IS NOT OLD.error_message
         OR NEW.error_code IS NOT OLD.error_code OR NEW.finished_at IS NOT OLD.finished_at)
BEGIN SELECT RAISE(ABORT, 'a terminal job does not change'); END;

CREATE TABLE job_events (
    position         INTEGER PRIMARY KEY AUTOINCREMENT,
    id               TEXT NOT NULL,
    job_id           TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    sequence         INTEGER NOT NULL,
    event_type       TEXT NOT NULL,
    status           TEXT,
    progress_pct     INTEGER,
    message          TEXT,
    payload          TEXT,
    event_id         TEXT,
    attempt          INTEGER,
    worker_sequence  INTEGER,
    actor            TEXT NOT NULL,
    created_at       INTEGER NOT NULL
);
CREATE UNIQUE INDEX job_events_by_job ON job_events (job_id, sequence);
CREATE UNIQUE INDEX job_events_one_per_event_id ON job_events (job_id, event_id) WHERE event_id IS NOT NULL;

CREATE TABLE job_attempts (
    job_id       TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    attempt      INTEGER NOT NULL,
    worker       TEXT,
    host         TEXT,
    pid          INTEGER,
    started_at   INTEGER NOT NULL,
    finished_at  INTEGER,
    outcome      TEXT,
    error        TEXT,
    commands     TEXT,
    log          TEXT,
    PRIMARY KEY (job_id, attempt)
) WITHOUT ROWID;

CREATE TABLE webhooks (
    id          TEXT PRIMARY KEY NOT NULL,
    job_id      TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    scheme      TEXT NOT NULL,
    is_active   INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX webhooks_by_job ON webhooks (job_id);

-- No foreign keys: a delivery for a webhook or job that nobody knows is kept as well.
CREATE TABLE webhook_deliveries (
    id                 TEXT PRIMARY KEY NOT NULL,
    webhook_id         TEXT,
    job_id             TEXT,
    received_at        INTEGER NOT NULL,
    source             TEXT NOT NULL,
    method             TEXT NOT NULL,
    headers            TEXT NOT NULL,
    body               BLOB NOT NULL,
    signature_verdict  TEXT NOT NULL,
    outcome            TEXT NOT NULL,
    outcome_detail     TEXT,
    stage_reached      TEXT NOT NULL,
    duration_us        INTEGER NOT NULL,
    replay_of          TEXT
) WITHOUT ROWID;
CREATE INDEX webhook_deliveries_by_received ON webhook_deliveries (received_at, id);
CREATE INDEX webhook_deliveries_by_job ON webhook_deliveries (job_id, received_at, id) WHERE job_id IS NOT NULL;

CREATE TABLE files (
    id             TEXT PRIMARY KEY NOT NULL,
    path           TEXT NOT NULL,
    original_name  TEXT,
    mime_type      TEXT,
    size_bytes     INTEGER,
    sha256         TEXT,
    duration_ms    INTEGER,
    meta           TEXT,
    user_id        TEXT,
    created_at     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX files_by_path ON files (path);

CREATE TABLE artifacts (
    id          TEXT PRIMARY KEY NOT NULL,
    job_id      TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    file_id     TEXT REFERENCES files (id),
    kind        TEXT NOT NULL,
    meta        TEXT,
    created_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX artifacts_by_job ON artifacts (job_id, id);
CREATE INDEX artifacts_by_file ON artifacts (file_id);

CREATE TABLE transcriptions (
    id           TEXT PRIMARY KEY NOT NULL,
    job_id       TEXT REFERENCES jobs (id) ON DELETE SET NULL,
    file_id      TEXT REFERENCES files (id),
    engine       TEXT,
    model        TEXT,
    language     TEXT,
    text         TEXT NOT NULL,
    document     TEXT NOT NULL,
    edited_from  TEXT,
    created_at   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX transcriptions_by_job ON transcriptions (job_id);

CREATE TABLE caption_presets (
    id          TEXT PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    style       TEXT NOT NULL,
    is_builtin  INTEGER NOT NULL DEFAULT 0,
    user_id     TEXT,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE notifications (
    id          TEXT PRIMARY KEY NOT NULL,
    user_id     TEXT,
    job_id      TEXT REFERENCES jobs (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    payload     TEXT,
    is_read     INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX notifications_by_created ON notifications (created_at, id);
CREATE INDEX notifications_by_job ON notifications (job_id);

CREATE TABLE operator_journal (
    id          TEXT PRIMARY KEY NOT NULL,
    operator    TEXT NOT NULL,
    role        TEXT NOT NULL,
    action      TEXT NOT NULL,
    target      TEXT NOT NULL,
    reason      TEXT,
    before      TEXT,
    after       TEXT,
    connection  TEXT NOT NULL,
    created_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX operator_journal_by_created ON operator_journal (created_at, id);

CREATE TABLE settings (
    key         TEXT PRIMARY KEY NOT NULL,
    value       TEXT NOT NULL,
    updated_at  INTEGER NOT NULL
) WITHOUT ROWID;

-- A process that runs jobs. Its messages are leased for as long as heartbeat_us moves: CLOCK_MONOTONIC of the boot named beside it,
-- so that neither a stepped clock nor a suspended machine makes a living worker look dead.
CREATE TABLE workers (
    id            TEXT PRIMARY KEY NOT NULL,
    host          TEXT NOT NULL,
    pid           INTEGER NOT NULL,
    threads       INTEGER NOT NULL,
    state         TEXT NOT NULL,
    boot_id       TEXT NOT NULL,
    heartbeat_us  INTEGER NOT NULL,
    lease_us      INTEGER NOT NULL,
    started_at    INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE queue_messages (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    queue       TEXT NOT NULL,
    job_id      TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    actor       TEXT NOT NULL,
    state       TEXT NOT NULL,
    crashes     INTEGER NOT NULL DEFAULT 0,
    leased_by   TEXT,
    abort       INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL
);
CREATE INDEX queue_messages_ready ON queue_messages (queue, position) WHERE state = 'ready';
CREATE INDEX queue_messages_leased ON queue_messages (leased_by) WHERE leased_by IS NOT NULL;
CREATE INDEX queue_messages_by_job ON queue_messages (job_id);
