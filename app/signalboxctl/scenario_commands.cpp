// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/scenario_commands.h"

#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/webhook_commands.h"
#include "app/signalboxctl/words.h"
#include "core/backend/scenario_play.h"
#include "core/base/overloaded.h"
#include "core/scenarios/expectations.h"
#include "core/scenarios/faults.h"
#include "core/scenarios/scenario_file.h"

namespace app {

using namespace Qt::StringLiterals;
using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::scenarios::Deviation;
using core::scenarios::Run;
using core::scenarios::Scenario;
using core::scenarios::Step;
using core::scenarios::StepResult;

namespace {

/// "late" or "late:3"; steps are counted from 1, in the scenario that the faults before it have made.
core::Result<Scenario> withOneFault(const Scenario& scenario, const QString& text)
{
    const QString name = text.section(u':', 0, 0);
    const auto fault = core::scenarios::parseFault(name);
    if (!fault)
        return failure(ErrorKind::Invalid, u"fault_unknown"_s,
                       u"There is no fault \"%1\"; `signalboxctl step --help` lists them"_s.arg(name), u"--fault"_s);
    auto step = core::scenarios::usualStep(scenario, *fault);
    if (text.contains(u':')) {
        bool isNumber = false;
        step = text.section(u':', 1).toLongLong(&isNumber) - 1;
        if (!isNumber)
            return failure(ErrorKind::Invalid, u"fault_step"_s, u"\"%1\" is no step"_s.arg(text.section(u':', 1)), u"--fault"_s);
    }
    if (!step)
        return failure(ErrorKind::Invalid, u"fault_step"_s, u"The job has no delivery that could go wrong"_s, u"--fault"_s);
    return core::scenarios::withFault(scenario, *fault, *step).map([](const auto& faulted) { return faulted.scenario; });
}

core::Result<Scenario> scenarioOperand(Session& session, const QString& beginning, const QStringList& faults)
{
    const auto id = session.backend.resolveJobId(beginning).wait();
    if (!id)
        return errorOf(id);
    auto scenario = session.backend.scenarioOf(*id, {}).wait();
    for (const QString& fault : faults) {
        if (scenario)
            scenario = withOneFault(*scenario, fault);
    }
    return scenario;
}

QString whatText(const Step& step, const StepResult& result)
{
    return std::visit(core::base::Overloaded{
                          [&](const core::scenarios::Deliver& delivery) {
                              const QString says = result.says.isEmpty() ? u"unreadable"_s : result.says;
                              return u"%1: %2"_s.arg(core::webhooks::sourceName(delivery.source), says);
                          },
                          [](const core::scenarios::Cancel& cancel) { return u"cancel by %1"_s.arg(cancel.by); },
                          [](const core::scenarios::Take&) { return u"a worker takes it"_s; },
                      },
                      step.act);
}

QString detailText(const StepResult& result)
{
    if (result.refusal)
        return result.refusal->message;
    if (!result.outcome || result.answer == u"applied"_s || result.outcome->stages.isEmpty())
        return {};
    return result.outcome->stages.constLast().detail;
}

QStringList stepLines(const Scenario& scenario, const Run& run, std::optional<int> width)
{
    Table table({{u"STEP"_s, Align::Right},
                 {u"AT"_s},
                 {u"WHAT"_s, Align::Left, true},
                 {u"ANSWER"_s},
                 {u"HTTP"_s, Align::Right},
                 {u"STAGE"_s},
                 {u"SIGNATURE"_s},
                 {u"JOB"_s},
                 {u"ROWS"_s},
                 {u"FAULT"_s},
                 {u"DETAIL"_s, Align::Left, true}});
    for (qsizetype i = 0; i < run.steps.size(); ++i) {
        const Step& step = scenario.steps.at(i);
        const StepResult& result = run.steps.at(i);
        const auto& after = result.after;
        table.add({QString::number(i + 1), exactText(step.at), whatText(step, result), result.answer,
                   result.httpStatus == 0 ? u"-"_s : QString::number(result.httpStatus),
                   result.outcome ? core::webhooks::stageName(result.outcome->stageReached) : u"-"_s,
                   result.outcome ? core::webhooks::verdictName(result.outcome->verdict) : u"-"_s,
                   u"%1 %2%"_s.arg(after.job.statusText).arg(after.job.progressPct),
                   u"%1 events, %2 artifacts, %3 notifications"_s.arg(after.events).arg(after.artifacts).arg(after.notifications),
                   orDash(step.note), detailText(result)});
    }
    return table.lines(width);
}

QByteArray stepRow(const Scenario& scenario, const Run& run, qsizetype index)
{
    const Step& step = scenario.steps.at(index);
    const StepResult& result = run.steps.at(index);
    JsonObject row;
    row.number("step", index + 1).time("at", step.at).text("what", whatText(step, result)).text("answer", result.answer);
    row.number("http_status", result.httpStatus == 0 ? std::nullopt : std::optional<qint64>(result.httpStatus)).text("fault", step.note);
    row.raw("job", jobRow(result.after.job).bytes());
    row.number("events", result.after.events).number("artifacts", result.after.artifacts);
    row.number("notifications", result.after.notifications);
    if (result.outcome)
        row.raw("outcome", outcomeRow(*result.outcome));
    if (result.refusal)
        row.raw("refusal", errorJson(*result.refusal));
    return row.bytes();
}

QByteArray runRow(const Scenario& scenario, const Run& run, const QList<Deviation>& deviations)
{
    QList<QByteArray> steps;
    for (qsizetype i = 0; i < run.steps.size(); ++i)
        steps << stepRow(scenario, run, i);
    QList<QByteArray> differences;
    for (const Deviation& deviation : deviations)
        differences << JsonObject()
                           .number("step", deviation.step + 1)
                           .text("field", deviation.field)
                           .text("expected", deviation.expected)
                           .text("got", deviation.got)
                           .bytes();
    return JsonObject()
        .text("title", scenario.title)
        .raw("remarks", jsonTexts(scenario.remarks))
        .raw("steps", jsonArray(steps))
        .number("expected_steps", core::scenarios::expectedSteps(scenario))
        .raw("differences", jsonArray(differences))
        .bytes();
}

void printRun(Output& output, const Scenario& scenario, const Run& run)
{
    for (const QString& remark : scenario.remarks)
        output.note(visible(remark));
    if (run.steps.isEmpty())
        output.note(u"Nothing was delivered yet, so there is no step."_s);
    else
        output.lines(stepLines(scenario, run, output.width()));
}

/// One step whole: its stages, and the rows that came to be.
void printStep(Output& output, const Scenario& scenario, const Run& run, qsizetype index)
{
    const Step& step = scenario.steps.at(index);
    const StepResult& result = run.steps.at(index);
    const auto& before = run.at(index);
    const auto& after = run.at(index + 1);
    output.line(visible(u"Step %1 of %2, %3: %4"_s.arg(index + 1).arg(run.steps.size()).arg(whatText(step, result), result.answer)));
    if (result.outcome)
        output.lines(stageTable(*result.outcome, core::tasks::Mode::Apply, output.width()));
    if (result.refusal)
        output.line(u"  %1"_s.arg(visible(result.refusal->message)));
    output.line(u"  job: %1 %2% -> %3 %4%"_s.arg(visible(statusText(before.job)))
                    .arg(before.job.progressPct)
                    .arg(visible(statusText(after.job)))
                    .arg(after.job.progressPct));
    for (qsizetype i = before.events; i < after.events; ++i)
        output.line(u"  event: %1 %2"_s.arg(visible(run.events.at(i).eventType), visible(orDash(run.events.at(i).statusText))));
    for (qsizetype i = before.artifacts; i < after.artifacts; ++i) {
        const auto& made = run.artifacts.at(i);
        output.line(u"  artifact: %1  %2"_s.arg(visible(made.artifact.kind), visible(orDash(made.file ? made.file->path : QString()))));
    }
    for (qsizetype i = before.notifications; i < after.notifications; ++i)
        output.line(u"  notification: %1"_s.arg(visible(run.notifications.at(i).title)));
}

}

Ending step(Session& session, const Arguments& arguments)
{
    const auto scenario = scenarioOperand(session, arguments.operands().value(0), arguments.values(u"fault"));
    if (!scenario)
        return errorOf(scenario);
    const auto run = session.backend.playScenario(*scenario, {}).wait();
    if (!run)
        return errorOf(run);
    if (session.output.isJson()) {
        session.output.json(runRow(*scenario, *run, {}));
        return ExitCode::Ok;
    }
    if (arguments.operands().size() < 2) {
        printRun(session.output, *scenario, *run);
        return ExitCode::Ok;
    }
    const qsizetype number = arguments.operands().at(1).toLongLong();
    if (number < 1 || number > run->steps.size())
        return failure(ErrorKind::Invalid, u"step_missing"_s,
                       u"There is no step %1; there are %2"_s.arg(arguments.operands().at(1)).arg(run->steps.size()), u"STEP"_s);
    printStep(session.output, *scenario, *run, number - 1);
    return ExitCode::Ok;
}

bool isScenarioRun(const Arguments& arguments)
{
    return arguments.operands().value(0) == u"run"_s;
}

Ending saveScenario(Session& session, const Arguments& arguments)
{
    const QStringList words = arguments.operands();
    if (words.value(0) != u"save"_s || words.size() != 3)
        return usageFailure(u"Usage: signalboxctl scenario run FILE, or signalboxctl scenario save ID FILE"_s);
    const auto scenario = scenarioOperand(session, words.at(1), arguments.values(u"fault"));
    if (!scenario)
        return errorOf(scenario);
    const auto run = session.backend.playScenario(*scenario, {}).wait();
    if (!run)
        return errorOf(run);
    const Scenario saved = core::scenarios::expecting(*scenario, *run);
    const auto written = core::scenarios::writeScenario(words.at(2), saved, core::scenarios::IfThere::Refuse);
    if (!written)
        return errorOf(written);
    if (session.output.isJson())
        session.output.json(runRow(saved, *run, {}));
    else
        printRun(session.output, saved, *run);
    session.output.note(u"Saved with what each step came to: signalboxctl scenario run %1"_s.arg(visible(words.at(2))));
    return ExitCode::Ok;
}

Ending runScenario(Output& output, const Arguments& arguments)
{
    if (arguments.operands().size() != 2 || arguments.has(u"fault"))
        return usageFailure(u"Usage: signalboxctl scenario run FILE"_s);
    const auto scenario = core::scenarios::readScenario(arguments.operands().at(1));
    if (!scenario)
        return errorOf(scenario);
    const auto run = core::backend::playScenario(*scenario);
    if (!run)
        return errorOf(run);
    const auto deviations = core::scenarios::deviations(*scenario, *run);
    if (output.isJson()) {
        output.json(runRow(*scenario, *run, deviations));
        return deviations.isEmpty() ? ExitCode::Ok : ExitCode::NotDone;
    }
    printRun(output, *scenario, *run);
    for (const Deviation& deviation : deviations)
        output.line(visible(u"step %1: %2 is %3, expected was %4"_s.arg(deviation.step + 1)
                                .arg(deviation.field, orDash(deviation.got), orDash(deviation.expected))));
    const qsizetype expected = core::scenarios::expectedSteps(*scenario);
    output.line(expected == 0          ? u"Nothing is expected of its steps."_s
                : deviations.isEmpty() ? u"%1 of %2 steps are as expected."_s.arg(expected).arg(run->steps.size())
                                       : u"It went otherwise than expected."_s);
    return deviations.isEmpty() ? ExitCode::Ok : ExitCode::NotDone;
}

}
