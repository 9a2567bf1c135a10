// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_acts.h"

#include "ui/compare/compare_dialog.h"
#include "ui/compare/compare_payloads_dialog.h"
#include "ui/session/navigator.h"

#include <QMenu>
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

ComparePayloadsDialog* CompareActs::open(const PayloadRef& before, const PayloadRef& after)
{
    auto* dialog = new ComparePayloadsDialog(m_context, m_lane, before, after, m_window);
    dialog->show();
    return dialog;
}

void CompareActs::fillMenu(QMenu& menu, const PayloadRef& payload)
{
    if (m_chosen && *m_chosen != payload)
        connect(menu.addAction(tr("Compare with the %1").arg(payloadWords(*m_chosen))), &QAction::triggered, this,
                [this, payload] { open(*m_chosen, payload); });
    if (!payload.job.isEmpty()) {
        const std::pair<PayloadRef::Kind, QString> parts[] = {{PayloadRef::Kind::Input, tr("Compare with the input of its job")},
                                                              {PayloadRef::Kind::Output, tr("Compare with the output of its job")}};
        for (const auto& [kind, words] : parts) {
            if (kind != payload.kind)
                connect(menu.addAction(words), &QAction::triggered, this, [this, payload, kind = kind] {
                    open(PayloadRef{kind, payload.job}, payload);
                });
        }
    }
    connect(menu.addAction(tr("Choose it, to compare it with another")), &QAction::triggered, this, [this, payload] {
        m_chosen = payload;
        emit m_context.navigator.toastAsked(
            tr("Chosen: the %1. Go to the other payload and choose Compare there.").arg(payloadWords(payload)));
    });
}

}
