// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/live_store.h"

#include "tests/bench/job_store.h"

namespace bench {

namespace {

constexpr int ended = 20'000;
constexpr qsizetype numberDigits = 12;    // of jobStoreId(), at its end

}

LiveStore::LiveStore()
{
    makeJobStore(path(), {ended, running});
}

QList<core::JobId> LiveStore::runningJobs() const
{
    QList<core::JobId> jobs;
    for (int i = 0; i < running; ++i)
        jobs << core::JobId{QString::fromLatin1(jobStoreId(ended + i))};
    return jobs;
}

int LiveStore::runningIndex(const core::JobId& id)
{
    const int number = QStringView(id.text).last(numberDigits).toInt(nullptr, 16);
    return number >= ended && number < ended + running ? number - ended : -1;
}

}
