// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"

namespace ui {

class CommandBox;
class InkLabel;
class LinkButton;
class LogPane;
class RecordTable;

/// Each run of the job: how it ended and why, where it ran, what it called, what the tools said.
class AttemptsTab final : public StoryTab {
    Q_OBJECT

public:
    AttemptsTab(const UiContext& ui, QWidget* parent);
    void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) override;
    void forget() override;
    void showAttempt(int attempt);
    /// The attempt with this line of its log current (from 1).
    void showLogLine(int attempt, int line);

private:
    void showDetail();
    void showCommand();
    void tellLines();
    [[nodiscard]] const core::jobs::JobAttempt* current() const;

    QList<core::jobs::JobAttempt> m_attempts;
    RecordTable* m_table;
    InkLabel* m_error;
    InkLabel* m_facts;
    RecordTable* m_commands;
    QWidget* m_commandHead;
    CommandBox* m_command;
    InkLabel* m_logTitle;
    LogPane* m_log;
};

}
