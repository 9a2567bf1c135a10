// SPDX-License-Identifier: Apache-2.0
#include "core/base/secret_value.h"

#include <algorithm>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype farthest = 64;    // looked ahead for a sign

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t';
}

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\'' || c == u'`';
}

bool isNameStart(QChar c)
{
    return c.unicode() < 128 && (c.isLetter() || c == u'_');
}

bool isNameChar(QChar c)
{
    return isNameStart(c) || (c.unicode() < 128 && c.isDigit()) || c == u'-' || c == u'.';
}

bool isAt(QStringView text, qsizetype at, QLatin1StringView wanted)
{
    return at < text.size() && (text[at] == wanted[0] || text[at].isLetter()) && text.sliced(at).startsWith(wanted, Qt::CaseInsensitive);
}

/// "\n" as it is, or as a program prints it.
bool isLineEnd(QStringView text, qsizetype at)
{
    return text[at] == u'\n' || text[at] == u'\r' ||
           (text[at] == u'\\' && at + 1 < text.size() && (text[at + 1] == u'n' || text[at + 1] == u'r'));
}

/// Another "name=" begins there: what was before has ended.
bool isNextPair(QStringView text, qsizetype at)
{
    if (at >= text.size() || !isNameStart(text[at]))
        return false;
    const qsizetype last = std::min(text.size(), at + farthest);
    while (at < last && isNameChar(text[at]))
        ++at;
    return at < last && (text[at] == u'=' || text[at] == u':');
}

/// What stands between two quotes that are escaped alike; without the second one the rest of the line.
TextSpan quotedAt(QStringView text, qsizetype at)
{
    qsizetype backslashes = 0;
    while (text[at + backslashes] == u'\\')
        ++backslashes;
    const QChar quote = text[at + backslashes];
    const qsizetype begin = at + backslashes + 1;
    for (qsizetype end = begin; end < text.size(); ++end) {
        if (text[end] == u'\n')
            return {begin, end};
        qsizetype before = 0;
        while (end < text.size() && text[end] == u'\\') {
            ++before;
            ++end;
        }
        if (end == text.size())
            break;
        if (text[end] == quote && before <= backslashes)
            return {begin, end - before};
    }
    return {begin, text.size()};
}

bool beginsQuoted(QStringView text, qsizetype at)
{
    while (at < text.size() && text[at] == u'\\')
        ++at;
    return at < text.size() && isQuote(text[at]);
}

/// To the brace that closes it; where that is not near, to the end of the line.
TextSpan bracedAt(QStringView text, qsizetype at)
{
    constexpr qsizetype longest = 1024;
    const qsizetype last = std::min(text.size(), at + longest);
    qsizetype depth = 0;
    qsizetype line = -1;
    for (qsizetype end = at; end < last; ++end) {
        if (text[end] == u'{' || text[end] == u'[')
            ++depth;
        else if (text[end] == u'}' || text[end] == u']')
            --depth;
        else if (line < 0 && text[end] == u'\n')
            line = end;
        if (depth == 0)
            return {at, end + 1};
    }
    return {at, line < 0 ? text.size() : line};
}

/// Lines that are indented further than the line of the name: how YAML writes long texts and lists.
TextSpan blockAt(QStringView text, qsizetype nameBegin, qsizetype lineEnd)
{
    const auto indentOf = [&](qsizetype line) {
        qsizetype at = line;
        while (at < text.size() && (isSpace(text[at])))
            ++at;
        return at - line;
    };
    const qsizetype before = nameBegin == 0 ? -1 : text.lastIndexOf(u'\n', nameBegin - 1);
    const qsizetype indent = indentOf(before + 1);
    qsizetype end = lineEnd;
    while (end < text.size() && text[end] == u'\n') {
        const qsizetype inner = indentOf(end + 1);
        const qsizetype next = text.indexOf(u'\n', end + 1);
        const bool isItem = inner == indent && isAt(text, end + 1 + inner, "- "_L1);
        if ((inner <= indent && !isItem) || end + 1 + inner >= text.size() || text[end + 1 + inner] == u'\n')
            break;
        end = next < 0 ? text.size() : next;
    }
    if (end == lineEnd)
        return {lineEnd, lineEnd};
    return {lineEnd + 1 + indentOf(lineEnd + 1), end};
}

/// A word of a line, a pair of a list, a parameter of an address.
TextSpan bareAt(QStringView text, qsizetype at, bool isEscaped)
{
    if (isAt(text, at, "[masked]"_L1))
        return {at, at + 8};
    qsizetype end = at;
    for (; end < text.size(); ++end) {
        const QChar c = text[end];
        if (c.isSpace() || isQuote(c) || c == u'<' || isLineEnd(text, end))
            break;
        if (c == u'\\' && beginsQuoted(text, end))
            break;
        if (isEscaped && (isAt(text, end, "%26"_L1) || isAt(text, end, "%22"_L1) || isAt(text, end, "%27"_L1)))
            break;
        const bool mayEnd = c == u',' || c == u';' || c == u'&';
        if (mayEnd && (end + 1 == text.size() || text[end + 1].isSpace() || isQuote(text[end + 1]) || text[end + 1] == c ||
                       isNextPair(text, end + 1)))
            break;
    }
    const qsizetype whole = end;
    while (end > at && (u")]}>.,;:!?"_s.contains(text[end - 1])))
        --end;
    return end > at ? TextSpan{at, end} : TextSpan{at, whole};
}

}

