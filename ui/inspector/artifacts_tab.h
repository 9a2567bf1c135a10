// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/story_tab.h"

#include <QHash>

class QMenu;
class QPushButton;

namespace ui {

class ArtifactPreview;
class ErrorBar;
class InkLabel;
class RecordTable;

/// What the job made: a list, a preview of the chosen one, open and save.
class ArtifactsTab final : public StoryTab {
    Q_OBJECT

public:
    ArtifactsTab(const UiContext& ui, QWidget* parent);
    void showStory(const core::backend::JobStory& story, const QList<core::backend::HostFailures>& hosts) override;
    void forget() override;
    /// Saves the chosen artifact to a path that does not exist yet.
    void saveTo(const QString& path);

signals:
    /// The menu of the list is about to open: the window puts in what can be made of the chosen artifact.
    void menuAsked(QMenu* menu, const core::jobs::JobSummary& job, const core::files::ArtifactWithFile& artifact);

private:
    void showList();
    void lookForFiles();
    void showCurrent();
    void open();
    void askWhere();
    void showMenu(const QPoint& place);
    [[nodiscard]] const core::files::ArtifactWithFile* current() const;

    QList<core::files::ArtifactWithFile> m_artifacts;
    QHash<QString, bool> m_isThere;    // by storage key; what was not looked for is absent
    core::jobs::JobSummary m_job;
    RecordTable* m_table;
    ErrorBar* m_error;
    InkLabel* m_name;
    QPushButton* m_open;
    QPushButton* m_save;
    ArtifactPreview* m_preview;
};

}
