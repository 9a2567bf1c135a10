-- SPDX-License-Identifier: Apache-2.0
-- The list sorted by how long jobs took, those without such a span included.
CREATE INDEX jobs_by_took ON jobs ((finished_at - started_at), id);
-- Cancels that the queue was not told of: none or few, and found among any number of jobs.
CREATE INDEX jobs_cancelled_untold ON jobs (id) WHERE cancel_requested_at IS NOT NULL AND cancel_broker_informed_at IS NULL;
-- Filters that name an owner, a project or a type, newest first. The names compare without regard to case for A-Z, as in
-- filter_repository.cpp, whose words these are. Together with jobs_by_status and jobs_by_created they serve every filter that
-- isServedByIndex() calls served; the others end at a ceiling (JobListRepository).
CREATE INDEX jobs_by_owner ON jobs (lower(user_id COLLATE "C"), created_at, id) WHERE user_id IS NOT NULL;
CREATE INDEX jobs_by_project ON jobs (lower(project_id COLLATE "C"), created_at, id) WHERE project_id IS NOT NULL;
CREATE INDEX jobs_by_type ON jobs (job_type, created_at, id);
-- What is not over, however much is: what pruning must leave, and statuses of another program's.
CREATE INDEX jobs_not_over ON jobs (id) WHERE status NOT IN ('DONE', 'FAILED', 'CANCELLED');

-- Which index serves which question of the console (tests/core/jobs/tst_postgres_plans.cpp asks the planner at a million jobs):
--   list of all jobs, since: and before:, newest or oldest first, and their counts    jobs_by_created
--   list by last change; statistics of a time                                         jobs_by_updated
--   list by how long jobs took                                                        jobs_by_took
--   status:, one or several merged, its counts; failure groups; tallies               jobs_by_status
--   type:                                                                             jobs_by_type
--   owner:, project:, with whatever else                                              jobs_by_owner, jobs_by_project
--   id: (from eight characters on), a job's page                                      jobs_pkey
--   retried-from:, lineage                                                            jobs_by_retried_from
--   a submit's twin                                                                   jobs_one_active_per_dedupe_key
--   any other filter: the newest rows by jobs_by_created, down to its ceiling
--   events of a job, its event ids; changes since a position                          job_events_pkey, job_events_one_per_event_id; job_events_by_position
--   deliveries, newest first and of a job                                             webhook_deliveries_by_received, webhook_deliveries_by_job
--   artifacts by age and of a job, files by size                                      artifacts_by_created, artifacts_by_job, files_by_size
--   notifications, journal                                                            notifications_by_created, operator_journal_by_created
--   the queue: next message, waiting, leased                                          queue_messages_ready, queue_messages_leased
