// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/jobs/filter.h"
#include "core/jobs/filter_repository.h"
#include "core/jobs/models.h"

#include <QList>

#include <optional>

namespace core::jobs {

/// Took: from start to end; jobs that did not start or have not ended have no such span and stand last, either way round.
enum class JobSort { Created, Updated, Took };
enum class SortDirection { NewestFirst, OldestFirst };    ///< by Took: the longest first, the shortest first

/// Where to read on: rows after a key in the order of the list, or those before it, nearest to it. Neither: from the top.
/// A key's value is that of the sort (keyOf()).
struct PageRequest {
    std::optional<JobKey> after{};
    std::optional<JobKey> before{};    ///< looked at only without `after`
    JobSort sort = JobSort::Created;
    SortDirection direction = SortDirection::NewestFirst;
    int limit = 100;    ///< held within 1..maxPageRows
};
inline constexpr int maxPageRows = 1000;

/// How many of the newest jobs a filter may look into that asks for payloads.
inline constexpr int payloadSearchCeiling = 50'000;

struct JobPage {
    QList<JobSummary> rows;                   ///< in the order of the list, also when read towards its top
    std::optional<JobKey> next;               ///< set if there are more rows the way this page was read: the next `after` (or `before`)
    std::optional<int> searchedOnlyNewest;    ///< set if the payload search ended at this many of the newest jobs, and older ones exist
};

struct JobCount {
    qint64 count = 0;
    bool isExact = true;    ///< false: at least so many
    std::optional<int> searchedOnlyNewest;
};

struct JobIds {
    QList<JobId> ids;          ///< newest first
    bool isComplete = true;    ///< false: the limit cut them off
    std::optional<int> searchedOnlyNewest;
};

struct StatusCount {
    JobStatus status = JobStatus::Unknown;
    QString statusText;    ///< as stored
    qint64 count = 0;
    bool operator==(const StatusCount&) const = default;
};

/// What a list of jobs asks the store. Pages by key, never by offset; no statement reads a payload but to search in it.
class JobListRepository {
public:
    explicit JobListRepository(database::Database& database, int payloadCeiling = payloadSearchCeiling)
        : m_database(database), m_payloadCeiling(payloadCeiling)
    {
    }

    [[nodiscard]] Result<JobPage> page(const Filter& filter, const PageRequest& request) const;
    /// Counts no further than `ceiling`, so that it costs the same however many there are.
    [[nodiscard]] Result<JobCount> count(const Filter& filter, qint64 ceiling) const;
    [[nodiscard]] Result<QList<StatusCount>> countsByStatus() const;
    /// For an act on many: the ids as they are now.
    [[nodiscard]] Result<JobIds> ids(const Filter& filter, int limit) const;
    /// In the order asked for; those that are gone are left out.
    [[nodiscard]] Result<QList<JobSummary>> summariesOf(const QList<JobId>& ids) const;

    /// The statements behind page(), for whoever asks how the store runs them: each goes on where the one before has no more rows.
    /// Each reads up to one row more than the limit.
    [[nodiscard]] static QList<SqlText> pageStatements(const Filter& filter, const PageRequest& request,
                                                       const std::optional<JobKey>& payloadFloor = {},
                                                       database::Engine engine = database::Engine::Sqlite);

private:
    /// The newest job that a payload search leaves out; nothing if it sees them all.
    [[nodiscard]] Result<std::optional<JobKey>> payloadFloor(const Filter& filter) const;
    [[nodiscard]] std::optional<int> ceilingIf(const std::optional<JobKey>& floor) const;

    database::Database& m_database;
    int m_payloadCeiling;
};

/// The key of a row in a list of this sort.
[[nodiscard]] JobKey keyOf(const JobSummary& job, JobSort sort);

}
