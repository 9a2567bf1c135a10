// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/match_count.h"

#include "ui/base/format.h"
#include "ui/session/store_session.h"

#include <algorithm>
#include <chrono>

namespace ui {

namespace {

constexpr int restMs = 3000;
constexpr int restFactor = 20;    // at most a twentieth of a server's time for one number

/// Three digits that count: a guess knows no more.
qint64 rounded(qint64 guess)
{
    qint64 unit = 1;
    while (guess / unit >= 1000)
        unit *= 10;
    return (guess + unit / 2) / unit * unit;
}

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
    core::whenDone(core::backend::longReads(*backend).estimateJobs(*m_filter), this,
                   [this, asked = ++m_round](const core::Result<std::optional<qint64>>& guess) {
                       if (asked != m_round)
                           return;
                       const qint64 about = guess ? guess->value_or(0) : 0;
                       if (about > ceiling && m_text.isEmpty()) {    // a number that was counted stands until the next one
                           m_text = tr("about %1").arg(countText(rounded(about)));
                           emit counted();
                       }
                       count(about > ceiling ? core::jobs::countsAll : ceiling);
                   });
}

void MatchCount::count(int most)
{
    auto* backend = m_session.backend();
    if (!backend || !m_filter)
        return;
    m_read = {};
    const auto begin = std::chrono::steady_clock::now();
    core::whenDone(core::backend::longReads(*backend).countJobs(*m_filter, most, m_read), this,
                   [this, begin, asked = ++m_round](const core::Result<core::jobs::JobCount>& count) {
                       if (asked != m_round || !count)
                           return;    // a number beside the list: whoever reads the list tells of a store that is away
                       // What takes long is asked seldom: a server has other things to do than to count.
                       const auto took = std::chrono::steady_clock::now() - begin;
                       m_rest.setInterval(std::max<std::chrono::milliseconds>(
                           std::chrono::milliseconds(restMs), std::chrono::duration_cast<std::chrono::milliseconds>(restFactor * took)));
                       show(*count);
                   });
}

void MatchCount::show(const core::jobs::JobCount& count)
{
    const bool isAll = count.isExact && !count.searchedOnlyNewest;
    m_text = isAll ? countText(count.count) : tr("%1+").arg(countText(count.count));
    emit counted();
}

/// A search in payloads takes seconds: its number stays as it was.
void MatchCount::noteChange()
{
    if (m_filter && !m_rest.isActive() && !core::jobs::looksIntoPayloads(*m_filter))
        m_rest.start();
}

}
