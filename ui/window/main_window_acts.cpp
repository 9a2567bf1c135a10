// SPDX-License-Identifier: Apache-2.0
// The acts of a window on jobs: which are possible now, and why not.
#include "ui/acts/act_reasons.h"
#include "ui/acts/cancel_acts.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/job_selection.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/jobs/jobs_view.h"
#include "ui/theme/icons.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QMenu>

namespace ui {

using namespace Qt::StringLiterals;

void MainWindow::buildCancelActs(QMenu& menu)
{
    m_cancels = new CancelActs(m_context, tasks(), this);
    m_cancel =
        addAct(menu, tr("Cancel the selected jobs…"), QKeySequence(Qt::Key_Delete), [this] { m_cancels->askAboutJobs(chosenJobs()); });
    m_cancel->setIconText(tr("Cancel…"));
    m_cancel->setIcon(actionIcon(u"process-stop"_s));
    m_cancelMatching = addAct(menu, tr("Cancel all that match the filter…"), QKeySequence(u"Ctrl+Shift+Del"_s),
                              [this] { m_cancels->askAboutMatching(m_filter, m_filterText); });
    menu.setToolTipsVisible(true);
    // However many rows change at once, the acts are looked at once.
    m_actsTimer.setSingleShot(true);
    m_actsTimer.setInterval(0);
    connect(&m_actsTimer, &QTimer::timeout, this, [this] {
        showCancelActs();
        showSubmitActs();
    });
    const auto later = [this] { m_actsTimer.start(); };
    connect(m_jobs, &JobsPage::selectionChanged, this, later);
    connect(m_jobs->model(), &QAbstractItemModel::dataChanged, this, later);
    connect(m_jobs->model(), &QAbstractItemModel::modelReset, this, later);
    connect(m_jobs, &JobsPage::menuAsked, this, [this](QMenu* rows) {
        rows->setToolTipsVisible(true);
        rows->addAction(m_cancel);
        rows->addAction(m_cancelMatching);
    });
}

QList<core::JobId> MainWindow::chosenJobs() const
{
    return m_page == Page::Jobs ? m_jobs->selectedJobs() : QList<core::JobId>{};
}

void MainWindow::showCancelActs()
{
    const auto show = [](QAction* act, const QString& what, const QString& why) {
        act->setEnabled(why.isEmpty());
        act->setToolTip(why.isEmpty() ? what : plainToolTip(tr("Cannot be cancelled: %1").arg(why)));
        act->setStatusTip(why);
    };
    const auto selected = m_page == Page::Jobs ? m_jobs->view()->jobSelection()->jobs() : QList<core::jobs::JobSummary>{};
    show(m_cancel, selected.size() > 1 ? tr("Cancel the selected jobs") : tr("Cancel the selected job"), m_cancels->whyNot(selected));
    show(m_cancelMatching, tr("Cancel every active job that matches the filter"), whyNoActOnMatching(m_context.session, m_filter));
}

}
