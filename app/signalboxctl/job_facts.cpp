// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/job_commands.h"
#include "app/signalboxctl/words.h"

#include <algorithm>

namespace app {

using core::JobStatus;
using core::backend::JobDetails;
using core::backend::QueueState;
using namespace Qt::StringLiterals;

bool isAlive(const core::broker::Worker& worker, core::Time now)
{
    // Another boot's monotonic stamp means nothing here; the wall clock is the best there is.
    if (worker.bootId != core::base::bootId())
        return now - worker.lastSeenAt < std::chrono::microseconds(worker.leaseUs);
    return core::base::monotonicMicros() - worker.heartbeatUs < worker.leaseUs;
}

QString whyNotRunning(const JobDetails& details, const QueueState& queue, core::Time now)
{
    switch (details.job.status) {
    case JobStatus::Running:
        if (!details.waitsInQueue())
            return u"It runs."_s;
        break;    // handed back by its worker: the status stays, the message waits again
    case JobStatus::Done:
    case JobStatus::Failed:
    case JobStatus::Cancelled: return u"It has ended."_s;
    case JobStatus::Unknown: return u"Its status is not known to this version."_s;
    case JobStatus::Pending: break;
    }
    if (details.messages.isEmpty())
        return u"No message in the queue asks for it: it will not run. Cancel it, or resubmit it."_s;
    const QString owner = details.messages.constFirst().leasedBy;
    if (!owner.isEmpty())
        return u"Worker %1 has taken it and has not reported yet."_s.arg(owner);
    const QString waits = details.job.attempt == 0 ? u"It waits in the queue for a worker."_s
                                                   : u"It waits in the queue for a worker, attempt %1 (attempt %2 lost its worker)."_s
                                                         .arg(details.job.attempt + 1)
                                                         .arg(details.job.attempt);
    if (queue.paused)
        return waits + u" The queue is paused (`signalboxctl queue resume`)."_s;
    const auto living = std::count_if(queue.workers.begin(), queue.workers.end(), [&](const auto& worker) { return isAlive(worker, now); });
    if (living == 0)
        return waits + u" No worker is running (`signalboxctl work`)."_s;
    return waits + u" %1 waiting, %2 running on %3 worker(s)."_s.arg(queue.waiting).arg(queue.leased).arg(living);
}

QList<std::pair<QString, QString>> cancelSteps(const JobDetails& details)
{
    const auto& times = details.job.cancel;
    const auto step = [](const std::optional<core::Time>& time) { return time ? exactText(*time) : u"has not happened"_s; };
    QString anyway = step(details.finishedAnywayAt);
    if (details.finishedAnywayAt)
        anyway += u" as %1"_s.arg(details.finishedAnywayAs);
    return {
        {u"  asked"_s, step(times.requestedAt)},
        {u"  broker informed"_s, step(times.brokerInformedAt)},
        {u"  worker acknowledged"_s, step(times.acknowledgedAt)},
        {u"  finished anyway"_s, anyway},
    };
}

}
