// SPDX-License-Identifier: Apache-2.0
#include "ui/base/ink_label.h"

#include "ui/theme/theme.h"

#include <QEvent>

namespace ui {

namespace {

QColor colorOf(InkLabel::Ink ink, const Theme& theme)
{
    switch (ink) {
    case InkLabel::Ink::Text: return theme.text;
    case InkLabel::Ink::Text2: return theme.text2;
    case InkLabel::Ink::Text3: return theme.text3;
    case InkLabel::Ink::Warning: return theme.warning().ink;
    case InkLabel::Ink::Failed: return theme.failed.ink;
    }
    Q_UNREACHABLE();
}

}

InkLabel::InkLabel(TextRole role, Ink ink, QWidget* parent) : QLabel(parent), m_role(role), m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    setForegroundRole(QPalette::WindowText);    // also on a page whose ground is Base: Qt would take Text there
    applyLook();
}

InkLabel::InkLabel(const QString& text, TextRole role, Ink ink, QWidget* parent) : InkLabel(role, ink, parent)
{
    setText(text);
}

void InkLabel::setInk(Ink ink)
{
    m_ink = ink;
    applyLook();
}

void InkLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyLook();
}

void InkLabel::applyLook()
{
    const QColor color = colorOf(m_ink, themeOf(palette()));
    if (palette().color(QPalette::WindowText) != color) {    // setting it is a change of palette itself
        QPalette own;
        own.setColor(QPalette::WindowText, color);
        setPalette(own);
    }
    if (const QFont wanted = textFont(m_role); font() != wanted)
        setFont(wanted);
}

}
