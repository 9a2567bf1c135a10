// SPDX-License-Identifier: Apache-2.0
#include "core/captions/style.h"
#include "core/database/transaction.h"
#include "core/tasks/actors.h"
#include "core/tasks/schemas.h"
#include "core/tasks/task_service.h"

#include "core/base/json_text.h"

#include <QCryptographicHash>
#include <QScopeGuard>

#include <nlohmann/json.hpp>

namespace core::tasks {

using namespace Qt::StringLiterals;

namespace {

/// An input that was read and is valid, and its one form, which makes twins alike.
template <class Input>
struct ReadInput {
    Input value;
    QByteArray canonical;
};

/// The typed input of a request, or the first thing that is wrong with it.
template <class Input>
Result<ReadInput<Input>> readInput(JobType type, const QByteArray& bytes)
{
    const auto document = JsonText::parse(bytes);
    if (!document)
        return errorOf(document);
    const auto parsed = parseInput(type, *document);
    if (const auto valid = validateInput(parsed.value, parsed.diagnostics); !valid)
        return errorOf(valid);
    if (const auto* input = std::get_if<Input>(&parsed.value))
        return ReadInput<Input>{*input, canonicalInput(type, *document)};
    return failure(ErrorKind::Invalid, u"input_invalid"_s, u"The input must be a JSON object"_s, u""_s);
}

QString dedupeKeyOf(JobType type, const QString& owner, const QByteArray& canonicalInput)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray& part : {jobs::jobTypeName(type).toUtf8(), owner.toUtf8(), canonicalInput}) {
        hash.addData(part);
        hash.addData(QByteArrayView("\0", 1));    // so that no two parts can run into one another
    }
    return QString::fromLatin1(hash.result().toHex());
}

SubmitAnswer answerOf(const SubmittedRows& rows)
{
    return {rows.job.id, JobStatus::Pending, rows.webhook.id, false, {}};
}

QStringList topLevelPointers(const QByteArray& canonicalInput)
{
    QStringList pointers{u"type"_s, u"owner"_s};
    if (const auto document = JsonText::parse(canonicalInput)) {
        for (const JsonValue& member : document->root().children())
            pointers.append(u'/' + base::pointerToken(member.key()));
    }
    return pointers;
}

Error unknownType()
{
    return {ErrorKind::Invalid, u"type_unknown"_s, u"There is no such job type"_s, u"type"_s, {}};
}

}

QString outputFolderOf(const JobId& id, const std::optional<QString>& outFolder)
{
    const QString folder = outFolder.value_or(u"outputs"_s);
    return (folder.isEmpty() ? u"outputs"_s : folder) + u'/' + id.text;
}

Result<SubmitAnswer> TaskService::submit(const Caller& caller, const SubmitRequest& request)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    switch (request.type) {
    case JobType::MediaProbe: return submitMediaProbe(caller, request);
    case JobType::SilenceDetect: return submitSilenceDetect(caller, request);
    case JobType::SilenceApply: return submitSilenceApply(caller, request);
    case JobType::MediaConvert: return submitMediaConvert(caller, request);
    case JobType::TranscriptionGenerate: return submitTranscriptionGenerate(caller, request);
    case JobType::FrameExtract: return submitFrameExtract(caller, request);
    case JobType::CaptionsGenerate: return submitCaptionsGenerate(caller, request);
    case JobType::Unknown: return tl::make_unexpected(unknownType());
    }
    Q_UNREACHABLE();
}

Result<SubmitAnswer> TaskService::submitMediaProbe(const Caller& caller, const SubmitRequest& request)
{
    const auto input = readInput<MediaProbeInput>(request.type, request.input);
    if (!input)
        return errorOf(input);
    return requireStoredFile(input->value.filePath).and_then([&] { return createJob(caller, request, input->canonical); });
}

Result<SubmitAnswer> TaskService::submitSilenceDetect(const Caller& caller, const SubmitRequest& request)
{
    const auto input = readInput<SilenceDetectInput>(request.type, request.input);
    if (!input)
        return errorOf(input);
    return requireStoredFile(input->value.filePath).and_then([&] { return createJob(caller, request, input->canonical); });
}

Result<SubmitAnswer> TaskService::submitSilenceApply(const Caller& caller, const SubmitRequest& request)
{
    const auto input = readInput<SilenceApplyInput>(request.type, request.input);
    if (!input)
        return errorOf(input);
    return requireStoredFile(input->value.filePath)
        .and_then([&] { return requireOutFolder(input->value.outFolder); })
        .and_then([&] { return requireDoneDetectJob(input->value.detectJobId); })
        .and_then([&] { return createJob(caller, request, input->canonical); });
}

