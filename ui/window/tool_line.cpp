// SPDX-License-Identifier: Apache-2.0
#include "ui/window/tool_line.h"

#include "ui/base/format.h"
#include "ui/base/keycap.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"
#include "ui/window/environment_band.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// A hairline between groups.
class Separator final : public QWidget {
public:
    explicit Separator(QWidget* parent) : QWidget(parent)
    {
        setFixedWidth(1);
        keepHeight(this, 20);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), themeOf(palette()).border);
    }
};

QWidget* separator(QWidget* parent)
{
    return new Separator(parent);
}

}

ToolLine::ToolLine(StoreSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_connection(new QToolButton(this)),
      m_connectionMenu(new QMenu(this)),
      m_acts(new QHBoxLayout),
      m_whyOff(new QLabel(this)),
      m_right(new QHBoxLayout)
{
    keepHeight(this, 44);
    m_connection->setPopupMode(QToolButton::InstantPopup);
    m_connection->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_connection->setMenu(m_connectionMenu);
    keepFont(m_connection, TextRole::Emphasis);
    m_connection->setToolTip(tr("Switch to another store, or manage connections"));
    m_connection->setFocusPolicy(Qt::TabFocus);
    m_whyOff->setTextFormat(Qt::PlainText);
    keepFont(m_whyOff, TextRole::Small);
    m_acts->setSpacing(4);
    m_right->setSpacing(8);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 16, 1);
    row->setSpacing(12);
    row->addWidget(m_connection);
    row->addLayout(m_acts);
    row->addWidget(m_whyOff);
    row->addStretch();
    row->addLayout(m_right);
    connect(&session, &StoreSession::stateChanged, this, &ToolLine::refresh);
    refresh();
}

QToolButton* ToolLine::buttonFor(QAction* action, bool withText)
{
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(withText ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text().remove(u'&'));
    keepHeight(button, 28);
    setFlatLook(button);
    if (action->menu())
        button->setPopupMode(QToolButton::InstantPopup);
    return button;
}

void ToolLine::setActs(const QList<QAction*>& acts)
{
    for (QAction* act : acts) {
        if (act)
            m_acts->addWidget(buttonFor(act, true));
        else
            m_acts->addWidget(separator(this));
    }
}

void ToolLine::setGoToAction(QAction* action)
{
    QToolButton* button = buttonFor(action, true);
    m_right->addWidget(button);
    m_right->addWidget(new Keycap(action->shortcut().toString(QKeySequence::NativeText), this));
    m_right->addWidget(separator(this));
}

void ToolLine::setLiveAction(QAction* action)
{
    QToolButton* button = buttonFor(action, true);
    button->setProperty(lookProperty, {});
    m_right->addWidget(button);
}

void ToolLine::setNotificationsAction(QAction* action)
{
    m_right->addWidget(buttonFor(action, false));
}

void ToolLine::refresh()
{
    const ConnectionProfile& profile = m_session.profile();
    m_connection->setIcon(environmentIcon(profile.environment));
    m_connection->setText(plainLine(profile.name).replace(u'&', u"&&"_s));
    m_connection->setAccessibleName(tr("Connection %1").arg(plainLine(profile.name)));
    const QString why = m_session.isOpen() ? m_session.capabilities().whyReadOnly : QString();
    m_whyOff->setText(why.isEmpty() ? QString() : tr("Acts are off on this connection"));
    m_whyOff->setToolTip(plainToolTip(why));
    m_whyOff->setVisible(!why.isEmpty());
}

void ToolLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

}
