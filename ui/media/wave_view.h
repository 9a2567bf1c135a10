// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/media/peaks_models.h"
#include "core/tasks/schemas.h"
#include "ui/media/media_axis.h"
#include "ui/media/time_accessible.h"

#include <QWidget>

#include <optional>

namespace ui {

struct Theme;

/// A sound over time with marked spans: peaks, the spans behind them and solid in a strip below, one of them current, a playhead,
/// time labels. Spans are taken as they come (out of order, negative, past the end, empty); what lies outside is not drawn.
///
/// Left and right move the playhead, up and down step through the spans, + - 0 zoom and fit, Home and End go to the ends; a click
/// moves the playhead and makes the span there current, the wheel pans, Ctrl and the wheel zoom.
class WaveView final : public QWidget, public TimeStrip {
    Q_OBJECT

public:
    explicit WaveView(QWidget* parent = nullptr);

    void setDuration(qint64 ms);
    void setSpans(const QList<core::tasks::Segment>& spans);
    void setPeaks(const core::media::Peaks& peaks);
    /// Places without length, such as where something was cut out.
    void setMarks(const QList<qint64>& marks);
    /// Words in place of the wave: "Reading the sound", why there is none. Empty: none.
    void setNote(const QString& note);
    [[nodiscard]] QString note() const { return m_note; }
    /// The height of wave and strip together; without labels and at a lower height it is one half of a before and after.
    void setWaveHeight(int pixels);
    void setShowsLabels(bool shows);

    [[nodiscard]] int current() const { return m_current; }    ///< -1: none
    /// Scrolls it into sight; does not emit.
    void setCurrent(int span);

    void zoomIn() { zoomBy(2); }
    void zoomOut() { zoomBy(0.5); }
    void zoomToFit();
    [[nodiscard]] const MediaAxis& axis() const { return m_axis; }

    /// The time under the pointer while it is over the wave, else the playhead's.
    [[nodiscard]] qint64 shownMs() const { return m_pointerMs.value_or(m_playheadMs); }

    [[nodiscard]] qint64 placeMs() const override { return m_playheadMs; }
    [[nodiscard]] qint64 lengthMs() const override { return m_axis.durationMs(); }
    void moveTo(qint64 ms) override;
    [[nodiscard]] QString placeText() const override;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void currentChanged(int span);    ///< by a person, here
    void shownTimeChanged(qint64 ms);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect frame() const;
    [[nodiscard]] QRect waveRect() const;
    [[nodiscard]] QRect stripRect() const;
    /// Where it is drawn, at least a pixel wide; none if it is out of sight or has no length.
    [[nodiscard]] std::optional<std::pair<double, double>> reach(const core::tasks::Segment& span) const;
    [[nodiscard]] int spanAt(qint64 ms) const;
    void paintSpans(QPainter* painter, const Theme& theme) const;
    void paintWave(QPainter* painter, const Theme& theme) const;
    void paintPlayhead(QPainter* painter, const Theme& theme) const;
    void zoomBy(double factor);
    void choose(int span);
    void stepSpan(int by);

    MediaAxis m_axis;
    QList<core::tasks::Segment> m_spans;
    QList<qint64> m_marks;
    core::media::Peaks m_peaks;
    int m_loudest = 0;
    QString m_note;
    int m_waveHeight;
    bool m_showsLabels = true;
    int m_current = -1;
    qint64 m_playheadMs = 0;
    std::optional<qint64> m_pointerMs;
};

}
