// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter.h"
#include "core/jobs/filter_text.h"
#include "core/jobs/filter_values.h"

namespace core::jobs {

using namespace Qt::StringLiterals;

namespace {

template <class T>
using Read = tl::expected<T, FilterError>;

struct KeyAndPath {
    FilterKey key = FilterKey::Text;
    PayloadPath path;
};

/// "segments[0].start_ms"; nothing if it is no path.
std::optional<PayloadPath> pathIn(QStringView text)
{
    PayloadPath path;
    for (const QStringView part : text.split(u'.')) {
        const qsizetype bracket = part.indexOf(u'[');
        const QStringView name = bracket < 0 ? part : part.left(bracket);
        if (name.isEmpty() || name.contains(u']'))
            return {};
        path.append(name.toString());
        QStringView rest = bracket < 0 ? QStringView() : part.mid(bracket);
        while (!rest.isEmpty()) {
            const qsizetype end = rest.indexOf(u']');
            bool isNumber = false;
            const uint place = rest.mid(1, std::max<qsizetype>(end - 1, 0)).toUInt(&isNumber);
            if (!rest.startsWith(u'[') || end < 2 || end > 8 || !rest.at(1).isDigit() || !isNumber)
                return {};
            path.append(static_cast<int>(place));
            rest = rest.mid(end + 1);
        }
    }
    return path;
}

class FilterParser {
public:
    FilterParser(QStringView text, Time now) : m_text(text), m_now(now) {}

    Read<Filter> parse()
    {
        if (m_text.size() > maxFilterLength)
            return wrong(maxFilterLength, m_text.size() - maxFilterLength,
                         u"The filter is longer than %1 characters"_s.arg(maxFilterLength));
        if (const auto odd = unstorable())
            return wrong(*odd, 1, u"The filter holds a NUL character or half a surrogate pair, which no stored text has"_s);
        skipBlanks();
        if (atEnd())
            return Filter{FilterGroup{}};
        auto filter = alternatives();
        if (filter && !atEnd())
            return wrong(m_at, 1, u"No parenthesis is open here"_s);
        return filter;
    }

private:
    static tl::unexpected<FilterError> wrong(qsizetype offset, qsizetype length, const QString& message)
    {
        return tl::make_unexpected(FilterError{offset, length, message});
    }

