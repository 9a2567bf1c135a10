// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/media/media_axis.h"
#include "ui/media/time_accessible.h"

#include <QWidget>

#include <optional>

namespace ui {

struct StripCue {
    qint64 startMs = 0;
    qint64 endMs = 0;
    bool isWeak = false;
};

/// Cues and frames of one medium over its time: what the panes above it show, where the current cue is. Left and right go to the next
/// and the previous cue (or frame, without cues); a click goes to its time.
class MediaStrip final : public QWidget, public TimeStrip {
    Q_OBJECT

public:
    explicit MediaStrip(QWidget* parent = nullptr);

    void setDuration(qint64 ms);
    void setCues(const QList<StripCue>& cues);
    void setFrames(const QList<qint64>& frames);
    void setCurrentCue(int cue);    ///< -1: none
    /// What the list above has on screen; nothing for all of it.
    void setShown(std::optional<std::pair<qint64, qint64>> span);
    /// Does not emit.
    void setPlace(qint64 ms);

    [[nodiscard]] qint64 placeMs() const override { return m_placeMs; }
    [[nodiscard]] qint64 lengthMs() const override { return m_axis.durationMs(); }
    void moveTo(qint64 ms) override;
    [[nodiscard]] QString placeText() const override;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void timePicked(qint64 ms);    ///< by a person, here

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect lanes() const;
    [[nodiscard]] bool isInCurrentCue(qint64 ms) const;
    void paintCues(QPainter* painter) const;
    void paintFrames(QPainter* painter) const;
    void step(int by);

    MediaAxis m_axis;
    QList<StripCue> m_cues;
    QList<qint64> m_frames;
    int m_currentCue = -1;
    std::optional<std::pair<qint64, qint64>> m_shown;
    qint64 m_placeMs = 0;
};

}
