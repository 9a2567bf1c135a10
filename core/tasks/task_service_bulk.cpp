// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/tasks/task_service.h"

namespace core::tasks {

using namespace Qt::StringLiterals;

Result<BulkAnswer> TaskService::cancelMany(const Caller& caller, const QList<JobId>& ids, const QString& reason, const ActControl& control)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    if (ids.isEmpty())
        return failure(ErrorKind::Invalid, u"scope_empty"_s, u"There is no job to cancel"_s, u"ids"_s);
    if (ids.size() > 1 && reason.trimmed().isEmpty())
        return failure(ErrorKind::Invalid, u"reason_missing"_s, u"Cancelling many jobs needs a reason for the journal"_s, u"reason"_s);
    return inSteps(ids, control, [&](const QList<JobId>& step) { return cancelStep(caller, step, reason, control.cancel); });
}

/// Two transactions, as for one job: the decision with its journal rows, then the queue. Who dies between them leaves the second to a
/// worker's sweep.
Result<QList<BulkRow>> TaskService::cancelStep(const Caller& caller, const QList<JobId>& ids, const QString& reason,
                                               const CancelToken& abort)
{
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    QList<BulkRow> rows;
    for (const JobId& id : ids) {
        if (abort.isCancelled())
            break;    // what this step has done so far is kept
        auto row = cancelOneOfMany(caller, id, reason);
        if (!row)
            return errorOf(row);
        rows.append(std::move(*row));
    }
    if (const auto committed = transaction->commit(); !committed)
        return errorOf(committed);
    informOfMany(rows);
    tellListeners();
    return rows;
}

/// An error only where the store itself cannot go on: then the whole step is undone.
Result<BulkRow> TaskService::cancelOneOfMany(const Caller& caller, const JobId& id, const QString& reason)
{
    auto savepoint = database::Savepoint::begin(m_database);
    if (!savepoint)
        return errorOf(savepoint);
    const auto asked = cancelInTransaction(caller, id, reason);
    if (asked) {
        if (const auto released = savepoint->release(); !released)
            return errorOf(released);
        return BulkRow{id.text, BulkResult::Acted, {}, {}, {}, {}};
    }
    const Error& why = asked.error();
    if (why.kind == ErrorKind::Unavailable)
        return errorOf(asked);
    if (why.code != u"job_terminal"_s)    // a constraint that is hurt is a Conflict as well
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
        for (const BulkRow& row : rows) {
            if (row.result != BulkResult::Acted)
                continue;
            if (const auto told = informInTransaction(JobId{row.id}); !told)
                return told;
        }
        return transaction->commit();
    }();
    // The jobs are cancelled whatever became of this; a worker's sweep makes up for it.
    if (!informed)
        qWarning("The queue could not be told of a cancel of many: %s", qUtf8Printable(informed.error().message));
}

}