Result<SubmitAnswer> TaskService::submitMediaConvert(const Caller& caller, const SubmitRequest& request)
{
    const auto input = readInput<MediaConvertInput>(request.type, request.input);
    if (!input)
        return errorOf(input);
    // What no container can hold is refused now, not after the queue.
    if (const auto possible = media::checkConvert(convertOptionsOf(input->value), media::Limits{}); !possible)
        return failure(possible.error().kind, possible.error().code, possible.error().message, u'/' + possible.error().field);
    return requireStoredFile(input->value.filePath).and_then([&] { return requireOutFolder(input->value.outFolder); }).and_then([&] {
        return createJob(caller, request, input->canonical);
    });
}

Result<SubmitAnswer> TaskService::submitTranscriptionGenerate(const Caller& caller, const SubmitRequest& request)
{
    const auto input = readInput<TranscriptionGenerateInput>(request.type, request.input);
    if (!input)
        return errorOf(input);
    return requireStoredFile(input->value.filePath).and_then([&] { return createJob(caller, request, input->canonical); });
}

Result<SubmitAnswer> TaskService::submitFrameExtract(const Caller& caller, const SubmitRequest& request)
{
    const auto input = readInput<FrameExtractInput>(request.type, request.input);
    if (!input)
        return errorOf(input);
    return requireStoredFile(input->value.filePath).and_then([&] { return requireOutFolder(input->value.outFolder); }).and_then([&] {
        return createJob(caller, request, input->canonical);
    });
}

Result<SubmitAnswer> TaskService::submitCaptionsGenerate(const Caller& caller, const SubmitRequest& request)
{
    const auto input = readInput<CaptionsGenerateInput>(request.type, request.input);
    if (!input)
        return errorOf(input);
    return requireStoredFile(input->value.filePath)
        .and_then([&] { return requireOutFolder(input->value.outFolder); })
        .and_then([&] { return requireTranscription(input->value.transcriptionId); })
        .and_then([&] { return requirePreset(input->value.presetId); })
        .and_then([&] { return createJob(caller, request, input->canonical); });
}

Result<QList<SubmitAnswer>> TaskService::submitMany(const Caller& caller, const QList<SubmitRequest>& requests)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    m_foundInBatch.emplace().gathers = true;
    const auto forget = qScopeGuard([this] { m_foundInBatch.reset(); });
    QList<SubmitAnswer> answers;
    answers.reserve(requests.size());
    for (const SubmitRequest& request : requests) {
        const auto answer = submit(caller, request);    // createJob sees that a transaction is open
        if (!answer)
            return errorOf(answer);
        answers.append(*answer);
        const bool isFull = m_foundInBatch->waiting.size() >= submitsTogether || m_foundInBatch->waitingBytes >= submitBytesTogether;
        if (!isFull && answers.size() < requests.size())
            continue;
        if (const auto inserted = insertWaiting(caller, answers); !inserted)
            return errorOf(inserted);
    }
    if (const auto committed = transaction->commit(); !committed)
        return errorOf(committed);
    tellWorkers();
    return answers;
}

/// The jobs that a batch has gathered for one statement; their answers are the last ones. Who has a twin gets its answer, as if alone.
Result<void> TaskService::insertWaiting(const Caller& caller, QList<SubmitAnswer>& answers)
{
    const auto waiting = std::exchange(m_foundInBatch->waiting, {});
    m_foundInBatch->waitingBytes = 0;
    if (waiting.isEmpty())
        return {};
    QList<SubmittedRows> submits;
    for (const auto& one : waiting)
        submits.append(one.rows);
    const auto inserted = insertTogether(m_database, submits);
    if (!inserted)
        return errorOf(inserted);
    for (qsizetype i = 0; i < waiting.size(); ++i) {
        const auto& one = waiting.at(i);
        if (inserted->contains(one.rows.job.id))
            continue;
        const auto answer = createJobInTransaction(caller, one.request, one.canonicalInput, one.dedupeKey);
        if (!answer)
            return errorOf(answer);
        answers[answers.size() - waiting.size() + i] = *answer;
    }
    return {};
}

Result<ReuseExplanation> TaskService::explainSubmit(const Caller& caller, const SubmitRequest& request)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    // The very flow, in a transaction that is never committed: an explanation that had its own rules would one day be wrong.
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    const auto answer = submit(caller, request);    // createJob sees that a transaction is open
    if (!answer)
        return errorOf(answer);
    ReuseExplanation explanation{*answer, {}, canonicalInput(request.type, request.input)};
    if (answer->reused) {
        const auto twin = m_jobs.findSummary(answer->jobId);
        if (!twin)
            return errorOf(twin);
        explanation.twin = *twin;
    } else {
        explanation.answer.jobId = {};    // of rows that go with the transaction
        explanation.answer.webhookId = {};
    }
    return explanation;
}

