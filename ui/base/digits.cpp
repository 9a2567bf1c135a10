// SPDX-License-Identifier: Apache-2.0
#include "ui/base/digits.h"

#include "ui/theme/metrics.h"

#include <QHash>
#include <QPainter>

namespace ui {

namespace {

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

/// The widest digit of a font, or 0 if all are as wide.
int cellOf(const QFontMetrics& metrics, const QFont& font)
{
    static thread_local QHash<QString, int> known;    // a font's metrics never change
    const QString key = font.key();
    const auto found = known.constFind(key);
    if (found != known.constEnd())
        return *found;
    const int widest = digitWidth(metrics);
    bool even = true;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        even = even && metrics.horizontalAdvance(QChar(digit)) == widest;
    return known.insert(key, even ? 0 : widest).value();
}

}

void paintDigits(QPainter* painter, const QRect& rect, const QString& text)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int cell = cellOf(metrics, painter->font());
    if (cell == 0) {
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          metrics.elidedText(text, Qt::ElideRight, rect.width()));
        return;
    }
    QList<std::pair<QString, int>> runs;    // a digit, or what stands between two
    int width = 0;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        while (!isDigit(text.at(at)) && end < text.size() && !isDigit(text.at(end)))
            ++end;
        const QString run = text.mid(at, end - at);
        const int advance = isDigit(text.at(at)) ? cell : metrics.horizontalAdvance(run);
        runs << std::pair(run, advance);
        width += advance;
        at = end;
    }
    if (width > rect.width()) {
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          metrics.elidedText(text, Qt::ElideRight, rect.width()));
        return;
    }
    int x = rect.right() + 1 - width;
    const int baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    for (const auto& [run, advance] : std::as_const(runs)) {
        const int slack = run.size() == 1 && isDigit(run.at(0)) ? (advance - metrics.horizontalAdvance(run)) / 2 : 0;
        painter->drawText(x + slack, baseline, run);
        x += advance;
    }
}

}
