// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/field_editor.h"

#include "ui/base/exact_text_edit.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/submit/field_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/text_size.h"

#include <QComboBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::JsonText;
using core::JsonValue;

namespace {

constexpr int shortField = 160;    // numbers and words; keys and texts take the width

/// "500 (default)", or what an absent option means.
QString emptyText(const InputField& field)
{
    if (field.fallback.isEmpty())
        return field.isRequired ? FieldEditor::tr("needed") : FieldEditor::tr("not set");
    const auto value = JsonText::parse(field.fallback);
    QString text = value ? textOfJson(field.kind, value->root()) : QString();
    if (field.kind == FieldKind::YesNo)
        text = text == u"true" ? FieldEditor::tr("yes") : FieldEditor::tr("no");
    return FieldEditor::tr("%1 (default)").arg(text.replace(u'-', field.kind == FieldKind::Word ? u'-' : u'\u2212'));
}

QString listExample(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Times: return FieldEditor::tr("0:01.5, 12 s, 20000");
    case FieldKind::Segments: return FieldEditor::tr("0:01.963 - 0:03.463, one on each line");
    default: return FieldEditor::tr("0:00.500 - 0:02.000  Good morning, one on each line");
    }
}

}

FieldEditor::FieldEditor(const InputField& field, QWidget* parent)
    : QWidget(parent), m_field(field), m_note(new InkLabel(TextRole::Small, InkLabel::Ink::Text3, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(2));
    switch (field.kind) {
    case FieldKind::Text:
    case FieldKind::StorageKey:
    case FieldKind::Whole:
    case FieldKind::Number: makeLine(); break;
    case FieldKind::YesNo:
    case FieldKind::Word: makeChoice(); break;
    case FieldKind::Times:
    case FieldKind::Segments:
    case FieldKind::Captions: makeText(); break;
    }
    m_note->setWordWrap(true);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    column->addWidget(m_note);
    setFocusProxy(input());
    input()->setAccessibleName(field.group.isEmpty() ? field.label : u"%1, %2"_s.arg(field.group, field.label));
    input()->setObjectName(field.pointer);
    input()->setAcceptDrops(false);    // a file dropped on the form is the dialog's
    input()->installEventFilter(this);
    showNote();
}

QWidget* FieldEditor::input() const
{
    if (m_line)
        return m_line;
    return m_choice ? static_cast<QWidget*>(m_choice) : m_text;
}

void FieldEditor::makeLine()
{
    m_line = new QLineEdit(this);
    m_line->setPlaceholderText(emptyText(m_field));
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(8));
    row->addWidget(m_line);
    const bool isNumber = m_field.kind == FieldKind::Whole || m_field.kind == FieldKind::Number;
    if (isNumber) {
        m_line->setFixedWidth(scaled(shortField));
        m_line->setAlignment(Qt::AlignRight);
        const QString limits = m_field.range.isEmpty() || m_field.unit.isEmpty() ? m_field.unit + m_field.range
                                                                                 : u"%1 \u00b7 %2"_s.arg(m_field.unit, m_field.range);
        auto* beside = new InkLabel(limits, TextRole::Small, InkLabel::Ink::Text2, this);
        beside->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);    // a narrow form cuts it, and not the fields
        row->addWidget(beside, 1);
    } else {
        m_line->setFont(
            textFont(m_field.kind == FieldKind::StorageKey || m_field.pointer.endsWith(u"_id") ? TextRole::Mono : TextRole::Body));
    }
    if (m_field.kind == FieldKind::StorageKey) {
        m_file = new QPushButton(actionIcon(u"document-open"_s), tr("Choose file…"), this);
        m_file->setAccessibleName(tr("Choose a file to copy into the storage"));
        m_file->setAutoDefault(false);
        row->addWidget(m_file);
        connect(m_file, &QPushButton::clicked, this, &FieldEditor::fileAsked);
    }
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::noteTyped);
}

