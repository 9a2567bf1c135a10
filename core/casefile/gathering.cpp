// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/gathering.h"

#include "core/casefile/needs.h"
#include "core/files/repository.h"
#include "core/jobs/repository.h"

#include <algorithm>
#include <cstring>

namespace core::casefile {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostJobs = 1000;         // of a lineage
constexpr qsizetype mostCounted = 20'000;    // those that stay behind are counted so far

bool is(const CaseTable& table, const char* name)
{
    return std::strcmp(table.name, name) == 0;
}

QByteArray bytesOf(const Cell& cell)
{
    const auto* bytes = std::get_if<QByteArray>(&cell);
    return bytes ? *bytes : QByteArray();
}

}

Result<void> Gathering::run(const CaseRequest& request)
{
    if (const auto chosen = chooseJobs(request); !chosen)
        return chosen;
    for (const CaseJob& job : std::as_const(m_jobs)) {
        if (const auto passed = rowsOf(job, request); !passed)
            return passed;
    }
    return {};
}

/// Before any row is handed on: a row may name a job that comes later.
Result<void> Gathering::chooseJobs(const CaseRequest& request)
{
    const auto job = jobs::JobRepository(m_store).find(request.job);
    if (!job)
        return errorOf(job);
    if (!*job)
        return failure(ErrorKind::NotFound, u"job_unknown"_s, u"There is no job %1"_s.arg(request.job.text), u"id"_s);
    if (const auto added = addJob(request.job, JobRole::Subject); !added)
        return added;
    if (const auto needed = addNeeded(); !needed || !request.withLineage)
        return needed;
    return addLineage(request.job).and_then([&] { return addNeeded(); });
}

/// What the inputs of those that are chosen name; a need may have needs.
Result<void> Gathering::addNeeded()
{
    const jobs::JobRepository repository(m_store);
    for (qsizetype i = 0; i < m_jobs.size(); ++i) {
        const auto job = repository.find(m_jobs.at(i).id);
        if (!job)
            return errorOf(job);
        const auto detect = *job ? needsOf((*job)->type, (*job)->inputData).detectJob : std::nullopt;
        if (!detect)
            continue;
        if (const auto added = addJob(*detect, JobRole::Needed); !added)
            return added;
    }
    return {};
}

Result<void> Gathering::addJob(const JobId& id, JobRole role)
{
    if (m_jobIds.contains(id.text))
        return {};
    const auto job = jobs::JobRepository(m_store).findSummary(id);
    if (!job)
        return errorOf(job);
    if (!*job)    // what it names may be gone
        return {};
    m_jobIds << id.text;
    if (m_jobs.size() < mostJobs)
        m_jobs << CaseJob{id, (*job)->typeText, (*job)->statusText, role};
    else
        ++m_leftOut;
    return {};
}

/// Up to the first of them, and from each to what retried it.
Result<void> Gathering::addLineage(const JobId& id)
{
    QList<JobId> open{id};
    QSet<JobId> seen{id};
    const jobs::JobRepository repository(m_store);
    while (!open.isEmpty() && seen.size() < mostCounted) {
        const JobId each = open.takeFirst();
        const auto job = repository.findSummary(each);
        const auto retries = repository.retriesOf(each);
        if (!job)
            return errorOf(job);
        if (!retries)
            return errorOf(retries);
        QList<JobId> near = *retries;
        if (*job && (*job)->retriedFrom)
            near << *(*job)->retriedFrom;
        for (const JobId& one : std::as_const(near)) {
            if (seen.contains(one))
                continue;
            seen << one;
            open << one;
            if (const auto added = addJob(one, JobRole::Lineage); !added)
                return added;
        }
    }
    return {};
}

Result<void> Gathering::rowsOf(const CaseJob& job, const CaseRequest& request)
{
    const auto whole = jobs::JobRepository(m_store).find(job.id);
    if (!whole)
        return errorOf(whole);
    const auto artifacts = files::FileRepository(m_store).artifactsOf(job.id);
    if (!artifacts)
        return errorOf(artifacts);
    if (const QString input = needsOf((*whole)->type, (*whole)->inputData).filePath; !input.isEmpty())
        noteFile(input, u"input"_s, request.withInput);
    for (const files::ArtifactWithFile& made : *artifacts) {
        if (made.file)
            noteFile(made.file->path, made.artifact.kind, !request.kinds || request.kinds->contains(made.artifact.kind));
    }
    for (const CaseTable& table : caseTables()) {
        if (!table.ofJob)
            continue;
        const auto passed = m_rows.eachOfJob(table, job.id, [&](CaseRow& row) { return pass(table, row); });
        if (!passed)
            return passed;
        if (is(table, "files")) {    // before the rows that name them
            if (const auto needed = rowsItNeeds((*whole)->inputData, (*whole)->type); !needed)
                return needed;
        }
    }
    return {};
}

