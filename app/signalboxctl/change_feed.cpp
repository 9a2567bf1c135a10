// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/change_feed.h"

#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

namespace app {

using core::errorOf;
using core::Result;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds afterFailure{1};    // a server that is away is told of when it is back, and is not to be run down until then

}

Result<void> ChangeFeed::start()
{
    m_session.wakeups.catchSignals();
    const auto last = m_session.backend.lastChange().wait();
    if (!last)
        return errorOf(last);
    m_position = *last;
    return {};
}

Result<QList<core::jobs::JobEvent>> ChangeFeed::next(std::chrono::milliseconds longest)
{
    constexpr int pageSize = 500;
    m_session.wakeups.wait(std::min(m_nextLook, longest));
    QList<core::jobs::JobEvent> events;
    for (;;) {
        const auto page = m_session.backend.changesAfter(m_position, pageSize).wait();
        m_nextLook = page ? page->nextLook : afterFailure;
        if (!page)
            return errorOf(page);
        events << page->events;
        m_position = std::max(m_position, page->position);
        if (page->events.size() < pageSize)
            return events;
    }
}

Result<core::backend::JobDetails> waitForEnd(Session& session, const core::JobId& id,
                                             const std::function<void(const core::jobs::Job&)>& report)
{
    ChangeFeed feed(session);
    if (const auto started = feed.start(); !started)
        return errorOf(started);
    for (;;) {
        auto details = session.backend.job(id).wait();
        if (!details)
            return details;
        report(details->job);
        if (core::jobs::isTerminal(details->job.status))
            return details;
        for (bool isNews = false; !isNews;) {
            const auto events = feed.next();
            if (!events)
                return errorOf(events);
            if (session.wakeups.interrupts() > 0)
                return session.backend.job(id).wait();
            isNews = std::any_of(events->begin(), events->end(), [&](const core::jobs::JobEvent& event) { return event.jobId == id; });
        }
    }
}

void ProgressReport::show(const core::jobs::Job& job)
{
    const QString message = job.message.isEmpty() ? statusText(job) : u"%1  %2"_s.arg(statusText(job), job.message);
    if (m_output.canShowProgress()) {
        if (core::jobs::isTerminal(job.status))
            m_output.endProgress();
        else
            m_output.progress(job.progressPct, message);
        return;
    }
    const QString tenth = u"%1 %2"_s.arg(statusText(job)).arg(job.progressPct / 10);
    if (tenth != m_shown)
        m_output.note(u"%1  %2%  %3"_s.arg(visible(statusText(job))).arg(job.progressPct).arg(visible(job.message)));
    m_shown = tenth;
}

}
