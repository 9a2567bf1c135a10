// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"

namespace ui {

class ErrorBar;
class InkLabel;
class LinkButton;
class LogView;
class RecordTable;

/// How many events the job has; the story holds the newest of them.
[[nodiscard]] qint64 eventCount(const core::backend::JobStory& story);

/// The events of the job, a thousand at a time, and below them all that the chosen one says. Older ones are read when a person goes there.
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
    [[nodiscard]] std::optional<PayloadRef> shownPayload() const;
    void fillUp();
    void showRows();
    void showEarlier();
    void showLater();
    void readBefore(qint64 sequence);
    void takeBefore(const core::Result<QList<core::jobs::JobEvent>>& events);

    core::JobId m_job;
    core::Time m_created;
    QList<core::jobs::JobEvent> m_newest;    // those of the story
    QList<core::jobs::JobEvent> m_shown;     // the same, or older ones that were read
    qint64 m_total = 0;
    bool m_seesNewest = true;
    qint64 m_wanted = 0;    // asked for before it was there
    qint64 m_readBefore = 0;
    quint64 m_round = 0;    // of reads of older ones
    ErrorBar* m_error;
    QWidget* m_span;
    InkLabel* m_spanText;
    LinkButton* m_earlier;
    LinkButton* m_later;
    RecordTable* m_table;
    InkLabel* m_title;
    LogView* m_detail;
};

}
