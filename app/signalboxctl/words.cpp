// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/words.h"

#include "app/signalboxctl/exit_code.h"
#include "app/signalboxctl/visible_text.h"

#include <QDateTime>

#include <algorithm>

namespace app {

using core::JobStatus;
using core::Time;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

QString ageText(Time then, Time now)
{
    const qint64 seconds = std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(now - then).count());
    if (seconds < 60)
        return u"%1 s"_s.arg(seconds);
    if (seconds < 60 * 60)
        return u"%1 min"_s.arg(seconds / 60);
    if (seconds < 48 * 60 * 60)
        return u"%1 h"_s.arg(seconds / (60 * 60));
    return u"%1 d"_s.arg(seconds / (24 * 60 * 60));
}

QString lengthText(std::chrono::microseconds length)
{
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(std::max(length, 0us));
    if (whole < 60s)
        return u"%1 s"_s.arg(static_cast<double>(length.count()) / 1e6, 0, 'f', 1);
    const auto hours = whole / 3600s;
    const auto twoDigits = [](auto number) { return u"%1"_s.arg(static_cast<qint64>(number), 2, 10, QChar(u'0')); };
    const QString minutesAndSeconds = twoDigits(whole % 3600s / 60s) + u':' + twoDigits((whole % 60s).count());
    if (hours > 0)
        return u"%1:%2"_s.arg(static_cast<qint64>(hours)).arg(minutesAndSeconds);
    return minutesAndSeconds.startsWith(u'0') ? minutesAndSeconds.mid(1) : minutesAndSeconds;
}

QString exactText(Time time)
{
    const qint64 milliseconds = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::LocalTime);
    const int offset = local.offsetFromUtc() / 60;
    return local.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u' ' + (offset < 0 ? u'-' : u'+') +
           u"%1:%2"_s.arg(std::abs(offset) / 60, 2, 10, QChar(u'0')).arg(std::abs(offset) % 60, 2, 10, QChar(u'0'));
}

QString exactText(const std::optional<Time>& time)
{
    return time ? exactText(*time) : u"-"_s;
}

QString sizeText(qint64 bytes)
{
    if (bytes < 1000)
        return u"%1 B"_s.arg(bytes);
    double size = static_cast<double>(bytes);
    QString unit;
    for (const auto* next : {"kB", "MB", "GB", "TB", "PB"}) {
        size /= 1000;
        unit = QLatin1String(next);
        if (size < 999.95)
            break;
    }
    return u"%1 %2"_s.arg(size, 0, 'f', 1).arg(unit);
}

QString orDash(const QString& text)
{
    return text.isEmpty() ? u"-"_s : text;
}

QString typeText(const core::jobs::JobSummary& job)
{
    return job.type == core::JobType::Unknown ? job.typeText : core::jobs::jobTypeRoute(job.type);
}

QString statusText(const core::jobs::JobSummary& job)
{
    return job.status == JobStatus::Unknown ? u"%1 (status not known)"_s.arg(job.statusText) : core::jobs::statusName(job.status);
}

QString messageText(const core::jobs::JobSummary& job, Time now)
{
    const bool isStopping = job.status == JobStatus::Cancelled && job.startedAt && job.cancel.requestedAt && !job.cancel.acknowledgedAt;
    if (isStopping)
        return u"Worker has not confirmed the cancel for %1"_s.arg(ageText(*job.cancel.requestedAt, now));
    if (!job.errorMessage.isEmpty())
        return job.errorCode.isEmpty() ? job.errorMessage : u"%1: %2"_s.arg(job.errorCode, job.errorMessage);
    return job.message;
}

QString tookText(const core::jobs::JobSummary& job, Time now)
{
    if (!job.startedAt)
        return u"-"_s;
    return lengthText(job.finishedAt.value_or(now) - *job.startedAt);
}

QString progressBar(int percent, const QString& message, int cells)
{
    constexpr int barCells = 24;
    const int shown = std::clamp(percent, 0, 100);
    const auto filled = static_cast<qsizetype>(shown * barCells / 100);
    const QString bar = u"[%1%2] %3%  "_s.arg(QString(filled, u'#'), QString(barCells - filled, u'-')).arg(shown, 3);
    return elided(bar + visible(message), std::max(1, cells));
}

core::Result<std::chrono::seconds> parseAge(const QString& text)
{
    const auto unit = [&]() -> std::chrono::seconds {
        switch (text.isEmpty() ? u' ' : text.back().unicode()) {
        case u's': return 1s;
        case u'm': return 1min;
        case u'h': return 1h;
        case u'd': return 24h;
        case u'w': return 24h * 7;
        default: return 0s;
        }
    }();
    bool isNumber = false;
    const int count = text.chopped(std::min<qsizetype>(1, text.size())).toInt(&isNumber);
    if (unit == 0s || !isNumber || count < 0 || count > 100000)
        return usageFailure(u"\"%1\" is no age; write a number and s, m, h, d or w, such as 30d"_s.arg(text), u"--older-than"_s);
    return count * unit;
}

}
