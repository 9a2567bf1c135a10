// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/state_timeline.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int laneHeight = 28;
constexpr int barHeight = 20;
constexpr int axisHeight = 22;
constexpr int cutWidth = 34;

/// The lanes as a description, the event that the keyboard stands on as the value.
class StateTimelineAccessible final : public QAccessibleWidget {
public:
    explicit StateTimelineAccessible(StateTimeline* widget) : QAccessibleWidget(widget, QAccessible::Graphic) {}
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto* timeline = static_cast<const StateTimeline*>(object());
        if (kind == QAccessible::Description)
            return timeline->summary();
        if (kind == QAccessible::Value && timeline->currentStop() >= 0)
            return timeline->stopText(timeline->currentStop());
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* makeAccessible(const QString& className, QObject* object)
{
    if (auto* widget = qobject_cast<StateTimeline*>(object);
        widget && className == QLatin1StringView(StateTimeline::staticMetaObject.className()))
        return new StateTimelineAccessible(widget);
    return nullptr;
}

}

StateTimeline::StateTimeline(QWidget* parent) : QWidget(parent), m_zone(QTimeZone::systemTimeZone())
{
    static const bool installed = (QAccessible::installFactory(makeAccessible), true);
    Q_UNUSED(installed)
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StateTimeline::setTimeline(const Timeline& timeline, const QTimeZone& zone)
{
    if (m_timeline == timeline && m_zone == zone)
        return;
    const qint64 kept = m_current >= 0 && m_current < m_timeline.stops.size() ? m_timeline.stops.at(m_current).sequence : -1;
    const bool grew = timeline.lanes.size() != m_timeline.lanes.size();
    m_timeline = timeline;
    m_zone = zone;
    m_current = -1;
    for (int stop = 0; stop < timeline.stops.size(); ++stop) {
        if (timeline.stops.at(stop).sequence == kept)
            m_current = stop;
    }
    if (grew)
        updateGeometry();
    update();
}

QString StateTimeline::stopText(int stop) const
{
    const TimelineStop& at = m_timeline.stops.at(stop);
    return tr("%1: event %2, %3").arg(exactTime(at.at, m_zone)).arg(at.sequence).arg(at.text);
}

QString StateTimeline::summary() const
{
    QStringList sentences;
    for (const TimelineLane& lane : m_timeline.lanes) {
        QStringList parts;
        for (const TimelineBar& bar : lane.bars)
            parts << (bar.endText.isEmpty() ? bar.text : tr("%1, then %2").arg(bar.text, bar.endText));
        sentences << tr("%1: %2.").arg(lane.name, parts.join(u"; "_s));
    }
    return sentences.join(u' ');
}

QSize StateTimeline::sizeHint() const
{
    return {scaled(320), static_cast<int>(m_timeline.lanes.size()) * scaled(laneHeight) + scaled(axisHeight)};
}

QSize StateTimeline::minimumSizeHint() const
{
    return {scaled(160), sizeHint().height()};
}

int StateTimeline::labelWidth() const
{
    const QFontMetrics metrics(textFont(TextRole::Small));
    int widest = scaled(56);
    for (const TimelineLane& lane : m_timeline.lanes)
        widest = std::max(widest, metrics.horizontalAdvance(lane.name));
    return widest + scaled(20);
}

TimeScale StateTimeline::scale() const
{
    const double left = labelWidth();
    const double width = std::max(40.0, this->width() - left - scaled(24));
    return TimeScale(m_timeline.from, m_timeline.to, left, width, m_timeline.cuts, scaled(cutWidth));
}

QRect StateTimeline::barRect(const TimeScale& scale, int lane, const TimelineBar& bar) const
{
    const int left = qRound(scale.x(bar.from));
    const int right = std::max(left + scaled(8), qRound(scale.x(bar.to)));
    return {left, lane * scaled(laneHeight) + scaled((laneHeight - barHeight) / 2), right - left, scaled(barHeight)};
}

void StateTimeline::paintEvent(QPaintEvent*)
{
    if (m_timeline.lanes.isEmpty())
        return;
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    const TimeScale scale = this->scale();
    paintAxis(painter, scale);
    painter.setFont(textFont(TextRole::Small));
    for (int lane = 0; lane < m_timeline.lanes.size(); ++lane) {
        painter.setPen(theme.text2);
        painter.drawText(QRect(0, lane * scaled(laneHeight), labelWidth(), scaled(laneHeight)), Qt::AlignVCenter | Qt::AlignLeft,
                         m_timeline.lanes.at(lane).name);
        for (const TimelineBar& bar : m_timeline.lanes.at(lane).bars)
            paintBar(painter, scale, lane, bar);
    }
    paintCuts(painter, scale);
    paintStops(painter, scale);
}

void StateTimeline::paintAxis(QPainter& painter, const TimeScale& scale) const
{
    const Theme& theme = themeOf(palette());
    const int bottom = static_cast<int>(m_timeline.lanes.size()) * scaled(laneHeight);
    painter.setFont(textFont(TextRole::Tiny));
    const auto ticks = timeTicks(scale, scaled(72), m_zone);
    for (const TimeTick& tick : ticks) {
        const int x = qRound(scale.x(tick.at));
        painter.fillRect(QRect(x, 0, 1, bottom), theme.hairline);
        painter.setPen(theme.text2);
        QRect room(x - scaled(50), bottom, scaled(100), scaled(axisHeight));
        if (room.right() > width())
            room.moveRight(width());
        painter.drawText(room, Qt::AlignCenter, tick.text);
    }
}

void StateTimeline::paintBar(QPainter& painter, const TimeScale& scale, int lane, const TimelineBar& bar) const
{
    const Theme& theme = themeOf(palette());
    const QRect rect = barRect(scale, lane, bar);
    const StateInk& ink = theme.state(bar.look);
    painter.fillRect(rect, ink.fill);
    painter.setPen(ink.ink);
    painter.drawRect(rect.adjusted(0, 0, -1, -1));
    if (bar.isOpen) {    // it goes on: no right edge
        painter.fillRect(QRect(rect.right(), rect.top() + 1, 1, rect.height() - 2), ink.fill);
    }
    painter.setFont(textFont(TextRole::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    const int textWidth = metrics.horizontalAdvance(bar.text);
    const QFont strong = textFont(TextRole::SmallEmphasis);
    const int endWidth = bar.end ? QFontMetrics(strong).horizontalAdvance(bar.endText) + scaled(26) : 0;
    const bool textFits = textWidth + scaled(14) <= rect.width();
    const bool endFits = bar.end && rect.width() >= endWidth + (textFits ? textWidth + scaled(22) : 0);
    int outside = rect.right() + scaled(6);
    if (bar.end) {    // the terminal mark: a line through the lane
        painter.fillRect(QRect(rect.right(), rect.top() - scaled(3), 2, rect.height() + scaled(6)), theme.state(*bar.end).ink);
    }
    painter.setPen(bar.look == JobState::Pending ? theme.text2 : theme.text);
    if (textFits)
        painter.drawText(rect.adjusted(scaled(7), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, bar.text);
    if (!bar.end) {
        if (!textFits && outside + textWidth <= width())
            painter.drawText(QRect(outside, rect.top(), textWidth + 2, rect.height()), Qt::AlignVCenter | Qt::AlignLeft, bar.text);
        else if (!textFits && rect.left() - textWidth - scaled(6) >= labelWidth())
            painter.drawText(QRect(rect.left() - textWidth - scaled(6), rect.top(), textWidth + 2, rect.height()),
                             Qt::AlignVCenter | Qt::AlignRight, bar.text);
        return;
    }
    const int side = scaled(14);
    const StateInk& end = theme.state(*bar.end);
    QRect room;
    if (endFits)
        room = QRect(rect.right() - endWidth - scaled(2), rect.top(), endWidth, rect.height());
    else if (outside + endWidth <= width())
        room = QRect(outside, rect.top(), endWidth, rect.height());
    else
        room = QRect(std::max(labelWidth(), rect.left() - endWidth - scaled(6)), rect.top(), endWidth, rect.height());
    painter.setFont(strong);
    painter.setPen(end.ink);
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, bar.endText);
    paintIcon(&painter, QRect(room.right() - scaled(4) - side, room.center().y() - side / 2, side, side), stateIconName(*bar.end), end.ink);
}

/// A zigzag through all lanes, with the length that was left out.
void StateTimeline::paintCuts(QPainter& painter, const TimeScale& scale) const
{
    const Theme& theme = themeOf(palette());
    const int bottom = static_cast<int>(m_timeline.lanes.size()) * scaled(laneHeight);
    for (const TimeCut& cut : scale.cuts()) {
        const double left = scale.x(cut.from);
        const double right = scale.x(cut.to);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        QPainterPath paper;
        const double middle = (left + right) / 2;
        QPolygonF first;
        QPolygonF second;
        bool out = false;
        for (int y = 0; y <= bottom; y += scaled(7), out = !out) {
            first << QPointF(middle - scaled(4) + (out ? scaled(3) : 0), y);
            second << QPointF(middle + scaled(2) + (out ? scaled(3) : 0), y);
        }
        QPolygonF band = first;
        for (auto point = second.rbegin(); point != second.rend(); ++point)
            band << *point;
        paper.addPolygon(band);
        painter.fillPath(paper, theme.base);
        painter.setPen(QPen(theme.outline, 1));
        painter.drawPolyline(first);
        painter.drawPolyline(second);
        painter.restore();
        painter.setFont(textFont(TextRole::Tiny));
        painter.setPen(theme.text2);
        painter.drawText(QRect(qRound(middle) - scaled(60), bottom, scaled(120), scaled(axisHeight)), Qt::AlignCenter,
                         tr("%1 cut").arg(lengthText(cut.to - cut.from)));
    }
}

void StateTimeline::paintStops(QPainter& painter, const TimeScale& scale) const
{
    if (!hasFocus() || m_current < 0)
        return;
    const Theme& theme = themeOf(palette());
    const TimelineStop& stop = m_timeline.stops.at(m_current);
    const int x = qRound(scale.x(stop.at));
    const QRect lane(x - scaled(4), stop.lane * scaled(laneHeight), scaled(9), scaled(laneHeight));
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRect(lane.adjusted(1, 1, -1, -1));
    const QString text = stopText(m_current);
    painter.setFont(textFont(TextRole::Tiny));
    const int wide = std::min(painter.fontMetrics().horizontalAdvance(text) + scaled(12), width());
    const int bottom = static_cast<int>(m_timeline.lanes.size()) * scaled(laneHeight);
    QRect label(std::clamp(x - wide / 2, 0, width() - wide), bottom + scaled(2), wide, scaled(axisHeight) - scaled(4));
    painter.fillRect(label, theme.highlight);
    painter.setPen(theme.highlightedText);
    painter.drawText(label.adjusted(scaled(6), 0, -scaled(6), 0), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, wide - scaled(12)));
}

int StateTimeline::stopNear(const QPoint& place) const
{
    const TimeScale scale = this->scale();
    int nearest = -1;
    double distance = scaled(8);
    for (int stop = 0; stop < m_timeline.stops.size(); ++stop) {
        const double away = std::abs(scale.x(m_timeline.stops.at(stop).at) - place.x());
        if (away <= distance) {
            nearest = stop;
            distance = away;
        }
    }
    return nearest;
}

void StateTimeline::goTo(int stop)
{
    if (m_timeline.stops.isEmpty())
        return;
    m_current = std::clamp(stop, 0, static_cast<int>(m_timeline.stops.size()) - 1);
    update();
    QAccessibleValueChangeEvent told(this, stopText(m_current));
    QAccessible::updateAccessibility(&told);
}

void StateTimeline::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Right: return goTo(m_current + 1);
    case Qt::Key_Left: return goTo(m_current - 1);
    case Qt::Key_Home: return goTo(0);
    case Qt::Key_End: return goTo(static_cast<int>(m_timeline.stops.size()) - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            emit eventAsked(m_timeline.stops.at(m_current).sequence);
        return;
    default: event->ignore();
    }
}

void StateTimeline::mousePressEvent(QMouseEvent* event)
{
    if (const int stop = stopNear(event->position().toPoint()); stop >= 0)
        goTo(stop);
}

void StateTimeline::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int stop = stopNear(event->position().toPoint()); stop >= 0)
        emit eventAsked(m_timeline.stops.at(stop).sequence);
}

bool StateTimeline::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const TimeScale scale = this->scale();
        QStringList lines;
        for (int lane = 0; lane < m_timeline.lanes.size(); ++lane) {
            for (const TimelineBar& bar : m_timeline.lanes.at(lane).bars) {
                if (barRect(scale, lane, bar).adjusted(-2, -4, 2, 4).contains(help->pos()))
                    lines << tr("%1: %2").arg(m_timeline.lanes.at(lane).name, bar.text)
                          << tr("%1 to %2").arg(exactTime(bar.from, m_zone), exactTime(bar.to, m_zone));
            }
        }
        if (const int stop = stopNear(help->pos()); stop >= 0)
            lines << stopText(stop);
        QToolTip::showText(help->globalPos(), plainToolTip(lines.join(u'\n')), this);
        return true;
    }
    return QWidget::event(event);
}

}
