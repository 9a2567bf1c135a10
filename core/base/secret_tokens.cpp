// SPDX-License-Identifier: Apache-2.0
#include "core/base/secret_tokens.h"

#include "core/base/secret_names.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

bool isAlnum(QChar c)
{
    return c.unicode() < 128 && c.isLetterOrNumber();
}

bool isWordLike(QChar c)
{
    return isAlnum(c) || c == u'_' || c == u'-';
}

bool isBase64Like(QChar c)
{
    return isWordLike(c) || c == u'+' || c == u'/' || c == u'=';
}

bool isBearerLike(QChar c)
{
    return isBase64Like(c) || c == u'.' || c == u'~';
}

template <class Is>
qsizetype endOf(QStringView text, qsizetype at, Is is)
{
    while (at < text.size() && is(text[at]))
        ++at;
    return at;
}

enum class Rest { Any, Mixed, Capitals };    ///< what follows: anything, not only small letters, capitals and digits only

struct KnownToken {
    QLatin1StringView prefix;
    qsizetype least;    ///< characters behind the prefix
    Rest rest = Rest::Any;
    bool keepsPrefix = false;
};

constexpr KnownToken knownTokens[] = {
    {"whsec_"_L1, 6, Rest::Any, true},
    {"whsk_"_L1, 6, Rest::Any, true},
    {"sk-"_L1, 8, Rest::Mixed},
    {"sk_live_"_L1, 4},
    {"sk_test_"_L1, 4},
    {"rk_live_"_L1, 4},
    {"rk_test_"_L1, 4},
    {"AKIA"_L1, 16, Rest::Capitals},
    {"ASIA"_L1, 16, Rest::Capitals},
    {"ghp_"_L1, 12},
    {"gho_"_L1, 12},
    {"ghu_"_L1, 12},
    {"ghs_"_L1, 12},
    {"ghr_"_L1, 12},
    {"github_pat_"_L1, 12},
    {"glpat-"_L1, 8},
    {"xoxa-"_L1, 8},
    {"xoxb-"_L1, 8},
    {"xoxp-"_L1, 8},
    {"xoxr-"_L1, 8},
    {"xoxs-"_L1, 8},
    {"xapp-"_L1, 8},
    {"AIza"_L1, 30},
    {"ya29."_L1, 10},
    {"hf_"_L1, 16, Rest::Mixed},
    {"npm_"_L1, 20, Rest::Mixed},
    {"pypi-"_L1, 16, Rest::Mixed},
    {"SG."_L1, 16, Rest::Mixed},
    {"hvs."_L1, 16, Rest::Mixed},
    {"dop_v1_"_L1, 16},
    {"AGE-SECRET-KEY-"_L1, 16},
};

constexpr std::array<bool, 128> tokenBeginnings = [] {
    std::array<bool, 128> begins{};
    for (const KnownToken& known : knownTokens)
        begins[static_cast<size_t>(known.prefix.data()[0])] = true;
    begins['e'] = true;    // eyJ
    return begins;
}();

bool isRest(QStringView rest, Rest wanted)
{
    switch (wanted) {
    case Rest::Any: return true;
    case Rest::Mixed: return std::any_of(rest.begin(), rest.end(), [](QChar c) { return c.isDigit() || c.isUpper(); });
    case Rest::Capitals: return std::none_of(rest.begin(), rest.end(), [](QChar c) { return !c.isDigit() && !c.isUpper(); });
    }
    Q_UNREACHABLE();
}

/// Three parts in base64, the first of them an object in JSON.
std::optional<TextSpan> jwtAt(QStringView text, qsizetype at)
{
    constexpr qsizetype leastHead = 8, leastBody = 4;
    const qsizetype head = endOf(text, at, isWordLike);
    if (head - at < leastHead || head == text.size() || text[head] != u'.')
        return {};
    const qsizetype body = endOf(text, head + 1, isWordLike);
    if (body - head - 1 < leastBody)
        return {};
    return TextSpan{at, body < text.size() && text[body] == u'.' ? endOf(text, body + 1, isWordLike) : body};
}

/// "of", "token", "Authentication".
bool isPlainWord(QStringView text)
{
    constexpr qsizetype longestWord = 16;
    return text.size() <= longestWord && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); }) &&
           std::all_of(text.begin() + 1, text.end(), [](QChar c) { return c.isLower(); });
}

}

