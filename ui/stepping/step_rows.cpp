// SPDX-License-Identifier: Apache-2.0
#include "ui/stepping/step_rows.h"

#include "ui/base/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::JobSummary;
using core::scenarios::Run;
using core::scenarios::Snapshot;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::StepRows", text);
}

QString orNull(const QString& text)
{
    return text.isEmpty() ? u"null"_s : plainLine(text);
}

QString timeOrNull(const std::optional<core::Time>& time, const QTimeZone& zone)
{
    return time ? exactTime(*time, zone).section(u' ', 0, 1) : u"null"_s;
}

QString rowsText(qsizetype count)
{
    return count == 1 ? tr("1 row") : tr("%1 rows").arg(countText(count));
}

DiffRow heading(const QString& table, qsizetype count)
{
    return {DiffMark::Heading, {u"%1 \u00b7 %2"_s.arg(table, rowsText(count))}};
}

/// The job's columns, each as a pair of texts.
QList<DiffRow> jobColumns(const Snapshot& before, const Snapshot& after, const QTimeZone& zone)
{
    QList<DiffRow> rows;
    const auto add = [&](const QString& column, const auto& textOf) {
        const QString old = textOf(before);
        const QString fresh = textOf(after);
        rows << DiffRow{old == fresh ? DiffMark::Same : DiffMark::Changed, {column, old, fresh}};
    };
    const auto addTime = [&](const QString& column, const auto& timeOf) {
        add(column, [&](const Snapshot& at) { return timeOrNull(timeOf(at.job), zone); });
    };
    add(u"status"_s, [](const Snapshot& at) { return statusWord(at.job); });
    add(u"progress_pct"_s, [](const Snapshot& at) { return QString::number(at.job.progressPct); });
    add(u"current_message"_s, [](const Snapshot& at) { return orNull(at.job.message); });
    add(u"attempt"_s, [](const Snapshot& at) { return QString::number(at.job.attempt); });
    add(u"error_code"_s, [](const Snapshot& at) { return orNull(at.job.errorCode); });
    add(u"error_message"_s, [](const Snapshot& at) { return orNull(at.job.errorMessage); });
    add(u"output_data"_s, [](const Snapshot& at) { return at.outputBytes ? tr("%1 bytes").arg(countText(*at.outputBytes)) : u"null"_s; });
    addTime(u"started_at"_s, [](const JobSummary& job) { return job.startedAt; });
    addTime(u"finished_at"_s, [](const JobSummary& job) { return job.finishedAt; });
    addTime(u"updated_at"_s, [](const JobSummary& job) { return std::optional(job.updatedAt); });
    if (after.job.cancel.requestedAt) {
        addTime(u"cancel_requested_at"_s, [](const JobSummary& job) { return job.cancel.requestedAt; });
        addTime(u"cancel_broker_informed_at"_s, [](const JobSummary& job) { return job.cancel.brokerInformedAt; });
        addTime(u"cancel_acknowledged_at"_s, [](const JobSummary& job) { return job.cancel.acknowledgedAt; });
    }
    return rows;
}

QString eventText(const core::jobs::JobEvent& event)
{
    QStringList words{plainLine(event.eventType)};
    if (!event.statusText.isEmpty())
        words << plainLine(event.statusText);
    if (event.progressPct)
        words << u"%1%"_s.arg(*event.progressPct);
    if (!event.message.isEmpty())
        words << plainLine(event.message);
    return words.join(u' ');
}

QString artifactText(const core::files::ArtifactWithFile& made)
{
    return made.file ? u"%1, %2"_s.arg(plainLine(made.artifact.kind), plainLine(made.file->path)) : plainLine(made.artifact.kind);
}

QString notificationText(const core::notifications::Notification& row)
{
    return row.userId.isEmpty() ? plainLine(row.title) : u"%1, %2"_s.arg(plainLine(row.title), plainLine(row.userId));
}

/// A table that rows are only added to: those from `from` to `end`, the ones after `old` new.
template <class Row, class Text>
void addRows(QList<DiffRow>& rows, const QList<Row>& all, qsizetype from, qsizetype old, qsizetype end, Text textOf)
{
    for (qsizetype i = from; i < end; ++i) {
        const bool isNew = i >= old;
        rows << DiffRow{isNew ? DiffMark::Added : DiffMark::Same,
                        {QString::number(i + 1), isNew ? tr("no row") : QString(), textOf(all.at(i))}};
    }
}

}

QList<DiffRow> rowsAfter(const Run& run, qsizetype position, const QTimeZone& zone)
{
    const Snapshot& after = run.at(position);
    const Snapshot& before = run.at(std::max<qsizetype>(0, position - 1));
    QList<DiffRow> rows{heading(u"jobs"_s, 1)};
    rows << jobColumns(before, after, zone);
    rows << heading(u"job_events"_s, after.events);
    const qsizetype from = std::max<qsizetype>(0, after.events - eventRowsShown);
    if (from > 0)
        rows << DiffRow{DiffMark::Same, {tr("1 to %1").arg(countText(from)), {}, tr("older events")}};
    addRows(rows, run.events, from, before.events, after.events, eventText);
    rows << heading(u"artifacts"_s, after.artifacts);
    addRows(rows, run.artifacts, 0, before.artifacts, after.artifacts, artifactText);
    rows << heading(u"notifications"_s, after.notifications);
    addRows(rows, run.notifications, 0, before.notifications, after.notifications, notificationText);
    return rows;
}

}
