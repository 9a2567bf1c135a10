// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <QAbstractSlider>
#include <QTimeZone>

namespace ui {

/// The scroll bar of the job list: an axis of time from the newest to the oldest job of the filter, a handle for what is on the screen.
/// Hover tells the exact time, a drag or the keys jump there. A slider to accessibility; its value is the place of the first shown row.
class TimeGutter final : public QAbstractSlider {
    Q_OBJECT

public:
    explicit TimeGutter(QWidget* parent = nullptr);

    /// The axis, top to bottom: the times of its ends (the first is later than the second where the newest stand at the top).
    void setSpan(core::Time top, core::Time bottom);
    /// The rows on the screen; none: no handle.
    void setShown(core::Time first, core::Time last);
    void setNothingShown();
    void setTimeStyle(core::Time now, const QTimeZone& zone);
    /// Of the header beside it and of the strip at its lower edge, whose grounds it continues.
    void setHeader(int height, int stripHeight);
    [[nodiscard]] core::Time timeAt(int y) const;
    [[nodiscard]] int yOf(core::Time time) const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void jumpAsked(core::Time time);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect axis() const;
    [[nodiscard]] QRect handle() const;
    [[nodiscard]] core::Time timeOfValue(int value) const;
    void jump(core::Time time);

    core::Time m_top{};
    core::Time m_bottom{};
    core::Time m_first{};
    core::Time m_last{};
    core::Time m_now{};
    QTimeZone m_zone = QTimeZone::utc();
    int m_headerHeight = 0;    // with the strip
    int m_stripHeight = 0;
    std::optional<int> m_hoverY;
    bool m_hasShown = false;
    bool m_following = false;    // the value moves with the list, not by a person
};

}
