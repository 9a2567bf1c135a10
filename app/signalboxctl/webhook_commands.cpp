// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/webhook_commands.h"

#include "app/signalboxctl/explain_delivery.h"
#include "app/signalboxctl/input_edit.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"
#include "core/base/secrets.h"

#include <algorithm>

namespace app {

using core::DeliveryId;
using core::ErrorKind;
using core::errorOf;
using core::tasks::Mode;
using core::tasks::WebhookOutcome;
using core::webhooks::Delivery;
using core::webhooks::Outcome;
using core::webhooks::Stage;
using namespace Qt::StringLiterals;

namespace {

QString stageTitle(Stage stage)
{
    switch (stage) {
    case Stage::Receive: return u"Receive"_s;
    case Stage::LoadAndValidate: return u"Load and validate"_s;
    case Stage::Ignore: return u"Ignore?"_s;
    case Stage::ApplyStatus: return u"Apply status"_s;
    case Stage::AppendEvent: return u"Append event"_s;
    case Stage::DoneHooks: return u"Done hooks"_s;
    case Stage::Notify: return u"Notify"_s;
    }
    Q_UNREACHABLE();
}

QString stageResult(const WebhookOutcome& outcome, const core::tasks::StageReport* report, Mode mode)
{
    if (report == nullptr)
        return outcome.outcome == Outcome::Applied ? u"skipped"_s : u"not reached"_s;
    if (!report->passed)
        return u"stopped here"_s;
    return mode == Mode::DryRun ? u"would do"_s : u"passed"_s;
}

QString bodyText(const QByteArray& body)
{
    return visibleLines(QString::fromUtf8(core::base::maskedDocument(body)));
}

void printDelivery(Output& output, const Delivery& delivery)
{
    output.lines(factLines({
        {u"id"_s, delivery.id.toString()},
        {u"job"_s, delivery.jobId ? delivery.jobId->toString() : u"-"_s},
        {u"webhook"_s, delivery.webhookId ? delivery.webhookId->toString() : u"-"_s},
        {u"received"_s, exactText(delivery.receivedAt)},
        {u"source"_s, core::webhooks::sourceName(delivery.source)},
        {u"signature"_s, core::webhooks::verdictName(delivery.verdict)},
        {u"outcome"_s, core::webhooks::outcomeName(delivery.outcome)},
        {u"detail"_s, orDash(delivery.outcomeDetail)},
        {u"stage reached"_s, core::webhooks::stageName(delivery.stageReached)},
        {u"took"_s, u"%1 us"_s.arg(delivery.durationUs)},
        {u"replay of"_s, delivery.replayOf ? delivery.replayOf->toString() : u"-"_s},
    }));
    output.line(u"\n%1"_s.arg(visible(delivery.method)));
    for (const auto& header : delivery.headers)
        output.line(visible(QString::fromLatin1(header.name) + u": "_s + QString::fromLatin1(header.value)));
    output.line({});
    output.lines(bodyText(delivery.body).split(u'\n'));
}

QStringList deliveryTable(const QList<Delivery>& deliveries, std::optional<int> width)
{
    Table table({{u"DELIVERY"_s},
                 {u"RECEIVED"_s},
                 {u"SOURCE"_s},
                 {u"OUTCOME"_s},
                 {u"STAGE REACHED"_s},
                 {u"SIGNATURE"_s},
                 {u"DETAIL"_s, Align::Left, true}});
    for (const Delivery& delivery : deliveries) {
        table.add({delivery.id.toString(), exactText(delivery.receivedAt), core::webhooks::sourceName(delivery.source),
                   core::webhooks::outcomeName(delivery.outcome), core::webhooks::stageName(delivery.stageReached),
                   core::webhooks::verdictName(delivery.verdict), delivery.outcomeDetail});
    }
    return table.lines(width);
}

Ending showDelivery(Session& session, const DeliveryId& id)
{
    const auto delivery = session.backend.delivery(id).wait();
    if (!delivery)
        return errorOf(delivery);
    if (session.output.isJson())
        session.output.json(deliveryRow(*delivery, true));
    else
        printDelivery(session.output, *delivery);
    return ExitCode::Ok;
}

void printOutcome(Output& output, const WebhookOutcome& outcome, Mode mode)
{
    const QString what = mode == Mode::DryRun ? u"Dry run of"_s : u"Delivery"_s;
    output.line(u"%1 %2: %3"_s.arg(what, visible(outcome.deliveryId.toString()), core::webhooks::outcomeName(outcome.outcome)));
    output.lines(stageTable(outcome, mode, output.width()));
    if (outcome.before && outcome.after && *outcome.before != *outcome.after) {
        output.line(u"  job: %1 %2% -> %3 %4%"_s.arg(visible(statusText(*outcome.before)))
                        .arg(outcome.before->progressPct)
                        .arg(visible(statusText(*outcome.after)))
                        .arg(outcome.after->progressPct));
    }
    for (const auto& made : outcome.artifacts)
        output.line(u"  artifact: %1  %2"_s.arg(visible(made.artifact.kind), visible(orDash(made.file ? made.file->path : QString()))));
    if (outcome.notification)
        output.line(u"  notification: %1"_s.arg(visible(outcome.notification->title)));
    for (const QString& file : outcome.filesToWrite)
        output.line(u"  file: %1"_s.arg(visible(file)));
    for (const auto& error : outcome.fieldErrors)
        output.line(u"  %1: %2"_s.arg(visible(orDash(error.field)), visible(error.message)));
}

}

Mode modeOf(const Arguments& arguments)
{
    return arguments.has(u"dry-run") ? Mode::DryRun : Mode::Apply;
}

ExitCode printOutcomes(Output& output, const QList<WebhookOutcome>& outcomes, Mode mode)
{
    const auto isRejected = [](const WebhookOutcome& outcome) { return outcome.outcome == Outcome::Rejected; };
    for (const WebhookOutcome& outcome : outcomes) {
        if (!output.isJson())
            printOutcome(output, outcome, mode);
        if (outcome.error)
            output.error(*outcome.error);
    }
    const auto rejected = std::count_if(outcomes.begin(), outcomes.end(), isRejected);
    if (rejected == 0)
        return ExitCode::Ok;
    if (rejected < outcomes.size())
        return ExitCode::PartlyFailed;
    const auto& error = outcomes.constFirst().error;
    return error ? exitCodeOf(*error) : ExitCode::Invalid;
}

QStringList stageTable(const WebhookOutcome& outcome, Mode mode, std::optional<int> width)
{
    Table table({{u"  STAGE"_s}, {u"RESULT"_s}, {u"DETAIL"_s, Align::Left, true}});
    int number = 0;
    for (const Stage stage :
         {Stage::Receive, Stage::LoadAndValidate, Stage::Ignore, Stage::ApplyStatus, Stage::AppendEvent, Stage::DoneHooks, Stage::Notify}) {
        const auto report =
            std::find_if(outcome.stages.begin(), outcome.stages.end(), [&](const auto& candidate) { return candidate.stage == stage; });
        const auto* found = report == outcome.stages.end() ? nullptr : &*report;
        table.add({u"  %1 %2"_s.arg(++number).arg(stageTitle(stage)), stageResult(outcome, found, mode),
                   found == nullptr ? QString() : found->detail});
    }
    return table.lines(width);
}

Ending deliveries(Session& session, const Arguments& arguments)
{
    if (arguments.has(u"explain"))
        return explainDelivery(session, arguments);
    const auto limit = arguments.number(u"limit", 50, 100'000);
    if (!limit)
        return errorOf(limit);
    std::optional<core::JobId> jobId;
    if (!arguments.operands().isEmpty()) {
        const auto job = jobOperand(session, arguments);
        if (!job) {
            // Both kinds of id look alike, so what is no job may be a delivery; if it is neither, the job's error says so.
            const auto delivery = session.backend.resolveDeliveryId(arguments.operands().constFirst()).wait();
            return delivery && job.error().kind == ErrorKind::NotFound ? showDelivery(session, *delivery) : errorOf(job);
        }
        jobId = *job;
    }
    const auto deliveries = session.backend.deliveries(jobId, *limit).wait();
    if (!deliveries)
        return errorOf(deliveries);
    if (session.output.isJson()) {
        QList<QByteArray> rows;
        for (const Delivery& delivery : *deliveries)
            rows << deliveryRow(delivery, false);
        session.output.json(jsonArray(rows));
    } else if (!deliveries->isEmpty()) {
        session.output.lines(deliveryTable(*deliveries, session.output.width()));
    } else {
        session.output.note(u"No delivery yet."_s);
    }
    return ExitCode::Ok;
}

Ending post(Session& session, const Arguments& arguments)
{
    const auto id = forAnAct(jobOperand(session, arguments), arguments.operands().value(0));
    if (!id)
        return errorOf(id);
    const auto body = readDocument(arguments.operands().value(1), u"EVENT"_s);
    if (!body)
        return errorOf(body);
    const Mode mode = modeOf(arguments);
    const auto outcome = session.backend.post(session.caller, *id, *body, mode, arguments.value(u"reason").value_or(QString())).wait();
    if (!outcome)
        return errorOf(outcome);
    if (session.output.isJson())
        session.output.json(outcomeRow(*outcome));
    return printOutcomes(session.output, {*outcome}, mode);
}

}
