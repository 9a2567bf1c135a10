// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/timeline.h"

#include <QWidget>

namespace ui {

/// The painted lanes of a job's life over a time axis. Left and right step through the events, Enter asks for one; the time runs
/// left to right in every language.
class StateTimeline final : public QWidget {
    Q_OBJECT

public:
    explicit StateTimeline(QWidget* parent = nullptr);
    void setTimeline(const Timeline& timeline, const QTimeZone& zone);
    [[nodiscard]] const Timeline& timeline() const { return m_timeline; }
    /// The event that the keyboard stands on; -1 if on none.
    [[nodiscard]] int currentStop() const { return m_current; }
    /// "12:01:07.250: RUNNING": what a tool tip and a screen reader say of a stop.
    [[nodiscard]] QString stopText(int stop) const;
    /// All lanes in one sentence each.
    [[nodiscard]] QString summary() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void eventAsked(qint64 sequence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] int labelWidth() const;
    [[nodiscard]] QRect barRect(const TimeScale& scale, int lane, const TimelineBar& bar) const;
    [[nodiscard]] int stopNear(const QPoint& place) const;
    void goTo(int stop);
    void paintAxis(QPainter& painter, const TimeScale& scale) const;
    void paintBar(QPainter& painter, const TimeScale& scale, int lane, const TimelineBar& bar) const;
    void paintCuts(QPainter& painter, const TimeScale& scale) const;
    void paintStops(QPainter& painter, const TimeScale& scale) const;

    Timeline m_timeline;
    QTimeZone m_zone;
    int m_current = -1;
};

}
