// SPDX-License-Identifier: Apache-2.0
#include "ui/media/media_strip.h"

#include "ui/base/format.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ui {

MediaStrip::MediaStrip(QWidget* parent) : QWidget(parent)
{
    installTimeAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Cues and frames over time"));
}

void MediaStrip::setDuration(qint64 ms)
{
    m_axis.setDuration(ms);
    m_placeMs = std::clamp<qint64>(m_placeMs, 0, m_axis.durationMs());
    update();
}

void MediaStrip::setCues(const QList<StripCue>& cues)
{
    m_cues = cues;
    m_currentCue = -1;
    update();
}

void MediaStrip::setFrames(const QList<qint64>& frames)
{
    m_frames = frames;
    update();
}

void MediaStrip::setCurrentCue(int cue)
{
    m_currentCue = cue >= 0 && cue < m_cues.size() ? cue : -1;
    notePlaceChanged(this);
    update();
}

void MediaStrip::setShown(std::optional<std::pair<qint64, qint64>> span)
{
    if (m_shown == span)
        return;
    m_shown = span;
    update();
}

void MediaStrip::setPlace(qint64 ms)
{
    m_placeMs = std::clamp<qint64>(ms, 0, m_axis.durationMs());
    notePlaceChanged(this);
    update();
}

void MediaStrip::moveTo(qint64 ms)
{
    setPlace(ms);
    emit timePicked(m_placeMs);
}

QString MediaStrip::placeText() const
{
    return m_currentCue < 0 ? timecode(m_placeMs)
                            : tr("%1, cue %2 of %3").arg(timecode(m_placeMs)).arg(m_currentCue + 1).arg(m_cues.size());
}

QSize MediaStrip::sizeHint() const
{
    return {scaled(600), scaled(72)};
}

QSize MediaStrip::minimumSizeHint() const
{
    return {scaled(200), scaled(72)};
}

QRect MediaStrip::lanes() const
{
    return {scaled(112), scaled(12), std::max(1, width() - scaled(112) - scaled(16)), scaled(32)};
}

bool MediaStrip::isInCurrentCue(qint64 ms) const
{
    return m_currentCue >= 0 && ms >= m_cues[m_currentCue].startMs && ms < m_cues[m_currentCue].endMs;
}

void MediaStrip::paintCues(QPainter* painter) const
{
    const Theme& theme = themeOf(palette());
    const QRect all = lanes();
    const int height = scaled(13);
    double paintedAt = -1;
    for (qsizetype i = 0; i < m_cues.size(); ++i) {
        const StripCue& cue = m_cues[i];
        const double left = std::max(0.0, m_axis.xOf(double(cue.startMs)));
        const double right = std::min(double(all.width()), m_axis.xOf(double(cue.endMs)));
        const bool current = i == m_currentCue;
        if (right <= left || (!current && right - left < 1 && std::floor(left) == paintedAt))
            continue;
        paintedAt = std::floor(left);
        // a pixel of ground between neighbours that touch
        const double length = std::max(1.0, right - left - (right - left > 3 ? 1 : 0));
        painter->fillRect(QRectF(all.left() + left, all.top(), length, height), current      ? theme.accent
                                                                                : cue.isWeak ? theme.weakCue
                                                                                             : theme.cue);
    }
    if (m_currentCue >= 0) {    // once more, over those that share its pixel
        const double left = std::max(0.0, m_axis.xOf(double(m_cues[m_currentCue].startMs)));
        const double right = std::min(double(all.width()), m_axis.xOf(double(m_cues[m_currentCue].endMs)));
        if (right > left)
            painter->fillRect(QRectF(all.left() + left, all.top(), std::max(2.0, right - left - 1), height), theme.accent);
    }
}

void MediaStrip::paintFrames(QPainter* painter) const
{
    const Theme& theme = themeOf(palette());
    const QRect all = lanes();
    const int top = all.top() + scaled(19);
    double painted = -10;
    for (const qint64 ms : m_frames) {
        const double x = std::floor(m_axis.xOf(double(ms)));
        const bool marked = isInCurrentCue(ms);
        if (x < 0 || x > all.width() || (!marked && x - painted < 2))
            continue;
        painted = x;
        painter->fillRect(QRectF(all.left() + x, top, marked ? 2 : 1, scaled(9)), marked ? theme.accent : theme.cue);
    }
}

void MediaStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.window);
    const QRect all = lanes();
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(theme.text2);
    painter.drawText(QRect(scaled(16), all.top() - scaled(3), scaled(90), scaled(18)), Qt::AlignVCenter, tr("Cues"));
    painter.drawText(QRect(scaled(16), all.top() + scaled(15), scaled(90), scaled(18)), Qt::AlignVCenter, tr("Frames"));
    paintCues(&painter);
    paintFrames(&painter);
    painter.save();
    painter.translate(all.left(), 0);
    paintAxisLabels(&painter, m_axis, QRect(0, all.bottom() + scaled(4), all.width(), scaled(16)), palette());
    painter.restore();
    if (m_axis.durationMs() <= 0)
        return;
    if (m_shown) {
        const double left = std::clamp(m_axis.xOf(double(m_shown->first)), 0.0, double(all.width()));
        const double right = std::clamp(m_axis.xOf(double(m_shown->second)), left + 4, double(all.width()) + 4);
        painter.setPen(theme.outline);
        painter.drawRect(QRectF(all.left() + left - 2.5, all.top() - 4.5, right - left + 4, all.height() + 3));
    }
    const double x = std::round(all.left() + m_axis.xOf(double(m_placeMs)));
    painter.fillRect(QRectF(x - 0.5, all.top() - 8, 1.5, all.height() + 6), theme.text);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath cap;
    cap.moveTo(x - 4, all.top() - 9);
    cap.lineTo(x + 4.5, all.top() - 9);
    cap.lineTo(x + 0.25, all.top() - 3);
    painter.fillPath(cap, theme.text);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void MediaStrip::resizeEvent(QResizeEvent* event)
{
    m_axis.setWidth(lanes().width());
    QWidget::resizeEvent(event);
}

void MediaStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        moveTo(m_axis.msAt(event->position().x() - lanes().left()));
}

void MediaStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        moveTo(m_axis.msAt(event->position().x() - lanes().left()));
}

void MediaStrip::step(int by)
{
    // the nearest beginning on that side, whatever order they came in
    std::optional<qint64> next;
    const auto offer = [&](qint64 ms) {
        const bool onSide = by > 0 ? ms > m_placeMs : ms < m_placeMs;
        if (onSide && ms >= 0 && ms <= m_axis.durationMs() && (!next || (by > 0 ? ms < *next : ms > *next)))
            next = ms;
    };
    for (const StripCue& cue : m_cues)
        offer(cue.startMs);
    if (m_cues.isEmpty()) {
        for (const qint64 ms : m_frames)
            offer(ms);
    }
    if (next)
        moveTo(*next);
}

void MediaStrip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: step(-1); break;
    case Qt::Key_Right: step(1); break;
    case Qt::Key_Home: moveTo(0); break;
    case Qt::Key_End: moveTo(m_axis.durationMs()); break;
    default: QWidget::keyPressEvent(event);
    }
}

bool MediaStrip::event(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::event(event);
}

}
