-- SPDX-License-Identifier: Apache-2.0
-- The list sorted by how long jobs took, those without such a span included.
CREATE INDEX jobs_by_took ON jobs ((finished_at - started_at), id);
