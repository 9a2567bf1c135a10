// SPDX-License-Identifier: Apache-2.0
#include "core/files/repository.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace core::files {

using database::Path;
using database::Row;

namespace {

#define FILE_COLUMNS                                                                                                                       \
    "files.id, files.path, files.original_name, files.mime_type, files.size_bytes, files.sha256, files.duration_ms, files.meta, "          \
    "files.user_id, files.created_at"
#define ARTIFACT_COLUMNS                                                                                                                   \
    "artifacts.id, artifacts.job_id, artifacts.file_id, artifacts.kind, artifacts.meta, artifacts.created_at, " FILE_COLUMNS

File fileFromRow(Row& row)
{
    File file;
    file.id = row.id<FileId>();
    file.path = row.string();
    file.originalName = row.string();
    file.mimeType = row.string();
    file.sizeBytes = row.optionalInt64();
    file.sha256 = row.string();
    file.durationMs = row.optionalInt64();
    file.meta = row.optionalBytes();
    file.userId = row.string();
    file.createdAt = row.time();
    return file;
}

}

const char* artifactColumns()
{
    return ARTIFACT_COLUMNS;
}

ArtifactWithFile artifactFromRow(Row& row)
{
    ArtifactWithFile both;
    both.artifact.id = row.id<ArtifactId>();
    both.artifact.jobId = row.id<JobId>();
    both.artifact.fileId = row.optionalId<FileId>();
    both.artifact.kind = row.string();
    both.artifact.meta = row.optionalBytes();
    both.artifact.createdAt = row.time();
    if (!row.isNull())
        both.file = fileFromRow(row);
    return both;
}

Result<FileId> FileRepository::upsert(const File& file)
{
    auto query = m_database.prepare(
        "INSERT INTO files (id, path, original_name, mime_type, size_bytes, sha256, duration_ms, meta, user_id, created_at) "
        "VALUES (:id, :path, :original_name, :mime_type, :size_bytes, :sha256, :duration_ms, :meta, :user_id, :created_at) "
        "ON CONFLICT (path) DO UPDATE SET mime_type = coalesce(excluded.mime_type, files.mime_type), "
        "size_bytes = coalesce(excluded.size_bytes, files.size_bytes), sha256 = coalesce(excluded.sha256, files.sha256), "
        "duration_ms = coalesce(excluded.duration_ms, files.duration_ms), meta = coalesce(excluded.meta, files.meta) RETURNING id",
        Path::Hot);
    query.bind(":id", file.id).bind(":path", file.path).bind(":original_name", file.originalName).bind(":mime_type", file.mimeType);
    query.bind(":size_bytes", file.sizeBytes)
        .bind(":sha256", file.sha256)
        .bind(":duration_ms", file.durationMs)
        .bindUtf8(":meta", file.meta);
    query.bind(":user_id", file.userId).bind(":created_at", file.createdAt);
    return query.fetchOne([](Row& row) { return row.id<FileId>(); }).map([&](const auto& id) { return id.value_or(file.id); });
}

Result<std::optional<File>> FileRepository::find(const FileId& id) const
{
    auto query = m_database.prepare("SELECT " FILE_COLUMNS " FROM files WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(fileFromRow);
}

Result<std::optional<File>> FileRepository::findByPath(const QString& path) const
{
    auto query = m_database.prepare("SELECT " FILE_COLUMNS " FROM files WHERE path = :path", Path::Hot);
    query.bind(":path", path);
    return query.fetchOne(fileFromRow);
}

Result<void> FileRepository::insertArtifact(const Artifact& artifact)
{
    auto query = m_database.prepare(
        "INSERT INTO artifacts (id, job_id, file_id, kind, meta, created_at) VALUES (:id, :job_id, :file_id, :kind, :meta, :created_at)",
        Path::Hot);
    query.bind(":id", artifact.id).bind(":job_id", artifact.jobId).bind(":file_id", artifact.fileId).bind(":kind", artifact.kind);
    query.bindUtf8(":meta", artifact.meta).bind(":created_at", artifact.createdAt);
    return query.execAhead();
}

Result<QList<ArtifactWithFile>> FileRepository::artifactsOf(const JobId& id) const
{
    auto query = m_database.prepare(
        "SELECT " ARTIFACT_COLUMNS
        " FROM artifacts LEFT JOIN files ON files.id = artifacts.file_id WHERE artifacts.job_id = :job_id ORDER BY artifacts.id",
        Path::Hot);
    query.bind(":job_id", id);
    return query.fetchAll(artifactFromRow);
}

Result<QList<File>> FileRepository::filesOnlyOf(const QList<JobId>& ids) const
{
    // The ids as one JSON text: a statement takes only so many binds.
    // What was brought in may be named by any job, and a job that is over may still be run again. Rare, and then a look at all jobs.
#define ONLY_OF(ids, names)                                                                                                                \
    "WITH going AS MATERIALIZED (" ids ") SELECT " FILE_COLUMNS                                                                            \
    " FROM files WHERE id IN (SELECT file_id FROM artifacts WHERE job_id IN (SELECT id FROM going)) "                                      \
    "AND NOT EXISTS (SELECT 1 FROM artifacts WHERE file_id = files.id AND job_id NOT IN (SELECT id FROM going)) "                          \
    "AND NOT EXISTS (SELECT 1 FROM transcriptions WHERE file_id = files.id) "                                                              \
    "AND NOT (path LIKE 'inputs/%' AND EXISTS (SELECT 1 FROM jobs WHERE id NOT IN (SELECT id FROM going) AND " names ")) ORDER BY path"
    auto query = m_database.prepare(
        m_database.isPostgres()
            ? ONLY_OF("SELECT value::uuid AS id FROM json_array_elements_text(:ids)",
                      "payload_text(input_data, '{file_path}') = files.path")
            : ONLY_OF("SELECT value AS id FROM json_each(:ids)",
                      "CASE WHEN json_valid(input_data) THEN json_extract(input_data, '$.file_path') = files.path ELSE 0 END"),
        Path::Hot);
#undef ONLY_OF
    QJsonArray texts;
    for (const JobId& id : ids)
        texts.append(id.text);
    query.bindUtf8(":ids", QJsonDocument(texts).toJson(QJsonDocument::Compact));
    return query.fetchAll(fileFromRow);
}

Result<void> FileRepository::removeFile(const FileId& id)
{
    auto query = m_database.prepare("DELETE FROM files WHERE id = :id");
    query.bind(":id", id);
    return query.exec();
}

Result<void> FileRepository::removeArtifactsOf(const JobId& id)
{
    auto query = m_database.prepare("DELETE FROM artifacts WHERE job_id = :job_id");
    query.bind(":job_id", id);
    return query.exec();
}

}
