// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_index.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <bit>
#include <cstring>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

/// The first byte that a string cannot simply step over: quote, backslash, control character, not ASCII.
const char* endOfPlainText(const char* at, const char* end)
{
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');
    for (; end - at >= 16; at += 16) {
        const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        // Signed: bytes from 0x80 on are negative, so one comparison finds them and the control characters.
        const __m128i odd =
            _mm_or_si128(_mm_cmplt_epi8(text, space), _mm_or_si128(_mm_cmpeq_epi8(text, quote), _mm_cmpeq_epi8(text, backslash)));
        if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(odd)); mask != 0)
            return at + std::countr_zero(mask);
    }
#endif
    while (at != end && *at != '"' && *at != '\\' && static_cast<signed char>(*at) >= 0x20)
        ++at;
    return at;
}

/// The length of the UTF-8 sequence at `at`, whose first byte is not ASCII; 0 if it is none (RFC 3629: shortest form, no surrogates).
int utf8Length(const char* at, const char* end)
{
    const auto byte = [at](int i) { return static_cast<unsigned char>(at[i]); };
    const auto follows = [&byte](int i) { return (byte(i) & 0xc0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first >= 0xc2 && first <= 0xdf)
        return end - at >= 2 && follows(1) ? 2 : 0;
    if ((first & 0xf0U) == 0xe0U) {
        if (end - at < 3 || !follows(1) || !follows(2))
            return 0;
        return (first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f) ? 0 : 3;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (end - at < 4 || !follows(1) || !follows(2) || !follows(3))
            return 0;
        return (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f) ? 0 : 4;
    }
    return 0;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// One pass over the bytes with a stack of its own, so that no document can overflow the thread's. Each step is given where it begins and says
/// where it ended, none after a failure: passed on from one to the next, the place stays in a register.
class Scanner {
public:
    Scanner(JsonIndex& index, int maxDepth)
        : m_words(index.words), m_begin(index.bytes.constData()), m_end(m_begin + index.bytes.size()), m_maxDepth(maxDepth)
    {
    }

    bool document()
    {
        const char* at = m_begin;
        if (m_end - at >= 3 && std::memcmp(at, "\xef\xbb\xbf", 3) == 0)
            at += 3;
        at = afterSpace(at);
        at = value(at, offset(at));
        while (at && !m_open.empty())
            at = step(at);
        if (!at)
            return false;
        at = afterSpace(at);
        return at == m_end || fail(at, "more text follows the value");
    }

    [[nodiscard]] bool isTooDeep() const { return m_tooDeep; }
    [[nodiscard]] QString problem() const { return QString::fromLatin1(m_problem); }
    [[nodiscard]] qsizetype problemOffset() const { return m_problemAt - m_begin; }

private:
    struct Open {
        quint32 node = 0;
        bool isObject = false;
        bool isFresh = true;
    };

    [[nodiscard]] quint32 offset(const char* at) const { return static_cast<quint32>(at - m_begin); }

    const char* fail(const char* at, const char* problem)
    {
        m_problem = problem;
        m_problemAt = at;
        return nullptr;
    }

    [[nodiscard]] const char* afterSpace(const char* at) const
    {
        static constexpr quint64 eightSpaces = 0x2020202020202020ULL;
        while (at != m_end && isJsonSpace(*at)) {
            ++at;
            quint64 ahead = 0;
            while (m_end - at >= 8 && (std::memcpy(&ahead, at, 8), ahead == eightSpaces))    // indentation
                at += 8;
        }
        return at;
    }

    /// The next element or member of the innermost container, or its end.
    const char* step(const char* at)
    {
        at = afterSpace(at);
        if (at == m_end)
            return fail(at, "the text ends inside an array or object");
        Open& open = m_open.back();
        if (*at == (open.isObject ? '}' : ']')) {
            ++at;
            m_words[open.node + 1] = static_cast<quint32>(m_words.size());
            m_words[open.node + 2] = offset(at);
            m_open.pop_back();
            return at;
        }
        if (!open.isFresh) {
            if (*at != ',')
                return fail(at, open.isObject ? "',' or '}' expected" : "',' or ']' expected");
            at = afterSpace(at + 1);
        }
        open.isFresh = false;
        return open.isObject ? member(at) : value(at, offset(at));
    }

    const char* member(const char* at)
    {
        const quint32 word = offset(at) | JsonIndex::memberFlag;
        if (at == m_end || *at != '"')
            return fail(at, "a key in double quotes expected");
        at = string(at);
        if (!at)
            return nullptr;
        at = afterSpace(at);
        if (at == m_end || *at != ':')
            return fail(at, "':' expected after a key");
        return value(afterSpace(at + 1), word);
    }

    /// A scalar is read whole, a container is opened.
    const char* value(const char* at, quint32 word)
    {
        if (at == m_end)
            return fail(at, "a value expected, but the text ends");
        if (*at == '{' || *at == '[')
            return open(at, word);
        m_words.push_back(word);
        switch (*at) {
        case '"': return string(at);
        case 't': return literal(at, "true", 4);
        case 'f': return literal(at, "false", 5);
        case 'n': return literal(at, "null", 4);
        default: return number(at);
        }
    }

    const char* open(const char* at, quint32 word)
    {
        if (m_open.size() >= static_cast<size_t>(m_maxDepth)) {
            m_tooDeep = true;
            return fail(at, "arrays and objects are nested too deeply");
        }
        m_open.push_back({static_cast<quint32>(m_words.size()), *at == '{', true});
        m_words.push_back(word | JsonIndex::containerFlag);
        m_words.push_back(0U);    // both known at the closing bracket
        m_words.push_back(0U);
        return at + 1;
    }

    const char* literal(const char* at, const char* word, int length)
    {
        if (m_end - at < length || std::memcmp(at, word, static_cast<size_t>(length)) != 0)
            return fail(at, "a value expected");
        return at + length;
    }

    const char* digits(const char* first)
    {
        const char* at = first;
        while (at != m_end && isDigit(*at))
            ++at;
        return at != first ? at : fail(at, "a digit expected");
    }

    const char* number(const char* at)
    {
        if (*at == '-')
            ++at;
        else if (!isDigit(*at))
            return fail(at, "a value expected");
        if (at != m_end && *at == '0') {
            ++at;
            if (at != m_end && isDigit(*at))
                return fail(at, "a number cannot begin with a zero");
        } else {
            at = digits(at);
        }
        if (at && at != m_end && *at == '.')
            at = digits(at + 1);
        if (at && at != m_end && (*at == 'e' || *at == 'E')) {
            ++at;
            if (at != m_end && (*at == '+' || *at == '-'))
                ++at;
            at = digits(at);
        }
        return at;
    }

    const char* string(const char* at)
    {
        ++at;
        for (;;) {
            at = endOfPlainText(at, m_end);
            if (at == m_end)
                return fail(at, "the text ends inside a string");
            if (*at == '"')
                return at + 1;
            if (*at == '\\') {
                at = escape(at);
                if (!at)
                    return nullptr;
            } else if (static_cast<unsigned char>(*at) < 0x20) {
                return fail(at, "a control character inside a string");
            } else {
                const int length = utf8Length(at, m_end);
                if (length == 0)
                    return fail(at, "bytes that are no UTF-8");
                at += length;
            }
        }
    }

    const char* escape(const char* at)
    {
        if (m_end - at < 2)
            return fail(at, "the text ends inside a string");
        if (at[1] == 'u') {
            if (m_end - at < 6 || !isHexDigit(at[2]) || !isHexDigit(at[3]) || !isHexDigit(at[4]) || !isHexDigit(at[5]))
                return fail(at, "four hexadecimal digits expected after \\u");
            return at + 6;
        }
        if (at[1] == '\0' || std::strchr("\"\\/bfnrt", at[1]) == nullptr)
            return fail(at, "an unknown escape");
        return at + 2;
    }

    std::vector<quint32>& m_words;
    const char* m_begin;
    const char* m_end;
    std::vector<Open> m_open;
    int m_maxDepth;
    const char* m_problem = "";
    const char* m_problemAt = nullptr;
    bool m_tooDeep = false;
};

}

Result<void> scanJson(JsonIndex& index, const JsonLimits& limits)
{
    const qsizetype most = std::min<qsizetype>(limits.maxBytes, JsonIndex::offsetMask);
    if (index.bytes.size() > most) {
        return failure(ErrorKind::TooLarge, u"json_too_large"_s,
                       u"the JSON text has %1 bytes, more than the limit of %2"_s.arg(index.bytes.size()).arg(most));
    }
    // Half of the text's size: enough for all but very dense documents, and pages that are never written cost nothing.
    index.words.reserve(static_cast<size_t>(index.bytes.size()) / 8 + 4);
    Scanner scanner(index, limits.maxDepth);
    if (scanner.document())
        return {};
    return failure(ErrorKind::Malformed, scanner.isTooDeep() ? u"json_too_deep"_s : u"json_malformed"_s,
                   u"not valid JSON: %1 (byte %2)"_s.arg(scanner.problem()).arg(scanner.problemOffset()));
}

}
