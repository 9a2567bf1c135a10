// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"

class QPushButton;

namespace ui {

class DeliveryView;
class InkLabel;
class RecordTable;

/// The raw deliveries about this job, newest first, and the chosen one whole.
class WebhooksTab final : public StoryTab {
    Q_OBJECT

public:
    WebhooksTab(const UiContext& ui, QWidget* parent);
    void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) override;
    void forget() override;
    /// Asks for a replay of the selected deliveries; of none, nothing.
    void replayChosen();

signals:
    void replayAsked(const QList<core::webhooks::Delivery>& deliveries, const QString& from);
    void stepThroughAsked(const core::JobId& id);

private:
    void showChosen();

    core::JobId m_job;
    QList<core::webhooks::Delivery> m_deliveries;
    QPushButton* m_replay;
    QPushButton* m_stepThrough;
    InkLabel* m_address;
    RecordTable* m_table;
    DeliveryView* m_view;
};

}
