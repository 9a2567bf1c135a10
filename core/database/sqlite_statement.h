// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/statement.h"

#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace core::database {

/// A statement on SQLite's own handle.
class SqliteStatement final : public StatementDriver {
public:
    [[nodiscard]] static Result<std::unique_ptr<SqliteStatement>> prepare(sqlite3* handle, const char* sql);
    ~SqliteStatement() override;

    int parameterIndex(const char* name) override;
    void bindNull(int index) override;
    void bindInt64(int index, qint64 value) override;
    void bindDouble(int index, double value) override;
    void bindString(int index, const QString& value) override;
    void bindUtf8(int index, const QByteArray& value) override;
    void bindBlob(int index, const QByteArray& value) override;
    Result<bool> step() override;
    bool isNull(int column) const override;
    qint64 int64(int column) const override;
    double real(int column) const override;
    QString string(int column) const override;
    QByteArray bytes(int column) const override;
    int changes() const override;
    void reset() override;

private:
    SqliteStatement(sqlite3* handle, sqlite3_stmt* statement);
    const QByteArray& keepUntilReset(const QByteArray& value);

    sqlite3* m_handle;
    sqlite3_stmt* m_statement;
    // What SQLite has been told to read in place:
    std::vector<QByteArray> m_bound;
    std::vector<std::string> m_texts;    // by parameter; their memory stays for the next run
};

}
