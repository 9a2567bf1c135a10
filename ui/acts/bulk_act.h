// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/acts/bulk_run.h"

#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace ui {

/// One act on many jobs, all of it one call of the backend.
class BulkAct final : public BulkRun {
    Q_OBJECT

public:
    using Run = std::function<core::Pending<core::tasks::BulkAnswer>(const core::tasks::ActControl&)>;
    explicit BulkAct(qsizetype total, QObject* parent = nullptr);

    void start(const Run& run);
    void abort() override;
    [[nodiscard]] bool isAborted() const { return m_abort.token().isCancelled(); }

private:
    void tell();

    qsizetype m_total;
    core::CancelSource m_abort;
    std::shared_ptr<std::atomic<qsizetype>> m_done = std::make_shared<std::atomic<qsizetype>>(0);    // written by the lane that acts
    qsizetype m_told = -1;
    QTimer m_tick;
};

}
