// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_model.h"
#include "ui/session/store_session.h"

namespace ui {

using core::jobs::JobPage;
using core::jobs::PageRequest;

namespace {

constexpr int readAhead = 300;    // rows between what is shown and the window's end before the next page is read

}

PageRequest JobsModel::request(int limit) const
{
    PageRequest request;
    request.sort = m_query.sort;
    request.direction = m_query.direction;
    request.limit = limit;
    return request;
}

JobsModel::~JobsModel()
{
    m_reads.giveUp();
    m_ahead.giveUp();
}

void JobsModel::setQuery(const JobsQuery& query)
{
    m_reads.giveUp();    // the next list would wait for each that was left, however slow
    m_reads = {};
    m_query = query;
    m_nextLanding.reset();
    m_landing = false;    // whatever is on its way belongs to the list that was left
    m_loading = true;
    m_hasLoaded = false;
    land(Landing::Query, request());
    emit extentChanged();
}

void JobsModel::reload()
{
    land(Landing::Reload, request());
}

void JobsModel::jumpToTop()
{
    land(Landing::Top, request());
}

void JobsModel::jumpToEnd()
{
    PageRequest last = request();
    last.before = keyBeyondEnd(m_query.direction);
    land(Landing::End, last);
}

void JobsModel::jumpTo(qint64 micros)
{
    jumpAfter(keyBefore(micros, m_query.direction));
}

void JobsModel::jumpAfter(const core::jobs::JobKey& key)
{
    PageRequest from = request();
    from.after = key;
    land(Landing::Place, from);
}

void JobsModel::land(Landing landing, const PageRequest& asked)
{
    if (m_landing) {    // while a person drags only the last place counts
        m_nextLanding = std::pair(landing, asked);
        return;
    }
    auto* backend = m_session.backend();
    if (!backend) {
        m_failedLanding = std::pair(landing, asked);
        return;
    }
    m_ahead.giveUp();    // what was read around the place that is left: the jump would wait for it
    m_ahead = {};
    m_landing = true;
    m_fetchingAfter = false;
    m_fetchingBefore = false;
    m_failedLanding.reset();
    core::whenDone(core::backend::longReads(*backend).listJobs(m_query.filter, asked, m_reads), this,
                   [this, landing, asked, generation = ++m_generation](const core::Result<JobPage>& page) {
                       if (generation != m_generation)
                           return;
                       m_landing = false;
                       m_loading = false;
                       if (page) {
                           takeLanding(landing, asked, *page);
                       } else {
                           m_failedLanding = std::pair(landing, asked);
                           fail(page.error());
                       }
                       if (!m_landing && m_nextLanding) {
                           const auto next = *m_nextLanding;
                           m_nextLanding.reset();
                           land(next.first, next.second);
                       }
                   });
}

void JobsModel::takeLanding(Landing landing, const PageRequest& asked, const JobPage& page)
{
    if (landing == Landing::Place && page.rows.isEmpty() && asked.after) {
        jumpToEnd();    // nothing from there on: what is nearest is the end
        return;
    }
    const bool readUpwards = landing == Landing::End;
    m_atTop = readUpwards ? !page.next : landing != Landing::Place;
    m_atEnd = readUpwards ? true : !page.next;
    m_blocked = false;
    m_hasLoaded = true;
    noteSearched(page);
    showRows(rowsOf(page));
    emit readWorked();
    emit extentChanged();
    emit arrived(readUpwards);
    if (landing == Landing::Query)
        emit queryArrived();
}

void JobsModel::noteSearched(const JobPage& page)
{
    m_searchedOnlyNewest = page.searchedOnlyNewest;
}

void JobsModel::ensureAround(int firstShown, int lastShown)
{
    m_firstShown = firstShown;
    m_lastShown = lastShown;
    if (lastShown > rowCount() - readAhead)
        fetchAfter();
    if (firstShown < readAhead)
        fetchBefore();
}

bool JobsModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_atEnd && !m_landing && !m_fetchingAfter && !m_blocked && !m_rows.isEmpty();
}

void JobsModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        fetchAfter();
}

void JobsModel::fetchAfter()
{
    auto* backend = m_session.backend();
    if (!backend || !canFetchMore({}))
        return;
    m_fetchingAfter = true;
    PageRequest next = request();
    const JobRow last = m_rows.constLast();
    next.after = last.key();
    core::whenDone(core::backend::longReads(*backend).listJobs(m_query.filter, next, m_ahead), this,
                   [this, last = last.id(), generation = m_generation](const core::Result<JobPage>& page) {
                       if (generation != m_generation)
                           return;
                       m_fetchingAfter = false;
                       if (!page) {
                           fail(page.error());
                           return;
                       }
                       if (m_rows.isEmpty() || m_rows.constLast().id() != last) {
                           emit extentChanged();    // the end moved meanwhile: the view looks again whether it needs more
                           return;
                       }
                       m_atEnd = !page->next;
                       noteSearched(*page);
                       insertRowsAt(rowCount(), unknownRows(*page));
                       if (rowCount() > maxRows) {
                           m_atTop = false;
                           removeRowsAt(0, rowCount() - maxRows - 1);
                       }
                       emit extentChanged();
                   });
}

void JobsModel::fetchBefore()
{
    auto* backend = m_session.backend();
    if (!backend || m_atTop || m_landing || m_fetchingBefore || m_blocked || m_rows.isEmpty())
        return;
    m_fetchingBefore = true;
    PageRequest previous = request();
    const JobRow first = m_rows.constFirst();
    previous.before = first.key();
    core::whenDone(core::backend::longReads(*backend).listJobs(m_query.filter, previous, m_ahead), this,
                   [this, first = first.id(), generation = m_generation](const core::Result<JobPage>& page) {
                       if (generation != m_generation)
                           return;
                       m_fetchingBefore = false;
                       if (!page) {
                           fail(page.error());
                           return;
                       }
                       if (m_rows.isEmpty() || m_rows.constFirst().id() != first) {
                           emit extentChanged();
                           return;
                       }
                       m_atTop = !page->next;
                       m_fillingAbove = true;
                       insertRowsAt(0, unknownRows(*page));
                       m_fillingAbove = false;
                       if (rowCount() > maxRows) {
                           m_atEnd = false;
                           removeRowsAt(maxRows, rowCount() - 1);
                       }
                       emit extentChanged();
                   });
}

void JobsModel::fail(const core::Error& error)
{
    m_blocked = true;
    emit readFailed(error);
    emit extentChanged();
    m_session.noteFailure(error);
}

void JobsModel::retry()
{
    m_blocked = false;
    emit readWorked();    // until it fails again
    if (m_failedLanding) {
        const auto again = *m_failedLanding;
        m_loading = again.first == Landing::Query;
        emit extentChanged();
        land(again.first, again.second);
    } else {
        ensureAround(m_firstShown, m_lastShown);
    }
}

}
