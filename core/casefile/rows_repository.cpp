// SPDX-License-Identifier: Apache-2.0
#include "core/casefile/rows_repository.h"

#include <algorithm>
#include <cstring>

namespace core::casefile {

using database::Path;
using database::Statement;

namespace {

constexpr auto number = CellKind::Integer;
constexpr auto text = CellKind::Text;

constexpr CaseColumn jobColumns[] = {
    {"id"},
    {"job_type"},
    {"status"},
    {"progress_pct", number},
    {"current_message", text, Rule::Text},
    {"input_data", text, Rule::Document},
    {"output_data", text, Rule::Document},
    {"error_message", text, Rule::Text},
    {"error_code", text, Rule::Text},
    {"user_id"},
    {"project_id"},
    {"broker_id"},
    {"dedupe_key", text, Rule::Drop},    // a hash over the input as it was: what was masked in that could be guessed by it
    {"attempt", number},
    {"retried_from"},
    {"created_at", number},
    {"started_at", number},
    {"finished_at", number},
    {"updated_at", number},
    {"cancel_requested_at", number},
    {"cancel_broker_informed_at", number},
    {"cancel_acknowledged_at", number},
};
constexpr CaseColumn fileColumns[] = {
    {"id"},
    {"path"},
    {"original_name", text, Rule::Text},
    {"mime_type"},
    {"size_bytes", number},
    {"sha256"},
    {"duration_ms", number},
    {"meta", text, Rule::Document},
    {"user_id"},
    {"created_at", number},
};
constexpr CaseColumn webhookColumns[] = {{"id"}, {"job_id"}, {"scheme"}, {"is_active", number}, {"created_at", number}};
constexpr CaseColumn eventColumns[] = {
    {"id"},
    {"job_id"},
    {"sequence", number},
    {"event_type"},
    {"status"},
    {"progress_pct", number},
    {"message", text, Rule::Text},
    {"payload", text, Rule::Document},
    {"event_id"},
    {"attempt", number},
    {"worker_sequence", number},
    {"actor"},
    {"created_at", number},
};
constexpr CaseColumn attemptColumns[] = {
    {"job_id"},
    {"attempt", number},
    {"worker"},
    {"host"},
    {"pid", number},
    {"started_at", number},
    {"finished_at", number},
    {"outcome"},
    {"error", text, Rule::Text},
    {"commands", text, Rule::Document},
    {"log", text, Rule::Text},
};
constexpr CaseColumn deliveryColumns[] = {
    {"id"},
    {"webhook_id"},
    {"job_id"},
    {"received_at", number},
    {"source"},
    {"method"},
    {"headers", text, Rule::Headers},
    {"body", CellKind::Bytes, Rule::Document},
    {"signature_verdict"},
    {"outcome"},
    {"outcome_detail", text, Rule::Text},
    {"stage_reached"},
    {"duration_us", number},
    {"replay_of"},
};
constexpr CaseColumn artifactColumns[] = {
    {"id"}, {"job_id"}, {"file_id"}, {"kind"}, {"meta", text, Rule::Document}, {"created_at", number},
};
constexpr CaseColumn transcriptionColumns[] = {
    {"id"},
    {"job_id"},
    {"file_id"},
    {"engine"},
    {"model"},
    {"language"},
    {"text", text, Rule::Text},
    {"document", text, Rule::Document},
    {"edited_from"},
    {"created_at", number},
};
constexpr CaseColumn presetColumns[] = {
    {"id"},      {"name", text, Rule::Text}, {"style", text, Rule::Document}, {"is_builtin", number},
    {"user_id"}, {"created_at", number},     {"updated_at", number},
};
constexpr CaseColumn notificationColumns[] = {
    {"id"},
    {"user_id"},
    {"job_id"},
    {"kind"},
    {"title", text, Rule::Text},
    {"body", text, Rule::Text},
    {"payload", text, Rule::Document},
    {"is_read", number},
    {"created_at", number},
};

constexpr CaseTable tables[] = {
    {"jobs", "id = :value", "id", 0, jobColumns},
    {"files", "id IN (SELECT file_id FROM artifacts WHERE job_id = :value UNION SELECT file_id FROM transcriptions WHERE job_id = :value)",
     "id", 1, fileColumns},
    {"webhooks", "job_id = :value", "id", 0, webhookColumns},
    {"job_events", "job_id = :value", "job_id, sequence", 2, eventColumns},
    {"job_attempts", "job_id = :value", "job_id, attempt", 1, attemptColumns},
    {"webhook_deliveries", "job_id = :value", "id", 0, deliveryColumns},
    {"artifacts", "job_id = :value", "id", 0, artifactColumns},
    {"transcriptions", "job_id = :value", "id", 0, transcriptionColumns},
    {"caption_presets", nullptr, "id", 0, presetColumns},
    {"notifications", "job_id = :value", "id", 0, notificationColumns},
};

QByteArray namesOf(const CaseTable& table, const char* before = "")
{
    QByteArray names;
    for (const CaseColumn& column : table.columns) {
        if (!names.isEmpty())
            names += ", ";
        names += before;
        names += column.name;
    }
    return names;
}

QByteArray selectFrom(const CaseTable& table, const QByteArray& condition)
{
    QByteArray sql = "SELECT " + namesOf(table) + " FROM " + table.name;
    if (!condition.isEmpty())
        sql += " WHERE " + condition;
    return sql + " ORDER BY " + table.order;
}

}

std::span<const CaseTable> caseTables()
{
    return tables;
}

const CaseTable& caseTable(const char* name)
{
    return *std::find_if(std::begin(tables), std::end(tables), [&](const CaseTable& table) { return std::strcmp(table.name, name) == 0; });
}

size_t columnIn(const CaseTable& table, const char* column)
{
    const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](const CaseColumn& each) { return std::strcmp(each.name, column) == 0; });
    Q_ASSERT(found != table.columns.end());
    return static_cast<size_t>(found - table.columns.begin());
}

