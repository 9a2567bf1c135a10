// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/jobs/failure_groups.h"
#include "core/jobs/filter_repository.h"
#include "core/jobs/statistics_models.h"

namespace core::jobs {

/// What pages ask about many jobs at once. Every read has a ceiling and says when it met it; none reads a payload, but to search in it
/// for a filter that asks for one.
class StatisticsRepository {
public:
    explicit StatisticsRepository(database::Database& database, int jobCeiling = statisticsCeiling, int failedCeiling = failureCeiling,
                                  int tallyCeiling = summaryCeiling)
        : m_database(database), m_jobCeiling(jobCeiling), m_failedCeiling(failedCeiling), m_tallyCeiling(tallyCeiling)
    {
    }

    [[nodiscard]] Result<JobTallies> tallies(Time now) const;
    [[nodiscard]] Result<JobStatistics> statistics(const StatisticsRequest& request) const;
    [[nodiscard]] Result<FailureGroups> failureGroups(const StatisticsRequest& request) const;

    /// The statements behind these, for whoever asks how the store runs them.
    [[nodiscard]] static SqlText tallyStatement(JobStatus status, const std::optional<Time>& since, int ceiling);
    [[nodiscard]] static SqlText statisticsStatement(const StatisticsRequest& request, const std::optional<JobKey>& floor,
                                                     database::Engine engine = database::Engine::Sqlite);
    [[nodiscard]] static SqlText failuresStatement(const StatisticsRequest& request, Time since, const std::optional<JobKey>& floor,
                                                   database::Engine engine = database::Engine::Sqlite);

private:
    [[nodiscard]] Result<StatusTally> tally(JobStatus status, const std::optional<Time>& since) const;
    /// The newest row that the ceiling leaves out; nothing if there are not so many.
    [[nodiscard]] Result<std::optional<JobKey>> floorOf(const SqlText& statement) const;

    database::Database& m_database;
    int m_jobCeiling;
    int m_failedCeiling;
    int m_tallyCeiling;
};

}
