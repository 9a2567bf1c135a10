// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/acts/bulk_run.h"
#include "ui/session/ui_context.h"

class QWidget;

namespace ui {

class TaskArea;

struct BulkWords {
    QString title;           ///< "Cancel 1,131 jobs"
    QString task;            ///< in the task area, which adds the numbers: "Cancel"
    QString done;            ///< "cancelled"
    QString nothing;         ///< of a refusal: "Nothing was cancelled: %1"
    bool isOfJobs = true;    ///< a row of the result leads to its job
};

/// Acts on many in the background of a connection: each a task with progress and abort, its end a toast, its result a dialog when asked
/// for. This lives as long as the window; the runs and their results as long as the connection.
class BulkTasks final : public QObject {
    Q_OBJECT

public:
    BulkTasks(const UiContext& context, TaskArea& tasks, QWidget* window);
    /// Takes the run, which has not been started, and removes it when it has ended.
    void follow(BulkRun* run, const BulkWords& words);

private:
    UiContext m_context;
    TaskArea& m_tasks;
};

}
