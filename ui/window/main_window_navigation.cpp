// SPDX-License-Identifier: Apache-2.0
// Where a window goes: pages, jobs, filters, and back again.
#include "core/base/json_spelling.h"
#include "ui/acts/cancel_acts.h"
#include "ui/base/format.h"
#include "ui/filter/filter_bar.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/job_export.h"
#include "ui/jobs/jobs_page.h"
#include "ui/media/maximised_media.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/window/main_window.h"
#include "ui/window/page_factory.h"
#include "ui/window/sidebar.h"
#include "ui/window/task_area.h"
#include "ui/window/toast.h"
#include "ui/window/unreachable_page.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// What both take. "a OR b" keeps its meaning only in parentheses: OR binds less than terms side by side.
QString narrowed(const QString& filter, const QString& term)
{
    if (filter.isEmpty())
        return term;
    const auto read = core::jobs::readFilter(filter, core::base::systemNow());
    const auto* group = read ? std::get_if<core::jobs::FilterGroup>(&read->node) : nullptr;
    const bool isAny = !read || (group && group->join == core::jobs::Join::Any && !group->isNegated);
    return (isAny ? u'(' + filter + u')' : filter) + u' ' + term;
}

}

void MainWindow::wireNavigation()
{
    connect(m_sidebar, &Sidebar::pageChosen, this, &MainWindow::showPage);
    connect(m_sidebar, &Sidebar::filterChosen, this, &MainWindow::showFilter);
    connect(m_sidebar, &Sidebar::settingsAsked, this, &MainWindow::preferencesAsked);
    connect(m_sidebar, &Sidebar::filterRemovalAsked, this, [this](const QString& name) {
        const QString profile = m_session->profile().id;
        QList<SavedFilter> filters = savedFilters(m_preferences, profile);
        filters.removeIf([&](const SavedFilter& saved) { return saved.name == name; });
        storeSavedFilters(m_preferences, profile, filters);
        m_sidebar->setSavedFilters(filters);
    });
    connect(m_filterBar, &FilterBar::filterApplied, this, &MainWindow::applyFilter);
    connect(m_filterBar, &FilterBar::leaveAsked, this, [this] { pageWidget(m_page)->setFocus(Qt::OtherFocusReason); });
    connect(m_filterBar, &FilterBar::savedFiltersChanged, this,
            [this] { m_sidebar->setSavedFilters(savedFilters(m_preferences, m_session->profile().id)); });
    connect(m_jobs, &JobsPage::currentJobChanged, this, [this](const core::JobId& id) {
        if (id.isEmpty())
            return;                                              // the inspector keeps what it shows until another job is chosen
        m_inspectorClosed = m_inspectorClosed && id == m_job;    // a list that comes back selects the job that was closed
        m_job = id;
        m_inspector->showJob(id);
        showInspector();
        emit stateMoved();
    });
    connect(m_jobs, &JobsPage::connectionAsked, this, &MainWindow::manageConnectionsAsked);
    connect(m_jobs, &JobsPage::loadedChanged, this, [this] { m_filterBar->setCountText(m_jobs->loadedText()); });
    connect(m_jobs, &JobsPage::exportStarted, this, &MainWindow::showExport);
    connect(m_inspector, &Inspector::closeAsked, this, [this] {
        maximiseInspector(false);
        m_inspectorClosed = true;
        showInspector();
        m_jobs->setFocus();
    });
    connect(m_inspector, &Inspector::maximiseAsked, this, [this] { maximiseInspector(!isInspectorMaximised()); });
    connect(m_inspector, &Inspector::cancelAsked, this, [this](const core::JobId& id) { m_cancels->askAboutJobs({id}); });
    connect(m_unreachable, &UnreachablePage::switchAsked, this, &MainWindow::manageConnectionsAsked);

    connect(&m_navigator, &Navigator::pageAsked, this, &MainWindow::showPage);
    connect(&m_navigator, &Navigator::jobAsked, this, [this](const core::JobId& id) { showJob(id); });
    connect(&m_navigator, &Navigator::jobTabAsked, this, [this](const core::JobId& id, InspectorTab tab) { showJob(id, tab); });
    connect(&m_navigator, &Navigator::filterAsked, this, &MainWindow::showFilter);
    connect(&m_navigator, &Navigator::filterTermAsked, this, [this](const QString& term) { showFilter(narrowed(m_filterText, term)); });
    connect(&m_navigator, &Navigator::helpAsked, this, &MainWindow::helpAsked);
    connect(&m_navigator, &Navigator::toastAsked, this, [this](const QString& text) { showToast(*this, text); });
}

