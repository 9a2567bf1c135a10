-- SPDX-License-Identifier: Apache-2.0
-- The tables of ../sqlite/0001_core.sql in Postgres's own types. JSON is json, not jsonb: its text is kept byte for byte.
-- Statements end with a semicolon at a line's end; bodies of functions stand on lines that do not.

CREATE TABLE jobs (
    id                         uuid PRIMARY KEY,
    job_type                   text NOT NULL,
    status                     text NOT NULL,
    progress_pct               integer NOT NULL DEFAULT 0,
    current_message            text,
    input_data                 json NOT NULL,
    output_data                json,
    error_message              text,
    error_code                 text,
    user_id                    text,
    project_id                 text,
    broker_id                  text,
    dedupe_key                 text,
    attempt                    integer NOT NULL DEFAULT 0,
    retried_from               uuid,
    created_at                 timestamptz NOT NULL,
    started_at                 timestamptz,
    finished_at                timestamptz,
    updated_at                 timestamptz NOT NULL,
    cancel_requested_at        timestamptz,
    cancel_broker_informed_at  timestamptz,
    cancel_acknowledged_at     timestamptz,
    CONSTRAINT jobs_progress_is_percent CHECK (progress_pct BETWEEN 0 AND 100),
    CONSTRAINT jobs_attempt_counts CHECK (attempt >= 0),
    CONSTRAINT jobs_end_is_terminal CHECK (finished_at IS NOT NULL OR status NOT IN ('DONE', 'FAILED', 'CANCELLED'))
);
-- Lists by age (all jobs, and any filter without an index of its own), and pages of the statistics.
CREATE INDEX jobs_by_created ON jobs (created_at, id);
-- Lists by last change.
CREATE INDEX jobs_by_updated ON jobs (updated_at, id);
-- Lists and counts by status, the failures page.
CREATE INDEX jobs_by_status ON jobs (status, created_at, id);
-- Lineage: the jobs that were made from one.
CREATE INDEX jobs_by_retried_from ON jobs (retried_from) WHERE retried_from IS NOT NULL;
-- Of two submitters of one input the index decides.
CREATE UNIQUE INDEX jobs_one_active_per_dedupe_key ON jobs (dedupe_key) WHERE dedupe_key IS NOT NULL AND status IN ('PENDING', 'RUNNING');

-- The last guard, behind the WHERE clauses: a terminal job's status and output never move, whoever forgets to ask.
CREATE FUNCTION refuse_change_of_terminal_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a terminal job does not change' USING ERRCODE = 'integrity_constraint_violation'
    ; END $$;
CREATE TRIGGER jobs_terminal_is_final BEFORE UPDATE OF status, output_data, error_message, error_code, finished_at ON jobs
FOR EACH ROW WHEN (OLD.status IN ('DONE', 'FAILED', 'CANCELLED')
    AND (NEW.status IS DISTINCT FROM OLD.status OR NEW.output_data::text IS DISTINCT FROM OLD.output_data::text
         OR NEW.error_message IS DISTINCT FROM OLD.error_message OR NEW.error_code IS DISTINCT FROM OLD.error_code
         OR NEW.finished_at IS DISTINCT FROM OLD.finished_at))
EXECUTE FUNCTION refuse_change_of_terminal_job();

-- Where an event stands in the order in which changes are told. Positions of a sequence alone come out of order: who draws one may commit
-- long after who drew the next. The transaction's number stands above it, so that all below the oldest running transaction is settled
-- (see JobRepository::eventsAfter). A million events of one transaction keep their order.
CREATE SEQUENCE job_event_numbers;
CREATE FUNCTION next_event_position() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT (pg_current_xact_id()::text::bigint << 20) | (nextval('job_event_numbers') & 1048575) $$;

CREATE TABLE job_events (
    position         bigint NOT NULL DEFAULT next_event_position(),
    id               uuid NOT NULL,
    job_id           uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    sequence         bigint NOT NULL,
    event_type       text NOT NULL,
    status           text,
    progress_pct     integer,
    message          text,
    payload          json,
    event_id         text,
    attempt          integer,
    worker_sequence  bigint,
    actor            text NOT NULL,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (job_id, sequence)
);
-- The change feed. Not unique: a store that was restored on another server may meet its old numbers again.
CREATE INDEX job_events_by_position ON job_events (position);
CREATE UNIQUE INDEX job_events_one_per_event_id ON job_events (job_id, event_id) WHERE event_id IS NOT NULL;

