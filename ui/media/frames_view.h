// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/payload/typed_view.h"

#include <QWidget>

class QCheckBox;
class QSlider;
class QStackedWidget;

namespace ui {

class FrameGrid;
class FrameImages;
class FrameModel;
class InkLabel;
class PictureBox;

/// The frames of a video as a grid with a slider for their size; Enter or a double click shows one large, arrows go on there, Esc
/// goes back. Ctrl+C copies the current picture.
class FramesView final : public QWidget {
    Q_OBJECT

public:
    FramesView(const PayloadContext& context, const core::tasks::FrameExtractOutput& output, QWidget* parent = nullptr);

    [[nodiscard]] const FrameModel& model() const { return *m_model; }
    /// "every 2.0 s · 640 × 360 · 100 frames".
    [[nodiscard]] QString summary() const;
    [[nodiscard]] int currentFrame() const;
    void setCurrentFrame(int frame);
    /// Beside a transcript: a box "Follow the cue" in the tool line, edges to the pane's.
    void setFillsPane();
    [[nodiscard]] bool followsCue() const;
    /// Marks the frames within a cue and, if `moves` and while it follows, goes to the first of them.
    void setCue(std::optional<std::pair<qint64, qint64>> span, bool moves = true);
    [[nodiscard]] bool isBig() const;
    /// From the big picture back to the grid; false if it was there already.
    bool closeBig();

signals:
    void currentFrameChanged(int frame);    ///< by a person, here

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QWidget* toolLine();
    [[nodiscard]] QWidget* hintLine();
    [[nodiscard]] QWidget* bigPage();
    void takeInput(const core::tasks::FrameExtractInput& input);
    void showMarks();
    void openBig(int frame);
    void showBig(int frame);
    void copyImage(int frame);

    PayloadContext m_context;
    FrameModel* m_model;
    FrameImages* m_images;       // of the grid's size
    FrameImages* m_bigImages;    // whole, for the big view and copies
    QString m_howChosen;
    InkLabel* m_note;
    QCheckBox* m_follow;
    QSlider* m_size;
    QStackedWidget* m_pages;
    FrameGrid* m_grid;
    InkLabel* m_bigTitle;
    PictureBox* m_big;
    InkLabel* m_marked;
    std::optional<std::pair<qint64, qint64>> m_cue;
    int m_bigFrame = -1;
    int m_copyWaits = -1;    // the frame whose picture is on its way to the clipboard
    bool m_moving = false;
};

}
