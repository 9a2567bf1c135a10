// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_counts.h"

#include "ui/base/format.h"
#include "ui/session/store_session.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int worthCounting = 10'000;
constexpr int restMs = 120;

}

FilterCounts::FilterCounts(StoreSession& session, QObject* parent) : QObject(parent), m_session(session)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &FilterCounts::askNext);
}

FilterCounts::~FilterCounts()
{
    m_read.giveUp();
}

/// Nobody reads the number any more: those that are asked next do not wait for it.
void FilterCounts::giveUp()
{
    ++m_round;
    m_read.giveUp();
    m_read = {};
}

void FilterCounts::ask(const QString& base, const QString& key, const QStringList& values)
{
    giveUp();
    m_base = base;
    m_key = key;
    m_waiting = values;
    m_rest.start();
}

void FilterCounts::forget()
{
    giveUp();
    m_rest.stop();
    m_waiting.clear();
    m_known.clear();
}

void FilterCounts::askNext()
{
    // one at a time: the reading lanes belong to the list first
    while (!m_isAsking && !m_waiting.isEmpty() && m_session.isOpen()) {
        const QString value = m_waiting.takeFirst();
        const QString text = (m_base.isEmpty() ? QString() : u'(' + m_base + u") "_s) + m_key + u':' + value;
        if (const auto known = m_known.constFind(text); known != m_known.constEnd()) {
            emit counted(value, *known);
            continue;
        }
        const auto filter = core::jobs::readFilter(text, core::base::systemNow());
        if (!filter || core::jobs::looksIntoPayloads(*filter))
            continue;
        m_isAsking = true;
        core::whenDone(core::backend::longReads(*m_session.backend()).countJobs(*filter, worthCounting, m_read), this,
                       [this, value, text, asked = m_round](const core::Result<core::jobs::JobCount>& count) {
                           m_isAsking = false;
                           if (asked == m_round && count) {
                               const QString shown = count->isExact ? countText(count->count) : tr("%1+").arg(countText(count->count));
                               m_known.insert(text, shown);
                               emit counted(value, shown);
                           }
                           askNext();
                       });
    }
}

}
