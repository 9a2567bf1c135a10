// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_diff.h"

#include "ui/base/format.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::JobSummary;
using core::tasks::WebhookOutcome;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::ReplayDiff", text);
}

QString orNull(const QString& text)
{
    return text.isEmpty() ? u"null"_s : plainLine(text);
}

QString timeOrNull(const std::optional<core::Time>& time, const QTimeZone& zone)
{
    return time ? exactTime(*time, zone).section(u' ', 0, 1) : u"null"_s;
}

QList<DiffRow> columnsOf(const JobSummary& before, const JobSummary& after, const QTimeZone& zone)
{
    const QStringList all[] = {
        {u"status"_s, statusWord(before), statusWord(after)},
        {u"progress_pct"_s, QString::number(before.progressPct), QString::number(after.progressPct)},
        {u"current_message"_s, orNull(before.message), orNull(after.message)},
        {u"error_code"_s, orNull(before.errorCode), orNull(after.errorCode)},
        {u"error_message"_s, orNull(before.errorMessage), orNull(after.errorMessage)},
        {u"started_at"_s, timeOrNull(before.startedAt, zone), timeOrNull(after.startedAt, zone)},
        {u"finished_at"_s, timeOrNull(before.finishedAt, zone), timeOrNull(after.finishedAt, zone)},
        {u"attempt"_s, QString::number(before.attempt), QString::number(after.attempt)},
    };
    QList<DiffRow> rows;
    for (const QStringList& cells : all) {
        const bool isSame = cells[1] == cells[2];
        if (!isSame || cells[0] == "attempt"_L1)
            rows << DiffRow{isSame ? DiffMark::Same : DiffMark::Changed, cells};
    }
    return rows;
}

QString artifactText(const core::files::ArtifactWithFile& made)
{
    return made.file ? u"%1, %2"_s.arg(plainLine(made.artifact.kind), plainLine(made.file->path)) : plainLine(made.artifact.kind);
}

}

QList<DiffRow> diffOf(const WebhookOutcome& outcome, const QTimeZone& zone)
{
    QList<DiffRow> rows;
    if (outcome.before && outcome.after && *outcome.before != *outcome.after) {
        rows << DiffRow{DiffMark::Heading, {u"jobs"_s}};
        rows << columnsOf(*outcome.before, *outcome.after, zone);
    }
    QList<DiffRow> added;
    const auto add = [&added](const QString& table, const QString& what) {
        added << DiffRow{DiffMark::Added, {table, tr("no row"), what}};
    };
    if (outcome.outcome == core::webhooks::Outcome::Applied) {
        if (outcome.event)
            add(u"job_events"_s,
                tr("sequence %1, %2")
                    .arg(outcome.event->sequence)
                    .arg(plainLine(outcome.event->statusText.isEmpty() ? outcome.event->eventType : outcome.event->statusText)));
        for (const auto& made : outcome.artifacts)
            add(u"artifacts"_s, artifactText(made));
        if (outcome.notification)
            add(u"notifications"_s, outcome.notification->userId.isEmpty()
                                        ? plainLine(outcome.notification->kind)
                                        : u"%1, %2"_s.arg(plainLine(outcome.notification->kind), plainLine(outcome.notification->userId)));
    }
    if (!added.isEmpty())
        rows << DiffRow{DiffMark::Heading, {tr("New rows")}} << added;
    return rows;
}

}
