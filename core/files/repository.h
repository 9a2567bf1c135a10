// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"
#include "core/files/models.h"

namespace core::files {

class FileRepository {
public:
    explicit FileRepository(database::Database& database) : m_database(database) {}

    /// One row for each path: an existing one takes the facts that this one knows and keeps its id, which is answered.
    [[nodiscard]] Result<FileId> upsert(const File& file);
    [[nodiscard]] Result<std::optional<File>> find(const FileId& id) const;
    [[nodiscard]] Result<std::optional<File>> findByPath(const QString& path) const;

    [[nodiscard]] Result<void> insertArtifact(const Artifact& artifact);
    [[nodiscard]] Result<QList<ArtifactWithFile>> artifactsOf(const JobId& id) const;
    /// Files that artifacts of these jobs name and nobody else needs: no artifact of another job, no transcription, and, below inputs/,
    /// no other job's file_path.
    [[nodiscard]] Result<QList<File>> filesOnlyOf(const QList<JobId>& ids) const;
    [[nodiscard]] Result<void> removeFile(const FileId& id);
    [[nodiscard]] Result<void> removeArtifactsOf(const JobId& id);

private:
    database::Database& m_database;
};

/// The columns of an artifact beside its file (which may be absent), in the order that artifactFromRow reads them.
[[nodiscard]] const char* artifactColumns();
[[nodiscard]] ArtifactWithFile artifactFromRow(database::Row& row);

}
