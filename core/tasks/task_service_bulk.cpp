// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/database/writers_turn.h"
#include "core/tasks/task_service.h"

#include <QScopeGuard>

namespace core::tasks {

using namespace Qt::StringLiterals;

Result<void> requireManyAllowed(const Caller& caller, const QList<JobId>& ids, const QString& reason)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return allowed;
    if (ids.isEmpty())
        return failure(ErrorKind::Invalid, u"scope_empty"_s, u"There is no job to act on"_s, u"ids"_s);
    if (ids.size() > 1 && reason.trimmed().isEmpty())
        return failure(ErrorKind::Invalid, u"reason_missing"_s, u"An act on many jobs needs a reason for the journal"_s, u"reason"_s);
    return {};
}

namespace {

/// What says that the act came too late or is not needed, and not that it went wrong.
bool isSkipped(const Error& why)
{
    return why.code == "job_terminal"_L1 || why.code == "duplicate_active"_L1;    // a constraint that is hurt is a Conflict as well
}

}

Result<BulkAnswer> TaskService::cancelMany(const Caller& caller, const QList<JobId>& ids, const QString& reason, const ActControl& control)
{
    if (const auto allowed = requireManyAllowed(caller, ids, reason); !allowed)
        return errorOf(allowed);
    const auto cancelOne = [&](const JobId& id) { return cancelInTransaction(caller, id, reason).map([](Time) { return JobId{}; }); };
    return inSteps(ids, control, [&](const QList<JobId>& step) {
        // Two transactions, as for one job: the decision with its journal rows, then the queue. Who dies between them leaves the second
        // to a worker's sweep.
        auto rows = stepOfMany(step, control.cancel, cancelOne);
        if (rows) {
            informOfMany(*rows);
            tellWorkers();
        }
        return rows;
    });
}

Result<BulkAnswer> TaskService::resubmitMany(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                             const ActControl& control)
{
    if (const auto allowed = requireManyAllowed(caller, ids, reason); !allowed)
        return errorOf(allowed);
    const auto resubmitOne = [&](const JobId& id) {
        return resubmit(caller, {id, std::nullopt, false, reason}).map([](const SubmitAnswer& answer) { return answer.jobId; });
    };
    return inSteps(ids, control, [&](const QList<JobId>& step) {
        m_foundInBatch.emplace();    // jobs on one file look at it once a step
        const auto forget = qScopeGuard([this] { m_foundInBatch.reset(); });
        auto rows = stepOfMany(step, control.cancel, resubmitOne);
        if (rows)
            tellWorkers();
        return rows;
    });
}

Result<QList<BulkRow>> TaskService::stepOfMany(const QList<JobId>& ids, const CancelToken& abort, const ActOnOne& act)
{
    database::giveWritersATurn();
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    if (const auto locked = m_jobs.lockForChange(ids); !locked)
        return errorOf(locked);
    QList<BulkRow> rows;
    for (const JobId& id : ids) {
        if (abort.isCancelled())
            break;    // what this step has done so far is kept
        auto row = oneOfMany(id, act);
        if (!row)
            return errorOf(row);
        rows.append(std::move(*row));
    }
    if (const auto committed = transaction->commit(); !committed)
        return errorOf(committed);
    return rows;
}

/// An error only where the store itself cannot go on: then the whole step is undone.
Result<BulkRow> TaskService::oneOfMany(const JobId& id, const ActOnOne& act)
{
    auto savepoint = database::Savepoint::begin(m_database);
    if (!savepoint)
        return errorOf(savepoint);
    const auto made = act(id);
    if (made) {
        if (const auto released = savepoint->release(); !released)
            return errorOf(released);
        return BulkRow{id.text, BulkResult::Acted, {}, {}, {}, *made};
    }
    const Error& why = made.error();
    if (why.kind == ErrorKind::Unavailable)
        return errorOf(made);
    if (!isSkipped(why))
        return BulkRow{id.text, BulkResult::Failed, why.code, why.message, {}, {}};
    const auto job = m_jobs.findSummary(id);
    if (!job)
        return errorOf(job);
    return BulkRow{id.text, BulkResult::Skipped, why.code, why.message, *job ? (*job)->statusText : QString(), {}};
}

void TaskService::informOfMany(const QList<BulkRow>& rows)
{
    const auto informed = [&]() -> Result<void> {
        auto transaction = database::Transaction::begin(m_database);
        if (!transaction)
            return errorOf(transaction);
        QList<JobId> acted;
        for (const BulkRow& row : rows) {
            if (row.result == BulkResult::Acted)
                acted.append(JobId{row.id});
        }
        if (const auto locked = m_jobs.lockForChange(acted); !locked)
            return locked;
        for (const JobId& id : std::as_const(acted)) {
            if (const auto told = informInTransaction(id); !told)
                return told;
        }
        return transaction->commit();
    }();
    // The jobs are cancelled whatever became of this; a worker's sweep makes up for it.
    if (!informed)
        qWarning("The queue could not be told of a cancel of many: %s", qUtf8Printable(informed.error().message));
}

}
