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

/// One pass over the bytes with a stack of its own, so that no document can overflow the thread's.
class Scanner {
public:
    Scanner(JsonIndex& index, int maxDepth)
        : m_words(index.words), m_begin(index.bytes.constData()), m_at(m_begin), m_end(m_begin + index.bytes.size()), m_maxDepth(maxDepth)
    {
    }

    bool document()
    {
        if (m_end - m_at >= 3 && std::memcmp(m_at, "\xef\xbb\xbf", 3) == 0)
            m_at += 3;
        skipSpace();
        if (!value(offset()))
            return false;
        while (!m_open.empty()) {
            if (!step())
                return false;
        }
        skipSpace();
        return m_at == m_end || fail("more text follows the value");
    }

    [[nodiscard]] bool isTooDeep() const { return m_tooDeep; }
    [[nodiscard]] QString problem() const { return QString::fromLatin1(m_problem); }
    [[nodiscard]] qsizetype at() const { return m_at - m_begin; }

private:
    struct Open {
        quint32 node = 0;
        bool isObject = false;
        bool isFresh = true;
    };

    [[nodiscard]] quint32 offset() const { return static_cast<quint32>(m_at - m_begin); }

    bool fail(const char* problem)
    {
        m_problem = problem;
        return false;
    }

    void skipSpace()
    {
        static constexpr quint64 eightSpaces = 0x2020202020202020ULL;
        while (m_at != m_end && isJsonSpace(*m_at)) {
            ++m_at;
            quint64 ahead = 0;
            while (m_end - m_at >= 8 && (std::memcpy(&ahead, m_at, 8), ahead == eightSpaces))    // indentation
                m_at += 8;
        }
    }

    /// The next element or member of the innermost container, or its end.
    bool step()
    {
        skipSpace();
        if (m_at == m_end)
            return fail("the text ends inside an array or object");
        Open& open = m_open.back();
        if (*m_at == (open.isObject ? '}' : ']')) {
            ++m_at;
            m_words[open.node + 1] = static_cast<quint32>(m_words.size());
            m_words[open.node + 2] = offset();
            m_open.pop_back();
            return true;
        }
        if (!open.isFresh) {
            if (*m_at != ',')
                return fail(open.isObject ? "',' or '}' expected" : "',' or ']' expected");
            ++m_at;
            skipSpace();
        }
        open.isFresh = false;
        return open.isObject ? member() : value(offset());
    }

    bool member()
    {
        const quint32 word = offset() | JsonIndex::memberFlag;
        if (m_at == m_end || *m_at != '"')
            return fail("a key in double quotes expected");
        if (!string())
            return false;
        skipSpace();
        if (m_at == m_end || *m_at != ':')
            return fail("':' expected after a key");
        ++m_at;
        skipSpace();
        return value(word);
    }

    /// A scalar is read whole, a container is opened.
    bool value(quint32 word)
    {
        if (m_at == m_end)
            return fail("a value expected, but the text ends");
        if (*m_at == '{' || *m_at == '[')
            return open(word);
        m_words.push_back(word);
        switch (*m_at) {
        case '"': return string();
        case 't': return literal("true", 4);
        case 'f': return literal("false", 5);
        case 'n': return literal("null", 4);
        default: return number();
        }
    }

    bool open(quint32 word)
    {
        if (m_open.size() >= static_cast<size_t>(m_maxDepth)) {
            m_tooDeep = true;
            return fail("arrays and objects are nested too deeply");
        }
        m_open.push_back({static_cast<quint32>(m_words.size()), *m_at == '{', true});
        m_words.insert(m_words.end(), {word | JsonIndex::containerFlag, 0U, 0U});
        ++m_at;
        return true;
    }

    bool literal(const char* word, int length)
    {
        if (m_end - m_at < length || std::memcmp(m_at, word, static_cast<size_t>(length)) != 0)
            return fail("a value expected");
        m_at += length;
        return true;
    }

    bool digits()
    {
        const char* first = m_at;
        while (m_at != m_end && isDigit(*m_at))
            ++m_at;
        return m_at != first || fail("a digit expected");
    }

    bool number()
    {
        const bool negative = *m_at == '-';
        if (negative)
            ++m_at;
        else if (!isDigit(*m_at))
            return fail("a value expected");
        if (m_at != m_end && *m_at == '0') {
            ++m_at;
            if (m_at != m_end && isDigit(*m_at))
                return fail("a number cannot begin with a zero");
        } else if (!digits()) {
            return false;
        }
        if (m_at != m_end && *m_at == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (m_at != m_end && (*m_at == 'e' || *m_at == 'E')) {
            ++m_at;
            if (m_at != m_end && (*m_at == '+' || *m_at == '-'))
                ++m_at;
            return digits();
        }
        return true;
    }

    bool string()
    {
        ++m_at;
        for (;;) {
            m_at = endOfPlainText(m_at, m_end);
            if (m_at == m_end)
                return fail("the text ends inside a string");
            if (*m_at == '"') {
                ++m_at;
                return true;
            }
            if (*m_at == '\\') {
                if (!escape())
                    return false;
            } else if (static_cast<unsigned char>(*m_at) < 0x20) {
                return fail("a control character inside a string");
            } else {
                const int length = utf8Length(m_at, m_end);
                if (length == 0)
                    return fail("bytes that are no UTF-8");
                m_at += length;
            }
        }
    }

    bool escape()
    {
        if (m_end - m_at < 2)
            return fail("the text ends inside a string");
        if (m_at[1] == 'u') {
            if (m_end - m_at < 6 || !isHexDigit(m_at[2]) || !isHexDigit(m_at[3]) || !isHexDigit(m_at[4]) || !isHexDigit(m_at[5]))
                return fail("four hexadecimal digits expected after \\u");
            m_at += 6;
            return true;
        }
        if (m_at[1] == '\0' || std::strchr("\"\\/bfnrt", m_at[1]) == nullptr)
            return fail("an unknown escape");
        m_at += 2;
        return true;
    }

    std::vector<quint32>& m_words;
    const char* m_begin;
    const char* m_at;
    const char* m_end;
    std::vector<Open> m_open;
    int m_maxDepth;
    const char* m_problem = "";
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
                   u"not valid JSON: %1 (byte %2)"_s.arg(scanner.problem()).arg(scanner.at()));
}

}
