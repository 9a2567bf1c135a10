// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter.h"

#include "core/jobs/filter_values.h"

#include <algorithm>

namespace core::jobs {

using namespace Qt::StringLiterals;

bool operator==(const FilterTerm& left, const FilterTerm& right)
{
    return left.key == right.key && left.path == right.path && left.values == right.values && left.isNegated == right.isNegated;
}

bool operator==(const FilterGroup& left, const FilterGroup& right)
{
    return left.join == right.join && left.parts == right.parts && left.isNegated == right.isNegated;
}

bool operator==(const Filter& left, const Filter& right)
{
    return left.node == right.node;
}

Result<Filter> parseFilter(const QString& text, Time now)
{
    auto filter = readFilter(text, now);
    if (filter)
        return std::move(*filter);
    const FilterError& error = filter.error();
    return failure(ErrorKind::Invalid, u"filter_invalid"_s, error.message, u"filter"_s,
                   u"offset=%1 length=%2"_s.arg(error.offset).arg(error.length));
}

Filter joined(Join join, const QList<Filter>& parts)
{
    FilterGroup group{join, {}, false};
    for (const Filter& part : parts) {
        const auto* nested = std::get_if<FilterGroup>(&part.node);
        if (nested && nested->join == join && !nested->isNegated)
            group.parts += nested->parts;
        else
            group.parts += part;
    }
    if (group.parts.size() == 1)
        return group.parts.constFirst();
    return {group};
}

Filter negated(Filter filter)
{
    std::visit([](auto& node) { node.isNegated = !node.isNegated; }, filter.node);
    return filter;
}

bool takesAll(const Filter& filter)
{
    const auto* group = std::get_if<FilterGroup>(&filter.node);
    return group && group->join == Join::All && !group->isNegated && group->parts.isEmpty();
}

bool looksIntoPayloads(const Filter& filter)
{
    if (const auto* group = std::get_if<FilterGroup>(&filter.node))
        return std::any_of(group->parts.begin(), group->parts.end(), looksIntoPayloads);
    const FilterKey key = std::get<FilterTerm>(filter.node).key;
    return key == FilterKey::Input || key == FilterKey::Output;
}

QString pathText(const PayloadPath& path)
{
    QString text;
    for (const auto& step : path) {
        if (const auto* name = std::get_if<QString>(&step))
            text += (text.isEmpty() ? u""_s : u"."_s) + *name;
        else
            text += u"[%1]"_s.arg(std::get<int>(step));
    }
    return text;
}

namespace {

QString termText(const FilterTerm& term)
{
    QString text = term.isNegated ? u"!"_s : QString();
    if (term.key == FilterKey::Input || term.key == FilterKey::Output)
        text += filterKeyName(term.key) + pathText(term.path) + u':';
    else if (term.key != FilterKey::Text)
        text += filterKeyName(term.key) + u':';
    QStringList values;
    for (const FilterValue& value : term.values)
        values += filterValueText(term.key, value);
    return text + values.join(u',');
}

QString groupText(const FilterGroup& group)
{
    QStringList parts;
    for (const Filter& part : group.parts) {
        const auto* nested = std::get_if<FilterGroup>(&part.node);
        // OR binds less than standing side by side: only an OR within an AND needs its parentheses. A negated group brings its own.
        const bool needsParentheses = nested && !nested->isNegated && group.join == Join::All;
        parts += needsParentheses ? u'(' + toText(part) + u')' : toText(part);
    }
    const QString text = parts.join(group.join == Join::All ? u" "_s : u" OR "_s);
    return group.isNegated ? u"!("_s + text + u')' : text;
}

}

QString toText(const Filter& filter)
{
    if (const auto* group = std::get_if<FilterGroup>(&filter.node))
        return groupText(*group);
    return termText(std::get<FilterTerm>(filter.node));
}

}
