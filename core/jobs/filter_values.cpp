// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter_values.h"

#include "core/jobs/filter_text.h"
#include "core/jobs/models.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace core::jobs {

using namespace Qt::StringLiterals;
using Values = tl::expected<QList<FilterValue>, QString>;

namespace {

tl::unexpected<QString> wrong(const QString& sentence)
{
    return tl::make_unexpected(sentence);
}

struct Unit {
    QStringView name;
    qint64 micros;
};
constexpr std::array<Unit, 6> units{{
    {u"w", 7LL * 86'400'000'000},
    {u"d", 86'400'000'000},
    {u"h", 3'600'000'000},
    {u"m", 60'000'000},
    {u"s", 1'000'000},
    {u"ms", 1000},
}};
constexpr qint64 longestDuration = 36'500LL * 86'400'000'000;    // a hundred years: more is a slip, and could overflow

std::optional<qint64> durationIn(QStringView text)
{
    qsizetype digits = 0;
    while (digits < text.size() && text.at(digits) >= u'0' && text.at(digits) <= u'9')
        ++digits;
    if (digits == 0 || digits > 13)
        return {};
    const QString unit = asciiLower(text.mid(digits));
    const auto* const known = std::find_if(units.begin(), units.end(), [&](const Unit& candidate) { return candidate.name == unit; });
    const qint64 count = text.left(digits).toLongLong();
    if (known == units.end() || count > longestDuration / known->micros)
        return {};
    return count * known->micros;
}

QString durationText(double micros)
{
    const auto whole = static_cast<qint64>(micros);
    for (const Unit& unit : units) {
        if (whole != 0 && whole % unit.micros == 0)
            return QString::number(whole / unit.micros) + unit.name.toString();
    }
    return u"0s"_s;
}

struct Compared {
    Comparison comparison = Comparison::Equal;
    QString rest;
};

Compared comparedIn(const QString& text)
{
    if (text.startsWith(u">="_s))
        return {Comparison::AtLeast, text.mid(2)};
    if (text.startsWith(u"<="_s))
        return {Comparison::AtMost, text.mid(2)};
    if (text.startsWith(u'>'))
        return {Comparison::Greater, text.mid(1)};
    if (text.startsWith(u'<'))
        return {Comparison::Less, text.mid(1)};
    if (text.startsWith(u'='))
        return {Comparison::Equal, text.mid(1)};
    return {Comparison::Equal, text};
}

QString comparisonText(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Equal: return u""_s;
    case Comparison::Less: return u"<"_s;
    case Comparison::AtMost: return u"<="_s;
    case Comparison::Greater: return u">"_s;
    case Comparison::AtLeast: return u">="_s;
    }
    Q_UNREACHABLE();
}

/// The words meant: the word itself, those that match a pattern, or the one that begins so or has a part that begins so.
tl::expected<QStringList, QString> wordsMeant(const RawFilterValue& raw, const QStringList& words)
{
    const QString typed = asciiLower(raw.text).replace(u'_', u'-');
    if (words.contains(typed))
        return QStringList{typed};
    const bool isPattern = !raw.isQuoted && typed.contains(u'*');
    QStringList meant;
    for (const QString& word : words) {
        const QStringList parts = word.split(u'-');
        const auto begins = [&](const QString& part) { return part.startsWith(typed); };
        if (isPattern ? matchesPattern(word, typed) : word.startsWith(typed) || std::any_of(parts.begin(), parts.end(), begins))
            meant += word;
    }
    if (typed.isEmpty() || meant.isEmpty())
        return wrong(u"'%1' is none of: %2"_s.arg(raw.text, words.join(u", "_s)));
    if (meant.size() > 1 && !isPattern)
        return wrong(u"'%1' could be: %2"_s.arg(raw.text, meant.join(u", "_s)));
    return meant;
}

Values storedWords(const RawFilterValue& raw, const QStringList& words)
{
    return wordsMeant(raw, words).map([](const QStringList& meant) {
        QList<FilterValue> values;
        const auto add = [&](const QString& word) {
            const FilterValue value = FilterText{word.toUpper().replace(u'-', u'_'), false};
            if (!values.contains(value))
                values += value;
        };
        for (const QString& word : meant) {
            if (word == u"active"_s)
                std::ranges::for_each(QStringList{u"pending"_s, u"running"_s}, add);
            else if (word == u"finished"_s)
                std::ranges::for_each(QStringList{u"done"_s, u"failed"_s, u"cancelled"_s}, add);
            else
                add(word);
        }
        return values;
    });
}

Values timeValue(const RawFilterValue& raw, Time now)
{
    constexpr qint64 year1800 = -5'364'662'400'000'000;
    constexpr qint64 year9999End = 253'402'300'799'999'999;
    Time time{};
    if (const auto age = durationIn(raw.text)) {
        time = now - std::chrono::microseconds{*age};
    } else if (const auto parsed = base::parseIsoText(raw.text)) {
        time = *parsed;
    } else {
        return wrong(u"'%1' is no age (30s, 15m, 2h, 3d, 1w), date or ISO time"_s.arg(raw.text));
    }
    if (base::toMicros(time) < year1800 || base::toMicros(time) > year9999End)
        return wrong(u"'%1' is out of range"_s.arg(raw.text));
    return QList<FilterValue>{time};
}

Values textValue(const RawFilterValue& raw)
{
    return QList<FilterValue>{FilterText{raw.text, !raw.isQuoted && raw.text.contains(u'*')}};
}

Values idValue(RawFilterValue raw)
{
    while (!raw.isQuoted && raw.text.endsWith(u'…'))
        raw.text.chop(1);    // as a list shows a shortened id
    if (raw.text.isEmpty())
        return wrong(u"The beginning of an id is missing"_s);
    return textValue(raw);
}

Values attemptValue(const RawFilterValue& raw)
{
    const auto [comparison, rest] = comparedIn(raw.text);
    const bool isCount =
        !rest.isEmpty() && rest.size() <= 9 && std::all_of(rest.begin(), rest.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isCount)
        return wrong(u"'%1' is no count such as 2 or >=2"_s.arg(raw.text));
    return QList<FilterValue>{FilterAmount{comparison, rest.toDouble()}};
}

Values tookValue(const RawFilterValue& raw)
{
    const auto [comparison, rest] = comparedIn(raw.text);
    const auto micros = durationIn(rest);
    if (!micros || comparison == Comparison::Equal)
        return wrong(u"'%1' is no comparison such as >30s or <=2m"_s.arg(raw.text));
    return QList<FilterValue>{FilterAmount{comparison, static_cast<double>(*micros)}};
}

Values payloadValue(const RawFilterValue& raw)
{
    const auto [comparison, rest] = comparedIn(raw.text);
    if (raw.isQuoted || comparison == Comparison::Equal)
        return textValue(raw);
    const auto number = numberIn(rest);
    if (!number)
        return wrong(u"'%1' compares with no number; quote it to search for that text"_s.arg(raw.text));
    return QList<FilterValue>{FilterAmount{comparison, *number}};
}

bool canStandBare(const QString& text)
{
    const auto isPlain = [](QChar c) { return (c < QChar(128) && c.isLetterOrNumber()) || u"-_./@+%"_s.contains(c); };
    return !text.isEmpty() && text != u"OR"_s && text != u"AND"_s && std::all_of(text.begin(), text.end(), isPlain);
}

}

QStringList statusWords()
{
    return {u"pending"_s, u"running"_s, u"done"_s, u"failed"_s, u"cancelled"_s, u"unknown"_s, u"active"_s, u"finished"_s};
}

QStringList typeWords()
{
    QStringList words;
    for (const JobType type : allJobTypes())
        words += jobTypeRoute(type);
    return words << u"unknown"_s;
}

QStringList hasWords()
{
    return {u"error"_s, u"output"_s, u"cancel"_s};
}

Values filterValues(FilterKey key, const RawFilterValue& raw, Time now)
{
    switch (key) {
    case FilterKey::Status: return storedWords(raw, statusWords());
    case FilterKey::Type: return storedWords(raw, typeWords());
    case FilterKey::Has:
        return wordsMeant(raw, hasWords()).map([](const QStringList& meant) {
            QList<FilterValue> values;
            for (const QString& word : meant)
                values += FilterText{word, false};
            return values;
        });
    case FilterKey::Since:
    case FilterKey::Before: return timeValue(raw, now);
    case FilterKey::Attempt: return attemptValue(raw);
    case FilterKey::Took: return tookValue(raw);
    case FilterKey::Id:
    case FilterKey::RetriedFrom: return idValue(raw);
    case FilterKey::Owner:
    case FilterKey::Project: return textValue(raw);
    case FilterKey::Input:
    case FilterKey::Output: return payloadValue(raw);
    case FilterKey::Error:
    case FilterKey::Message:
    case FilterKey::Text:
        if (raw.text.isEmpty())
            return wrong(u"The text to search for is empty"_s);
        return textValue(raw);
    }
    Q_UNREACHABLE();
}

QString filterValueText(FilterKey key, const FilterValue& value)
{
    if (const auto* time = std::get_if<Time>(&value))
        return base::toIsoText(*time);
    if (const auto* amount = std::get_if<FilterAmount>(&value)) {
        const QString number =
            key == FilterKey::Took ? durationText(amount->number) : QString::number(amount->number, 'g', QLocale::FloatingPointShortest);
        return comparisonText(amount->comparison) + number;
    }
    const auto& [text, isPattern] = std::get<FilterText>(value);
    if (key == FilterKey::Status || key == FilterKey::Type)
        return text.toLower().replace(u'_', u'-');
    if (isPattern || canStandBare(text))
        return text;
    return u'"' + QString(text).replace(u"\\"_s, u"\\\\"_s).replace(u"\""_s, u"\\\""_s) + u'"';
}

}
