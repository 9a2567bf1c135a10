// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/act_commands.h"
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

struct Report {
    QList<QByteArray> rows;
    int acted = 0;
    int skipped = 0;
    int failed = 0;
    std::optional<core::Error> firstError;
};

/// A job that has ended meanwhile is skipped; everything else that fails has failed.
void note(Report& report, Output& output, const QString& id, const Result<core::tasks::CancelAnswer>& answer)
{
    JsonObject row;
    row.text("id", id);
    if (answer) {
        ++report.acted;
        row.text("result", u"cancelled"_s)
            .time("cancel_requested_at", answer->times.requestedAt)
            .time("cancel_broker_informed_at", answer->times.brokerInformedAt)
            .time("cancel_acknowledged_at", answer->times.acknowledgedAt)
            .raw("error", "null");
        if (!output.isJson())
            output.line(u"cancelled  %1"_s.arg(visible(id)));
    } else {
        const bool isSkipped = answer.error().kind == ErrorKind::Conflict;
        ++(isSkipped ? report.skipped : report.failed);
        if (!report.firstError)
            report.firstError = answer.error();
        row.text("result", isSkipped ? u"skipped"_s : u"failed"_s).raw("error", errorJson(answer.error()));
        if (!output.isJson())
            output.line(u"%1  %2  %3"_s.arg(isSkipped ? u"skipped  "_s : u"failed   "_s, visible(id), visible(answer.error().message)));
    }
    report.rows << row.bytes();
}

void printReport(Output& output, const Report& report)
{
    if (output.isJson()) {
        output.json(JsonObject()
                        .number("acted", report.acted)
                        .number("skipped", report.skipped)
                        .number("failed", report.failed)
                        .flag("aborted", false)
                        .raw("jobs", jsonArray(report.rows))
                        .bytes());
    } else {
        output.line(u"%1 cancelled, %2 skipped, %3 failed"_s.arg(report.acted).arg(report.skipped).arg(report.failed));
    }
}

Ending cancelNamed(Session& session, const QStringList& beginnings, const QString& reason)
{
    Report report;
    for (const QString& beginning : beginnings) {
        const auto id = forAnAct(session.backend.resolveJobId(beginning).wait(), beginning);
        const auto answer =
            id ? session.backend.cancel(session.caller, *id, reason).wait() : Result<core::tasks::CancelAnswer>(errorOf(id));
        if (!answer && beginnings.size() == 1)
            return errorOf(answer);
        note(report, session.output, id ? id->toString() : beginning, answer);
    }
    if (beginnings.size() > 1 || session.output.isJson())
        printReport(session.output, report);
    if (report.acted == beginnings.size())
        return ExitCode::Ok;
    return report.acted > 0 ? ExitCode::PartlyFailed : exitCodeOf(*report.firstError);
}

void printScope(Session& session, const JobScope& scope)
{
    Output& output = session.output;
    output.note(u"%1 active job(s) match:"_s.arg(scope.ids.size()));
    for (const QString& line : jobTable(scope.sample, session.now(), output.width()))
        output.note(line);
    if (scope.ids.size() > scope.sample.size())
        output.note(u"... and %1 more"_s.arg(scope.ids.size() - scope.sample.size()));
    if (scope.leftOut > 0)
        output.note(u"%1%2 job(s) match that have ended; they stay as they are."_s.arg(scope.isLeftOutExact ? QString() : u"Over "_s)
                        .arg(scope.leftOut));
    if (scope.searchedOnlyNewest)
        output.note(u"Payloads were searched in the newest %1 jobs only."_s.arg(*scope.searchedOnlyNewest));
}

