// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/why_findings.h"

#include "ui/base/format.h"
#include "ui/base/log_lines.h"
#include "ui/inspector/command_text.h"
#include "ui/inspector/timeline.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::JobStatus;
using core::backend::HostFailures;
using core::backend::JobStory;
using core::jobs::JobAttempt;
using Source = WhyFinding::Source;

namespace {

constexpr qsizetype mostLogRead = 256 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::why_findings", text);
}

WhyFinding made(const QString& claim, const QString& evidence, Source source, qint64 place, const QString& link)
{
    WhyFinding finding;
    finding.claim = claim;
    finding.evidence = plainLine(evidence);
    finding.source = source;
    finding.place = place;
    finding.link = link;
    return finding;
}

void addWaiting(const JobStory& story, core::Time now, QList<WhyFinding>& findings)
{
    const auto& queue = story.queue;
    const QString link = tr("Broker");
    if (queue.paused)
        findings.append(made(tr("The queue is paused"), tr("No worker takes a message of queue %1 until it goes on").arg(queue.queue),
                             Source::Broker, 0, link));
    const auto alive = std::count_if(queue.workers.begin(), queue.workers.end(), [&](const auto& worker) { return isAlive(worker, now); });
    if (alive == 0) {
        findings.append(made(tr("No worker is alive"),
                             queue.workers.isEmpty() ? tr("Queue %1 has no worker").arg(queue.queue)
                                                     : tr("The last one gave no sign of life for longer than its lease"),
                             Source::Broker, 0, link));
    }
    if (story.messages.isEmpty()) {
        findings.append(
            made(tr("No message for it is in the queue"), tr("Nothing will take it until it is submitted again"), Source::Broker, 0, link));
    } else if (story.waitingBefore > 0) {
        findings.append(
            made(story.waitingBefore == 1 ? tr("One job is before it") : tr("%1 jobs are before it").arg(countText(story.waitingBefore)),
                 tr("%1 wait and %2 run in queue %3").arg(countText(queue.waiting), countText(queue.leased), queue.queue), Source::Broker,
                 0, link));
    } else if (alive > 0 && !queue.paused && story.messages.first().leasedBy.isEmpty()) {
        findings.append(made(tr("It is the next in the queue"), tr("%1 of %2 workers alive").arg(alive).arg(queue.workers.size()),
                             Source::Broker, 0, link));
    }
}

void addEvents(const JobStory& story, QList<WhyFinding>& findings)
{
    for (const auto& event : story.events) {
        const QString link = tr("Event %1").arg(event.sequence);
        const bool fellBack =
            event.message.contains(u"fell back", Qt::CaseInsensitive) || event.message.contains(u"fallback", Qt::CaseInsensitive);
        if (event.eventType == u"worker_lost")
            findings.append(made(tr("A worker was lost in the middle of it"), event.message, Source::Event, event.sequence, link));
        else if (event.eventType == u"handed_back")
            findings.append(made(tr("A worker handed it back"), event.message, Source::Event, event.sequence, link));
        else if (event.eventType == u"cancel_requested")
            findings.append(made(tr("A cancel was asked"), event.message, Source::Event, event.sequence, link));
        else if (fellBack)
            findings.append(made(tr("It fell back to another way"), event.message, Source::Event, event.sequence, link));
    }
}

void addFallback(const QString& reason, QList<WhyFinding>& findings)
{
    const bool isTold =
        std::any_of(findings.cbegin(), findings.cend(), [&](const WhyFinding& each) { return each.evidence.contains(reason); });
    if (!reason.isEmpty() && !isTold)
        findings.append(made(tr("It fell back to another way"), reason, Source::Output, 0, tr("Output")));
}

void addRun(const JobStory& story, QList<WhyFinding>& findings)
{
    if (story.attempts.isEmpty())
        return;
    const JobAttempt& attempt = story.attempts.last();
    const auto runs = commandsOf(attempt.commands);
    const CommandRun* run = tellingCommand(runs);
    if (run && (run->exitCode.value_or(0) != 0 || run->signal != 0)) {
        findings.append(
            made(tr("%1 %2").arg(plainLine(programOf(*run)), run->signal != 0 ? endOf(*run) : tr("ended with %1").arg(endOf(*run))),
                 tr("attempt %1 on %2, process %3").arg(attempt.attempt).arg(attempt.host).arg(attempt.pid), Source::Attempt,
                 attempt.attempt, tr("Attempt %1").arg(attempt.attempt)));
    }
    LogLines log;
    log.setText(attempt.log.value_or(QByteArray()));
    // of a long log its end: each line is held against two dozen words
    qsizetype read = 0;
    int from = log.count();
    while (from > 0 && read <= mostLogRead)
        read += log.raw(--from).size() + 1;
    for (int line = from; line < log.count(); ++line) {
        if (looksLikeTrouble(log.raw(line))) {    // the first one: what follows is mostly its consequence
            findings.append(
                made(tr("The log names trouble"), log.visible(line), Source::LogLine, line + 1, tr("Log line %1").arg(line + 1)));
            return;
        }
    }
}

