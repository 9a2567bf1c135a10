// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

namespace core::backend {

// The one place where values leave the core (core/base/secrets.h says what is masked and what is not): DirectBackend passes each
// answer through one of these.

[[nodiscard]] Error masked(Error error);
[[nodiscard]] jobs::JobSummary masked(jobs::JobSummary job);
[[nodiscard]] jobs::JobEvent masked(jobs::JobEvent event);
[[nodiscard]] jobs::JobAttempt masked(jobs::JobAttempt attempt);
[[nodiscard]] jobs::JournalEntry masked(jobs::JournalEntry entry);
[[nodiscard]] webhooks::Delivery masked(webhooks::Delivery delivery);    ///< its headers; the body stays
[[nodiscard]] notifications::Notification masked(notifications::Notification notification);
[[nodiscard]] tasks::WebhookOutcome masked(tasks::WebhookOutcome outcome);
[[nodiscard]] tasks::JobScope masked(tasks::JobScope scope);
[[nodiscard]] tasks::BulkRow masked(tasks::BulkRow row);
[[nodiscard]] JobDetails masked(JobDetails details);    ///< payloads stay
[[nodiscard]] ChangePage masked(ChangePage page);

[[nodiscard]] broker::AttemptUnderWay masked(broker::AttemptUnderWay attempt);
[[nodiscard]] jobs::FailureGroup masked(jobs::FailureGroup group);
[[nodiscard]] JobStory masked(JobStory story);
[[nodiscard]] QueuePage masked(QueuePage page);
/// It becomes a file that is handed on: its input, bodies and headers are masked as those of a case file are, and a remark says so.
[[nodiscard]] scenarios::Scenario masked(scenarios::Scenario scenario);
[[nodiscard]] scenarios::Run masked(scenarios::Run run);

template <class T>
[[nodiscard]] QList<T> masked(QList<T> all)
{
    for (T& one : all)
        one = masked(std::move(one));
    return all;
}

/// Any page of rows.
template <class Page>
requires requires(Page page)
{
    page.rows;
}
[[nodiscard]] Page masked(Page page)
{
    page.rows = masked(std::move(page.rows));
    return page;
}

/// Value or error.
template <class T>
[[nodiscard]] Result<T> masked(Result<T> answer)
{
    if (!answer)
        return tl::make_unexpected(masked(answer.error()));
    return masked(std::move(*answer));
}

}
