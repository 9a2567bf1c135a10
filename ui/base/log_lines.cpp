// SPDX-License-Identifier: Apache-2.0
#include "ui/base/log_lines.h"

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr qsizetype longestShown = 4000;

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool holds(QByteArrayView line, QByteArrayView lowerWanted)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    const auto found =
        std::search(line.begin(), line.end(), lowerWanted.begin(), lowerWanted.end(), [&](char a, char b) { return lower(a) == b; });
    return found != line.end();
}

QChar visibleSign(QChar character)
{
    const char16_t unit = character.unicode();
    const bool turns =
        (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069) || unit == 0x200e || unit == 0x200f || unit == 0x61c;
    const bool isUnseen = unit == 0x200b || unit == 0x2060 || unit == 0xfeff || unit == 0x180e || unit == 0xad;
    if (unit == u'\t')
        return u' ';
    return turns || isUnseen || unit < 0x20 || (unit >= 0x7f && unit < 0xa0) || unit == 0x2028 || unit == 0x2029 ? QChar(0xfffd)
                                                                                                                 : character;
}

}

bool LogLines::setText(const QByteArray& text, int atOnce)
{
    const bool grew = text.startsWith(m_text);
    if (grew) {
        append(text.mid(m_text.size()), atOnce);
        return true;
    }
    m_text = text;
    m_starts.clear();
    m_longest = 0;
    m_read = 0;
    readMore(atOnce);
    return false;
}

void LogLines::append(const QByteArray& text, int atOnce)
{
    if (text.isEmpty())
        return;
    const bool goesOn = isRead() && !m_text.isEmpty() && !m_text.endsWith('\n');
    if (goesOn)
        m_read = m_starts.takeLast();
    m_text += text;
    readMore(atOnce);
}

void LogLines::readMore(int atOnce)
{
    for (int line = 0; line < atOnce && !isRead(); ++line) {
        m_starts.append(m_read);
        const qsizetype end = m_text.indexOf('\n', m_read);
        const qsizetype next = end < 0 ? m_text.size() : end + 1;
        m_longest = std::max(m_longest, next - m_read);
        m_read = next;
    }
}

QByteArrayView LogLines::raw(int line) const
{
    const qsizetype begin = m_starts.at(line);
    const qsizetype end = line + 1 < m_starts.size() ? m_starts.at(line + 1) : m_read;
    QByteArrayView bytes = QByteArrayView(m_text).sliced(begin, end - begin);
    while (!bytes.isEmpty() && (bytes.back() == '\n' || bytes.back() == '\r'))
        bytes.chop(1);
    return bytes;
}

QString LogLines::visible(int line) const
{
    const QByteArrayView bytes = raw(line);
    QString text = QString::fromUtf8(bytes.first(std::min(bytes.size(), longestShown)));
    std::transform(text.begin(), text.end(), text.begin(), visibleSign);
    if (bytes.size() > longestShown)
        text += QChar(0x2026);
    return text;
}

int LogLines::find(const QByteArray& wanted, int from, bool backwards) const
{
    const QByteArray lower = wanted.toLower();
    if (lower.isEmpty() || count() == 0)
        return -1;
    for (int step = 0; step < count(); ++step) {
        const int line = ((backwards ? from - step : from + step) % count() + count()) % count();
        if (holds(raw(line), lower))
            return line;
    }
    return -1;
}

int LogLines::countOf(const QByteArray& wanted) const
{
    const QByteArray lower = wanted.toLower();
    if (lower.isEmpty())
        return 0;
    int found = 0;
    for (int line = 0; line < count(); ++line)
        found += holds(raw(line), lower);
    return found;
}

bool looksLikeTrouble(QByteArrayView line)
{
    static constexpr std::array words{"error",         "failed",    "failure",   "fatal",     "invalid",        "no match",
                                      "cannot",        "could not", "unable",    "missing",   "no such",        "denied",
                                      "no space",      "killed",    "aborted",   "not found", "panic",          "corrupt",
                                      "out of memory", "refused",   "timed out", "critical",  "unknown encoder"};
    for (const char* word : words) {
        const QByteArrayView wanted(word);
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        const auto found =
            std::search(line.begin(), line.end(), wanted.begin(), wanted.end(), [&](char a, char b) { return lower(a) == b; });
        if (found == line.end())
            continue;
        // "error" but not "terror"; "errors" is one too
        if (found == line.begin() || !isWordCharacter(*(found - 1)))
            return true;
    }
    return false;
}

}
