// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/list_repository.h"

#include "core/database/transaction.h"
#include "core/jobs/repository.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace core::jobs {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

namespace {

#define TOOK "(finished_at - started_at)"    // as the index has it

constexpr qint64 orderedCountCeiling = 100'000;

struct Order {
    const char* column;
    const char* way;
    const char* beyond;
};

bool isUpwards(const PageRequest& request)
{
    return !request.after && request.before;
}

const char* columnOf(JobSort sort)
{
    switch (sort) {
    case JobSort::Created: return "created_at";
    case JobSort::Updated: return "updated_at";
    case JobSort::Took: return TOOK;
    }
    Q_UNREACHABLE();
}

/// The order in which rows are read: the list's own, or its reverse on the way to its top.
Order orderOf(const PageRequest& request)
{
    const bool descending = (request.direction == SortDirection::NewestFirst) != isUpwards(request);
    return {columnOf(request.sort), descending ? "DESC" : "ASC", descending ? "<" : ">"};
}

/// A list of rows that may lack what it is sorted by is two lists, one after the other: no index has its rows without a value
/// last both ways round.
enum class Stretch { All, WithValue, WithoutValue };

QList<Stretch> stretchesOf(const PageRequest& request)
{
    if (request.sort != JobSort::Took)
        return {Stretch::All};
    const auto& from = request.after ? request.after : request.before;
    if (isUpwards(request))
        return from->value ? QList<Stretch>{Stretch::WithValue} : QList<Stretch>{Stretch::WithoutValue, Stretch::WithValue};
    return from && !from->value ? QList<Stretch>{Stretch::WithoutValue} : QList<Stretch>{Stretch::WithValue, Stretch::WithoutValue};
}

int rowsOf(const PageRequest& request)
{
    return std::clamp(request.limit, 1, maxPageRows);
}

void addKey(SqlText& text, const char* column, const char* beyond, const JobKey& key)
{
    if (key.value)
        text.sql += QByteArray(" AND (") + column + ", id) " + beyond + " (" + text.add(*key.value) + ", " + text.add(key.id.text) + ")";
    else
        text.sql += QByteArray(" AND id ") + beyond + " " + text.add(key.id.text);
}

/// A search that ends at a floor. On Postgres in a subquery with a limit of its own: the planner, who hopes to find rows soon, would else read
/// the whole table, or the index of another order, with the floor as one more condition. `from`: where the list goes on, in its own order.
void addSearched(SqlText& text, const Filter& filter, const JobKey& searchFloor, const char* way, const char* beyond,
                 const std::optional<JobKey>& from)
{
    const auto narrow = narrowPartOf(filter);
    text.sql += " FROM (SELECT * FROM jobs WHERE " + (narrow ? "(" + conditionOf(*narrow, text) + ")" : QByteArray("1 = 1"));
    addKey(text, "created_at", ">", searchFloor);
    if (from)
        addKey(text, "created_at", beyond, *from);
    text.sql += QByteArray(" ORDER BY created_at ") + way + ", id " + way + " LIMIT " + QByteArray::number(rowSearchCeiling) + ") AS jobs";
}

void addWhere(SqlText& text, const Filter& filter, const std::optional<JobKey>& searchFloor)
{
    const bool isFenced = searchFloor && text.engine == database::Engine::Postgres;
    if (isFenced)
        addSearched(text, filter, *searchFloor, "DESC", "<", {});
    else
        text.sql += " FROM jobs";
    text.sql += " WHERE (" + conditionOf(filter, text) + ")";
    if (searchFloor && !isFenced)
        addKey(text, "created_at", ">", *searchFloor);
}

/// The filter once for each status it lists, if it lists several: read through the index on status each of these is in order
/// already and the store merges them. One "status IN (...)" would have it sort all of them before the first row.
QList<Filter> branchesOf(const Filter& filter)
{
    FilterGroup group{Join::All, {filter}, false};
    if (const auto* own = std::get_if<FilterGroup>(&filter.node); own && own->join == Join::All && !own->isNegated)
        group = *own;
    for (qsizetype i = 0; i < group.parts.size(); ++i) {
        const auto* found = std::get_if<FilterTerm>(&group.parts.at(i).node);
        if (!found || found->key != FilterKey::Status || found->isNegated ||
            found->values.contains(FilterValue(FilterText{u"UNKNOWN"_s, false})))
            continue;
        FilterTerm one = *found;
        const QList<FilterValue> values = found->values;
        QList<Filter> branches;
        for (const FilterValue& value : values) {
            one.values = {value};
            group.parts[i].node = one;    // by index: the list is shared with the branches before
            branches += Filter{group};
        }
        return branches;
    }
    return {filter};
}

SqlText statementOf(Stretch stretch, const Filter& filter, const PageRequest& request, const std::optional<JobKey>& from,
                    const std::optional<JobKey>& searchFloor, database::Engine engine)
{
    const Order order = orderOf(request);
    SqlText text{{}, {}, engine};
    for (const Filter& branch : branchesOf(filter)) {
        text.sql += text.sql.isEmpty() ? "SELECT " : " UNION ALL SELECT ";
        text.sql += summaryColumns();
        text.sql += QByteArray(", ") + order.column + " AS sorted_by";    // a merge of branches goes by a column of theirs
        if (searchFloor && request.sort == JobSort::Created && engine == database::Engine::Postgres) {
            addSearched(text, branch, *searchFloor, order.way, order.beyond, from);
            text.sql += " WHERE (" + conditionOf(branch, text) + ")";
        } else {
            addWhere(text, branch, searchFloor);
        }
        // Bounds, not IS NOT NULL and not the key's pair alone: of an expression's index only these make the planner begin in the middle.
        if (stretch == Stretch::WithValue) {
            const bool isAscending = *order.beyond == '>';
            const qint64 least = from && isAscending ? *from->value : std::numeric_limits<qint64>::min();
            text.sql += QByteArray(" AND ") + order.column + " >= " + text.add(least);
            if (from && !isAscending)
                text.sql += QByteArray(" AND ") + order.column + " <= " + text.add(*from->value);
        }
        if (stretch == Stretch::WithoutValue)
            text.sql += QByteArray(" AND ") + order.column + " IS NULL";
        if (from)
            addKey(text, order.column, order.beyond, *from);
    }
    text.sql += " ORDER BY ";
    if (stretch != Stretch::WithoutValue)
        text.sql += QByteArray("sorted_by ") + order.way + ", ";
    text.sql += QByteArray("id ") + order.way + " LIMIT " + text.add(qint64{rowsOf(request)} + 1);
    return text;
}

JobKey keyFromRow(Row& row)
{
    const qint64 value = row.int64();
    return {value, row.id<JobId>()};
}

}