void addSameErrors(const JobStory& story, const QList<HostFailures>& hosts, QList<WhyFinding>& findings)
{
    qint64 failed = 0;
    QStringList with;
    QStringList without;
    qint64 healthy = 0;
    for (const HostFailures& host : hosts) {
        failed += host.failed;
        if (host.failed > 0)
            with << host.host;
        else if (!host.host.isEmpty())
            without << host.host;
        if (host.failed == 0)
            healthy += host.jobs;
    }
    if (failed < 2)
        return;
    const bool oneHost = with.size() == 1 && !with.first().isEmpty();
    const QString claim = oneHost ? tr("%1 jobs failed the same way in 24 h, all on %2").arg(countText(failed), plainLine(with.first()))
                                  : tr("%1 jobs failed the same way in 24 h").arg(countText(failed));
    QString evidence = oneHost ? QString() : tr("on %1 hosts").arg(with.size());
    if (!without.isEmpty())
        evidence = tr("0 of %1 on %2").arg(countText(healthy), without.mid(0, 4).join(tr(" and ")));
    auto finding = made(claim, evidence, Source::Jobs, 0, tr("Show them"));
    finding.filter = sameErrorFilter(story.job);
    findings.append(finding);
}

void addSilentWorker(const JobStory& story, core::Time now, QList<WhyFinding>& findings)
{
    for (const auto& message : story.messages) {
        for (const auto& worker : story.queue.workers) {
            if (worker.id == message.leasedBy && !isAlive(worker, now))
                findings.append(made(
                    tr("Its worker gives no sign of life"),
                    tr("last seen %1 ago, process %2 on %3").arg(relativeTime(worker.lastSeenAt, now)).arg(worker.pid).arg(worker.host),
                    Source::Broker, 0, tr("Broker")));
        }
    }
}

}

bool isAlive(const core::broker::Worker& worker, core::Time now)
{
    const std::chrono::microseconds lease(worker.leaseUs);
    if (worker.bootId == core::base::bootId())
        return core::base::monotonicMicros() - worker.heartbeatUs <= worker.leaseUs;
    return now - worker.lastSeenAt <= lease;    // another machine: its wall clock is all there is
}

QString sameErrorFilter(const core::jobs::JobSummary& job)
{
    QString wanted = job.errorCode.isEmpty() ? job.errorMessage.section(u'\n', 0, 0).left(120) : job.errorCode;
    wanted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    const QString type = job.typeText.toLower().replace(u'_', u'-');
    return u"status:failed type:%1 error:\"%2\" since:24h"_s.arg(type, wanted);
}

bool asksWhy(const JobStory& story, const QList<WhyFinding>& findings)
{
    switch (story.job.status) {
    case JobStatus::Failed:
    case JobStatus::Unknown: return true;
    case JobStatus::Pending:
    case JobStatus::Running:
    case JobStatus::Done:
    case JobStatus::Cancelled: return !findings.isEmpty();
    }
    Q_UNREACHABLE();
}

QList<WhyFinding> findWhy(const JobStory& story, const QList<HostFailures>& hosts, core::Time now, const QString& fallbackReason)
{
    QList<WhyFinding> findings;
    if (story.job.status == JobStatus::Pending)
        addWaiting(story, now, findings);
    addEvents(story, findings);
    addFallback(fallbackReason, findings);
    if (story.job.status == JobStatus::Failed || story.job.status == JobStatus::Unknown)
        addRun(story, findings);
    if (story.job.status == JobStatus::Failed)
        addSameErrors(story, hosts, findings);
    if (story.job.status == JobStatus::Running || story.job.status == JobStatus::Cancelled)
        addSilentWorker(story, now, findings);
    return findings;
}

}
