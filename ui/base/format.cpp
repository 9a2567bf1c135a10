// SPDX-License-Identifier: Apache-2.0
#include "ui/base/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A class of its own, so that lupdate finds the context of these texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::format)
};

QDateTime inZone(core::Time time, const QTimeZone& zone)
{
    return QDateTime::fromMSecsSinceEpoch(core::base::toMicros(time) / 1000, zone);
}

/// Errors begin with the file they are about: in a narrow cell its folders would be all there is to read.
QString withoutFolders(const QString& message)
{
    if (!message.startsWith(u'"') && !message.startsWith(u'\''))
        return message;
    const qsizetype end = message.indexOf(message.front(), 1);
    const qsizetype name = message.lastIndexOf(u'/', end) + 1;
    const bool isPath = end > 0 && message.at(1) == u'/' && name > 2 && name < end;
    return isPath ? message.front() + u"\u2026/"_s + message.sliced(name) : message;
}

/// One digit after the point, always a point: 41.3.
QString oneDigit(double value)
{
    return QString::number(value, 'f', 1);
}

}

QString relativeTime(core::Time time, core::Time now)
{
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - time).count();
    if (age < 0)
        return age > -60 ? Words::tr("now") : Words::tr("in %1").arg(relativeTime(now, time));
    if (age < 1)
        return Words::tr("now");
    if (age < 60)
        return Words::tr("%1 s").arg(age);
    if (age < 3600)
        return Words::tr("%1 min").arg(age / 60);
    if (age < 48 * 3600)
        return Words::tr("%1 h").arg(age / 3600);
    return Words::tr("%1 d").arg(age / 86400);
}

QString zoneText(const QTimeZone& zone, core::Time at)
{
    const int offset = inZone(at, zone).offsetFromUtc();
    const int minutes = qAbs(offset) / 60;
    return u"UTC%1%2:%3"_s.arg(QChar(offset < 0 ? u'\u2212' : u'+'))
        .arg(minutes / 60, 2, 10, QChar(u'0'))
        .arg(minutes % 60, 2, 10, QChar(u'0'));
}

QString exactTime(core::Time time, const QTimeZone& zone)
{
    return inZone(time, zone).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u' ' + zoneText(zone, time);
}

QString shortTime(core::Time time, core::Time now, const QTimeZone& zone)
{
    const QDateTime then = inZone(time, zone);
    if (then.date() == inZone(now, zone).date())
        return then.toString(u"HH:mm:ss"_s);
    return QLocale::c().toString(then, u"d MMM HH:mm"_s);
}

QString lengthText(std::chrono::microseconds length)
{
    const double seconds = std::chrono::duration<double>(length).count();
    if (seconds < 0)
        return u"\u2013"_s;
    if (seconds < 99.95)
        return Words::tr("%1 s").arg(oneDigit(seconds));
    const auto minutes = static_cast<qint64>(seconds) / 60;
    if (minutes < 60)
        return Words::tr("%1 min").arg(minutes);
    if (minutes < 48 * 60)
        return Words::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    return Words::tr("%1 d %2 h").arg(minutes / 1440).arg(minutes / 60 % 24);
}

QString timecode(qint64 milliseconds)
{
    const bool negative = milliseconds < 0;
    const qint64 ms = qAbs(milliseconds);
    const qint64 hours = ms / 3'600'000;
    const qint64 minutes = ms / 60'000 % 60;
    QString text;
    if (hours > 0)
        text = u"%1:%2"_s.arg(hours).arg(minutes, 2, 10, QChar(u'0'));
    else
        text = QString::number(minutes);
    text += u":%1.%2"_s.arg(ms / 1000 % 60, 2, 10, QChar(u'0')).arg(ms % 1000, 3, 10, QChar(u'0'));
    return negative ? u'\u2212' + text : text;
}

QString sizeText(qint64 bytes)
{
    if (bytes < 1000)
        return Words::tr("%1 B").arg(bytes);
    double value = static_cast<double>(bytes);
    for (const auto* unit : {QT_TRANSLATE_NOOP("ui::format", "%1 kB"), QT_TRANSLATE_NOOP("ui::format", "%1 MB"),
                             QT_TRANSLATE_NOOP("ui::format", "%1 GB"), QT_TRANSLATE_NOOP("ui::format", "%1 TB")}) {
        value /= 1000;
        if (value < 999.95)
            return Words::tr(unit).arg(value < 99.95 ? oneDigit(value) : QString::number(value, 'f', 0));
    }
    return Words::tr("%1 PB").arg(oneDigit(value / 1000));
}

