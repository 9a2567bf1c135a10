// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/submit_commands.h"
#include "app/signalboxctl/matching_jobs.h"

#include "app/signalboxctl/change_feed.h"
#include "app/signalboxctl/input_edit.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"
#include "core/base/json_text.h"

#include <QDir>
#include <QFileInfo>

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::Result;
using core::backend::Backend;
using core::backend::JobDetails;
using core::tasks::SubmitAnswer;
using namespace Qt::StringLiterals;

namespace {

bool isStorageKey(const Session& session, const QString& name)
{
    const QString clean = QDir::cleanPath(name);
    return QDir::isRelativePath(clean) && clean != u".."_s && !clean.startsWith(u"../"_s) &&
           QFileInfo(QDir(session.storagePath).filePath(clean)).isFile();
}

/// A file of this machine is copied in. What is none, but is known to the storage, is its key.
Result<QString> storedFile(Session& session, const QString& file)
{
    if (!QFileInfo::exists(file) && isStorageKey(session, file))
        return file;
    return session.backend.importFile(session.caller, file).wait();
}

/// --input, FILE and --set put together.
Result<QByteArray> submittedInput(Session& session, const Arguments& arguments)
{
    const auto given = inputOption(arguments);
    if (!given)
        return errorOf(given);
    QByteArray input = given->value_or("{}"_ba);
    if (const QString file = arguments.operands().value(1); arguments.operands().size() > 1) {
        const auto parsed = core::JsonText::parse(input);
        if (parsed && parsed->find(u"/file_path"))
            return usageFailure(u"The file stands twice: as FILE and as file_path of the input"_s, u"file_path"_s);
        // The settings are checked first: a wrong one should not leave a copied file behind.
        if (const auto checked = withSettings(input, arguments.values(u"set")); !checked)
            return checked;
        const auto key = storedFile(session, file);
        if (!key)
            return errorOf(key);
        const auto named = withSettings(input, {u"file_path="_s + QString::fromUtf8(jsonText(*key))});
        if (!named)
            return named;
        input = *named;
    }
    return withSettings(input, arguments.values(u"set"));
}

QByteArray answerRow(const JobDetails& details, const SubmitAnswer& answer)
{
    return jobRow(details.job)
        .flag("reused", answer.reused)
        .raw("same_fields", jsonTexts(answer.sameFields))
        .text("webhook_id", answer.webhookId.toString())
        .bytes();
}

void sayWhatWasSubmitted(Session& session, const SubmitAnswer& answer, bool waits)
{
    const QString id = visible(answer.jobId.toString());
    if (answer.reused)
        session.output.note(u"An active job is the same on %1; this is that one."_s.arg(visible(answer.sameFields.join(u", "_s))));
    if (waits)
        session.output.note(u"Job %1"_s.arg(id));
    else if (!session.output.isJson())
        session.output.line(u"%1  %2"_s.arg(core::jobs::statusName(answer.status), id));
}

ExitCode endOf(const core::jobs::Job& job)
{
    if (!core::jobs::isTerminal(job.status))
        return ExitCode::Interrupted;
    return job.status == core::JobStatus::Done ? ExitCode::Ok : ExitCode::NotDone;
}

Result<void> sayWhoRunsIt(Session& session)
{
    const auto queue = session.backend.queueState().wait();
    if (!queue)
        return errorOf(queue);
    if (queue->paused)
        session.output.note(u"The queue is paused: nothing runs until somebody says `signalboxctl queue resume`."_s);
    else if (session.isOnServer && queue->workers.isEmpty())
        session.output.note(u"No worker is known to the store: nothing runs until somebody says `signalboxctl work`."_s);
    return {};
}

/// On a server the jobs are other people's too, and their files in another storage: nothing of them is run here unasked.
Result<JobDetails> waitForOthers(Session& session, const core::JobId& id)
{
    session.wakeups.catchSignals();
    if (const auto said = sayWhoRunsIt(session); !said)
        return errorOf(said);
    ProgressReport report(session.output);
    auto details = waitForEnd(session, id, [&](const core::jobs::Job& job) { report.show(job); });
    session.output.endProgress();
    if (details && !core::jobs::isTerminal(details->job.status))
        session.output.note(
            u"No longer waiting. The job stays as it is; `signalboxctl watch %1` waits again."_s.arg(visible(id.toString())));
    return details;
}

/// Workers of this process run what is in the queue until this job has ended; what they have begun then goes back to the queue.
Result<JobDetails> runUntilEnd(Session& session, const core::JobId& id)
{
    session.wakeups.catchSignals();
    // One thread: with more, jobs further behind in the queue would be begun only to be handed back.
    if (const auto started = session.backend.startWorkers({.threads = 1}); !started)
        return errorOf(started);
    if (const auto said = sayWhoRunsIt(session); !said)
        return errorOf(said);
    ProgressReport report(session.output);
    auto details = waitForEnd(session, id, [&](const core::jobs::Job& job) { report.show(job); });
    session.output.endProgress();
    const bool isInterrupted = details && !core::jobs::isTerminal(details->job.status);
    if (isInterrupted)
        session.output.note(u"Stopping. The job is handed back and stays in the queue."_s);
    if (const auto stopped = session.backend.stopWorkers(Backend::Stop::HandBack).wait(); !stopped)
        return errorOf(stopped);
    return isInterrupted ? session.backend.job(id).wait() : details;
}

void printEnd(Session& session, const JobDetails& details)
{
    const auto& job = details.job;
    session.output.line(u"%1  %2  %3  %4"_s.arg(visible(statusText(job)), visible(typeText(job)), tookText(job, session.now()),
                                                visible(job.id.toString())));
    if (!job.errorMessage.isEmpty())
        session.output.line(u"  %1"_s.arg(visible(messageText(job, session.now()))));
    const auto artifacts = session.backend.artifacts(job.id).wait();
    if (!artifacts)
        return;
    for (const auto& made : *artifacts)
        session.output.line(u"  %1  %2"_s.arg(visible(made.artifact.kind), visible(orDash(made.file ? made.file->path : QString()))));
}

Ending answer(Session& session, const Arguments& arguments, const SubmitAnswer& answer)
{
    const bool waits = arguments.has(u"wait");
    sayWhatWasSubmitted(session, answer, waits);
    if (!waits && !session.output.isJson())
        return ExitCode::Ok;
    const auto details = !waits               ? session.backend.job(answer.jobId).wait()
                         : session.isOnServer ? waitForOthers(session, answer.jobId)
                                              : runUntilEnd(session, answer.jobId);
    if (!details)
        return errorOf(details);
    if (session.output.isJson())
        session.output.json(answerRow(*details, answer));
    else
        printEnd(session, *details);
    return waits ? endOf(details->job) : ExitCode::Ok;
}

const ActOnMatching resubmitMatching{u"resubmit"_s, u"resubmitted"_s, u"are active"_s, core::tasks::ScopeStates::Ended,
                                     &core::backend::Backend::resubmitMany};

}