    /// Text that the store could not hold would be compared differently in SQL and in memory.
    std::optional<qsizetype> unstorable() const
    {
        for (qsizetype i = 0; i < m_text.size(); ++i) {
            const QChar c = m_text.at(i);
            if (c.isHighSurrogate() && i + 1 < m_text.size() && m_text.at(i + 1).isLowSurrogate())
                ++i;
            else if (c.isNull() || c.isSurrogate())
                return i;
        }
        return {};
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    bool at(QChar c) const { return !atEnd() && m_text.at(m_at) == c; }
    bool atBoundary() const { return atEnd() || m_text.at(m_at).isSpace() || at(u')'); }
    void skipBlanks()
    {
        while (!atEnd() && m_text.at(m_at).isSpace())
            ++m_at;
    }
    bool atWord(QStringView word) const
    {
        const qsizetype end = m_at + word.size();
        return m_text.mid(m_at).startsWith(word) &&
               (end == m_text.size() || m_text.at(end).isSpace() || m_text.at(end) == u'(' || m_text.at(end) == u')');
    }

    Read<Filter> alternatives()
    {
        QList<Filter> parts;
        for (;;) {
            const auto part = sideBySide();
            if (!part)
                return part;
            parts += *part;
            if (!atWord(u"OR"))
                return joined(Join::Any, parts);
            m_at += 2;
        }
    }

    Read<Filter> sideBySide()
    {
        QList<Filter> parts;
        bool termMustFollow = true;
        for (skipBlanks(); !atEnd() && !at(u')') && !atWord(u"OR"); skipBlanks()) {
            if (!termMustFollow && atWord(u"AND")) {
                m_at += 3;
                termMustFollow = true;
                continue;
            }
            const auto part = negatable();
            if (!part)
                return part;
            parts += *part;
            termMustFollow = false;
        }
        if (termMustFollow)
            return wrong(m_at, atEnd() ? 0 : 1, u"A term is missing here"_s);
        return joined(Join::All, parts);
    }

    Read<Filter> negatable()
    {
        bool isNegated = false;
        for (; at(u'!'); ++m_at)
            isNegated = !isNegated;
        auto filter = at(u'(') ? parenthesised() : term();
        return filter && isNegated ? negated(*std::move(filter)) : filter;
    }

    Read<Filter> parenthesised()
    {
        const qsizetype open = m_at++;
        if (++m_depth > maxFilterDepth)
            return wrong(open, 1, u"More than %1 parentheses within each other"_s.arg(maxFilterDepth));
        auto filter = alternatives();
        if (!filter)
            return filter;
        if (!at(u')'))
            return wrong(open, 1, u"This parenthesis is never closed"_s);
        ++m_at;
        --m_depth;
        return filter;
    }

    Read<Filter> term()
    {
        const qsizetype start = m_at;
        const auto key = keyAndPath();
        if (!key)
            return tl::make_unexpected(key.error());
        FilterTerm term{key->key, key->path, {}, false, start, 0};
        do {
            if (!term.values.isEmpty())
                ++m_at;    // the comma
            const qsizetype valueStart = m_at;
            const auto raw = value(term.key);
            if (!raw)
                return tl::make_unexpected(raw.error());
            const auto values = filterValues(term.key, *raw, m_now);
            if (!values)
                return wrong(valueStart, m_at - valueStart, values.error());
            for (const FilterValue& one : *values) {
                if (!term.values.contains(one))
                    term.values += one;
            }
            if (m_values + term.values.size() > maxFilterValues)
                return wrong(valueStart, m_at - valueStart, u"More than %1 values in one filter"_s.arg(maxFilterValues));
            if (term.values.size() > 1 && (term.key == FilterKey::Since || term.key == FilterKey::Before))
                return wrong(valueStart, m_at - valueStart, u"'%1:' takes one time"_s.arg(filterKeyName(term.key)));
        } while (at(u',') && term.key != FilterKey::Text);
        if (!atBoundary())
            return wrong(m_at, 1, u"A blank is missing here, or quotes around the text"_s);
        m_values += term.values.size();
        term.length = m_at - start;
        return Filter{term};
    }

    /// What stands before a colon; Text, and nothing read, if no colon follows.
    Read<KeyAndPath> keyAndPath()
    {
        const qsizetype start = m_at;
        qsizetype end = start;
        while (end < m_text.size() && !m_text.at(end).isSpace() && !u"\"(),:"_s.contains(m_text.at(end)))
            ++end;
        if (end == m_text.size() || m_text.at(end) != u':')
            return KeyAndPath{};
        const QStringView typed = m_text.mid(start, end - start);
        const QString name = asciiLower(typed).replace(u'_', u'-');
        m_at = end + 1;
        for (const FilterKeyHelp& help : filterKeys()) {
            const bool takesPath = help.name.endsWith(u'.');
            if (!takesPath && help.name == name)
                return KeyAndPath{help.key, {}};
            if (takesPath && name.startsWith(help.name)) {
                const auto path = pathIn(typed.mid(help.name.size()));
                if (!path)
                    return wrong(start, typed.size(),
                                 u"'%1' is no path such as %2file_path or %2segments[0].start_ms"_s.arg(typed, help.name));
                return KeyAndPath{help.key, *path};
            }
        }
        return wrong(start, std::max<qsizetype>(typed.size(), 1), u"There is no key '%1'; quote the text to search for it"_s.arg(typed));
    }

    Read<RawFilterValue> value(FilterKey key)
    {
        if (at(u'"'))
            return quoted();
        const qsizetype start = m_at;
        // A word of free text may hold commas; elsewhere a comma ends the value.
        const QString ends = key == FilterKey::Text ? u"\"()"_s : u"\"(),"_s;
        while (!atEnd() && !m_text.at(m_at).isSpace() && !ends.contains(m_text.at(m_at)))
            ++m_at;
        if (m_at == start)
            return wrong(start, atEnd() ? 0 : 1, u"A value is missing here"_s);
        return RawFilterValue{m_text.mid(start, m_at - start).toString(), false};
    }

    Read<RawFilterValue> quoted()
    {
        const qsizetype open = m_at++;
        QString text = u""_s;
        for (; !atEnd(); ++m_at) {
            if (at(u'"')) {
                ++m_at;
                return RawFilterValue{text, true};
            }
            const bool escapes = at(u'\\') && m_at + 1 < m_text.size() && (m_text.at(m_at + 1) == u'"' || m_text.at(m_at + 1) == u'\\');
            if (escapes)
                ++m_at;
            text += m_text.at(m_at);
        }
        return wrong(open, m_text.size() - open, u"This quote is never closed"_s);
    }

    QStringView m_text;
    Time m_now;
    qsizetype m_at = 0;
    int m_depth = 0;
    qsizetype m_values = 0;
};

}

tl::expected<Filter, FilterError> readFilter(const QString& text, Time now)
{
    return FilterParser(text, now).parse();
}

}
