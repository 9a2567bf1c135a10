// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/visible_text.h"

#include <QList>

#include <array>

namespace app {

using namespace Qt::StringLiterals;

namespace {

bool canDoHarm(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

QString escaped(char32_t character)
{
    switch (character) {
    case U'\n': return u"\\n"_s;
    case U'\r': return u"\\r"_s;
    case U'\t': return u"\\t"_s;
    default: break;
    }
    if (character < 0x100)
        return u"\\x%1"_s.arg(static_cast<uint>(character), 2, 16, QChar(u'0'));
    return u"\\u{%1}"_s.arg(static_cast<uint>(character), 0, 16);
}

QString escapedExcept(QStringView text, QStringView kept)
{
    QString safe;
    safe.reserve(text.size());
    for (const char32_t character : text.toUcs4()) {    // a lone surrogate comes as U+FFFD
        if (canDoHarm(character) && !(character < 0x80 && kept.contains(QChar(static_cast<char16_t>(character)))))
            safe += escaped(character);
        else
            safe += QChar::fromUcs4(character);
    }
    return safe;
}

struct Range {
    char32_t first;
    char32_t last;
};

/// East Asian wide and emoji blocks (Unicode UAX 11, classes W and F), as whole blocks: enough to keep columns straight.
constexpr std::array wideRanges{
    Range{0x1100, 0x115f}, Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},   Range{0x3400, 0x4dbf},   Range{0x4e00, 0x9fff},
    Range{0xa000, 0xa4cf}, Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},
    Range{0xffe0, 0xffe6}, Range{0x1f300, 0x1f64f}, Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1f9ff}, Range{0x20000, 0x3fffd},
};

int cellsOf(char32_t character)
{
    const auto category = QChar::category(character);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    for (const Range& range : wideRanges) {
        if (character >= range.first && character <= range.last)
            return 2;
    }
    return 1;
}

}

QString visible(QStringView text)
{
    return escapedExcept(text, {});
}

QString visibleLines(QStringView text)
{
    return escapedExcept(text, u"\n\t");
}

QByteArray visibleJson(const QByteArray& json)
{
    // Outside strings the grammar has none of them but white space, so one pass over the text is right everywhere.
    const QString text = QString::fromUtf8(json);
    QString safe;
    safe.reserve(text.size());
    for (const char32_t character : text.toUcs4()) {
        if (!canDoHarm(character) || character == U'\n') {
            safe += QChar::fromUcs4(character);
            continue;
        }
        const auto units = QChar::fromUcs4(character);
        for (const char16_t unit : units)
            safe += u"\\u%1"_s.arg(static_cast<uint>(unit), 4, 16, QChar(u'0'));
    }
    return safe.toUtf8();
}

int cellWidth(QStringView text)
{
    int cells = 0;
    for (const char32_t character : text.toUcs4())
        cells += cellsOf(character);
    return cells;
}

QString elided(const QString& text, int cells)
{
    if (cellWidth(text) <= cells)
        return text;
    if (cells < 1)
        return {};
    QString kept;
    int used = 1;    // the ellipsis
    for (const char32_t character : text.toUcs4()) {
        used += cellsOf(character);
        if (used > cells)
            break;
        kept += QChar::fromUcs4(character);
    }
    return kept + u'…';
}

}
