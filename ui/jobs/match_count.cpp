// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/match_count.h"

#include "ui/base/format.h"
#include "ui/session/store_session.h"

namespace ui {

namespace {

constexpr int restMs = 3000;

}

MatchCount::MatchCount(StoreSession& session, QObject* parent) : QObject(parent), m_session(session)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &MatchCount::refresh);
    connect(&session, &StoreSession::changed, this, &MatchCount::noteChange);
    connect(&session, &StoreSession::changedMuch, this, &MatchCount::noteChange);
}

MatchCount::~MatchCount()
{
    m_read.giveUp();
}

void MatchCount::ask(const core::jobs::Filter& filter)
{
    forget();
    m_filter = filter;
    refresh();
}

void MatchCount::forget()
{
    m_read.giveUp();
    ++m_round;
    m_rest.stop();
    m_filter.reset();
    m_text.clear();
}

void MatchCount::refresh()
{
    auto* backend = m_session.backend();
    if (!backend || !m_filter)
        return;
    m_read.giveUp();
    m_read = {};
    core::whenDone(core::backend::longReads(*backend).countJobs(*m_filter, ceiling, m_read), this,
                   [this, asked = ++m_round](const core::Result<core::jobs::JobCount>& count) {
                       if (asked != m_round || !count)
                           return;    // a number beside the list: whoever reads the list tells of a store that is away
                       const bool isAll = count->isExact && !count->searchedOnlyNewest;
                       m_text = isAll ? countText(count->count) : tr("%1+").arg(countText(count->count));
                       emit counted();
                   });
}

/// A search in payloads takes seconds: its number stays as it was.
void MatchCount::noteChange()
{
    if (m_filter && !m_rest.isActive() && !core::jobs::looksIntoPayloads(*m_filter))
        m_rest.start();
}

}