Result<void> TaskService::requireStoredFile(const QString& key)
{
    if (m_foundInBatch && m_foundInBatch->files.contains(key))
        return {};
    const auto found = m_settings.storage.look(key);
    if (!found)
        return failure(found.error().kind, found.error().code, found.error().message, u"/file_path"_s);
    if (found->what == files::Found::What::Nothing)
        return failure(ErrorKind::Invalid, u"file_missing"_s, u"There is no file '%1' in the storage"_s.arg(key), u"/file_path"_s);
    if (found->what != files::Found::What::File)
        return failure(ErrorKind::Invalid, u"not_a_file"_s, u"'%1' is not a regular file"_s.arg(key), u"/file_path"_s);
    if (found->sizeBytes == 0)
        return failure(ErrorKind::Invalid, u"file_empty"_s, u"The file '%1' is empty"_s.arg(key), u"/file_path"_s);
    if (m_foundInBatch)
        m_foundInBatch->files.insert(key);
    return {};
}

Result<void> TaskService::requireOutFolder(const std::optional<QString>& folder)
{
    if (!folder || folder->isEmpty() || (m_foundInBatch && m_foundInBatch->folders.contains(*folder)))
        return {};
    const auto found = m_settings.storage.look(*folder);
    if (!found)
        return failure(found.error().kind, found.error().code, found.error().message, u"/out_folder"_s);
    if (found->what != files::Found::What::Nothing && found->what != files::Found::What::Folder)
        return failure(ErrorKind::Invalid, u"not_a_folder"_s, u"'%1' is a file, not a folder"_s.arg(*folder), u"/out_folder"_s);
    if (m_foundInBatch)
        m_foundInBatch->folders.insert(*folder);
    return {};
}

Result<void> TaskService::requireDoneDetectJob(const std::optional<JobId>& id) const
{
    if (!id)
        return {};
    const auto job = m_jobs.findSummary(*id);
    if (!job)
        return errorOf(job);
    if (!*job)
        return failure(ErrorKind::Invalid, u"job_unknown"_s, u"There is no job %1"_s.arg(id->text), u"/detect_job_id"_s);
    if ((*job)->type != JobType::SilenceDetect || (*job)->status != JobStatus::Done)
        return failure(
            ErrorKind::Invalid, u"detect_job_not_done"_s,
            u"Job %1 is %2 %3; a SILENCE_DETECT job that is DONE is needed"_s.arg(id->text, (*job)->typeText, (*job)->statusText),
            u"/detect_job_id"_s);
    return {};
}

Result<void> TaskService::requireTranscription(const std::optional<TranscriptionId>& id) const
{
    if (!id)
        return {};
    const auto row = m_transcriptions.find(*id);
    if (!row)
        return errorOf(row);
    if (!*row)
        return failure(ErrorKind::Invalid, u"transcription_unknown"_s, u"There is no transcription %1"_s.arg(id->text),
                       u"/transcription_id"_s);
    return {};
}

/// It may still be deleted before the job runs; then the actor says the same.
Result<void> TaskService::requirePreset(const std::optional<PresetId>& id) const
{
    if (!id || captions::findBuiltinPreset(*id))
        return {};
    const auto style = m_presets.styleOf(*id);
    if (!style)
        return errorOf(style);
    if (!*style)
        return failure(ErrorKind::Invalid, u"preset_unknown"_s, u"There is no caption preset %1"_s.arg(id->text), u"/preset_id"_s);
    return {};
}

