// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/journal_repository.h"

#include "core/database/row_text.h"

namespace core::jobs {

using namespace Qt::StringLiterals;
using database::Path;
using database::Row;

namespace {

#define JOURNAL_COLUMNS "id, operator, role, action, target, reason, before, after, connection, created_at"

JournalEntry entryFromRow(Row& row)
{
    JournalEntry entry;
    entry.id = row.id<JournalId>();
    entry.operatorName = row.string();
    entry.role = row.string();
    entry.action = row.string();
    entry.target = row.string();
    entry.reason = row.string();
    entry.before = row.optionalBytes();
    entry.after = row.optionalBytes();
    entry.connection = row.string();
    entry.createdAt = row.time();
    return entry;
}

}

Result<void> JournalRepository::insert(const JournalEntry& entry)
{
    auto query = m_database.prepare("INSERT INTO operator_journal (" JOURNAL_COLUMNS ") "
                                    "VALUES (:id, :operator, :role, :action, :target, :reason, :before, :after, :connection, :created_at)",
                                    Path::Hot);
    query.bind(":id", entry.id).bind(":operator", entry.operatorName).bind(":role", entry.role).bind(":action", entry.action);
    query.bind(":target", entry.target).bind(":reason", entry.reason).bindUtf8(":before", entry.before).bindUtf8(":after", entry.after);
    query.bind(":connection", entry.connection).bind(":created_at", entry.createdAt);
    return query.execAhead();
}

Result<void> JournalRepository::insertAll(const QList<JournalEntry>& entries)
{
    if (!m_database.isPostgres()) {
        for (const JournalEntry& entry : entries) {
            if (const auto inserted = insert(entry); !inserted)
                return inserted;
        }
        return {};
    }
    auto query = m_database.prepare(
        "INSERT INTO operator_journal (" JOURNAL_COLUMNS ") SELECT id, operator, role, action, target, reason, CAST(before AS json), "
        "CAST(after AS json), connection, timestamptz 'epoch' + at * interval '1 microsecond' FROM json_to_recordset(:rows) AS r (id uuid, "
        "operator text, role text, action text, target text, reason text, before text, after text, connection text, at bigint)",
        Path::Hot);
    QByteArrayList rows;
    for (const JournalEntry& entry : entries) {
        rows += database::RowText()
                    .text("id", entry.id.text)
                    .text("operator", entry.operatorName)
                    .text("role", entry.role)
                    .text("action", entry.action)
                    .text("target", entry.target)
                    .text("reason", entry.reason)
                    .utf8("before", entry.before)
                    .utf8("after", entry.after)
                    .text("connection", entry.connection)
                    .number("at", base::toMicros(entry.createdAt))
                    .bytes();
    }
    query.bindUtf8(":rows", '[' + rows.join(',') + ']');
    return query.execAhead();
}

Result<std::optional<JournalEntry>> JournalRepository::find(const JournalId& id) const
{
    auto query = m_database.prepare("SELECT " JOURNAL_COLUMNS " FROM operator_journal WHERE id = :id", Path::Hot);
    query.bind(":id", id);
    return query.fetchOne(entryFromRow);
}

Result<QList<JournalEntry>> JournalRepository::newest(const std::optional<std::pair<Time, JournalId>>& before, int limit) const
{
    auto query = m_database.prepare("SELECT " JOURNAL_COLUMNS " FROM operator_journal WHERE (created_at, id) < (:created_at, :id) "
                                    "ORDER BY created_at DESC, id DESC LIMIT :limit",
                                    Path::Hot);
    query.bind(":created_at", before ? base::toMicros(before->first) : std::numeric_limits<qint64>::max());
    query.bind(":id", before ? before->second.text : u""_s).bind(":limit", limit);
    return query.fetchAll(entryFromRow);
}

}
