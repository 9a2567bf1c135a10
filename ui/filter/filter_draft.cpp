// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_draft.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestDraft = 1 << 14;    // far over what a filter may be: what is too long is said, not cut off

}

FilterDraft::FilterDraft(QWidget* parent) : QLineEdit(parent)
{
    setFrame(false);
    setMaxLength(longestDraft);
    setFont(textFont(TextRole::Mono));
    setTextMargins(0, 0, 0, 0);
    setAccessibleName(tr("Filter"));
}

void FilterDraft::setWrong(qsizetype offset, qsizetype length)
{
    m_wrongOffset = offset;
    m_wrongLength = length;
    update();
}

void FilterDraft::take(const QString& text)
{
    QString line = text;
    for (QChar& c : line) {
        if (c.isSpace())
            c = u' ';
    }
    emit pasted(line);
}

void FilterDraft::keyPressEvent(QKeyEvent* event)
{
    const bool atStart = cursorPosition() == 0 && !hasSelectedText();
    if (event->matches(QKeySequence::Paste))
        take(QGuiApplication::clipboard()->text());
    else if (atStart && event->key() == Qt::Key_Backspace)
        emit reopenAsked();
    else if (atStart && event->key() == Qt::Key_Left && event->modifiers() == Qt::NoModifier)
        emit leftAsked();
    else
        QLineEdit::keyPressEvent(event);
}

void FilterDraft::mouseReleaseEvent(QMouseEvent* event)
{
    QClipboard* clipboard = QGuiApplication::clipboard();
    if (event->button() == Qt::MiddleButton && clipboard->supportsSelection()) {
        setCursorPosition(cursorPositionAt(event->position().toPoint()));
        take(clipboard->text(QClipboard::Selection));
        return;
    }
    QLineEdit::mouseReleaseEvent(event);
}

void FilterDraft::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (auto* paste = menu->findChild<QAction*>(u"edit-paste"_s)) {
        paste->disconnect();
        connect(paste, &QAction::triggered, this, [this] { take(QGuiApplication::clipboard()->text()); });
    }
    menu->popup(event->globalPos());
}

void FilterDraft::dropEvent(QDropEvent* event)
{
    if (event->source() == this || !event->mimeData()->hasText()) {
        QLineEdit::dropEvent(event);
        return;
    }
    event->acceptProposedAction();
    take(event->mimeData()->text());
}

void FilterDraft::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (!isWrong())
        return;
    const QFontMetrics metrics(font());
    // The line scrolls within the field; where the cursor is drawn tells how far. Qt draws it 5 px into its rectangle.
    const int origin = cursorRect().x() + 5 - metrics.horizontalAdvance(text().left(cursorPosition()));
    const int left = origin + metrics.horizontalAdvance(text().left(m_wrongOffset));
    const int width = metrics.horizontalAdvance(text().mid(m_wrongOffset, m_wrongLength));
    const int bottom = (height() + metrics.height()) / 2 - 1;
    QPainter painter(this);
    painter.fillRect(QRect(left, bottom, std::max(width, metrics.horizontalAdvance(u'x')), 2), themeOf(palette()).failed.ink);
}

}
