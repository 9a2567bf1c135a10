// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/case_commands.h"

#include "app/signalboxctl/rows.h"
#include "app/signalboxctl/table.h"
#include "app/signalboxctl/until_done.h"
#include "app/signalboxctl/visible_text.h"
#include "app/signalboxctl/words.h"
#include "core/backend/case_files.h"

#include <QFileInfo>
#include <QMap>

namespace app {

using core::errorOf;
using core::JobId;
using core::Result;
using core::casefile::CaseFile;
using core::casefile::CaseRequest;
using core::casefile::CaseSummary;
using core::casefile::FileState;
using core::casefile::MaskedField;
using core::casefile::TakeHomeAnswer;
using namespace Qt::StringLiterals;

namespace {

QByteArray fileRow(const CaseFile& file)
{
    return JsonObject()
        .text("storage_key", file.key)
        .text("kind", file.kind)
        .number("size_bytes", file.sizeBytes)
        .text("sha256", file.sha256)
        .text("state", core::casefile::fileStateName(file.state))
        .flag("is_masked", file.isMasked)
        .bytes();
}

QByteArray rerunRow(const core::casefile::Rerun& rerun)
{
    return JsonObject().flag("is_possible", rerun.isPossible).text("code", rerun.code).text("message", rerun.message).bytes();
}

QByteArray caseRow(const CaseSummary& summary)
{
    QList<QByteArray> jobs;
    for (const auto& job : summary.jobs)
        jobs << JsonObject()
                    .text("id", job.id.text)
                    .text("job_type", job.typeText)
                    .text("status", job.statusText)
                    .text("role", core::casefile::jobRoleName(job.role))
                    .bytes();
    QList<QByteArray> files;
    for (const CaseFile& file : summary.files)
        files << fileRow(file);
    QList<QByteArray> masked;
    for (const MaskedField& field : summary.masked)
        masked << JsonObject().text("table", field.table).text("row", field.row).text("column", field.column).bytes();
    return JsonObject()
        .text("path", summary.path)
        .number("size_bytes", summary.sizeBytes)
        .time("exported_at", summary.exportedAt)
        .text("origin", summary.origin)
        .text("job_id", summary.subject.id.text)
        .flag("is_checked", summary.isChecked)
        .raw("jobs", jsonArray(jobs))
        .number("jobs_left_out", summary.jobsLeftOut)
        .number("events", summary.counts.events)
        .number("attempts", summary.counts.attempts)
        .number("deliveries", summary.counts.deliveries)
        .number("artifacts", summary.counts.artifacts)
        .raw("files", jsonArray(files))
        .raw("masked", jsonArray(masked))
        .raw("hosts", jsonTexts(summary.hosts))
        .raw("rerun", rerunRow(summary.rerun))
        .bytes();
}

QString stateText(const CaseFile& file)
{
    switch (file.state) {
    case FileState::In: return file.isMasked ? u"in, masked"_s : u"in"_s;
    case FileState::ByChoice: return u"left out"_s;
    case FileState::Missing: return u"was gone"_s;
    case FileState::Secret: return u"left out: it may hold a secret"_s;
    case FileState::TooLarge: return u"left out: a text too large to be looked through"_s;
    }
    Q_UNREACHABLE();
}

QStringList fileTable(const QList<CaseFile>& files, std::optional<int> width)
{
    Table table({{u"FILE"_s}, {u"SIZE"_s, Align::Right}, {u"STATE"_s}, {u"STORAGE KEY"_s, Align::Left, true}});
    for (const CaseFile& file : files)
        table.add({orDash(file.kind), file.sizeBytes > 0 ? sizeText(file.sizeBytes) : u"-"_s, stateText(file), file.key});
    return table.lines(width);
}

/// "webhook_deliveries.headers (12 rows)": what masking changed, by field.
QStringList maskedLines(const QList<MaskedField>& masked)
{
    QMap<QString, int> rows;
    for (const MaskedField& field : masked)
        ++rows[field.table + u'.' + field.column];
    QStringList lines;
    for (auto each = rows.cbegin(); each != rows.cend(); ++each)
        lines << u"  %1 (%2)"_s.arg(each.key()).arg(each.value() == 1 ? u"1 row"_s : u"%1 rows"_s.arg(each.value()));
    return lines;
}

QString rerunText(const core::casefile::Rerun& rerun)
{
    if (!rerun.isPossible)
        return u"no. %1."_s.arg(rerun.message);
    return rerun.message.isEmpty() ? u"yes"_s : u"yes. %1."_s.arg(rerun.message);
}

void printCase(Output& output, const CaseSummary& summary)
{
    if (output.isJson())
        return output.json(caseRow(summary));
    const auto& counts = summary.counts;
    QStringList others;
    for (const auto& job : summary.jobs) {
        if (job.id != summary.subject.id)
            others << u"%1 %2 (%3)"_s.arg(job.id.text, job.statusText, core::casefile::jobRoleName(job.role));
    }
    output.lines(factLines(
        {{u"case"_s, visible(summary.path)},
         {u"size"_s, sizeText(summary.sizeBytes)},
         {u"made"_s, u"%1, from %2"_s.arg(exactText(summary.exportedAt), visible(summary.origin))},
         {u"job"_s, visible(summary.subject.id.text)},
         {u"type"_s, visible(summary.subject.typeText)},
         {u"status"_s, visible(summary.subject.statusText)},
         {u"message"_s, visible(orDash(summary.subject.errorMessage.isEmpty() ? summary.subject.message : summary.subject.errorMessage))},
         {u"other jobs"_s, visible(orDash(others.join(u", "_s)))},
         {u"holds"_s, u"%1 events, %2 attempts, %3 deliveries, %4 artifacts"_s.arg(counts.events)
                          .arg(counts.attempts)
                          .arg(counts.deliveries)
                          .arg(counts.artifacts)},
         {u"ran on"_s, visible(orDash(summary.hosts.join(u", "_s)))},
         {u"runs again"_s, visible(rerunText(summary.rerun))}}));
    if (!summary.files.isEmpty())
        output.lines(fileTable(summary.files, output.width()));
    if (summary.masked.isEmpty())
        output.line(u"Nothing had to be masked."_s);
    else
        output.lines(QStringList{u"Masked:"_s} + maskedLines(summary.masked));
    if (summary.jobsLeftOut > 0)
        output.line(u"%1 more job(s) of its lineage are left out: a case takes a thousand."_s.arg(summary.jobsLeftOut));
    output.line(u"Names of machines and paths in messages and logs stand as they were; verdicts on signatures too."_s);
}

void printTaken(Output& output, const TakeHomeAnswer& answer)
{
    const auto texts = [](const QList<JobId>& ids) {
        QStringList list;
        for (const JobId& id : ids)
            list << id.text;
        return list;
    };
    if (output.isJson()) {
        output.json(JsonObject()
                        .text("job_id", answer.subject.text)
                        .raw("taken", jsonTexts(texts(answer.taken)))
                        .raw("already_here", jsonTexts(texts(answer.alreadyHere)))
                        .raw("cancelled", jsonTexts(texts(answer.ended)))
                        .number("files", answer.files)
                        .number("bytes", answer.bytes)
                        .raw("rerun", rerunRow(answer.rerun))
                        .bytes());
        return;
    }
    for (const JobId& id : answer.taken)
        output.line(u"taken         %1"_s.arg(visible(id.text)));
    for (const JobId& id : answer.alreadyHere)
        output.line(u"already here  %1"_s.arg(visible(id.text)));
    for (const JobId& id : answer.ended)
        output.note(u"%1 had not ended; it is CANCELLED here, for nobody runs it."_s.arg(visible(id.text)));
    output.line(u"%1 file(s), %2"_s.arg(answer.files).arg(sizeText(answer.bytes)));
    if (answer.rerun.isPossible)
        output.note(u"`signalboxctl resubmit %1` runs it again."_s.arg(visible(answer.subject.text)));
    if (!answer.rerun.message.isEmpty())
        output.note(visible(answer.rerun.message) + u'.');
}

/// "writing 4.1 MB"
auto progressOf(const QString& what)
{
    return [what](qsizetype, qsizetype of) { return u"%1 %2"_s.arg(what, sizeText(of)); };
}

Result<CaseRequest> requestOf(Session& session, const Arguments& arguments)
{
    if (arguments.has(u"without-files") && arguments.has(u"with"))
        return usageFailure(u"case export takes either --without-files or --with"_s, u"--with"_s);
    const auto id = session.backend.resolveJobId(arguments.operands().value(1)).wait();
    if (!id)
        return errorOf(id);
    CaseRequest request;
    request.job = *id;
    request.withLineage = arguments.has(u"lineage");
    request.mayReplace = arguments.has(u"replace");
    if (arguments.has(u"with") || arguments.has(u"without-files")) {
        request.kinds = arguments.values(u"with");
        request.withInput = request.kinds->contains(u"input"_s);
    }
    return request;
}

Ending exportOne(Session& session, const Arguments& arguments)
{
    if (arguments.operands().size() != 3)
        return usageFailure(u"Usage: signalboxctl case export JOB FILE"_s, u"FILE"_s);
    const auto request = requestOf(session, arguments);
    if (!request)
        return errorOf(request);
    const QString path = QFileInfo(arguments.operands().value(2)).absoluteFilePath();
    const auto made = untilDone<CaseSummary>(
        session,
        [&](const core::tasks::ActControl& control) {
            return core::backend::caseFiles(session.backend).exportCase(*request, path, control);
        },
        progressOf(u"writing"_s));
    if (!made)
        return errorOf(made);
    printCase(session.output, *made);
    return ExitCode::Ok;
}

Ending takeOne(Session& session, const Arguments& arguments)
{
    if (arguments.operands().size() != 2)
        return usageFailure(u"Usage: signalboxctl case take FILE"_s, u"FILE"_s);
    const QString path = QFileInfo(arguments.operands().value(1)).absoluteFilePath();
    const QString reason = arguments.value(u"reason").value_or(QString());
    const auto taken = untilDone<TakeHomeAnswer>(
        session,
        [&](const core::tasks::ActControl& control) {
            return core::backend::caseFiles(session.backend).takeHome(session.caller, path, reason, control);
        },
        progressOf(u"taking in"_s));
    if (!taken)
        return errorOf(taken);
    printTaken(session.output, *taken);
    return ExitCode::Ok;
}

}

Ending caseFile(Session& session, const Arguments& arguments)
{
    const QString verb = arguments.operands().value(0);
    if (verb == "export"_L1)
        return exportOne(session, arguments);
    if (verb == "take"_L1)
        return takeOne(session, arguments);
    return usageFailure(u"case takes export, show or take, not \"%1\""_s.arg(verb), verb);
}

Ending showCase(Output& output, const QString& path)
{
    if (path.isEmpty())
        return usageFailure(u"Usage: signalboxctl case show FILE"_s, u"FILE"_s);
    const auto summary = core::backend::examineCase(QFileInfo(path).absoluteFilePath());
    if (!summary)
        return errorOf(summary);
    printCase(output, *summary);
    return ExitCode::Ok;
}

}
