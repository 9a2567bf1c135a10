// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "ui/session/payload_ref.h"

#include <QObject>

class QMenu;

namespace ui {

/// The pages of the sidebar, in its order.
enum class Page { Jobs, Failures, Webhooks, Queues, Artifacts, Presets, Notifications, Dashboard, Journal };

/// The tabs of the inspector, in their order.
enum class InspectorTab { Overview, Input, Output, Events, Attempts, Webhooks, Artifacts, Broker, Raw };

/// How one part of a window leads to another without knowing it: a part asks, the window follows.
class Navigator final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

signals:
    void pageAsked(ui::Page page);
    /// Shows the job in the inspector (and selects it in the list where it is there).
    void jobAsked(const core::JobId& id);
    void jobTabAsked(const core::JobId& id, ui::InspectorTab tab);
    /// Shows the job list under this filter text.
    void filterAsked(const QString& filter);
    /// Narrows the present filter by one more term ("status:failed").
    void filterTermAsked(const QString& term);
    /// A page of resources/help, by its file's name without ".md".
    void helpAsked(const QString& topic);
    /// A short confirmation of a background act.
    void toastAsked(const QString& text);
    /// The window fills in what this payload may be compared with.
    void compareMenuAsked(QMenu* menu, const ui::PayloadRef& payload);
};

}
