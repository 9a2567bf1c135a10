// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/lane.h"
#include "core/files/models.h"
#include "ui/session/ui_context.h"

#include <QImage>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace ui {

class ErrorBar;
class InkLabel;
class LogView;
class WaveView;

/// A look at a stored file: pictures and texts, a frame of a video, the wave of a sound; for others what is known of them. Files are
/// read on a lane of its own, drawings of media come from the backend.
class ArtifactPreview final : public QWidget {
    Q_OBJECT

public:
    ArtifactPreview(const UiContext& ui, QWidget* parent);
    ~ArtifactPreview() override;
    void showArtifact(const core::files::ArtifactWithFile& artifact);
    void showNothing();
    /// For a person's eyes and for tests: what stands in the place of the preview; empty while a preview is shown.
    [[nodiscard]] QString message() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Read {
        QImage image;
        QByteArray text;
        bool isCut = false;
    };
    static core::Result<Read> readFile(const QString& path, bool isImage);
    void readStored(const core::files::File& file);
    void readPoster(const core::files::File& file);
    void readWave(const core::files::File& file);
    void showImage(const QImage& image);
    void take(const core::Result<Read>& read);
    void say(const QString& sentence);
    void fitImage();

    UiContext m_ui;
    quint64 m_generation = 0;
    QImage m_image;
    ErrorBar* m_error;
    QStackedWidget* m_stack;
    InkLabel* m_message;
    QLabel* m_picture;
    LogView* m_text;
    WaveView* m_wave;
    core::CancelSource m_drawing;    // of a frame or a wave: not worth its run once something else is shown
    core::Lane m_lane;               // last: its work ends before the rest goes
};

}
