// SPDX-License-Identifier: Apache-2.0
#include "ui/deliveries/stage_lamps.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

class StageLampsAccessible final : public QAccessibleWidget {
public:
    explicit StageLampsAccessible(StageLamps* widget) : QAccessibleWidget(widget, QAccessible::List) {}
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto* lamps = static_cast<const StageLamps*>(object());
        if (kind == QAccessible::Description)
            return lamps->summary();
        if (kind == QAccessible::Value && lamps->currentLamp() < lamps->lamps().size())
            return lamps->lampText(lamps->currentLamp());
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* makeAccessible(const QString& className, QObject* object)
{
    if (auto* widget = qobject_cast<StageLamps*>(object);
        widget && className == QLatin1StringView(StageLamps::staticMetaObject.className()))
        return new StageLampsAccessible(widget);
    return nullptr;
}

QString iconOf(LampState state)
{
    switch (state) {
    case LampState::Passed: return u"state-done"_s;
    case LampState::WouldDo: return u"stage-info"_s;
    case LampState::Skipped: return u"skip"_s;
    case LampState::Stopped: return u"state-failed"_s;
    case LampState::NotReached: return u"ring"_s;
    }
    Q_UNREACHABLE();
}

QColor inkOf(LampState state, const Theme& theme)
{
    switch (state) {
    case LampState::Passed: return theme.done.ink;
    case LampState::WouldDo: return theme.running.ink;
    case LampState::Stopped: return theme.failed.ink;
    case LampState::Skipped:
    case LampState::NotReached: return theme.text3;
    }
    Q_UNREACHABLE();
}

}

StageLamps::StageLamps(QWidget* parent) : QWidget(parent)
{
    static const bool installed = (QAccessible::installFactory(makeAccessible), true);
    Q_UNUSED(installed)
    setAccessibleName(tr("Stages of the delivery"));
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void StageLamps::setLamps(const QList<StageLamp>& lamps)
{
    m_lamps = lamps;
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(lamps.size()) - 1));
    updateGeometry();
    update();
}

QString StageLamps::lampText(int lamp) const
{
    const StageLamp& at = m_lamps.at(lamp);
    const QString text = tr("Stage %1 of %2, %3, %4").arg(lamp + 1).arg(m_lamps.size()).arg(stageTitle(at.stage), lampWord(at.state));
    return at.detail.isEmpty() ? text : text + u": "_s + plainLine(at.detail);
}

QString StageLamps::summary() const
{
    QStringList sentences;
    for (int lamp = 0; lamp < m_lamps.size(); ++lamp)
        sentences << lampText(lamp);
    return sentences.join(u". "_s);
}

/// Why it went no further; empty where it went all the way.
QString StageLamps::reason() const
{
    for (const StageLamp& lamp : m_lamps) {
        if (lamp.state == LampState::Stopped)
            return plainLine(lamp.detail);
    }
    return {};
}

QSize StageLamps::sizeHint() const
{
    return {scaled(480), heightForWidth(scaled(480))};
}

QSize StageLamps::minimumSizeHint() const
{
    return {scaled(280), heightForWidth(scaled(280))};
}

