// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/list_commands.h"

#include "app/signalboxctl/change_feed.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

#include <QSet>

namespace app {

using core::errorOf;
using core::Result;
using core::jobs::Filter;
using core::jobs::JobSort;
using core::jobs::JobSummary;
using namespace Qt::StringLiterals;

namespace {

struct Listing {
    QList<JobSummary> rows;
    bool hasMore = false;
    std::optional<int> searchedOnlyNewest;
};

Result<Listing> firstJobs(Session& session, const Filter& filter, JobSort sort, int limit)
{
    Listing listing;
    core::jobs::PageRequest request;
    request.sort = sort;
    for (;;) {
        request.limit = std::min<int>(limit - static_cast<int>(listing.rows.size()), core::jobs::maxPageRows);
        const auto page = session.backend.listJobs(filter, request).wait();
        if (!page)
            return errorOf(page);
        listing.rows << page->rows;
        listing.hasMore = page->next.has_value();
        listing.searchedOnlyNewest = page->searchedOnlyNewest;
        if (!listing.hasMore || listing.rows.size() >= limit)
            return listing;
        request.after = page->next;
    }
}

Result<JobSort> sortOf(const Arguments& arguments)
{
    const QString word = arguments.value(u"sort").value_or(u"created"_s);
    if (arguments.has(u"sort") && arguments.has(u"follow"))
        return usageFailure(u"--follow shows jobs as they change; it takes no --sort"_s, u"--sort"_s);
    if (word == u"created"_s)
        return JobSort::Created;
    if (word == u"updated"_s)
        return JobSort::Updated;
    if (word == u"took"_s)
        return JobSort::Took;
    return usageFailure(u"--sort takes created, updated or took, not \"%1\""_s.arg(word), u"--sort"_s);
}

/// Progress is shown only while it says something.
QString progressText(const JobSummary& job)
{
    return job.status == core::JobStatus::Done || job.status == core::JobStatus::Pending ? u"-"_s : u"%1%"_s.arg(job.progressPct);
}

void printListing(Session& session, const Listing& listing, int limit)
{
    if (session.output.isJson()) {
        QList<QByteArray> rows;
        for (const JobSummary& job : listing.rows)
            rows << jobRow(job).bytes();
        session.output.json(jsonArray(rows));
    } else {
        session.output.lines(jobTable(listing.rows, session.now(), session.output.width()));
    }
    if (listing.rows.isEmpty())
        session.output.note(u"No job matches."_s);
    if (listing.hasMore)
        session.output.note(u"More jobs match; these are the first %1 (--limit)."_s.arg(limit));
    if (listing.searchedOnlyNewest)
        session.output.note(u"Only the newest %1 jobs were searched."_s.arg(*listing.searchedOnlyNewest));
}

void printChanged(Session& session, const QList<JobSummary>& changed)
{
    for (const JobSummary& job : changed) {
        if (session.output.isJson()) {
            session.output.json(jobRow(job).bytes());
            continue;
        }
        const QString line = u"%1  %2  %3  %4  %5  %6"_s.arg(exactText(job.updatedAt), visible(statusText(job)).leftJustified(9),
                                                             visible(typeText(job)).leftJustified(22), progressText(job).rightJustified(4),
                                                             visible(job.id.toString()), visible(messageText(job, session.now())));
        const auto width = session.output.width();
        session.output.line(width ? elided(line, *width) : line);
    }
    session.output.flush();
}

/// Those of the touched jobs that match now, oldest first.
Result<QList<JobSummary>> matching(Session& session, const Filter& filter, const QSet<core::JobId>& touched)
{
    QList<JobSummary> jobs;
    const QList<core::JobId> ids(touched.begin(), touched.end());
    constexpr qsizetype perQuery = 100;
    for (qsizetype from = 0; from < ids.size(); from += perQuery) {
        core::jobs::FilterTerm isTouched{.key = core::jobs::FilterKey::Id, .path = {}, .values = {}};
        for (const core::JobId& id : ids.mid(from, perQuery))
            isTouched.values << core::jobs::FilterText{.text = id.toString()};
        core::jobs::PageRequest request;
        request.sort = JobSort::Updated;
        request.direction = core::jobs::SortDirection::OldestFirst;
        const auto page = session.backend.listJobs(core::jobs::joined(core::jobs::Join::All, {filter, Filter{isTouched}}), request).wait();
        if (!page)
            return errorOf(page);
        jobs << page->rows;
    }
    return jobs;
}

Ending follow(Session& session, const Filter& filter, int limit)
{
    ChangeFeed feed(session);
    if (const auto started = feed.start(); !started)
        return errorOf(started);
    auto listing = firstJobs(session, filter, JobSort::Created, limit);
    if (!listing)
        return errorOf(listing);
    std::reverse(listing->rows.begin(), listing->rows.end());    // the newest stands next to what is still to come
    printChanged(session, listing->rows);
    while (session.wakeups.interrupts() == 0) {
        const auto events = feed.next();
        if (!events)
            return errorOf(events);
        QSet<core::JobId> touched;
        for (const core::jobs::JobEvent& event : *events)
            touched << event.jobId;
        if (touched.isEmpty())
            continue;
        const auto changed = matching(session, filter, touched);
        if (!changed)
            return errorOf(changed);
        printChanged(session, *changed);
        if (!session.output.isIntact())
            return ExitCode::Internal;
    }
    return ExitCode::Interrupted;
}

}

QStringList jobTable(const QList<JobSummary>& jobs, core::Time now, std::optional<int> width)
{
    Table table({{u"ID"_s},
                 {u"STATUS"_s},
                 {u"TYPE"_s},
                 {u"PROGRESS"_s, Align::Right},
                 {u"AGE"_s, Align::Right},
                 {u"TOOK"_s, Align::Right},
                 {u"OWNER"_s, Align::Left, true},
                 {u"MESSAGE"_s, Align::Left, true}});
    for (const JobSummary& job : jobs) {
        table.add({job.id.toString(), statusText(job), typeText(job), progressText(job), ageText(job.createdAt, now), tookText(job, now),
                   orDash(job.userId), messageText(job, now)});
    }
    return table.isEmpty() ? QStringList() : table.lines(width);
}

Ending jobs(Session& session, const Arguments& arguments)
{
    const auto limit = arguments.number(u"limit", 50, 1'000'000);
    if (!limit)
        return errorOf(limit);
    const auto sort = sortOf(arguments);
    if (!sort)
        return errorOf(sort);
    const auto filter = core::jobs::parseFilter(arguments.operands().join(u' '), session.now());
    if (!filter)
        return errorOf(filter);
    if (arguments.has(u"follow"))
        return follow(session, *filter, *limit);
    const auto listing = firstJobs(session, *filter, *sort, *limit);
    if (!listing)
        return errorOf(listing);
    printListing(session, *listing, *limit);
    return ExitCode::Ok;
}

}
