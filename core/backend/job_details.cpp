// SPDX-License-Identifier: Apache-2.0
#include "core/backend/job_details.h"

#include "core/broker/queue_repository.h"
#include "core/database/transaction.h"
#include "core/jobs/repository.h"
#include "core/tasks/webhook_event.h"
#include "core/webhooks/repository.h"

namespace core::backend {

using namespace Qt::StringLiterals;

/// The job does not move; the delivery tells it.
Result<std::optional<FinishedAnyway>> readFinishedAnyway(database::Database& database, const jobs::JobSummary& job)
{
    if (!job.cancel.requestedAt)
        return std::nullopt;
    const auto ignored = webhooks::WebhookRepository(database).deliveriesWithBodies(job.id, webhooks::Outcome::IgnoredTerminal);
    if (!ignored)
        return errorOf(ignored);
    for (const webhooks::Delivery& delivery : *ignored) {
        if (delivery.receivedAt < *job.cancel.requestedAt)
            continue;
        const auto event = tasks::parseWebhookEvent(delivery.body, delivery.headers);
        if (event && (event->status == JobStatus::Done || event->status == JobStatus::Failed))
            return FinishedAnyway{delivery.receivedAt, jobs::statusName(*event->status)};
    }
    return std::nullopt;
}

Result<JobDetails> readJobDetails(database::Database& database, const JobId& id)
{
    const auto moment = database::Transaction::beginRead(database);    // all of one moment: a job may end between two reads
    if (!moment)
        return errorOf(moment);
    jobs::JobRepository repository(database);
    auto job = repository.find(id);
    if (!job)
        return errorOf(job);
    if (!*job)
        return failure(ErrorKind::NotFound, u"job_unknown"_s, u"There is no job %1"_s.arg(id.text), u"id"_s);
    const auto webhook = webhooks::WebhookRepository(database).findOfJob(id);
    if (!webhook)
        return errorOf(webhook);
    const auto retries = repository.retriesOf(id);
    if (!retries)
        return errorOf(retries);
    const auto messages = broker::QueueRepository(database).messagesOf(id);
    if (!messages)
        return errorOf(messages);
    JobDetails details;
    details.job = std::move(**job);
    details.webhook = *webhook;
    details.retriedAs = *retries;
    details.messages = *messages;
    const auto anyway = readFinishedAnyway(database, details.job);
    if (!anyway)
        return errorOf(anyway);
    if (*anyway) {
        details.finishedAnywayAt = (*anyway)->at;
        details.finishedAnywayAs = (*anyway)->status;
    }
    return details;
}

}