int StageLamps::heightForWidth(int width) const
{
    int height = scaled(20) + scaled(4) + 3 * scaled(16) + scaled(4);
    if (const QString why = reason(); !why.isEmpty()) {
        const QFontMetrics metrics(textFont(TextRole::Body));
        height += metrics.boundingRect(QRect(0, 0, std::max(80, width - scaled(24)), 10'000), Qt::TextWordWrap | Qt::TextWrapAnywhere, why)
                      .height() +
                  scaled(16);
    }
    return height;
}

void StageLamps::paintEvent(QPaintEvent*)
{
    if (m_lamps.isEmpty())
        return;
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    const double cell = static_cast<double>(width()) / static_cast<double>(m_lamps.size());
    const int side = scaled(20);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    for (int i = 0; i < m_lamps.size(); ++i) {
        const StageLamp& lamp = m_lamps.at(i);
        const QColor ink = inkOf(lamp.state, theme);
        const int place = mirrored ? static_cast<int>(m_lamps.size()) - 1 - i : i;
        const QRect room(qRound(place * cell), 0, qRound(cell), height());
        const QRect icon(room.center().x() - side / 2, 2, side, side);
        if (i + 1 < m_lamps.size()) {    // the connector takes the colour of what it leaves
            const int length = qRound(cell) - side - scaled(8);
            const int left = mirrored ? icon.left() - scaled(4) - length : icon.right() + scaled(4);
            painter.fillRect(QRect(left, icon.center().y(), length, 2), lamp.state == LampState::Passed ? ink : theme.border);
        }
        paintIcon(&painter, icon, iconOf(lamp.state), ink);
        const auto line = [&](int row, TextRole role, const QColor& color, const QString& text) {
            painter.setFont(textFont(role));
            painter.setPen(color);
            const QRect at(room.left(), side + scaled(6) + row * scaled(16), room.width(), scaled(16));
            painter.drawText(at, Qt::AlignCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, at.width() - 2));
        };
        line(0, TextRole::Small, lamp.state == LampState::NotReached ? theme.text3 : theme.text, stageTitle(lamp.stage));
        line(1, TextRole::Tiny, lamp.state == LampState::Stopped ? ink : theme.text2, lampWord(lamp.state));
        line(2, TextRole::Tiny, theme.text3, lamp.time);
        if (hasFocus() && i == m_current) {
            painter.setPen(QPen(theme.accent, 2));
            painter.drawRect(QRect(room.left() + 2, 1, room.width() - 4, side + scaled(8) + 3 * scaled(16) - 2));
        }
    }
    if (const QString why = reason(); !why.isEmpty()) {
        const QRect box(0, side + scaled(10) + 3 * scaled(16), width(), height() - side - scaled(12) - 3 * scaled(16));
        painter.fillRect(box, theme.failed.fill);
        painter.fillRect(mirrored ? QRect(box.right() - 2, box.top(), 3, box.height()) : QRect(box.left(), box.top(), 3, box.height()),
                         theme.failed.ink);
        painter.setFont(textFont(TextRole::Body));
        painter.setPen(theme.text);
        painter.drawText(box.adjusted(scaled(12), 0, -scaled(8), 0), Qt::AlignVCenter | Qt::TextWordWrap | Qt::TextWrapAnywhere, why);
    }
}

int StageLamps::lampAt(int x) const
{
    const int place = std::clamp(x * static_cast<int>(m_lamps.size()) / std::max(1, width()), 0, static_cast<int>(m_lamps.size()) - 1);
    return layoutDirection() == Qt::RightToLeft ? static_cast<int>(m_lamps.size()) - 1 - place : place;
}

void StageLamps::goTo(int lamp)
{
    if (m_lamps.isEmpty())
        return;
    m_current = std::clamp(lamp, 0, static_cast<int>(m_lamps.size()) - 1);
    update();
    QAccessibleValueChangeEvent told(this, lampText(m_current));
    QAccessible::updateAccessibility(&told);
}

void StageLamps::keyPressEvent(QKeyEvent* event)
{
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Right: return goTo(m_current + forward);
    case Qt::Key_Left: return goTo(m_current - forward);
    case Qt::Key_Home: return goTo(0);
    case Qt::Key_End: return goTo(static_cast<int>(m_lamps.size()) - 1);
    default: event->ignore();
    }
}

void StageLamps::mousePressEvent(QMouseEvent* event)
{
    if (!m_lamps.isEmpty())
        goTo(lampAt(qRound(event->position().x())));
}

bool StageLamps::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !m_lamps.isEmpty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), plainToolTip(lampText(lampAt(help->pos().x()))), this);
        return true;
    }
    return QWidget::event(event);
}

}
