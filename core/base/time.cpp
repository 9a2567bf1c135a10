// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <QDateTime>
#include <QFile>
#include <QTimeZone>

#include <array>
#include <ctime>
#include <optional>

namespace core::base {

using namespace Qt::StringLiterals;

Time systemNow()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

namespace {

constexpr qsizetype isoTextLength = 27;    // 2026-11-01T12:00:00.000000Z

/// `count` digits at `at`; -1 where one is none.
int digitsAt(const QString& text, qsizetype at, int count)
{
    int value = 0;
    for (qsizetype i = at; i < at + count; ++i) {
        const int digit = text.at(i).unicode() - u'0';
        if (digit < 0 || digit > 9)
            return -1;
        value = value * 10 + digit;
    }
    return value;
}

/// The one form that toIsoText() writes, and so nearly every time that is read; nothing for any other, right or wrong.
std::optional<Time> ownIsoText(const QString& text)
{
    if (text.size() != isoTextLength || text.at(4) != u'-' || text.at(7) != u'-' || text.at(10) != u'T' || text.at(13) != u':' ||
        text.at(16) != u':' || text.at(19) != u'.' || text.at(26) != u'Z')
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{digitsAt(text, 0, 4)},
                                           std::chrono::month{static_cast<unsigned>(digitsAt(text, 5, 2))},
                                           std::chrono::day{static_cast<unsigned>(digitsAt(text, 8, 2))}};
    const int hours = digitsAt(text, 11, 2);
    const int minutes = digitsAt(text, 14, 2);
    const int seconds = digitsAt(text, 17, 2);
    const int micros = digitsAt(text, 20, 6);
    const bool isTime = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60 && micros >= 0;
    if (!date.ok() || date.year() < std::chrono::year{1} || !isTime)
        return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds} +
           std::chrono::microseconds{micros};
}

}

QString toIsoText(Time time)
{
    constexpr std::chrono::sys_days first{std::chrono::year{1} / 1 / 1};
    constexpr std::chrono::sys_days beyond{std::chrono::year{10000} / 1 / 1};    // more digits
    if (time >= first && time < beyond) {
        const auto days = std::chrono::floor<std::chrono::days>(time);
        const std::chrono::year_month_day date{days};
        const std::chrono::hh_mm_ss clock{time - days};
        std::array<char, isoTextLength> text{"0000-00-00T00:00:00.000000"};
        text.back() = 'Z';
        const auto write = [&text](size_t end, qint64 number) {    // its last digit stands before `end`
            for (; number > 0; number /= 10)
                text[--end] = static_cast<char>('0' + number % 10);
        };
        write(4, static_cast<int>(date.year()));
        write(7, static_cast<unsigned>(date.month()));
        write(10, static_cast<unsigned>(date.day()));
        write(13, clock.hours().count());
        write(16, clock.minutes().count());
        write(19, clock.seconds().count());
        write(26, clock.subseconds().count());
        return QString::fromLatin1(text.data(), isoTextLength);
    }
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(time);
    const auto micros = (time - millis).count();
    const auto moment = QDateTime::fromMSecsSinceEpoch(millis.time_since_epoch().count(), Qt::UTC);
    return moment.toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) + u"%1Z"_s.arg(micros, 3, 10, QLatin1Char('0'));
}

Result<Time> parseIsoText(const QString& text)
{
    if (const auto own = ownIsoText(text))
        return *own;
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