Result<SubmitAnswer> TaskService::createJob(const Caller& caller, const SubmitRequest& request, const QByteArray& canonical)
{
    if (const auto allowed = base::requireWrite(caller); !allowed)
        return errorOf(allowed);
    const QString dedupeKey = dedupeKeyOf(request.type, request.userId, canonical);
    // One statement on a server, where each costs a round trip: the index on the dedupe key is asked by inserting. Only if there is a twin
    // it is looked for, and that is the way of the file below.
    if (m_database.isPostgres()) {
        const SubmittedRows rows = rowsOf(caller, request, request.force ? QString() : dedupeKey);
        if (m_foundInBatch && m_foundInBatch->gathers) {
            m_foundInBatch->waiting.append({rows, request, canonical, dedupeKey});
            m_foundInBatch->waitingBytes += request.input.size();
            return answerOf(rows);    // which insertWaiting() takes back if there is a twin
        }
        const auto inserted = insertTogether(m_database, {rows});
        if (!inserted)
            return errorOf(inserted);
        if (!inserted->isEmpty() && !m_database.isInTransaction())
            tellWorkers();
        if (!inserted->isEmpty())
            return answerOf(rows);
    }
    if (m_database.isInTransaction())
        return createJobInTransaction(caller, request, canonical, dedupeKey);
    auto transaction = database::Transaction::begin(m_database);
    if (!transaction)
        return errorOf(transaction);
    auto answer = createJobInTransaction(caller, request, canonical, dedupeKey);
    if (!answer || answer->reused)
        return answer;
    if (const auto committed = transaction->commit(); !committed)
        return errorOf(committed);
    tellWorkers();
    return answer;
}

Result<SubmitAnswer> TaskService::createJobInTransaction(const Caller& caller, const SubmitRequest& request, const QByteArray& canonical,
                                                         const QString& dedupeKey)
{
    if (!request.force) {
        const auto twin = findActiveTwin(dedupeKey, canonical);
        if (!twin)
            return errorOf(twin);
        if (*twin)
            return **twin;
    }
    const SubmittedRows rows = rowsOf(caller, request, request.force ? QString() : dedupeKey);
    auto answer = insertJob(rows);
    if (!answer && answer.error().kind == ErrorKind::Conflict && !request.force) {
        // The index saw a twin that the look before did not. It has the last word.
        // Unless the row it finds is the one of this very submit, which failed at a later row and goes with its transaction.
        const auto twin = findActiveTwin(dedupeKey, canonical);
        if (twin && *twin && (*twin)->jobId != rows.job.id)
            return **twin;
    }
    return answer;
}

Result<std::optional<SubmitAnswer>> TaskService::findActiveTwin(const QString& dedupeKey, const QByteArray& canonical) const
{
    const auto id = m_jobs.findActiveByDedupeKey(dedupeKey);
    if (!id)
        return errorOf(id);
    if (!*id)
        return std::optional<SubmitAnswer>{};
    const auto job = m_jobs.findSummary(**id);
    const auto webhook = m_webhooks.findOfJob(**id);
    if (!job)
        return errorOf(job);
    if (!webhook)
        return errorOf(webhook);
    return std::optional(SubmitAnswer{**id, *job ? (*job)->status : JobStatus::Pending, *webhook ? (*webhook)->id : WebhookId{}, true,
                                      topLevelPointers(canonical)});
}

SubmittedRows TaskService::rowsOf(const Caller& caller, const SubmitRequest& request, const QString& dedupeKey) const
{
    SubmittedRows rows;
    jobs::Job& job = rows.job;
    job.id = newId<JobId>();
    job.type = request.type;
    job.typeText = jobs::jobTypeName(request.type);
    job.statusText = jobs::statusName(JobStatus::Pending);
    job.inputData = request.input;
    job.userId = request.userId;
    job.projectId = request.projectId;
    job.brokerId = newId<MessageId>().text;    // chosen before the commit: job and message cannot part
    job.dedupeKey = dedupeKey;
    job.retriedFrom = request.retriedFrom;
    job.createdAt = m_settings.clock();
    job.updatedAt = job.createdAt;
    rows.webhook = {newId<WebhookId>(), job.id, u"standard-v1"_s, true, job.createdAt};
    rows.created.id = newId<EventId>();
    rows.created.jobId = job.id;
    rows.created.eventType = u"created"_s;
    rows.created.statusText = job.statusText;
    rows.created.actor = caller.operatorName;
    rows.created.createdAt = job.createdAt;
    rows.message.id = MessageId{job.brokerId};
    rows.message.jobId = job.id;
    rows.message.actor = job.typeText;
    rows.message.createdAt = job.createdAt;
    rows.journal = journalEntry(caller, job.retriedFrom ? u"resubmit"_s : u"submit"_s, u"job:"_s + job.id.text, request.reason);
    return rows;
}

Result<SubmitAnswer> TaskService::insertJob(const SubmittedRows& rows)
{
    return m_jobs.insert(rows.job)
        .and_then([&] { return m_webhooks.insert(rows.webhook); })
        .and_then([&] { return m_jobs.appendEvent(rows.created); })
        .and_then([&] { return m_queue.enqueue(rows.message); })
        .and_then([&] { return m_journal.insert(rows.journal); })
        .map([&] { return answerOf(rows); });
}

}
