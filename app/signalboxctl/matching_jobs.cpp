// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/matching_jobs.h"

#include "app/signalboxctl/list_commands.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

#include <atomic>

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::failure;
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
    output.note(u"%1 %2 job(s) match:"_s.arg(scope.ids.size()).arg(act.wanted));
    for (const QString& line : jobTable(scope.sample, session.now(), output.width()))
        output.note(line);
    if (scope.ids.size() > scope.sample.size())
        output.note(u"... and %1 more"_s.arg(scope.ids.size() - scope.sample.size()));
    if (scope.leftOut > 0)
        output.note(u"%1%2 job(s) match that %3; they stay as they are."_s.arg(scope.isLeftOutExact ? QString() : u"Over "_s)
                        .arg(scope.leftOut)
                        .arg(act.leftOut));
    if (scope.searchedOnlyNewest)
        output.note(u"Payloads were searched in the newest %1 jobs only."_s.arg(*scope.searchedOnlyNewest));
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

Result<void> confirmed(Session& session, qsizetype count, const ActOnMatching& act, bool isYes)
{
    Output& output = session.output;
    if (isYes)
        return {};
    if (output.canAsk() &&
        output.ask(u"%1 %2 job(s)? Type the number to go on:"_s.arg(act.verb.left(1).toUpper() + act.verb.mid(1)).arg(count)) ==
            QString::number(count))
        return {};
    return failure(ErrorKind::Forbidden, u"not_confirmed"_s,
                   u"Nothing was %1: %2 job(s) match and nobody confirmed; --yes does"_s.arg(act.done).arg(count), u"--yes"_s);
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
    const core::CancelSource abort;
    core::tasks::ActControl control;
    control.cancel = abort.token();
    std::atomic<qsizetype> done = 0;
    control.progress = [&](qsizetype now, qsizetype) {
        done = now;
        session.wakeups.changed();
    };
    session.wakeups.catchSignals();    // not before the question: there a signal simply ends it
    const auto pending = (session.backend.*act.run)(session.caller, ids, reason, control);
    while (!pending.isDone()) {
        session.wakeups.wait(pollInterval);
        if (session.wakeups.interrupts() > 0)
            abort.cancel();
        const qsizetype now = done;
        session.output.progress(static_cast<int>(100 * now / ids.size()), u"%1 of %2"_s.arg(now).arg(ids.size()));
    }
    session.output.endProgress();
    return pending.wait();
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
    printScope(session, *scope, act);
    if (const auto yes = confirmed(session, scope->ids.size(), act, arguments.has(u"yes")); !yes)
        return errorOf(yes);
    const auto answer = runFrozen(session, scope->ids, reason, act);
    if (!answer)
        return errorOf(answer);
    printAnswer(session.output, *answer, act);
    if (answer->notReached() > 0)
        return ExitCode::Interrupted;
    return answer->failed > 0 ? ExitCode::PartlyFailed : ExitCode::Ok;
}

}
