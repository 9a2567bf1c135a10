// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/change_stream.h"

#include "core/tasks/webhook_event.h"
#include "tests/bench/figures.h"
#include "tests/bench/ui/process_facts.h"

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int atOnce = 32;

}

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

core::Pending<core::tasks::WebhookOutcome> ChangeStream::report(int number)
{
    static const core::Caller caller{u"bench"_s, u"operator"_s, false, u"bench"_s};
    core::tasks::WebhookEvent event;
    event.eventId = core::newUuidV7();
    event.status = core::JobStatus::Running;
    event.attempt = 1;
    event.sequence = number;
    event.occurredAt = core::base::systemNow();
    event.progressPct = static_cast<int>(number / m_jobs.size() % 100);
    event.message = u"change %1"_s.arg(number);
    return m_backend.post(caller, m_jobs.at(jobOf(number)), core::tasks::writeWebhookEvent(event), core::tasks::Mode::Apply);
}

void ChangeStream::run()
{
    const auto begun = std::chrono::steady_clock::now();
    auto next = begun;
    int number = 0;
    while (restUntil(next)) {
        // what is due by now goes out at once and is waited for afterwards: a crowded machine would stretch each wait
        int due = number + atOnce;
        if (m_perSecond > 0) {
            const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - begun;
            due = std::min(due, std::max(number + 1, static_cast<int>(gone.count() * m_perSecond)));
        }
        QList<core::Pending<core::tasks::WebhookOutcome>> underWay;
        for (int each = number + 1; each <= due; ++each)
            underWay.append(report(each));
        for (const auto& pending : underWay) {
            const auto outcome = must(pending.wait());
            if (outcome.outcome != core::webhooks::Outcome::Applied)
                giveUp(u"a change was not taken: %1"_s.arg(outcome.error ? outcome.error->message : u"ignored"_s));
            ++number;
            m_changes.push_back({jobOf(number), number, machineMs()});
            ++m_count;
        }
        if (m_perSecond > 0)
            next = begun + std::chrono::microseconds(qint64{1'000'000} * (number + 1) / m_perSecond);
    }
}

}
