// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"

class QAction;

namespace ui {

class InkLabel;
class PauseQueueDialog;
class RowTable;

/// The queue, the workers with their last sign of life, and the runs that are under way. Enter on a run opens its job. The queue is paused and
/// resumed here.
class QueuesPage final : public PageFrame {
    Q_OBJECT

public:
    explicit QueuesPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] RowTable& queues() const { return *m_queues; }
    [[nodiscard]] RowTable& workers() const { return *m_workers; }
    [[nodiscard]] RowTable& attempts() const { return *m_attempts; }
    /// Why the queue can be neither paused nor resumed, in a sentence; empty if it can.
    [[nodiscard]] QString whyNotPause() const;
    PauseQueueDialog* askToPause();

protected:
    void reload() override;

private:
    void take(const core::backend::QueuePage& page);
    void showAct();
    void tellDone(bool paused);
    void takeAttempts(const core::backend::QueuePage& page, core::Time now);

    RowTable* m_queues;
    RowTable* m_workers;
    RowTable* m_attempts;
    InkLabel* m_workersNote;
    InkLabel* m_attemptsNote;
    InkLabel* m_why;
    QAction* m_pause;                                    // or resume, as the queue is
    std::optional<core::backend::QueueState> m_queue;    // as it was read last
};

}
