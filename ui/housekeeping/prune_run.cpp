// SPDX-License-Identifier: Apache-2.0
#include "ui/housekeeping/prune_run.h"

#include "ui/base/format.h"

#include <algorithm>

namespace ui {

using core::tasks::PruneAnswer;

namespace {

constexpr qint64 jobsOfABatch = 200;    // an abort is heard after at most so many

}

PruneRun::PruneRun(core::backend::Backend& backend, core::Caller caller, core::Time before, qint64 jobs, QObject* parent)
    : QObject(parent), m_backend(backend), m_caller(std::move(caller)), m_before(before), m_jobs(jobs)
{
}

void PruneRun::start()
{
    next();
}

void PruneRun::next()
{
    const int limit = static_cast<int>(std::min(jobsOfABatch, m_jobs - m_removed));
    const core::tasks::PruneRequest request{m_before, limit, false};
    core::whenDone(m_backend.prune(m_caller, request), this, [this, limit](const core::Result<PruneAnswer>& batch) { take(batch, limit); });
}

void PruneRun::take(const core::Result<PruneAnswer>& batch, int asked)
{
    if (!batch) {
        emit finished(batch.error());
        return;
    }
    m_removed += batch->jobs.size();
    m_files += batch->files;
    m_bytes += batch->bytes;
    m_stillNeeded = batch->stillNeeded;
    emit progressed(m_removed, m_jobs);
    if (m_aborted || m_removed >= m_jobs || batch->jobs.size() < asked)
        emit finished({});
    else
        next();
}

QString PruneRun::summary() const
{
    QString text =
        tr("Removed %1 of %2 jobs, %3 files, %4.").arg(countText(m_removed), countText(m_jobs), countText(m_files), sizeText(m_bytes));
    if (m_aborted)
        text += QLatin1Char(' ') + tr("Stopped before the rest.");
    if (m_stillNeeded > 0)
        text += QLatin1Char(' ') + tr("%1 stay: an active job needs them.").arg(countText(m_stillNeeded));
    return text;
}

}