QWidget* MainWindow::pageWidget(Page page)
{
    QWidget*& widget = m_pageWidgets[static_cast<size_t>(page)];
    if (!widget) {
        widget = createPage(page, m_context, m_pages);
        m_pages->addWidget(widget);
        wireReplays(widget);
        wirePage(*widget);
    }
    return widget;
}

void MainWindow::showPage(Page page)
{
    rememberPlace();
    maximiseInspector(false);
    m_page = page;
    m_actsTimer.start();
    QWidget* widget = pageWidget(page);
    m_pages->setCurrentWidget(widget);
    showInspector();
    m_sidebar->setCurrentPage(page);
    widget->setFocus();
    emit stateMoved();
}

/// Beside the jobs, unless a person closed it: then another job opens it again, and not the way back to this page.
void MainWindow::showInspector()
{
    m_inspector->setVisible(m_page == Page::Jobs && !m_job.isEmpty() && !m_inspectorClosed);
}

void MainWindow::showJob(const core::JobId& id, std::optional<InspectorTab> tab)
{
    if (m_page != Page::Jobs)
        showPage(Page::Jobs);
    else
        rememberPlace();
    m_job = id;
    const bool isListed = m_jobs->showJob(id);
    m_inspector->showJobNow(id);
    if (!isListed)
        m_inspector->setFocus();
    if (tab)
        m_inspector->setCurrentTab(*tab);
    m_inspectorClosed = false;
    showInspector();
    emit stateMoved();
}

void MainWindow::showFilter(const QString& text)
{
    if (m_page != Page::Jobs)
        showPage(Page::Jobs);
    else
        rememberPlace();
    m_filterBar->setText(text);    // applies it, or shows what is wrong with it
}

void MainWindow::applyFilter(const core::jobs::Filter& filter, const QString& text)
{
    m_filterText = text;
    m_filter = filter;
    m_jobs->setFilter(filter, text);
    showCancelActs();
    emit stateMoved();
}

void MainWindow::maximiseInspector(bool maximised)
{
    m_pages->setVisible(!maximised);
    m_sidebar->setVisible(!maximised);
    m_inspector->setMaximised(maximised);
    if (maximised) {
        m_inspector->setFocus();
        offerMediaInFull();
    } else if (m_media) {
        m_media->deleteLater();
        m_media = nullptr;
        m_centre->setCurrentWidget(m_columns);
    }
}

void MainWindow::offerMediaInFull()
{
    if (!m_session->isOpen() || m_inspector->currentTab() != InspectorTab::Output)
        return;
    core::whenDone(m_session->backend()->jobRows({m_inspector->jobId()}), this,
                   [this](const core::Result<QList<core::jobs::JobSummary>>& rows) {
                       if (!rows || rows->isEmpty() || !isInspectorMaximised() || m_media)
                           return;
                       const core::jobs::JobSummary& job = rows->first();
                       const bool hasPicture = job.type == core::JobType::TranscriptionGenerate || job.type == core::JobType::FrameExtract;
                       if (!hasPicture || job.status != core::JobStatus::Done || job.id != m_inspector->jobId())
                           return;
                       m_media = new MaximisedMedia(m_context, job.id, m_centre);
                       m_centre->addWidget(m_media);
                       m_centre->setCurrentWidget(m_media);
                       m_media->setFocus();
                       connect(m_media, &MaximisedMedia::backAsked, this, [this] { maximiseInspector(false); });
                   });
}

bool MainWindow::isInspectorMaximised() const
{
    return m_pages->isHidden();
}

