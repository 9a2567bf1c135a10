// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/acts/bulk_tasks.h"

#include <QPointer>

class QWidget;

namespace ui {

class BulkAct;
class CancelDialog;
class TaskArea;

/// Cancelling as a window offers it: why it is off, the dialog, the act in the background with its task and its result. Lives as long
/// as the window, so an act goes on when its dialog and its page are gone.
class CancelActs final : public QObject {
    Q_OBJECT

public:
    CancelActs(const UiContext& context, TaskArea& tasks, QWidget* window);

    /// Why these cannot be cancelled, in a sentence; empty if at least one can. Decided from the rows as they were seen last: the core
    /// decides again.
    [[nodiscard]] QString whyNot(const QList<core::jobs::JobSummary>& jobs) const;
    CancelDialog* askAboutJobs(const QList<core::JobId>& ids);
    /// `text`: the filter as a person wrote it.
    CancelDialog* askAboutMatching(const core::jobs::Filter& filter, const QString& text);
    /// Runs over exactly these.
    BulkAct* cancelMany(const QList<core::JobId>& ids, const QString& reason);

private:
    CancelDialog* ask(const core::tasks::ScopeRequest& scope, const QString& what);

    UiContext m_context;
    BulkTasks m_tasks;
    QWidget* m_window;
    QPointer<CancelDialog> m_dialog;    // one at a time
};

}
