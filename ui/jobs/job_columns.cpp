// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/job_columns.h"

#include "ui/theme/metrics.h"

#include <QCoreApplication>
#include <QFontMetrics>

#include <algorithm>

#include <limits>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::JobSort;
using core::jobs::SortDirection;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::JobColumn", text);
}

}

JobColumnFacts factsOf(JobColumn column)
{
    switch (column) {
    case JobColumn::Status: return {u"status"_s, tr("Status"), tr("Where the job stands, as it is stored."), 115};
    case JobColumn::Type: return {u"type"_s, tr("Type"), tr("What the job does."), 104};
    case JobColumn::Progress: return {u"progress"_s, tr("Progress"), tr("How far it came, as its worker reported."), 85, true, true};
    case JobColumn::Created: return {u"created"_s, tr("Created"), tr("When it was asked for."), 83, true, true, JobSort::Created};
    case JobColumn::Took: return {u"took"_s, tr("Took"), tr("From its start to its end, or to now."), 76, true, true, JobSort::Took};
    case JobColumn::Owner: return {u"owner"_s, tr("Owner"), tr("Whose job it is."), 60};
    case JobColumn::Message: return {u"message"_s, tr("Message"), tr("The last word about it."), 160};
    case JobColumn::Updated:
        return {u"updated"_s, tr("Updated"), tr("When anything of it last changed."), 83, false, true, JobSort::Updated};
    case JobColumn::Project: return {u"project"_s, tr("Project"), tr("The project it belongs to."), 80, false};
    case JobColumn::Attempt: return {u"attempt"_s, tr("Attempt"), tr("How many times a worker took it."), 64, false, true};
    case JobColumn::Id: return {u"id"_s, tr("Id"), tr("The whole id."), 250, false};
    case JobColumn::ErrorCode: return {u"error_code"_s, tr("Error code"), tr("The stable code of what went wrong."), 120, false};
    }
    Q_UNREACHABLE();
}

int defaultWidth(JobColumn column)
{
    const int width = scaled(factsOf(column).width);
    if (column != JobColumn::Status)
        return width;
    using core::JobStatus;
    const QFontMetrics metrics(textFont(TextRole::SmallEmphasis));
    int widest = 0;
    for (const JobStatus status : {JobStatus::Pending, JobStatus::Running, JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled})
        widest = std::max(widest, metrics.horizontalAdvance(core::jobs::statusName(status)));
    return std::max(width, widest + 1 + scaled(firstCellPadding) + scaled(statusIcon) + scaled(statusGap) + scaled(cellPadding));
}

QList<JobColumn> allJobColumns()
{
    QList<JobColumn> columns;
    for (int column = 0; column < jobColumnCount; ++column)
        columns << static_cast<JobColumn>(column);
    return columns;
}

JobColumn columnOfSort(JobSort sort)
{
    for (const JobColumn column : allJobColumns()) {
        if (factsOf(column).sort == sort)
            return column;
    }
    return JobColumn::Created;
}

bool isTimeSort(JobSort sort)
{
    switch (sort) {
    case JobSort::Created:
    case JobSort::Updated: return true;
    case JobSort::Took: return false;
    }
    Q_UNREACHABLE();
}

std::optional<qint64> keyValue(qint64 place)
{
    return place == noPlace ? std::nullopt : std::optional(place);
}

qint64 sortMicros(const core::jobs::JobSummary& job, JobSort sort)
{
    switch (sort) {
    case JobSort::Created: return core::base::toMicros(job.createdAt);
    case JobSort::Updated: return core::base::toMicros(job.updatedAt);
    case JobSort::Took: return core::jobs::keyOf(job, sort).value.value_or(noPlace);
    }
    Q_UNREACHABLE();
}

core::jobs::JobKey keyBefore(qint64 micros, SortDirection direction)
{
    // ids are compared as text: nothing stands before the empty one, and no id begins with the last code point
    const QString id = direction == SortDirection::NewestFirst ? u"\U0010FFFF"_s : QString(u""_s);
    return {keyValue(micros), core::JobId{id}};
}

core::jobs::JobKey keyBeyondEnd(SortDirection direction)
{
    using Limits = std::numeric_limits<qint64>;
    if (direction == SortDirection::NewestFirst)
        return {Limits::min(), core::JobId{u""_s}};
    return {Limits::max(), core::JobId{u"\U0010FFFF"_s}};
}

}
