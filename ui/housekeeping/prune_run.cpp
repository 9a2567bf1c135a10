// SPDX-License-Identifier: Apache-2.0
#include "ui/housekeeping/prune_run.h"

#include "ui/base/format.h"

#include <algorithm>

namespace ui {

using core::tasks::PruneAnswer;

namespace {

constexpr qsizetype jobsOfABatch = 200;    // an abort is heard after at most so many

}

PruneRun::PruneRun(core::backend::Backend& backend, core::Caller caller, core::Time before, QList<core::JobId> jobs, QString reason,
                   QObject* parent)
    : QObject(parent),
      m_backend(backend),
      m_caller(std::move(caller)),
      m_before(before),
      m_jobs(std::move(jobs)),
      m_reason(std::move(reason))
{
}

void PruneRun::start()
{
    next();
}

void PruneRun::next()
{
    const QList<core::JobId> jobs = m_jobs.mid(m_asked, jobsOfABatch);
    const core::tasks::PruneRequest request{m_before, 0, false, jobs, m_reason};
    core::whenDone(m_backend.prune(m_caller, request), this,
                   [this, asked = jobs.size()](const core::Result<PruneAnswer>& batch) { take(batch, asked); });
}

void PruneRun::take(const core::Result<PruneAnswer>& batch, qsizetype asked)
{
    if (!batch) {
        emit finished(batch.error());
        return;
    }
    m_asked += asked;
    m_removed += batch->jobs.size();
    m_skipped += batch->skipped;
    m_files += batch->files;
    m_bytes += batch->bytes;
    m_stillNeeded = batch->stillNeeded;
    emit progressed(m_asked, m_jobs.size());
    if (m_aborted || m_asked >= m_jobs.size())
        emit finished({});
    else
        next();
}

QString PruneRun::summary() const
{
    QString text = tr("Removed %1 of %2 jobs, %3 files, %4.")
                       .arg(countText(m_removed), countText(m_jobs.size()), countText(m_files), sizeText(m_bytes));
    if (m_skipped > 0)
        text += QLatin1Char(' ') + tr("%1 skipped: gone meanwhile, or an active job needs them now.").arg(countText(m_skipped));
    if (m_aborted && m_asked < m_jobs.size())
        text += QLatin1Char(' ') + tr("Stopped before the rest.");
    if (m_stillNeeded > 0)
        text += QLatin1Char(' ') + tr("%1 stay: an active job needs them.").arg(countText(m_stillNeeded));
    return text;
}

}
