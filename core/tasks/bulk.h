// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/caller.h"
#include "core/jobs/filter.h"
#include "core/jobs/models.h"
#include "core/tasks/models.h"

#include <functional>
#include <variant>

namespace core::database {
class Database;
}

namespace core::tasks {

/// Which of the jobs asked for an act is about: a cancel wants those that have not ended, a resubmit those that have.
enum class ScopeStates { Any, Active, Ended };

/// The jobs that an act on many is for: some that were chosen, or all that a filter takes.
struct ScopeRequest {
    std::variant<QList<JobId>, jobs::Filter> jobs;
    ScopeStates states = ScopeStates::Any;
};

/// The answer, frozen: whatever comes or matches later is not in it. Ids only, so that the largest is some megabytes; copies share them.
struct JobScope {
    QList<JobId> ids;                         ///< newest first, or in the order they were chosen
    QList<jobs::JobSummary> sample;           ///< the first of them, at most scopeSample
    qint64 leftOut = 0;                       ///< asked for, but gone or not in these states
    bool isLeftOutExact = true;               ///< false: at least so many
    std::optional<int> searchedOnlyNewest;    ///< the search ended at this many of the newest jobs, and older ones exist
};

inline constexpr int maxScopeJobs = 100'000;
inline constexpr int scopeSample = 8;

/// All in one moment of the store. Errors: Invalid scope_empty (no id), filter_empty (a filter that takes every job); TooLarge
/// scope_too_large over maxScopeJobs.
[[nodiscard]] Result<JobScope> freezeJobs(database::Database& database, const ScopeRequest& request);

/// Acted; left as it was because its state does not want the act any more; or not done, though it should have been.
enum class BulkResult { Acted, Skipped, Failed };
[[nodiscard]] QString bulkResultName(BulkResult result);    ///< "acted", "skipped", "failed"

/// What became of one of many. Code and message are empty where it was acted on.
struct BulkRow {
    QString id;    ///< of the job, or of whatever the act is on
    BulkResult result = BulkResult::Acted;
    QString code;       ///< job_terminal, job_unknown, store_locked, ...
    QString message;    ///< English
    QString state;      ///< its status as stored, where that is the reason
    JobId made;         ///< the new job, of an act that makes one
    bool operator==(const BulkRow&) const = default;
};

struct BulkAnswer {
    QList<BulkRow> rows;    ///< in the order of the scope; those it did not come to are not in it
    qsizetype asked = 0;    ///< how many the scope had
    qsizetype acted = 0;
    qsizetype skipped = 0;
    qsizetype failed = 0;

    void add(const QList<BulkRow>& more);
    [[nodiscard]] qsizetype notReached() const { return asked - rows.size(); }    ///< over 0: it was aborted
};

/// One step of an act on many: it begins and commits its own transactions. It may answer fewer rows than ids where it was aborted in
/// between; an error says that nothing of the step was done.
using BulkStep = std::function<Result<QList<BulkRow>>(const QList<JobId>& ids)>;
inline constexpr qsizetype bulkStepSize = 100;    ///< what an abort or another writer waits for at most

/// What every act on many asks first: Forbidden read_only or caller_missing; Invalid scope_empty, and reason_missing for more than one.
[[nodiscard]] Result<void> requireManyAllowed(const Caller& caller, const QList<JobId>& ids, const QString& reason);

/// Step after step, with progress, until the end or an abort. An error of the first step is the answer's; of a later one it is the reason
/// why the rest failed.
[[nodiscard]] Result<BulkAnswer> inSteps(const QList<JobId>& ids, const ActControl& control, const BulkStep& step);

}
