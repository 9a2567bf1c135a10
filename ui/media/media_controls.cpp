// SPDX-License-Identifier: Apache-2.0
#include "ui/media/media_controls.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

QToolButton* iconButton(const QString& icon, const QString& name, const QString& shortcut, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    setFlatLook(button);
    button->setIcon(ownIcon(icon));
    followTextSize(button, [button] { button->setFixedSize(scaled(24), scaled(24)); });
    button->setAccessibleName(name);
    button->setToolTip(shortcut.isEmpty() ? name : u"%1 (%2)"_s.arg(name, shortcut));
    return button;
}

QPushButton* copyButton(const QString& title, const QList<CopyChoice>& choices, QWidget* parent)
{
    auto* button = new QPushButton(title, parent);
    auto* menu = new QMenu(button);
    for (const CopyChoice& choice : choices)
        menu->addAction(choice.name, button, [make = choice.text] { QGuiApplication::clipboard()->setText(make()); });
    button->setMenu(menu);
    followTextSize(button, [button] {
        button->setMinimumWidth(QFontMetrics(textFont(TextRole::Body)).horizontalAdvance(button->text()) + scaled(44));    // and the arrow
    });
    button->setAccessibleName(title);
    return button;
}

LegendKey::LegendKey(Sign sign, const QString& text, QWidget* parent) : QWidget(parent), m_sign(sign), m_text(text)
{
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize LegendKey::sizeHint() const
{
    const QFontMetrics metrics(textFont(TextRole::Small));
    const int sign = m_sign == Sign::Amber ? scaled(14) : scaled(4);
    return {sign + metrics.horizontalAdvance(m_text) + 2, scaled(18)};
}

void LegendKey::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.setFont(textFont(TextRole::Small));
    if (m_sign == Sign::Amber) {
        const int side = scaled(9);
        painter.fillRect(QRect(0, (height() - side) / 2, side, side), theme.warning().ink);
        painter.setPen(theme.text2);
        painter.drawText(rect().adjusted(scaled(14), 0, 0, 0), Qt::AlignVCenter, m_text);
        return;
    }
    const bool dotted = m_sign == Sign::DottedWord;
    const QRect word = rect().adjusted(0, 1, 0, -1);
    painter.fillRect(word, dotted ? theme.wordUnder75 : theme.wordUnder50);
    painter.setPen(QPen(theme.warning().ink, 1, dotted ? Qt::DotLine : Qt::SolidLine));
    painter.drawLine(word.bottomLeft(), word.bottomRight());
    painter.setPen(theme.text);
    painter.drawText(word.adjusted(scaled(2), 0, 0, 0), Qt::AlignVCenter, m_text);
}

KeyHints::KeyHints(const QList<Hint>& hints, QWidget* parent) : QWidget(parent), m_hints(hints)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    QStringList words;
    for (const Hint& hint : hints)
        words << u"%1 %2"_s.arg(hint.keys.join(u' '), hint.what);
    setAccessibleName(words.join(u", "_s));
}

int KeyHints::layOut(QPainter* painter) const
{
    const QFont capFont = textFont(TextRole::Tiny);
    const QFont wordFont = textFont(TextRole::Small);
    const QFontMetrics capMetrics(capFont);
    const QFontMetrics wordMetrics(wordFont);
    const int capHeight = scaled(18);
    int x = 0;
    for (const Hint& hint : m_hints) {
        for (const QString& key : hint.keys) {
            const int width = std::max(capHeight, capMetrics.horizontalAdvance(key) + scaled(10));
            if (painter) {
                const Theme& theme = themeOf(palette());
                const QRectF cap(x + 0.5, (height() - capHeight) / 2 + 0.5, width - 1, capHeight - 1);
                painter->setRenderHint(QPainter::Antialiasing);
                painter->setPen(theme.border);
                painter->setBrush(theme.base);
                painter->drawRoundedRect(cap, 3, 3);
                painter->setFont(capFont);
                painter->setPen(theme.text2);
                painter->drawText(cap, Qt::AlignCenter, key);
            }
            x += width + scaled(4);
        }
        const int width = wordMetrics.horizontalAdvance(hint.what) + 2;
        if (painter) {
            painter->setFont(wordFont);
            painter->setPen(themeOf(palette()).text2);
            painter->drawText(QRect(x, 0, width, height()), Qt::AlignVCenter, hint.what);
        }
        x += width + scaled(12);
    }
    return std::max(0, x - scaled(12));
}

QSize KeyHints::sizeHint() const
{
    return {layOut(nullptr), scaled(20)};
}

void KeyHints::paintEvent(QPaintEvent*)
{
    if (width() < sizeHint().width())
        return;    // half a hint helps nobody
    QPainter painter(this);
    layOut(&painter);
}

}
