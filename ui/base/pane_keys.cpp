// SPDX-License-Identifier: Apache-2.0
#include "ui/base/pane_keys.h"

#include <QKeyEvent>
#include <QWidget>

namespace ui {

namespace {

/// Sees the keys that come up to the pane from what has the focus in it.
class PaneKey final : public QObject {
public:
    PaneKey(QWidget* pane, QKeySequence::StandardKey key, std::function<void()> act) : QObject(pane), m_key(key), m_act(std::move(act))
    {
        pane->installEventFilter(this);
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool isPressed = event->type() == QEvent::KeyPress;
        // accepted, the key is not looked up among the window's shortcuts but comes as a key
        if ((!isPressed && event->type() != QEvent::ShortcutOverride) || !static_cast<QKeyEvent*>(event)->matches(m_key))
            return QObject::eventFilter(watched, event);
        event->accept();
        if (isPressed)
            m_act();
        return true;
    }

private:
    QKeySequence::StandardKey m_key;
    std::function<void()> m_act;
};

}

void takeKey(QWidget* pane, QKeySequence::StandardKey key, std::function<void()> act)
{
    new PaneKey(pane, key, std::move(act));
}

}
