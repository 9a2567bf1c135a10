// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter_match.h"

#include "core/jobs/filter_text.h"
#include "core/jobs/payload_value.h"

#include <algorithm>

namespace core::jobs {

using namespace Qt::StringLiterals;

namespace {

bool compares(double left, Comparison comparison, double right)
{
    switch (comparison) {
    case Comparison::Equal: return left == right;
    case Comparison::Less: return left < right;
    case Comparison::AtMost: return left <= right;
    case Comparison::Greater: return left > right;
    case Comparison::AtLeast: return left >= right;
    }
    Q_UNREACHABLE();
}

bool equals(const QString& stored, const FilterText& wanted)
{
    const QString text = asciiLower(stored);
    const QString lower = asciiLower(wanted.text);
    return wanted.isPattern ? matchesPattern(text, lower) : text == lower;
}

bool holds(const QString& stored, const FilterText& wanted)
{
    const QString text = asciiLower(stored);
    const QString lower = asciiLower(wanted.text);
    return wanted.isPattern ? matchesPattern(text, u'*' + lower + u'*') : text.contains(lower);
}

bool begins(const QString& stored, const FilterText& wanted)
{
    return wanted.isPattern ? equals(stored, wanted) : stored.startsWith(wanted.text);
}

/// Words are stored in one spelling; any other, "failed" as well, is none of ours.
bool isWord(const QString& stored, const QString& ours, const QString& wanted)
{
    return wanted == u"UNKNOWN"_s ? stored.isEmpty() || stored != ours : stored == wanted;
}

bool has(const Job& job, const QString& what)
{
    if (what == u"error"_s)
        return !job.errorMessage.isEmpty() || !job.errorCode.isEmpty();
    if (what == u"output"_s)
        return job.outputData.has_value();
    return job.cancel.requestedAt.has_value();
}

bool took(const Job& job, const FilterAmount& wanted)
{
    if (!job.startedAt || !job.finishedAt)
        return false;
    return compares(static_cast<double>((*job.finishedAt - *job.startedAt).count()), wanted.comparison, wanted.number);
}

bool payloadMatches(const QByteArray& json, const PayloadPath& path, const FilterValue& wanted)
{
    const auto found = payloadValueAt(json, path);
    if (!found)
        return false;
    const auto number = found->isNumber ? std::optional(found->text.toDouble()) : std::nullopt;
    if (const auto* amount = std::get_if<FilterAmount>(&wanted))
        return number && compares(*number, amount->comparison, amount->number);
    const auto& text = std::get<FilterText>(wanted);
    const auto wantedNumber = text.isPattern ? std::nullopt : numberIn(text.text);
    return equals(found->text, text) || (number && wantedNumber && *number == *wantedNumber);
}

bool freeTextMatches(const Job& job, const FilterText& wanted)
{
    return holds(job.id.text, wanted) || holds(job.typeText, wanted) || holds(QString(job.typeText).replace(u'_', u'-'), wanted) ||
           holds(job.message, wanted) || holds(job.errorMessage, wanted) || holds(job.errorCode, wanted);
}

bool valueMatches(const FilterTerm& term, const FilterValue& value, const Job& job)
{
    const auto text = [&]() -> const FilterText& { return std::get<FilterText>(value); };
    const auto amount = [&]() -> const FilterAmount& { return std::get<FilterAmount>(value); };
    switch (term.key) {
    case FilterKey::Status: return isWord(job.statusText, statusName(parseStatus(job.statusText)), text().text);
    case FilterKey::Type: return isWord(job.typeText, jobTypeName(parseJobType(job.typeText)), text().text);
    case FilterKey::Owner: return equals(job.userId, text());
    case FilterKey::Project: return equals(job.projectId, text());
    case FilterKey::Id: return begins(job.id.text, text());
    case FilterKey::RetriedFrom: return job.retriedFrom && begins(job.retriedFrom->text, text());
    case FilterKey::Since: return job.createdAt >= std::get<Time>(value);
    case FilterKey::Before: return job.createdAt < std::get<Time>(value);
    case FilterKey::Attempt: return compares(job.attempt, amount().comparison, amount().number);
    case FilterKey::Took: return took(job, amount());
    case FilterKey::Error: return holds(job.errorMessage, text()) || holds(job.errorCode, text());
    case FilterKey::Message: return holds(job.message, text());
    case FilterKey::Has: return has(job, text().text);
    case FilterKey::Input: return payloadMatches(job.inputData, term.path, value);
    case FilterKey::Output: return job.outputData && payloadMatches(*job.outputData, term.path, value);
    case FilterKey::Text: return freeTextMatches(job, text());
    }
    Q_UNREACHABLE();
}

bool termMatches(const FilterTerm& term, const Job& job)
{
    const bool any =
        std::any_of(term.values.begin(), term.values.end(), [&](const FilterValue& value) { return valueMatches(term, value, job); });
    return any != term.isNegated;
}

bool groupMatches(const FilterGroup& group, const Job& job)
{
    const auto one = [&](const Filter& part) { return matches(part, job); };
    const bool holds = group.join == Join::All ? std::all_of(group.parts.begin(), group.parts.end(), one)
                                               : std::any_of(group.parts.begin(), group.parts.end(), one);
    return holds != group.isNegated;
}

}

bool matches(const Filter& filter, const Job& job)
{
    if (const auto* group = std::get_if<FilterGroup>(&filter.node))
        return groupMatches(*group, job);
    return termMatches(std::get<FilterTerm>(filter.node), job);
}

}