void MainWindow::showExport(JobExport* jobExport)
{
    auto* task = new BackgroundTask(jobExport->title());
    tasks().add(task);
    jobExport->setParent(task);
    connect(jobExport, &JobExport::progressed, task, &BackgroundTask::report);
    connect(task, &BackgroundTask::abortAsked, jobExport, &JobExport::abort);
    connect(jobExport, &JobExport::finished, task, [self = QPointer(this), task, jobExport](const core::Result<qint64>& written) {
        task->setDetail(jobExport->path());
        if (written) {
            const QString name = plainLine(QFileInfo(jobExport->path()).fileName());
            const QString done =
                *written == 1 ? tr("1 job written to %1").arg(name) : tr("%1 jobs written to %2").arg(countText(*written), name);
            const QString lack = jobExport->lack();
            task->end(lack.isEmpty() ? done : tr("%1. %2").arg(done, lack));
            if (self)
                showToast(*self, task->ending());
        } else if (written.error().kind == core::ErrorKind::Cancelled)
            task->end(tr("Aborted; no file was written"));
        else
            task->end(tr("Not written: %1").arg(plainLine(written.error().message)), true);    // the page says it in full
    });
}

void MainWindow::focusNextPane()
{
    const QList<QWidget*> panes{m_sidebar, pageWidget(m_page), m_inspector};
    qsizetype current = -1;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (panes.at(i)->isAncestorOf(focusWidget()))
            current = i;
    }
    for (qsizetype step = 1; step <= panes.size(); ++step) {
        QWidget* next = panes.at((current + step) % panes.size());
        if (next->isVisible()) {
            next->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void MainWindow::rememberPlace()
{
    if (m_goingBack)
        return;
    const Place here{m_page, m_filterText, m_job};
    if (m_places.isEmpty() || m_places.last() != here)
        m_places << here;
    constexpr int longest = 100;
    if (m_places.size() > longest)
        m_places.removeFirst();
}

void MainWindow::goBack()
{
    const Place here{m_page, m_filterText, m_job};
    while (!m_places.isEmpty() && m_places.last() == here)
        m_places.removeLast();
    if (m_places.isEmpty())
        return;
    const Place place = m_places.takeLast();
    m_goingBack = true;
    if (place.page != m_page)
        showPage(place.page);
    if (place.filter != m_filterText)
        showFilter(place.filter);
    if (!place.job.isEmpty() && place.job != m_job)
        showJob(place.job);
    m_goingBack = false;
}

void MainWindow::chooseFilesToProbe()
{
    auto* dialog = new QFileDialog(this, tr("Probe media files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::probeFiles);
    dialog->open();
}

void MainWindow::probeFiles(const QStringList& files)
{
    const auto capabilities = m_session->capabilities();
    if (!m_session->isOpen() || !capabilities.canWrite) {
        showToast(*this, capabilities.whyReadOnly);
        return;
    }
    m_jobs->clearFailedAct();
    for (const QString& file : files) {
        core::whenDone(m_session->backend()->importFile(m_session->caller(), file), this, [this, file](const core::Result<QString>& key) {
            if (!key) {
                if (m_page != Page::Jobs)
                    showPage(Page::Jobs);
                m_jobs->showFailedAct(tr("%1 was not taken in.").arg(plainLine(file)), key.error(), tr("No job was made."),
                                      [this, file] { probeFiles({file}); });
                return;
            }
            core::tasks::SubmitRequest request;
            request.type = core::JobType::MediaProbe;
            request.input = "{\"file_path\":" + core::base::encodeJsonString(*key) + '}';
            core::whenDone(m_session->backend()->submit(m_session->caller(), request), this,
                           [this, file](const core::Result<core::tasks::SubmitAnswer>& answer) {
                               if (!answer) {
                                   if (m_page != Page::Jobs)
                                       showPage(Page::Jobs);
                                   m_jobs->showFailedAct(tr("The job for %1 was not made.").arg(plainLine(file)), answer.error(),
                                                         tr("The file is in the storage."), [this, file] { probeFiles({file}); });
                               } else if (answer->reused)
                                   showToast(*this, tr("This file is being probed already"));
                               else
                                   showJob(answer->jobId);
                           });
        });
    }
}

}
