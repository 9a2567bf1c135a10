// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/files/models.h"
#include "core/jobs/models.h"
#include "core/webhooks/models.h"
#include "ui/session/navigator.h"
#include "ui/session/ui_context.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QMenu;
class QStackedWidget;
class QTabBar;

namespace ui {

class ErrorBar;
class InkLabel;
class InspectorHeader;
class JobReader;
class StoryTab;

/// Everything about one job: a header that does not scroll and nine tabs, each built when it is first looked at. It follows its job
/// live and keeps tab, scroll and selection. The tab chosen last is remembered for each type of job.
class Inspector final : public QWidget {
    Q_OBJECT

public:
    explicit Inspector(const UiContext& ui, QWidget* parent = nullptr);

    /// Of a quick row of calls only the last is shown. A pinned inspector keeps its job.
    void showJob(const core::JobId& id);
    /// Shows it even if another is pinned, which it then is no more: a person asked for this very job.
    void showJobNow(const core::JobId& id);
    void showNothing();
    [[nodiscard]] core::JobId jobId() const;
    void setCurrentTab(InspectorTab tab);
    [[nodiscard]] InspectorTab currentTab() const;
    [[nodiscard]] bool isPinned() const;
    void setPinned(bool pinned);
    /// What the maximise button shows; the window does it.
    void setMaximised(bool maximised);
    /// Reads again (F5).
    void refresh();
    /// Asks for a replay of what is selected on the tab of the deliveries; of nothing, nothing.
    void replayChosen();

signals:
    void closeAsked();
    void maximiseAsked();
    void cancelAsked(const core::JobId& id);
    void resubmitAsked(const core::JobId& id);
    void exportAsked(const core::JobId& id);
    /// The menu of an artifact is about to open: the window adds what can be made of it.
    void artifactMenuAsked(QMenu* menu, const core::jobs::JobSummary& job, const core::files::ArtifactWithFile& artifact);
    void replayAsked(const QList<core::webhooks::Delivery>& deliveries, const QString& from);
    void stepThroughAsked(const core::JobId& id);
    void pinnedChanged(bool pinned);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    static constexpr int tabCount = 9;
    void nameTabs();
    void followKeys();
    /// The tab, built if this is the first time that it is asked for.
    StoryTab* tabAt(InspectorTab tab);
    [[nodiscard]] StoryTab* makeTab(InspectorTab tab);
    void forgetTabs();
    void present(const core::JobId& id);
    void expectPayload(const core::JobId& id);
    void noteTab(int index, bool byPerson);
    void showStory();
    void showTab();
    void showCounts();
    void showCancel();
    [[nodiscard]] bool waitsForCancel() const;
    void showResubmit();
    void showMessage(const QString& title, const QString& sentence);
    void tick();

    UiContext m_ui;
    JobReader* m_reader;
    InspectorHeader* m_header;
    ErrorBar* m_error;
    QTabBar* m_bar;
    QStackedWidget* m_stack;
    QWidget* m_job;
    QWidget* m_message;
    InkLabel* m_messageTitle;
    InkLabel* m_messageText;
    std::array<StoryTab*, tabCount> m_tabs{};    // null until looked at
    std::array<bool, tabCount> m_isStale{};
    QTimer m_clock;
    bool m_choosesTab = false;    // the tab moves because the job has changed, not because a person chose
    bool m_isFirst = true;        // of this job: then its type's tab is taken
};

}
