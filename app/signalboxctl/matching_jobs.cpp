// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/matching_jobs.h"

#include "app/signalboxctl/confirmation.h"
#include "app/signalboxctl/list_commands.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/until_done.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

namespace app {

using core::errorOf;
using core::JobId;
using core::Result;
using core::tasks::BulkAnswer;
using core::tasks::BulkResult;
using core::tasks::BulkRow;
using core::tasks::JobScope;
using namespace Qt::StringLiterals;

namespace {

constexpr int resultWidth = 11;    // "resubmitted"

void printScope(Session& session, const JobScope& scope, const ActOnMatching& act)
{
    Output& output = session.output;
    output.note(u"%1 job(s) to %2:"_s.arg(scope.ids.size()).arg(act.verb));
    for (const QString& line : jobTable(scope.sample, session.now(), output.width()))
        output.note(line);
    if (scope.ids.size() > scope.sample.size())
        output.note(u"... and %1 more"_s.arg(scope.ids.size() - scope.sample.size()));
    if (scope.leftOut > 0)
        output.note(u"%1%2 job(s) match that %3; they stay as they are."_s.arg(scope.isLeftOutExact ? QString() : u"Over "_s)
                        .arg(scope.leftOut)
                        .arg(act.leftOut));
    if (scope.searchedOnlyNewest)
        output.note(u"Only the newest %1 jobs were searched."_s.arg(*scope.searchedOnlyNewest));
}

Ending showDryRun(Session& session, const JobScope& scope, const ActOnMatching& act)
{
    if (!session.output.isJson()) {
        printScope(session, scope, act);
        session.output.line(u"Would %1 %2 job(s)"_s.arg(act.verb).arg(scope.ids.size()));
        return ExitCode::Ok;
    }
    QStringList ids;
    for (const JobId& id : scope.ids)
        ids << id.toString();
    session.output.json(JsonObject()
                            .flag("dry_run", true)
                            .number("job_count", scope.ids.size())
                            .number("left_out", scope.leftOut)
                            .flag("left_out_is_exact", scope.isLeftOutExact)
                            .raw("jobs", jsonTexts(ids))
                            .bytes());
    return ExitCode::Ok;
}

QByteArray rowJson(const BulkRow& row, const ActOnMatching& act)
{
    JsonObject object;
    object.text("id", row.id).text("result", row.result == BulkResult::Acted ? act.done : core::tasks::bulkResultName(row.result));
    if (!row.made.isEmpty())
        object.text("new_job_id", row.made.text);
    if (row.result == BulkResult::Acted)
        return object.raw("error", "null").bytes();
    return object.raw("error", JsonObject().text("code", row.code).text("message", row.message).text("status", row.state).bytes()).bytes();
}

void printAnswer(Output& output, const BulkAnswer& answer, const ActOnMatching& act)
{
    if (output.isJson()) {
        QList<QByteArray> rows;
        for (const BulkRow& row : answer.rows)
            rows << rowJson(row, act);
        output.json(JsonObject()
                        .number("acted", answer.acted)
                        .number("skipped", answer.skipped)
                        .number("failed", answer.failed)
                        .number("not_reached", answer.notReached())
                        .flag("aborted", answer.notReached() > 0)
                        .raw("jobs", jsonArray(rows))
                        .bytes());
        return;
    }
    for (const BulkRow& row : answer.rows) {
        const QString result = row.result == BulkResult::Acted ? act.done : core::tasks::bulkResultName(row.result);
        const QString what = row.result != BulkResult::Acted ? visible(row.message)
                             : row.made.isEmpty()            ? QString()
                                                             : u"as "_s + visible(row.made.text);
        output.line(u"%1  %2  %3"_s.arg(result.leftJustified(resultWidth), visible(row.id), what).trimmed());
    }
    output.line(u"%1 %2, %3 skipped, %4 failed"_s.arg(answer.acted).arg(act.done).arg(answer.skipped).arg(answer.failed));
    if (answer.notReached() > 0)
        output.note(u"Stopped: %1 job(s) of %2 were not come to."_s.arg(answer.notReached()).arg(answer.asked));
}

/// The act, until its end or the first interrupt: what is done by then stands, and is told.
Result<BulkAnswer> runFrozen(Session& session, const QList<JobId>& ids, const QString& reason, const ActOnMatching& act)
{
    return untilDone<BulkAnswer>(
        session, [&](const core::tasks::ActControl& control) { return (session.backend.*act.run)(session.caller, ids, reason, control); },
        [](qsizetype done, qsizetype of) { return u"%1 of %2"_s.arg(done).arg(of); });
}

/// Counts and freezes, shows, asks, acts.
Result<BulkAnswer> actOnScope(Session& session, const JobScope& scope, const Arguments& arguments, const ActOnMatching& act)
{
    printScope(session, scope, act);
    const QString verb = act.verb.left(1).toUpper() + act.verb.mid(1);
    const qsizetype count = scope.ids.size();
    if (const auto yes = confirmed(session, arguments, count, u"%1 %2 job(s)?"_s.arg(verb).arg(count),
                                   u"Nothing was %1: it would be %2 job(s)"_s.arg(act.done).arg(count));
        !yes)
        return errorOf(yes);
    auto answer = runFrozen(session, scope.ids, arguments.value(u"reason").value_or(QString()), act);
    if (answer)
        printAnswer(session.output, *answer, act);
    return answer;
}

}

Ending actOnMatching(Session& session, const Arguments& arguments, const ActOnMatching& act)
{
    const QString reason = arguments.value(u"reason").value_or(QString());
    const bool isDryRun = arguments.has(u"dry-run");
    if (!isDryRun && reason.trimmed().isEmpty())
        return usageFailure(u"An act on all that match a filter needs a reason for the journal"_s, u"--reason"_s);
    const auto filter = core::jobs::parseFilter(*arguments.value(u"filter"), session.now());
    if (!filter)
        return errorOf(filter);
    if (!isDryRun) {
        if (const auto mayWrite = core::base::requireWrite(session.caller); !mayWrite)
            return errorOf(mayWrite);
    }
    auto scope = session.backend.freezeJobs({*filter, act.states}).wait();
    if (!scope) {
        if (scope.error().field == u"filter"_s)
            scope.error().field = u"--filter"_s;
        return errorOf(scope);
    }
    if (isDryRun)
        return showDryRun(session, *scope, act);
    if (scope->ids.isEmpty()) {
        printAnswer(session.output, {}, act);
        return ExitCode::Ok;
    }
    const auto answer = actOnScope(session, *scope, arguments, act);
    if (!answer)
        return errorOf(answer);
    if (answer->notReached() > 0)
        return ExitCode::Interrupted;
    return answer->failed > 0 ? ExitCode::PartlyFailed : ExitCode::Ok;
}

Ending actOnNamed(Session& session, const Arguments& arguments, const ActOnMatching& act)
{
    if (arguments.value(u"reason").value_or(QString()).trimmed().isEmpty())
        return usageFailure(u"An act on several jobs needs a reason for the journal"_s, u"--reason"_s);
    if (const auto mayWrite = core::base::requireWrite(session.caller); !mayWrite)
        return errorOf(mayWrite);
    QList<JobId> ids;
    for (const QString& beginning : arguments.operands()) {
        const auto id = forAnAct(session.backend.resolveJobId(beginning).wait(), beginning);
        if (!id)
            return errorOf(id);
        ids << *id;
    }
    // whatever their state: what was named is told of, also where it comes too late
    const auto scope = session.backend.freezeJobs({ids, core::tasks::ScopeStates::Any}).wait();
    if (!scope)
        return errorOf(scope);
    const auto answer = actOnScope(session, *scope, arguments, act);
    if (!answer)
        return errorOf(answer);
    if (answer->notReached() > 0)
        return ExitCode::Interrupted;
    if (answer->acted == answer->asked)
        return ExitCode::Ok;
    return answer->acted > 0 || answer->failed > 0 ? ExitCode::PartlyFailed : ExitCode::Refused;
}

}
