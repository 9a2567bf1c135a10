// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/text_size.h"

#include <QEvent>
#include <QWidget>

namespace ui {

namespace {

/// Beside its widget rather than in its class: Qt's own buttons, labels and fields follow as well.
class Follower : public QObject {
public:
    Follower(QWidget* widget, std::function<void()> fit) : QObject(widget), m_fit(std::move(fit))
    {
        widget->installEventFilter(this);
        m_fit();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::ApplicationFontChange)
            m_fit();
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_fit;
};

class FontFollower final : public Follower {
public:
    using Follower::Follower;
};

}

void followTextSize(QWidget* widget, std::function<void()> fit)
{
    new Follower(widget, std::move(fit));
}

void keepFont(QWidget* widget, TextRole role)
{
    const auto children = widget->children();
    for (QObject* child : children) {
        if (dynamic_cast<FontFollower*>(child))
            delete child;
    }
    new FontFollower(widget, [widget, role] {
        if (const QFont wanted = textFont(role); widget->font() != wanted)
            widget->setFont(wanted);
    });
}

void keepHeight(QWidget* widget, int pixelsAtBody)
{
    followTextSize(widget, [widget, pixelsAtBody] { widget->setFixedHeight(scaled(pixelsAtBody)); });
}

void keepWidth(QWidget* widget, int pixelsAtBody)
{
    followTextSize(widget, [widget, pixelsAtBody] { widget->setFixedWidth(scaled(pixelsAtBody)); });
}

}
