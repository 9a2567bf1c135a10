// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/models.h"
#include "core/database/database.h"

#include <functional>

namespace core::casefile {

inline constexpr qint64 chunkBytes = qint64{1} << 20;

/// What a case says of itself.
struct CaseFacts {
    int format = 0;
    Time exportedAt{};
    QString origin;
    JobId subject;
    QString rowsHash;          ///< over all rows, hex: what was changed since does not have it
    qint64 jobsLeftOut = 0;    ///< none where it does not say
};

/// Chunks of a file as they stand in the case, before any is read.
struct ChunkFacts {
    qint64 count = 0;
    qint64 bytes = 0;
    qint64 largest = 0;
};

/// What a case has beside the tables of a store: its marker, and its own tables.
class CaseRepository {
public:
    explicit CaseRepository(database::Database& database) : m_database(database) {}

    /// Of a store that was just made. Nothing of it has to survive a crash: it is named only once it is whole.
    [[nodiscard]] Result<void> makeCase();
    /// Leaves one file without a write-ahead log, so that it can be read where nothing may be written.
    [[nodiscard]] Result<void> leaveLog();
    /// Marks it as a case.
    [[nodiscard]] Result<void> finish(const CaseFacts& facts);
    [[nodiscard]] Result<CaseFacts> facts() const;
    /// The tables, indexes and triggers as text; equal in every sound case of this version. Another's views and triggers would show.
    [[nodiscard]] Result<QByteArray> schema() const;

    [[nodiscard]] Result<void> insertJob(const CaseJob& job);
    [[nodiscard]] Result<QList<CaseJob>> jobs() const;    ///< the subject first; type and status from its row
    [[nodiscard]] Result<qint64> insertFile(const CaseFile& file);
    [[nodiscard]] Result<void> updateFile(const CaseFile& file);
    [[nodiscard]] Result<QList<CaseFile>> files() const;
    [[nodiscard]] Result<std::optional<CaseFile>> file(const QString& key) const;
    /// What a row of `files` says of a text that was masked.
    [[nodiscard]] Result<void> noteMaskedFile(const CaseFile& file);
    [[nodiscard]] Result<void> insertMasked(const MaskedField& field);
    [[nodiscard]] Result<QList<MaskedField>> masked() const;
    [[nodiscard]] Result<QStringList> hosts() const;
    [[nodiscard]] Result<CaseCounts> counts() const;

    [[nodiscard]] Result<void> insertChunk(qint64 file, qint64 number, const QByteArray& bytes);
    [[nodiscard]] Result<ChunkFacts> chunksOf(const QString& key) const;
    /// In order. An error of `visit` ends it and is the answer.
    [[nodiscard]] Result<void> eachChunk(const QString& key, const std::function<Result<void>(const QByteArray& bytes)>& visit) const;

    /// Over every row but the chunks, which have hashes of their own: hex.
    [[nodiscard]] Result<QString> rowsHash() const;

private:
    [[nodiscard]] Result<void> setFact(const char* key, const QString& value);
    database::Database& m_database;
};

/// The marker: in the header of the SQLite file, so that a case is told by its first hundred bytes.
inline constexpr quint32 caseApplicationId = 0x53424361;    // "SBCa"
inline constexpr int caseFormat = 1;

}
