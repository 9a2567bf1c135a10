// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

namespace core::transcription {

/// A row of `transcriptions`. `document` is the whole transcript in our result shape (JSON).
struct TranscriptionRow {
    TranscriptionId id;
    std::optional<JobId> jobId;
    std::optional<FileId> fileId;
    QString engine;
    QString model;
    QString language;
    QString text;
    QByteArray document;
    std::optional<TranscriptionId> editedFrom;
    Time createdAt{};
};

class TranscriptionRepository {
public:
    explicit TranscriptionRepository(database::Database& database) : m_database(database) {}
    [[nodiscard]] Result<void> insert(const TranscriptionRow& row);
    [[nodiscard]] Result<std::optional<TranscriptionRow>> find(const TranscriptionId& id) const;

private:
    database::Database& m_database;
};

}
