// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <QDateTime>
#include <QFile>
#include <QTimeZone>

#include <ctime>

namespace core::base {

using namespace Qt::StringLiterals;

Time systemNow()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

QString toIsoText(Time time)
{
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(time);
    const auto micros = (time - millis).count();
    const auto moment = QDateTime::fromMSecsSinceEpoch(millis.time_since_epoch().count(), Qt::UTC);
    return moment.toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) + u"%1Z"_s.arg(micros, 3, 10, QLatin1Char('0'));
}

Result<Time> parseIsoText(const QString& text)
{
    const auto bad = [&] {
        return failure(ErrorKind::Invalid, u"time_malformed"_s, u"'%1' is no date or time (ISO 8601 expected)"_s.arg(text));
    };
    if (text.size() == 10) {
        const auto date = QDate::fromString(text, Qt::ISODate);
        if (!date.isValid())
            return bad();
        return Time{std::chrono::milliseconds{QDateTime(date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch()}};
    }
    if (text.size() < 16)    // Qt would fill in the minutes
        return bad();
    auto moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!moment.isValid())
        return bad();
    if (moment.timeSpec() == Qt::LocalTime)
        moment.setTimeSpec(Qt::UTC);
    qint64 micros = moment.toMSecsSinceEpoch() * 1000;
    // QDateTime ends at milliseconds and rounds what follows; the stored microseconds must come back exactly.
    if (const auto dot = text.indexOf(u'.'); dot > 0) {
        qsizetype end = dot + 1;
        while (end < text.size() && text.at(end).isDigit())
            ++end;
        const QString digits = text.mid(dot + 1, std::min<qsizetype>(end - dot - 1, 6)).leftJustified(6, u'0');
        moment = QDateTime::fromString(QString(text.left(dot) + text.mid(end)), Qt::ISODate);
        if (!moment.isValid())
            return bad();
        if (moment.timeSpec() == Qt::LocalTime)
            moment.setTimeSpec(Qt::UTC);
        micros = moment.toMSecsSinceEpoch() * 1000 + digits.toLongLong();
    }
    return fromMicros(micros);
}

QString bootId()
{
    static const QString id = [] {
        QFile file(u"/proc/sys/kernel/random/boot_id"_s);
        return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed()) : u"unknown"_s;
    }();
    return id;
}

qint64 monotonicMicros()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

}
