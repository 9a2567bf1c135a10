// SPDX-License-Identifier: Apache-2.0
// Comparing jobs and removing old ones, from the menus of a window.
#include "ui/compare/compare_acts.h"
#include "ui/compare/compare_dialog.h"
#include "ui/housekeeping/prune_acts.h"
#include "ui/housekeeping/prune_dialog.h"
#include "ui/jobs/job_selection.h"
#include "ui/jobs/jobs_page.h"
#include "ui/jobs/jobs_view.h"
#include "ui/pages/artifacts/artifacts_page.h"
#include "ui/session/navigator.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QMenu>

namespace ui {

using namespace Qt::StringLiterals;

void MainWindow::buildCompareAct(QMenu& menu)
{
    m_compares = new CompareActs(m_context, this);
    connect(&m_context.navigator, &Navigator::compareMenuAsked, this,
            [this](QMenu* choices, const PayloadRef& payload) { m_compares->fillMenu(*choices, payload); });
    m_compare = addAct(menu, tr("Compare the 2 selected jobs"), QKeySequence(u"Ctrl+D"_s), [this] {
        if (const auto pair = CompareActs::pairOf(m_jobs->view()->jobSelection()->jobs()))
            m_compares->open(*pair);
    });
    const auto show = [this] {
        const auto chosen = m_page == Page::Jobs ? m_jobs->view()->jobSelection()->jobs() : QList<core::jobs::JobSummary>{};
        const auto pair = CompareActs::pairOf(chosen);
        m_compare->setEnabled(pair.has_value());
        m_compare->setText(pair ? pair->words : tr("Compare jobs"));
        m_compare->setToolTip(pair ? pair->words : CompareActs::whyNot(chosen));
    };
    connect(&m_actsTimer, &QTimer::timeout, this, show);
    connect(m_jobs, &JobsPage::menuAsked, this, [this](QMenu* rows) { rows->addAction(m_compare); });
    show();
}

void MainWindow::buildPruneAct(QMenu& menu)
{
    m_prunes = new PruneActs(m_context, tasks(), this);
    addAct(menu, tr("Remove old jobs…"), {}, [this] { m_prunes->ask(); });
}

void MainWindow::wirePage(QWidget& page)
{
    auto* artifacts = qobject_cast<ArtifactsPage*>(&page);
    if (!artifacts)
        return;
    connect(artifacts, &ArtifactsPage::pruneAsked, this, [this] { m_prunes->ask(); });
    connect(m_prunes, &PruneActs::pruned, artifacts, &ArtifactsPage::refresh);
}

}
