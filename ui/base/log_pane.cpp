// SPDX-License-Identifier: Apache-2.0
#include "ui/base/log_pane.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/log_view.h"
#include "ui/base/pane_keys.h"
#include "ui/base/search_field.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QCheckBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QToolButton* toolButton(const QString& icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    setFlatLook(button);
    button->setIcon(actionIcon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

}

LogPane::LogPane(const QString& name, QWidget* parent)
    : QWidget(parent),
      m_view(new LogView(name, this)),
      m_field(new QLineEdit(this)),
      m_hits(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_follow(new QCheckBox(tr("Follow"), this)),
      m_empty(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_emptyText(tr("There is no log."))
{
    m_field->setPlaceholderText(tr("Find"));
    m_field->setAccessibleName(tr("Find in the log"));
    m_field->setClearButtonEnabled(true);
    m_field->addAction(actionIcon(u"edit-find"_s), QLineEdit::LeadingPosition);
    nameFieldButtons(m_field);
    m_follow->setToolTip(tr("Stays at the end as lines come in"));
    m_empty->setWordWrap(true);
    auto* previous = toolButton(u"go-up"_s, tr("Previous hit (Shift+Enter)"), this);
    auto* next = toolButton(u"go-down"_s, tr("Next hit (Enter)"), this);
    auto* copy = toolButton(u"edit-copy"_s, tr("Copy the whole log"), this);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(scaled(4));
    bar->addWidget(m_field, 1);
    bar->addWidget(previous);
    bar->addWidget(next);
    bar->addWidget(m_hits);
    bar->addSpacing(scaled(8));
    bar->addWidget(m_follow);
    bar->addWidget(copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    column->addLayout(bar);
    column->addWidget(m_empty);
    column->addWidget(m_view, 1);
    setTabOrder(m_field, m_view);

    connect(m_field, &QLineEdit::textChanged, this, &LogPane::search);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { step(QGuiApplication::keyboardModifiers() & Qt::ShiftModifier); });
    connect(previous, &QToolButton::clicked, this, [this] { step(true); });
    connect(next, &QToolButton::clicked, this, [this] { step(false); });
    connect(copy, &QToolButton::clicked, m_view, &LogView::copyAll);
    connect(m_follow, &QCheckBox::toggled, m_view, &LogView::setFollowing);
    connect(m_view, &LogView::linesRead, this, &LogPane::tellHits);
    connect(m_view, &LogView::followingChanged, m_follow, &QCheckBox::setChecked);
    takeKey(this, QKeySequence::Find, [this] {
        m_field->setFocus(Qt::ShortcutFocusReason);
        m_field->selectAll();
    });
    m_follow->setChecked(true);
    setGrows(false);
    setLog({});
}

void LogPane::setGrows(bool grows)
{
    m_follow->setVisible(grows);
}

void LogPane::setLog(const QByteArray& text)
{
    m_view->setLog(text);
    m_empty->setText(m_emptyText);
    m_empty->setVisible(text.isEmpty());
    m_view->setVisible(!text.isEmpty());
    tellHits();
}

void LogPane::setEmptyText(const QString& sentence)
{
    m_emptyText = sentence;
    m_empty->setText(sentence);
}

void LogPane::search(const QString& text)
{
    m_view->setSearch(text);
    tellHits();
    if (!text.isEmpty() && m_view->lines().countOf(text.toUtf8()) > 0 &&
        (m_view->currentLine() < 0 || !m_view->lines().visible(m_view->currentLine()).contains(text, Qt::CaseInsensitive)))
        step(false);
}

void LogPane::step(bool backwards)
{
    m_view->findNext(backwards);
}

void LogPane::tellHits()
{
    const QString wanted = m_field->text();
    const int hits = m_view->lines().countOf(wanted.toUtf8());
    m_hits->setText(wanted.isEmpty() ? QString() : hits == 1 ? tr("1 line") : tr("%1 lines").arg(countText(hits)));
}

}
