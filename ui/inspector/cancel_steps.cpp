// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/cancel_steps.h"

#include "ui/base/format.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

CancelSteps::CancelSteps(QWidget* parent) : QWidget(parent), m_zone(QTimeZone::systemTimeZone())
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Steps of the cancel"));
    setFocusPolicy(Qt::StrongFocus);
}

void CancelSteps::setStory(const core::backend::JobStory& story, const QTimeZone& zone)
{
    const auto& cancel = story.job.cancel;
    // what no worker had begun, no worker has to confirm
    const bool nobodyRan = !story.job.startedAt && story.attempts.isEmpty();
    QList<Step> steps{{tr("Asked"), cancel.requestedAt, {}},
                      {tr("Broker informed"), cancel.brokerInformedAt, tr("not yet")},
                      {tr("Worker acknowledged"), cancel.acknowledgedAt, nobodyRan ? tr("no worker had it") : tr("not yet")},
                      {tr("Finished anyway"), story.finishedAnywayAt, tr("did not happen")}};
    if (story.finishedAnywayAt)
        steps.last().word = story.finishedAnywayAs;
    m_zone = zone;
    m_steps = steps;
    setAccessibleDescription(summary());
    update();
}

QString CancelSteps::summary() const
{
    QStringList parts;
    for (const Step& step : m_steps)
        parts << tr("%1: %2").arg(step.name, step.at ? exactTime(*step.at, m_zone) : step.word);
    return parts.join(u"; "_s);
}

QSize CancelSteps::sizeHint() const
{
    return {scaled(360), scaled(58)};
}

void CancelSteps::paintEvent(QPaintEvent*)
{
    if (m_steps.isEmpty())
        return;
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    const double cell = static_cast<double>(width()) / static_cast<double>(m_steps.size());
    const int side = scaled(16);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    for (int i = 0; i < m_steps.size(); ++i) {
        const Step& step = m_steps.at(i);
        const int place = mirrored ? static_cast<int>(m_steps.size()) - 1 - i : i;
        const QRect room(qRound(place * cell), 0, qRound(cell), height());
        const QRect icon(mirrored ? room.right() - side : room.left(), scaled(2), side, side);
        const bool lastHappened = i == 3 && step.at;
        const QColor ink = !step.at ? theme.text3 : lastHappened ? theme.warning().ink : theme.cancelled.ink;
        paintIcon(&painter, icon, step.at ? (lastHappened ? u"dialog-warning"_s : u"state-done"_s) : u"ring"_s, ink);
        if (i + 1 < m_steps.size()) {
            const int length = qRound(cell) - side - scaled(10);
            painter.fillRect(QRect(mirrored ? icon.left() - scaled(5) - length : icon.right() + scaled(5), icon.center().y(), length, 2),
                             step.at ? ink : theme.border);
        }
        const auto line = [&](int top, TextRole role, const QColor& color, const QString& text) {
            painter.setFont(textFont(role));
            painter.setPen(color);
            painter.drawText(QRect(room.left(), top, room.width() - scaled(4), scaled(16)),
                             Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft),
                             painter.fontMetrics().elidedText(text, Qt::ElideRight, room.width() - scaled(4)));
        };
        line(scaled(22), TextRole::Small, step.at ? theme.text : theme.text3, step.name);
        const QString time = step.at ? exactTime(*step.at, m_zone).section(u' ', 1, 1) : step.word;
        line(scaled(38), TextRole::Tiny, step.at ? theme.text2 : theme.text3, lastHappened ? tr("%1 at %2").arg(step.word, time) : time);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

}