Result<void> Gathering::rowsItNeeds(const QByteArray& input, JobType type)
{
    const Needs needs = needsOf(type, input);
    const CaseTable& files = caseTable("files");
    auto done = m_rows.eachWith(files, "path", needs.filePath, [&](CaseRow& row) { return pass(files, row); });
    if (done && needs.preset) {
        const CaseTable& presets = caseTable("caption_presets");
        done = m_rows.eachWith(presets, "id", needs.preset->text, [&](CaseRow& row) { return pass(presets, row); });
    }
    if (done && needs.transcription) {
        const CaseTable& transcriptions = caseTable("transcriptions");
        done = m_rows.eachWith(transcriptions, "id", needs.transcription->text, [&](CaseRow& row) {
            // of a job that is not in the case: only the words are needed
            const JobId maker{textOf(row.at(static_cast<qsizetype>(columnIn(transcriptions, "job_id"))))};
            const bool isHere = std::any_of(m_jobs.begin(), m_jobs.end(), [&](const CaseJob& each) { return each.id == maker; });
            if (isHere)
                return Result<void>{};    // it comes with that job
            row[static_cast<qsizetype>(columnIn(transcriptions, "job_id"))] = std::monostate{};
            row[static_cast<qsizetype>(columnIn(transcriptions, "file_id"))] = std::monostate{};
            return pass(transcriptions, row);
        });
    }
    return done;
}

/// Masks a row, notes what that changed and what the row tells, and hands it on.
Result<void> Gathering::pass(const CaseTable& table, CaseRow& row)
{
    if (is(table, "files") || is(table, "transcriptions") || is(table, "caption_presets")) {
        const QString key = QLatin1StringView(table.name) + u' ' + textOf(row.first());
        if (m_passed.contains(key))
            return {};
        m_passed << key;
    }
    const QString label = textOf(row.at(static_cast<qsizetype>(table.label)));
    for (size_t i = 0; i < table.columns.size(); ++i) {
        const CaseColumn& column = table.columns[i];
        Cell& cell = row[static_cast<qsizetype>(i)];
        if (column.rule == Rule::Keep || std::holds_alternative<std::monostate>(cell))
            continue;
        if (column.rule == Rule::Drop) {
            cell = std::monostate{};
            continue;
        }
        const QByteArray stored = bytesOf(cell);
        const QByteArray safe = maskedBy(column.rule, stored);
        if (safe == stored)
            continue;
        cell = safe;
        m_masked << MaskedField{QString::fromLatin1(table.name), label, QString::fromLatin1(column.name)};
    }
    if (is(table, "jobs"))
        noteJob(row);
    else if (is(table, "job_attempts"))
        m_hosts << textOf(row.at(static_cast<qsizetype>(columnIn(table, "host"))));
    m_hosts.removeAll(QString());
    m_hosts.removeDuplicates();
    const std::pair<const char*, qint64*> counted[] = {
        {"job_events", &m_counts.events},   {"job_attempts", &m_counts.attempts},         {"webhook_deliveries", &m_counts.deliveries},
        {"artifacts", &m_counts.artifacts}, {"transcriptions", &m_counts.transcriptions}, {"notifications", &m_counts.notifications},
    };
    for (const auto& [name, count] : counted)
        *count += is(table, name) ? 1 : 0;
    return m_sink(table, row);
}

void Gathering::noteJob(const CaseRow& masked)
{
    const CaseTable& table = caseTable("jobs");
    if (JobId{textOf(masked.first())} != m_jobs.first().id)
        return;
    const auto cell = [&](const char* column) { return masked.at(static_cast<qsizetype>(columnIn(table, column))); };
    m_subjectInput = bytesOf(cell("input_data"));
    m_isSubjectInputMasked = m_masked.contains(MaskedField{u"jobs"_s, m_jobs.first().id.text, u"input_data"_s});
    m_subject.id = m_jobs.first().id;
    m_subject.typeText = textOf(cell("job_type"));
    m_subject.type = jobs::parseJobType(m_subject.typeText);
    m_subject.statusText = textOf(cell("status"));
    m_subject.status = jobs::parseStatus(m_subject.statusText);
    m_subject.message = textOf(cell("current_message"));
    m_subject.errorMessage = textOf(cell("error_message"));
    m_subject.errorCode = textOf(cell("error_code"));
    m_subject.userId = textOf(cell("user_id"));
}

void Gathering::noteFile(const QString& key, const QString& kind, bool isChosen)
{
    const auto known = std::find_if(m_files.begin(), m_files.end(), [&](const CaseFile& each) { return each.key == key; });
    if (known != m_files.end()) {
        if (isChosen)    // as one thing it was left out, as another it is wanted
            known->state = FileState::In;
        return;
    }
    m_files << CaseFile{key, kind, 0, {}, isChosen ? FileState::In : FileState::ByChoice, false};
}

}
