// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"

class QScrollArea;
class QVBoxLayout;

namespace ui {

class CancelSteps;
class CommandBox;
class ErrorBox;
class InkLabel;
class LinkButton;
class LogView;
class StateTimeline;
class WhyPanel;
struct WhyFinding;

/// What a person wants to know first: error, timeline, cancel, why, command, the log's end, lineage, notifications.
class OverviewTab final : public StoryTab {
    Q_OBJECT

public:
    OverviewTab(const UiContext& ui, QWidget* parent);
    void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) override;
    void forget() override;

private:
    /// A heading with a caption beside it and room for a link; hidden with its body.
    struct Section {
        QWidget* head = nullptr;
        InkLabel* title = nullptr;
        InkLabel* caption = nullptr;
        LinkButton* link = nullptr;
        void setVisible(bool visible) const;
    };
    Section addSection(const QString& title, const QString& link = {});
    void readFallback(const core::backend::JobStory& story);
    void showWhy();
    void showCommand(const core::backend::JobStory& story);
    void showLog(const core::backend::JobStory& story);
    void showLineage(const core::backend::JobStory& story);
    void showNotifications(const core::backend::JobStory& story);
    void goTo(const WhyFinding& finding);
    void clearRows(QVBoxLayout* rows);

    QScrollArea* m_scroll;
    QVBoxLayout* m_column;
    ErrorBox* m_error;
    Section m_timelineHead;
    StateTimeline* m_timeline;
    Section m_cancelHead;
    CancelSteps* m_cancel;
    Section m_whyHead;
    WhyPanel* m_why;
    Section m_commandHead;
    CommandBox* m_command;
    Section m_logHead;
    LogView* m_log;
    Section m_lineageHead;
    QVBoxLayout* m_lineage;
    Section m_notesHead;
    QVBoxLayout* m_notes;
    QString m_lineageShown;    // rows are built again only if they say something else: a link keeps its focus
    QString m_notesShown;
    QString m_filter;
    int m_lastAttempt = 0;
    std::optional<core::backend::JobStory> m_story;
    QList<core::backend::HostFailures> m_hosts;
    core::JobId m_fallbackOf;    // asked for once
    QString m_fallback;
};

}
