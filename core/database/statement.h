// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/time.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace core::database {

/// How one prepared statement reaches its engine: through Qt Sql, or for the hot ones through the native handle.
/// Columns and parameters count from 0 here; text is UTF-8.
class StatementDriver {
public:
    virtual ~StatementDriver() = default;
    [[nodiscard]] virtual int parameterIndex(const char* name) = 0;    ///< name with its colon; -1 when there is none
    virtual void bindNull(int index) = 0;
    virtual void bindInt64(int index, qint64 value) = 0;
    virtual void bindDouble(int index, double value) = 0;
    virtual void bindString(int index, const QString& value) = 0;
    virtual void bindUtf8(int index, const QByteArray& value) = 0;
    virtual void bindBlob(int index, const QByteArray& value) = 0;
    [[nodiscard]] virtual Result<bool> step() = 0;    ///< true: a row stands ready
    virtual void sendAhead() {}                       ///< lets it set out before step() asks for its first row
    /// Runs a write whose failure may show later: by the next answer that is waited for.
    [[nodiscard]] virtual Result<void> stepAhead()
    {
        return step().map([](bool) {});
    }
    [[nodiscard]] virtual bool isNull(int column) const = 0;
    [[nodiscard]] virtual qint64 int64(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    [[nodiscard]] virtual QString string(int column) const = 0;
    [[nodiscard]] virtual QByteArray bytes(int column) const = 0;    ///< exactly as stored on the native path
    [[nodiscard]] virtual int changes() const = 0;
    virtual void reset() = 0;    ///< ends a read (an unfinished one pins the WAL) and forgets the binds
};

/// The current row, read from left to right in the order of the SELECT list.
class Row {
public:
    explicit Row(const StatementDriver& driver) : m_driver(&driver) {}

    [[nodiscard]] bool isNull() const { return m_driver->isNull(m_column); }
    void skip() { ++m_column; }
    [[nodiscard]] qint64 int64() { return m_driver->int64(m_column++); }
    [[nodiscard]] int integer() { return static_cast<int>(int64()); }
    [[nodiscard]] bool boolean() { return int64() != 0; }
    [[nodiscard]] double real() { return m_driver->real(m_column++); }
    [[nodiscard]] QString string() { return m_driver->string(m_column++); }
    [[nodiscard]] QByteArray bytes() { return m_driver->bytes(m_column++); }
    [[nodiscard]] Time time() { return base::fromMicros(int64()); }
    template <class AnyId>
    [[nodiscard]] AnyId id()
    {
        return AnyId{string()};
    }
    template <class AnyId>
    [[nodiscard]] std::optional<AnyId> optionalId()
    {
        return optional([this] { return id<AnyId>(); });
    }
    [[nodiscard]] std::optional<qint64> optionalInt64()
    {
        return optional([this] { return int64(); });
    }
    [[nodiscard]] std::optional<int> optionalInteger()
    {
        return optional([this] { return integer(); });
    }
    [[nodiscard]] std::optional<QByteArray> optionalBytes()
    {
        return optional([this] { return bytes(); });
    }
    [[nodiscard]] std::optional<Time> optionalTime()
    {
        return optional([this] { return time(); });
    }

private:
    template <class Read>
    auto optional(Read read) -> std::optional<decltype(read())>
    {
        if (!isNull())
            return read();
        skip();
        return {};
    }

    const StatementDriver* m_driver;
    int m_column = 0;
};

/// One kept prepared statement with its position in the list of binds. `driver` is null when preparing failed.
struct PreparedStatement {
    std::unique_ptr<StatementDriver> driver;
    Error prepareError;
    bool inUse = false;
    // Callers bind the same literals in the same order each time, so the n-th bind remembers where its name led.
    struct KnownBind {
        const char* name = nullptr;
        int index = -1;
    };
    std::vector<KnownBind> knownBinds;
};

/// A borrowed prepared statement: bind, run, read; it is reset when this goes. Use it up before asking for the same text again.
class Statement {
public:
    explicit Statement(PreparedStatement& prepared) : m_prepared(&prepared) { prepared.inUse = true; }
    explicit Statement(std::unique_ptr<PreparedStatement> own) : m_prepared(own.get()), m_own(std::move(own)) {}
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    Statement& bind(const char* name, qint64 value);
    Statement& bind(const char* name, int value) { return bind(name, qint64{value}); }
    Statement& bind(const char* name, bool value) { return bind(name, qint64{value ? 1 : 0}); }
    Statement& bind(const char* name, double value);
    Statement& bind(const char* name, const QString& value);
    Statement& bind(const char* name, Time value) { return bind(name, base::toMicros(value)); }
    Statement& bindUtf8(const char* name, const QByteArray& value);    ///< text given as bytes: stored payloads, kept as they are
    Statement& bindBlob(const char* name, const QByteArray& value);
    Statement& bindNull(const char* name);
    template <class Tag>
    Statement& bind(const char* name, const base::Id<Tag>& value)
    {
        return bind(name, value.text);
    }
    template <class T>
    Statement& bind(const char* name, const std::optional<T>& value)
    {
        return value ? bind(name, *value) : bindNull(name);
    }
    Statement& bindUtf8(const char* name, const std::optional<QByteArray>& value)
    {
        return value ? bindUtf8(name, *value) : bindNull(name);
    }

    [[nodiscard]] Result<void> exec();
    [[nodiscard]] Result<int> execCounting();    ///< how many rows it changed
    /// exec() that is not waited for inside of Transaction::beginAhead(): its failure is then the next answer's, COMMIT's at the latest.
    [[nodiscard]] Result<void> execAhead();
    /// A read that sets out now and is asked for its rows after others did the same: inside of Transaction::beginAhead() they cost one wait.
    void sendAhead();
    [[nodiscard]] Result<bool> next();    ///< true while a row stands ready
    void again();                         ///< ready to be bound and run once more
    [[nodiscard]] Row row() const { return Row(*m_prepared->driver); }

    template <class Mapper>
    [[nodiscard]] auto fetchAll(Mapper mapper) -> Result<QList<decltype(mapper(std::declval<Row&>()))>>
    {
        QList<decltype(mapper(std::declval<Row&>()))> rows;
        for (;;) {
            const auto more = next();
            if (!more)
                return errorOf(more);
            if (!*more)
                return rows;
            Row current = row();
            rows.append(mapper(current));
        }
    }
    template <class Mapper>
    [[nodiscard]] auto fetchOne(Mapper mapper) -> Result<std::optional<decltype(mapper(std::declval<Row&>()))>>
    {
        using Value = decltype(mapper(std::declval<Row&>()));
        const auto more = next();
        if (!more)
            return errorOf(more);
        if (!*more)
            return std::optional<Value>{};
        Row current = row();
        return std::optional<Value>{mapper(current)};
    }

private:
    int indexOf(const char* name);

    PreparedStatement* m_prepared;
    std::unique_ptr<PreparedStatement> m_own;
    size_t m_bindCount = 0;
};

}