QString textOf(const Cell& cell)
{
    if (const auto* bytes = std::get_if<QByteArray>(&cell))
        return QString::fromUtf8(*bytes);
    if (const auto* value = std::get_if<qint64>(&cell))
        return QString::number(*value);
    return {};
}

Result<void> CaseRowsRepository::visitAll(const CaseTable& table, Statement query, const Visit& visit) const
{
    while (true) {
        const auto more = query.next();
        if (!more)
            return errorOf(more);
        if (!*more)
            return {};
        database::Row row = query.row();
        CaseRow cells;
        for (const CaseColumn& column : table.columns) {
            if (row.isNull()) {
                row.skip();
                cells << std::monostate{};
            } else if (column.kind == CellKind::Integer) {
                cells << row.int64();
            } else {
                cells << row.bytes();
            }
        }
        if (const auto visited = visit(cells); !visited)
            return visited;
    }
}

Result<void> CaseRowsRepository::eachOfJob(const CaseTable& table, const JobId& job, const Visit& visit) const
{
    auto query = m_database.prepare(selectFrom(table, table.ofJob), Path::Hot);
    query.bind(":value", job);
    return visitAll(table, std::move(query), visit);
}

Result<void> CaseRowsRepository::eachWith(const CaseTable& table, const char* column, const QString& value, const Visit& visit) const
{
    auto query = m_database.prepare(selectFrom(table, QByteArray(column) + " = :value"), Path::Hot);
    query.bind(":value", value);
    return visitAll(table, std::move(query), visit);
}

Result<void> CaseRowsRepository::each(const CaseTable& table, const Visit& visit) const
{
    return visitAll(table, m_database.prepare(selectFrom(table, {}), Path::Hot), visit);
}

Result<qint64> CaseRowsRepository::count(const CaseTable& table) const
{
    auto query = m_database.prepare(QByteArray("SELECT count(*) FROM ") + table.name, Path::Hot);
    return query.fetchOne([](database::Row& row) { return row.int64(); }).map([](const auto& rows) { return rows.value_or(0); });
}

Result<void> CaseRowsRepository::insert(const CaseTable& table, const CaseRow& row)
{
    return write("INSERT INTO ", table, row);
}

Result<void> CaseRowsRepository::insertIfNew(const CaseTable& table, const CaseRow& row)
{
    return m_database.isPostgres() ? write("INSERT INTO ", table, row, " ON CONFLICT DO NOTHING")
                                   : write("INSERT OR IGNORE INTO ", table, row);
}

Result<void> CaseRowsRepository::insertOrAdopt(const CaseTable& table, const CaseRow& row)
{
    const QByteArray name = table.name;
    return write("INSERT INTO ", table, row,
                 " ON CONFLICT (id) DO UPDATE SET job_id = coalesce(" + name + ".job_id, excluded.job_id), file_id = coalesce(" + name +
                     ".file_id, excluded.file_id)");
}

Result<void> CaseRowsRepository::write(const QByteArray& verb, const CaseTable& table, const CaseRow& row, const QByteArray& otherwise)
{
    auto query =
        m_database.prepare(verb + table.name + " (" + namesOf(table) + ") VALUES (" + namesOf(table, ":") + ')' + otherwise, Path::Hot);
    for (size_t i = 0; i < table.columns.size(); ++i) {
        const CaseColumn& column = table.columns[i];
        const Cell& cell = row.at(static_cast<qsizetype>(i));
        const QByteArray name = QByteArray(":") + column.name;
        const auto* bytes = std::get_if<QByteArray>(&cell);
        if (const auto* value = std::get_if<qint64>(&cell))
            query.bind(name.constData(), *value);
        else if (!bytes)
            query.bindNull(name.constData());
        else if (column.kind == CellKind::Bytes)
            query.bindBlob(name.constData(), *bytes);
        else
            query.bindUtf8(name.constData(), *bytes);
    }
    return query.exec();
}

}
