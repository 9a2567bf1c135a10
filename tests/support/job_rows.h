// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/database/transaction.h"
#include "core/jobs/repository.h"

#include <QTest>

#include <memory>

namespace test_support {

/// Rows of jobs written straight into a store that is open elsewhere, as another process would: quickly, every column as it is given,
/// with an event each, so that whoever follows the feed hears of them.
class JobRows {
public:
    explicit JobRows(const QString& storePath)
    {
        core::database::DatabaseOptions options;
        options.path = storePath;
        options.durability = core::database::Durability::Normal;
        auto opened = core::database::Database::open(options);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().message));
        m_database = std::move(*opened);
    }

    /// A job that is done, `age` old.
    [[nodiscard]] static core::jobs::JobSummary done(std::chrono::microseconds age, core::JobType type = core::JobType::MediaProbe)
    {
        core::jobs::JobSummary job;
        job.id = core::newId<core::JobId>();
        job.type = type;
        job.typeText = core::jobs::jobTypeName(type);
        job.userId = QStringLiteral("u-12");
        job.attempt = 1;
        job.createdAt = core::base::systemNow() - age;
        job.startedAt = job.createdAt + std::chrono::milliseconds(10);
        job.finishedAt = *job.startedAt + std::chrono::milliseconds(210);
        job.updatedAt = *job.finishedAt;
        job.progressPct = 100;
        setStatus(job, core::JobStatus::Done);
        return job;
    }
    static void setStatus(core::jobs::JobSummary& job, core::JobStatus status)
    {
        job.status = status;
        job.statusText = core::jobs::statusName(status);
        if (!core::jobs::isTerminal(status))
            job.finishedAt.reset();
    }

    void insert(const QList<core::jobs::JobSummary>& jobs)
    {
        auto transaction = orDie(core::database::Transaction::begin(*m_database));
        for (const auto& job : jobs) {
            auto query = m_database->prepare(
                "INSERT INTO jobs (id, job_type, status, progress_pct, current_message, input_data, error_message, error_code, user_id, "
                "project_id, attempt, created_at, started_at, finished_at, updated_at, cancel_requested_at, cancel_acknowledged_at) VALUES "
                "(:id, :type, :status, :progress, :message, '{}', :error, :code, :user, :project, :attempt, :created, :started, :finished, "
                ":updated, :asked, :acknowledged)",
                core::database::Path::Hot);
            query.bind(":id", job.id).bind(":type", job.typeText).bind(":status", job.statusText).bind(":progress", job.progressPct);
            query.bind(":message", job.message).bind(":error", job.errorMessage).bind(":code", job.errorCode).bind(":user", job.userId);
            query.bind(":project", job.projectId).bind(":attempt", job.attempt).bind(":created", job.createdAt);
            query.bind(":started", job.startedAt).bind(":finished", job.finishedAt).bind(":updated", job.updatedAt);
            query.bind(":asked", job.cancel.requestedAt).bind(":acknowledged", job.cancel.acknowledgedAt);
            orDie(query.exec());
            appendEvent(job);
        }
        orDie(transaction.commit());
    }
    /// `count` jobs that are done, one second apart; the newest `newestAge` old. Newest first.
    QList<core::jobs::JobSummary> insertMany(int count, std::chrono::seconds newestAge = std::chrono::seconds(60))
    {
        QList<core::jobs::JobSummary> jobs;
        for (int i = 0; i < count; ++i)
            jobs << done(newestAge + std::chrono::seconds(i));
        insert(jobs);
        return jobs;
    }
    /// Progress, message, status and times of rows that are there and not over.
    void update(const QList<core::jobs::JobSummary>& jobs)
    {
        auto transaction = orDie(core::database::Transaction::begin(*m_database));
        for (const auto& job : jobs) {
            auto query = m_database->prepare("UPDATE jobs SET status = :status, progress_pct = :progress, current_message = :message, "
                                             "started_at = :started, finished_at = :finished, updated_at = :updated WHERE id = :id",
                                             core::database::Path::Hot);
            query.bind(":status", job.statusText).bind(":progress", job.progressPct).bind(":message", job.message);
            query.bind(":started", job.startedAt).bind(":finished", job.finishedAt).bind(":updated", job.updatedAt).bind(":id", job.id);
            orDie(query.exec());
            appendEvent(job);
        }
        orDie(transaction.commit());
    }

private:
    void appendEvent(const core::jobs::JobSummary& job)
    {
        core::jobs::JobEvent event;
        event.id = core::newId<core::EventId>();
        event.jobId = job.id;
        event.eventType = QStringLiteral("status");
        event.statusText = job.statusText;
        event.actor = QStringLiteral("worker");
        event.createdAt = job.updatedAt;
        orDie(core::jobs::JobRepository(*m_database).appendEvent(event));
    }
    static void orDie(const core::Result<void>& result)
    {
        if (!result)
            qFatal("%s %s", qPrintable(result.error().message), qPrintable(result.error().detail));
    }
    template <class T>
    static T orDie(core::Result<T> result)
    {
        if (!result)
            qFatal("%s %s", qPrintable(result.error().message), qPrintable(result.error().detail));
        return std::move(*result);
    }

    std::unique_ptr<core::database::Database> m_database;
};

}
