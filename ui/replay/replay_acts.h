// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/acts/bulk_tasks.h"

#include <QObject>
#include <QPointer>

namespace ui {

class EditEventDialog;
class ReplayDialog;
class ReplayRun;
class TaskArea;

/// Replaying stored deliveries from one window: the dialog, and the run in the background with its result.
class ReplayActs final : public QObject {
    Q_OBJECT

public:
    ReplayActs(const UiContext& context, TaskArea& tasks, QWidget* window);

    /// Opens the dialog on these, frozen; `from` says where they come from ("chosen on the page Webhooks").
    ReplayDialog* ask(const QList<core::webhooks::Delivery>& deliveries, const QString& from);
    /// The body of one, to be changed and sent as a manual event.
    EditEventDialog* askToEdit(const core::DeliveryId& id);
    ReplayRun* replay(const QList<core::DeliveryId>& ids, const QString& reason, int perSecond);

private:
    UiContext m_context;
    BulkTasks m_tasks;
    QWidget* m_window;
    QPointer<ReplayDialog> m_dialog;
    QPointer<EditEventDialog> m_editor;
};

}
