// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/time_gutter.h"

#include "ui/base/format.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QToolTip>

#include <utility>

namespace ui {

using namespace std::chrono_literals;

namespace {

constexpr int steps = 100'000;    // of the slider's value over the axis
constexpr int endRoom = 24;       // above the first and below the last label
constexpr int leastHandle = 24;

/// The distance between two labels: a round one, with at most five of them on the axis.
std::chrono::seconds labelStep(std::chrono::microseconds span, int room)
{
    constexpr std::chrono::seconds round[] = {1s, 2s,  5s,  10s, 30s,  1min, 2min, 5min, 10min, 15min, 30min, 1h,     2h,    3h,
                                              6h, 12h, 24h, 48h, 120h, 168h, 336h, 720h, 2160h, 4320h, 8760h, 17520h, 43800h};
    for (const auto step : round) {
        if (span / step <= room)
            return step;
    }
    return std::chrono::duration_cast<std::chrono::seconds>(span / std::max(1, room));
}

}

TimeGutter::TimeGutter(QWidget* parent) : QAbstractSlider(parent)
{
    setOrientation(Qt::Vertical);
    setRange(0, steps);
    setSingleStep(steps / 100);
    setPageStep(steps / 10);
    setInvertedAppearance(true);    // 0 stands at the top
    setInvertedControls(true);
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Place in time of the job list"));
    keepWidth(this, 40);
    connect(this, &QAbstractSlider::valueChanged, this, [this](int value) {
        if (!m_following)
            jump(timeOfValue(value));
    });
}

void TimeGutter::setSpan(core::Time top, core::Time bottom)
{
    m_top = top;
    m_bottom = bottom;
    if (m_hasShown)
        setShown(m_first, m_last);
    update();
}

void TimeGutter::setShown(core::Time first, core::Time last)
{
    m_first = first;
    m_last = last;
    m_hasShown = true;
    const QScopedValueRollback following(m_following, true);
    const auto span = (m_bottom - m_top).count();
    if (!isSliderDown() && span != 0)
        setValue(
            static_cast<int>(std::clamp<double>(static_cast<double>((first - m_top).count()) / static_cast<double>(span), 0, 1) * steps));
    setAccessibleDescription(exactTime(first, m_zone));
    update();
}

void TimeGutter::setNothingShown()
{
    m_hasShown = false;
    setAccessibleDescription({});
    update();
}

void TimeGutter::setTimeStyle(core::Time now, const QTimeZone& zone)
{
    m_now = now;
    m_zone = zone;
    update();
}

void TimeGutter::setHeader(int height, int stripHeight)
{
    m_headerHeight = height;
    m_stripHeight = stripHeight;
    update();
}

QSize TimeGutter::sizeHint() const
{
    return {scaled(40), scaled(200)};
}

QRect TimeGutter::axis() const
{
    const int room = scaled(endRoom);
    return {0, m_headerHeight + room, width(), std::max(1, height() - m_headerHeight - 2 * room)};
}

core::Time TimeGutter::timeAt(int y) const
{
    const QRect line = axis();
    const double place = std::clamp(static_cast<double>(y - line.top()) / line.height(), 0.0, 1.0);
    return m_top + std::chrono::microseconds(static_cast<qint64>(place * static_cast<double>((m_bottom - m_top).count())));
}

core::Time TimeGutter::timeOfValue(int value) const
{
    return m_top + std::chrono::microseconds(static_cast<qint64>(static_cast<double>((m_bottom - m_top).count()) * value / steps));
}

int TimeGutter::yOf(core::Time time) const
{
    const auto span = (m_bottom - m_top).count();
    const QRect line = axis();
    if (span == 0)
        return line.top();
    const double place = std::clamp(static_cast<double>((time - m_top).count()) / static_cast<double>(span), 0.0, 1.0);
    return line.top() + static_cast<int>(place * line.height());
}

QRect TimeGutter::handle() const
{
    const int top = yOf(m_first);
    const int bottom = yOf(m_last);
    const int least = scaled(leastHandle);
    const int length = std::max(bottom - top, least);
    const int width = scaled(5);
    const int left = layoutDirection() == Qt::RightToLeft ? 2 : this->width() - width - 1;
    const int room = scaled(endRoom);
    // a handle at either end reaches past the label of that end, as the rows reach past their middle
    const int from = std::clamp(top - least / 2, m_headerHeight + 2, std::max(m_headerHeight + 2, height() - room - length + least));
    return {left, from, width, std::min(length, height() - from - 4)};
}

void TimeGutter::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    QPainter painter(this);
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(rect(), theme.alternateBase);
    painter.fillRect(QRect(0, 0, width(), m_headerHeight), theme.window);
    painter.fillRect(QRect(0, m_headerHeight - m_stripHeight, width(), m_stripHeight), theme.running.fill);
    if (m_stripHeight > 0)
        painter.fillRect(QRect(0, m_headerHeight - m_stripHeight - 1, width(), 1), theme.border);
    if (m_headerHeight > 0)
        painter.fillRect(QRect(0, m_headerHeight - 1, width(), 1), theme.border);
    painter.fillRect(QRect(rightToLeft ? width() - 1 : 0, m_headerHeight, 1, height()), theme.hairline);

