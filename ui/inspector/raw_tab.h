// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"

namespace ui {

class ErrorBar;
class LogPane;

/// The job's row as JSON: the columns by their stored names and in their stored order, times in microseconds, payloads as their bytes.
class RawTab final : public StoryTab {
    Q_OBJECT

public:
    RawTab(const UiContext& ui, QWidget* parent);
    void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) override;
    void forget() override;

private:
    void read();
    void showRow();
    core::jobs::JobSummary m_job;
    qint64 m_inputBytes = 0;
    std::optional<qint64> m_outputBytes;
    std::optional<QByteArray> m_input;
    std::optional<QByteArray> m_output;
    ErrorBar* m_error;
    LogPane* m_text;
};

}
