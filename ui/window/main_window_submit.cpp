// SPDX-License-Identifier: Apache-2.0
// Making jobs from a window: where it is offered, and why it is off.
#include "ui/acts/act_reasons.h"
#include "ui/acts/resubmit_many_acts.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/job_selection.h"
#include "ui/jobs/jobs_page.h"
#include "ui/jobs/jobs_view.h"
#include "ui/session/store_session.h"
#include "ui/submit/submit_acts.h"
#include "ui/theme/icons.h"
#include "ui/window/main_window.h"
#include "ui/window/toast.h"

#include <QMenu>

namespace ui {

using namespace Qt::StringLiterals;

void MainWindow::buildSubmitActs(QMenu& menu)
{
    m_submits = new SubmitActs(m_context, tasks(), this);
    m_submit = addAct(menu, tr("Submit…"), QKeySequence(u"Ctrl+J"_s), [this] { m_submits->submit({}); });
    m_submit->setIcon(ownIcon(u"act-submit"_s));
    m_resubmit = addAct(menu, tr("Resubmit…"), QKeySequence(u"Ctrl+R"_s), [this] { resubmitChosen(); });
    m_resubmit->setIcon(ownIcon(u"act-resubmit"_s));
    m_resubmits = new ResubmitManyActs(m_context, tasks(), this);
    m_resubmitMatching = addAct(menu, tr("Resubmit all that match the filter…"), QKeySequence(u"Ctrl+Alt+R"_s),
                                [this] { m_resubmits->askAboutMatching(m_filter, m_filterText); });
    m_probe = addAct(menu, tr("Probe media files…"), QKeySequence(u"Ctrl+P"_s), [this] { chooseFilesToProbe(); });
    menu.setToolTipsVisible(true);

    connect(m_jobs, &JobsPage::probeAsked, this, &MainWindow::chooseFilesToProbe);
    connect(m_jobs, &JobsPage::submitAsked, m_submit, &QAction::trigger);
    connect(m_jobs, &JobsPage::filesDropped, this, &MainWindow::submitFiles);
    connect(m_jobs, &JobsPage::selectionChanged, this, &MainWindow::showSubmitActs);
    connect(this, &MainWindow::stateMoved, this, &MainWindow::showSubmitActs);    // another job or page is in sight
    connect(m_jobs, &JobsPage::menuAsked, this, [this](QMenu* rows) {
        rows->setToolTipsVisible(true);
        rows->addAction(m_resubmit);
        rows->addAction(m_resubmitMatching);
    });
    connect(m_inspector, &Inspector::resubmitAsked, this, [this](const core::JobId& id) { m_submits->resubmit(id); });
    connect(m_inspector, &Inspector::artifactMenuAsked, m_submits, &SubmitActs::fillUseMenu);
}

/// The one selected in the list, else the one that the inspector shows beside it.
core::JobId MainWindow::jobToResubmit() const
{
    const auto selected = m_jobs->selectedJobs();
    if (m_page != Page::Jobs || selected.size() > 1)
        return {};
    return selected.isEmpty() ? m_job : selected.constFirst();
}

/// The selected jobs where they are more than one.
QList<core::jobs::JobSummary> MainWindow::selectedMany() const
{
    const auto selected = m_page == Page::Jobs ? m_jobs->view()->jobSelection()->jobs() : QList<core::jobs::JobSummary>{};
    return selected.size() > 1 ? selected : QList<core::jobs::JobSummary>{};
}

void MainWindow::resubmitChosen()
{
    if (selectedMany().isEmpty())
        m_submits->resubmit(jobToResubmit());
    else
        m_resubmits->askAboutJobs(m_jobs->selectedJobs());
}

void MainWindow::showSubmitActs()
{
    const auto show = [](QAction* act, const QString& what, const QString& why) {
        act->setEnabled(why.isEmpty());
        act->setToolTip(why.isEmpty() ? what : plainToolTip(why));
        act->setStatusTip(why);
    };
    const QString why = m_submits->whyNot();
    show(m_submit, tr("Make a job, or one for each of many files"), why);
    show(m_probe, tr("Choose files and see what is in them"), why);
    const auto many = selectedMany();
    if (!many.isEmpty())
        show(m_resubmit, tr("Run the selected jobs again, each as a new one with its own input"), m_resubmits->whyNot(many));
    else
        show(m_resubmit, tr("Run this job again as a new one, as it was or edited"),
             !why.isEmpty()              ? why
             : jobToResubmit().isEmpty() ? tr("No job is selected.")
                                         : QString());
    show(m_resubmitMatching, tr("Run every ended job that matches the filter again"), whyNoActOnMatching(m_context.session, m_filter));
}

void MainWindow::submitFiles(const QStringList& dropped)
{
    const QStringList files = withoutCases(dropped);
    if (files.isEmpty())
        return;
    if (const QString why = m_submits->whyNot(); !why.isEmpty())
        return showToast(*this, why);
    m_submits->submit({core::JobType::MediaProbe, {}, files});
}

}
