// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/work_command.h"

#include "app/signalboxctl/change_feed.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

#include <QStringList>

#include <utility>

namespace app {

using core::errorOf;
using core::Result;
using core::backend::Backend;
using core::jobs::JobEvent;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds drainLook{1};    // a message may go from the queue without a change of its job

/// With JSON every event; for people each change of a status.
void printEvents(Output& output, const QList<JobEvent>& events)
{
    for (const JobEvent& event : events) {
        if (output.isJson())
            output.json(eventRow(event));
        else if (!event.statusText.isEmpty() && event.eventType != u"progress"_s)
            output.line(u"%1  %2  %3  %4"_s.arg(exactText(event.createdAt), visible(event.statusText).leftJustified(9),
                                                visible(event.jobId.toString()), visible(event.message)));
    }
    output.flush();
}

Result<bool> isQueueEmpty(Session& session)
{
    const auto queue = session.backend.queueState().wait();
    if (!queue)
        return errorOf(queue);
    return queue->waiting == 0 && queue->leased == 0;
}

/// Of a server: the workers go on as well, and what they have done is written when it is back.
bool mayComeBack(const core::Error& error)
{
    static const QStringList codes{u"store_gone"_s,     u"store_silent"_s,      u"store_slow"_s,
                                   u"store_starting"_s, u"store_unreachable"_s, u"store_busy"_s};
    return codes.contains(error.code);
}

Result<void> waitForStop(Session& session, core::Pending<bool> stopping, ChangeFeed& feed, int interruptsSoFar)
{
    while (!stopping.isDone() && session.wakeups.interrupts() <= interruptsSoFar) {
        const auto events = feed.next(pollInterval);    // that the workers have stopped is no change in the store
        if (!events)
            return errorOf(events);
        printEvents(session.output, *events);
    }
    return {};
}

/// The end of the program's work: politely first; at the next signal what runs goes back to the queue.
Ending stop(Session& session, ChangeFeed& feed)
{
    const int interruptsSoFar = session.wakeups.interrupts();
    if (interruptsSoFar > 0)
        session.output.note(u"Stopping when the running jobs have ended; once more hands them back to the queue."_s);
    const auto finishing = session.backend.stopWorkers(Backend::Stop::Finish);
    if (const auto waited = waitForStop(session, finishing, feed, interruptsSoFar); !waited)
        return errorOf(waited);
    if (finishing.isDone())
        return finishing.wait().map([](bool) { return ExitCode::Ok; });
    session.output.note(u"Handing the running jobs back to the queue."_s);
    return session.backend.stopWorkers(Backend::Stop::HandBack).wait().map([](bool) { return ExitCode::Interrupted; });
}

}

Ending work(Session& session, const Arguments& arguments)
{
    const auto threads = arguments.number(u"threads", 2, 64);
    if (!threads)
        return errorOf(threads);
    if (const auto mayWrite = core::base::requireWrite(session.caller); !mayWrite)
        return errorOf(mayWrite);
    ChangeFeed feed(session);
    if (const auto started = feed.start(); !started)
        return errorOf(started);
    if (const auto started = session.backend.startWorkers({.threads = *threads}); !started)
        return errorOf(started);
    session.output.note(u"%1 worker thread(s) take jobs; Ctrl-C stops."_s.arg(*threads));
    bool isAway = false;
    const bool drains = arguments.has(u"drain");
    while (session.wakeups.interrupts() == 0) {
        const auto events = drains ? feed.next(drainLook) : feed.next();
        if (!events && mayComeBack(events.error())) {
            if (!std::exchange(isAway, true))
                session.output.note(u"%1. The workers go on, and look for it until it is back."_s.arg(events.error().message));
            continue;
        }
        if (!events)
            return errorOf(events);
        if (std::exchange(isAway, false))
            session.output.note(u"The server is back."_s);
        printEvents(session.output, *events);
        if (!drains)
            continue;
        const auto isEmpty = isQueueEmpty(session);
        if (!isEmpty && mayComeBack(isEmpty.error()))
            continue;
        if (!isEmpty)
            return errorOf(isEmpty);
        if (*isEmpty)
            break;
    }
    return stop(session, feed);
}

}
