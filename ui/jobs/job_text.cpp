// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/job_text.h"

#include "core/base/json_spelling.h"
#include "ui/base/format.h"

#include <QStringList>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::FilterKey;
using core::jobs::JobSummary;

namespace {

struct Member {
    const char* name;
    QString text;
    bool isNumber = false;
};

QString timeText(const std::optional<core::Time>& time)
{
    return time ? core::base::toIsoText(*time) : QString();
}

QList<Member> membersOf(const JobSummary& job)
{
    return {{"id", job.id.toString()},
            {"job_type", job.typeText},
            {"status", job.statusText},
            {"progress_pct", QString::number(job.progressPct), true},
            {"current_message", job.message},
            {"error_message", job.errorMessage},
            {"error_code", job.errorCode},
            {"user_id", job.userId},
            {"project_id", job.projectId},
            {"broker_id", job.brokerId},
            {"dedupe_key", job.dedupeKey},
            {"attempt", QString::number(job.attempt), true},
            {"retried_from", job.retriedFrom ? job.retriedFrom->toString() : QString()},
            {"created_at", timeText(job.createdAt)},
            {"started_at", timeText(job.startedAt)},
            {"finished_at", timeText(job.finishedAt)},
            {"updated_at", timeText(job.updatedAt)},
            {"cancel_requested_at", timeText(job.cancel.requestedAt)},
            {"cancel_broker_informed_at", timeText(job.cancel.brokerInformedAt)},
            {"cancel_acknowledged_at", timeText(job.cancel.acknowledgedAt)}};
}

/// RFC 4180: quoted where a comma, a quote or a line break would be taken for one of the file's own.
QByteArray csvField(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    const bool quoted = bytes.contains(',') || bytes.contains('"') || bytes.contains('\n') || bytes.contains('\r');
    return quoted ? '"' + bytes.replace("\"", "\"\"") + '"' : bytes;
}

QString markdownCell(const QString& text)
{
    QString cell = plainLine(text);
    for (const QChar special : u"\\|`*_<>[]"_s)
        cell.replace(special, u"\\"_s + special);
    return cell;
}

QString markdownTable(const QList<JobSummary>& jobs)
{
    QStringList lines{u"| id | type | status | created | owner | message |"_s, u"|---|---|---|---|---|---|"_s};
    for (const JobSummary& job : jobs) {
        const QStringList cells{job.id.toString(), job.typeText,
                                job.statusText,    core::base::toIsoText(job.createdAt),
                                job.userId,        job.errorMessage.isEmpty() ? job.message : job.errorMessage};
        QString line = u"|"_s;
        for (const QString& cell : cells)
            line += u' ' + markdownCell(cell) + u" |"_s;
        lines << line;
    }
    return lines.join(u'\n');
}

/// One argument for a shell. Ids of others may hold anything.
QString shellArgument(const QString& text)
{
    const bool plain = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c < QChar(0x80) && (c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.');
    });
    return plain && !text.startsWith(u'-') ? text : u'\'' + QString(text).replace(u"'"_s, u"'\\''"_s) + u'\'';
}

core::jobs::Filter term(FilterKey key, const QString& text)
{
    return {core::jobs::FilterTerm{.key = key, .path = {}, .values = {core::jobs::FilterText{text, false}}}};
}

