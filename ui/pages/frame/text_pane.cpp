// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/frame/text_pane.h"

#include "ui/base/format.h"
#include "ui/base/scroll_bar_names.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

namespace ui {

TextPane::TextPane(const QString& name, QWidget* parent) : QPlainTextEdit(parent)
{
    setAccessibleName(name);
    nameScrollBars(*this);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    keepFont(this, TextRole::Mono);
}

void TextPane::showText(const QString& text)
{
    constexpr qsizetype longest = 1'000'000;
    if (text == m_text)
        return;
    m_text = text;
    QString shown;
    const QStringList lines = text.left(longest).split(u'\n');
    for (const QString& line : lines) {
        // one line of a megabyte would be laid out for a second
        constexpr qsizetype longestLine = 20'000;
        shown += line.left(longestLine) + u'\n';
        if (line.size() > longestLine)
            shown += tr("… %1 more characters in this line\n").arg(countText(line.size() - longestLine));
    }
    if (text.size() > longest)
        shown += tr("… %1 more characters").arg(countText(text.size() - longest));
    setPlainText(shown.trimmed());
}

}
