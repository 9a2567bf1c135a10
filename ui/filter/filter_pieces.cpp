// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_pieces.h"

#include "core/jobs/filter.h"
#include "ui/base/format.h"
#include "ui/filter/filter_tokens.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace ui {

using namespace Qt::StringLiterals;
using Kind = FilterToken::Kind;

namespace {

QString word(const char* text)
{
    return QCoreApplication::translate("ui::FilterPiece", text);
}

QString shownValue(const QString& key, const QString& typed)
{
    const QString plain = withoutQuotes(typed);
    const bool needsQuotes = plain.isEmpty() || plain.contains(u',') || plain != plain.trimmed();
    if (plain != typed)
        return plainLine(needsQuotes ? typed : plain);
    return readableValue(key, typed);
}

QList<FilterSegment> segmentsOf(const QString& text)
{
    QList<FilterSegment> segments;
    bool isNegated = false;
    bool glued = true;    // nothing before it, or an opening parenthesis
    const auto add = [&](FilterSegment::Kind kind, const QString& shown) {
        segments << FilterSegment{kind, shown, !glued};
        glued = false;
    };
    const auto addNot = [&] {
        if (isNegated)
            add(FilterSegment::Kind::Word, word("not"));
        isNegated = false;
    };
    for (const FilterToken& token : filterTokens(text)) {
        switch (token.kind) {
        case Kind::Not: isNegated = !isNegated; break;
        case Kind::And: break;
        case Kind::Or: add(FilterSegment::Kind::Word, word("or")); break;
        case Kind::Open:
            addNot();
            add(FilterSegment::Kind::Word, u"("_s);
            glued = true;
            break;
        case Kind::Close:
            glued = true;
            add(FilterSegment::Kind::Word, u")"_s);
            break;
        case Kind::Term: {
            addNot();
            const FilterTermParts parts = termParts(text.mid(token.offset, token.length));
            QStringList values;
            for (const QString& value : parts.values)
                values << shownValue(parts.key, value);
            if (parts.hasColon)
                add(FilterSegment::Kind::Key, plainLine(parts.key));
            add(FilterSegment::Kind::Value, values.join(u", "_s));
            break;
        }
        }
    }
    return segments;
}

FilterPiece pieceOf(const QString& text)
{
    const QList<FilterToken> tokens = filterTokens(text);
    FilterPiece piece{text, false, hasOpenAlternatives(tokens), segmentsOf(text)};
    if (piece.isAlternatives)
        return piece;
    for (const FilterToken& token : tokens) {
        if (token.kind != Kind::Not)
            break;
        piece.isNegated = !piece.isNegated;
    }
    return piece;
}

QString joinedPieces(const QList<FilterPiece>& pieces, bool isAlone)
{
    QStringList texts;
    for (const FilterPiece& piece : pieces)
        texts << (piece.isAlternatives && !isAlone ? u'(' + piece.text + u')' : piece.text);
    return texts.join(u' ');
}

QList<FilterPiece> splitPieces(const QString& text)
{
    const QList<FilterToken> tokens = filterTokens(text);
    if (hasOpenAlternatives(tokens))
        return {pieceOf(text.trimmed())};
    QList<FilterPiece> pieces;
    std::optional<qsizetype> start;
    for (const FilterToken& token : tokens) {
        if (token.depth > 0 || token.kind == Kind::And)
            continue;
        if (!start)
            start = token.offset;
        if (token.kind != Kind::Term && token.kind != Kind::Close)
            continue;
        const QString part = text.mid(*start, token.end() - *start);
        // beside others it would join them
        pieces << pieceOf(part == "AND"_L1 ? u"\"AND\""_s : part);
        start.reset();
    }
    return pieces;
}

}

QString readableValue(const QString& key, const QString& value)
{
    using core::jobs::FilterKey;
    static const QRegularExpression amount(u"^(>=|<=|>|<|=)?(\\d+)(ms|s|m|h|d|w)?$"_s, QRegularExpression::CaseInsensitiveOption);
    const bool isAmount = key.compare("since"_L1, Qt::CaseInsensitive) == 0 || key.compare("before"_L1, Qt::CaseInsensitive) == 0 ||
                          key.compare("took"_L1, Qt::CaseInsensitive) == 0 || key.compare("attempt"_L1, Qt::CaseInsensitive) == 0;
    const auto match = isAmount ? amount.match(value) : QRegularExpressionMatch();
    if (!match.hasMatch())
        return plainLine(value);
    QStringList words;
    if (const QString sign = match.captured(1); !sign.isEmpty())
        words << (sign == ">="_L1 ? u"≥"_s : sign == "<="_L1 ? u"≤"_s : sign);
    words << match.captured(2);
    if (const QString unit = match.captured(3); !unit.isEmpty())
        words << (unit == "m"_L1 ? u"min"_s : unit);
    return words.join(u' ');
}

QList<FilterPiece> filterPieces(const QString& text, core::Time now)
{
    const auto whole = core::jobs::readFilter(text, now);
    const QList<FilterPiece> pieces = splitPieces(text);
    const auto parts = core::jobs::readFilter(joinedPieces(pieces, pieces.size() == 1), now);
    if (whole && parts && *whole == *parts)
        return pieces;
    return {pieceOf(text.trimmed())};    // whatever we did not think of stays in one piece rather than changes its meaning
}

QString readableText(const FilterPiece& piece)
{
    QString text;
    for (const FilterSegment& segment : piece.segments)
        text += (segment.hasGap && !text.isEmpty() ? u" "_s : QString()) + segment.text;
    return text;
}

ComposedFilter composedFilter(const QList<FilterPiece>& pieces, const QString& draft, core::Time now)
{
    if (draft.trimmed().isEmpty())
        return {joinedPieces(pieces, pieces.size() == 1), 0};
    if (pieces.isEmpty())
        return {draft, 0};
    const QString before = joinedPieces(pieces, false) + u' ';
    const bool needsParentheses = hasOpenAlternatives(filterTokens(draft)) && core::jobs::readFilter(draft, now).has_value();
    if (needsParentheses)
        return {before + u'(' + draft + u')', before.size() + 1};
    return {before + draft, before.size()};
}

}
