// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"
#include "ui/payload/payload_view.h"

namespace ui {

class ErrorBar;

/// Input or output of the job. The bytes are read when the tab comes into sight, or is about to, once, and let go with the job.
class PayloadTab final : public StoryTab {
    Q_OBJECT

public:
    PayloadTab(const UiContext& ui, PayloadKind kind, QWidget* parent);
    void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) override;
    void forget() override;
    /// This job's story is on its way, and this tab will show it: its bytes are read beside the story, as both may take long. Of none:
    /// what was read so is let go.
    void expect(const core::JobId& id);

private:
    void read();
    void ask(const core::JobId& id);
    void takeAnswer(const core::Result<QByteArray>& bytes);
    void readInput(const QByteArray& output);
    void take(const std::optional<QByteArray>& bytes, const std::optional<QByteArray>& input);
    void fail(const core::Error& error);

    PayloadKind m_kind;
    PayloadView* m_view;
    ErrorBar* m_error;
    core::jobs::JobSummary m_job;
    qint64 m_inputBytes = 0;
    std::optional<qint64> m_wanted;    // size of the payload in the store; none: there is none
    std::optional<qint64> m_shown;     // size of what is shown
    bool m_isShown = false;
    bool m_reading = false;
    core::JobId m_expected;
    std::optional<QByteArray> m_early;    // of the expected job, where they were there before its story
};

}
