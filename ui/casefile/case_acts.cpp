// SPDX-License-Identifier: Apache-2.0
#include "ui/casefile/case_acts.h"

#include "core/backend/case_files.h"
#include "ui/base/format.h"
#include "ui/casefile/case_run.h"
#include "ui/casefile/case_words.h"
#include "ui/casefile/export_case_dialog.h"
#include "ui/casefile/take_home_dialog.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/window/task_area.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QWidget>

namespace ui {

using namespace Qt::StringLiterals;
using core::casefile::CaseRequest;
using core::casefile::CaseSummary;
using core::casefile::TakeHomeAnswer;

namespace {

QString takenText(const TakeHomeAnswer& answer)
{
    if (answer.taken.isEmpty())
        return CaseActs::tr("The case is here already; nothing was changed.");
    const QString jobs = answer.taken.size() == 1 ? CaseActs::tr("1 job") : CaseActs::tr("%1 jobs").arg(countText(answer.taken.size()));
    const QString files = answer.files == 1 ? CaseActs::tr("1 file") : CaseActs::tr("%1 files").arg(countText(answer.files));
    return CaseActs::tr("Taken home: %1, %2, %3.").arg(jobs, files, sizeText(answer.bytes));
}

}

CaseActs::CaseActs(const UiContext& context, TaskArea& tasks, QWidget* window)
    : QObject(window), m_context(context), m_tasks(tasks), m_window(window)
{
}

QString CaseActs::whyNotExport(const core::JobId& job) const
{
    if (!m_context.session.isOpen())
        return tr("The store is not open.");
    return job.isEmpty() ? tr("Choose one job.") : QString();
}

QString CaseActs::whyNotTakeHome() const
{
    if (!m_context.session.isOpen())
        return tr("The store is not open.");
    const auto capabilities = m_context.session.capabilities();
    return capabilities.canWrite ? QString() : capabilities.whyReadOnly;
}

ExportCaseDialog* CaseActs::exportJob(const core::JobId& job)
{
    if (m_export)
        m_export->close();
    m_export = new ExportCaseDialog(m_context.session, job, m_window);
    connect(m_export, &ExportCaseDialog::exportAsked, this,
            [this](const CaseRequest& request, const QString& path) { write(request, path); });
    m_export->open();
    return m_export;
}

QString CaseActs::whyNotBringHome(const core::JobId& job) const
{
    if (m_context.session.profile().kind != ConnectionKind::Postgres)
        return tr("This store is on this computer already.");
    return whyNotExport(job);
}

CaseRun* CaseActs::bringHome(const core::JobId& job)
{
    const auto folder = std::make_shared<QTemporaryDir>();    // only this user reads it
    if (!folder->isValid()) {
        emit m_context.navigator.toastAsked(tr("Nothing was taken home: %1").arg(plainLine(folder->errorString())));
        return nullptr;
    }
    // the other store reads it whenever a person says so, also once this window is gone
    connect(qApp, &QCoreApplication::aboutToQuit, qApp, [folder] { folder->remove(); });
    CaseRequest request;
    request.job = job;
    const QString path = folder->filePath(u"job-%1.sbcase"_s.arg(job.text.left(13)));
    return write(request, path, [this, path](bool isWritten) {
        if (isWritten)
            emit homeAsked(path);
    });
}

TakeHomeDialog* CaseActs::takeHome(const QString& path)
{
    if (m_home)
        m_home->close();
    m_home = new TakeHomeDialog(m_context.session, path, m_window);
    connect(m_home, &TakeHomeDialog::takeAsked, this, &CaseActs::take);
    m_home->open();
    return m_home;
}

CaseRun* CaseActs::write(const CaseRequest& request, const QString& path, std::function<void(bool)> then)
{
    auto* task = new BackgroundTask(tr("Export case file"));
    m_tasks.add(task);
    auto* run = new CaseRun(task);
    task->setDetail(plainLine(path));
    connect(run, &CaseRun::progressed, task, &BackgroundTask::report);
    connect(task, &BackgroundTask::abortAsked, run, &CaseRun::abort);
    const auto start = [&](const core::tasks::ActControl& control) {
        return core::backend::caseFiles(*m_context.session.backend()).exportCase(request, path, control);
    };
    run->start(start, [task, self = QPointer(this), then = std::move(then),
                       name = plainLine(QFileInfo(path).fileName())](const core::Result<CaseSummary>& written) {
        const bool isAborted = !written && written.error().kind == core::ErrorKind::Cancelled;
        const QString ending = written     ? tr("%1 written, %2").arg(name, sizeText(written->sizeBytes))
                               : isAborted ? tr("Aborted; no case file was written")
                                           : tr("No case file was written: %1").arg(plainLine(written.error().message));
        task->end(ending, !written && !isAborted);
        if (!self)    // the window that asked may be gone
            return;
        emit self->m_context.navigator.toastAsked(ending);
        if (then)
            then(written.has_value());
    });
    return run;
}

CaseRun* CaseActs::take(const QString& path, const QString& reason)
{
    auto* task = new BackgroundTask(tr("Take a case home"));
    m_tasks.add(task);
    auto* run = new CaseRun(task);
    task->setDetail(plainLine(path));
    connect(run, &CaseRun::progressed, task, &BackgroundTask::report);
    connect(task, &BackgroundTask::abortAsked, run, &CaseRun::abort);
    const auto start = [&](const core::tasks::ActControl& control) {
        return core::backend::caseFiles(*m_context.session.backend()).takeHome(m_context.session.caller(), path, reason, control);
    };
    run->start(start, [task, self = QPointer(this)](const core::Result<TakeHomeAnswer>& taken) {
        const bool isAborted = !taken && taken.error().kind == core::ErrorKind::Cancelled;
        const QString ending = taken       ? takenText(*taken)
                               : isAborted ? tr("Aborted; nothing was changed")
                                           : tr("Nothing was taken home: %1").arg(plainLine(taken.error().message));
        task->end(ending, !taken && !isAborted);
        if (!self)
            return;
        emit self->m_context.navigator.toastAsked(ending);
        if (taken)
            emit self->m_context.navigator.jobAsked(taken->subject);
    });
    return run;
}

void CaseActs::chooseToOpen()
{
    choose(tr("Open case file"), [this](const QString& path) { emit caseChosen(path); });
}

void CaseActs::chooseToTakeHome()
{
    choose(tr("Take a case file home"), [this](const QString& path) { takeHome(path); });
}

void CaseActs::choose(const QString& title, std::function<void(const QString&)> then)
{
    auto* dialog = new QFileDialog(m_window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Case files (*%1)").arg(core::casefile::caseSuffix), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [then = std::move(then)](const QString& path) { then(path); });
    dialog->open();
}

}
