// SPDX-License-Identifier: Apache-2.0
#include "ui/base/note_box.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int rule = 3;
constexpr qsizetype mostShown = 20;

}

NoteBox::NoteBox(QWidget* parent)
    : QWidget(parent),
      m_title(new InkLabel(TextRole::Emphasis, InkLabel::Ink::Text, this)),
      m_sentence(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_fold(new QToolButton(this)),
      m_body(new QWidget(this)),
      m_grid(new QGridLayout(m_body))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_sentence->setWordWrap(true);
    setFlatLook(m_fold);
    m_fold->setAccessibleName(tr("Fold the notes"));
    m_grid->setContentsMargins(scaled(24), 0, 0, 0);
    m_grid->setHorizontalSpacing(scaled(8));
    m_grid->setVerticalSpacing(scaled(2));
    m_grid->setColumnStretch(1, 1);

    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(8));
    head->addSpacing(scaled(24));    // the icon is painted
    head->addWidget(m_title, 0, Qt::AlignTop);
    head->addWidget(m_sentence, 1, Qt::AlignTop);
    head->addWidget(m_fold, 0, Qt::AlignTop);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(scaled(12), scaled(4), scaled(8), scaled(8));
    lines->setSpacing(scaled(4));
    lines->addLayout(head);
    lines->addWidget(m_body);

    connect(m_fold, &QToolButton::clicked, this, [this] {
        setFolded(!m_folded);
        emit foldedChanged(m_folded);
    });
    setFolded(false);
    hide();
}

void NoteBox::setNotes(const QString& title, const QString& sentence, const QList<Note>& notes)
{
    m_notes = notes;
    m_title->setText(title);
    m_sentence->setText(sentence);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    fillGrid();
    setVisible(!notes.isEmpty());
}

void NoteBox::setFolded(bool folded)
{
    m_folded = folded;
    m_body->setVisible(!folded);
    m_fold->setIcon(actionIcon(folded ? u"go-down"_s : u"go-up"_s));
    m_fold->setToolTip(folded ? tr("Show the notes") : tr("Fold the notes"));
    m_fold->setAccessibleName(m_fold->toolTip());
}

void NoteBox::fillGrid()
{
    while (QLayoutItem* old = m_grid->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    const qsizetype shown = std::min(m_notes.size(), mostShown);
    for (qsizetype i = 0; i < shown; ++i) {
        const int row = static_cast<int>(i);
        auto* path = new InkLabel(plainLine(m_notes.at(i).path), TextRole::Mono, InkLabel::Ink::Text, m_body);
        auto* text = new InkLabel(plainLine(m_notes.at(i).text), TextRole::Small, InkLabel::Ink::Text2, m_body);
        for (InkLabel* label : {path, text})
            label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setWordWrap(true);
        m_grid->addWidget(path, row, 0, Qt::AlignTop);
        m_grid->addWidget(text, row, 1, Qt::AlignTop);
    }
    if (shown < m_notes.size()) {
        m_grid->addWidget(new InkLabel(tr("And %1 more.").arg(m_notes.size() - shown), TextRole::Small, InkLabel::Ink::Text2, m_body),
                          static_cast<int>(shown), 0, 1, 2);
    }
}

void NoteBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.warning().ink, 1));
    painter.setBrush(theme.warning().fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    const bool mirrored = isRightToLeft();
    painter.fillRect(QRect(mirrored ? width() - rule : 0, 0, rule, height()), theme.warning().ink);
    const int side = scaled(16);
    const QRect icon(scaled(12), m_title->geometry().center().y() - side / 2 + 1, side, side);
    paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), icon), u"dialog-warning"_s, theme.warning().ink);
}

}
