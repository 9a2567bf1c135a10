// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/raw_editor.h"

#include "ui/base/exact_text_edit.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/submit/input_document.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QRegularExpression>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QTextCursor>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// The byte that a syntax error names, as a place in the text.
int placeOf(const core::Error& error, const QByteArray& bytes)
{
    static const QRegularExpression byte(u"\\(byte (\\d+)\\)"_s);
    const auto match = byte.match(error.message);
    if (!match.hasMatch())
        return -1;
    const QString before = QString::fromUtf8(bytes.left(match.captured(1).toLongLong()));
    return static_cast<int>(before.size() - before.count(u"\r\n"_s));    // which is one character in the editor
}

}

RawEditor::RawEditor(InputDocument& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_text(new ExactTextEdit(this)),
      m_state(new InkLabel(TextRole::Small, InkLabel::Ink::Text3, this))
{
    keepFont(m_text, TextRole::Mono);
    m_text->setTabChangesFocus(true);
    m_text->setAcceptDrops(false);    // a file dropped here is the dialog's
    m_text->viewport()->setAcceptDrops(false);
    m_text->setAccessibleName(tr("Raw JSON"));
    m_text->setLineWrapMode(ExactTextEdit::WidgetWidth);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_state->setWordWrap(true);
    auto* title = new InkLabel(tr("Raw JSON"), TextRole::Emphasis, InkLabel::Ink::Text, this);
    title->setBuddy(m_text);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(4));
    column->addWidget(title);
    column->addWidget(m_text, 1);
    column->addWidget(m_state);
    connect(m_text, &ExactTextEdit::textChanged, this, [this] { m_document.setBytes(m_text->bytes()); });
    connect(&document, &InputDocument::changed, this, &RawEditor::follow);
    follow();
}

void RawEditor::follow()
{
    if (m_text->bytes() != m_document.bytes()) {    // the form changed it: the cursor stays where it was
        const QSignalBlocker quiet(m_text);
        const int place = m_text->textCursor().position();
        m_text->setBytes(m_document.bytes());
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(std::min(place, m_text->document()->characterCount() - 1));
        m_text->setTextCursor(cursor);
    }
    showState();
}

void RawEditor::showState()
{
    QList<QTextEdit::ExtraSelection> marks;
    const auto& error = m_document.syntaxError();
    m_state->setInk(error ? InkLabel::Ink::Failed : InkLabel::Ink::Text3);
    if (!error) {
        const QString& whyOnlyShown = m_text->whyOnlyShown();
        m_state->setText(whyOnlyShown.isEmpty() ? tr("The same document as the form. Keys that the form does not know stay as they are.")
                                                : tr("%1 The form can still change its fields.").arg(whyOnlyShown));
        m_text->setExtraSelections(marks);
        m_text->setAccessibleDescription(whyOnlyShown);
        return;
    }
    QString where;
    if (const int place = placeOf(*error, m_document.bytes()); place >= 0) {
        QTextCursor cursor(m_text->document());
        cursor.setPosition(std::min(place, m_text->document()->characterCount() - 1));
        where = tr("Line %1, column %2: ").arg(cursor.blockNumber() + 1).arg(cursor.positionInBlock() + 1);
        if (!cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor))
            cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor);
        const Theme& theme = themeOf(palette());
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursor;
        mark.format.setBackground(theme.removed.fill);
        mark.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        mark.format.setUnderlineColor(theme.removed.ink);
        marks << mark;
    }
    m_state->setText(where + plainLine(error->message));
    m_text->setAccessibleDescription(m_state->text());
    m_text->setExtraSelections(marks);
}

}
