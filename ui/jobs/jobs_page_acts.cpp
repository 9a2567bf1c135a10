// SPDX-License-Identifier: Apache-2.0
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/jobs/job_export.h"
#include "ui/jobs/job_selection.h"
#include "ui/jobs/jobs_feed.h"
#include "ui/jobs/jobs_header.h"
#include "ui/jobs/jobs_menu.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/jobs/jobs_view.h"
#include "ui/jobs/match_count.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/submit/file_look.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::JobId;
using core::jobs::SortDirection;

namespace {

/// Without a look at the files: what is dragged over a window may lie on a disk that does not answer.
bool offersFiles(const QMimeData* data)
{
    const auto urls = data->urls();
    return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); });
}

}

QList<JobId> JobsPage::selectedJobs() const
{
    return m_view->jobSelection()->ids();
}

JobId JobsPage::currentJob() const
{
    return m_view->jobSelection()->currentJob();
}

bool JobsPage::showJob(const JobId& id)
{
    const auto row = m_model->rowOf(id);
    if (!row)
        return false;
    const QModelIndex index = m_model->index(*row, m_view->header()->logicalIndex(0));
    m_view->jobSelection()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
    return true;
}

void JobsPage::stepBy(int rows)
{
    const QModelIndex current = m_view->currentIndex();
    const int row = current.isValid() ? current.row() + rows : m_view->firstShown();
    if (row >= 0 && row < m_model->rowCount())
        showJob(m_model->rowAt(row).id());
}

void JobsPage::refresh()
{
    if (m_feed->waiting() > 0) {
        m_feed->forgetWaiting();
        m_model->reload();
    } else {
        m_feed->readAgain();
    }
    m_count->refresh();
    readSpan();
}

