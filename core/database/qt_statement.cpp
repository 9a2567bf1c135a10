// SPDX-License-Identifier: Apache-2.0
#include "core/database/qt_statement.h"

#include "core/database/sqlite_connection.h"

#include <QSqlError>
#include <QVariant>

namespace core::database {
namespace {

Error errorFrom(const QSqlError& error)
{
    return sqliteError(error.nativeErrorCode().toInt(), error.databaseText());
}

}

Result<std::unique_ptr<QtStatement>> QtStatement::prepare(const QSqlDatabase& connection, const char* sql)
{
    auto statement = std::unique_ptr<QtStatement>(new QtStatement(connection));
    statement->m_query.setForwardOnly(true);
    if (!statement->m_query.prepare(QString::fromUtf8(sql)))
        return tl::make_unexpected(errorFrom(statement->m_query.lastError()));
    return statement;
}

int QtStatement::parameterIndex(const char* name)
{
    const auto text = QString::fromLatin1(name);
    const auto known = m_names.indexOf(text);
    if (known >= 0)
        return static_cast<int>(known);
    m_names.append(text);
    return static_cast<int>(m_names.size() - 1);
}

void QtStatement::bindNull(int index)
{
    m_query.bindValue(m_names.at(index), QVariant(QMetaType(QMetaType::QString)));
}

void QtStatement::bindInt64(int index, qint64 value)
{
    m_query.bindValue(m_names.at(index), value);
}

void QtStatement::bindDouble(int index, double value)
{
    m_query.bindValue(m_names.at(index), value);
}

void QtStatement::bindString(int index, const QString& value)
{
    m_query.bindValue(m_names.at(index), value);
}

void QtStatement::bindUtf8(int index, const QByteArray& value)
{
    m_query.bindValue(m_names.at(index), QString::fromUtf8(value));
}

void QtStatement::bindBlob(int index, const QByteArray& value)
{
    m_query.bindValue(m_names.at(index), value.isNull() ? QByteArray("") : value);
}

Result<bool> QtStatement::step()
{
    if (!m_active) {
        if (!m_query.exec())
            return tl::make_unexpected(errorFrom(m_query.lastError()));
        m_active = true;
    }
    if (!m_query.isSelect())
        return false;
    if (m_query.next())
        return true;
    if (m_query.lastError().isValid())
        return tl::make_unexpected(errorFrom(m_query.lastError()));
    return false;
}

bool QtStatement::isNull(int column) const
{
    return m_query.isNull(column);
}

qint64 QtStatement::int64(int column) const
{
    return m_query.value(column).toLongLong();
}

double QtStatement::real(int column) const
{
    return m_query.value(column).toDouble();
}

QString QtStatement::string(int column) const
{
    return m_query.value(column).toString();
}

QByteArray QtStatement::bytes(int column) const
{
    return m_query.value(column).toByteArray();
}

int QtStatement::changes() const
{
    return m_query.numRowsAffected();
}

void QtStatement::reset()
{
    m_query.finish();
    m_active = false;
}

}
