// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/act_commands.h"
#include "app/signalboxctl/matching_jobs.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::Result;
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

const ActOnMatching cancelMatching{
    u"cancel"_s, u"cancelled"_s, u"active"_s, u"have ended"_s, core::tasks::ScopeStates::Active, &core::backend::Backend::cancelMany};

}

Ending cancel(Session& session, const Arguments& arguments)
{
    const QString reason = arguments.value(u"reason").value_or(QString());
    if (arguments.has(u"filter") != arguments.operands().isEmpty())
        return usageFailure(u"cancel takes either ids or --filter"_s, u"ID"_s);
    if (arguments.has(u"dry-run") && !arguments.has(u"filter"))
        return usageFailure(u"cancel takes --dry-run only with --filter"_s, u"--dry-run"_s);
    return arguments.has(u"filter") ? actOnMatching(session, arguments, cancelMatching)
                                    : cancelNamed(session, arguments.operands(), reason);
}

}