std::optional<core::jobs::Filter> termOf(const JobSummary& job, JobColumn column)
{
    const auto unlessEmpty = [](FilterKey key, const QString& text) {
        return text.isEmpty() ? std::nullopt : std::optional(term(key, text));
    };
    switch (column) {
    case JobColumn::Status:
        return term(FilterKey::Status, job.status == core::JobStatus::Unknown ? u"UNKNOWN"_s : core::jobs::statusName(job.status));
    case JobColumn::Type: return term(FilterKey::Type, core::jobs::jobTypeName(job.type));
    case JobColumn::Owner: return unlessEmpty(FilterKey::Owner, job.userId);
    case JobColumn::Project: return unlessEmpty(FilterKey::Project, job.projectId);
    case JobColumn::Message:
        return job.errorMessage.isEmpty() ? unlessEmpty(FilterKey::Message, job.message) : unlessEmpty(FilterKey::Error, job.errorMessage);
    case JobColumn::ErrorCode: return unlessEmpty(FilterKey::Error, job.errorCode);
    case JobColumn::Id: return term(FilterKey::Id, job.id.toString());
    case JobColumn::Created:
        return core::jobs::Filter{core::jobs::FilterTerm{.key = FilterKey::Since, .path = {}, .values = {job.createdAt}}};
    case JobColumn::Attempt:
        return core::jobs::Filter{
            core::jobs::FilterTerm{.key = FilterKey::Attempt,
                                   .path = {},
                                   .values = {core::jobs::FilterAmount{core::jobs::Comparison::Equal, double(job.attempt)}}}};
    case JobColumn::Took: {
        const auto took = job.finishedAt ? tookOf(job, *job.finishedAt) : std::nullopt;
        if (!took)
            return {};
        return core::jobs::Filter{
            core::jobs::FilterTerm{.key = FilterKey::Took,
                                   .path = {},
                                   .values = {core::jobs::FilterAmount{core::jobs::Comparison::AtLeast, double(took->count())}}}};
    }
    case JobColumn::Progress:
    case JobColumn::Updated: return {};
    }
    Q_UNREACHABLE();
}

}

QByteArray jobJson(const JobSummary& job)
{
    QByteArray json;
    const auto members = membersOf(job);
    for (const Member& member : members) {
        json += json.isEmpty() ? '{' : ',';
        json += '"' + QByteArray(member.name) + "\":";
        json += member.isNumber ? member.text.toLatin1() : member.text.isEmpty() ? "null"_ba : core::base::encodeJsonString(member.text);
    }
    return json + '}';
}

QByteArray csvHeader()
{
    QByteArrayList names;
    const auto members = membersOf({});
    for (const Member& member : members)
        names << member.name;
    return names.join(',') + "\r\n";
}

QByteArray csvLine(const JobSummary& job)
{
    QByteArrayList fields;
    const auto members = membersOf(job);
    for (const Member& member : members)
        fields << csvField(member.text);
    return fields.join(',') + "\r\n";
}

QString jobsAsText(const QList<JobSummary>& jobs, JobFormat format)
{
    QStringList lines;
    switch (format) {
    case JobFormat::Ids:
        for (const JobSummary& job : jobs)
            lines << job.id.toString();
        return lines.join(u'\n');
    case JobFormat::Command:
        for (const JobSummary& job : jobs)
            lines << u"signalboxctl show "_s + shellArgument(job.id.toString());
        return lines.join(u'\n');
    case JobFormat::Ndjson:
        for (const JobSummary& job : jobs)
            lines << QString::fromUtf8(jobJson(job));
        return lines.join(u'\n');
    case JobFormat::Json:
        if (jobs.size() == 1)
            return QString::fromUtf8(jobJson(jobs.constFirst()));
        for (const JobSummary& job : jobs)
            lines << QString::fromUtf8(jobJson(job));
        return u"[\n"_s + lines.join(u",\n"_s) + u"\n]"_s;
    case JobFormat::Csv: {
        QByteArray csv = csvHeader();
        for (const JobSummary& job : jobs)
            csv += csvLine(job);
        return QString::fromUtf8(csv.chopped(2));
    }
    case JobFormat::Markdown: return markdownTable(jobs);
    }
    Q_UNREACHABLE();
}

QString endingOf(JobFormat format)
{
    switch (format) {
    case JobFormat::Json: return u"json"_s;
    case JobFormat::Ndjson: return u"ndjson"_s;
    case JobFormat::Csv: return u"csv"_s;
    case JobFormat::Markdown: return u"md"_s;
    case JobFormat::Ids:
    case JobFormat::Command: return u"txt"_s;
    }
    Q_UNREACHABLE();
}

QString filterTermOf(const JobSummary& job, JobColumn column, bool negated)
{
    const auto term = termOf(job, column);
    if (!term)
        return {};
    return core::jobs::toText(negated ? core::jobs::negated(*term) : *term);
}

}
