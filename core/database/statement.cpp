// SPDX-License-Identifier: Apache-2.0
#include "core/database/statement.h"

namespace core::database {

Statement::Statement(Statement&& other) noexcept
    : m_prepared(std::exchange(other.m_prepared, nullptr)), m_own(std::move(other.m_own)), m_bindCount(other.m_bindCount)
{
}

Statement::~Statement()
{
    if (!m_prepared)
        return;
    if (m_prepared->driver)
        m_prepared->driver->reset();
    m_prepared->inUse = false;
}

int Statement::indexOf(const char* name)
{
    const size_t position = m_bindCount++;
    auto& known = m_prepared->knownBinds;
    if (position < known.size() && known[position].name == name)
        return known[position].index;
    const int index = m_prepared->driver ? m_prepared->driver->parameterIndex(name) : -1;
    if (m_prepared->driver)
        Q_ASSERT_X(index >= 0, "Statement::bind", name);
    if (position >= known.size())
        known.resize(position + 1);
    known[position] = {name, index};
    return index;
}

Statement& Statement::bind(const char* name, qint64 value)
{
    if (const int index = indexOf(name); index >= 0)
        m_prepared->driver->bindInt64(index, value);
    return *this;
}

Statement& Statement::bind(const char* name, double value)
{
    if (const int index = indexOf(name); index >= 0)
        m_prepared->driver->bindDouble(index, value);
    return *this;
}

Statement& Statement::bind(const char* name, const QString& value)
{
    if (const int index = indexOf(name); index >= 0)
        m_prepared->driver->bindString(index, value);
    return *this;
}

Statement& Statement::bindUtf8(const char* name, const QByteArray& value)
{
    if (const int index = indexOf(name); index >= 0)
        m_prepared->driver->bindUtf8(index, value);
    return *this;
}

Statement& Statement::bindBlob(const char* name, const QByteArray& value)
{
    if (const int index = indexOf(name); index >= 0)
        m_prepared->driver->bindBlob(index, value);
    return *this;
}

Statement& Statement::bindNull(const char* name)
{
    if (const int index = indexOf(name); index >= 0)
        m_prepared->driver->bindNull(index);
    return *this;
}

Result<bool> Statement::next()
{
    if (!m_prepared->driver)
        return tl::make_unexpected(m_prepared->prepareError);
    return m_prepared->driver->step();
}

void Statement::again()
{
    if (m_prepared->driver)
        m_prepared->driver->reset();
    m_bindCount = 0;
}

Result<void> Statement::exec()
{
    const auto stepped = next();
    if (!stepped)
        return errorOf(stepped);
    return {};
}

Result<void> Statement::execAhead()
{
    if (!m_prepared->driver)
        return tl::make_unexpected(m_prepared->prepareError);
    return m_prepared->driver->stepAhead();
}

void Statement::sendAhead()
{
    if (m_prepared->driver)
        m_prepared->driver->sendAhead();
}

Result<int> Statement::execCounting()
{
    const auto stepped = next();
    if (!stepped)
        return errorOf(stepped);
    return m_prepared->driver->changes();
}

}
