// SPDX-License-Identifier: Apache-2.0
#include "core/backend/queue_state.h"

#include "core/broker/queue_repository.h"

namespace core::backend {

Result<QueueState> readQueue(database::Database& database)
{
    broker::QueueRepository queue(database);
    QueueState state;
    state.queue = broker::defaultQueue;
    const auto paused = queue.isPaused(state.queue);
    const auto waiting = queue.waitingCount(state.queue);
    const auto leased = queue.leasedCount(state.queue);
    const auto workers = queue.workers();
    if (!paused)
        return errorOf(paused);
    if (!waiting)
        return errorOf(waiting);
    if (!leased)
        return errorOf(leased);
    if (!workers)
        return errorOf(workers);
    return QueueState{state.queue, *paused, *waiting, *leased, *workers};
}

}
