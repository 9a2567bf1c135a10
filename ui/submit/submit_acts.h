// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/files/models.h"
#include "ui/session/ui_context.h"
#include "ui/submit/submit_dialog.h"

#include <QObject>
#include <QPointer>

class QMenu;

namespace ui {

class ResubmitDialog;
class SubmitRun;
class TaskArea;

/// Making jobs as a window offers it: why it is off, the dialogs, many files in the background. Lives as long as the window.
class SubmitActs final : public QObject {
    Q_OBJECT

public:
    SubmitActs(const UiContext& context, TaskArea& tasks, QWidget* window);

    /// Why no job can be made, in a sentence; empty if one can.
    [[nodiscard]] QString whyNot() const;
    SubmitDialog* submit(const SubmitDraft& draft);
    ResubmitDialog* resubmit(const core::JobId& of);
    SubmitRun* submitMany(const SubmitBatch& batch);
    /// "Use as input of" for what a job has made: each type with the file, and what else of the job it can take.
    void fillUseMenu(QMenu* menu, const core::jobs::JobSummary& job, const core::files::ArtifactWithFile& artifact);

private:
    void openWith(core::JobType type, const QList<std::pair<QString, QByteArray>>& values);
    void useDetectedSilences(const core::JobId& job);
    void useTranscription(const core::JobId& job);

    UiContext m_context;
    TaskArea& m_tasks;
    QWidget* m_window;
    QPointer<SubmitDialog> m_submit;    // one of each at a time
    QPointer<ResubmitDialog> m_resubmit;
};

}