void JobsPage::copySelection(JobFormat format)
{
    const auto jobs = m_view->jobSelection()->jobs();
    if (jobs.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(jobsAsText(jobs, format));
    emit m_context.navigator.toastAsked(jobs.size() == 1 ? tr("Copied 1 job.") : tr("Copied %1 jobs.").arg(countText(jobs.size())));
}

void JobsPage::askToExport(JobFormat format, bool all)
{
    auto* dialog = new QFileDialog(this, tr("Export jobs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(endingOf(format));
    dialog->selectFile(u"jobs."_s + endingOf(format));
    connect(dialog, &QFileDialog::fileSelected, this, [this, format, all](const QString& path) { startExport(path, format, all); });
    dialog->open();
}

void JobsPage::showFailedAct(const QString& what, const core::Error& error, const QString& intact, std::function<void()> again)
{
    m_again = std::move(again);
    m_failedAct->showError(what, error, intact);
}

void JobsPage::clearFailedAct()
{
    m_again = {};
    m_failedAct->clear();
}

JobExport* JobsPage::startExport(const QString& path, JobFormat format, bool all)
{
    auto* jobExport = all ? new JobExport(m_context.session, m_query, format, path, this)
                          : new JobExport(m_context.session, selectedJobs(), format, path, this);
    connect(jobExport, &JobExport::finished, this, [this, jobExport, format, all](const core::Result<qint64>& result) {
        if (!result && result.error().kind != core::ErrorKind::Cancelled)
            showFailedAct(tr("The jobs could not be exported."), result.error(), tr("No file was written, and no job was changed."),
                          [this, format, all] { askToExport(format, all); });
        jobExport->deleteLater();
    });
    clearFailedAct();
    emit exportStarted(jobExport);
    jobExport->start();
    return jobExport;
}

JobsMenuActs JobsPage::menuActs()
{
    return {[this](JobFormat format) { copySelection(format); },
            [this](const QString& term) { emit m_context.navigator.filterTermAsked(term); },
            [this](JobFormat format, bool all) { askToExport(format, all); },
            [this](core::jobs::JobSort sort) { setSort(sort, m_query.direction); },
            [this](SortDirection direction) { setSort(m_query.sort, direction); }};
}

void JobsPage::fillCopy(QMenu* menu)
{
    fillCopyMenu(menu, menuActs());
}

void JobsPage::fillExport(QMenu* menu)
{
    fillExportMenu(menu, menuActs(), selectedJobs().size());
}

void JobsPage::fillColumns(QMenu* menu)
{
    fillColumnMenu(menu, menuActs(), m_view->header(), m_query);
}

void JobsPage::showRowMenu(const QPoint& place)
{
    QModelIndex cell = m_view->indexAt(place);
    QPoint at = place;
    if (!cell.isValid()) {    // the menu key: the pointer may be anywhere
        cell = m_view->currentIndex();
        if (cell.isValid())
            at = m_view->visualRect(cell).center();
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    emit menuAsked(menu);
    if (cell.isValid()) {
        menu->addSeparator();
        fillTermActions(menu, menuActs(), m_model->rowAt(cell.row()).job(), static_cast<JobColumn>(cell.column()));
        menu->addSeparator();
        fillCopy(menu->addMenu(tr("Copy")));
    }
    fillExport(menu->addMenu(tr("Export")));
    fillColumns(menu->addMenu(tr("Columns and order")));
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void JobsPage::showHeaderMenu(const QPoint& place)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumns(menu);
    menu->popup(m_view->header()->mapToGlobal(place));
}

void JobsPage::sortByColumn(int section)
{
    const auto sort = factsOf(static_cast<JobColumn>(section)).sort;
    if (!sort)
        return;
    const bool turns = *sort == m_query.sort && m_query.direction == SortDirection::NewestFirst;
    setSort(*sort, turns ? SortDirection::OldestFirst : SortDirection::NewestFirst);
}

QVariantMap JobsPage::saveState() const
{
    QVariantMap state{{u"sort"_s, factsOf(columnOfSort(m_query.sort)).name},
                      {u"newest_first"_s, m_query.direction == SortDirection::NewestFirst},
                      {u"current"_s, currentJob().toString()}};
    QStringList ids;
    const auto selected = selectedJobs();
    for (const JobId& id : selected)
        ids << id.toString();
    state.insert(u"selection"_s, ids);
    if (const int first = m_view->firstShown(); !m_view->isAtTop() && first > 0 && first < m_model->rowCount()) {
        const JobRow& above = m_model->rowAt(first - 1);    // the list goes on after this one
        state.insert(u"place_micros"_s, above.place());
        state.insert(u"place_id"_s, above.id().toString());
    }
    return state;
}

void JobsPage::restoreState(const QVariantMap& state)
{
    m_toRestore = state;
    const QString sorted = state.value(u"sort"_s).toString();
    const auto columns = allJobColumns();
    for (const JobColumn column : columns) {
        const JobColumnFacts facts = factsOf(column);
        if (facts.sort && facts.name == sorted)
            setSort(*facts.sort, state.value(u"newest_first"_s, true).toBool() ? SortDirection::NewestFirst : SortDirection::OldestFirst);
    }
    if (m_model->hasLoaded())
        applyPlace();
}

void JobsPage::applyPlace()
{
    const QVariantMap state = *m_toRestore;
    m_toRestore.reset();
    QList<JobId> ids;
    const QStringList texts = state.value(u"selection"_s).toStringList();
    for (const QString& text : texts)
        ids << JobId{text};
    m_view->jobSelection()->restore(ids, JobId{state.value(u"current"_s).toString()});
    if (state.contains(u"place_id"_s))
        m_model->jumpAfter({keyValue(state.value(u"place_micros"_s).toLongLong()), JobId{state.value(u"place_id"_s).toString()}});
}

void JobsPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (offersFiles(event->mimeData()) && m_context.session.capabilities().canWrite)
        event->acceptProposedAction();
}

void JobsPage::dropEvent(QDropEvent* event)
{
    const QStringList files = localPaths(event->mimeData()->urls());
    if (files.isEmpty())
        return;
    event->acceptProposedAction();
    emit filesDropped(files);
}

}
