// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/acts/act_dialog.h"
#include "ui/session/ui_context.h"

#include <QTimer>

#include <atomic>
#include <memory>

class QCheckBox;
class QSpinBox;
class QToolButton;

namespace ui {

class DeliveryChange;
class InkLabel;
class LogView;
class OutcomeCounts;
class ReplayModel;
class ReplayTable;

/// Stored deliveries once more, into this core: frozen, run dry first, and then replayed in the background. Of several a table shows
/// what would become of each; of one only that one is shown.
class ReplayDialog final : public ActDialog {
    Q_OBJECT

public:
    ReplayDialog(const UiContext& context, const QList<core::webhooks::Delivery>& deliveries, const QString& from, QWidget* parent);
    ~ReplayDialog() override;
    [[nodiscard]] ReplayModel& deliveries() const { return *m_model; }
    [[nodiscard]] bool isRunningDry() const { return m_dryRunning; }

signals:
    void replayAsked(const QList<core::DeliveryId>& ids, const QString& reason, int perSecond);
    void editAsked(const core::DeliveryId& id);

private:
    [[nodiscard]] QWidget* makeOptions();
    [[nodiscard]] QWidget* makeList();
    [[nodiscard]] QWidget* makeDetail();
    [[nodiscard]] QWidget* makeSummary();
    void dryRun();
    void takeDryRun(const core::Result<QList<core::tasks::WebhookOutcome>>& outcomes);
    void showCounts();
    void showProgress();
    void showCurrent();
    void showBody();
    void stepBy(int rows);
    void refreshAct();
    [[nodiscard]] int currentRow() const;

    UiContext m_context;
    ReplayModel* m_model;
    core::CancelSource m_stop;
    std::shared_ptr<std::atomic<qsizetype>> m_done = std::make_shared<std::atomic<qsizetype>>(0);    // written by the lane that runs it
    bool m_dryRunning = false;
    qsizetype m_asked = 0;    // of the dry run
    std::optional<core::Time> m_ranAt;
    core::DeliveryId m_bodyOf;
    QTimer m_tick;
    QTimer m_settle;    // what is shown of the dry run, after a choice

    QCheckBox* m_leaveOut;
    QSpinBox* m_rate;
    ReplayTable* m_table;
    InkLabel* m_place;
    InkLabel* m_id;
    QToolButton* m_former;
    QToolButton* m_next;
    DeliveryChange* m_change;
    InkLabel* m_bodyTitle;
    QPushButton* m_edit;
    LogView* m_body;
    InkLabel* m_ran;
    OutcomeCounts* m_counts;
    InkLabel* m_written;
    QPushButton* m_dryRun;
};

}
