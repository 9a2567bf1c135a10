// SPDX-License-Identifier: Apache-2.0
#include "core/broker/attempts_repository.h"

namespace core::broker {

using database::Path;
using database::Row;

const char* AttemptsRepository::underWayStatement()
{
    // From the few jobs that can have one to their runs: the runs themselves are many, and each holds its log.
    return "SELECT jobs.id, jobs.job_type, jobs.status, coalesce(jobs.current_message, ''), coalesce(jobs.user_id, ''), jobs.progress_pct, "
           "job_attempts.attempt, coalesce(job_attempts.worker, ''), coalesce(job_attempts.host, ''), coalesce(job_attempts.pid, 0), "
           "job_attempts.started_at, workers.last_seen_at "
           "FROM (SELECT id FROM jobs WHERE status = 'RUNNING' "
           "UNION SELECT job_id FROM queue_messages WHERE leased_by IS NOT NULL) AS candidates "
           "JOIN jobs ON jobs.id = candidates.id "
           "JOIN job_attempts ON job_attempts.job_id = candidates.id AND job_attempts.finished_at IS NULL "
           "LEFT JOIN workers ON workers.id = job_attempts.worker "
           "ORDER BY job_attempts.started_at, jobs.id LIMIT :limit";
}

Result<QList<AttemptUnderWay>> AttemptsRepository::underWay() const
{
    auto query = m_database.prepare(underWayStatement(), Path::Hot);
    query.bind(":limit", attemptsUnderWayCeiling);
    return query.fetchAll([](Row& row) {
        AttemptUnderWay run;
        run.jobId = row.id<JobId>();
        run.jobTypeText = row.string();
        run.jobStatusText = row.string();
        run.jobMessage = row.string();
        run.userId = row.string();
        run.progressPct = row.integer();
        run.attempt = row.integer();
        run.worker = row.string();
        run.host = row.string();
        run.pid = row.int64();
        run.startedAt = row.time();
        run.workerSeenAt = row.optionalTime();
        return run;
    });
}

}
