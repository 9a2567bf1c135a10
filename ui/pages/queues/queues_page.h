// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"

namespace ui {

class InkLabel;
class RowTable;

/// The queue, the workers with their last sign of life, and the runs that are under way. Enter on a run opens its job.
class QueuesPage final : public PageFrame {
    Q_OBJECT

public:
    explicit QueuesPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] RowTable& queues() const { return *m_queues; }
    [[nodiscard]] RowTable& workers() const { return *m_workers; }
    [[nodiscard]] RowTable& attempts() const { return *m_attempts; }

protected:
    void reload() override;

private:
    void take(const core::backend::QueuePage& page);
    void takeAttempts(const core::backend::QueuePage& page, core::Time now);

    RowTable* m_queues;
    RowTable* m_workers;
    RowTable* m_attempts;
    InkLabel* m_workersNote;
    InkLabel* m_attemptsNote;
};

}