Ending showDryRun(Session& session, const JobScope& scope)
{
    if (!session.output.isJson()) {
        printScope(session, scope);
        session.output.line(u"Would cancel %1 job(s)"_s.arg(scope.ids.size()));
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

Result<void> confirmed(Session& session, qsizetype count, bool isYes)
{
    Output& output = session.output;
    if (isYes)
        return {};
    if (output.canAsk() && output.ask(u"Cancel %1 job(s)? Type the number to go on:"_s.arg(count)) == QString::number(count))
        return {};
    return failure(ErrorKind::Forbidden, u"not_confirmed"_s,
                   u"Nothing was cancelled: %1 job(s) match and nobody confirmed; --yes does"_s.arg(count), u"--yes"_s);
}

QByteArray rowJson(const BulkRow& row)
{
    JsonObject object;
    object.text("id", row.id).text("result", row.result == BulkResult::Acted ? u"cancelled"_s : core::tasks::bulkResultName(row.result));
    if (row.result == BulkResult::Acted)
        return object.raw("error", "null").bytes();
    return object.raw("error", JsonObject().text("code", row.code).text("message", row.message).text("status", row.state).bytes()).bytes();
}

void printAnswer(Output& output, const BulkAnswer& answer)
{
    if (output.isJson()) {
        QList<QByteArray> rows;
        for (const BulkRow& row : answer.rows)
            rows << rowJson(row);
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
        if (row.result == BulkResult::Acted)
            output.line(u"cancelled  %1"_s.arg(visible(row.id)));
        else
            output.line(u"%1  %2  %3"_s.arg(row.result == BulkResult::Skipped ? u"skipped  "_s : u"failed   "_s, visible(row.id),
                                            visible(row.message)));
    }
    output.line(u"%1 cancelled, %2 skipped, %3 failed"_s.arg(answer.acted).arg(answer.skipped).arg(answer.failed));
    if (answer.notReached() > 0)
        output.note(u"Stopped: %1 job(s) of %2 were not come to."_s.arg(answer.notReached()).arg(answer.asked));
}

/// The act, until its end or the first interrupt: what is done by then stands, and is told.
Result<BulkAnswer> cancelFrozen(Session& session, const QList<JobId>& ids, const QString& reason)
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
    const auto pending = session.backend.cancelMany(session.caller, ids, reason, control);
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

Ending cancelMatching(Session& session, const Arguments& arguments, const QString& reason)
{
    const bool isDryRun = arguments.has(u"dry-run");
    if (!isDryRun && reason.trimmed().isEmpty())
        return usageFailure(u"Cancelling by a filter needs a reason for the journal"_s, u"--reason"_s);
    const auto filter = core::jobs::parseFilter(*arguments.value(u"filter"), session.now());
    if (!filter)
        return errorOf(filter);
    if (!isDryRun) {
        if (const auto mayWrite = core::base::requireWrite(session.caller); !mayWrite)
            return errorOf(mayWrite);
    }
    auto scope = session.backend.freezeJobs({*filter, core::tasks::ScopeStates::Active}).wait();
    if (!scope) {
        if (scope.error().field == u"filter"_s)
            scope.error().field = u"--filter"_s;
        return errorOf(scope);
    }
    if (isDryRun)
        return showDryRun(session, *scope);
    if (scope->ids.isEmpty()) {
        printAnswer(session.output, {});
        return ExitCode::Ok;
    }
    printScope(session, *scope);
    if (const auto yes = confirmed(session, scope->ids.size(), arguments.has(u"yes")); !yes)
        return errorOf(yes);
    const auto answer = cancelFrozen(session, scope->ids, reason);
    if (!answer)
        return errorOf(answer);
    printAnswer(session.output, *answer);
    if (answer->notReached() > 0)
        return ExitCode::Interrupted;
    return answer->failed > 0 ? ExitCode::PartlyFailed : ExitCode::Ok;
}

}

Ending cancel(Session& session, const Arguments& arguments)
{
    const QString reason = arguments.value(u"reason").value_or(QString());
    if (arguments.has(u"filter") != arguments.operands().isEmpty())
        return usageFailure(u"cancel takes either ids or --filter"_s, u"ID"_s);
    if (arguments.has(u"dry-run") && !arguments.has(u"filter"))
        return usageFailure(u"cancel takes --dry-run only with --filter"_s, u"--dry-run"_s);
    return arguments.has(u"filter") ? cancelMatching(session, arguments, reason) : cancelNamed(session, arguments.operands(), reason);
}

}
