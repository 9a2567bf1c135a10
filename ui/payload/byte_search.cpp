// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/byte_search.h"

#include <algorithm>
#include <cstring>

namespace ui {

namespace {

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char raised(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// How common a byte is in JSON text, roughly.
int commonness(char c)
{
    if (c == '"' || c == ' ' || c == ',' || c == ':')
        return 9;
    if (c >= '0' && c <= '9')
        return 8;
    if (std::strchr("etaoinsr_.", c) && c != 0)
        return 7;
    if (std::strchr("jqxzkvw", c) && c != 0)
        return 2;
    return c >= 'a' && c <= 'z' ? 5 : 3;
}

const char* nextByte(const char* from, const char* end, char byte)
{
    if (from >= end)
        return end;
    const auto* found = static_cast<const char*>(std::memchr(from, byte, static_cast<size_t>(end - from)));
    return found ? found : end;
}

}

ByteFinder::ByteFinder(QByteArray needle, bool matchesCase) : m_needle(std::move(needle)), m_matchesCase(matchesCase)
{
    if (!m_matchesCase)
        std::transform(m_needle.cbegin(), m_needle.cend(), m_needle.begin(), lowered);
    for (qsizetype i = 1; i < m_needle.size(); ++i) {
        if (commonness(m_needle.at(i)) < commonness(m_needle.at(m_rare)))
            m_rare = i;
    }
}

bool ByteFinder::matchesAt(const char* at) const
{
    if (m_matchesCase)
        return std::memcmp(at, m_needle.constData(), static_cast<size_t>(m_needle.size())) == 0;
    return std::equal(m_needle.cbegin(), m_needle.cend(), at, [](char wanted, char c) { return wanted == lowered(c); });
}

qsizetype ByteFinder::indexIn(QByteArrayView bytes, qsizetype from) const
{
    if (m_needle.isEmpty() || from < 0 || bytes.size() - from < m_needle.size())
        return -1;
    const char low = m_needle.at(m_rare);
    const char high = m_matchesCase ? low : raised(low);
    // the rare byte of a match lies between these
    const char* const end = bytes.data() + bytes.size() - (m_needle.size() - 1 - m_rare);
    const char* at = bytes.data() + from + m_rare;
    const char* nextLow = nextByte(at, end, low);
    const char* nextHigh = high == low ? end : nextByte(at, end, high);
    while ((at = std::min(nextLow, nextHigh)) != end) {
        if (matchesAt(at - m_rare))
            return at - m_rare - bytes.data();
        if (at == nextLow)
            nextLow = nextByte(at + 1, end, low);
        else
            nextHigh = nextByte(at + 1, end, high);
    }
    return -1;
}

SearchHits findAll(QByteArrayView bytes, const ByteFinder& finder, const core::CancelToken& token)
{
    // in slices, so that a search nobody waits for any more ends soon, and a letter case that never comes is not looked for to the end each time
    constexpr qsizetype slice = qsizetype{1} << 20;
    SearchHits hits;
    hits.length = finder.size();
    if (finder.size() == 0)
        return hits;
    qsizetype from = 0;
    for (qsizetype begin = 0; begin < bytes.size() && !token.isCancelled(); begin += slice) {
        const qsizetype end = std::min(bytes.size(), begin + slice + finder.size() - 1);
        from = std::max(from, begin);
        for (;;) {
            const qsizetype at = finder.indexIn(bytes.first(end), from);
            if (at < 0)
                break;
            if (static_cast<qsizetype>(hits.offsets.size()) == mostHits) {
                hits.isCut = true;
                return hits;
            }
            hits.offsets.push_back(at);
            from = at + finder.size();
        }
    }
    return hits;
}

}
