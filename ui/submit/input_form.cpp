// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/input_form.h"

#include "ui/base/ink_label.h"
#include "ui/base/scroll_bar_names.h"
#include "ui/submit/field_editor.h"
#include "ui/submit/input_document.h"

#include <QGridLayout>

namespace ui {

using namespace Qt::StringLiterals;

InputForm::InputForm(InputDocument& document, QWidget* parent) : QScrollArea(parent), m_document(document)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Fields of the job"));
    nameScrollBars(*this);
    connect(&document, &InputDocument::changed, this, &InputForm::follow);
    follow();
}

void InputForm::build()
{
    m_builtFor = static_cast<int>(m_document.type());
    m_editors.clear();
    auto* page = new QWidget;
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, scaled(12), scaled(8));
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(8));
    grid->setColumnMinimumWidth(0, scaled(136));
    grid->setColumnStretch(1, 1);
    int row = 0;
    QString group;
    const auto fields = inputFields(m_document.type());
    for (const InputField& field : fields) {
        if (field.group != group) {
            group = field.group;
            grid->addWidget(new InkLabel(group, TextRole::Emphasis, InkLabel::Ink::Text, page), row++, 0, 1, 2);
        }
        auto* editor = new FieldEditor(field, page);
        auto* label = new InkLabel(field.label, TextRole::Body, InkLabel::Ink::Text2, page);
        label->setFixedHeight(scaled(28));
        label->setBuddy(editor);
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(editor, row++, 1);
        m_editors << editor;
        connect(editor, &FieldEditor::fileAsked, this, &InputForm::fileAsked);
        connect(editor, &FieldEditor::edited, this,
                [this, pointer = field.pointer](const QByteArray& json) { m_document.setValue(pointer, json); });
    }
    grid->setRowStretch(row, 1);
    setWidget(page);
}

void InputForm::follow()
{
    if (m_builtFor != static_cast<int>(m_document.type()))
        build();
    const auto& json = m_document.json();
    widget()->setEnabled(json && json->root().kind() == core::JsonKind::Object);
    if (!json)
        return;
    for (FieldEditor* editor : std::as_const(m_editors)) {
        const QString pointer = editor->field().pointer;
        editor->showValue(json->find(pointer));
        editor->setProblem(m_document.problemAt(pointer));
    }
}

FieldEditor* InputForm::editor(const QString& pointer) const
{
    for (FieldEditor* editor : m_editors) {
        if (editor->field().pointer == pointer)
            return editor;
    }
    return nullptr;
}

bool InputForm::showRefusal(const QString& pointer, const QString& message)
{
    for (FieldEditor* editor : std::as_const(m_editors)) {
        const QString own = editor->field().pointer;
        if (pointer != own && !pointer.startsWith(own + u'/'))
            continue;
        editor->setProblem(message, true);
        ensureWidgetVisible(editor);
        return true;
    }
    return false;
}

void InputForm::focusFirst()
{
    for (FieldEditor* editor : std::as_const(m_editors)) {
        if (!m_document.problemAt(editor->field().pointer).isEmpty() && editor->input()->isEnabled())
            return editor->input()->setFocus();
    }
    if (!m_editors.isEmpty())
        m_editors.constFirst()->input()->setFocus();
}

}
