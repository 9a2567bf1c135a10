// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_completion.h"

#include "core/jobs/filter.h"
#include "ui/filter/filter_tokens.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::FilterKey;
using core::jobs::FilterKeyHelp;

namespace {

constexpr int mostFormerValues = 12;

QString sentence(const char* text)
{
    return QCoreApplication::translate("ui::FilterCompletion", text);
}

QString normal(const QString& word)
{
    return word.toLower().replace(u'_', u'-');
}

const FilterKeyHelp* helpOf(const QString& key)
{
    const QString name = normal(key);
    for (const FilterKeyHelp& help : core::jobs::filterKeys()) {
        if (help.name == name || (help.name.endsWith(u'.') && name.startsWith(help.name)))
            return &help;
    }
    return nullptr;
}

std::optional<JobState> stateOfWord(const QString& word)
{
    if (word == "pending"_L1)
        return JobState::Pending;
    if (word == "running"_L1)
        return JobState::Running;
    if (word == "done"_L1)
        return JobState::Done;
    if (word == "failed"_L1)
        return JobState::Failed;
    if (word == "cancelled"_L1)
        return JobState::Cancelled;
    if (word == "unknown"_L1)
        return JobState::Unknown;
    return {};
}

/// As the grammar takes short forms: by the beginning of the word or of one of its parts.
bool fits(const QString& word, const QString& typed)
{
    const QStringList parts = word.split(u'-');
    return word.startsWith(typed) || std::any_of(parts.begin(), parts.end(), [&](const QString& part) { return part.startsWith(typed); });
}

QList<FilterSuggestion> keySuggestions(const QString& typed)
{
    QList<FilterSuggestion> found;
    for (const FilterKeyHelp& help : core::jobs::filterKeys()) {
        if (help.name.startsWith(normal(typed)))
            found << FilterSuggestion{help.name.endsWith(u'.') ? help.name : help.name + u':',
                                      QCoreApplication::translate("core::jobs::FilterKeyHelp", help.help.toUtf8().constData()),
                                      {}};
    }
    return found;
}

QList<FilterSuggestion> listedValues(const FilterKeyHelp& help, const QString& typed, const QStringList& given)
{
    QStringList words = help.values;
    if (help.key == FilterKey::Status) {
        // what needs a person first
        words.removeAll(u"failed"_s);
        words.prepend(u"failed"_s);
    }
    QList<FilterSuggestion> found;
    for (const QString& word : std::as_const(words)) {
        if (fits(word, normal(typed)) && !given.contains(word))
            found << FilterSuggestion{word, {}, help.key == FilterKey::Status ? stateOfWord(word) : std::nullopt};
    }
    return found;
}

QStringList usualValues(FilterKey key)
{
    switch (key) {
    case FilterKey::Since: return {u"15m"_s, u"1h"_s, u"24h"_s, u"7d"_s};
    case FilterKey::Before: return {u"1h"_s, u"24h"_s, u"7d"_s};
    case FilterKey::Took: return {u">10s"_s, u">60s"_s};
    case FilterKey::Attempt: return {u">=2"_s};
    default: return {};
    }
}

QStringList formerValues(const QString& key, const QStringList& formerFilters)
{
    QStringList values;
    for (const QString& filter : formerFilters) {
        const auto tokens = filterTokens(filter);
        for (const FilterToken& token : tokens) {
            if (token.kind != FilterToken::Kind::Term)
                continue;
            const FilterTermParts parts = termParts(filter.mid(token.offset, token.length));
            if (parts.hasColon && normal(parts.key) == normal(key))
                values += parts.values;
        }
    }
    return values;
}

QList<FilterSuggestion> otherValues(const FilterKeyHelp& help, const QString& key, const QString& typed, const QStringList& given,
                                    const QStringList& formerFilters)
{
    QStringList values = formerValues(key, formerFilters) + usualValues(help.key);
    values.removeDuplicates();
    QList<FilterSuggestion> found;
    for (const QString& value : std::as_const(values)) {
        const bool begins = withoutQuotes(value).startsWith(QString(typed).remove(u'"'), Qt::CaseInsensitive);
        if (begins && !given.contains(value) && !value.isEmpty() && found.size() < mostFormerValues)
            found << FilterSuggestion{value, {}, {}};
    }
    return found;
}

/// The term that the cursor stands in or behind; an empty one in front of whatever is no term.
FilterToken termAt(const QString& draft, qsizetype cursor, bool* inOther)
{
    FilterToken found{FilterToken::Kind::Term, cursor, 0, 0};
    const auto tokens = filterTokens(draft);
    for (const FilterToken& token : tokens) {
        if (token.kind == FilterToken::Kind::Term && token.offset <= cursor && cursor <= token.end())
            return token;
        const bool isWord = token.kind == FilterToken::Kind::Or || token.kind == FilterToken::Kind::And;
        *inOther = *inOther || (isWord && token.offset < cursor && cursor <= token.end());
    }
    return found;
}

}

FilterCompletion completionAt(const QString& draft, qsizetype cursor, const QStringList& formerFilters)
{
    FilterCompletion completion;
    bool inOther = false;
    const FilterToken token = termAt(draft, cursor, &inOther);
    if (inOther)
        return completion;
    const QString term = draft.mid(token.offset, token.length);
    const FilterTermParts whole = termParts(term);
    const FilterTermParts before = termParts(term.left(cursor - token.offset));
    completion.termOffset = token.offset;
    if (!before.hasColon) {
        completion.title = sentence("Keys");
        completion.typed = term.left(cursor - token.offset);
        completion.offset = token.offset;
        completion.length = whole.hasColon ? whole.key.size() + 1 : token.length;
        completion.suggestions = keySuggestions(completion.typed);
        return completion;
    }
    const FilterKeyHelp* help = helpOf(before.key);
    if (!help)
        return completion;
    completion.key = before.key;
    completion.title = sentence("Values of %1").arg(before.key.left(80));
    completion.listsValues = !help->values.isEmpty();
    completion.offset = token.offset + before.lastValueOffset;
    completion.typed = draft.mid(completion.offset, cursor - completion.offset);
    completion.length = whole.values.value(before.values.size() - 1).size();
    QStringList given = whole.values;
    given.removeAt(before.values.size() - 1);
    completion.suggestions = completion.listsValues ? listedValues(*help, completion.typed, given)
                                                    : otherValues(*help, before.key, completion.typed, given, formerFilters);
    // what stands there in full needs no list of itself
    if (completion.suggestions.size() == 1 && completion.suggestions.constFirst().word == completion.typed)
        completion.suggestions.clear();
    return completion;
}

const FilterKeyHelp* helpOfTerm(const QString& term)
{
    const FilterTermParts parts = termParts(term);
    return parts.hasColon ? helpOf(parts.key) : nullptr;
}

QString expectedAt(const QString& draft, qsizetype offset)
{
    const auto tokens = filterTokens(draft);
    for (const FilterToken& token : tokens) {
        if (token.kind != FilterToken::Kind::Term || offset < token.offset || offset > token.end())
            continue;
        const QString term = draft.mid(token.offset, token.length);
        if (const FilterKeyHelp* help = helpOfTerm(term))
            return sentence("%1 For example %2").arg(help->help, help->example);
        if (!termParts(term).hasColon)
            return {};
        QStringList names;
        for (const FilterKeyHelp& help : core::jobs::filterKeys())
            names << help.name;
        return sentence("The keys are %1.").arg(names.join(u", "_s));
    }
    return {};
}

}