qsizetype afterSpaces(QStringView text, qsizetype at)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

std::optional<Separator> separatorAt(QStringView text, qsizetype nameBegin, qsizetype nameEnd)
{
    qsizetype at = nameEnd;
    if (at == text.size() || text[at].isLetter())
        return {};
    Separator separator;
    for (int closers = 0; at < text.size() && closers < 8; ++closers) {    // "name", \"name\", ['name'], %22name%22
        if (isQuote(text[at]) || text[at] == u'\\' || text[at] == u']') {
            separator.isQuoted = separator.isQuoted || isQuote(text[at]);
            ++at;
        } else if (isAt(text, at, "%22"_L1)) {
            at += 3;
        } else {
            break;
        }
    }
    const auto ends = [&](QChar sign, qsizetype size) {
        separator.sign = sign;
        separator.end = at + size;
        return separator;
    };
    if (isAt(text, at, "%3D"_L1) || isAt(text, at, "%3A"_L1)) {
        separator.isEscaped = true;
        return ends(u'=', 3);
    }
    const bool isElement = nameBegin > 0 && (text[nameBegin - 1] == u'<' || text[nameBegin - 1] == u':') && at < text.size();
    if (isElement && text[at] == u'>')
        return ends(u'>', 1);
    qsizetype sign = afterSpaces(text, at);
    while (separator.isQuoted && sign < text.size() && text[sign].isSpace())
        ++sign;
    if (isElement && text[nameBegin - 1] == u'<' && sign > at) {    // <name with="attributes">
        const QStringView rest = text.sliced(sign).first(std::min(text.size() - sign, 4 * farthest));
        const qsizetype close = rest.indexOf(u'>');
        if (close > 0 && rest[close - 1] != u'/' && !rest.first(close).contains(u'<')) {
            at = sign + close;
            return ends(u'>', 1);
        }
        return {};
    }
    at = sign;
    if (at == text.size())
        return {};
    if (text[at] == u'=')
        return ends(u'=', isAt(text, at, "=="_L1) || isAt(text, at, "=>"_L1) ? 2 : 1);
    if (text[at] == u':' && !isAt(text, at, "::"_L1) && !isAt(text, at, "://"_L1))
        return ends(u':', isAt(text, at, ":="_L1) ? 2 : 1);
    if (text[at] == u'(' && at == nameEnd && beginsQuoted(text, at + 1))
        return ends(u'(', 1);
    return {};
}

TextSpan valueAt(QStringView text, qsizetype nameBegin, const Separator& separator)
{
    if (separator.sign == u'>') {
        const qsizetype end = text.indexOf(u'<', separator.end);
        return {separator.end, end < 0 ? text.size() : end};
    }
    qsizetype at = afterSpaces(text, separator.end);
    while (separator.isQuoted && at < text.size() && text[at].isSpace())
        ++at;
    if (separator.isEscaped && isAt(text, at, "%22"_L1))
        at += 3;
    if (at == text.size())
        return {at, at};
    if (isLineEnd(text, at))
        return separator.sign == u':' && text[at] == u'\n' ? blockAt(text, nameBegin, at) : TextSpan{at, at};
    if (beginsQuoted(text, at))
        return quotedAt(text, at);
    if ((text[at] == u'{' || text[at] == u'[') && !isAt(text, at, "[masked]"_L1))
        return bracedAt(text, at);
    if ((text[at] == u'|' || text[at] == u'>') && separator.sign == u':') {
        const qsizetype end = text.indexOf(u'\n', at);
        if (end >= 0 && end - at <= 3)
            return blockAt(text, nameBegin, end);
    }
    return bareAt(text, at, separator.isEscaped);
}

TextSpan argumentAt(QStringView text, qsizetype at)
{
    if (at == text.size() || isLineEnd(text, at))
        return {at, at};
    if (beginsQuoted(text, at))
        return quotedAt(text, at);
    qsizetype end = at;
    while (end < text.size() && !text[end].isSpace() && !isQuote(text[end]) && !isLineEnd(text, end))
        ++end;
    return {at, end};
}

TextSpan restOfLine(QStringView text, qsizetype nameBegin, qsizetype at)
{
    const QChar quote = nameBegin > 0 && isQuote(text[nameBegin - 1]) ? text[nameBegin - 1] : QChar();
    qsizetype end = at;
    while (end < text.size() && !isLineEnd(text, end) && (quote.isNull() || text[end] != quote))
        ++end;
    while (end > at && (text[end - 1].isSpace() || (!quote.isNull() && text[end - 1] == u'\\')))
        --end;
    return {at, end};
}

}
