// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/step_controls.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int playMs = 600;

}

StepControls::StepControls(QWidget* parent)
    : QWidget(parent),
      m_first(addButton(u"go-first"_s, tr("Before the first step"), tr("Home"), &StepControls::goFirst)),
      m_back(addButton(u"go-previous"_s, tr("One step back"), tr("Left"), &StepControls::goBack)),
      m_play(addButton(u"media-playback-start"_s, tr("Play"), tr("Space"), &StepControls::togglePlay)),
      m_forward(addButton(u"go-next"_s, tr("One step forward"), tr("Right"), &StepControls::goForward)),
      m_last(addButton(u"go-last"_s, tr("After the last step"), tr("End"), &StepControls::goLast)),
      m_where(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this))
{
    m_timer.setInterval(playMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        goForward();
        if (m_position >= m_steps)
            m_timer.stop();
        refresh();
    });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(4));
    for (QToolButton* button : {m_first, m_back, m_play, m_forward, m_last})
        row->addWidget(button);
    row->addSpacing(scaled(8));
    row->addWidget(m_where, 1);
    refresh();
}

QToolButton* StepControls::addButton(const QString& icon, const QString& name, const QString& key, void (StepControls::*act)())
{
    auto* button = new QToolButton(this);
    button->setIcon(ownIcon(icon));
    button->setAccessibleName(name);
    button->setToolTip(u"%1 (%2)"_s.arg(name, key));
    button->setFocusPolicy(Qt::StrongFocus);
    setFlatLook(button);
    connect(button, &QToolButton::clicked, this, act);
    return button;
}

void StepControls::setSteps(int steps)
{
    m_timer.stop();
    m_steps = steps;
    m_position = std::min(m_position, steps);
    refresh();
}

void StepControls::setPosition(int position)
{
    m_position = std::clamp(position, 0, m_steps);
    refresh();
}

bool StepControls::takeKey(int key)
{
    switch (key) {
    case Qt::Key_Home: goFirst(); return true;
    case Qt::Key_Left: goBack(); return true;
    case Qt::Key_Right: goForward(); return true;
    case Qt::Key_End: goLast(); return true;
    case Qt::Key_Space: togglePlay(); return true;
    default: return false;
    }
}

void StepControls::ask(int position)
{
    const int wanted = std::clamp(position, 0, m_steps);
    if (wanted != m_position)
        emit positionAsked(wanted);
}

void StepControls::goFirst()
{
    ask(0);
}

void StepControls::goBack()
{
    ask(m_position - 1);
}

void StepControls::goForward()
{
    ask(m_position + 1);
}

void StepControls::goLast()
{
    ask(m_steps);
}

void StepControls::togglePlay()
{
    if (m_timer.isActive() || m_steps == 0) {
        m_timer.stop();
    } else {
        if (m_position >= m_steps)
            goFirst();
        m_timer.start();
    }
    refresh();
}

void StepControls::refresh()
{
    const bool isPlaying = m_timer.isActive();
    const QString name = isPlaying ? tr("Pause") : tr("Play");
    m_play->setIcon(ownIcon(isPlaying ? u"media-playback-pause"_s : u"media-playback-start"_s));
    m_play->setAccessibleName(name);
    m_play->setToolTip(u"%1 (%2)"_s.arg(name, tr("Space")));
    m_play->setEnabled(m_steps > 0);
    m_where->setText(m_steps == 0      ? QString()
                     : m_position == 0 ? tr("Before the first of %1 steps").arg(countText(m_steps))
                                       : tr("After step %1 of %2").arg(countText(m_position), countText(m_steps)));
}

}
