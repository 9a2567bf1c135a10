// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/input_editor.h"

#include "ui/base/format.h"
#include "ui/submit/field_editor.h"
#include "ui/submit/input_form.h"
#include "ui/submit/raw_editor.h"
#include "ui/theme/metrics.h"

#include <QHBoxLayout>
#include <QSplitter>

namespace ui {

using namespace Qt::StringLiterals;

InputEditor::InputEditor(core::JobType type, const QByteArray& bytes, QWidget* parent)
    : QWidget(parent),
      m_document(new InputDocument(type, bytes, this)),
      m_form(new InputForm(*m_document, this)),
      m_raw(new RawEditor(*m_document, this))
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    auto* right = new QWidget(splitter);
    auto* inset = new QHBoxLayout(right);
    inset->setContentsMargins(scaled(12), 0, 0, 0);
    inset->addWidget(m_raw);
    splitter->addWidget(m_form);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({scaled(680), scaled(450)});
    m_form->setMinimumWidth(scaled(420));
    m_raw->setMinimumWidth(scaled(220));
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);
}

QString InputEditor::whatIsMissing(const QString& filledLater) const
{
    if (m_document->syntaxError())
        return tr("The raw side is no JSON.");
    auto problems = m_document->problems();
    problems.removeIf([&](const auto& problem) { return !filledLater.isEmpty() && problem.pointer == filledLater; });
    if (problems.isEmpty())
        return {};
    const auto& first = problems.constFirst();
    const QString top = u'/' + first.pointer.section(u'/', 1, 1);
    QString label = first.pointer;
    for (const QString& pointer : {first.pointer, top}) {
        if (const FieldEditor* editor = m_form->editor(pointer))
            label = editor->field().label;
    }
    return label.isEmpty() ? plainLine(first.message) : u"%1: %2."_s.arg(plainLine(label), plainLine(first.message));
}

}
