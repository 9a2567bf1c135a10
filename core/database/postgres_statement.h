// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/postgres_values.h"
#include "core/database/statement.h"

struct pg_conn;
struct pg_result;

namespace core::database {

class PostgresConnection;
struct NumberedSql;

/// A prepared statement of the server. Values go and come in binary form: microseconds stay exact, uuids and bytes are not spelled.
class PostgresStatement final : public StatementDriver {
public:
    /// One round trip: the server prepares, and says of which types the parameters are.
    [[nodiscard]] static Result<std::unique_ptr<PostgresStatement>> prepare(PostgresConnection& connection, const char* sql,
                                                                            const QByteArray& name);
    ~PostgresStatement() override;

    int parameterIndex(const char* name) override;
    void bindNull(int index) override;
    void bindInt64(int index, qint64 value) override;
    void bindDouble(int index, double value) override;
    void bindString(int index, const QString& value) override;
    void bindUtf8(int index, const QByteArray& value) override;
    void bindBlob(int index, const QByteArray& value) override;
    Result<bool> step() override;
    void sendAhead() override;
    Result<void> stepAhead() override;
    bool isNull(int column) const override;
    qint64 int64(int column) const override;
    double real(int column) const override;
    QString string(int column) const override;
    QByteArray bytes(int column) const override;
    int changes() const override;
    void reset() override;

    /// What was sent ahead is answered: by the result, which is this statement's from now on, or by why there is none.
    void take(pg_result* result);
    void takeFailure(const Error& error);

private:
    PostgresStatement(PostgresConnection& connection, QByteArray name, const NumberedSql& sql);
    void bindWire(int index, std::optional<postgres::Wire> value);
    [[nodiscard]] Result<void> run();
    [[nodiscard]] Result<void> requireFit() const;
    [[nodiscard]] int send(pg_conn* handle) const;

    struct Parameter {
        unsigned int type = 0;
        std::optional<postgres::Wire> value;    // nothing: NULL
    };
    PostgresConnection& m_connection;
    QByteArray m_name;
    QByteArrayList m_names;
    bool m_writesRows;
    bool m_isCommit;
    std::vector<Parameter> m_parameters;
    std::optional<int> m_misfit;    // a parameter whose type cannot hold what was bound
    bool m_isAhead = false;         // has set out, and is asked for its rows later
    std::optional<Error> m_failedAhead;
    pg_result* m_result = nullptr;
    int m_row = -1;
};

}
