// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_tokens.h"

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

bool wordStands(const QString& text, qsizetype at, QStringView word)
{
    const qsizetype end = at + word.size();
    return QStringView(text).mid(at).startsWith(word) &&
           (end == text.size() || text.at(end).isSpace() || text.at(end) == u'(' || text.at(end) == u')');
}

/// Behind the closing quote, or the end of the text.
qsizetype quoteEnd(const QString& text, qsizetype open)
{
    qsizetype at = open + 1;
    for (; at < text.size(); ++at) {
        if (text.at(at) == u'\\' && at + 1 < text.size() && (text.at(at + 1) == u'"' || text.at(at + 1) == u'\\'))
            ++at;
        else if (text.at(at) == u'"')
            return at + 1;
    }
    return text.size();
}

qsizetype termEnd(const QString& text, qsizetype start)
{
    qsizetype at = start;
    while (at < text.size() && !text.at(at).isSpace() && text.at(at) != u'(' && text.at(at) != u')')
        at = text.at(at) == u'"' ? quoteEnd(text, at) : at + 1;
    return at;
}

}

QList<FilterToken> filterTokens(const QString& text)
{
    using Kind = FilterToken::Kind;
    QList<FilterToken> tokens;
    int depth = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text.at(at).isSpace()) {
            ++at;
            continue;
        }
        const bool afterNot = !tokens.isEmpty() && tokens.constLast().kind == Kind::Not;
        // AND joins only what stands on both of its sides; anywhere else it is a word to search for
        const bool afterPart = !tokens.isEmpty() && (tokens.constLast().kind == Kind::Term || tokens.constLast().kind == Kind::Close);
        FilterToken token{Kind::Term, at, 1, depth};
        if (text.at(at) == u'(') {
            token.kind = Kind::Open;
            ++depth;
        } else if (text.at(at) == u')') {
            token.kind = Kind::Close;
            depth = std::max(0, depth - 1);
            token.depth = depth;
        } else if (text.at(at) == u'!') {
            token.kind = Kind::Not;
        } else if (!afterNot && wordStands(text, at, u"OR")) {
            token.kind = Kind::Or;
            token.length = 2;
        } else if (afterPart && wordStands(text, at, u"AND")) {
            token.kind = Kind::And;
            token.length = 3;
        } else {
            token.length = termEnd(text, at) - at;
        }
        tokens << token;
        at = token.end();
    }
    return tokens;
}

bool hasOpenAlternatives(const QList<FilterToken>& tokens)
{
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const FilterToken& token) { return token.kind == FilterToken::Kind::Or && token.depth == 0; });
}

FilterTermParts termParts(const QString& term)
{
    FilterTermParts parts;
    qsizetype at = 0;
    while (at < term.size() && !u"\",:"_s.contains(term.at(at)))
        ++at;
    if (at == term.size() || term.at(at) != u':') {
        parts.values << term;
        return parts;
    }
    parts.key = term.left(at);
    parts.hasColon = true;
    qsizetype start = ++at;
    while (at < term.size()) {
        if (term.at(at) == u',') {
            parts.values << term.mid(start, at - start);
            start = ++at;
        } else {
            at = term.at(at) == u'"' ? quoteEnd(term, at) : at + 1;
        }
    }
    parts.values << term.mid(start);
    parts.lastValueOffset = start;
    return parts;
}

QString withoutQuotes(const QString& value)
{
    if (value.size() < 2 || !value.startsWith(u'"') || !value.endsWith(u'"'))
        return value;
    QString plain;
    for (qsizetype i = 1; i < value.size() - 1; ++i) {
        if (value.at(i) == u'\\' && i + 1 < value.size() - 1)
            ++i;
        plain += value.at(i);
    }
    return plain;
}

QString withQuotes(const QString& value)
{
    const auto breaks = [](QChar c) { return c.isSpace() || u"\"(),\\"_s.contains(c); };
    if (!value.isEmpty() && std::none_of(value.begin(), value.end(), breaks))
        return value;
    return u'"' + QString(value).replace(u"\\"_s, u"\\\\"_s).replace(u"\""_s, u"\\\""_s) + u'"';
}

}
