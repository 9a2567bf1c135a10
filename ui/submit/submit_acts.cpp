// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/submit_acts.h"

#include "core/base/json_spelling.h"
#include "ui/acts/act_reasons.h"
#include "ui/base/format.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/submit/input_document.h"
#include "ui/submit/input_fields.h"
#include "ui/submit/resubmit_dialog.h"
#include "ui/submit/submit_run.h"
#include "ui/window/task_area.h"

#include <QMenu>
#include <QWidget>

namespace ui {

using namespace Qt::StringLiterals;
using core::JobType;
using core::backend::PayloadPart;
using core::tasks::SubmitAnswer;

namespace {

bool isMedia(const core::files::ArtifactWithFile& artifact)
{
    const QString type = artifact.file ? artifact.file->mimeType : QString();
    return type.startsWith(u"video/") || type.startsWith(u"audio/") || type.startsWith(u"image/");
}

/// The JSON of a member of a payload; empty if it has none.
QByteArray memberOf(const core::Result<QByteArray>& payload, const QString& pointer)
{
    const auto json = payload ? core::JsonText::parse(*payload) : core::Result<core::JsonText>(tl::make_unexpected(payload.error()));
    const auto value = json ? json->find(pointer) : std::nullopt;
    return value && !value->isNull() ? value->raw().toByteArray() : QByteArray();
}

}

SubmitActs::SubmitActs(const UiContext& context, TaskArea& tasks, QWidget* window)
    : QObject(window), m_context(context), m_tasks(tasks), m_window(window)
{
}

QString SubmitActs::whyNot() const
{
    return whyNoAct(m_context.session);
}

SubmitDialog* SubmitActs::submit(const SubmitDraft& draft)
{
    if (m_submit && m_submit->isVisible() && draft == SubmitDraft{}) {
        m_submit->raise();
        m_submit->activateWindow();
        return m_submit;
    }
    if (m_submit)
        m_submit->close();
    m_submit = new SubmitDialog(m_context, draft, m_window);
    connect(m_submit, &SubmitDialog::submitted, this, [this](const SubmitAnswer& answer) {
        emit m_context.navigator.toastAsked(answer.reused ? tr("An active job does the same: %1.").arg(answer.jobId.text)
                                                          : tr("Submitted as %1.").arg(answer.jobId.text));
    });
    connect(m_submit, &SubmitDialog::jobAsked, this, [this](const core::JobId& id) { emit m_context.navigator.jobAsked(id); });
    connect(m_submit, &SubmitDialog::manyAsked, this, &SubmitActs::submitMany);
    m_submit->open();
    return m_submit;
}

ResubmitDialog* SubmitActs::resubmit(const core::JobId& of)
{
    if (m_resubmit)
        m_resubmit->close();
    m_resubmit = new ResubmitDialog(m_context, of, m_window);
    connect(m_resubmit, &ResubmitDialog::resubmitted, this, [this](const core::JobId&, const SubmitAnswer& answer) {
        emit m_context.navigator.toastAsked(tr("Resubmitted as %1.").arg(answer.jobId.text));
    });
    connect(m_resubmit, &ResubmitDialog::jobAsked, this, [this](const core::JobId& id) { emit m_context.navigator.jobAsked(id); });
    m_resubmit->open();
    return m_resubmit;
}

SubmitRun* SubmitActs::submitMany(const SubmitBatch& batch)
{
    auto* task = new BackgroundTask(tr("Submit %1 jobs").arg(countText(batch.files.size())));
    m_tasks.add(task);
    auto* run = new SubmitRun(m_context.session, batch, task);
    connect(run, &SubmitRun::progressed, task, &BackgroundTask::report);
    connect(task, &BackgroundTask::abortAsked, run, &SubmitRun::abort);
    connect(run, &SubmitRun::finished, task, [run, task, self = QPointer(this)] {
        task->end(run->summary(), run->hasFailed());
        if (self)    // the window that asked may be gone
            emit self->m_context.navigator.toastAsked(run->summary() + u'.');
        run->deleteLater();
    });
    run->start();
    return run;
}

void SubmitActs::fillUseMenu(QMenu* menu, const core::jobs::JobSummary& job, const core::files::ArtifactWithFile& artifact)
{
    QMenu* use = menu->addMenu(tr("Use as input of"));
    const QString why = whyNot();
    use->setEnabled(why.isEmpty());
    use->menuAction()->setToolTip(why.isEmpty() ? use->title() : plainLine(why));
    const bool isDone = job.status == core::JobStatus::Done;
    if (isDone && job.type == JobType::SilenceDetect)
        connect(use->addAction(tr("Silence apply, with the silences of this job…")), &QAction::triggered, this,
                [this, id = job.id] { useDetectedSilences(id); });
    if (isDone && job.type == JobType::TranscriptionGenerate)
        connect(use->addAction(tr("Captions, with this transcription…")), &QAction::triggered, this,
                [this, id = job.id] { useTranscription(id); });
    if (isMedia(artifact)) {
        const auto types = core::jobs::allJobTypes();
        for (const JobType type : types)
            connect(use->addAction(tr("%1…").arg(typeTitle(type, {}))), &QAction::triggered, this,
                    [this, type, path = artifact.file->path] {
                        openWith(type, {{u"/file_path"_s, core::base::encodeJsonString(path)}});
                    });
    }
    if (use->isEmpty())
        use->addAction(tr("No job takes a file of this kind"))->setEnabled(false);
}

void SubmitActs::openWith(JobType type, const QList<std::pair<QString, QByteArray>>& values)
{
    InputDocument document(type, emptyInput(type));
    for (const auto& [pointer, json] : values) {
        if (!json.isEmpty())
            document.setValue(pointer, json);
    }
    submit({type, document.bytes(), {}});
}

void SubmitActs::useDetectedSilences(const core::JobId& job)
{
    core::whenDone(m_context.session.backend()->payload(job, PayloadPart::Input), this, [this, job](const core::Result<QByteArray>& input) {
        openWith(JobType::SilenceApply,
                 {{u"/file_path"_s, memberOf(input, u"/file_path"_s)}, {u"/detect_job_id"_s, core::base::encodeJsonString(job.text)}});
    });
}

void SubmitActs::useTranscription(const core::JobId& job)
{
    auto* backend = m_context.session.backend();
    core::whenDone(backend->payload(job, PayloadPart::Input), this, [this, job, backend](const core::Result<QByteArray>& input) {
        core::whenDone(backend->payload(job, PayloadPart::Output), this,
                       [this, file = memberOf(input, u"/file_path"_s)](const core::Result<QByteArray>& output) {
                           openWith(JobType::CaptionsGenerate,
                                    {{u"/file_path"_s, file}, {u"/transcription_id"_s, memberOf(output, u"/transcription_id"_s)}});
                       });
    });
}

}
