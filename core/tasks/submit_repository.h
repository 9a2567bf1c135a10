// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/broker/models.h"
#include "core/database/database.h"
#include "core/jobs/journal_repository.h"
#include "core/jobs/models.h"
#include "core/webhooks/models.h"

#include <QSet>

namespace core::tasks {

/// The rows of a submit: they come together or not at all.
struct SubmittedRows {
    jobs::Job job;
    webhooks::Webhook webhook;
    jobs::JobEvent created;
    broker::QueueMessage message;
    jobs::JournalEntry journal;
};

/// How many submits one statement takes at most, and how much of their inputs; the last one may go beyond.
inline constexpr qsizetype submitsTogether = 500;
inline constexpr qsizetype submitBytesTogether = 16'000'000;

/// The rows of all of them in one statement, which is a transaction of its own where none is open: on a server one round trip, where a submit
/// row by row takes seven. Answers which jobs came to be; of the others nothing was written: an active job has their dedupe key. Only for
/// Postgres: SQLite knows no such statement, and no round trips.
[[nodiscard]] Result<QSet<JobId>> insertTogether(database::Database& database, const QList<SubmittedRows>& submits);

}
