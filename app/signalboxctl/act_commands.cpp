// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/act_commands.h"

#include "app/signalboxctl/confirmation.h"
#include "app/signalboxctl/job_commands.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"

namespace app {

using core::errorOf;
using core::tasks::PruneAnswer;
using namespace Qt::StringLiterals;

namespace {

constexpr int mostPruned = 10'000;    // at once, as the console does it
constexpr qsizetype pruneBatch = 200;

void add(PruneAnswer& all, const PruneAnswer& batch)
{
    all.jobs << batch.jobs;
    all.files += batch.files;
    all.bytes += batch.bytes;
    all.missingFiles += batch.missingFiles;
    all.stillNeeded = batch.stillNeeded;    // counted over the whole store each time
    all.skipped += batch.skipped;
}

void printPruned(Output& output, const PruneAnswer& pruned, bool isPreview, bool hasMore)
{
    if (output.isJson()) {
        QStringList ids;
        for (const core::JobId& id : pruned.jobs)
            ids << id.toString();
        output.json(JsonObject()
                        .flag("dry_run", isPreview)
                        .number("job_count", pruned.jobs.size())
                        .number("files", pruned.files)
                        .number("bytes", pruned.bytes)
                        .number("missing_files", pruned.missingFiles)
                        .number("still_needed", pruned.stillNeeded)
                        .number("skipped", pruned.skipped)
                        .flag("more", hasMore)
                        .raw("jobs", jsonTexts(ids))
                        .bytes());
        return;
    }
    if (isPreview) {
        for (const core::JobId& id : pruned.jobs)
            output.line(visible(id.toString()));
    }
    output.line(u"%1 %2 job(s), %3 file(s), %4%5"_s.arg(isPreview ? u"Would remove"_s : u"Removed"_s)
                    .arg(pruned.jobs.size())
                    .arg(pruned.files)
                    .arg(sizeText(pruned.bytes), hasMore ? u", and more after these"_s : QString()));
    if (pruned.missingFiles > 0)
        output.note(
            u"%1 of the files %2 not in this machine's storage: if another machine has them, they stay there."_s.arg(pruned.missingFiles)
                .arg(isPreview ? u"are"_s : u"were"_s));
    if (pruned.stillNeeded > 0)
        output.note(u"%1 more job(s) stay: an active job needs their files or their result."_s.arg(pruned.stillNeeded));
    if (pruned.skipped > 0)
        output.note(u"%1 job(s) were skipped: gone meanwhile, or needed by an active job."_s.arg(pruned.skipped));
    if (isPreview && !pruned.jobs.isEmpty())
        output.note(u"Nothing was removed; --yes removes them."_s);
}

/// The jobs of the preview and no other, batch by batch, so that others get at the store in between.
Ending removeFrozen(Session& session, core::tasks::PruneRequest request, const PruneAnswer& preview, bool hasMore)
{
    PruneAnswer pruned;
    pruned.stillNeeded = preview.stillNeeded;
    const qsizetype all = preview.jobs.size();
    qsizetype asked = 0;
    session.wakeups.catchSignals();
    while (asked < all && session.wakeups.interrupts() == 0) {
        request.jobs = preview.jobs.mid(asked, pruneBatch);
        const auto batch = session.backend.prune(session.caller, request).wait();
        if (!batch) {
            printPruned(session.output, pruned, false, true);
            return errorOf(batch);
        }
        add(pruned, *batch);
        asked += request.jobs.size();
    }
    printPruned(session.output, pruned, false, hasMore || asked < all);
    if (asked == all)
        return ExitCode::Ok;
    session.output.note(u"Stopped: %1 job(s) of %2 were not come to."_s.arg(all - asked).arg(all));
    return ExitCode::Interrupted;
}

}

Ending prune(Session& session, const Arguments& arguments)
{
    const auto text = arguments.value(u"older-than");
    if (!text)
        return usageFailure(u"prune needs --older-than AGE, such as 30d"_s, u"--older-than"_s);
    const auto age = parseAge(*text);
    if (!age)
        return errorOf(age);
    const bool isPreview = arguments.has(u"dry-run") || (!arguments.has(u"yes") && !arguments.has(u"confirm"));
    if (!isPreview) {
        if (const auto mayWrite = core::base::requireWrite(session.caller); !mayWrite)
            return errorOf(mayWrite);
    }
    core::tasks::PruneRequest request{.before = session.now() - *age, .limit = mostPruned};
    request.reason = arguments.value(u"reason").value_or(QString());
    const auto preview = session.backend.prune(session.caller, request).wait();
    if (!preview)
        return errorOf(preview);
    const bool hasMore = preview->jobs.size() >= mostPruned;
    if (isPreview) {
        printPruned(session.output, *preview, true, hasMore);
        return ExitCode::Ok;
    }
    if (preview->jobs.size() > 1 && request.reason.trimmed().isEmpty())
        return usageFailure(u"Removing %1 jobs needs a reason for the journal"_s.arg(preview->jobs.size()), u"--reason"_s);
    const auto count = preview->jobs.size();
    if (const auto yes = confirmed(session, arguments, count, u"Remove %1 job(s)?"_s.arg(count),
                                   u"Nothing was removed: it would be %1 job(s)"_s.arg(count));
        !yes)
        return errorOf(yes);
    request.dryRun = false;
    if (count == 0) {    // the core still has to be asked: where nothing may be removed, that is the answer
        if (const auto asked = session.backend.prune(session.caller, request).wait();
            !asked && asked.error().kind == core::ErrorKind::Forbidden)
            return errorOf(asked);
    }
    return removeFrozen(session, request, *preview, hasMore);
}

Ending queue(Session& session, const Arguments& arguments)
{
    const QString word = arguments.operands().value(0);
    if (!word.isEmpty() && word != u"pause"_s && word != u"resume"_s)
        return usageFailure(u"queue takes pause or resume, not \"%1\""_s.arg(word), word);
    const auto state =
        word.isEmpty() ? session.backend.queueState().wait() : session.backend.setQueuePaused(session.caller, word == u"pause"_s).wait();
    if (!state)
        return errorOf(state);
    if (session.output.isJson()) {
        session.output.json(queueRow(*state));
        return ExitCode::Ok;
    }
    session.output.line(u"%1: %2, %3 waiting, %4 taken"_s.arg(visible(state->queue), state->paused ? u"paused"_s : u"open"_s)
                            .arg(state->waiting)
                            .arg(state->leased));
    if (state->workers.isEmpty())
        return ExitCode::Ok;
    Table table({{u"WORKER"_s},
                 {u"STATE"_s},
                 {u"THREADS"_s, Align::Right},
                 {u"PID"_s, Align::Right},
                 {u"SINCE"_s},
                 {u"HOST"_s, Align::Left, true}});
    for (const auto& worker : state->workers) {
        const QString stateWord =
            isAlive(worker, session.now()) ? worker.state : u"not heard of for %1"_s.arg(ageText(worker.lastSeenAt, session.now()));
        table.add(
            {worker.id, stateWord, QString::number(worker.threads), QString::number(worker.pid), exactText(worker.startedAt), worker.host});
    }
    session.output.lines(table.lines(session.output.width()));
    return ExitCode::Ok;
}

}