    if (m_top != m_bottom) {
        painter.setFont(textFont(TextRole::Tiny));
        painter.setPen(theme.text3);
        const auto span = std::chrono::abs(m_bottom - m_top);
        const auto newest = std::max(m_top, m_bottom);
        const auto oldest = std::min(m_top, m_bottom);
        const auto step = labelStep(span, std::clamp(axis().height() / scaled(90), 1, 5));
        const int line = scaled(14);
        // a round age is told from now, whatever the newest job's own age is
        auto age = (m_now - newest) / step * step;
        if (age < m_now - newest)
            age += m_now - newest > step ? step : 0s;
        QString former;
        for (; m_now - age >= oldest - span / 50; age += step) {
            const QString words = age <= 0us ? tr("now") : relativeTime(m_now - age, m_now);
            if (std::exchange(former, words) == words)
                continue;    // half a minute on it is still "1 min"
            const int y = yOf(std::min(newest, core::Time(m_now - age)));
            const QRect place(rightToLeft ? 2 : scaled(4), y - line / 2, width() - scaled(6), line);
            painter.drawText(place, (rightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, words);
        }
    }
    if (m_hoverY) {
        painter.fillRect(QRect(0, *m_hoverY, width(), 1), theme.accent);
    }
    if (m_hasShown) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(isSliderDown() || hasFocus() ? theme.accent : theme.outline);
        painter.drawRoundedRect(handle(), 2, 2);
    }
}

void TimeGutter::jump(core::Time time)
{
    if (m_top != m_bottom)
        emit jumpAsked(time);
}

void TimeGutter::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || event->pos().y() < m_headerHeight)
        return;
    setSliderDown(true);
    jump(timeAt(event->pos().y()));
}

void TimeGutter::mouseMoveEvent(QMouseEvent* event)
{
    const int y = event->pos().y();
    m_hoverY = y > m_headerHeight && m_top != m_bottom ? std::optional(y) : std::nullopt;
    if (m_hoverY)
        QToolTip::showText(event->globalPosition().toPoint(), exactTime(timeAt(y), m_zone), this);
    if (isSliderDown())
        jump(timeAt(y));
    update();
}

void TimeGutter::mouseReleaseEvent(QMouseEvent*)
{
    const QScopedValueRollback following(m_following, true);
    setSliderDown(false);
    update();
}

void TimeGutter::wheelEvent(QWheelEvent* event)
{
    event->ignore();    // the list beside it scrolls by rows
}

void TimeGutter::leaveEvent(QEvent* event)
{
    QAbstractSlider::leaveEvent(event);
    m_hoverY.reset();
    update();
}

void TimeGutter::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: triggerAction(SliderSingleStepSub); return;
    case Qt::Key_Down: triggerAction(SliderSingleStepAdd); return;
    case Qt::Key_PageUp: triggerAction(SliderPageStepSub); return;
    case Qt::Key_PageDown: triggerAction(SliderPageStepAdd); return;
    case Qt::Key_Home: triggerAction(SliderToMinimum); return;
    case Qt::Key_End: triggerAction(SliderToMaximum); return;
    default: QAbstractSlider::keyPressEvent(event);
    }
}

bool TimeGutter::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QAbstractSlider::event(event);
}

}
