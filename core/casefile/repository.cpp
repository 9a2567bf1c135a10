// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/repository.h"

#include "core/casefile/rows_repository.h"

#include <QCryptographicHash>

#include <limits>

namespace core::casefile {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

namespace {

// clang-format off
constexpr const char* ownTables[] = {
    "CREATE TABLE case_facts (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE case_jobs (position INTEGER PRIMARY KEY, job_id TEXT NOT NULL UNIQUE REFERENCES jobs (id), role TEXT NOT NULL)",
    "CREATE TABLE case_files (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, size_bytes INTEGER NOT NULL, "
        "sha256 TEXT NOT NULL, state TEXT NOT NULL, is_masked INTEGER NOT NULL)",
    "CREATE TABLE case_chunks (id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES case_files (id), number INTEGER NOT NULL, "
        "bytes BLOB NOT NULL)",
    "CREATE UNIQUE INDEX case_chunks_by_file ON case_chunks (file_id, number)",
    "CREATE TABLE case_masked (id INTEGER PRIMARY KEY, in_table TEXT NOT NULL, in_row TEXT NOT NULL, in_column TEXT NOT NULL)",
};
// clang-format on

#define CASE_FILE_COLUMNS "key, kind, size_bytes, sha256, state, is_masked"

CaseFile fileFromRow(Row& row)
{
    CaseFile file;
    file.key = row.string();
    file.kind = row.string();
    file.sizeBytes = row.int64();
    file.sha256 = row.string();
    file.state = parseFileState(row.string());
    file.isMasked = row.boolean();
    return file;
}

/// Lengths and kinds go in as well, so that no two lists of rows look alike.
class RowHash {
public:
    void add(const Cell& cell)
    {
        if (const auto* number = std::get_if<qint64>(&cell))
            add('i', QByteArray::number(*number));
        else if (const auto* bytes = std::get_if<QByteArray>(&cell))
            add('b', *bytes);
        else
            add('n', {});
    }
    void add(const QString& text) { add('b', text.toUtf8()); }
    void add(qint64 number) { add('i', QByteArray::number(number)); }
    [[nodiscard]] QString hex() const { return QString::fromLatin1(m_hash.result().toHex()); }

private:
    void add(char kind, const QByteArray& bytes)
    {
        m_hash.addData(QByteArray(1, kind) + QByteArray::number(bytes.size()) + ':');
        m_hash.addData(bytes);
    }
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

}

Result<void> CaseRepository::leaveLog()
{
    return m_database.exec("PRAGMA journal_mode=DELETE");
}

Result<void> CaseRepository::makeCase()
{
    if (const auto left = leaveLog(); !left)
        return left;
    for (const char* pragma : {"PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF"}) {
        if (const auto set = m_database.exec(pragma); !set)
            return set;
    }
    for (const char* table : ownTables) {
        if (const auto made = m_database.exec(table); !made)
            return made;
    }
    return {};
}

Result<void> CaseRepository::setFact(const char* key, const QString& value)
{
    auto query = m_database.prepare("INSERT OR REPLACE INTO case_facts (key, value) VALUES (:key, :value)", Path::Hot);
    query.bind(":key", QString::fromLatin1(key)).bind(":value", value);
    return query.exec();
}

Result<void> CaseRepository::finish(const CaseFacts& facts)
{
    const auto written = setFact("format", QString::number(facts.format))
                             .and_then([&] { return setFact("exported_at", QString::number(base::toMicros(facts.exportedAt))); })
                             .and_then([&] { return setFact("origin", facts.origin.isNull() ? u""_s : facts.origin); })
                             .and_then([&] { return setFact("subject", facts.subject.text); })
                             .and_then([&] { return setFact("rows_sha256", facts.rowsHash); })
                             .and_then([&] { return setFact("jobs_left_out", QString::number(facts.jobsLeftOut)); });
    if (!written)
        return written;
    const QByteArray mark = "PRAGMA application_id=" + QByteArray::number(caseApplicationId);
    return m_database.exec(mark.constData());
}

Result<CaseFacts> CaseRepository::facts() const
{
    auto query = m_database.prepare("SELECT key, value FROM case_facts", Path::Hot);
    const auto pairs = query.fetchAll([](Row& row) {
        const QString key = row.string();
        return std::pair(key, row.string());
    });
    if (!pairs)
        return errorOf(pairs);
    CaseFacts facts;
    for (const auto& [key, value] : *pairs) {
        if (key == "format"_L1)
            facts.format = value.toInt();
        else if (key == "exported_at"_L1)
            facts.exportedAt = base::fromMicros(value.toLongLong());
        else if (key == "origin"_L1)
            facts.origin = value;
        else if (key == "subject"_L1)
            facts.subject = JobId{value};
        else if (key == "rows_sha256"_L1)
            facts.rowsHash = value;
        else if (key == "jobs_left_out"_L1)
            facts.jobsLeftOut = value.toLongLong();
    }
    return facts;
}

Result<QByteArray> CaseRepository::schema() const
{
    auto query = m_database.prepare(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY type, name",
        Path::Hot);
    const auto parts = query.fetchAll([](Row& row) {
        QByteArrayList cells;
        for (int i = 0; i < 4; ++i)
            cells << row.bytes();
        return cells.join('\x1f');
    });
    if (!parts)
        return errorOf(parts);
    return QByteArrayList(parts->begin(), parts->end()).join('\n');
}

Result<void> CaseRepository::insertJob(const CaseJob& job)
{
    auto query = m_database.prepare("INSERT INTO case_jobs (job_id, role) VALUES (:job_id, :role)", Path::Hot);
    query.bind(":job_id", job.id).bind(":role", jobRoleName(job.role));
    return query.exec();
}

Result<QList<CaseJob>> CaseRepository::jobs() const
{
    auto query = m_database.prepare("SELECT jobs.id, jobs.job_type, jobs.status, case_jobs.role FROM case_jobs "
                                    "JOIN jobs ON jobs.id = case_jobs.job_id ORDER BY case_jobs.role <> 'subject', case_jobs.position",
                                    Path::Hot);
    return query.fetchAll([](Row& row) {
        CaseJob job;
        job.id = row.id<JobId>();
        job.typeText = row.string();
        job.statusText = row.string();
        job.role = parseJobRole(row.string());
        return job;
    });
}

Result<qint64> CaseRepository::insertFile(const CaseFile& file)
{
    auto query = m_database.prepare("INSERT INTO case_files (" CASE_FILE_COLUMNS ") VALUES (:key, :kind, :size_bytes, :sha256, :state, "
                                    ":is_masked) RETURNING id",
                                    Path::Hot);
    query.bind(":key", file.key).bind(":kind", file.kind.isNull() ? u""_s : file.kind).bind(":size_bytes", file.sizeBytes);
    query.bind(":sha256", file.sha256.isNull() ? u""_s : file.sha256)
        .bind(":state", fileStateName(file.state))
        .bind(":is_masked", file.isMasked);
    return query.fetchOne([](Row& row) { return row.int64(); }).map([](const auto& id) { return id.value_or(0); });
}

Result<void> CaseRepository::updateFile(const CaseFile& file)
{
    auto query = m_database.prepare("UPDATE case_files SET size_bytes = :size_bytes, sha256 = :sha256, state = :state, "
                                    "is_masked = :is_masked WHERE key = :key",
                                    Path::Hot);
    query.bind(":size_bytes", file.sizeBytes).bind(":sha256", file.sha256.isNull() ? u""_s : file.sha256);
    query.bind(":state", fileStateName(file.state)).bind(":is_masked", file.isMasked).bind(":key", file.key);
    return query.exec();
}

Result<QList<CaseFile>> CaseRepository::files() const
{
    return m_database.prepare("SELECT " CASE_FILE_COLUMNS " FROM case_files ORDER BY id", Path::Hot).fetchAll(fileFromRow);
}

Result<std::optional<CaseFile>> CaseRepository::file(const QString& key) const
{
    auto query = m_database.prepare("SELECT " CASE_FILE_COLUMNS " FROM case_files WHERE key = :key", Path::Hot);
    query.bind(":key", key);
    return query.fetchOne(fileFromRow);
}

Result<void> CaseRepository::noteMaskedFile(const CaseFile& file)
{
    auto query = m_database.prepare("UPDATE files SET size_bytes = :size_bytes, sha256 = :sha256 WHERE path = :path", Path::Hot);
    query.bind(":size_bytes", file.sizeBytes).bind(":sha256", file.sha256).bind(":path", file.key);
    return query.exec();
}

Result<void> CaseRepository::insertMasked(const MaskedField& field)
{
    auto query = m_database.prepare("INSERT INTO case_masked (in_table, in_row, in_column) VALUES (:table, :row, :column)", Path::Hot);
    query.bind(":table", field.table).bind(":row", field.row).bind(":column", field.column);
    return query.exec();
}

Result<QList<MaskedField>> CaseRepository::masked() const
{
    return m_database.prepare("SELECT in_table, in_row, in_column FROM case_masked ORDER BY id", Path::Hot).fetchAll([](Row& row) {
        MaskedField field;
        field.table = row.string();
        field.row = row.string();
        field.column = row.string();
        return field;
    });
}

Result<QStringList> CaseRepository::hosts() const
{
    return m_database.prepare("SELECT DISTINCT host FROM job_attempts WHERE host IS NOT NULL ORDER BY host", Path::Hot)
        .fetchAll([](Row& row) { return row.string(); })
        .map([](const QList<QString>& hosts) { return QStringList(hosts); });
}

Result<CaseCounts> CaseRepository::counts() const
{
    const CaseRowsRepository rows(m_database);
    CaseCounts counts;
    const std::pair<const char*, qint64*> all[] = {
        {"job_events", &counts.events},   {"job_attempts", &counts.attempts},         {"webhook_deliveries", &counts.deliveries},
        {"artifacts", &counts.artifacts}, {"transcriptions", &counts.transcriptions}, {"notifications", &counts.notifications},
    };
    for (const auto& [table, into] : all) {
        const auto counted = rows.count(caseTable(table));
        if (!counted)
            return errorOf(counted);
        *into = *counted;
    }
    return counts;
}

Result<void> CaseRepository::insertChunk(qint64 file, qint64 number, const QByteArray& bytes)
{
    auto query = m_database.prepare("INSERT INTO case_chunks (file_id, number, bytes) VALUES (:file_id, :number, :bytes)", Path::Hot);
    query.bind(":file_id", file).bind(":number", number).bindBlob(":bytes", bytes);
    return query.exec();
}

Result<ChunkFacts> CaseRepository::chunksOf(const QString& key) const
{
    // The length of a blob is told without reading it; a text in its place would have to be counted, and is no chunk of ours.
    auto query = m_database.prepare("SELECT count(*), coalesce(sum(length(bytes)), 0), coalesce(max(CASE typeof(bytes) WHEN 'blob' THEN "
                                    "length(bytes) ELSE :far END), 0) "
                                    "FROM case_chunks WHERE file_id = (SELECT id FROM case_files WHERE key = :key)",
                                    Path::Hot);
    query.bind(":far", std::numeric_limits<qint64>::max()).bind(":key", key);
    return query
        .fetchOne([](Row& row) {
            ChunkFacts facts;
            facts.count = row.int64();
            facts.bytes = row.int64();
            facts.largest = row.int64();
            return facts;
        })
        .map([](const auto& facts) { return facts.value_or(ChunkFacts{}); });
}

Result<void> CaseRepository::eachChunk(const QString& key, const std::function<Result<void>(const QByteArray&)>& visit) const
{
    auto query = m_database.prepare(
        "SELECT bytes FROM case_chunks WHERE file_id = (SELECT id FROM case_files WHERE key = :key) ORDER BY number", Path::Hot);
    query.bind(":key", key);
    while (true) {
        const auto more = query.next();
        if (!more)
            return errorOf(more);
        if (!*more)
            return {};
        if (const auto visited = visit(query.row().bytes()); !visited)
            return visited;
    }
}

Result<QString> CaseRepository::rowsHash() const
{
    RowHash hash;
    const CaseRowsRepository rows(m_database);
    for (const CaseTable& table : caseTables()) {
        hash.add(QString::fromLatin1(table.name));
        const auto added = rows.each(table, [&](CaseRow& row) -> Result<void> {
            for (const Cell& cell : row)
                hash.add(cell);
            return {};
        });
        if (!added)
            return errorOf(added);
    }
    const auto jobs = this->jobs();
    const auto files = this->files();
    const auto masked = this->masked();
    if (!jobs)
        return errorOf(jobs);
    if (!files)
        return errorOf(files);
    if (!masked)
        return errorOf(masked);
    for (const CaseJob& job : *jobs) {
        hash.add(job.id.text);
        hash.add(jobRoleName(job.role));
    }
    for (const CaseFile& file : *files) {
        for (const QString& text : {file.key, file.kind, file.sha256, fileStateName(file.state)})
            hash.add(text);
        hash.add(file.sizeBytes);
        hash.add(qint64{file.isMasked});
    }
    for (const MaskedField& field : *masked) {
        for (const QString& text : {field.table, field.row, field.column})
            hash.add(text);
    }
    return hash.hex();
}

}