-- What a filter asks of a payload. Text of a document that Postgres cannot hold as text (\u0000, half a surrogate pair), and numbers
-- beyond every double, are not found; with the server's own functions one such row would end the whole query.
CREATE FUNCTION payload_text(document json, path text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE found json
    ; BEGIN
    found := document #> path
    ; RETURN CASE WHEN json_typeof(found) IN ('object', 'array') THEN NULL WHEN json_typeof(found) = 'null' THEN 'null' ELSE found #>> '{}' END
    ; EXCEPTION WHEN data_exception THEN RETURN NULL
    ; END $$;
CREATE FUNCTION payload_number(document json, path text[]) RETURNS double precision LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE found json
    ; BEGIN
    found := document #> path
    ; RETURN CASE WHEN json_typeof(found) = 'number' THEN (found #>> '{}')::double precision END
    ; EXCEPTION WHEN data_exception THEN RETURN NULL
    ; END $$;

CREATE TABLE job_attempts (
    job_id       uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    attempt      integer NOT NULL,
    worker       text,
    host         text,
    pid          bigint,
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    outcome      text,
    error        text,
    commands     json,
    log          text,
    PRIMARY KEY (job_id, attempt)
);

CREATE TABLE webhooks (
    id          uuid PRIMARY KEY,
    job_id      uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    scheme      text NOT NULL,
    is_active   boolean NOT NULL DEFAULT true,
    created_at  timestamptz NOT NULL
);
CREATE INDEX webhooks_by_job ON webhooks (job_id);

-- No foreign keys: a delivery for a webhook or job that nobody knows is kept as well, by whatever name it asked for one.
CREATE TABLE webhook_deliveries (
    id                 uuid PRIMARY KEY,
    webhook_id         text,
    job_id             text,
    received_at        timestamptz NOT NULL,
    source             text NOT NULL,
    method             text NOT NULL,
    headers            json NOT NULL,
    body               bytea NOT NULL,
    signature_verdict  text NOT NULL,
    outcome            text NOT NULL,
    outcome_detail     text,
    stage_reached      text NOT NULL,
    duration_us        bigint NOT NULL,
    replay_of          uuid
);
CREATE INDEX webhook_deliveries_by_received ON webhook_deliveries (received_at, id);
CREATE INDEX webhook_deliveries_by_job ON webhook_deliveries (job_id, received_at, id) WHERE job_id IS NOT NULL;

CREATE TABLE files (
    id             uuid PRIMARY KEY,
    path           text NOT NULL,
    original_name  text,
    mime_type      text,
    size_bytes     bigint,
    sha256         text,
    duration_ms    bigint,
    meta           json,
    user_id        text,
    created_at     timestamptz NOT NULL
);
CREATE UNIQUE INDEX files_by_path ON files (path);

CREATE TABLE artifacts (
    id          uuid PRIMARY KEY,
    job_id      uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    file_id     uuid REFERENCES files (id),
    kind        text NOT NULL,
    meta        json,
    created_at  timestamptz NOT NULL
);
CREATE INDEX artifacts_by_job ON artifacts (job_id, id);
CREATE INDEX artifacts_by_file ON artifacts (file_id);

-- The id is the one that the worker chose.
CREATE TABLE transcriptions (
    id           text PRIMARY KEY,
    job_id       uuid REFERENCES jobs (id) ON DELETE SET NULL,
    file_id      uuid REFERENCES files (id),
    engine       text,
    model        text,
    language     text,
    text         text NOT NULL,
    document     json NOT NULL,
    edited_from  text,
    created_at   timestamptz NOT NULL
);
CREATE INDEX transcriptions_by_job ON transcriptions (job_id);
CREATE INDEX transcriptions_by_file ON transcriptions (file_id);

CREATE TABLE caption_presets (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    style       json NOT NULL,
    is_builtin  boolean NOT NULL DEFAULT false,
    user_id     text,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL
);

CREATE TABLE notifications (
    id          uuid PRIMARY KEY,
    user_id     text,
    job_id      uuid REFERENCES jobs (id) ON DELETE CASCADE,
    kind        text NOT NULL,
    title       text NOT NULL,
    body        text NOT NULL,
    payload     json,
    is_read     boolean NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL
);
CREATE INDEX notifications_by_created ON notifications (created_at, id);
CREATE INDEX notifications_by_job ON notifications (job_id);

CREATE TABLE operator_journal (
    id          uuid PRIMARY KEY,
    operator    text NOT NULL,
    role        text NOT NULL,
    action      text NOT NULL,
    target      text NOT NULL,
    reason      text,
    before      json,
    after       json,
    connection  text NOT NULL,
    created_at  timestamptz NOT NULL
);
CREATE INDEX operator_journal_by_created ON operator_journal (created_at, id);

CREATE TABLE settings (
    key         text PRIMARY KEY,
    value       text NOT NULL,
    updated_at  timestamptz NOT NULL
);

-- A process that runs jobs. Its messages are leased for as long as last_seen_at moves, by the server's clock: the workers of one store
-- are on several machines, and their own clocks are not compared.
CREATE TABLE workers (
    id            text PRIMARY KEY,
    host          text NOT NULL,
    pid           bigint NOT NULL,
    threads       integer NOT NULL,
    state         text NOT NULL,
    boot_id       text NOT NULL,
    heartbeat_us  bigint NOT NULL,
    lease_us      bigint NOT NULL,
    started_at    timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL
);

CREATE TABLE queue_messages (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          uuid NOT NULL UNIQUE,
    queue       text NOT NULL,
    job_id      uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    actor       text NOT NULL,
    state       text NOT NULL,
    crashes     integer NOT NULL DEFAULT 0,
    leased_by   text,
    abort       boolean NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL
);
CREATE INDEX queue_messages_ready ON queue_messages (queue, position) WHERE state = 'ready';
CREATE INDEX queue_messages_leased ON queue_messages (leased_by) WHERE leased_by IS NOT NULL;
CREATE INDEX queue_messages_by_job ON queue_messages (job_id);
