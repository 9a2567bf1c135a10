// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_acts.h"

#include "ui/compare/compare_dialog.h"

#include <QWidget>

namespace ui {

using core::jobs::JobSummary;

CompareActs::CompareActs(const UiContext& context, QWidget* window) : QObject(window), m_context(context), m_window(window) {}

std::optional<ComparePair> CompareActs::pairOf(const QList<JobSummary>& chosen)
{
    if (chosen.size() == 2) {    // the older one stands before
        const bool isInOrder = chosen[0].createdAt <= chosen[1].createdAt;
        return ComparePair{chosen[isInOrder ? 0 : 1].id, chosen[isInOrder ? 1 : 0].id, tr("Compare the 2 selected jobs")};
    }
    if (chosen.size() != 1)
        return {};
    const JobSummary& job = chosen.constFirst();
    if (job.retriedFrom)
        return ComparePair{*job.retriedFrom, job.id, tr("Compare with the job it was retried from")};
    if (job.attempt > 1)
        return ComparePair{job.id, job.id, tr("Compare its attempts")};
    return {};
}

QString CompareActs::whyNot(const QList<JobSummary>& chosen)
{
    if (pairOf(chosen))
        return {};
    return chosen.size() == 1 ? tr("Choose a second job: this one was retried from none and has one attempt.")
                              : tr("Choose two jobs, or one that was retried.");
}

CompareDialog* CompareActs::open(const ComparePair& pair)
{
    auto* dialog = new CompareDialog(m_context, m_lane, pair.before, pair.after, m_window);
    dialog->show();
    return dialog;
}

}
