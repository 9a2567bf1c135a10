#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# partition_plan.sh [JOBS [EVENTS_OF_EACH]] : tries the plan of resources/help/scale.md on a scratch server with fsync on: JOBS jobs of ten
# months (default 1,000,000) with so many events each (10), once in one table and once in a partition a month, and prints what each costs.
set -euo pipefail
jobs="${1:-1000000}"
events="${2:-10}"
here="$(cd "$(dirname "$0")" && pwd)"
place="$(mktemp -d)"
"$here/../support/postgres.sh" durable "$place"
trap '"$here/../support/postgres.sh" stop "$place"; rm -rf -- "$place"' EXIT
run() {
    psql -X -q -v ON_ERROR_STOP=1 -h "$(readlink "$place/socket")" -U postgres postgres "$@"
}
timed() {
    local what="$1" begin end
    shift
    begin="$(date +%s%N)"
    run "$@" >/dev/null
    end="$(date +%s%N)"
    printf '%-78s %9.1f ms\n' "$what" "$(awk "BEGIN { print ($end - $begin) / 1000000 }")"
}
run <"$here/../../resources/schema/postgres/0001_core.sql"
run <"$here/../../resources/schema/postgres/0002_job_indexes.sql"
# An id of a moment: 48 bits of milliseconds stand first in a UUID of version 7.
run <<'SQL'
CREATE FUNCTION id_of(moment timestamptz, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(number), 15, '0'))::uuid $$;
SQL
run -v jobs="$jobs" <<'SQL'
SET maintenance_work_mem = '256MB';
INSERT INTO jobs (id, job_type, status, input_data, user_id, created_at, started_at, finished_at, updated_at)
SELECT id_of(at, i), 'MEDIA_PROBE', 'DONE', '{"file_path":"inputs/holiday.mp4"}', 'user-' || i % 1000, at, at, at + interval '9 s', at + interval '9 s'
FROM (SELECT i, timestamptz '2026-01-01 00:00+0' + i * (interval '300 days' / :jobs) AS at FROM generate_series(1, :jobs) AS i) AS made;
CREATE TABLE partitioned_events (LIKE job_events INCLUDING DEFAULTS) PARTITION BY RANGE (job_id);
SELECT format('CREATE TABLE events_%s PARTITION OF partitioned_events FOR VALUES FROM (%L) TO (%L)', month,
    id_of(timestamptz '2026-01-01 00:00+0' + (month - 1) * interval '30 days', 0), id_of(timestamptz '2026-01-01 00:00+0' + month * interval '30 days', 0))
FROM generate_series(1, 11) AS month \gexec
-- Not DEFAULT: beside one no partition can be detached without locking out everybody.
SELECT format('CREATE TABLE events_before PARTITION OF partitioned_events FOR VALUES FROM (MINVALUE) TO (%L)', id_of('2026-01-01 00:00+0', 0)) \gexec
SELECT format('CREATE TABLE events_after PARTITION OF partitioned_events FOR VALUES FROM (%L) TO (MAXVALUE)',
    id_of(timestamptz '2026-01-01 00:00+0' + interval '330 days', 0)) \gexec
ALTER TABLE partitioned_events ADD PRIMARY KEY (job_id, sequence);
CREATE UNIQUE INDEX ON partitioned_events (job_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX ON partitioned_events (position);
ALTER TABLE partitioned_events ADD FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE;
SQL
filled="SELECT (row_number() OVER ()) << 20, gen_random_uuid(), id, n, 'progress', 'RUNNING', 50, 'Looking at it', NULL, 'e-' || n, 1, n, 'worker', created_at FROM jobs, generate_series(1, $events) AS n"
printf '%s jobs, %s events each\n' "$jobs" "$events"
# the rows fit: no look at each one's job
quickly="SET session_replication_role = replica"
timed "fill one table" -c "$quickly" -c "INSERT INTO job_events $filled"
timed "fill the partitions" -c "$quickly" -c "INSERT INTO partitioned_events $filled"
timed "VACUUM ANALYZE of both and of the jobs" -c "VACUUM (ANALYZE) job_events" -c "VACUUM (ANALYZE) partitioned_events" -c "VACUUM (ANALYZE) jobs"
run -At <<'SQL'
SELECT 'one table ' || pg_size_pretty(pg_total_relation_size('job_events')) || ', jobs ' || pg_size_pretty(pg_total_relation_size('jobs'));
SQL
# each a hundred times, so that the connection does not count
hundred() {
    local what="$1" sql="$2"
    timed "100 x $what" -c "DO \$\$ BEGIN FOR i IN 1..100 LOOP EXECUTE \$q\$$sql\$q\$ ; END LOOP; END \$\$"
}
one="(SELECT id FROM jobs WHERE created_at > '2026-06-01' ORDER BY created_at LIMIT 1)"
for table in job_events partitioned_events; do
    hundred "events of a job, $table" "SELECT * FROM $table WHERE job_id = $one"
    hundred "500 changes since a position, $table" "SELECT * FROM $table WHERE position > (SELECT max(position) - (1000::bigint << 20) FROM $table) ORDER BY position LIMIT 500"
done
timed "DELETE of the oldest month's events, one table" -c "DELETE FROM job_events WHERE job_id < id_of('2026-01-31 00:00+0', 0)"
timed "VACUUM after it" -c "VACUUM job_events"
timed "DETACH CONCURRENTLY of the oldest month's partition" -c "ALTER TABLE partitioned_events DETACH PARTITION events_1 CONCURRENTLY"
timed "DROP of it" -c "DROP TABLE events_1"
timed "DELETE of 10,000 jobs with their events (as prune does, in one)" -c "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs ORDER BY created_at LIMIT 10000)"
