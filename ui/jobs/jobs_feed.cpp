// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_feed.h"

#include "ui/jobs/jobs_model.h"
#include "ui/session/store_session.h"

#include <algorithm>

namespace ui {

using core::JobId;
using core::jobs::JobPage;
using core::jobs::JobSummary;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr int rowsAtOnce = 500;
constexpr int topRows = 200;
constexpr int breathMs = 100;     // between two looks at the top, and more the longer one takes:
constexpr int restFactor = 10;    // a filter that no index serves has at most a tenth of a lane and of a server

}

JobsFeed::JobsFeed(StoreSession& session, JobsModel& model, QObject* parent) : QObject(parent), m_session(session), m_model(model)
{
    m_breath.setSingleShot(true);
    connect(&m_breath, &QTimer::timeout, this, [this] {
        if (std::exchange(m_lookDue, false))
            lookSoon();
    });
    connect(&session, &StoreSession::changed, this, &JobsFeed::noteEvents);
    connect(&session, &StoreSession::changedMuch, this, [this] {
        touchAll();
        lookSoon();
    });
    connect(&session, &StoreSession::liveChanged, this, &JobsFeed::endRest);
    connect(&session, &StoreSession::stateChanged, this, &JobsFeed::endRest);
    connect(&model, &JobsModel::extentChanged, this, [this] {
        if (m_model.isAtTop() && m_model.rowCount() > 0)
            m_topKey = m_model.rowAt(0).key();
        else if (m_model.isAtTop())
            m_topKey.reset();
    });
    connect(&model, &JobsModel::queryArrived, this, [this] {
        m_breath.stop();    // it was of another list
        m_lookDue = false;
        m_touched.clear();
        forgetWaiting();
    });
}

void JobsFeed::setHeld(bool held)
{
    if (m_held == held)
        return;
    m_held = held;
    if (!held && m_waiting > 0)
        look();
}

void JobsFeed::readAgain()
{
    touchAll();
    look();
}

void JobsFeed::touchAll()
{
    const auto ids = m_model.loadedIds();
    m_touched.unite(QSet<JobId>(ids.begin(), ids.end()));
    readTouched();
}

void JobsFeed::forgetWaiting()
{
    setWaiting(0, false);
}

void JobsFeed::noteEvents(const QList<core::jobs::JobEvent>& events)
{
    bool elsewhere = false;
    for (const auto& event : events) {
        if (m_model.rowOf(event.jobId))
            m_touched << event.jobId;
        else
            elsewhere = true;
    }
    readTouched();
    // a job that changed may match no longer, or stand elsewhere; in the list of all by their creation none does
    const bool mayMove = !takesAll(m_model.query().filter) || m_model.query().sort != core::jobs::JobSort::Created;
    if (elsewhere || (!m_held && mayMove))
        lookSoon();
}

void JobsFeed::lookSoon()
{
    if (m_breath.isActive() || m_looking) {
        m_lookDue = true;
        return;
    }
    look();
}

void JobsFeed::rest(SteadyClock::duration took)
{
    m_breath.start(std::max(std::chrono::milliseconds(breathMs), std::chrono::duration_cast<std::chrono::milliseconds>(restFactor * took)));
}

/// Whoever turns Live on, or sees a server come back, wants to see it now.
void JobsFeed::endRest()
{
    m_breath.stop();
    if (m_session.isOpen() && m_session.isLive() && std::exchange(m_lookDue, false))
        lookSoon();
}

void JobsFeed::readTouched()
{
    if (m_reading || m_touched.isEmpty() || !m_session.backend())
        return;
    QList<JobId> ids;
    for (auto each = m_touched.begin(); each != m_touched.end() && ids.size() < rowsAtOnce;) {
        ids << *each;
        each = m_touched.erase(each);
    }
    m_reading = true;
    core::whenDone(m_session.backend()->jobRows(ids), this, [this, ids](const core::Result<QList<JobSummary>>& rows) {
        m_reading = false;
        if (!rows) {
            m_touched.clear();    // a store that is gone: the session tells when to read again
            m_session.noteFailure(rows.error());
            return;
        }
        m_model.updateRows(*rows);
        QSet<JobId> gone(ids.begin(), ids.end());
        for (const JobSummary& job : *rows)
            gone.remove(job.id);
        if (!gone.isEmpty())
            m_model.removeJobs(gone);
        readTouched();
    });
}

void JobsFeed::look()
{
    const bool knowsTop = m_model.isAtTop() || m_topKey;
    if (!m_session.backend() || !m_model.hasLoaded() || !knowsTop)
        return;
    if (m_looking) {
        m_lookAgain = true;
        return;
    }
    m_looking = true;
    m_lookAgain = false;
    core::jobs::PageRequest request;
    request.sort = m_model.query().sort;
    request.direction = m_model.query().direction;
    request.limit = topRows;
    const bool fromTop = m_model.isAtTop();
    if (!fromTop)
        request.before = m_topKey;
    core::whenDone(core::backend::longReads(*m_session.backend()).listJobs(m_model.query().filter, request, m_model.reads()), this,
                   [this, fromTop, generation = m_model.generation(), begin = SteadyClock::now()](const core::Result<JobPage>& page) {
                       m_looking = false;
                       if (generation == m_model.generation())
                           rest(SteadyClock::now() - begin);
                       if (!page)
                           m_session.noteFailure(page.error());
                       else if (generation == m_model.generation() && fromTop == m_model.isAtTop())
                           takeTop(*page);
                       else
                           m_lookAgain = true;
                       if (m_lookAgain)
                           look();
                   });
}

void JobsFeed::takeTop(const JobPage& page)
{
    if (!m_held && m_model.isAtTop()) {
        m_model.mergeTop(page);
        setWaiting(0, false);
        return;
    }
    int found = 0;
    bool reachesKnown = false;
    for (const JobSummary& job : page.rows) {
        const bool known = m_model.rowOf(job.id).has_value();
        found += known ? 0 : 1;
        reachesKnown = reachesKnown || known;
    }
    // a window with fewer rows than the page has an end of its own: what lies below it is not new, only not read yet
    if (m_model.isAtTop() && !m_model.isAtEnd() && m_model.rowCount() > 0 && found > 0) {
        const JobRow last = m_model.rowAt(m_model.rowCount() - 1);
        for (const JobSummary& job : page.rows)
            found -=
                !m_model.rowOf(job.id) && standsBelow(JobRow(job, sortMicros(job, m_model.query().sort)), last, m_model.query().direction);
    }
    setWaiting(found, page.next && !reachesKnown && found > 0);
}

void JobsFeed::setWaiting(int count, bool more)
{
    if (m_waiting == count && m_moreWaiting == more)
        return;
    m_waiting = count;
    m_moreWaiting = more;
    emit waitingChanged();
}

}
