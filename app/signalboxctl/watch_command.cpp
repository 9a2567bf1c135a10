// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/change_feed.h"
#include "app/signalboxctl/job_commands.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

namespace app {

using core::errorOf;
using core::jobs::JobEvent;
using namespace Qt::StringLiterals;

namespace {

void printEvent(Output& output, const JobEvent& event)
{
    if (output.isJson()) {
        output.json(eventRow(event));
        return;
    }
    const QString progress = event.progressPct ? u"%1%"_s.arg(*event.progressPct) : u"-"_s;
    output.line(u"%1  %2  %3  %4"_s.arg(exactText(event.createdAt), visible(orDash(event.statusText)).leftJustified(9),
                                        progress.rightJustified(4), visible(event.message.isEmpty() ? event.eventType : event.message)));
}

/// Prints what came after `sequence`; the last sequence printed.
core::Result<qint64> printEventsAfter(Session& session, const core::JobId& id, qint64 sequence)
{
    const auto events = session.backend.events(id).wait();
    if (!events)
        return errorOf(events);
    for (const JobEvent& event : *events) {
        if (event.sequence > sequence)
            printEvent(session.output, event);
        sequence = std::max(sequence, event.sequence);
    }
    session.output.flush();
    return sequence;
}

}

Ending watch(Session& session, const Arguments& arguments)
{
    const auto id = jobOperand(session, arguments);
    if (!id)
        return errorOf(id);
    const bool hasBar = session.output.width() && session.output.canShowProgress() && !session.output.isJson();
    ProgressReport bar(session.output);
    core::Result<qint64> printed = 0;
    const auto details = waitForEnd(session, *id, [&](const core::jobs::Job& job) {
        if (hasBar)
            bar.show(job);
        else if (printed)
            printed = printEventsAfter(session, *id, *printed);
    });
    if (!details)
        return errorOf(details);
    if (!printed)
        return errorOf(printed);
    session.output.endProgress();
    const auto& job = details->job;
    if (!core::jobs::isTerminal(job.status))
        return ExitCode::Interrupted;
    if (!session.output.isJson())
        session.output.line(
            u"%1  %2  %3"_s.arg(visible(statusText(job)), tookText(job, session.now()), visible(messageText(job, session.now()))));
    return job.status == core::JobStatus::Done ? ExitCode::Ok : ExitCode::NotDone;
}

}
