// SPDX-License-Identifier: Apache-2.0
#include "core/database/postgres_statement.h"

#include "core/database/postgres_connection.h"
#include "core/database/postgres_text.h"

#include <libpq-fe.h>

#include <memory>

namespace core::database {

using namespace Qt::StringLiterals;
using postgres::Wire;

namespace {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using OwnedResult = std::unique_ptr<PGresult, ClearResult>;

bool isFine(const PGresult* result)
{
    const auto status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}

Result<std::unique_ptr<PostgresStatement>> PostgresStatement::prepare(PostgresConnection& connection, const char* sql,
                                                                      const QByteArray& name)
{
    const NumberedSql numbered = numberedSql(sql);
    const auto sent = connection.sendAhead(
        [&](PGconn* handle) { return PQsendPrepare(handle, name.constData(), numbered.text.constData(), 0, nullptr); }, nullptr);
    if (!sent)
        return errorOf(sent);
    auto statement = std::unique_ptr<PostgresStatement>(new PostgresStatement(connection, name, numbered));
    const OwnedResult described(connection.exchange([&](PGconn* handle) { return PQsendDescribePrepared(handle, name.constData()); }));
    if (!isFine(described.get())) {
        statement->m_name.clear();    // the server knows no such statement
        return tl::make_unexpected(connection.errorOf(described.get()));
    }
    for (size_t i = 0; i < statement->m_parameters.size(); ++i)
        statement->m_parameters[i].type = PQparamtype(described.get(), static_cast<int>(i));
    return statement;
}

PostgresStatement::PostgresStatement(PostgresConnection& connection, QByteArray name, const NumberedSql& sql)
    : m_connection(connection),
      m_name(std::move(name)),
      m_names(sql.names),
      m_writesRows(sql.text.startsWith("INSERT") || sql.text.startsWith("UPDATE")),
      m_isCommit(sql.text == "COMMIT"),
      m_parameters(static_cast<size_t>(m_names.size()))
{
}

PostgresStatement::~PostgresStatement()
{
    reset();
    // Not inside a failed transaction, where the server takes nothing but its end: the name then stays until the session ends.
    if (m_name.isEmpty() || !m_connection.takesStatements())
        return;
    const QByteArray end = "DEALLOCATE " + m_name;
    const OwnedResult gone(m_connection.exchange([&](PGconn* handle) {
        return PQsendQueryParams(handle, end.constData(), 0, nullptr, nullptr, nullptr, nullptr, 0);    // the only way in pipeline mode
    }));
}

int PostgresStatement::parameterIndex(const char* name)
{
    return static_cast<int>(m_names.indexOf(QByteArray::fromRawData(name, static_cast<qsizetype>(qstrlen(name)))));
}

void PostgresStatement::bindWire(int index, std::optional<Wire> value)
{
    m_parameters[static_cast<size_t>(index)].value = std::move(value);
}

void PostgresStatement::bindNull(int index)
{
    bindWire(index, {});
}

void PostgresStatement::bindInt64(int index, qint64 value)
{
    bindWire(index, postgres::fromInt64(m_parameters[static_cast<size_t>(index)].type, value));
}

void PostgresStatement::bindDouble(int index, double value)
{
    bindWire(index, postgres::fromDouble(m_parameters[static_cast<size_t>(index)].type, value));
}

void PostgresStatement::bindString(int index, const QString& value)
{
    if (value.isNull())
        return bindNull(index);
    bindUtf8(index, value.toUtf8());
}

void PostgresStatement::bindUtf8(int index, const QByteArray& value)
{
    auto wire = postgres::fromUtf8(m_parameters[static_cast<size_t>(index)].type, value);
    // Asked for, a text that is no uuid is found nowhere, as NULL is not. Written, it would be lost: that is refused as it is run.
    if (!wire && m_writesRows)
        m_misfit = index;
    bindWire(index, std::move(wire));
}

void PostgresStatement::bindBlob(int index, const QByteArray& value)
{
    bindWire(index, Wire{value.isNull() ? QByteArray("") : value});
}

Result<void> PostgresStatement::requireFit() const
{
    if (m_misfit)
        return failure(ErrorKind::Invalid, u"id_invalid"_s, u"An id is no UUID"_s, QString::fromLatin1(m_names.at(*m_misfit).mid(1)));
    return {};
}

int PostgresStatement::send(PGconn* handle) const
{
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    for (const Parameter& parameter : m_parameters) {
        values.push_back(parameter.value ? parameter.value->bytes.constData() : nullptr);
        lengths.push_back(parameter.value ? static_cast<int>(parameter.value->bytes.size()) : 0);
        formats.push_back(parameter.value && parameter.value->isText ? 0 : 1);
    }
    constexpr int binaryRows = 1;
    return PQsendQueryPrepared(handle, m_name.constData(), static_cast<int>(values.size()), values.data(), lengths.data(), formats.data(),
                               binaryRows);
}

Result<void> PostgresStatement::run()
{
    if (const auto fit = requireFit(); !fit)
        return fit;
    m_result = m_connection.exchange([this](PGconn* handle) { return send(handle); });
    if (!isFine(m_result))
        return tl::make_unexpected(m_connection.errorOf(m_result));
    // The server's answer to COMMIT where a statement before has failed: no error, and nothing committed.
    if (m_isCommit && qstrcmp(PQcmdStatus(m_result), "ROLLBACK") == 0)
        return failure(ErrorKind::Internal, u"sql"_s, u"A transaction could not be committed: a statement in it had failed"_s);
    return {};
}

void PostgresStatement::sendAhead()
{
    m_isAhead = m_connection.runsAhead() && !m_misfit && m_connection.sendAhead([this](PGconn* handle) { return send(handle); }, this);
}

Result<void> PostgresStatement::stepAhead()
{
    if (!m_connection.runsAhead())
        return step().map([](bool) {});
    return requireFit().and_then([this] { return m_connection.sendAhead([this](PGconn* handle) { return send(handle); }, nullptr); });
}

void PostgresStatement::take(pg_result* result)
{
    m_isAhead = false;
    PQclear(std::exchange(m_result, result));
}

void PostgresStatement::takeFailure(const Error& error)
{
    if (std::exchange(m_isAhead, false))    // what came before the failure was answered
        m_failedAhead = error;
}

Result<bool> PostgresStatement::step()
{
    if (m_isAhead) {
        if (const auto settled = m_connection.settle(); !settled)
            return errorOf(settled);
    }
    if (m_failedAhead)
        return tl::make_unexpected(*m_failedAhead);
    if (!m_result) {
        if (const auto ran = run(); !ran)
            return errorOf(ran);
    }
    return ++m_row < PQntuples(m_result);
}

bool PostgresStatement::isNull(int column) const
{
    return PQgetisnull(m_result, m_row, column) == 1;
}

qint64 PostgresStatement::int64(int column) const
{
    if (isNull(column))
        return 0;
    return postgres::toInt64(PQftype(m_result, column), PQgetvalue(m_result, m_row, column), PQgetlength(m_result, m_row, column));
}

double PostgresStatement::real(int column) const
{
    if (isNull(column))
        return 0;
    return postgres::toDouble(PQftype(m_result, column), PQgetvalue(m_result, m_row, column), PQgetlength(m_result, m_row, column));
}

QByteArray PostgresStatement::bytes(int column) const
{
    if (isNull(column))
        return QByteArray("");
    return postgres::toUtf8(PQftype(m_result, column), PQgetvalue(m_result, m_row, column), PQgetlength(m_result, m_row, column));
}

QString PostgresStatement::string(int column) const
{
    return isNull(column) ? QString() : QString::fromUtf8(bytes(column));
}

int PostgresStatement::changes() const
{
    return QByteArray(PQcmdTuples(m_result)).toInt();
}

void PostgresStatement::reset()
{
    if (std::exchange(m_isAhead, false))
        m_connection.forgetReader(this);
    m_failedAhead.reset();
    PQclear(m_result);
    m_result = nullptr;
    m_row = -1;
    m_misfit.reset();
    for (Parameter& parameter : m_parameters)
        parameter.value.reset();
}

}