bool mayBeginToken(char16_t first)
{
    return first < tokenBeginnings.size() && tokenBeginnings[first];
}

std::optional<TextSpan> tokenAt(QStringView text, qsizetype at)
{
    const QStringView rest = text.sliced(at);
    if (rest.startsWith("eyJ"_L1))
        return jwtAt(text, at);
    const char16_t first = rest.utf16()[0];
    for (const KnownToken& known : knownTokens) {
        if (first != static_cast<uchar>(known.prefix.data()[0]) || !rest.startsWith(known.prefix))
            continue;
        const qsizetype begin = at + known.prefix.size();
        const bool hasDots = known.prefix.back() == '.'_L1;
        const qsizetype end = known.keepsPrefix ? endOf(text, begin, isBase64Like)
                              : hasDots         ? endOf(text, begin, isBearerLike)
                                                : endOf(text, begin, isWordLike);
        if (end - begin >= known.least && isRest(text.sliced(begin, end - begin), known.rest))
            return TextSpan{known.keepsPrefix ? begin : at, end};
    }
    return {};
}

std::optional<TextSpan> privateKeyAt(QStringView text, qsizetype at)
{
    constexpr qsizetype longestTitle = 64;
    const QStringView title = text.sliced(at).first(std::min(text.size() - at, longestTitle));
    if (!title.startsWith("-----BEGIN"_L1))
        return {};
    const qsizetype named = title.indexOf("PRIVATE KEY"_L1);
    const qsizetype dashes = named < 0 ? -1 : title.indexOf("-----"_L1, named);
    if (dashes < 0)
        return {};
    const qsizetype begin = at + dashes + 5;
    const qsizetype end = text.indexOf("-----END"_L1, begin);
    return TextSpan{begin, end < 0 ? text.size() : end};
}

std::optional<TextSpan> userSecretAt(QStringView text, qsizetype at)
{
    constexpr qsizetype leastToken = 12, longestAddress = 160;
    text = text.first(std::min(text.size(), at + longestAddress));
    const auto isInside = [](QChar c) { return !c.isSpace() && c != u'"' && c != u'\'' && c != u'<' && c != u'>' && c != u'`'; };
    const auto isAuthority = [&](QChar c) { return isInside(c) && c != u'/' && c != u'?' && c != u'#'; };
    qsizetype end = endOf(text, at, isAuthority);
    const QStringView authority = text.sliced(at, end - at);
    qsizetype host = authority.lastIndexOf(u'@');
    const qsizetype colon = authority.indexOf(u':');
    if (host < 0 && colon >= 0) {    // a password with a slash in it; a port has none
        const QStringView behind = authority.sliced(colon + 1);
        const bool isPort = std::all_of(behind.begin(), behind.end(), [](QChar c) { return c.isDigit(); });
        end = isPort ? end : endOf(text, at, isInside);
        host = isPort ? -1 : text.sliced(at, end - at).lastIndexOf(u'@');
    }
    if (host < 0)
        return {};
    if (colon >= 0 && colon < host)
        return TextSpan{at + colon + 1, at + host};
    const QStringView user = authority.first(host);
    return user.size() >= leastToken && looksOpaque(user) ? std::optional(TextSpan{at, at + host}) : std::nullopt;
}

std::optional<TextSpan> bearerAt(QStringView text, qsizetype at)
{
    const qsizetype end = endOf(text, at, isBearerLike);
    if (end == at || isPlainWord(text.sliced(at, end - at)))
        return {};
    return TextSpan{at, end};
}

std::optional<TextSpan> basicAt(QStringView text, qsizetype at)
{
    constexpr qsizetype least = 8;
    const qsizetype end = endOf(text, at, isBase64Like);
    const QStringView given = text.sliced(at, end - at);
    if (given.size() < least)
        return {};
    const bool hasAll = std::any_of(given.begin(), given.end(), [](QChar c) { return c.isDigit(); }) &&
                        std::any_of(given.begin(), given.end(), [](QChar c) { return c.isUpper(); }) &&
                        std::any_of(given.begin(), given.end(), [](QChar c) { return c.isLower(); });
    if (hasAll || given.endsWith(u'=') || QByteArray::fromBase64(given.toLatin1()).contains(':'))
        return TextSpan{at, end};
    return {};
}

}
