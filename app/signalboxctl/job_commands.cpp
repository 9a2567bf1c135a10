// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/job_commands.h"

#include "app/signalboxctl/change_feed.h"
#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"
#include "core/base/json_text.h"
#include "core/base/secrets.h"

#include <QDir>

namespace app {

using core::errorOf;
using core::backend::JobDetails;
using core::jobs::JobAttempt;
using core::jobs::JobEvent;
using namespace Qt::StringLiterals;

namespace {

QStringList eventTable(const QList<JobEvent>& events, std::optional<int> width)
{
    Table table({{u"SEQ"_s, Align::Right},
                 {u"TIME"_s},
                 {u"EVENT"_s},
                 {u"STATUS"_s},
                 {u"PROGRESS"_s, Align::Right},
                 {u"ATTEMPT"_s, Align::Right},
                 {u"ACTOR"_s, Align::Left, true},
                 {u"MESSAGE"_s, Align::Left, true}});
    for (const JobEvent& event : events) {
        table.add({QString::number(event.sequence), exactText(event.createdAt), event.eventType, orDash(event.statusText),
                   event.progressPct ? u"%1%"_s.arg(*event.progressPct) : u"-"_s, event.attempt ? QString::number(*event.attempt) : u"-"_s,
                   orDash(event.actor), event.message});
    }
    return table.lines(width);
}

/// A payload for people: indented if it is JSON, as it is if not, and not longer than a few screens.
QStringList payloadLines(const QByteArray& stored)
{
    constexpr qsizetype mostLines = 200;
    const QByteArray payload = core::base::maskedDocument(stored);
    const bool isJson = core::JsonText::parse(payload).has_value();
    const QString text = isJson ? QString::fromUtf8(visibleJson(prettyJson(payload))) : visibleLines(QString::fromUtf8(payload));
    QStringList lines = text.split(u'\n');
    if (const qsizetype more = lines.size() - mostLines; more > 0) {
        lines.resize(mostLines);
        lines << u"... %1 more lines; --json has all"_s.arg(more);
    }
    for (QString& line : lines)
        line.prepend(u"  "_s);
    return lines;
}

QList<std::pair<QString, QString>> jobFacts(const JobDetails& details, core::Time now)
{
    const auto& job = details.job;
    QList<std::pair<QString, QString>> facts{
        {u"id"_s, job.id.toString()},
        {u"type"_s, typeText(job)},
        {u"status"_s, statusText(job)},
        {u"progress"_s, u"%1%"_s.arg(job.progressPct)},
        {u"message"_s, orDash(job.message)},
        {u"attempt"_s, QString::number(job.attempt)},
        {u"owner"_s, orDash(job.userId)},
        {u"project"_s, orDash(job.projectId)},
        {u"created"_s, exactText(job.createdAt)},
        {u"started"_s, exactText(job.startedAt)},
        {u"finished"_s, exactText(job.finishedAt)},
        {u"took"_s, tookText(job, now)},
        {u"webhook"_s, details.webhook ? details.webhook->id.toString() : u"-"_s},
    };
    if (!job.errorMessage.isEmpty() || !job.errorCode.isEmpty()) {
        facts.append({u"error"_s, job.errorMessage});
        facts.append({u"error code"_s, orDash(job.errorCode)});
    }
    if (job.retriedFrom)
        facts.append({u"retries"_s, job.retriedFrom->toString()});
    for (const core::JobId& later : details.retriedAs)
        facts.append({u"retried as"_s, later.toString()});
    return facts;
}

QByteArray detailsRow(const JobDetails& details, const QList<JobEvent>& events, const QString& why)
{
    QStringList retriedAs;
    for (const core::JobId& later : details.retriedAs)
        retriedAs << later.toString();
    QList<QByteArray> messages;
    for (const auto& message : details.messages)
        messages << messageRow(message);
    QList<QByteArray> timeline;
    for (const JobEvent& event : events)
        timeline << eventRow(event);
    return jobRow(details.job)
        .time("finished_anyway_at", details.finishedAnywayAt)
        .text("finished_anyway_as", details.finishedAnywayAs)
        .flag("waits_in_queue", details.waitsInQueue())
        .text("why_not_running", why)
        .raw("retried_as", jsonTexts(retriedAs))
        .raw("webhook", details.webhook ? webhookRow(*details.webhook) : "null"_ba)
        .raw("messages", jsonArray(messages))
        .raw("events", jsonArray(timeline))
        .bytes();
}

void printDetails(Session& session, const JobDetails& details, const QList<JobEvent>& events, const QString& why)
{
    Output& output = session.output;
    output.lines(factLines(jobFacts(details, session.now())));
    if (!core::jobs::isTerminal(details.job.status) && why != u"It runs."_s)
        output.lines(factLines({{u"not running"_s, why}}));
    output.line(u"\ncancel"_s);
    output.lines(factLines(cancelSteps(details)));
    output.line(u"\ninput"_s);
    output.lines(payloadLines(details.job.inputData));
    output.line(u"\noutput"_s);
    output.lines(details.job.outputData ? payloadLines(*details.job.outputData) : QStringList{u"  -"_s});
    output.line(u"\nevents"_s);
    constexpr qsizetype mostEvents = 30;
    const qsizetype left = std::max<qsizetype>(0, events.size() - mostEvents);
    if (left > 0)
        output.line(u"  %1 earlier; `signalboxctl events` has all"_s.arg(left));
    output.lines(eventTable(events.mid(left), output.width()));
}

/// One runnable line: what a shell would take as several words stands in quotes.
QString commandLine(const core::JsonValue& arguments)
{
    QStringList words;
    for (const core::JsonValue& argument : arguments.children()) {
        const QString word = argument.string();
        const bool isPlain = !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar character) {
            return character.isLetterOrNumber() || u"-_./=:,+@%"_s.contains(character);
        });
        words << (isPlain ? word : u'\'' + QString(word).replace(u"'"_s, u"'\\''"_s) + u'\'');
    }
    return words.join(u' ');
}

