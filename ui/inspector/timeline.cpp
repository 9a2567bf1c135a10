// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/timeline.h"

#include "ui/base/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::Time;
using core::backend::JobStory;
using core::jobs::JobAttempt;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::timeline", text);
}

TimelineBar bar(Time from, Time to, JobState look, const QString& word)
{
    TimelineBar made;
    made.from = from;
    made.to = std::max(from, to);
    made.look = look;
    made.text = tr("%1 %2").arg(word, lengthText(made.to - made.from));
    return made;
}

QString endTextOf(const core::jobs::JobSummary& job)
{
    const bool tellsProgress = job.status == core::JobStatus::Failed || job.status == core::JobStatus::Cancelled;
    return tellsProgress && job.progressPct > 0 ? tr("%1 at %2%").arg(statusWord(job)).arg(job.progressPct) : statusWord(job);
}

void endHere(TimelineBar& last, const core::jobs::JobSummary& job)
{
    last.end = stateOf(job) == JobState::CancelAsked ? JobState::Cancelled : stateOf(job);
    last.endText = endTextOf(job);
}

/// Waits before the first attempt, and between a lost or stopped one and the next.
TimelineLane queueLane(const JobStory& story, Time now)
{
    const auto& job = story.job;
    TimelineLane lane;
    lane.name = tr("Queue");
    Time since = job.createdAt;
    for (const JobAttempt& attempt : story.attempts) {
        if (attempt.startedAt > since || lane.bars.isEmpty())
            lane.bars.append(bar(since, attempt.startedAt, JobState::Pending, u"PENDING"_s));
        since = attempt.finishedAt.value_or(now);
    }
    if (!story.attempts.isEmpty()) {
        const bool waitsAgain = !core::jobs::isTerminal(job.status) && story.attempts.last().finishedAt;
        if (waitsAgain) {
            lane.bars.append(bar(since, now, JobState::Pending, tr("waits again")));
            lane.bars.last().isOpen = true;
        }
        return lane;
    }
    if (job.startedAt) {
        lane.bars.append(bar(since, *job.startedAt, JobState::Pending, u"PENDING"_s));
        return lane;
    }
    lane.bars.append(bar(since, job.finishedAt.value_or(now), JobState::Pending, u"PENDING"_s));
    lane.bars.last().isOpen = !job.finishedAt;
    if (job.finishedAt)
        endHere(lane.bars.last(), job);
    return lane;
}

TimelineLane attemptLane(const JobStory& story, const JobAttempt& attempt, bool isLast, Time now)
{
    const auto& job = story.job;
    TimelineLane lane;
    lane.name = tr("Attempt %1").arg(attempt.attempt);
    const Time end = attempt.finishedAt.value_or(now);
    if (attempt.outcome == u"lost") {
        lane.bars.append(bar(attempt.startedAt, end, JobState::CancelAsked, tr("worker lost")));
    } else if (attempt.outcome == u"stopped") {
        lane.bars.append(bar(attempt.startedAt, end, JobState::CancelAsked, tr("handed back")));
    } else {
        // after the job's end the worker may still be stopping
        const Time over = isLast && job.finishedAt ? std::clamp(*job.finishedAt, attempt.startedAt, std::max(end, attempt.startedAt)) : end;
        lane.bars.append(bar(attempt.startedAt, over, JobState::Running, u"RUNNING"_s));
        if (end > over && job.cancel.requestedAt)
            lane.bars.append(bar(over, end, JobState::CancelAsked, tr("stopping")));
        lane.bars.last().isOpen = !attempt.finishedAt;
    }
    if (isLast && job.finishedAt)
        endHere(lane.bars.first(), job);
    return lane;
}

/// A store of others may have no attempt rows: then the job's own times are all there is.
TimelineLane runLane(const JobStory& story, Time now)
{
    const auto& job = story.job;
    TimelineLane lane;
    lane.name = tr("Run");
    lane.bars.append(bar(*job.startedAt, job.finishedAt.value_or(now), JobState::Running, u"RUNNING"_s));
    lane.bars.last().isOpen = !job.finishedAt;
    if (job.finishedAt)
        endHere(lane.bars.last(), job);
    return lane;
}

int laneOf(const Timeline& timeline, Time at)
{
    for (int lane = static_cast<int>(timeline.lanes.size()) - 1; lane > 0; --lane) {
        if (timeline.lanes.at(lane).bars.first().from <= at && at <= timeline.lanes.at(lane).bars.last().to)
            return lane;
    }
    return 0;
}

}

QString eventText(const core::jobs::JobEvent& event)
{
    if (!event.message.isEmpty())
        return plainLine(event.message);
    if (event.progressPct && event.eventType == u"progress")
        return tr("%1%").arg(*event.progressPct);
    return plainLine(event.statusText.isEmpty() ? event.eventType : event.statusText);
}

Timeline timelineOf(const JobStory& story, Time now)
{
    Timeline timeline;
    timeline.lanes.append(queueLane(story, now));
    for (const JobAttempt& attempt : story.attempts)
        timeline.lanes.append(attemptLane(story, attempt, &attempt == &story.attempts.last(), now));
    if (story.attempts.isEmpty() && story.job.startedAt)
        timeline.lanes.append(runLane(story, now));

    QList<Time> edges;
    for (const TimelineLane& lane : std::as_const(timeline.lanes)) {
        for (const TimelineBar& each : lane.bars)
            edges << each.from << each.to;
    }
    for (const auto& event : story.events) {
        edges << event.createdAt;
        timeline.stops.append({event.createdAt, laneOf(timeline, event.createdAt), event.sequence, eventText(event)});
    }
    std::stable_sort(timeline.stops.begin(), timeline.stops.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    std::sort(edges.begin(), edges.end());
    timeline.from = edges.first();
    timeline.to = edges.last();
    timeline.cuts = longGaps(edges);
    return timeline;
}

}
