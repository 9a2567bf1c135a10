// SPDX-License-Identifier: Apache-2.0
#include "core/base/secret_text.h"

#include "core/base/secret_names.h"
#include "core/base/secret_value.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestWordBefore = 16;    // "api" of "api key: x"

enum : uchar { Other = 0, Letter = 1, Joint = 2 };

/// Of the ASCII characters. Every character of every text is looked up here: that has to be quick, also in a build that is not optimised.
constexpr std::array<uchar, 128> charKinds = [] {
    std::array<uchar, 128> kinds{};
    for (size_t c = 0; c < kinds.size(); ++c) {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        kinds[c] = isLetter ? Letter : c == '_' || c == '-' || c == '.' ? Joint : Other;
    }
    return kinds;
}();

bool isRunChar(QChar c)
{
    return c.unicode() < 128 && charKinds[c.unicode()] != Other;
}

/// Goes over the words of a text and copies it, leaving out what is to be masked.
class TextMasker {
public:
    explicit TextMasker(const QString& text) : m_whole(text), m_text(text) {}

    QString masked()
    {
        const char16_t* const text = m_text.utf16();
        const qsizetype size = m_text.size();
        for (qsizetype at = 0; at < size;) {
            if (text[at] >= 128 || charKinds[text[at]] == Other) {
                ++at;
                continue;
            }
            const qsizetype begin = at;
            qsizetype next = -1;    // behind what was masked
            uchar before = Joint;
            while (at < size && text[at] < 128 && charKinds[text[at]] != Other) {
                if (before == Joint && mayBeginToken(text[at])) {
                    if (const auto token = tokenAt(m_text, at)) {
                        next = mask(*token);
                        break;
                    }
                }
                before = charKinds[text[at++]];
            }
            at = next >= 0 ? next : std::max(at, afterRun(begin, at));
        }
        if (m_result.isEmpty())
            return m_whole;
        return m_result.append(m_text.sliced(m_copied));
    }

private:
    /// Where to go on: behind what was masked, or behind the run.
    qsizetype afterRun(qsizetype begin, qsizetype end)
    {
        if (m_text[begin] == u'-') {
            if (const auto key = privateKeyAt(m_text, begin))
                return mask(*key);
            if (const qsizetype next = afterOption(begin, end); next > end)
                return next;
        }
        if (end == m_text.size())
            return end;
        if (m_text[end] == u',' || m_text[end] == u'\n' || m_text[end] == u'/')    // no name, nor an address: most words of most texts
            return end;
        if (m_text[end] == u':' && m_text.sliced(end).startsWith("://"_L1)) {
            const auto secret = userSecretAt(m_text, end + 3);
            return secret ? mask(*secret) : end + 3;
        }
        if (const qsizetype next = afterScheme(begin, end); next > end)
            return next;
        return afterName(begin, end);
    }

    /// --password abc, -u me:abc
    qsizetype afterOption(qsizetype begin, qsizetype end)
    {
        qsizetype name = begin;
        while (name < end && m_text[name] == u'-')
            ++name;
        const qsizetype at = argumentAfter(end);
        if (name == end || name - begin > 2 || at == end || (begin > 0 && m_text[begin - 1].isLetterOrNumber()))
            return end;
        const QStringView option = m_text.sliced(name, end - name);
        const TextSpan value = argumentAt(m_text, at);
        if (option == "u"_L1 || option == "user"_L1 || option == "proxy-user"_L1) {
            const qsizetype colon = m_text.sliced(at, value.end - at).indexOf(u':');
            return colon < 0 ? end : mask({at + colon + 1, value.end});
        }
        if (at < m_text.size() && m_text[at] == u'-')    // another option
            return end;
        Naming naming = namingOf(option);
        if (naming == Naming::Secret && name - begin == 1 && option[0].isUpper())    // "-Secret agents!": a dialogue is told like that
            naming = Naming::Ambiguous;
        return isSecretValue(naming, view(value)) ? mask(value) : end;
    }

    /// Behind spaces, or in the next pair of quotes: ["--password", "abc"]
    [[nodiscard]] qsizetype argumentAfter(qsizetype end) const
    {
        if (end == m_text.size() || !isQuote(m_text[end]))
            return afterSpaces(m_text, end);
        const qsizetype comma = afterSpaces(m_text, end + 1);
        if (comma == m_text.size() || m_text[comma] != u',')
            return end;
        const qsizetype at = afterSpaces(m_text, comma + 1);
        return at < m_text.size() && m_text[at] == m_text[end] ? at : end;
    }

    /// Bearer abc
    qsizetype afterScheme(qsizetype begin, qsizetype end)
    {
        if ((m_text[end] != u' ' && m_text[end] != u'\t') || end - begin < 5)
            return end;
        const QStringView run = m_text.sliced(begin, end - begin);
        const qsizetype at = afterSpaces(m_text, end);
        if (at == end)
            return end;
        std::optional<TextSpan> secret;
        if (is(run, "bearer"_L1))
            secret = bearerAt(m_text, at);
        else if (is(run, "basic"_L1))
            secret = basicAt(m_text, at);
        else if (at < m_text.size() && m_text[at] == u'\'' ? namesPassword(run) : run == "password"_L1 && isOfLogin(begin))
            secret = argumentAt(m_text, at);    // PASSWORD 'abc' of SQL, and .netrc
        return secret ? mask(*secret) : end;
    }
    [[nodiscard]] bool isOfLogin(qsizetype begin) const
    {
        constexpr qsizetype farthest = 96;
        const qsizetype from = std::max<qsizetype>(0, begin - farthest);
        const QStringView before = m_text.sliced(from, begin - from);
        return before.contains("login "_L1);
    }

