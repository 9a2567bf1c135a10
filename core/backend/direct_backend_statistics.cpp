// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend.h"
#include "core/backend/direct_backend_state.h"
#include "core/backend/masking.h"
#include "core/backend/queue_state.h"
#include "core/broker/queue_repository.h"
#include "core/jobs/statistics_repository.h"

namespace core::backend {

Pending<StoreSummary> DirectBackend::summary()
{
    return m_state->statistics->run([](Session& session) -> Result<StoreSummary> {
        auto tallies = jobs::StatisticsRepository(*session.database).tallies(base::systemNow());
        if (!tallies)
            return errorOf(tallies);
        auto queue = readQueue(*session.database);
        if (!queue)
            return errorOf(queue);
        return StoreSummary{std::move(*tallies), std::move(*queue)};
    });
}

Pending<Dashboard> DirectBackend::dashboard(const jobs::StatisticsRequest& request)
{
    return dashboard(request, ReadHandle());
}

Pending<Dashboard> DirectBackend::dashboard(const jobs::StatisticsRequest& request, const ReadHandle& handle)
{
    return m_state->statistics->run(handle, [=](Session& session) -> Result<Dashboard> {
        auto statistics = jobs::StatisticsRepository(*session.database).statistics(request);
        if (!statistics)
            return errorOf(statistics);
        auto queue = readQueue(*session.database);
        if (!queue)
            return errorOf(queue);
        const auto oldest = broker::QueueRepository(*session.database).oldestWaiting(queue->queue);
        if (!oldest)
            return errorOf(oldest);
        return Dashboard{std::move(*statistics), std::move(*queue), *oldest};
    });
}

Pending<jobs::FailureGroups> DirectBackend::failureGroups(const jobs::StatisticsRequest& request)
{
    return failureGroups(request, ReadHandle());
}

Pending<jobs::FailureGroups> DirectBackend::failureGroups(const jobs::StatisticsRequest& request, const ReadHandle& handle)
{
    return m_state->statistics->run(handle, [=](Session& session) {
        auto groups = jobs::StatisticsRepository(*session.database).failureGroups(request);
        if (groups)
            groups->groups = masked(std::move(groups->groups));
        return groups;
    });
}

}
