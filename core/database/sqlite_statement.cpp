// SPDX-License-Identifier: Apache-2.0
#include "core/database/sqlite_statement.h"

#include "core/database/sqlite_connection.h"

#include <sqlite3.h>

namespace core::database {
namespace {

constexpr qsizetype longestKept = 256;

/// False where it is not all ASCII.
bool narrow(QStringView text, std::string& ascii)
{
    ascii.resize(static_cast<size_t>(text.size()));
    char16_t seen = 0;
    for (size_t i = 0; i < ascii.size(); ++i) {
        const char16_t unit = text.utf16()[i];
        seen |= unit;
        ascii[i] = static_cast<char>(unit);
    }
    return seen < 0x80;
}

Error lastError(sqlite3* handle)
{
    return sqliteError(sqlite3_extended_errcode(handle), QString::fromUtf8(sqlite3_errmsg(handle)));
}

}

Result<std::unique_ptr<SqliteStatement>> SqliteStatement::prepare(sqlite3* handle, const char* sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return tl::make_unexpected(lastError(handle));
    return std::unique_ptr<SqliteStatement>(new SqliteStatement(handle, statement));
}

SqliteStatement::SqliteStatement(sqlite3* handle, sqlite3_stmt* statement)
    : m_handle(handle), m_statement(statement), m_texts(static_cast<size_t>(sqlite3_bind_parameter_count(statement)))
{
}

SqliteStatement::~SqliteStatement()
{
    sqlite3_finalize(m_statement);
}

int SqliteStatement::parameterIndex(const char* name)
{
    return sqlite3_bind_parameter_index(m_statement, name) - 1;
}

void SqliteStatement::bindNull(int index)
{
    sqlite3_bind_null(m_statement, index + 1);
}

void SqliteStatement::bindInt64(int index, qint64 value)
{
    sqlite3_bind_int64(m_statement, index + 1, value);
}

void SqliteStatement::bindDouble(int index, double value)
{
    sqlite3_bind_double(m_statement, index + 1, value);
}

void SqliteStatement::bindString(int index, const QString& value)
{
    if (value.isNull())
        return bindNull(index);
    // Ids, words, keys: nearly all text is short ASCII, and finds the memory of the text that was bound here before.
    std::string* const kept = value.size() <= longestKept ? &m_texts[static_cast<size_t>(index)] : nullptr;
    if (!kept || !narrow(value, *kept))
        return bindUtf8(index, value.toUtf8());
    sqlite3_bind_text64(m_statement, index + 1, kept->data(), kept->size(), SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::bindUtf8(int index, const QByteArray& value)
{
    const QByteArray& kept = keepUntilReset(value);
    sqlite3_bind_text64(m_statement, index + 1, kept.constData(), static_cast<sqlite3_uint64>(kept.size()), SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::bindBlob(int index, const QByteArray& value)
{
    if (value.isEmpty()) {
        sqlite3_bind_zeroblob(m_statement, index + 1, 0);    // a null pointer would bind NULL
        return;
    }
    const QByteArray& kept = keepUntilReset(value);
    sqlite3_bind_blob64(m_statement, index + 1, kept.constData(), static_cast<sqlite3_uint64>(kept.size()), SQLITE_STATIC);
}

/// Shares the bytes instead of having SQLite copy each of them.
const QByteArray& SqliteStatement::keepUntilReset(const QByteArray& value)
{
    m_bound.push_back(value);
    return m_bound.back();
}

Result<bool> SqliteStatement::step()
{
    switch (sqlite3_step(m_statement)) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default: return tl::make_unexpected(lastError(m_handle));
    }
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 SqliteStatement::int64(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double SqliteStatement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

QString SqliteStatement::string(int column) const
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    return text ? QString::fromUtf8(text, sqlite3_column_bytes(m_statement, column)) : QString();
}

QByteArray SqliteStatement::bytes(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    return QByteArray(data ? data : "", sqlite3_column_bytes(m_statement, column));
}

int SqliteStatement::changes() const
{
    return sqlite3_changes(m_handle);
}

void SqliteStatement::reset()
{
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_bound.clear();
}

}
