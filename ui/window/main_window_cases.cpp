// SPDX-License-Identifier: Apache-2.0
// Case files in a window: out of it, opened from it, dropped on it, and home.
#include "ui/base/plain_tool_tip.h"
#include "ui/casefile/case_acts.h"
#include "ui/casefile/case_bar.h"
#include "ui/casefile/case_words.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs_page.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/window/main_window.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QStringList casesIn(const QMimeData* data)
{
    QStringList paths;
    const auto urls = data->urls();
    for (const QUrl& url : urls) {
        if (url.isLocalFile() && isCaseName(url.toLocalFile()))
            paths << url.toLocalFile();
    }
    return paths;
}

}

void MainWindow::buildCaseActs(QMenu& connection, QMenu& job)
{
    m_cases = new CaseActs(m_context, tasks(), this);
    job.addSeparator();
    m_exportCase = addAct(job, tr("Export case file…"), QKeySequence(u"Ctrl+E"_s), [this] { m_cases->exportJob(jobToResubmit()); });
    m_exportCase->setIcon(actionIcon(u"document-export"_s));
    m_bringHome = addAct(job, tr("Take this job home"), QKeySequence(u"Ctrl+Shift+E"_s), [this] { m_cases->bringHome(jobToResubmit()); });
    connect(m_cases, &CaseActs::homeAsked, this, &MainWindow::takeHomeAsked);
    const auto lines = connection.actions();
    QAction* end = *std::find_if(lines.begin(), lines.end(), [](const QAction* line) { return line->isSeparator(); });
    QAction* open = addAct(connection, tr("Open case file…"), QKeySequence::Open, [this] { m_cases->chooseToOpen(); });
    open->setIcon(actionIcon(u"document-open"_s));
    m_takeHome = addAct(connection, tr("Take a case file home…"), {}, [this] { m_cases->chooseToTakeHome(); });
    connection.insertSeparator(end);
    for (QAction* act : {open, m_takeHome}) {    // above what ends the window
        connection.removeAction(act);
        connection.insertAction(end, act);
    }
    connection.setToolTipsVisible(true);

    auto* bar = new CaseBar(*m_session, centralWidget());
    static_cast<QBoxLayout*>(centralWidget()->layout())->insertWidget(1, bar);
    connect(bar, &CaseBar::takeHomeAsked, this, [this] { emit takeHomeAsked(m_session->profile().storePath); });
    connect(m_cases, &CaseActs::caseChosen, this, &MainWindow::caseAsked);
    connect(m_inspector, &Inspector::exportAsked, this, [this](const core::JobId& id) {
        if (m_cases->whyNotExport(id).isEmpty())
            m_cases->exportJob(id);
    });
    connect(m_jobs, &JobsPage::menuAsked, this, [this](QMenu* rows) { rows->addAction(m_exportCase); });
    connect(m_jobs, &JobsPage::selectionChanged, this, &MainWindow::showCaseActs);
    connect(this, &MainWindow::stateMoved, this, &MainWindow::showCaseActs);
    connect(m_session.get(), &StoreSession::stateChanged, this, &MainWindow::showCaseActs);
    setAcceptDrops(true);
    showCaseActs();
}

void MainWindow::showCaseActs()
{
    const auto show = [](QAction* act, const QString& what, const QString& why) {
        act->setEnabled(why.isEmpty());
        act->setToolTip(why.isEmpty() ? what : plainToolTip(why));
        act->setStatusTip(why);
    };
    show(m_exportCase, tr("Write this job whole, secrets masked, into one file"), m_cases->whyNotExport(jobToResubmit()));
    show(m_bringHome, tr("Bring this job and its files into the store of this computer, to look at it and run it there"),
         m_cases->whyNotBringHome(jobToResubmit()));
    show(m_takeHome, tr("Bring the job of a case file into this store"), m_cases->whyNotTakeHome());
}

void MainWindow::takeHome(const QString& path)
{
    m_cases->takeHome(path);
}

QStringList MainWindow::withoutCases(const QStringList& files)
{
    QStringList others;
    for (const QString& file : files) {
        if (isCaseName(file))
            emit caseAsked(file);
        else
            others << file;
    }
    return others;
}

/// The list of jobs takes media where it may; a case can be dropped anywhere, also on a store that is only read.
void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!casesIn(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList cases = casesIn(event->mimeData());
    if (cases.isEmpty())
        return;
    event->acceptProposedAction();
    for (const QString& path : cases)
        emit caseAsked(path);
}

}
