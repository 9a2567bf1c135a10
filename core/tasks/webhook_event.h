// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"
#include "core/webhooks/models.h"

namespace core::tasks {

/// A worker's report. At least one of status, progress and message is there.
struct WebhookEvent {
    std::optional<JobStatus> status;
    std::optional<int> progressPct;    ///< 0..100
    std::optional<QString> message;
    std::optional<QString> errorMessage;
    std::optional<QString> errorCode;
    std::optional<QByteArray> outputData;    ///< the bytes between the braces, as they came
    QString eventId;                         ///< the body's, else the webhook-id header's; may be empty
    std::optional<int> attempt;
    std::optional<qint64> sequence;    ///< the worker's own count within the attempt
    std::optional<Time> occurredAt;
};

inline constexpr qsizetype maxWebhookBody = qsizetype{64} << 20;

/// What stands in the way of reading a body. `error` decides the answer; `fields` has an entry for each field that is wrong.
struct EventProblem {
    Error error;
    QList<Error> fields;
};

/// Malformed (400) for what is no JSON, nests over 512 deep or repeats a key; TooLarge (413); Invalid (422) for wrong fields.
[[nodiscard]] tl::expected<WebhookEvent, EventProblem> parseWebhookEvent(const QByteArray& body, const QList<webhooks::Header>& headers);

/// The body of a report, as our own workers write it.
[[nodiscard]] QByteArray writeWebhookEvent(const WebhookEvent& event);

}