void FieldEditor::makeChoice()
{
    m_choice = new QComboBox(this);
    m_choice->setMinimumWidth(scaled(shortField));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    if (!m_field.isRequired)
        m_choice->addItem(emptyText(m_field), QByteArray());
    if (m_field.kind == FieldKind::YesNo) {
        m_choice->addItem(tr("yes"), "true"_ba);
        m_choice->addItem(tr("no"), "false"_ba);
    }
    for (const QString& word : std::as_const(m_field.words))
        m_choice->addItem(word, jsonOfText(FieldKind::Word, word));
    static_cast<QVBoxLayout*>(layout())->addWidget(m_choice, 0, Qt::AlignLeft);
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        m_isTouched = true;
        emit edited(m_choice->itemData(index).toByteArray());
    });
}

void FieldEditor::makeText()
{
    m_text = new ExactTextEdit(this);
    m_text->setPlaceholderText(listExample(m_field.kind));
    keepFont(m_text, TextRole::Mono);
    m_text->setTabChangesFocus(true);
    m_text->viewport()->setAcceptDrops(false);
    m_text->setLineWrapMode(m_field.kind == FieldKind::Times ? ExactTextEdit::WidgetWidth : ExactTextEdit::NoWrap);
    m_text->setFixedHeight(scaled(m_field.kind == FieldKind::Times ? 48 : 84));
    static_cast<QVBoxLayout*>(layout())->addWidget(m_text);
    connect(m_text, &ExactTextEdit::textChanged, this, [this] { noteTyped(m_text->text()); });
}

void FieldEditor::noteTyped(const QString& text)
{
    m_isTouched = true;
    emit edited(jsonOfText(m_field.kind, text));
}

void FieldEditor::showValue(const std::optional<JsonValue>& value)
{
    const QByteArray json = value && !value->isNull() ? value->raw().toByteArray() : QByteArray();
    const QString text = value ? textOfJson(m_field.kind, *value) : QString();
    if (m_choice) {
        const QSignalBlocker quiet(m_choice);
        int index = m_choice->findData(json);
        if (index < 0) {    // a word of a newer version, or a slip of the raw side: shown, and the problem says it
            m_choice->addItem(plainLine(text), json);
            index = m_choice->count() - 1;
        }
        m_choice->setCurrentIndex(index);
        return;
    }
    const QString typed = m_line ? m_line->text() : m_text->text();
    if (jsonOfText(m_field.kind, typed) == json || (typed.trimmed() == text && !text.isEmpty()))
        return;
    if (m_line)
        return m_line->setText(text);
    const QSignalBlocker quiet(m_text);
    m_text->setBytes(text.toUtf8());
}

void FieldEditor::setProblem(const QString& problem, bool isSure)
{
    m_problem = problem;
    m_isSure = isSure;
    showNote();
}

void FieldEditor::setInstead(const QString& words)
{
    const bool isOff = !words.isEmpty();
    input()->setEnabled(!isOff);
    if (m_line) {
        m_line->setPlaceholderText(isOff ? words : emptyText(m_field));
        if (isOff)
            m_line->clear();
    }
}

/// What is missing is told when the person has been there and gone on; what was typed wrongly at once.
void FieldEditor::showNote()
{
    const bool isEmpty = m_choice ? false : (m_line ? m_line->text() : m_text->text()).trimmed().isEmpty();
    const bool isTold = !m_problem.isEmpty() && (m_isSure || m_isTouched || !isEmpty);
    const QString help = m_text && !m_text->whyOnlyShown().isEmpty() ? m_text->whyOnlyShown() : m_field.help;
    m_note->setInk(isTold ? InkLabel::Ink::Failed : InkLabel::Ink::Text3);
    m_note->setText(isTold ? plainLine(m_problem) : help);
    input()->setAccessibleDescription(isTold ? tr("%1 Problem: %2").arg(help, m_problem) : help);
}

bool FieldEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && m_choice && !m_choice->hasFocus()) {
        event->ignore();    // a scroll over the form must not change what it passes
        return true;
    }
    if (event->type() == QEvent::FocusOut && m_field.isRequired && input()->isEnabled() && input()->isVisible()) {
        m_isTouched = m_isTouched || static_cast<QFocusEvent*>(event)->reason() == Qt::TabFocusReason;
        showNote();
    }
    return QWidget::eventFilter(watched, event);
}

}
