// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"

namespace ui {

class InkLabel;
class LinkButton;
class LogView;
class RecordTable;

/// Every event of the job, and below it all that the chosen one says.
class EventsTab final : public StoryTab {
    Q_OBJECT

public:
    EventsTab(const UiContext& ui, QWidget* parent);
    void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) override;
    void forget() override;
    /// Makes the event of this sequence the current one.
    void showEvent(qint64 sequence);
    using QWidget::showEvent;

private:
    void showDetail();
    void showRows();
    void showFrom(qsizetype first);
    [[nodiscard]] qsizetype lastFirst() const;    // of the newest rows
    QList<core::jobs::JobEvent> m_events;
    core::Time m_created;
    qsizetype m_first = 0;    // rows stand for so many of the events from here on
    qint64 m_wanted = 0;      // asked for before it was there
    QWidget* m_span;
    InkLabel* m_spanText;
    LinkButton* m_earlier;
    LinkButton* m_later;
    RecordTable* m_table;
    InkLabel* m_title;
    LogView* m_detail;
};

}