    /// name: value
    qsizetype afterName(qsizetype begin, qsizetype end)
    {
        const auto separator = separatorAt(m_text, begin, end);
        if (!separator)
            return end;
        const QStringView name = nameOf(begin, end);
        const Naming naming = namingOf(name);
        if (naming == Naming::Ordinary)
            return afterPair(begin, *separator, end);
        const TextSpan value = valueOf(begin, name, *separator);
        return isSecretValue(naming, view(value)) ? mask(value) : end;
    }

    /// "api key" is one name though it is two words.
    [[nodiscard]] QStringView nameOf(qsizetype begin, qsizetype end) const
    {
        const QStringView run = m_text.sliced(begin, end - begin);
        const bool isSecondWord = is(run, "key"_L1) || is(run, "keys"_L1) || is(run, "phrase"_L1) || is(run, "code"_L1);
        if (!isSecondWord || begin < 2 || m_text[begin - 1] != u' ')
            return run;
        qsizetype first = begin - 1;
        while (first > 0 && begin - first < longestWordBefore && isRunChar(m_text[first - 1]))
            --first;
        return m_text.sliced(first, end - first);
    }

    [[nodiscard]] TextSpan valueOf(qsizetype begin, QStringView name, const Separator& separator) const
    {
        const TextSpan value = valueAt(m_text, begin, separator);
        const bool isHeader = separator.sign == u':' && !separator.isQuoted;
        const QStringView first = view(value);
        if (!isHeader || first.isEmpty() || first == "[masked]"_L1 || (value.begin > 0 && isQuote(m_text[value.begin - 1])))
            return value;
        const TextSpan line = restOfLine(m_text, begin, value.begin);
        if (namesCookies(name))
            return first.contains(u'=') ? line : value;
        if (namesAuthorization(name))
            return credentialsOf(value, line);
        return namesPassword(name) && isAtLineStart(begin) ? line : value;
    }
    /// "Bearer abc", "Digest username=…, response=…"
    [[nodiscard]] TextSpan credentialsOf(TextSpan scheme, TextSpan line) const
    {
        const QStringView word = view(scheme);
        for (const QLatin1StringView listed : {"Digest"_L1, "AWS4-"_L1, "Hawk"_L1, "OAuth"_L1, "Signature"_L1, "SharedKey"_L1}) {
            if (word.startsWith(listed, Qt::CaseInsensitive))
                return line;
        }
        const qsizetype at = afterSpaces(m_text, scheme.end);
        const bool isScheme = std::all_of(word.begin(), word.end(), [](QChar c) { return c.isLetter() || c == u'-'; });
        if (!isScheme || at == scheme.end || at >= line.end)
            return scheme;
        const TextSpan credentials = argumentAt(m_text, at);
        return {scheme.begin, std::min(credentials.end, line.end)};
    }

    /// {"name": "X-Api-Key", "value": "abc"}, in either order, and the same in YAML and XML.
    qsizetype afterPair(qsizetype begin, const Separator& separator, qsizetype end)
    {
        const QStringView run = m_text.sliced(begin, end - begin);
        const bool isValue = is(run, "value"_L1);
        if (!isValue && !is(run, "name"_L1) && !is(run, "key"_L1))
            return end;
        const TextSpan one = valueAt(m_text, begin, separator);
        const auto other = isValue ? memberAfter(one.end, {"name"_L1, "key"_L1}) : memberAfter(one.end, {"value"_L1});
        if (!other)
            return end;
        const TextSpan value = isValue ? one : *other;
        return isSecretValue(namingOf(view(isValue ? *other : one)), view(value)) ? mask(value) : end;
    }
    /// The value of the next word, if that is one of those.
    [[nodiscard]] std::optional<TextSpan> memberAfter(qsizetype at, std::initializer_list<QLatin1StringView> names) const
    {
        constexpr qsizetype farthest = 24;
        const qsizetype last = std::min(m_text.size(), at + farthest);
        while (at < last && !m_text[at].isLetterOrNumber())
            ++at;
        for (const QLatin1StringView name : names) {
            if (!m_text.sliced(at).startsWith(name, Qt::CaseInsensitive))
                continue;
            const auto separator = separatorAt(m_text, at, at + name.size());
            return separator ? std::optional(valueAt(m_text, at, *separator)) : std::nullopt;
        }
        return {};
    }
    [[nodiscard]] static bool is(QStringView run, QLatin1StringView word) { return run.compare(word, Qt::CaseInsensitive) == 0; }

    [[nodiscard]] static bool isQuote(QChar c) { return c == u'"' || c == u'\'' || c == u'`'; }
    [[nodiscard]] bool isAtLineStart(qsizetype begin) const
    {
        while (begin > 0 && (m_text[begin - 1] == u' ' || m_text[begin - 1] == u'\t'))
            --begin;
        return begin == 0 || m_text[begin - 1] == u'\n';
    }
    [[nodiscard]] QStringView view(TextSpan span) const { return m_text.sliced(span.begin, span.end - span.begin); }
    qsizetype mask(TextSpan span)
    {
        if (span.end <= span.begin || view(span) == "[masked]"_L1)
            return span.end;
        m_result.append(m_text.sliced(m_copied, span.begin - m_copied)).append("[masked]"_L1);
        m_copied = span.end;
        return span.end;
    }

    const QString& m_whole;
    QStringView m_text;
    QString m_result;
    qsizetype m_copied = 0;
};

}

QString maskedText(const QString& text)
{
    return TextMasker(text).masked();
}

}
