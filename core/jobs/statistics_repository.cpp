// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/statistics_repository.h"

#include <algorithm>

namespace core::jobs {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

namespace {

using Lengths = std::vector<std::chrono::microseconds>;

struct Gathered {
    SpanStatistics counts;
    Lengths wait;
    Lengths run;
};

std::chrono::microseconds nearestRank(const Lengths& sorted, size_t percent)
{
    return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

Percentiles percentilesOf(Lengths& lengths)
{
    if (lengths.empty())
        return {};
    std::sort(lengths.begin(), lengths.end());
    return {static_cast<qint64>(lengths.size()), nearestRank(lengths, 50), nearestRank(lengths, 95), nearestRank(lengths, 99)};
}

SpanStatistics finished(Gathered& gathered)
{
    gathered.counts.wait = percentilesOf(gathered.wait);
    gathered.counts.run = percentilesOf(gathered.run);
    return gathered.counts;
}

struct JobTimes {
    JobStatus status = JobStatus::Unknown;
    Time createdAt{};
    std::optional<Time> startedAt;
    std::optional<Time> finishedAt;
};

void addEnd(Gathered& to, const JobTimes& job)
{
    switch (job.status) {
    case JobStatus::Done: ++to.counts.done; break;
    case JobStatus::Failed: ++to.counts.failed; break;
    case JobStatus::Cancelled: ++to.counts.cancelled; return;    // it was not let run to its end
    case JobStatus::Pending:
    case JobStatus::Running:
    case JobStatus::Unknown: return;
    }
    if (job.startedAt)
        to.run.push_back(std::max(std::chrono::microseconds::zero(), *job.finishedAt - *job.startedAt));
}

/// What one pass over the rows fills: each part of the window, all of it, and the one before.
struct Passes {
    explicit Passes(const Window& given)
        : window(given), earlier{given.from - given.length(), given.from, 1}, buckets(static_cast<size_t>(given.buckets))
    {
    }
    void add(const JobTimes& job)
    {
        if (job.startedAt) {
            const auto waited = std::max(std::chrono::microseconds::zero(), *job.startedAt - job.createdAt);
            if (Gathered* part = partOf(*job.startedAt))
                part->wait.push_back(waited);
            if (Gathered* all = allOf(*job.startedAt))
                all->wait.push_back(waited);
        }
        if (job.finishedAt) {
            if (Gathered* part = partOf(*job.finishedAt))
                addEnd(*part, job);
            if (Gathered* all = allOf(*job.finishedAt))
                addEnd(*all, job);
        }
    }
    Gathered* partOf(Time time)
    {
        const int bucket = window.bucketOf(time);
        return bucket < 0 ? nullptr : &buckets[static_cast<size_t>(bucket)];
    }
    Gathered* allOf(Time time)
    {
        if (window.bucketOf(time) >= 0)
            return &whole;
        return earlier.bucketOf(time) >= 0 ? &before : nullptr;
    }

    Window window;
    Window earlier;
    std::vector<Gathered> buckets;
    Gathered whole;
    Gathered before;
};

void addBeyond(SqlText& text, const char* column, const std::optional<JobKey>& floor)
{
    if (floor)
        text.sql +=
            QByteArray(" AND (") + column + ", id) > (" + text.add(floor->value.value_or(0)) + ", " + text.add(floor->id.text) + ")";
}

/// The words that are none of ours, as ranges (an absent end is open) between ours: each is a seek in the index on status, where NOT IN would walk all of it.
QList<std::pair<QString, QString>> gapsBetweenKnownWords()
{
    QStringList words;
    for (const JobStatus status : {JobStatus::Pending, JobStatus::Running, JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled})
        words += statusName(status);
    words.sort();
    words.prepend({});
    QList<std::pair<QString, QString>> gaps;
    for (qsizetype i = 0; i < words.size(); ++i)
        gaps.append({words.at(i), i + 1 < words.size() ? words.at(i + 1) : QString()});
    return gaps;
}

}

SqlText StatisticsRepository::tallyStatement(JobStatus status, const std::optional<Time>& since, int ceiling)
{
    const auto limit = [&](SqlText& text) { text.sql += " LIMIT " + text.add(qint64{ceiling} + 1); };
    SqlText text{"SELECT count(*) FROM (", {}};
    if (status != JobStatus::Unknown) {
        text.sql += "SELECT 1 FROM jobs WHERE status = " + text.add(statusName(status));
        if (since)
            text.sql += " AND created_at >= " + text.add(base::toMicros(*since));
        text.sql += " ORDER BY created_at DESC, id DESC";    // as the index has it: Postgres would read the table from its oldest end
        limit(text);
        text.sql += ") AS counted";
        return text;
    }
    const char* between = "";
    for (const auto& [after, before] : gapsBetweenKnownWords()) {
        QByteArrayList bounds;
        if (!after.isNull())
            bounds += "status > " + text.add(after);
        if (!before.isNull())
            bounds += "status < " + text.add(before);
        text.sql += QByteArray(between) + "SELECT 1 FROM jobs WHERE " + bounds.join(" AND ");
        between = " UNION ALL ";
    }
    limit(text);
    text.sql += ") AS counted";
    return text;
}

SqlText StatisticsRepository::statisticsStatement(const StatisticsRequest& request, const std::optional<JobKey>& floor,
                                                  database::Engine engine)
{
    // Nothing ends without a change, so the index on updated_at finds all that ended since.
    const Time since = request.window.from - request.window.length();
    SqlText text{"SELECT status, created_at, started_at, finished_at FROM jobs WHERE updated_at >= ", {}, engine};
    text.sql += text.add(base::toMicros(since));
    addBeyond(text, "updated_at", floor);
    text.sql += " AND (" + conditionOf(request.filter, text) + ")";
    return text;
}

SqlText StatisticsRepository::failuresStatement(const StatisticsRequest& request, Time since, const std::optional<JobKey>& floor,
                                                database::Engine engine)
{
    SqlText text{"SELECT id, job_type, coalesce(error_code, ''), coalesce(error_message, ''), coalesce(user_id, ''), created_at FROM jobs "
                 "WHERE status = 'FAILED' AND created_at >= ",
                 {},
                 engine};
    text.sql += text.add(base::toMicros(since)) + " AND created_at < " + text.add(base::toMicros(request.window.to));
    addBeyond(text, "created_at", floor);
    text.sql += " AND (" + conditionOf(request.filter, text) + ") ORDER BY created_at DESC, id DESC";
    return text;
}

Result<StatusTally> StatisticsRepository::tally(JobStatus status, const std::optional<Time>& since) const
{
    const SqlText text = tallyStatement(status, since, m_tallyCeiling);
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    const auto counted = query.fetchOne([](Row& row) { return row.int64(); });
    if (!counted)
        return errorOf(counted);
    const qint64 found = counted->value_or(0);
    return StatusTally{status, std::min<qint64>(found, m_tallyCeiling), found <= m_tallyCeiling};
}

Result<JobTallies> StatisticsRepository::tallies(Time now) const
{
    JobTallies tallies;
    for (const JobStatus status :
         {JobStatus::Pending, JobStatus::Running, JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled, JobStatus::Unknown}) {
        const auto one = tally(status, {});
        if (!one)
            return errorOf(one);
        tallies.byStatus.append(*one);
    }
    const auto failed = tally(JobStatus::Failed, now - std::chrono::hours(24));
    if (!failed)
        return errorOf(failed);
    tallies.failedLastDay = *failed;
    return tallies;
}

Result<std::optional<JobKey>> StatisticsRepository::floorOf(const SqlText& statement) const
{
    auto query = m_database.prepare(statement.sql, Path::Hot);
    bindAll(query, statement);
    return query.fetchOne([](Row& row) {
        const Time time = row.time();
        return JobKey{base::toMicros(time), row.id<JobId>()};
    });
}

Result<JobStatistics> StatisticsRepository::statistics(const StatisticsRequest& request) const
{
    // No page is read by OFFSET: this steps along the index alone, once, to learn where the ceiling lies.
    SqlText newest{"SELECT updated_at, id FROM jobs WHERE updated_at >= ", {}};
    newest.sql += newest.add(base::toMicros(request.window.from - request.window.length()));
    newest.sql += " ORDER BY updated_at DESC, id DESC LIMIT 1 OFFSET " + newest.add(qint64{m_jobCeiling});
    const auto floor = floorOf(newest);
    if (!floor)
        return errorOf(floor);

    const SqlText text = statisticsStatement(request, *floor, m_database.engine());
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    Passes passes(request.window);
    for (;;) {
        const auto more = query.next();
        if (!more)
            return errorOf(more);
        if (!*more)
            break;
        Row row = query.row();
        JobTimes job;
        job.status = parseStatus(row.string());
        job.createdAt = row.time();
        job.startedAt = row.optionalTime();
        job.finishedAt = row.optionalTime();
        passes.add(job);
    }

    JobStatistics answer;
    answer.window = request.window;
    for (Gathered& bucket : passes.buckets)
        answer.buckets.append(finished(bucket));
    answer.whole = finished(passes.whole);
    answer.before = finished(passes.before);
    if (*floor)
        answer.completeSince = base::fromMicros((*floor)->value.value_or(0));
    return answer;
}

Result<FailureGroups> StatisticsRepository::failureGroups(const StatisticsRequest& request) const
{
    constexpr auto leastLookBack = std::chrono::hours(24 * 30);
    FailureGroups answer;
    answer.window = request.window;
    answer.lookedSince = std::min(request.window.from, request.window.to - leastLookBack);

    SqlText newest{"SELECT created_at, id FROM jobs WHERE status = 'FAILED' AND created_at >= ", {}};
    newest.sql += newest.add(base::toMicros(answer.lookedSince)) + " AND created_at < " + newest.add(base::toMicros(request.window.to));
    newest.sql += " ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET " + newest.add(qint64{m_failedCeiling});
    const auto floor = floorOf(newest);
    if (!floor)
        return errorOf(floor);
    if (*floor) {
        answer.lookedSince = base::fromMicros((*floor)->value.value_or(0));
        answer.lookedOnlyAtNewest = m_failedCeiling;
    }

    const SqlText text = failuresStatement(request, std::min(request.window.from, answer.lookedSince), *floor, m_database.engine());
    auto query = m_database.prepare(text.sql, Path::Hot);
    bindAll(query, text);
    const auto failed = query.fetchAll([](Row& row) {
        FailedJob job;
        job.id = row.id<JobId>();
        job.typeText = row.string();
        job.code = row.string();
        job.message = row.string();
        job.userId = row.string();
        job.createdAt = row.time();
        return job;
    });
    if (!failed)
        return errorOf(failed);
    answer.groups = groupFailures(*failed, request.window);
    for (const FailureGroup& group : answer.groups)
        answer.total += group.count;
    return answer;
}

}
