// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

namespace test_support {

/// How many rows a server's store gets, all of one shape: the newest job is a minute old, each other a second older than the next.
struct ManyJobs {
    qint64 jobs = 1'000'000;
    qint64 eventsOfEach = 1;
    qint64 deliveries = 100'000;    ///< of the newest jobs
    qint64 artifacts = 100'000;     ///< with a file each
};

/// One job in ten has failed, one in 25 was cancelled, 100 run and 100 wait; 1,000 owners, 7 projects, all types. The rows are made on the
/// server, their indexes at the end, each in one go. Ends the program where it cannot.
void makeManyJobs(core::database::Database& database, const ManyJobs& wish = {});

}
