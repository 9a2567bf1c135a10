// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/broker/models.h"
#include "core/database/database.h"

namespace core::broker {

/// Runs across jobs, and who has them.
class AttemptsRepository {
public:
    explicit AttemptsRepository(database::Database& database) : m_database(database) {}
    /// Runs that have not ended, longest first, at most attemptsUnderWayCeiling: of running jobs, and of jobs whose message a worker
    /// still has although they were cancelled.
    [[nodiscard]] Result<QList<AttemptUnderWay>> underWay() const;

    [[nodiscard]] static const char* underWayStatement();

private:
    database::Database& m_database;
};

}
