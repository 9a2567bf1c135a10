// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/template_bar.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

TemplateBar::TemplateBar(const UiContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_choice(new QComboBox(this)),
      m_delete(new QPushButton(tr("Delete"), this)),
      m_save(new QPushButton(actionIcon(u"bookmark-new"_s), tr("Save as template…"), this)),
      m_name(new QLineEdit(this))
{
    auto* label = new InkLabel(tr("Template"), TextRole::Body, InkLabel::Ink::Text2, this);
    label->setBuddy(m_choice);
    m_choice->setAccessibleName(tr("Template"));
    m_choice->setFixedWidth(scaled(180));
    m_name->setAccessibleName(tr("Name of the template"));
    m_name->setPlaceholderText(tr("Name, then Enter"));
    m_name->setFixedWidth(scaled(200));
    m_name->setMaxLength(120);
    m_name->setAcceptDrops(false);
    m_name->installEventFilter(this);
    m_choice->setObjectName(u"template_choice"_s);
    m_name->setObjectName(u"template_name"_s);
    m_delete->setObjectName(u"delete_template"_s);
    m_save->setObjectName(u"save_template"_s);
    m_delete->setAccessibleName(tr("Delete the chosen template"));
    for (QPushButton* button : {m_delete, m_save})
        button->setAutoDefault(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(8));
    for (QWidget* part : {static_cast<QWidget*>(label), static_cast<QWidget*>(m_choice), static_cast<QWidget*>(m_delete),
                          static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_save)})
        row->addWidget(part);
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        m_delete->setEnabled(index > 0);
        const auto templates = submitTemplates(m_context.preferences, m_context.session.profile().id);
        for (const SubmitTemplate& each : templates) {
            if (index > 0 && each.name == m_choice->itemData(index).toString())
                emit chosen(each);
        }
    });
    connect(m_delete, &QPushButton::clicked, this, [this] {
        const QString name = m_choice->currentData().toString();
        removeSubmitTemplate(m_context.preferences, m_context.session.profile().id, name);
        emit m_context.navigator.toastAsked(tr("Deleted the template %1.").arg(plainLine(name)));
        list({});
        m_choice->setFocus();
    });
    connect(m_save, &QPushButton::clicked, this, [this] {
        if (m_name->isVisible())
            giveName();
        else
            askName(true);
    });
    askName(false);
    list({});
}

void TemplateBar::list(const QString& current)
{
    m_choice->clear();
    m_choice->addItem(tr("none"), QString());
    const auto templates = submitTemplates(m_context.preferences, m_context.session.profile().id);
    for (const SubmitTemplate& each : templates)
        m_choice->addItem(u"%1 (%2)"_s.arg(plainLine(each.name), typeShortName(each.type, {})), each.name);
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(current)));
    m_choice->setEnabled(!templates.isEmpty());
    m_delete->setEnabled(m_choice->currentIndex() > 0);
}

void TemplateBar::forgetChoice()
{
    m_choice->setCurrentIndex(0);
    m_delete->setEnabled(false);
}

void TemplateBar::askName(bool asks)
{
    m_name->setVisible(asks);
    m_delete->setVisible(!asks);
    m_save->setText(asks ? tr("Save template") : tr("Save as template…"));
    if (asks) {
        m_name->setText(m_choice->currentData().toString());
        m_name->selectAll();
        m_name->setFocus();
    }
}

void TemplateBar::giveName()
{
    const QString name = m_name->text().trimmed();
    if (!name.isEmpty())
        emit nameGiven(name);
    askName(false);
    m_save->setFocus();
}

void TemplateBar::save(const SubmitTemplate& filled)
{
    const bool isMasked = saveSubmitTemplate(m_context.preferences, m_context.session.profile().id, filled);
    list(filled.name);
    const QString name = plainLine(filled.name);
    emit m_context.navigator.toastAsked(isMasked ? tr("Saved the template %1. Secrets are not kept: they are [masked] in it.").arg(name)
                                                 : tr("Saved the template %1.").arg(name));
}

/// Enter saves and Escape gives up the name, not the dialog.
bool TemplateBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && watched == m_name) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            giveName();
            return true;
        }
        if (key == Qt::Key_Escape) {
            askName(false);
            m_save->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}
