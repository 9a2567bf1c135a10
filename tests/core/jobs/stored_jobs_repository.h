// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/migrations.h"
#include "core/jobs/models.h"
#include "tests/support/test_store.h"

/// A connection to a fresh store, migrated; null if it cannot be made.
inline std::unique_ptr<core::database::Database> freshStore(const test_support::TestStore& place)
{
    core::database::DatabaseOptions options;
    options.path = place.path();
    options.durability = core::database::Durability::Normal;
    auto database = core::database::Database::open(options);
    if (!database || !core::database::migrate(**database))
        return nullptr;
    return std::move(*database);
}

/// Writes a row as any program may have left it: every column, no rule asked.
inline core::Result<void> storeRow(core::database::Database& database, const core::jobs::Job& job)
{
    auto query = database.prepare(
        "INSERT INTO jobs (id, job_type, status, progress_pct, current_message, input_data, output_data, error_message, error_code, "
        "user_id, project_id, attempt, retried_from, created_at, started_at, finished_at, updated_at, cancel_requested_at) "
        "VALUES (:id, :job_type, :status, 0, :message, :input, :output, :error_message, :error_code, :user_id, :project_id, :attempt, "
        ":retried_from, :created_at, :started_at, :finished_at, :updated_at, :cancel_requested_at)",
        core::database::Path::Hot);
    query.bind(":id", job.id).bind(":job_type", job.typeText).bind(":status", job.statusText).bind(":message", job.message);
    query.bindUtf8(":input", job.inputData).bindUtf8(":output", job.outputData).bind(":error_message", job.errorMessage);
    query.bind(":error_code", job.errorCode).bind(":user_id", job.userId).bind(":project_id", job.projectId).bind(":attempt", job.attempt);
    query.bind(":retried_from", job.retriedFrom).bind(":created_at", job.createdAt).bind(":started_at", job.startedAt);
    query.bind(":finished_at", job.finishedAt).bind(":updated_at", job.updatedAt).bind(":cancel_requested_at", job.cancel.requestedAt);
    return query.exec();
}

/// As the server's tables want it: what is over has ended. SQLite's take any row.
inline void endIfOver(core::jobs::Job& job)
{
    if (test_support::onPostgres() && core::jobs::isTerminal(job.status) && !job.finishedAt)
        job.finishedAt = job.updatedAt;
}
