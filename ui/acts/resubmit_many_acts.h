// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/acts/bulk_tasks.h"

#include <QPointer>

namespace ui {

class BulkAct;
class ResubmitManyDialog;

/// Running many jobs again as a window offers it: the dialog, and the act in the background. One job alone has a form of its own
/// (ui/submit).
class ResubmitManyActs final : public QObject {
    Q_OBJECT

public:
    ResubmitManyActs(const UiContext& context, TaskArea& tasks, QWidget* window);

    /// Why these cannot run again, in a sentence; empty if at least one has ended.
    [[nodiscard]] QString whyNot(const QList<core::jobs::JobSummary>& jobs) const;
    ResubmitManyDialog* askAboutJobs(const QList<core::JobId>& ids);
    /// `text`: the filter as a person wrote it.
    ResubmitManyDialog* askAboutMatching(const core::jobs::Filter& filter, const QString& text);
    /// Runs over exactly these.
    BulkAct* resubmitMany(const QList<core::JobId>& ids, const QString& reason);

private:
    ResubmitManyDialog* ask(const core::tasks::ScopeRequest& scope, const QString& what);

    UiContext m_context;
    BulkTasks m_tasks;
    QWidget* m_window;
    QPointer<ResubmitManyDialog> m_dialog;    // one at a time
};

}
