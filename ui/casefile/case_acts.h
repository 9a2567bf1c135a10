// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/models.h"
#include "ui/session/ui_context.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace ui {

class CaseRun;
class ExportCaseDialog;
class TakeHomeDialog;
class TaskArea;

/// Case files as a window offers them: the dialogs, then the work in the background with its task. Lives as long as the window.
class CaseActs final : public QObject {
    Q_OBJECT

public:
    CaseActs(const UiContext& context, TaskArea& tasks, QWidget* window);

    /// Why this job cannot be exported, or a case not be taken into this store: a sentence, or nothing.
    [[nodiscard]] QString whyNotExport(const core::JobId& job) const;
    [[nodiscard]] QString whyNotTakeHome() const;
    /// Why this job cannot be brought into a store of this computer.
    [[nodiscard]] QString whyNotBringHome(const core::JobId& job) const;
    ExportCaseDialog* exportJob(const core::JobId& job);
    /// From a store on a server: the job with its files as a case in a folder that goes with the program, then homeAsked() with it.
    CaseRun* bringHome(const core::JobId& job);
    TakeHomeDialog* takeHome(const QString& path);
    /// `then` is called with whether it was written, if the window is still there.
    CaseRun* write(const core::casefile::CaseRequest& request, const QString& path, std::function<void(bool)> then = {});
    CaseRun* take(const QString& path, const QString& reason);
    /// Lets a person choose a case file of this machine; opening it is up to whoever hears caseChosen().
    void chooseToOpen();
    void chooseToTakeHome();

signals:
    void caseChosen(const QString& path);
    void homeAsked(const QString& path);

private:
    void choose(const QString& title, std::function<void(const QString&)> then);

    UiContext m_context;
    TaskArea& m_tasks;
    QWidget* m_window;
    QPointer<ExportCaseDialog> m_export;    // one of each at a time
    QPointer<TakeHomeDialog> m_home;
};

}
