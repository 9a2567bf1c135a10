// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/bulk_act.h"

namespace ui {

BulkAct::BulkAct(qsizetype total, QObject* parent) : BulkRun(parent), m_total(total)
{
    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &BulkAct::tell);
}

void BulkAct::start(const Run& run)
{
    core::tasks::ActControl control;
    control.cancel = m_abort.token();
    control.progress = [done = m_done](qsizetype now, qsizetype) { done->store(now); };
    m_tick.start();
    tell();
    core::whenDone(run(control), this, [this](const core::Result<core::tasks::BulkAnswer>& answer) {
        m_tick.stop();
        tell();
        if (answer)
            emit finished(*answer);
        else
            emit refused(answer.error());
    });
}

void BulkAct::abort()
{
    m_abort.cancel();
}

void BulkAct::tell()
{
    const qsizetype done = m_done->load();
    if (done != m_told)
        emit progressed(m_told = done, m_total);
}

}
