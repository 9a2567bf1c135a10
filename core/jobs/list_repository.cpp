// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/list_repository.h"

#include "core/jobs/repository.h"

#include <algorithm>

namespace core::jobs {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

namespace {

struct Order {
    const char* column;
    const char* way;
    const char* beyond;
};

/// The order in which rows are read: the list's own, or its reverse on the way to its top.
Order orderOf(const PageRequest& request)
{
    const char* column = request.sort == JobSort::Created ? "created_at" : "updated_at";
    const bool upwards = !request.after && request.before;
    const bool descending = (request.direction == SortDirection::NewestFirst) != upwards;
    return {column, descending ? "DESC" : "ASC", descending ? "<" : ">"};
}

int rowsOf(const PageRequest& request)
{
    return std::clamp(request.limit, 1, maxPageRows);
}

void addKey(SqlText& text, const char* column, const char* beyond, const JobKey& key)
{
    text.sql += QByteArray(" AND (") + column + ", id) " + beyond + " (" + text.add(base::toMicros(key.createdAt)) + ", " +
                text.add(key.id.text) + ")";
}

void addWhere(SqlText& text, const Filter& filter, const std::optional<JobKey>& payloadFloor)
{
    text.sql += " FROM jobs WHERE (" + conditionOf(filter, text) + ")";
    if (payloadFloor)
        addKey(text, "created_at", ">", *payloadFloor);
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

JobKey keyFromRow(Row& row)
{
    const Time time = row.time();
    return {time, row.id<JobId>()};
}

}

JobKey keyOf(const JobSummary& job, JobSort sort)
{
    return {sort == JobSort::Created ? job.createdAt : job.updatedAt, job.id};
}

SqlText JobListRepository::pageStatement(const Filter& filter, const PageRequest& request, const std::optional<JobKey>& payloadFloor)
{
    const Order order = orderOf(request);
    const auto& from = request.after ? request.after : request.before;
    SqlText text;
    for (const Filter& branch : branchesOf(filter)) {
        text.sql += text.sql.isEmpty() ? "SELECT " : " UNION ALL SELECT ";
        text.sql += summaryColumns();
        addWhere(text, branch, payloadFloor);
        if (from)
            addKey(text, order.column, order.beyond, *from);
    }
    text.sql +=
        QByteArray(" ORDER BY ") + order.column + " " + order.way + ", id " + order.way + " LIMIT " + text.add(qint64{rowsOf(request)} + 1);
    return text;
}

Result<JobPage> JobListRepository::page(const Filter& filter, const PageRequest& request) const
{
    const auto floor = payloadFloor(filter);
    if (!floor)
        return errorOf(floor);
    const SqlText text = pageStatement(filter, request, *floor);
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    auto rows = query.fetchAll(summaryFromRow);
    if (!rows)
        return errorOf(rows);

    JobPage page{std::move(*rows), {}, ceilingIf(*floor)};
    if (page.rows.size() > rowsOf(request)) {
        page.rows.removeLast();
        page.next = keyOf(page.rows.constLast(), request.sort);
    }
    if (!request.after && request.before)
        std::reverse(page.rows.begin(), page.rows.end());
    return page;
}

Result<JobCount> JobListRepository::count(const Filter& filter, qint64 ceiling) const
{
    const auto floor = payloadFloor(filter);
    if (!floor)
        return errorOf(floor);
    SqlText text{"SELECT count(*) FROM (SELECT 1", {}};
    addWhere(text, filter, *floor);
    text.sql += " LIMIT " + text.add(ceiling + 1) + ") AS counted";
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    const auto counted = query.fetchOne([](Row& row) { return row.int64(); });
    if (!counted)
        return errorOf(counted);
    const qint64 found = counted->value_or(0);
    return JobCount{std::min(found, ceiling), found <= ceiling, ceilingIf(*floor)};
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
    const auto floor = payloadFloor(filter);
    if (!floor)
        return errorOf(floor);
    const qint64 wanted = std::max(limit, 0);
    SqlText text{"SELECT id", {}};
    addWhere(text, filter, *floor);
    text.sql += " ORDER BY created_at DESC, id DESC LIMIT " + text.add(wanted + 1);
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    auto rows = query.fetchAll([](Row& row) { return row.id<JobId>(); });
    if (!rows)
        return errorOf(rows);
    JobIds found{std::move(*rows), true, ceilingIf(*floor)};
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

Result<std::optional<JobKey>> JobListRepository::payloadFloor(const Filter& filter) const
{
    if (!looksIntoPayloads(filter))
        return std::optional<JobKey>{};
    // Of the newest N + 1 the oldest, if there are so many. No page is read this way: OFFSET steps along the index alone, at most
    // over the ceiling, about a millisecond for 50,000.
    auto query = m_database.prepare("SELECT created_at, id FROM jobs ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET :ceiling", Path::Hot);
    query.bind(":ceiling", m_payloadCeiling);
    return query.fetchOne(keyFromRow);
}

std::optional<int> JobListRepository::ceilingIf(const std::optional<JobKey>& floor) const
{
    return floor ? std::optional(m_payloadCeiling) : std::nullopt;
}

}
