// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/change_stream.h"

#include "core/tasks/webhook_event.h"
#include "tests/bench/figures.h"
#include "tests/bench/ui/process_facts.h"

namespace bench {

using namespace Qt::StringLiterals;

ChangeStream::ChangeStream(core::backend::Backend& backend, QList<core::JobId> jobs, int perSecond)
    : m_backend(backend), m_jobs(std::move(jobs)), m_perSecond(perSecond), m_thread([this] { run(); })
{
}

ChangeStream::~ChangeStream()
{
    if (m_thread.joinable())
        (void)stop();
}

std::vector<ChangeStream::Change> ChangeStream::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ends = true;
    }
    m_stirred.notify_all();
    m_thread.join();
    return std::move(m_changes);
}

/// False when it is to end.
bool ChangeStream::restUntil(std::chrono::steady_clock::time_point next)
{
    std::unique_lock lock(m_mutex);
    return !m_stirred.wait_until(lock, next, [this] { return m_ends; });
}

void ChangeStream::run()
{
    const core::Caller caller{u"bench"_s, u"operator"_s, false, u"bench"_s};
    auto next = std::chrono::steady_clock::now();
    for (int number = 1; restUntil(next); ++number) {
        const int job = (number - 1) % static_cast<int>(m_jobs.size());
        core::tasks::WebhookEvent event;
        event.eventId = core::newUuidV7();
        event.status = core::JobStatus::Running;
        event.attempt = 1;
        event.sequence = number;
        event.occurredAt = core::base::systemNow();
        event.progressPct = number / m_jobs.size() % 100;
        event.message = u"change %1"_s.arg(number);
        const auto outcome =
            must(m_backend.post(caller, m_jobs.at(job), core::tasks::writeWebhookEvent(event), core::tasks::Mode::Apply).wait());
        if (outcome.outcome != core::webhooks::Outcome::Applied)
            giveUp(u"a change was not taken: %1"_s.arg(outcome.error ? outcome.error->message : u"ignored"_s));
        m_changes.push_back({job, number, machineMs()});
        ++m_count;
        if (m_perSecond > 0)
            next += std::chrono::microseconds(1'000'000 / m_perSecond);    // what came late is caught up with
    }
}

}