void printRun(Output& output, const JobAttempt& attempt)
{
    output.line(u"\nattempt %1"_s.arg(attempt.attempt));
    const auto commands = core::JsonText::parse(attempt.commands.value_or("[]"_ba));
    if (commands && commands->root().kind() == core::JsonKind::Array) {
        for (const core::JsonValue& command : commands->root().children()) {
            if (const auto arguments = command.member(u"arguments"))
                output.line(u"  $ %1"_s.arg(visible(commandLine(*arguments))));
        }
    }
    if (attempt.log) {
        for (const QString& line : visibleLines(QString::fromUtf8(*attempt.log).trimmed()).split(u'\n'))
            output.line(u"  | %1"_s.arg(line));
    }
}

}

Ending show(Session& session, const Arguments& arguments)
{
    const auto id = jobOperand(session, arguments);
    if (!id)
        return errorOf(id);
    const auto details = session.backend.job(*id).wait();
    if (!details)
        return errorOf(details);
    const auto events = session.backend.events(*id).wait();
    if (!events)
        return errorOf(events);
    const auto queue = session.backend.queueState().wait();
    if (!queue)
        return errorOf(queue);
    const QString why = whyNotRunning(*details, *queue, session.now());
    if (session.output.isJson())
        session.output.json(detailsRow(*details, *events, why));
    else
        printDetails(session, *details, *events, why);
    return ExitCode::Ok;
}

Ending events(Session& session, const Arguments& arguments)
{
    const auto id = jobOperand(session, arguments);
    if (!id)
        return errorOf(id);
    const auto events = session.backend.events(*id).wait();
    if (!events)
        return errorOf(events);
    if (session.output.isJson()) {
        QList<QByteArray> rows;
        for (const JobEvent& event : *events)
            rows << eventRow(event);
        session.output.json(jsonArray(rows));
    } else {
        session.output.lines(eventTable(*events, session.output.width()));
    }
    return ExitCode::Ok;
}

Ending attempts(Session& session, const Arguments& arguments)
{
    const auto id = jobOperand(session, arguments);
    if (!id)
        return errorOf(id);
    const auto attempts = session.backend.attempts(*id).wait();
    if (!attempts)
        return errorOf(attempts);
    if (session.output.isJson()) {
        QList<QByteArray> rows;
        for (const JobAttempt& attempt : *attempts)
            rows << attemptRow(attempt);
        session.output.json(jsonArray(rows));
        return ExitCode::Ok;
    }
    Table table({{u"ATTEMPT"_s, Align::Right},
                 {u"OUTCOME"_s},
                 {u"STARTED"_s},
                 {u"TOOK"_s, Align::Right},
                 {u"PID"_s, Align::Right},
                 {u"HOST"_s, Align::Left, true},
                 {u"ERROR"_s, Align::Left, true}});
    for (const JobAttempt& attempt : *attempts) {
        table.add({QString::number(attempt.attempt), attempt.outcome.isEmpty() ? u"runs"_s : attempt.outcome, exactText(attempt.startedAt),
                   lengthText(attempt.finishedAt.value_or(session.now()) - attempt.startedAt), QString::number(attempt.pid),
                   orDash(attempt.host), attempt.error});
    }
    session.output.lines(table.lines(session.output.width()));
    if (arguments.has(u"log")) {
        for (const JobAttempt& attempt : *attempts)
            printRun(session.output, attempt);
    }
    return ExitCode::Ok;
}

}
