// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/scenarios/play.h"
#include "core/scenarios/stored_scenario.h"
#include "tests/support/store_fixture.h"

namespace test_support {

/// A store with a job that a worker far away has reported on, signed: RUNNING 10%, RUNNING 60%, DONE.
class History : public StoreFixture {
public:
    explicit History(core::JobType type = core::JobType::TranscriptionGenerate)
    {
        const auto submitted = submitAnswer(type, QStringLiteral("u-31"));
        id = submitted.jobId;
        address = submitted.webhookId;
        writeOutputFiles(storage(), type, id);
        report(R"({"status":"RUNNING","progress_pct":10,"attempt":1,"sequence":1})", "e-1");
        report(R"({"status":"RUNNING","progress_pct":60,"attempt":1,"sequence":2})", "e-2");
        report(R"({"status":"DONE","attempt":1,"sequence":3,"output_data":)" + sampleOutput(type, id) + '}', "e-3");
    }
    core::webhooks::Outcome report(const QByteArray& body, const QByteArray& eventId)
    {
        now += std::chrono::seconds(7);
        return record(signedReport(settings.masterKey, address, body, eventId, now));
    }
    core::webhooks::Outcome record(const core::tasks::IncomingDelivery& delivery)
    {
        return service().recordWebhookEvents({delivery}, core::tasks::Mode::Apply).value().constFirst().outcome;
    }
    [[nodiscard]] core::scenarios::Scenario scenario() { return core::scenarios::storedScenario(database(), storage(), id).value(); }

    core::JobId id;
    core::WebhookId address;
};

/// "applied RUNNING 10%": what each step came to.
[[nodiscard]] inline QStringList story(const core::scenarios::Run& run)
{
    QStringList lines;
    for (const core::scenarios::StepResult& step : run.steps)
        lines << QStringLiteral("%1 %2 %3%").arg(step.answer, step.after.job.statusText).arg(step.after.job.progressPct);
    return lines;
}

}
