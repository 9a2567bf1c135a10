// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/acts/bulk_run.h"

#include <QElapsedTimer>
#include <QTimer>

#include <atomic>
#include <memory>

namespace ui {

class StoreSession;

/// Applies stored deliveries again in the background, in their order, at most so many a second.
class ReplayRun final : public BulkRun {
    Q_OBJECT

public:
    /// `perSecond` 0: as fast as the store takes them.
    ReplayRun(StoreSession& session, QList<core::DeliveryId> ids, QString reason, int perSecond, QObject* parent = nullptr);
    ~ReplayRun() override;

    void start();
    void abort() override;
    [[nodiscard]] qsizetype total() const { return m_ids.size(); }

private:
    void step();
    void take(const QList<core::DeliveryId>& asked, const core::Result<QList<core::tasks::WebhookOutcome>>& outcomes);
    void tell();
    void end();

    StoreSession& m_session;
    QList<core::DeliveryId> m_ids;
    QString m_reason;
    int m_perSecond;
    core::CancelSource m_abort;
    core::tasks::BulkAnswer m_answer;
    std::shared_ptr<std::atomic<qsizetype>> m_inStep = std::make_shared<std::atomic<qsizetype>>(0);    // written by the lane that acts
    qsizetype m_told = -1;
    bool m_isOver = false;
    QTimer m_tick;
    QTimer m_pause;    // between two steps of a limited run
    QElapsedTimer m_since;
};

}
