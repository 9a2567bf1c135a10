// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/job_reader.h"
#include "ui/session/navigator.h"
#include "ui/session/ui_context.h"

#include <QWidget>

namespace ui {

/// One tab of the inspector. It is told the story when it comes into sight and whenever it changes while it is in sight; for the
/// same job it keeps scroll and selection.
class StoryTab : public QWidget {
    Q_OBJECT

public:
    StoryTab(const UiContext& ui, QWidget* parent) : QWidget(parent), m_ui(ui) {}
    virtual void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) = 0;
    /// Forgets the job before another one is shown.
    virtual void forget() {}

signals:
    /// Leads to another tab of this job: an event's sequence, an attempt's number, a line of its log.
    void placeAsked(ui::InspectorTab tab, qint64 place);
    void logLineAsked(int attempt, int line);

protected:
    [[nodiscard]] const UiContext& ui() const { return m_ui; }

private:
    UiContext m_ui;
};

}
