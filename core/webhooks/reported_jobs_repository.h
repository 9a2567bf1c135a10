// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/jobs/repository.h"

namespace core::webhooks {

/// What a report has to ask of the store before it may change anything.
struct ReportAddress {
    std::optional<WebhookId> webhook;    ///< it came to this one; else it names its job
    std::optional<JobId> job;
    QString eventId;
    std::optional<int> attempt;    ///< none: that of the job
    bool asksSequence = false;     ///< whether KnownReports::lastSequence is wanted
};

struct ReportedJob {
    jobs::Job job;
    jobs::KnownReports known;
};

/// For Postgres, in the transaction that will change these jobs: all of them locked, and what each has heard, for the wait of one. They are
/// locked in the order of their ids, so that of two who do this neither has what the other waits for. Nothing in a place: there is no such
/// job, no such webhook, or it is off.
[[nodiscard]] Result<QList<std::optional<ReportedJob>>> findReported(database::Database& database, const QList<ReportAddress>& addresses);

}
