// SPDX-License-Identifier: Apache-2.0
#include "core/scenarios/expectations.h"

#include <algorithm>

namespace core::scenarios {

using namespace Qt::StringLiterals;

Expectation expectationOf(const StepResult& result)
{
    Expectation expectation;
    expectation.answer = result.answer;
    if (result.outcome) {
        expectation.stage = webhooks::stageName(result.outcome->stageReached);
        expectation.verdict = webhooks::verdictName(result.outcome->verdict);
    }
    expectation.httpStatus = result.httpStatus;
    expectation.status = result.after.job.statusText;
    expectation.progressPct = result.after.job.progressPct;
    expectation.events = result.after.events;
    expectation.artifacts = result.after.artifacts;
    expectation.notifications = result.after.notifications;
    return expectation;
}

Scenario expecting(Scenario scenario, const Run& run)
{
    for (qsizetype step = 0; step < scenario.steps.size() && step < run.steps.size(); ++step)
        scenario.steps[step].expected = expectationOf(run.steps.at(step));
    return scenario;
}

QList<Deviation> deviations(const Scenario& scenario, const Run& run)
{
    QList<Deviation> all;
    for (qsizetype step = 0; step < scenario.steps.size() && step < run.steps.size(); ++step) {
        if (!scenario.steps.at(step).expected)
            continue;
        const Expectation& expected = *scenario.steps.at(step).expected;
        const Expectation got = expectationOf(run.steps.at(step));
        const auto compare = [&](const QString& field, const auto& one, const auto& other) {
            if (one != other)
                all.append({step, field, u"%1"_s.arg(one), u"%1"_s.arg(other)});
        };
        compare(u"answer"_s, expected.answer, got.answer);
        compare(u"stage"_s, expected.stage, got.stage);
        compare(u"verdict"_s, expected.verdict, got.verdict);
        compare(u"http_status"_s, expected.httpStatus, got.httpStatus);
        compare(u"job_status"_s, expected.status, got.status);
        compare(u"progress_pct"_s, expected.progressPct, got.progressPct);
        compare(u"events"_s, expected.events, got.events);
        compare(u"artifacts"_s, expected.artifacts, got.artifacts);
        compare(u"notifications"_s, expected.notifications, got.notifications);
    }
    return all;
}

qsizetype expectedSteps(const Scenario& scenario)
{
    return std::count_if(scenario.steps.begin(), scenario.steps.end(), [](const Step& step) { return step.expected.has_value(); });
}

}
