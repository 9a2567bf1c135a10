// SPDX-License-Identifier: Apache-2.0
#include "ui/window/status_line.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/text_size.h"
#include "ui/window/environment_band.h"
#include "ui/window/task_area.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QLabel* textLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    keepFont(label, TextRole::Small);
    return label;
}

}

StatusLine::StatusLine(StoreSession& session, Preferences& preferences, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_preferences(preferences),
      m_swatch(new QLabel(this)),
      m_kind(textLabel(this)),
      m_plug(new QLabel(this)),
      m_connected(textLabel(this)),
      m_readOnly(textLabel(this)),
      m_workers(textLabel(this)),
      m_queue(textLabel(this)),
      m_times(textLabel(this)),
      m_tasks(new TaskArea(this))
{
    keepHeight(this, 28);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 12, 0);
    row->setSpacing(8);
    for (QWidget* part :
         {static_cast<QWidget*>(m_swatch), static_cast<QWidget*>(m_kind), static_cast<QWidget*>(m_plug), static_cast<QWidget*>(m_connected),
          static_cast<QWidget*>(m_readOnly), static_cast<QWidget*>(m_workers), static_cast<QWidget*>(m_queue)})
        row->addWidget(part);
    row->addStretch();
    row->addWidget(m_times);
    row->addWidget(m_tasks);
    connect(&session, &StoreSession::stateChanged, this, &StatusLine::refresh);
    connect(&preferences, &Preferences::changed, this, &StatusLine::refresh);
    m_tasks->follow(session.tasks());
    refresh();
}

void StatusLine::showQueue(const core::backend::QueueState& queue)
{
    int threads = 0;
    qsizetype alive = 0;
    const QString boot = core::base::bootId();
    const qint64 monotonic = core::base::monotonicMicros();
    const core::Time now = core::base::systemNow();
    for (const auto& worker : queue.workers) {
        if (!core::broker::isAlive(worker, boot, monotonic, now))
            continue;
        ++alive;
        threads += worker.threads;
    }
    if (queue.paused)
        m_workers->setText(tr("Queue paused"));
    else if (alive == 0)
        m_workers->setText(tr("No worker"));
    else {
        const QString workers = threads == 1 ? tr("1 worker") : tr("%1 workers").arg(threads);
        m_workers->setText(queue.leased == 0 ? tr("%1, idle").arg(workers) : tr("%1, %2 busy").arg(workers, countText(queue.leased)));
    }
    m_queue->setText(queue.waiting > 0 ? tr("Queue %1").arg(countText(queue.waiting)) : QString());
}

void StatusLine::refresh()
{
    const ConnectionProfile& profile = m_session.profile();
    const Theme& theme = themeOf(palette());
    const int icon = scaled(14);
    m_swatch->setPixmap(environmentIcon(profile.environment).pixmap(scaled(16)));
    const QString kind =
        connectionKindText(profile) + (profile.environment == Environment::Embedded ? QString() : u" \u00b7 "_s + plainLine(profile.name));
    m_kind->setText(m_kind->fontMetrics().elidedText(kind, Qt::ElideRight, scaled(280)));    // a name may be as long as it likes
    m_kind->setToolTip(m_kind->text() == kind ? QString() : plainToolTip(kind));
    const auto say = [&](const QString& iconName, const QColor& ink, const QString& text) {
        m_plug->setPixmap(iconPixmap(iconName, ink, icon, devicePixelRatioF()));
        m_connected->setText(text);
    };
    switch (m_session.state()) {
    case StoreSession::State::Opening: say(u"plug"_s, theme.text3, tr("Opening")); break;
    case StoreSession::State::Open: say(u"plug"_s, theme.done.ink, tr("Connected")); break;
    case StoreSession::State::Unreachable:
        say(u"state-failed"_s, theme.failed.ink, m_session.triesAgain() ? tr("Not connected, retrying") : tr("Not connected"));
        break;
    }
    m_readOnly->setText(profile.readOnly ? tr("Read only") : QString());
    m_readOnly->setVisible(profile.readOnly);
    m_times->setText((m_preferences.showsRelativeTimes() ? tr("Times relative, exact on hover") : tr("Times exact")) + u" \u00b7 "_s +
                     zoneText(m_preferences.timeZone(), core::base::systemNow()));
}

void StatusLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refresh();    // the icons are painted in the inks of the theme, as high as the text
}

void StatusLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeOf(palette()).window);
    painter.fillRect(QRect(0, 0, width(), 1), themeOf(palette()).border);
}

}
