// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace ui {

/// The words of a filter text, read loosely: a text that does not read as a filter gives some tokens too, so that whoever completes
/// what is being typed, or shows a part of it, needs no second grammar. Whether it reads is core's readFilter() to say.
struct FilterToken {
    enum class Kind { Term, Not, Open, Close, Or, And };
    Kind kind = Kind::Term;
    qsizetype offset = 0;
    qsizetype length = 0;
    int depth = 0;    ///< parentheses around it; of a parenthesis, those around the pair
    [[nodiscard]] qsizetype end() const { return offset + length; }
};
[[nodiscard]] QList<FilterToken> filterTokens(const QString& text);
/// Whether an OR stands in no parenthesis.
[[nodiscard]] bool hasOpenAlternatives(const QList<FilterToken>& tokens);

/// A term taken apart as it was typed: values keep their quotes.
struct FilterTermParts {
    QString key;    ///< as typed, "input.file_path"; empty for a word to search for
    bool hasColon = false;
    QStringList values;
    qsizetype lastValueOffset = 0;    ///< where the last value begins, within the term
};
[[nodiscard]] FilterTermParts termParts(const QString& term);
/// What a value says without its quotes.
[[nodiscard]] QString withoutQuotes(const QString& value);
/// A value as it can be written: with quotes where it needs them.
[[nodiscard]] QString withQuotes(const QString& value);

}
