// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/jobs/filter.h"
#include "core/jobs/filter_repository.h"
#include "core/jobs/models.h"

#include <QList>

#include <limits>
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
/// How many of the newest jobs a filter may look through on a server, if no index serves it (isServedByIndex()). A file has no such ceiling:
/// it is this machine's, and a scan of it harms nobody.
inline constexpr int rowSearchCeiling = 200'000;

struct JobPage {
    QList<JobSummary> rows;                   ///< in the order of the list, also when read towards its top
    std::optional<JobKey> next;               ///< set if there are more rows the way this page was read: the next `after` (or `before`)
    std::optional<int> searchedOnlyNewest;    ///< set if the search ended at this many of the newest jobs, and older ones exist
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

/// As a ceiling: all of them, in the store's shortest way.
inline constexpr int countsAll = std::numeric_limits<int>::max() - 1;

/// What a list of jobs asks the store. Pages by key, never by offset; no statement reads a payload but to search in it.
class JobListRepository {
public:
    explicit JobListRepository(database::Database& database, int payloadCeiling = payloadSearchCeiling, int rowCeiling = rowSearchCeiling)
        : m_database(database), m_payloadCeiling(payloadCeiling), m_rowCeiling(rowCeiling)
    {
    }

    [[nodiscard]] Result<JobPage> page(const Filter& filter, const PageRequest& request) const;
    /// Counts no further than `ceiling`, so that it costs the same however many there are; countsAll: to the end.
    [[nodiscard]] Result<JobCount> count(const Filter& filter, qint64 ceiling) const;
    /// About how many, as the server's planner guesses from its statistics, whatever their number; nothing where there is no such guess: in a
    /// file, where a count is quick, and for a filter that is searched to a ceiling only.
    [[nodiscard]] Result<std::optional<qint64>> estimate(const Filter& filter) const;
    [[nodiscard]] Result<QList<StatusCount>> countsByStatus() const;
    /// For an act on many: the ids as they are now.
    [[nodiscard]] Result<JobIds> ids(const Filter& filter, int limit) const;
    /// In the order asked for; those that are gone are left out.
    [[nodiscard]] Result<QList<JobSummary>> summariesOf(const QList<JobId>& ids) const;

    /// The statements behind page(), for whoever asks how the store runs them: each goes on where the one before has no more rows.
    /// Each reads up to one row more than the limit.
    [[nodiscard]] static QList<SqlText> pageStatements(const Filter& filter, const PageRequest& request,
                                                       const std::optional<JobKey>& searchFloor = {},
                                                       database::Engine engine = database::Engine::Sqlite);

private:
    [[nodiscard]] Result<JobCount> countAll(const Filter& filter) const;
    /// How many of the newest jobs the filter may look through; nothing: all.
    [[nodiscard]] std::optional<int> ceilingOf(const Filter& filter) const;
    /// The newest job that a search leaves out; nothing if it sees them all.
    [[nodiscard]] Result<std::optional<JobKey>> searchFloor(const Filter& filter) const;

    database::Database& m_database;
    int m_payloadCeiling;
    int m_rowCeiling;
};

/// The key of a row in a list of this sort.
[[nodiscard]] JobKey keyOf(const JobSummary& job, JobSort sort);

}
