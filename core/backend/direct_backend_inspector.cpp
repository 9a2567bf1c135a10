// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend_state.h"
#include "core/backend/job_story.h"
#include "core/backend/masking.h"
#include "core/jobs/event_repository.h"
#include "core/jobs/repository.h"

namespace core::backend {

using namespace Qt::StringLiterals;

namespace {

constexpr int newestJobs = 2000;

}

Pending<JobStory> DirectBackend::jobStory(const JobId& id)
{
    return m_state->stories->run([=](Session& session) { return masked(readJobStory(*session.database, id)); });
}

Pending<QList<jobs::JobEvent>> DirectBackend::eventsBefore(const JobId& id, qint64 sequence, int limit)
{
    return m_state->stories->run([=](Session& session) { return masked(jobs::eventsBefore(*session.database, id, sequence, limit)); });
}

Pending<QByteArray> DirectBackend::payload(const JobId& id, PayloadPart part)
{
    // a payload may be large: not on the lane that has to be quick
    return m_state->lists->run([=](Session& session) -> Result<QByteArray> {
        const jobs::JobRepository repository(*session.database);
        auto bytes = repository.payload(id, part == PayloadPart::Input ? jobs::PayloadColumn::Input : jobs::PayloadColumn::Output);
        if (!bytes)
            return errorOf(bytes);
        if (*bytes)
            return std::move(**bytes);
        const auto job = repository.findSummary(id);
        if (!job)
            return errorOf(job);
        if (!*job)
            return failure(ErrorKind::NotFound, u"job_unknown"_s, u"There is no job %1"_s.arg(id.text), u"id"_s);
        return failure(ErrorKind::NotFound, u"output_missing"_s, u"The job has no output"_s, u"output_data"_s);
    });
}

Pending<QList<HostFailures>> DirectBackend::failuresByHost(const QString& storedType, const QString& errorCode, Time since)
{
    return m_state->lists->run([=](Session& session) {
        return jobs::JobRepository(*session.database)
            .failuresByHost(storedType, errorCode, since, newestJobs)
            .map([](const QList<jobs::HostCount>& counts) {
                QList<HostFailures> hosts;
                for (const jobs::HostCount& count : counts)
                    hosts.append({count.host, count.jobs, count.failed});
                return hosts;
            });
    });
}

}
