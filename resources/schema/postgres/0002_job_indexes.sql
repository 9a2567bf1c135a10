-- SPDX-License-Identifier: Apache-2.0
-- The list sorted by how long jobs took, those without such a span included.
CREATE INDEX jobs_by_took ON jobs ((finished_at - started_at), id);
-- Cancels that the queue was not told of: none or few, and found among any number of jobs.
CREATE INDEX jobs_cancelled_untold ON jobs (id) WHERE cancel_requested_at IS NOT NULL AND cancel_broker_informed_at IS NULL;
