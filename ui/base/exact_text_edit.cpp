// SPDX-License-Identifier: Apache-2.0
#include "ui/base/exact_text_edit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QSignalBlocker>
#include <QTextBlock>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype beginningShown = 64 * 1024;

bool endsLinesWithCarriageReturns(const QByteArray& bytes)
{
    const qsizetype pairs = bytes.count("\r\n");
    return pairs > 0 && pairs == bytes.count('\n') && pairs == bytes.count('\r');
}

bool isTooLargeToEdit(const QByteArray& bytes)
{
    if (bytes.size() > ExactTextEdit::largestEdited)
        return true;
    for (qsizetype from = 0; from < bytes.size();) {
        const qsizetype end = bytes.indexOf('\n', from);
        const qsizetype after = end < 0 ? bytes.size() : end + 1;
        if (after - from > ExactTextEdit::longestLine)
            return true;
        from = after;
    }
    return false;
}

QByteArray beginningOf(const QByteArray& bytes)
{
    qsizetype size = std::min(bytes.size(), beginningShown);
    while (size > 0 && size < bytes.size() && (static_cast<unsigned char>(bytes.at(size)) & 0xc0) == 0x80)
        --size;    // not in the middle of a character
    return bytes.first(size);
}

}

ExactTextEdit::ExactTextEdit(QWidget* parent) : QPlainTextEdit(parent)
{
    // contentsChange comes before textChanged: whoever hears of a change reads the text with it
    connect(document(), &QTextDocument::contentsChange, this, [this] { m_isStale = true; });
}

void ExactTextEdit::setBytes(const QByteArray& bytes)
{
    {
        const QSignalBlocker quiet(this);    // until it is settled what the bytes are
        const bool isTooLarge = isTooLargeToEdit(bytes);
        m_hasCarriageReturns = endsLinesWithCarriageReturns(bytes);
        setPlainText(QString::fromUtf8(isTooLarge ? beginningOf(bytes) : bytes));
        if (isTooLarge)
            m_whyOnlyShown = tr("Too large to be edited here; this is its beginning. Change it in a file and give that to signalboxctl.");
        else if (edited() != bytes)
            m_whyOnlyShown =
                tr("It has bytes that an editor would change: mixed line ends, or what is no text. Change it in a file and give "
                   "that to signalboxctl.");
        else
            m_whyOnlyShown.clear();
        m_bytes = bytes;
        m_isStale = false;
        setReadOnly(!m_whyOnlyShown.isEmpty());
    }
    emit textChanged();
}

QByteArray ExactTextEdit::bytes() const
{
    if (m_isStale && m_whyOnlyShown.isEmpty())
        m_bytes = edited();
    m_isStale = false;
    return m_bytes;
}

QByteArray ExactTextEdit::edited() const
{
    QString text = document()->toRawText();
    text.replace(QChar::ParagraphSeparator, m_hasCarriageReturns ? u"\r\n"_s : u"\n"_s);
    return text.toUtf8();
}

QMimeData* ExactTextEdit::createMimeDataFromSelection() const
{
    auto* copied = new QMimeData;
    copied->setText(textCursor().selectedText().replace(QChar::ParagraphSeparator, u'\n'));
    return copied;
}

/// Shift and Enter would put U+2028 into the text, which is no line end for anybody else.
void ExactTextEdit::keyPressEvent(QKeyEvent* event)
{
    if (event == QKeySequence::InsertLineSeparator && !isReadOnly()) {
        textCursor().insertBlock();
        ensureCursorVisible();
        return event->accept();
    }
    QPlainTextEdit::keyPressEvent(event);
}

}
