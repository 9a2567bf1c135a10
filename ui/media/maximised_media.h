// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "ui/payload/typed_view.h"

#include <QWidget>

class QHBoxLayout;
class QSplitter;

namespace ui {

class FramesView;
class InkLabel;
class MediaStrip;
class TranscriptView;

/// Transcript and frames of one input file side by side, with a strip of both below. It is asked for with one job and finds the newest
/// finished job of the other kind on the same file.
class MaximisedMedia final : public QWidget {
    Q_OBJECT

public:
    MaximisedMedia(const UiContext& ui, const core::JobId& id, QWidget* parent = nullptr);

    /// Null until its job was read, and if there is none.
    [[nodiscard]] TranscriptView* transcript() const { return m_transcript; }
    [[nodiscard]] FramesView* frames() const { return m_frames; }
    [[nodiscard]] MediaStrip* strip() const { return m_strip; }

signals:
    void backAsked();
    /// Both panes say what they have.
    void settled();

private:
    enum class Pane { Transcript, Frames };
    [[nodiscard]] QWidget* headLine();
    void takeAsked(const core::backend::JobDetails& details);
    void find(Pane pane);
    void showJob(Pane pane, const core::backend::JobDetails& details);
    void showAbsence(Pane pane, const QString& sentence);
    void fill(Pane pane, const core::jobs::JobSummary* job, const QString& title, const QString& facts, QWidget* content);
    void noteSettled();
    void showTitle();
    void takeCue(int cue);
    void takeFrame(int frame);
    void takeTime(qint64 ms);
    void goTo(qint64 ms);
    void goBack();

    UiContext m_ui;
    QString m_filePath;
    QWidget* m_left;     // of the transcript
    QWidget* m_right;    // of the frames
    QSplitter* m_panes;
    QHBoxLayout* m_acts;
    InkLabel* m_title;
    InkLabel* m_subtitle;
    InkLabel* m_time;
    MediaStrip* m_strip;
    TranscriptView* m_transcript = nullptr;
    FramesView* m_frames = nullptr;
    int m_jobs = 0;
    int m_awaited = 2;
    bool m_following = false;    // one pane moves because the other did
};

}