Ending submit(Session& session, const Arguments& arguments)
{
    const QString typeName = arguments.operands().value(0);
    const auto type = core::jobs::parseJobType(typeName);
    if (type == core::JobType::Unknown)
        return failure(ErrorKind::Invalid, u"job_type_unknown"_s,
                       u"\"%1\" is no type of job; `signalboxctl schema` lists them"_s.arg(typeName), u"TYPE"_s);
    if (const auto mayWrite = core::base::requireWrite(session.caller); !mayWrite)
        return errorOf(mayWrite);
    const auto input = submittedInput(session, arguments);
    if (!input)
        return errorOf(input);
    const core::tasks::SubmitRequest request{.type = type,
                                             .input = *input,
                                             .userId = arguments.value(u"user").value_or(QString()),
                                             .projectId = arguments.value(u"project").value_or(QString()),
                                             .retriedFrom = {},
                                             .force = arguments.has(u"force")};
    const auto submitted = session.backend.submit(session.caller, request).wait();
    if (!submitted)
        return errorOf(submitted);
    return answer(session, arguments, *submitted);
}

Ending resubmit(Session& session, const Arguments& arguments)
{
    if (arguments.has(u"filter") != arguments.operands().isEmpty())
        return usageFailure(u"resubmit takes either an id or --filter"_s, u"ID"_s);
    if (arguments.has(u"filter"))
        return arguments.has(u"set") || arguments.has(u"input") || arguments.has(u"force") || arguments.has(u"wait")
                   ? usageFailure(u"resubmit --filter runs each job with its own input; it takes no --set, --input, --force or --wait"_s,
                                  u"--filter"_s)
                   : actOnMatching(session, arguments, resubmitMatching);
    if (arguments.has(u"dry-run"))
        return usageFailure(u"resubmit takes --dry-run only with --filter"_s, u"--dry-run"_s);
    const auto id = forAnAct(jobOperand(session, arguments), arguments.operands().value(0));
    if (!id)
        return errorOf(id);
    auto input = inputOption(arguments);
    if (!input)
        return errorOf(input);
    if (const QStringList settings = arguments.values(u"set"); !settings.isEmpty()) {
        if (!*input) {
            const auto old = session.backend.job(*id).wait();
            if (!old)
                return errorOf(old);
            *input = old->job.inputData;
        }
        const auto edited = withSettings(**input, settings);
        if (!edited)
            return errorOf(edited);
        *input = *edited;
    }
    const auto resubmitted =
        session.backend
            .resubmit(
                session.caller,
                {.of = *id, .input = *input, .force = arguments.has(u"force"), .reason = arguments.value(u"reason").value_or(QString())})
            .wait();
    if (!resubmitted)
        return errorOf(resubmitted);
    return answer(session, arguments, *resubmitted);
}

}
