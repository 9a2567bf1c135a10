// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/statement.h"

#include <QSqlDatabase>
#include <QSqlQuery>

namespace core::database {

/// A statement through Qt Sql.
class QtStatement final : public StatementDriver {
public:
    [[nodiscard]] static Result<std::unique_ptr<QtStatement>> prepare(const QSqlDatabase& connection, const char* sql);

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
    explicit QtStatement(const QSqlDatabase& connection) : m_query(connection) {}
    QSqlQuery m_query;
    QStringList m_names;    // Qt binds by name; an index of ours is a place in this list
    bool m_active = false;
};

}
