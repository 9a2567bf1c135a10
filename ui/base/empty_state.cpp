// SPDX-License-Identifier: Apache-2.0
#include "ui/base/empty_state.h"

#include "ui/base/ink_label.h"
#include "ui/base/keycap.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

InkLabel* centred(QWidget* parent, TextRole role, InkLabel::Ink ink)
{
    auto* label = new InkLabel(role, ink, parent);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->hide();
    return label;
}

}

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      m_drawing(centred(this, TextRole::Body, InkLabel::Ink::Text2)),
      m_title(centred(this, TextRole::Title, InkLabel::Ink::Text)),
      m_sentence(centred(this, TextRole::Body, InkLabel::Ink::Text2)),
      m_quoted(centred(this, TextRole::Mono, InkLabel::Ink::Text2)),
      m_primary(new QPushButton(this)),
      m_secondary(new QPushButton(this)),
      m_links(new QGridLayout)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setPrimaryLook(m_primary);
    m_primary->hide();
    m_secondary->hide();
    m_links->setHorizontalSpacing(scaled(8));
    m_links->setVerticalSpacing(scaled(8));

    auto* acts = new QHBoxLayout;
    acts->setSpacing(scaled(12));
    acts->addStretch();
    acts->addWidget(m_primary);
    acts->addWidget(m_secondary);
    acts->addStretch();

    auto* body = new QWidget(this);
    keepWidth(body, 400);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    column->addWidget(m_drawing);
    column->addSpacing(scaled(12));
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addWidget(m_quoted);
    column->addSpacing(scaled(8));
    column->addLayout(acts);
    column->addSpacing(scaled(16));
    column->addLayout(m_links);

    auto* rows = new QVBoxLayout(this);
    rows->addStretch();
    rows->addWidget(body, 0, Qt::AlignHCenter);
    rows->addStretch();

    connect(m_primary, &QPushButton::clicked, this, &EmptyState::primaryAsked);
    connect(m_secondary, &QPushButton::clicked, this, &EmptyState::secondaryAsked);
}

void EmptyState::setDrawing(const QString& name)
{
    m_drawingName = name;
    m_drawing->setVisible(!name.isEmpty());
    applyColors();
}

void EmptyState::setTitle(const QString& title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void EmptyState::setSentence(const QString& sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    setAccessibleDescription(sentence);
}

void EmptyState::setQuoted(const QString& text)
{
    m_quoted->setText(text);
    m_quoted->setVisible(!text.isEmpty());
}

void EmptyState::setPrimary(const QString& text, const QString& icon)
{
    m_primary->setText(text);
    m_primary->setVisible(!text.isEmpty());
    m_primaryIcon = icon;
    applyColors();
    m_primary->setMinimumWidth(m_primary->sizeHint().width() + scaled(16));
}

void EmptyState::setSecondary(const QString& text, const QString& icon)
{
    m_secondary->setText(text);
    m_secondary->setVisible(!text.isEmpty());
    m_secondary->setIcon(icon.isEmpty() ? QIcon() : actionIcon(icon));
    m_secondary->setMinimumWidth(m_secondary->sizeHint().width() + scaled(16));
}

void EmptyState::addLink(const QString& icon, const QString& words, const QString& link, const QString& key)
{
    const int index = static_cast<int>(m_linkIcons.size());
    auto* drawing = new QLabel(this);
    m_linkIcons << std::pair(drawing, icon);
    auto* line = new QHBoxLayout;
    line->setSpacing(scaled(4));
    if (!words.isEmpty())
        line->addWidget(new InkLabel(words, TextRole::Body, InkLabel::Ink::Text2, this));
    if (!link.isEmpty()) {
        auto* button = new QPushButton(link, this);
        setLinkLook(button);
        button->setAccessibleDescription(words);
        followTextSize(button, [button] {    // it stands in a line of text
            button->setFixedWidth(QFontMetrics(textFont(TextRole::Body)).horizontalAdvance(button->text()) + scaled(4));
        });
        connect(button, &QPushButton::clicked, this, [this, index] { emit linkAsked(index); });
        line->addWidget(button);
    }
    if (!key.isEmpty()) {
        line->addSpacing(scaled(4));
        line->addWidget(new Keycap(key, this));
    }
    line->addStretch();
    m_links->addWidget(drawing, index, 0);
    m_links->addLayout(line, index, 1);
    m_links->setRowMinimumHeight(index, scaled(24));
    m_links->setColumnStretch(1, 1);
    applyColors();
}

void EmptyState::setActsEnabled(bool enabled, const QString& why)
{
    for (QPushButton* button : {m_primary, m_secondary}) {
        button->setEnabled(enabled);
        button->setToolTip(enabled ? QString() : why);
    }
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void EmptyState::applyColors()
{
    const Theme& theme = themeOf(palette());
    const qreal ratio = devicePixelRatioF();
    if (!m_drawingName.isEmpty())
        m_drawing->setPixmap(iconPixmap(m_drawingName, theme.text2, scaled(88), ratio));
    if (!m_primaryIcon.isEmpty()) {
        QIcon icon(iconPixmap(m_primaryIcon, theme.textOnAccent, scaled(16), ratio));
        icon.addPixmap(iconPixmap(m_primaryIcon, theme.disabled, scaled(16), ratio), QIcon::Disabled);
        m_primary->setIcon(icon);
    }
    for (const auto& [label, name] : std::as_const(m_linkIcons))
        label->setPixmap(iconPixmap(name, theme.text2, scaled(16), ratio));
}

}
