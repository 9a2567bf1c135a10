// SPDX-License-Identifier: Apache-2.0
#include "core/backend/job_story.h"

#include "core/backend/direct_backend_state.h"
#include "core/backend/job_details.h"
#include "core/backend/long_reads.h"
#include "core/broker/queue_repository.h"
#include "core/database/transaction.h"
#include "core/files/repository.h"
#include "core/jobs/event_repository.h"
#include "core/jobs/repository.h"
#include "core/notifications/repository.h"
#include "core/webhooks/repository.h"

namespace core::backend {

using namespace Qt::StringLiterals;

namespace {

/// Reads into a member; true if that went well, else the error is kept.
template <class T, class Into>
bool take(Result<T> read, Into& into, std::optional<Error>& wrong)
{
    if (!read) {
        wrong = read.error();
        return false;
    }
    into = std::move(*read);
    return true;
}

std::optional<Error> readRows(database::Database& database, JobStory& story)
{
    const JobId id = story.job.id;
    const jobs::JobRepository jobs(database);
    const webhooks::WebhookRepository webhooks(database);
    const broker::QueueRepository queue(database);
    jobs::PayloadSizes sizes;
    std::optional<FinishedAnyway> anyway;
    std::optional<Error> wrong;
    const bool read = take(jobs.payloadSizes(id), sizes, wrong) && take(jobs.retriesOf(id), story.retriedAs, wrong) &&
                      take(jobs::eventsBefore(database, id, std::numeric_limits<qint64>::max(), storyEvents), story.events, wrong) &&
                      take(jobs.attempts(id), story.attempts, wrong) && take(webhooks.findOfJob(id), story.webhook, wrong) &&
                      take(webhooks.deliveries(id, {}, storyDeliveries), story.deliveries, wrong) &&
                      take(queue.messagesOf(id), story.messages, wrong) && take(readQueue(database), story.queue, wrong) &&
                      take(files::FileRepository(database).artifactsOf(id), story.artifacts, wrong) &&
                      take(notifications::NotificationRepository(database).ofJob(id), story.notifications, wrong) &&
                      take(readFinishedAnyway(database, story.job), anyway, wrong);
    if (!read)
        return wrong;
    story.inputBytes = sizes.input;
    story.outputBytes = sizes.output;
    if (anyway) {
        story.finishedAnywayAt = anyway->at;
        story.finishedAnywayAs = anyway->status;
    }
    if (!story.messages.isEmpty())
        take(queue.waitingBefore(story.messages.first().queue, story.messages.first().position), story.waitingBefore, wrong);
    return wrong;
}

}

Result<JobStory> readJobStory(database::Database& database, const JobId& id)
{
    // one moment for all of it: a job that ends meanwhile must not show its end without the event that tells of it
    const auto moment = database::Transaction::beginRead(database);
    if (!moment)
        return errorOf(moment);
    auto job = jobs::JobRepository(database).findSummary(id);
    if (!job)
        return errorOf(job);
    if (!*job)
        return failure(ErrorKind::NotFound, u"job_unknown"_s, u"There is no job %1"_s.arg(id.text), u"id"_s);
    JobStory story;
    story.job = std::move(**job);
    if (auto wrong = readRows(database, story))
        return tl::make_unexpected(std::move(*wrong));
    return story;
}

}
