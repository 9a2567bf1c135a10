// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/act_commands.h"
#include "app/signalboxctl/matching_jobs.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

namespace app {

using core::errorOf;
using namespace Qt::StringLiterals;

namespace {

/// One, by its id: it is not asked about, and its answer tells how far the cancel came.
Ending cancelOne(Session& session, const QString& beginning, const QString& reason)
{
    Output& output = session.output;
    const auto id = forAnAct(session.backend.resolveJobId(beginning).wait(), beginning);
    if (!id)
        return errorOf(id);
    const auto answer = session.backend.cancel(session.caller, *id, reason).wait();
    if (!answer)
        return errorOf(answer);
    if (!output.isJson()) {
        output.line(u"cancelled  %1"_s.arg(visible(id->toString())));
        return ExitCode::Ok;
    }
    const QByteArray row = JsonObject()
                               .text("id", id->toString())
                               .text("result", u"cancelled"_s)
                               .time("cancel_requested_at", answer->times.requestedAt)
                               .time("cancel_broker_informed_at", answer->times.brokerInformedAt)
                               .time("cancel_acknowledged_at", answer->times.acknowledgedAt)
                               .raw("error", "null")
                               .bytes();
    output.json(JsonObject()
                    .number("acted", 1)
                    .number("skipped", 0)
                    .number("failed", 0)
                    .flag("aborted", false)
                    .raw("jobs", jsonArray({row}))
                    .bytes());
    return ExitCode::Ok;
}

const ActOnMatching cancelMatching{u"cancel"_s, u"cancelled"_s, u"have ended"_s, core::tasks::ScopeStates::Active,
                                   &core::backend::Backend::cancelMany};

}

Ending cancel(Session& session, const Arguments& arguments)
{
    if (arguments.has(u"filter") != arguments.operands().isEmpty())
        return usageFailure(u"cancel takes either ids or --filter"_s, u"ID"_s);
    if (arguments.has(u"dry-run") && !arguments.has(u"filter"))
        return usageFailure(u"cancel takes --dry-run only with --filter"_s, u"--dry-run"_s);
    if (arguments.has(u"filter"))
        return actOnMatching(session, arguments, cancelMatching);
    if (arguments.operands().size() > 1)
        return actOnNamed(session, arguments, cancelMatching);
    return cancelOne(session, arguments.operands().constFirst(), arguments.value(u"reason").value_or(QString()));
}

}
