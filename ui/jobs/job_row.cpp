// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/job_row.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"

#include <QStringList>

namespace ui {

using namespace Qt::StringLiterals;
using core::jobs::JobStatus;
using core::jobs::JobSummary;

namespace {

const QString dash = u"\u2013"_s;

quint16 bit(JobColumn column)
{
    return static_cast<quint16>(1U << static_cast<unsigned>(column));
}

QString timeText(core::Time time, const TimeStyle& style)
{
    return style.relative ? relativeTime(time, style.now) : shortTime(time, style.now, style.zone);
}

QString progressText(const JobSummary& job)
{
    switch (progressOf(job)) {
    case ProgressShown::Nothing: return {};
    case ProgressShown::Dash: return dash;
    case ProgressShown::Bar: return u"%1%"_s.arg(job.progressPct);
    }
    Q_UNREACHABLE();
}

}

bool standsBelow(const JobRow& left, const JobRow& right, core::jobs::SortDirection direction)
{
    const bool isSame = left.place() == right.place() && left.id() == right.id();
    const bool isLess = left.place() != right.place() ? left.place() < right.place() : left.id() < right.id();
    return !isSame && isLess == (direction == core::jobs::SortDirection::NewestFirst);
}

ProgressShown progressOf(const JobSummary& job)
{
    if (job.status == JobStatus::Done)
        return ProgressShown::Nothing;
    if (job.progressPct > 0 || job.startedAt)
        return ProgressShown::Bar;
    return ProgressShown::Dash;
}

QString JobRow::textUnder(JobColumn column, const TimeStyle& style) const
{
    switch (column) {
    case JobColumn::Status: return statusWord(m_job);
    case JobColumn::Type: return typeShortName(m_job.type, m_job.typeText);
    case JobColumn::Progress: return progressText(m_job);
    case JobColumn::Created: return timeText(m_job.createdAt, style);
    case JobColumn::Took: {
        const auto took = tookOf(m_job, style.now);
        return took ? lengthText(*took) : QString();
    }
    case JobColumn::Owner: return plainLine(m_job.userId);
    case JobColumn::Message: return messageOf(m_job, style.now);
    case JobColumn::Updated: return timeText(m_job.updatedAt, style);
    case JobColumn::Project: return plainLine(m_job.projectId);
    case JobColumn::Attempt: return m_job.attempt > 0 ? QString::number(m_job.attempt) : dash;
    case JobColumn::Id: return plainLine(m_job.id.toString());
    case JobColumn::ErrorCode: return plainLine(m_job.errorCode);
    }
    Q_UNREACHABLE();
}

const QString& JobRow::text(JobColumn column, const TimeStyle& style) const
{
    if (m_stamp != style.stamp) {
        m_made = 0;
        m_stamp = style.stamp;
    }
    QString& text = m_texts[static_cast<size_t>(column)];
    if (!(m_made & bit(column))) {
        text = textUnder(column, style);
        m_made |= bit(column);
    }
    return text;
}

QString JobRow::exactText(JobColumn column, const TimeStyle& style) const
{
    switch (column) {
    case JobColumn::Created: return exactTime(m_job.createdAt, style.zone);
    case JobColumn::Updated: return exactTime(m_job.updatedAt, style.zone);
    case JobColumn::Took: {
        QStringList lines;
        if (m_job.startedAt)
            lines << u"%1  %2"_s.arg(exactTime(*m_job.startedAt, style.zone), text(column, style));
        if (m_job.finishedAt)
            lines << exactTime(*m_job.finishedAt, style.zone);
        return lines.join(u'\n');
    }
    case JobColumn::Type: return plainLines(m_job.typeText);
    case JobColumn::Message: {
        const QString said = text(column, style);
        const QString whole = m_job.errorMessage.isEmpty() ? m_job.message : m_job.errorMessage;
        return whole.isEmpty() || plainLine(whole) == whole ? (whole.isEmpty() ? said : whole) : plainLines(whole);
    }
    case JobColumn::Status:
    case JobColumn::Progress:
    case JobColumn::Owner:
    case JobColumn::Project:
    case JobColumn::Attempt:
    case JobColumn::Id:
    case JobColumn::ErrorCode: return text(column, style);
    }
    Q_UNREACHABLE();
}

JobRow::Changed JobRow::replace(const JobSummary& job)
{
    quint16 changed = 0;
    if (job.statusText != m_job.statusText || job.cancel != m_job.cancel)
        changed |= bit(JobColumn::Status);
    if (job.progressPct != m_job.progressPct)
        changed |= bit(JobColumn::Progress);
    if (job.message != m_job.message || job.errorMessage != m_job.errorMessage || job.cancel != m_job.cancel)
        changed |= bit(JobColumn::Message);
    if (job.startedAt != m_job.startedAt || job.finishedAt != m_job.finishedAt)
        changed |= bit(JobColumn::Took);
    if (job.attempt != m_job.attempt)
        changed |= bit(JobColumn::Attempt);
    if (job.errorCode != m_job.errorCode)
        changed |= bit(JobColumn::ErrorCode);
    if (job.updatedAt != m_job.updatedAt)
        changed |= bit(JobColumn::Updated);
    // the state gives other cells their ink and their words; whatever else is compared nowhere above may stand anywhere
    constexpr quint16 everywhere = (1U << static_cast<unsigned>(jobColumnCount)) - 1;
    const bool isReport = !(changed & (bit(JobColumn::Status) | bit(JobColumn::Took))) && changed != 0;
    const quint16 looks = isReport ? changed : everywhere;
    m_job = job;
    m_made &= static_cast<quint16>(~looks);
    return {looks, changed};
}

quint16 JobRow::changedTexts(const TimeStyle& style) const
{
    if (m_made == 0 || m_stamp == style.stamp)
        return 0;
    quint16 changed = 0;
    for (size_t i = 0; i < m_texts.size(); ++i) {
        const auto column = static_cast<JobColumn>(i);
        if (!(m_made & bit(column)))
            continue;
        QString fresh = textUnder(column, style);
        if (fresh == m_texts[i])
            continue;
        changed |= bit(column);
        m_texts[i] = std::move(fresh);
    }
    m_stamp = style.stamp;
    return changed;
}

}
