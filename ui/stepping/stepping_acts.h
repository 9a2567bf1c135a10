// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/lane.h"
#include "ui/session/ui_context.h"

#include <QObject>

class QWidget;

namespace ui {

class SteppingDialog;

/// Stepping through a job's deliveries as a window offers it. Lives as long as the window, as does what is read and written on its lane.
class SteppingActs final : public QObject {
    Q_OBJECT

public:
    SteppingActs(const UiContext& context, QWidget* window);
    SteppingDialog* open(const core::JobId& id);

private:
    UiContext m_context;
    QWidget* m_window;
    core::Lane m_files;
};

}
