// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_spelling.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace core::base {
namespace {

constexpr char16_t replacement = u'\uFFFD';
constexpr qint64 exponentCap = 1'000'000'000'000;    // far beyond any double, far from overflow

char16_t hexUnit(const char* digits)
{
    unsigned unit = 0;
    std::from_chars(digits, digits + 4, unit, 16);
    return static_cast<char16_t>(unit);
}

char16_t shortEscape(char letter)
{
    switch (letter) {
    case 'b': return u'\b';
    case 'f': return u'\f';
    case 'n': return u'\n';
    case 'r': return u'\r';
    case 't': return u'\t';
    default: return static_cast<char16_t>(letter);    // quote, backslash, slash stand for themselves
    }
}

void replaceLoneSurrogates(QString& text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text.at(i).isSurrogate())
            continue;
        if (text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            ++i;
        else
            text[i] = replacement;
    }
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

}

QString decodeJsonString(QByteArrayView quoted, LoneSurrogates surrogates)
{
    const QByteArrayView inner = quoted.sliced(1, quoted.size() - 2);
    if (!inner.contains('\\'))
        return QString::fromUtf8(inner);
    QString text;
    text.reserve(inner.size());
    for (qsizetype at = 0; at < inner.size();) {
        const qsizetype next = inner.indexOf('\\', at);
        text += QString::fromUtf8(inner.sliced(at, (next < 0 ? inner.size() : next) - at));
        if (next < 0)
            break;
        const char letter = inner.at(next + 1);
        text += QChar(letter == 'u' ? hexUnit(inner.data() + next + 2) : shortEscape(letter));
        at = next + (letter == 'u' ? 6 : 2);
    }
    if (surrogates == LoneSurrogates::Replace)
        replaceLoneSurrogates(text);
    return text;
}

namespace {

bool standsForItself(QChar c)    // in a JSON string, as one byte
{
    return c.unicode() >= 0x20 && c.unicode() < 0x80 && c != u'"' && c != u'\\';
}

QByteArray quotedAscii(QStringView text)
{
    QByteArray out(text.size() + 2, Qt::Uninitialized);
    char* at = out.data();
    *at++ = '"';
    for (const QChar c : text)
        *at++ = static_cast<char>(c.unicode());
    *at = '"';
    return out;
}

}

QByteArray encodeJsonString(QStringView text)
{
    if (std::all_of(text.begin(), text.end(), standsForItself))
        return quotedAscii(text);
    static constexpr char hex[] = "0123456789abcdef";
    QByteArray out;
    out.reserve(text.size() + 2);
    out += '"';
    const auto escapeUnit = [&out](char16_t unit) {
        out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4)
            out += hex[(unit >> shift) & 0xf];
    };
    qsizetype plain = 0;    // what has not been written yet and needs no escape
    const auto flush = [&](qsizetype upTo) {
        out += text.sliced(plain, upTo - plain).toUtf8();
        plain = upTo + 1;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            ++i;
            continue;
        }
        if (c.unicode() >= 0x20 && c != u'"' && c != u'\\' && !c.isSurrogate())
            continue;
        flush(i);
        switch (c.unicode()) {
        case u'"': out += "\\\""; break;
        case u'\\': out += "\\\\"; break;
        case u'\n': out += "\\n"; break;
        case u'\r': out += "\\r"; break;
        case u'\t': out += "\\t"; break;
        default: escapeUnit(c.unicode());
        }
    }
    flush(text.size());
    out += '"';
    return out;
}

QByteArray encodeJsonNumber(double value)
{
    if (!std::isfinite(value))
        return QByteArrayLiteral("null");
    if (value == 0)
        return QByteArrayLiteral("0");
    std::array<char, 32> buffer{};
    const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return QByteArray(buffer.data(), done.ptr - buffer.data());
}

std::optional<JsonDecimal> JsonDecimal::parse(QByteArrayView spelling)
{
    JsonDecimal decimal;
    const char* at = spelling.begin();
    const char* const end = spelling.end();
    const auto takeDigits = [&] {
        const char* const first = at;
        while (at != end && isDigit(*at))
            ++at;
        decimal.digits.append(first, at - first);
        return at - first;
    };
    if (at != end && *at == '-') {
        decimal.negative = true;
        ++at;
    }
    if (takeDigits() == 0)
        return std::nullopt;
    if (at != end && *at == '.') {
        ++at;
        const auto fraction = takeDigits();
        if (fraction == 0)
            return std::nullopt;
        decimal.exponent = -fraction;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        const bool down = at != end && *at == '-';
        if (at != end && (*at == '-' || *at == '+'))
            ++at;
        if (at == end)
            return std::nullopt;
        qint64 exponent = 0;
        for (; at != end && isDigit(*at); ++at)
            exponent = std::min(exponentCap, exponent * 10 + (*at - '0'));
        decimal.exponent += down ? -exponent : exponent;
    }
    if (at != end)
        return std::nullopt;

    const QByteArray& digits = decimal.digits;
    qsizetype first = 0;
    while (first < digits.size() && digits.at(first) == '0')
        ++first;
    if (first == digits.size())
        return JsonDecimal{};
    qsizetype last = digits.size();
    while (digits.at(last - 1) == '0')
        --last;
    decimal.exponent += digits.size() - last;
    if (first > 0 || last < digits.size())
        decimal.digits = digits.sliced(first, last - first);
    return decimal;
}

std::optional<qint64> JsonDecimal::toInt64() const
{
    if (exponent < 0 || digits.size() + exponent > 19)
        return std::nullopt;
    quint64 size = 0;    // 19 digits fit
    for (const char digit : digits)
        size = size * 10 + static_cast<quint64>(digit - '0');
    for (qint64 i = 0; i < exponent; ++i)
        size *= 10;
    constexpr auto most = static_cast<quint64>(std::numeric_limits<qint64>::max());
    if (size > most + (negative ? 1 : 0))
        return std::nullopt;
    return negative ? static_cast<qint64>(0 - size) : static_cast<qint64>(size);
}

QByteArray JsonDecimal::canonical() const
{
    if (digits.isEmpty())
        return QByteArrayLiteral("0");
    QByteArray out = negative ? QByteArrayLiteral("-") + digits : digits;
    if (exponent > 0 && digits.size() + exponent <= 20)
        out += QByteArray(exponent, '0');
    else if (exponent != 0)
        out += 'e' + QByteArray::number(exponent);
    return out;
}

std::optional<double> jsonNumberToDouble(QByteArrayView spelling)
{
    double value = 0;
    const auto done = std::from_chars(spelling.begin(), spelling.end(), value);
    if (done.ec == std::errc{} && done.ptr == spelling.end())
        return value;
    if (done.ec != std::errc::result_out_of_range)
        return std::nullopt;
    const auto decimal = JsonDecimal::parse(spelling);
    if (!decimal || decimal->digits.size() + decimal->exponent > 0)
        return std::nullopt;
    return 0.0;
}

}