QString countText(qint64 count)
{
    return QLocale(QLocale::English).toString(count);
}

QString typeShortName(core::JobType type, const QString& stored)
{
    switch (type) {
    case core::JobType::MediaProbe: return Words::tr("Probe");
    case core::JobType::SilenceDetect: return Words::tr("Silence detect");
    case core::JobType::SilenceApply: return Words::tr("Silence cut");
    case core::JobType::MediaConvert: return Words::tr("Convert");
    case core::JobType::TranscriptionGenerate: return Words::tr("Transcription");
    case core::JobType::FrameExtract: return Words::tr("Frames");
    case core::JobType::CaptionsGenerate: return Words::tr("Captions");
    case core::JobType::Unknown: return plainLine(stored);
    }
    Q_UNREACHABLE();
}

QString typeTitle(core::JobType type, const QString& stored)
{
    switch (type) {
    case core::JobType::MediaProbe: return Words::tr("Media probe");
    case core::JobType::SilenceDetect: return Words::tr("Silence detect");
    case core::JobType::SilenceApply: return Words::tr("Silence apply");
    case core::JobType::MediaConvert: return Words::tr("Media convert");
    case core::JobType::TranscriptionGenerate: return Words::tr("Transcription generate");
    case core::JobType::FrameExtract: return Words::tr("Frame extract");
    case core::JobType::CaptionsGenerate: return Words::tr("Captions generate");
    case core::JobType::Unknown: return plainLine(stored);
    }
    Q_UNREACHABLE();
}

JobState stateOf(const core::jobs::JobSummary& job)
{
    switch (job.status) {
    case core::JobStatus::Pending: return JobState::Pending;
    case core::JobStatus::Running: return job.cancel.requestedAt ? JobState::CancelAsked : JobState::Running;
    case core::JobStatus::Done: return JobState::Done;
    case core::JobStatus::Failed: return JobState::Failed;
    case core::JobStatus::Cancelled:
        // nobody has to confirm what no worker had begun
        return job.startedAt && job.cancel.requestedAt && !job.cancel.acknowledgedAt ? JobState::CancelAsked : JobState::Cancelled;
    case core::JobStatus::Unknown: return JobState::Unknown;
    }
    Q_UNREACHABLE();
}

QString statusWord(const core::jobs::JobSummary& job)
{
    return job.status == core::JobStatus::Unknown ? plainLine(job.statusText) : core::jobs::statusName(job.status);
}

std::optional<std::chrono::microseconds> tookOf(const core::jobs::JobSummary& job, core::Time now)
{
    if (!job.startedAt)
        return {};
    if (job.finishedAt)
        return std::max(0us, *job.finishedAt - *job.startedAt);
    if (job.status == core::JobStatus::Running)
        return std::max(0us, now - *job.startedAt);
    return {};
}

QString messageOf(const core::jobs::JobSummary& job, core::Time now)
{
    switch (stateOf(job)) {
    case JobState::CancelAsked: return Words::tr("Still stopping, %1").arg(lengthText(now - *job.cancel.requestedAt));
    case JobState::Unknown: return Words::tr("Status not known");
    case JobState::Failed:
        if (!job.errorMessage.isEmpty())
            return plainLine(withoutFolders(job.errorMessage));
        [[fallthrough]];
    case JobState::Pending:
    case JobState::Running:
    case JobState::Done:
    case JobState::Cancelled: return plainLine(job.message);
    }
    Q_UNREACHABLE();
}

QString plainLine(const QString& outside)
{
    constexpr qsizetype longestCell = 500;
    QString line = outside.left(longestCell);
    for (QChar& character : line) {
        const char16_t unit = character.unicode();
        const bool turns =
            (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069) || unit == 0x200e || unit == 0x200f || unit == 0x61c;
        const bool isUnseen = unit == 0x200b || unit == 0x2060 || unit == 0xfeff || unit == 0x180e || unit == 0xad;
        if (unit == u'\n' || unit == u'\r' || unit == 0x2028 || unit == 0x2029)
            character = u'\u23ce';
        else if (unit == u'\t')
            character = u' ';
        else if (turns || isUnseen || unit < 0x20 || (unit >= 0x7f && unit < 0xa0))
            character = u'\ufffd';
    }
    if (outside.size() > longestCell)
        line += u'\u2026';
    return line;
}

}