JobKey keyOf(const JobSummary& job, JobSort sort)
{
    switch (sort) {
    case JobSort::Created: return {base::toMicros(job.createdAt), job.id};
    case JobSort::Updated: return {base::toMicros(job.updatedAt), job.id};
    case JobSort::Took:
        if (!job.startedAt || !job.finishedAt)
            return {{}, job.id};
        return {base::toMicros(*job.finishedAt) - base::toMicros(*job.startedAt), job.id};
    }
    Q_UNREACHABLE();
}

QList<SqlText> JobListRepository::pageStatements(const Filter& filter, const PageRequest& request, const std::optional<JobKey>& searchFloor,
                                                 database::Engine engine)
{
    std::optional<JobKey> from = request.after ? request.after : request.before;
    QList<SqlText> statements;
    for (const Stretch stretch : stretchesOf(request))    // the key is in the first; the next are read from their beginning
        statements += statementOf(stretch, filter, request, std::exchange(from, std::nullopt), searchFloor, engine);
    return statements;
}

Result<JobPage> JobListRepository::page(const Filter& filter, const PageRequest& request) const
{
    const auto floor = searchFloor(filter);
    if (!floor)
        return errorOf(floor);
    const QList<SqlText> statements = pageStatements(filter, request, *floor, m_database.engine());
    // Several must see the same moment, or a job that ends in between would stand in both or in none.
    std::optional<database::Transaction> moment;
    if (statements.size() > 1 && !m_database.isInTransaction()) {
        auto begun = database::Transaction::beginRead(m_database);
        if (!begun)
            return errorOf(begun);
        moment.emplace(std::move(*begun));
    }
    JobPage page{{}, {}, *floor ? ceilingOf(filter) : std::nullopt};
    for (const SqlText& text : statements) {
        auto query = m_database.prepare(text.sql, Path::Hot);
        bindAll(query, text);
        const auto rows = query.fetchAll(summaryFromRow);
        if (!rows)
            return errorOf(rows);
        page.rows += *rows;
        if (page.rows.size() > rowsOf(request))
            break;
    }
    moment.reset();
    page.rows = page.rows.first(std::min<qsizetype>(page.rows.size(), rowsOf(request) + 1));
    if (page.rows.size() > rowsOf(request)) {
        page.rows.removeLast();
        page.next = keyOf(page.rows.constLast(), request.sort);
    }
    if (isUpwards(request))
        std::reverse(page.rows.begin(), page.rows.end());
    return page;
}

