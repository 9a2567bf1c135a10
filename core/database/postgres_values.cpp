// SPDX-License-Identifier: Apache-2.0
#include "core/database/postgres_values.h"

#include <QUuid>
#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace core::database::postgres {
namespace {

constexpr qint64 epochOffset = 946'684'800'000'000;    // microseconds from 1970 to 2000
constexpr qint64 dayMicros = 86'400'000'000;

template <class T>
QByteArray bigEndian(T value)
{
    QByteArray bytes(sizeof(T), Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

/// A value beyond the type stays beyond every value of it.
template <class T>
T clamped(qint64 value)
{
    return static_cast<T>(std::clamp<qint64>(value, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}

qint64 rounded(double value)
{
    constexpr double most = 9.2e18;
    return std::llround(std::clamp(value, -most, most));
}

/// Minus and plus infinity stand for the ends: bounds that a list uses for "from the beginning".
qint64 sinceY2k(qint64 micros)
{
    return micros < std::numeric_limits<qint64>::min() + epochOffset ? std::numeric_limits<qint64>::min() : micros - epochOffset;
}

qint64 since1970(qint64 micros)
{
    if (micros == std::numeric_limits<qint64>::min() || micros > std::numeric_limits<qint64>::max() - epochOffset)
        return micros;
    return micros + epochOffset;
}

QByteArray intervalOf(qint64 micros)
{
    return bigEndian(micros) + bigEndian(qint32{0}) + bigEndian(qint32{0});    // microseconds, days, months
}

qint64 microsOf(const char* interval)
{
    return qFromBigEndian<qint64>(interval) + qFromBigEndian<qint32>(interval + 8) * dayMicros;
}

/// numeric: how many digits, weight of the first, sign, digits behind the point; then the digits, to the base of 10,000.
double numericOf(const char* data)
{
    const int count = qFromBigEndian<qint16>(data);
    int weight = qFromBigEndian<qint16>(data + 2);
    const auto sign = qFromBigEndian<quint16>(data + 4);
    double value = 0;
    for (int i = 0; i < count; ++i, --weight)
        value += qFromBigEndian<qint16>(data + 8 + 2 * i) * std::pow(10'000.0, weight);
    return sign == 0x4000 ? -value : value;
}

/// Exact, where numericOf is not: sums of bytes are beyond 2^53 only for those who have petabytes, and counts never, but it costs nothing.
qint64 wholeNumericOf(const char* data)
{
    const int count = qFromBigEndian<qint16>(data);
    const int weight = qFromBigEndian<qint16>(data + 2);
    const auto sign = qFromBigEndian<quint16>(data + 4);
    qint64 value = 0;
    for (int i = 0; i <= weight; ++i)
        value = value * 10'000 + (i < count ? qFromBigEndian<qint16>(data + 8 + 2 * i) : 0);
    return sign == 0x4000 ? -value : value;
}

}

Wire fromInt64(unsigned int type, qint64 value)
{
    switch (type) {
    case Bool: return {QByteArray(1, value != 0 ? '\1' : '\0')};
    case Int2: return {bigEndian(clamped<qint16>(value))};
    case Int4: return {bigEndian(clamped<qint32>(value))};
    case Int8: return {bigEndian(value)};
    case Float8: return {bigEndian(std::bit_cast<quint64>(static_cast<double>(value)))};
    case TimestampTz: return {bigEndian(sinceY2k(value))};
    case Interval: return {intervalOf(value)};
    default: return {QByteArray::number(value), true};
    }
}

Wire fromDouble(unsigned int type, double value)
{
    switch (type) {
    case Bool:
    case Int2:
    case Int4:
    case Int8:
    case TimestampTz:
    case Interval: return fromInt64(type, rounded(value));
    case Float8: return {bigEndian(std::bit_cast<quint64>(value))};
    default: return {QByteArray::number(value, 'g', std::numeric_limits<double>::max_digits10), true};
    }
}

std::optional<Wire> fromUtf8(unsigned int type, const QByteArray& value)
{
    switch (type) {
    case Uuid: {
        const QUuid uuid = QUuid::fromString(QLatin1StringView(value));
        if (uuid.isNull() || value.size() != 36)
            return {};
        return Wire{uuid.toRfc4122()};
    }
    case Text:
    case Json:
    case Bytea: return Wire{value.isNull() ? QByteArray("") : value};
    default: return Wire{value.isNull() ? QByteArray("") : value, true};    // the server reads the words itself
    }
}

qint64 toInt64(unsigned int type, const char* data, int size)
{
    switch (type) {
    case Bool: return *data != 0 ? 1 : 0;
    case Int2: return qFromBigEndian<qint16>(data);
    case Int4: return qFromBigEndian<qint32>(data);
    case Int8: return qFromBigEndian<qint64>(data);
    case Float8: return rounded(toDouble(type, data, size));
    case TimestampTz: return since1970(qFromBigEndian<qint64>(data));
    case Interval: return microsOf(data);
    case Numeric: return wholeNumericOf(data);
    default: return QByteArray::fromRawData(data, size).toLongLong();
    }
}

double toDouble(unsigned int type, const char* data, int size)
{
    switch (type) {
    case Float8: return std::bit_cast<double>(qFromBigEndian<quint64>(data));
    case Numeric: return numericOf(data);
    case Text: return QByteArray::fromRawData(data, size).toDouble();
    default: return static_cast<double>(toInt64(type, data, size));
    }
}

QByteArray toUtf8(unsigned int type, const char* data, int size)
{
    switch (type) {
    case Uuid: return QUuid::fromRfc4122(QByteArrayView(data, size)).toByteArray(QUuid::WithoutBraces);
    case Jsonb: return QByteArray(data + 1, size - 1);    // behind the number of its form
    case Bool:
    case Int2:
    case Int4:
    case Int8:
    case TimestampTz:
    case Interval: return QByteArray::number(toInt64(type, data, size));
    case Float8:
    case Numeric: return QByteArray::number(toDouble(type, data, size), 'g', std::numeric_limits<double>::max_digits10);
    default: return QByteArray(data, size);
    }
}

}
