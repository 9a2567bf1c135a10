-- SPDX-License-Identifier: Apache-2.0
-- For lists across jobs: artifacts by age, files by size.
CREATE INDEX artifacts_by_created ON artifacts (created_at, id);
CREATE INDEX files_by_size ON files (size_bytes, id);
