// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"

#include <QTimer>

namespace ui {

class RecordTable;

/// Where the job stands in the queue, who has it, and when that worker last gave a sign of life.
class BrokerTab final : public StoryTab {
    Q_OBJECT

public:
    BrokerTab(const UiContext& ui, QWidget* parent);
    void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) override;
    void forget() override;

private:
    void readQueue();
    void showFacts();
    core::backend::JobStory m_story;
    RecordTable* m_facts;
    QTimer m_beat;    // heartbeats write no event
};

}
