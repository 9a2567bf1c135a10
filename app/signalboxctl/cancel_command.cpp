// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/act_commands.h"
#include "app/signalboxctl/list_commands.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::JobId;
using core::Result;
using namespace Qt::StringLiterals;

namespace {

struct Report {
    QList<QByteArray> rows;
    int acted = 0;
    int skipped = 0;
    int failed = 0;
    std::optional<core::Error> firstError;
    bool isAborted = false;
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
                        .flag("aborted", report.isAborted)
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

/// The active jobs that match, as they are now: what comes later is not touched.
Result<QList<JobId>> frozenIds(Session& session, const core::jobs::Filter& active)
{
    constexpr int most = 100'000;
    const auto ids = session.backend.jobIds(active, most).wait();
    if (!ids)
        return errorOf(ids);
    if (!ids->isComplete)
        return failure(ErrorKind::TooLarge, u"filter_too_wide"_s,
                       u"Over %1 active jobs match; nothing was cancelled. Narrow the filter"_s.arg(most), u"--filter"_s);
    return ids->ids;
}

Result<void> confirmed(Session& session, const core::jobs::Filter& active, qsizetype count, bool isYes)
{
    constexpr int sampleSize = 5;
    Output& output = session.output;
    output.note(u"%1 active job(s) match:"_s.arg(count));
    if (const auto sample = session.backend.listJobs(active, {.after = {}, .before = {}, .limit = sampleSize}).wait()) {
        for (const QString& line : jobTable(sample->rows, session.now(), output.width()))
            output.note(line);
    }
    if (count > sampleSize)
        output.note(u"... and %1 more"_s.arg(count - sampleSize));
    if (isYes)
        return {};
    if (output.canAsk() && output.ask(u"Cancel %1 job(s)? Type the number to go on:"_s.arg(count)) == QString::number(count))
        return {};
    return failure(ErrorKind::Forbidden, u"not_confirmed"_s,
                   u"Nothing was cancelled: %1 job(s) match and nobody confirmed; --yes does"_s.arg(count), u"--yes"_s);
}

Ending cancelMatching(Session& session, const Arguments& arguments, const QString& reason)
{
    if (reason.trimmed().isEmpty())
        return usageFailure(u"Cancelling by a filter needs a reason for the journal"_s, u"--reason"_s);
    const auto filter = core::jobs::parseFilter(*arguments.value(u"filter"), session.now());
    if (!filter)
        return errorOf(filter);
    if (core::jobs::takesAll(*filter))
        return failure(ErrorKind::Invalid, u"filter_empty"_s, u"An empty filter would cancel every job; say which"_s, u"--filter"_s);
    const auto isActive = core::jobs::parseFilter(u"status:pending,running"_s, session.now());
    if (!isActive)
        return errorOf(isActive);
    const auto active = core::jobs::joined(core::jobs::Join::All, {*filter, *isActive});
    if (const auto mayWrite = core::base::requireWrite(session.caller); !mayWrite)
        return errorOf(mayWrite);
    const auto ids = frozenIds(session, active);
    if (!ids)
        return errorOf(ids);
    Report report;
    if (!ids->isEmpty()) {
        if (const auto yes = confirmed(session, active, ids->size(), arguments.has(u"yes")); !yes)
            return errorOf(yes);
    }
    session.wakeups.catchSignals();    // not before the question: there a signal simply ends it
    for (const JobId& id : *ids) {
        if (session.wakeups.interrupts() > 0) {
            report.isAborted = true;
            break;
        }
        note(report, session.output, id.toString(), session.backend.cancel(session.caller, id, reason).wait());
    }
    printReport(session.output, report);
    if (report.isAborted)
        return ExitCode::Interrupted;
    return report.failed > 0 ? ExitCode::PartlyFailed : ExitCode::Ok;
}

}

Ending cancel(Session& session, const Arguments& arguments)
{
    const QString reason = arguments.value(u"reason").value_or(QString());
    if (arguments.has(u"filter") != arguments.operands().isEmpty())
        return usageFailure(u"cancel takes either ids or --filter"_s, u"ID"_s);
    return arguments.has(u"filter") ? cancelMatching(session, arguments, reason) : cancelNamed(session, arguments.operands(), reason);
}

}
