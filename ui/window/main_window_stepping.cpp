// SPDX-License-Identifier: Apache-2.0
// Stepping through a job's deliveries: from the menus, and from the inspector's tab Webhooks.
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_page.h"
#include "ui/stepping/stepping_acts.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QMenu>

namespace ui {

using namespace Qt::StringLiterals;

void MainWindow::buildSteppingAct(QMenu& menu)
{
    auto* steppings = new SteppingActs(m_context, this);
    QAction* act = addAct(menu, tr("Step through…"), QKeySequence(u"Ctrl+T"_s), [this, steppings] {
        if (const core::JobId id = jobToResubmit(); !id.isEmpty())    // the one that is selected or shown
            steppings->open(id);
    });
    const auto show = [this, act] {
        const bool hasJob = !jobToResubmit().isEmpty();
        act->setEnabled(hasJob);
        act->setToolTip(hasJob ? tr("Play the job's deliveries one by one in a scratch copy") : tr("Choose one job to step through."));
    };
    connect(m_jobs, &JobsPage::selectionChanged, this, show);
    connect(this, &MainWindow::stateMoved, this, show);    // another job or page is in sight
    connect(m_jobs, &JobsPage::menuAsked, this, [act](QMenu* rows) { rows->addAction(act); });
    connect(m_inspector, &Inspector::stepThroughAsked, steppings, &SteppingActs::open);
    show();
}

}
