// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/element_matching.h"

#include <algorithm>
#include <functional>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

/// What a list's elements are told apart by.
enum class Identity { Span, Time, Index, Value, Position };

struct Spanned {
    ListElement element;
    qint64 start = 0;
    qint64 end = 0;
};

qint64 numberOf(const JsonValue& object, QStringView key)
{
    const auto member = object.member(key);
    return member ? member->asInt64().value_or(0) : 0;
}

bool hasNumber(const JsonValue& value, QStringView key)
{
    if (value.kind() != JsonKind::Object)
        return false;
    const auto member = value.member(key);
    return member && member->asInt64();
}

QList<ListElement> elementsOf(const JsonValue& list)
{
    QList<ListElement> elements;
    for (const JsonValue value : list.children())
        elements.append({elements.size(), value});
    return elements;
}

/// Holds only when it holds for every element of both lists: a list of mixed things is matched by position.
Identity identityOf(const QList<ListElement>& before, const QList<ListElement>& after)
{
    const auto all = [&](const std::function<bool(const JsonValue&)>& is) {
        const auto one = [&](const ListElement& element) { return is(element.value); };
        return std::all_of(before.begin(), before.end(), one) && std::all_of(after.begin(), after.end(), one);
    };
    if (all([](const JsonValue& value) { return hasNumber(value, u"start_ms") && hasNumber(value, u"end_ms"); }))
        return Identity::Span;
    if (all([](const JsonValue& value) { return hasNumber(value, u"timestamp_ms"); }))
        return Identity::Time;
    if (all([](const JsonValue& value) { return hasNumber(value, u"index"); }))
        return Identity::Index;
    if (all([](const JsonValue& value) { return value.kind() == JsonKind::Number && value.asInt64(); }))
        return Identity::Value;
    return Identity::Position;
}

QString timeName(qint64 ms)
{
    const qint64 whole = std::abs(ms);
    const QString sign = ms < 0 ? u"-"_s : QString();
    const QString seconds = u"%1.%2"_s.arg(whole / 1000 % 60, 2, 10, QLatin1Char('0')).arg(whole % 1000, 3, 10, QLatin1Char('0'));
    const qint64 minutes = whole / 60'000;
    if (minutes < 60)
        return sign + u"%1:%2"_s.arg(minutes).arg(seconds);
    return sign + u"%1:%2:%3"_s.arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0')).arg(seconds);
}

QList<Spanned> spansOf(const QList<ListElement>& elements)
{
    QList<Spanned> spans;
    spans.reserve(elements.size());
    for (const ListElement& element : elements)
        spans.append({element, numberOf(element.value, u"start_ms"), numberOf(element.value, u"end_ms")});
    std::stable_sort(spans.begin(), spans.end(), [](const Spanned& one, const Spanned& other) { return one.start < other.start; });
    return spans;
}

qint64 overlap(const Spanned& one, const Spanned& other)
{
    return std::min(one.end, other.end) - std::max(one.start, other.start);
}

QString spanName(const Spanned& span)
{
    return timeName(span.start) + u" to "_s + timeName(span.end);
}

/// Both lists in order of time, side by side. Of two that lie over the same one, the one that lies over more of it is its match.
QList<MatchedElement> matchSpans(const QList<Spanned>& before, const QList<Spanned>& after)
{
    QList<MatchedElement> matched;
    qsizetype i = 0;
    qsizetype j = 0;
    const auto removed = [&] {
        matched.append({before.at(i).element, {}, spanName(before.at(i))});
        ++i;
    };
    const auto added = [&] {
        matched.append({{}, after.at(j).element, spanName(after.at(j))});
        ++j;
    };
    while (i < before.size() && j < after.size()) {
        const qint64 common = overlap(before.at(i), after.at(j));
        const bool same = before.at(i).start == after.at(j).start;    // also of spans without length
        if (common <= 0 && !same) {
            if (before.at(i).start < after.at(j).start)
                removed();
            else
                added();
        } else if (!same && j + 1 < after.size() && overlap(before.at(i), after.at(j + 1)) > common) {
            added();
        } else if (!same && i + 1 < before.size() && overlap(before.at(i + 1), after.at(j)) > common) {
            removed();
        } else {
            matched.append({before.at(i).element, after.at(j).element, spanName(before.at(i))});
            ++i;
            ++j;
        }
    }
    while (i < before.size())
        removed();
    while (j < after.size())
        added();
    return matched;
}

/// Both in order of one number, which is what the element is: the first with that number on one side meets the first on the other.
QList<MatchedElement> matchNumbers(QList<ListElement> before, QList<ListElement> after,
                                   const std::function<qint64(const JsonValue&)>& number, const std::function<QString(qint64)>& name)
{
    const auto byNumber = [&](const ListElement& one, const ListElement& other) { return number(one.value) < number(other.value); };
    std::stable_sort(before.begin(), before.end(), byNumber);
    std::stable_sort(after.begin(), after.end(), byNumber);
    QList<MatchedElement> matched;
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < before.size() || j < after.size()) {
        const bool onlyBefore = j == after.size() || (i < before.size() && number(before.at(i).value) < number(after.at(j).value));
        const bool onlyAfter = i == before.size() || (j < after.size() && number(after.at(j).value) < number(before.at(i).value));
        MatchedElement element;
        element.name = name(number(onlyAfter ? after.at(j).value : before.at(i).value));
        if (!onlyAfter)
            element.before = before.at(i++);
        if (!onlyBefore)
            element.after = after.at(j++);
        matched.append(element);
    }
    return matched;
}

QList<MatchedElement> matchPositions(const QList<ListElement>& before, const QList<ListElement>& after)
{
    QList<MatchedElement> matched;
    for (qsizetype i = 0; i < std::max(before.size(), after.size()); ++i) {
        MatchedElement element;
        element.name = u"[%1]"_s.arg(i);
        if (i < before.size())
            element.before = before.at(i);
        if (i < after.size())
            element.after = after.at(i);
        matched.append(element);
    }
    return matched;
}

}

QList<MatchedElement> matchElements(const JsonValue& before, const JsonValue& after)
{
    const QList<ListElement> one = elementsOf(before);
    const QList<ListElement> other = elementsOf(after);
    switch (identityOf(one, other)) {
    case Identity::Span: return matchSpans(spansOf(one), spansOf(other));
    case Identity::Time:
        return matchNumbers(
            one, other, [](const JsonValue& value) { return numberOf(value, u"timestamp_ms"); }, timeName);
    case Identity::Index:
        return matchNumbers(
            one, other, [](const JsonValue& value) { return numberOf(value, u"index"); },
            [](qint64 index) { return u"stream %1"_s.arg(index); });
    case Identity::Value:
        return matchNumbers(
            one, other, [](const JsonValue& value) { return value.asInt64().value_or(0); },
            [](qint64 number) { return QString::number(number); });
    case Identity::Position: return matchPositions(one, other);
    }
    Q_UNREACHABLE();
}

}
