// SPDX-License-Identifier: Apache-2.0
#include "core/transcription/repository.h"

namespace core::transcription {

using database::Path;
using database::Row;

namespace {

#define TRANSCRIPTION_COLUMNS "id, job_id, file_id, engine, model, language, text, document, edited_from, created_at"

TranscriptionRow transcriptionFromRow(Row& row)
{
    TranscriptionRow transcription;
    transcription.id = row.id<TranscriptionId>();
    transcription.jobId = row.optionalId<JobId>();
    transcription.fileId = row.optionalId<FileId>();
    transcription.engine = row.string();
    transcription.model = row.string();
    transcription.language = row.string();
    transcription.text = row.string();
    transcription.document = row.bytes();
    transcription.editedFrom = row.optionalId<TranscriptionId>();
    transcription.createdAt = row.time();
    return transcription;
}

}

Result<void> TranscriptionRepository::insert(const TranscriptionRow& row)
{
    auto query =
        m_database.prepare("INSERT INTO transcriptions (" TRANSCRIPTION_COLUMNS ") "
                           "VALUES (:id, :job_id, :file_id, :engine, :model, :language, :text, :document, :edited_from, :created_at)",
                           Path::Hot);
    query.bind(":id", row.id).bind(":job_id", row.jobId).bind(":file_id", row.fileId).bind(":engine", row.engine).bind(":model", row.model);
    query.bind(":language", row.language)
        .bind(":text", row.text.isNull() ? QStringLiteral("") : row.text)
        .bindUtf8(":document", row.document);
    query.bind(":edited_from", row.editedFrom).bind(":created_at", row.createdAt);
    return query.exec();
}

Result<std::optional<TranscriptionRow>> TranscriptionRepository::find(const TranscriptionId& id) const
{
    auto query = m_database.prepare("SELECT " TRANSCRIPTION_COLUMNS " FROM transcriptions WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(transcriptionFromRow);
}

}