Result<JobCount> JobListRepository::count(const Filter& filter, qint64 ceiling) const
{
    const auto floor = searchFloor(filter);
    if (!floor)
        return errorOf(floor);
    if (ceiling >= countsAll && !*floor)
        return countAll(filter);
    SqlText text{"SELECT count(*) FROM (SELECT 1", {}, m_database.engine()};
    addWhere(text, filter, *floor);
    // The order has Postgres go along an index, newest first: to find a few it would else read the table from its oldest end. Who wants all of
    // them counted gets whatever way is the shortest.
    if (m_database.isPostgres() && ceiling <= orderedCountCeiling)
        text.sql += " ORDER BY created_at DESC, id DESC";
    text.sql += " LIMIT " + text.add(ceiling + 1) + ") AS counted";
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    const auto counted = query.fetchOne([](Row& row) { return row.int64(); });
    if (!counted)
        return errorOf(counted);
    const qint64 found = counted->value_or(0);
    return JobCount{std::min(found, ceiling), found <= ceiling, *floor ? ceilingOf(filter) : std::nullopt};
}

/// Without a limit, which would keep Postgres from counting with several processes at once.
Result<JobCount> JobListRepository::countAll(const Filter& filter) const
{
    SqlText text{"SELECT count(*)", {}, m_database.engine()};
    addWhere(text, filter, {});
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    return query.fetchOne([](Row& row) { return row.int64(); }).map([](std::optional<qint64> found) {
        return JobCount{found.value_or(0), true, {}};
    });
}

Result<std::optional<qint64>> JobListRepository::estimate(const Filter& filter) const
{
    if (!m_database.isPostgres() || ceilingOf(filter))
        return std::optional<qint64>{};
    SqlText text{"EXPLAIN (FORMAT JSON) SELECT 1", {}, m_database.engine()};
    addWhere(text, filter, {});
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    const auto plan = query.fetchOne([](Row& row) { return row.bytes(); });
    if (!plan)
        return errorOf(plan);
    static const QByteArray key = "\"Plan Rows\":";    // the outermost node stands first
    const QByteArray words = plan->value_or(QByteArray());
    const qsizetype at = words.indexOf(key);
    if (at < 0)
        return std::optional<qint64>{};
    const qsizetype begin = at + key.size();
    return std::optional(words.mid(begin, words.indexOf(',', begin) - begin).trimmed().toLongLong());
}

Result<QList<StatusCount>> JobListRepository::countsByStatus() const
{
    auto query = m_database.prepare("SELECT status, count(*) FROM jobs GROUP BY status ORDER BY status", Path::Hot);
    return query.fetchAll([](Row& row) {
        StatusCount count;
        count.statusText = row.string();
        count.status = parseStatus(count.statusText);
        count.count = row.int64();
        return count;
    });
}

Result<JobIds> JobListRepository::ids(const Filter& filter, int limit) const
{
    const auto floor = searchFloor(filter);
    if (!floor)
        return errorOf(floor);
    const qint64 wanted = std::max(limit, 0);
    SqlText text{"SELECT id", {}, m_database.engine()};
    addWhere(text, filter, *floor);
    text.sql += " ORDER BY created_at DESC, id DESC LIMIT " + text.add(wanted + 1);
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    auto rows = query.fetchAll([](Row& row) { return row.id<JobId>(); });
    if (!rows)
        return errorOf(rows);
    JobIds found{std::move(*rows), true, *floor ? ceilingOf(filter) : std::nullopt};
    if (found.ids.size() > wanted) {
        found.ids.removeLast();
        found.isComplete = false;
    }
    return found;
}

Result<QList<JobSummary>> JobListRepository::summariesOf(const QList<JobId>& ids) const
{
    const JobRepository jobs(m_database);
    QList<JobSummary> summaries;
    for (const JobId& id : ids) {
        auto summary = jobs.findSummary(id);
        if (!summary)
            return errorOf(summary);
        if (*summary)
            summaries.append(std::move(**summary));
    }
    return summaries;
}

std::optional<int> JobListRepository::ceilingOf(const Filter& filter) const
{
    if (looksIntoPayloads(filter))
        return m_payloadCeiling;
    const bool isBounded = m_database.isPostgres() && (narrowPartOf(filter) || !isServedByIndex(filter));
    return isBounded ? std::optional(m_rowCeiling) : std::nullopt;
}

Result<std::optional<JobKey>> JobListRepository::searchFloor(const Filter& filter) const
{
    const auto ceiling = ceilingOf(filter);
    if (!ceiling)
        return std::optional<JobKey>{};
    // Of the newest N + 1 the oldest, if there are so many. No page is read this way: OFFSET steps along the index alone, at most
    // over the ceiling, about a millisecond for 50,000.
    SqlText text{"SELECT created_at, id FROM jobs", {}, m_database.engine()};
    if (const auto narrow = m_database.isPostgres() ? narrowPartOf(filter) : std::nullopt)
        text.sql += " WHERE (" + conditionOf(*narrow, text) + ")";
    text.sql += " ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET " + text.add(qint64{*ceiling});
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    return query.fetchOne(keyFromRow);
}

}
