// SPDX-License-Identifier: Apache-2.0
#include "core/backend/masking.h"

#include "core/base/secrets.h"

namespace core::backend {

using namespace Qt::StringLiterals;
using base::maskSecrets;

namespace {

void maskInPlace(QString& text)
{
    if (!text.isEmpty())
        text = maskSecrets(text);
}

void maskSummary(jobs::JobSummary& job)
{
    maskInPlace(job.message);
    maskInPlace(job.errorMessage);
}

void maskHeaders(QList<webhooks::Header>& headers, bool (*isSecret)(QStringView name))
{
    for (webhooks::Header& header : headers) {
        const QString value = QString::fromLatin1(header.value);
        if (isSecret(QString::fromLatin1(header.name)))
            header.value = "[masked]";
        else if (const QString safe = maskSecrets(value); safe != value)
            header.value = safe.toLatin1();
    }
}

}

Error masked(Error error)
{
    maskInPlace(error.message);
    maskInPlace(error.detail);
    return error;
}

jobs::JobSummary masked(jobs::JobSummary job)
{
    maskSummary(job);
    return job;
}

jobs::JobEvent masked(jobs::JobEvent event)
{
    maskInPlace(event.message);
    if (event.payload)
        event.payload = base::maskedDocument(*event.payload);
    return event;
}

jobs::JobAttempt masked(jobs::JobAttempt attempt)
{
    maskInPlace(attempt.error);
    if (attempt.commands)
        attempt.commands = base::maskedCommands(*attempt.commands);
    if (attempt.log)
        attempt.log = base::maskedTextBytes(*attempt.log);
    return attempt;
}

jobs::JournalEntry masked(jobs::JournalEntry entry)
{
    maskInPlace(entry.reason);
    if (entry.before)
        entry.before = base::maskedDocument(*entry.before);
    if (entry.after)
        entry.after = base::maskedDocument(*entry.after);
    return entry;
}

webhooks::Delivery masked(webhooks::Delivery delivery)
{
    maskHeaders(delivery.headers, base::namesSecret);
    maskInPlace(delivery.outcomeDetail);
    return delivery;
}

notifications::Notification masked(notifications::Notification notification)
{
    maskInPlace(notification.title);
    maskInPlace(notification.body);
    if (notification.payload)
        notification.payload = base::maskedDocument(*notification.payload);
    return notification;
}

tasks::WebhookOutcome masked(tasks::WebhookOutcome outcome)
{
    if (outcome.error)
        outcome.error = masked(*outcome.error);
    outcome.fieldErrors = masked(outcome.fieldErrors);
    for (tasks::StageReport& stage : outcome.stages)
        maskInPlace(stage.detail);
    if (outcome.before)
        maskSummary(*outcome.before);
    if (outcome.after)
        maskSummary(*outcome.after);
    if (outcome.event)
        outcome.event = masked(*outcome.event);
    if (outcome.notification)
        outcome.notification = masked(*outcome.notification);
    return outcome;
}

tasks::JobScope masked(tasks::JobScope scope)
{
    scope.sample = masked(std::move(scope.sample));
    return scope;
}

tasks::BulkRow masked(tasks::BulkRow row)
{
    maskInPlace(row.message);
    return row;
}

JobDetails masked(JobDetails details)
{
    maskSummary(details.job);
    return details;
}

broker::AttemptUnderWay masked(broker::AttemptUnderWay attempt)
{
    maskInPlace(attempt.jobMessage);
    return attempt;
}

jobs::FailureGroup masked(jobs::FailureGroup group)
{
    maskInPlace(group.pattern);
    maskInPlace(group.example);
    return group;
}

JobStory masked(JobStory story)
{
    maskSummary(story.job);
    story.events = masked(std::move(story.events));
    story.attempts = masked(std::move(story.attempts));
    story.deliveries = masked(std::move(story.deliveries));
    story.notifications = masked(std::move(story.notifications));
    return story;
}

QueuePage masked(QueuePage page)
{
    page.attempts = masked(std::move(page.attempts));
    return page;
}

scenarios::Scenario masked(scenarios::Scenario scenario)
{
    int changed = 0;
    const auto maskBytes = [&changed](QByteArray& bytes) {
        QByteArray safe = base::maskedCommands(bytes);
        changed += safe == bytes ? 0 : 1;
        bytes = std::move(safe);
    };
    maskBytes(scenario.job.inputData);
    for (scenarios::Step& step : scenario.steps) {
        if (auto* delivery = std::get_if<scenarios::Deliver>(&step.act)) {
            const auto headers = delivery->headers;
            maskHeaders(delivery->headers, base::namesSecretOrSignature);
            changed += headers == delivery->headers ? 0 : 1;
            maskBytes(delivery->body);
        } else if (auto* cancel = std::get_if<scenarios::Cancel>(&step.act)) {
            maskInPlace(cancel->reason);
        }
    }
    if (changed > 0)
        scenario.remarks << u"In %1 of its documents and lists of headers what looks like a secret is masked."_s.arg(changed);
    return scenario;
}

scenarios::Run masked(scenarios::Run run)
{
    maskSummary(run.before.job);
    for (scenarios::StepResult& step : run.steps) {
        maskSummary(step.after.job);
        maskInPlace(step.says);
        if (step.outcome)
            step.outcome = masked(std::move(*step.outcome));
        if (step.refusal)
            step.refusal = masked(*step.refusal);
    }
    run.events = masked(std::move(run.events));
    run.notifications = masked(std::move(run.notifications));
    return run;
}

ChangePage masked(ChangePage page)
{
    page.events = masked(std::move(page.events));
    return page;
}

}
