// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/acts/act_dialog.h"

namespace ui {

class StoreSession;

/// Asks before a queue is paused, or goes on if it is, and says what that does to the jobs that wait and those that run.
class PauseQueueDialog final : public ActDialog {
    Q_OBJECT

public:
    PauseQueueDialog(StoreSession& session, const core::backend::QueueState& queue, QWidget* parent);

signals:
    /// It was done, and the journal has a line of it.
    void done(bool paused);

private:
    void act();

    StoreSession& m_session;
    bool m_pauses;    // else it goes on
};

}
