// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_run.h"

#include "ui/replay/replay_words.h"
#include "ui/session/store_session.h"

#include <algorithm>

namespace ui {

using core::tasks::BulkResult;
using core::tasks::BulkRow;
using core::tasks::WebhookOutcome;

ReplayRun::ReplayRun(StoreSession& session, QList<core::DeliveryId> ids, QString reason, int perSecond, QObject* parent)
    : BulkRun(parent), m_session(session), m_ids(std::move(ids)), m_reason(std::move(reason)), m_perSecond(perSecond)
{
    m_answer.asked = m_ids.size();
    m_tick.setInterval(100);
    m_pause.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &ReplayRun::tell);
    connect(&m_pause, &QTimer::timeout, this, &ReplayRun::step);
}

/// Nobody is left to hear of it: what is applied stands in the journal.
ReplayRun::~ReplayRun()
{
    m_abort.cancel();
}

void ReplayRun::start()
{
    m_since.start();
    m_tick.start();
    tell();
    step();
}

void ReplayRun::abort()
{
    m_abort.cancel();
    if (m_pause.isActive())
        end();
}

void ReplayRun::step()
{
    auto* backend = m_session.backend();
    const qsizetype done = m_answer.rows.size();
    if (!backend || m_abort.token().isCancelled() || done >= m_ids.size())
        return end();
    // A limited run goes in small steps, four a second; the core steps through an unlimited one by itself.
    const qsizetype size = m_perSecond == 0 ? m_ids.size() : std::clamp<qsizetype>(m_perSecond / 4, 1, core::tasks::bulkStepSize);
    const QList<core::DeliveryId> ids = m_ids.mid(done, size);
    core::tasks::ActControl control;
    control.cancel = m_abort.token();
    control.progress = [inStep = m_inStep](qsizetype now, qsizetype) { inStep->store(now); };
    core::whenDone(backend->replay(m_session.caller(), ids, core::tasks::Mode::Apply, control, m_reason), this,
                   [this, ids](const core::Result<QList<WebhookOutcome>>& outcomes) { take(ids, outcomes); });
}

void ReplayRun::take(const QList<core::DeliveryId>& asked, const core::Result<QList<WebhookOutcome>>& outcomes)
{
    m_inStep->store(0);
    const bool isStopped = m_abort.token().isCancelled();
    if (!outcomes && m_answer.rows.isEmpty() && !isStopped) {
        m_isOver = true;
        m_tick.stop();
        emit refused(outcomes.error());
        return;
    }
    QList<BulkRow> rows;
    if (outcomes) {
        for (qsizetype i = 0; i < std::min(asked.size(), outcomes->size()); ++i)
            rows << replayRow(asked.at(i), outcomes->at(i));
    } else if (!isStopped) {    // the store broke on the way: none of the rest is done
        for (const core::DeliveryId& id : m_ids.mid(m_answer.rows.size()))
            rows << BulkRow{id.text, BulkResult::Failed, outcomes.error().code, outcomes.error().message, {}, {}};
    }
    m_answer.add(rows);
    const qsizetype done = m_answer.rows.size();
    if (isStopped || !outcomes || done >= m_ids.size() || outcomes->size() < asked.size())
        return end();
    const qint64 due = m_perSecond == 0 ? 0 : done * 1000 / m_perSecond;
    m_pause.start(static_cast<int>(std::max<qint64>(0, due - m_since.elapsed())));
}

void ReplayRun::tell()
{
    const qsizetype done = m_answer.rows.size() + m_inStep->load();
    if (done != m_told)
        emit progressed(m_told = done, m_ids.size());
}

void ReplayRun::end()
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_pause.stop();
    m_tick.stop();
    tell();
    emit finished(m_answer);
}

}
