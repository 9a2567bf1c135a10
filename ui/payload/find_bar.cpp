// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/find_bar.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/search_field.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QToolButton* newButton(const QString& name, const QString& icon, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    setFlatLook(button);
    if (!icon.isEmpty())
        button->setIcon(actionIcon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

}

FindBar::FindBar(const QString& purpose, QWidget* parent)
    : QWidget(parent),
      m_field(new QLineEdit(this)),
      m_count(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_up(newButton(tr("Hit before (Shift+F3)"), u"go-up"_s, this)),
      m_down(newButton(tr("Next hit (F3)"), u"go-down"_s, this)),
      m_case(newButton(tr("Match upper and lower case"), {}, this))
{
    m_field->setPlaceholderText(purpose);
    m_field->setAccessibleName(purpose);
    m_field->setClearButtonEnabled(true);
    m_field->addAction(ownIcon(u"edit-find"_s), QLineEdit::LeadingPosition);
    nameFieldButtons(m_field);
    m_field->installEventFilter(this);
    m_case->setText(u"Aa"_s);
    m_case->setCheckable(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(4));
    row->addWidget(m_field, 1);
    row->addWidget(m_case);
    row->addWidget(m_up);
    row->addWidget(m_down);
    row->addSpacing(scaled(4));
    row->addWidget(m_count);
    setFocusProxy(m_field);

    m_pause.setSingleShot(true);
    m_pause.setInterval(150);
    connect(&m_pause, &QTimer::timeout, this, &FindBar::searchAsked);
    connect(m_field, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_case, &QToolButton::toggled, this, &FindBar::searchAsked);
    connect(m_up, &QToolButton::clicked, this, [this] { emit stepAsked(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { emit stepAsked(1); });
    showCount(-1, 0);
}

QString FindBar::text() const
{
    return m_field->text();
}

bool FindBar::matchesCase() const
{
    return m_case->isChecked();
}

void FindBar::clear()
{
    m_field->clear();
    m_pause.stop();
    showCount(-1, 0);
}

void FindBar::takeFocus()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::showCount(qsizetype current, qsizetype count, bool isCut)
{
    m_up->setEnabled(count > 0);
    m_down->setEnabled(count > 0);
    const QString all = isCut ? tr("more than %1").arg(countText(count)) : countText(count);
    if (text().isEmpty())
        m_count->clear();
    else if (count < 0)
        m_count->setText(tr("Searching"));
    else if (count == 0)
        m_count->setText(tr("No hit"));
    else if (current < 0)
        m_count->setText(count == 1 ? tr("1 hit") : tr("%1 hits").arg(all));
    else
        m_count->setText(tr("%1 of %2").arg(countText(current + 1), all));
    m_count->setVisible(!m_count->text().isEmpty());
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_pause.isActive()) {
            m_pause.stop();
            emit searchAsked();
        } else {
            emit stepAsked(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
        }
        return true;
    case Qt::Key_Escape:
        if (text().isEmpty())
            return false;
        m_field->clear();
        return true;
    default: return QWidget::eventFilter(watched, event);
    }
}

}
