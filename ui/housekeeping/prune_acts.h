// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"
#include "ui/session/ui_context.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace ui {

class PruneDialog;
class PruneRun;
class TaskArea;

/// Removing old jobs as a window offers it: the dialog, then the act in the background with its task and its result. Lives as long as the
/// window.
class PruneActs final : public QObject {
    Q_OBJECT

public:
    PruneActs(const UiContext& context, TaskArea& tasks, QWidget* window);
    /// Opens also on a read-only connection: what would go can be looked at.
    PruneDialog* ask();
    PruneRun* prune(core::Time before, const QList<core::JobId>& jobs, const QString& reason);

signals:
    /// Jobs and files are gone: pages read again.
    void pruned();

private:
    UiContext m_context;
    TaskArea& m_tasks;
    QWidget* m_window;
    QPointer<PruneDialog> m_dialog;    // one at a time
};

}
