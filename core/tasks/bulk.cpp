// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/bulk.h"

#include "core/database/transaction.h"
#include "core/jobs/list_repository.h"
#include "core/jobs/repository.h"

#include <QSet>

#include <algorithm>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

bool isWanted(JobStatus status, ScopeStates states)
{
    switch (states) {
    case ScopeStates::Any: return true;
    case ScopeStates::Active: return status == JobStatus::Pending || status == JobStatus::Running;
    case ScopeStates::Ended: return jobs::isTerminal(status);
    }
    Q_UNREACHABLE();
}

tl::unexpected<Error> tooLarge()
{
    return failure(ErrorKind::TooLarge, u"scope_too_large"_s,
                   u"Over %1 jobs are in this scope, more than one act may be on; nothing was changed"_s.arg(maxScopeJobs), u"filter"_s);
}

jobs::Filter inStates(const jobs::Filter& filter, ScopeStates states)
{
    if (states == ScopeStates::Any)
        return filter;
    jobs::FilterTerm term;
    term.key = jobs::FilterKey::Status;
    for (const JobStatus status : {JobStatus::Pending, JobStatus::Running, JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled}) {
        if (isWanted(status, states))
            term.values.append(jobs::FilterText{jobs::statusName(status), false});
    }
    return jobs::joined(jobs::Join::All, {filter, jobs::Filter{term}});
}

Result<JobScope> freezeChosen(database::Database& database, const QList<JobId>& chosen, ScopeStates states)
{
    if (chosen.isEmpty())
        return failure(ErrorKind::Invalid, u"scope_empty"_s, u"No job was chosen"_s, u"ids"_s);
    if (chosen.size() > maxScopeJobs)
        return tooLarge();
    const jobs::JobRepository repository(database);
    QSet<JobId> seen;
    JobScope scope;
    for (const JobId& id : chosen) {
        if (seen.contains(id))
            continue;
        seen.insert(id);
        const auto job = repository.findSummary(id);
        if (!job)
            return errorOf(job);
        if (!*job || !isWanted((*job)->status, states)) {
            ++scope.leftOut;
            continue;
        }
        scope.ids.append(id);
        if (scope.sample.size() < scopeSample)
            scope.sample.append(**job);
    }
    return scope;
}

Result<JobScope> freezeMatching(database::Database& database, const jobs::Filter& filter, ScopeStates states)
{
    if (jobs::takesAll(filter))
        return failure(ErrorKind::Invalid, u"filter_empty"_s, u"An empty filter would take every job; say which"_s, u"filter"_s);
    const jobs::JobListRepository list(database);
    const jobs::Filter wanted = inStates(filter, states);
    const auto found = list.ids(wanted, maxScopeJobs);
    if (!found)
        return errorOf(found);
    if (!found->isComplete)
        return tooLarge();
    const auto sample = list.summariesOf(found->ids.first(std::min<qsizetype>(scopeSample, found->ids.size())));
    if (!sample)
        return errorOf(sample);
    JobScope scope{found->ids, *sample, 0, true, found->searchedOnlyNewest};
    if (states == ScopeStates::Any)
        return scope;
    const auto all = list.count(filter, maxScopeJobs);
    if (!all)
        return errorOf(all);
    scope.leftOut = std::max<qint64>(0, all->count - found->ids.size());
    scope.isLeftOutExact = all->isExact;
    return scope;
}

/// What a broken act did not come to: nothing was changed by it.
QList<BulkRow> notDone(const QList<JobId>& ids, const Error& why)
{
    QList<BulkRow> rows;
    rows.reserve(ids.size());
    for (const JobId& id : ids)
        rows.append({id.text, BulkResult::Failed, why.code, why.message, {}, {}});
    return rows;
}

}

Result<JobScope> freezeJobs(database::Database& database, const ScopeRequest& request)
{
    // One moment for ids, sample and counts, so that the numbers add up.
    const auto moment = database::Transaction::beginRead(database);
    if (!moment)
        return errorOf(moment);
    if (const auto* chosen = std::get_if<QList<JobId>>(&request.jobs))
        return freezeChosen(database, *chosen, request.states);
    return freezeMatching(database, std::get<jobs::Filter>(request.jobs), request.states);
}

QString bulkResultName(BulkResult result)
{
    switch (result) {
    case BulkResult::Acted: return u"acted"_s;
    case BulkResult::Skipped: return u"skipped"_s;
    case BulkResult::Failed: return u"failed"_s;
    }
    Q_UNREACHABLE();
}

void BulkAnswer::add(const QList<BulkRow>& more)
{
    for (const BulkRow& row : more)
        ++(row.result == BulkResult::Acted ? acted : row.result == BulkResult::Skipped ? skipped : failed);
    rows.append(more);
}

Result<BulkAnswer> inSteps(const QList<JobId>& ids, const ActControl& control, const BulkStep& step)
{
    BulkAnswer answer;
    answer.asked = ids.size();
    answer.rows.reserve(ids.size());
    for (qsizetype first = 0; first < ids.size() && !control.cancel.isCancelled(); first += bulkStepSize) {
        const auto rows = step(ids.mid(first, bulkStepSize));
        if (!rows && first == 0)
            return errorOf(rows);    // nothing was done
        if (!rows) {
            answer.add(notDone(ids.mid(first), rows.error()));
            return answer;
        }
        answer.add(*rows);
        if (control.progress)
            control.progress(answer.rows.size(), ids.size());
    }
    return answer;
}

}
