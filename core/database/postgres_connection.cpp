// SPDX-License-Identifier: Apache-2.0
#include "core/database/postgres_connection.h"

#include "core/database/postgres_login.h"
#include "core/database/postgres_statement.h"
#include "core/database/store_url.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <thread>

namespace core::database {

using namespace Qt::StringLiterals;

namespace {

struct StateMeaning {
    std::string_view states;    // a whole SQLSTATE, or its class of two characters
    ErrorKind kind;
    QLatin1StringView code;
    const char* message;
};

// The first that fits. Sentences name the store as a person knows it; the server's own words stand in the detail.
constexpr std::array meanings{
    StateMeaning{"23505", ErrorKind::Conflict, "constraint"_L1, "The store refused the change"},
    StateMeaning{"23", ErrorKind::Conflict, "constraint"_L1, "The store refused the change"},
    StateMeaning{"25006", ErrorKind::Forbidden, "store_read_only"_L1, "The store is open for reading only"},
    StateMeaning{"42501", ErrorKind::Forbidden, "store_rights"_L1, "This role has no right to do that in the store"},
    StateMeaning{"57014", ErrorKind::Cancelled, "interrupted"_L1, "The query was interrupted"},
    StateMeaning{"25P03", ErrorKind::Unavailable, "store_gone"_L1, "The server ended a transaction that stood idle"},
    StateMeaning{"57P03", ErrorKind::Unavailable, "store_starting"_L1, "The server is starting or recovering and takes nobody yet"},
    StateMeaning{"57", ErrorKind::Unavailable, "store_gone"_L1, "The server ended the connection"},
    StateMeaning{"08", ErrorKind::Unavailable, "store_gone"_L1, "The connection to the server was lost"},
    StateMeaning{"55P03", ErrorKind::Unavailable, "store_locked"_L1, "The store is locked by another program"},
    StateMeaning{"40", ErrorKind::Unavailable, "store_locked"_L1, "Another program changed the same rows at the same moment"},
    StateMeaning{"53100", ErrorKind::Unavailable, "disk_full"_L1, "The server's disk is full"},
    StateMeaning{"53300", ErrorKind::Unavailable, "store_busy"_L1, "The server has no free connection"},
    StateMeaning{"53", ErrorKind::Unavailable, "store_busy"_L1, "The server lacks the means to answer now"},
    StateMeaning{"58", ErrorKind::Unavailable, "store_io"_L1, "The server cannot read or write its files"},
    StateMeaning{"XX001", ErrorKind::Unavailable, "store_corrupt"_L1, "The server says that its files are damaged"},
    StateMeaning{"XX002", ErrorKind::Unavailable, "store_corrupt"_L1, "The server says that its files are damaged"},
    StateMeaning{"28", ErrorKind::Forbidden, "store_login"_L1, "The server refused the login"},
    StateMeaning{"3D000", ErrorKind::NotFound, "store_missing"_L1, "There is no such database on the server"},
    StateMeaning{"P0001", ErrorKind::Conflict, "constraint"_L1, "The store refused the change"},
    StateMeaning{"22021", ErrorKind::Invalid, "text_invalid"_L1, "A text cannot be stored: it holds a NUL or is no UTF-8"},
    StateMeaning{"22P05", ErrorKind::Invalid, "text_invalid"_L1, "A text cannot be stored: it holds a NUL or is no UTF-8"},
    StateMeaning{"22P02", ErrorKind::Invalid, "value_invalid"_L1, "A value cannot be stored: it is not of its column's type"},
};

// How long past a statement's own limit the server's word for that is waited for; and how long after an interrupt.
constexpr std::chrono::seconds silence{3};
constexpr std::chrono::seconds cancelling{2};
constexpr std::chrono::milliseconds cancelAgain{100};

/// True for none as well: nothing has failed.
bool isFine(const pg_result* result)
{
    return !result || PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
}

}

Error postgresError(const QByteArray& sqlState, const QString& message)
{
    for (const StateMeaning& meaning : meanings) {
        if (std::string_view(sqlState.constData(), static_cast<size_t>(sqlState.size())).starts_with(meaning.states))
            return {meaning.kind, meaning.code, QString::fromLatin1(meaning.message), {}, message};
    }
    return {ErrorKind::Internal, u"sql"_s, u"A statement failed: %1"_s.arg(message), {}, message};
}

Result<std::unique_ptr<Connection>> PostgresConnection::open(const DatabaseOptions& options, const QString& connectionName)
{
    const auto url = StoreUrl::parse(options.path);
    if (!url)
        return core::errorOf(url);
    auto connection = QSqlDatabase::addDatabase(u"QPSQL"_s, connectionName);
    if (!connection.isValid())
        return failure(ErrorKind::Unavailable, u"driver_missing"_s, u"Qt's Postgres driver is not installed (package libqt6sql6-psql)"_s);
    url->configure(connection, options);
    if (!connection.open()) {
        const QString words = connection.lastError().databaseText();
        connection = {};
        QSqlDatabase::removeDatabase(connectionName);
        return tl::make_unexpected(postgres::refusalOf(words, url->conninfo(options)));
    }
    auto* handle = *static_cast<PGconn* const*>(connection.driver()->handle().constData());
    auto opened = std::unique_ptr<PostgresConnection>(new PostgresConnection(handle, connectionName, options));
    return std::unique_ptr<Connection>(std::move(opened));
}

PostgresConnection::PostgresConnection(pg_conn* handle, QString connectionName, const DatabaseOptions& options)
    : m_handle(handle),
      m_connectionName(std::move(connectionName)),
      m_isReadOnly(options.access == Access::ReadOnly),
      m_statementTimeout(options.statementTimeout),
      m_cancel(PQgetCancel(handle), PQfreeCancel)
{
    PQsetnonblocking(m_handle, 1);    // else sending, also the goodbye, would wait for a server that does not read
    postgres::keepQuiet(m_handle);
}

PostgresConnection::~PostgresConnection()
{
    m_isClosing = true;
    m_version.reset();
    m_setFull.reset();
    m_setNormal.reset();
    QSqlDatabase::removeDatabase(m_connectionName);
}

bool PostgresConnection::isLost()
{
    return m_isGivenUp || postgres::hasHungUp(m_handle);
}

bool PostgresConnection::takesStatements() const
{
    return !m_isClosing && !m_isGivenUp && PQstatus(m_handle) == CONNECTION_OK && PQtransactionStatus(m_handle) != PQTRANS_INERROR;
}

Result<void> PostgresConnection::limit(std::chrono::milliseconds statementTimeout)
{
    const auto millis = static_cast<qint64>(statementTimeout.count());
    const auto set = prepare(QByteArray("SET statement_timeout = " + QByteArray::number(millis)).constData(), Path::Hot);
    if (!set)
        return core::errorOf(set);
    if (const auto done = (*set)->step(); !done)
        return core::errorOf(done);
    m_statementTimeout = statementTimeout;
    return {};
}

pg_result* PostgresConnection::exchange(const std::function<int(pg_conn*)>& send)
{
    if (m_isGivenUp)
        return nullptr;
    beginExchange();
    pg_result* result = nullptr;
    if (m_ahead.empty())
        result = send(m_handle) == 1 ? answer() : nullptr;
    else if (send(m_handle) == 1 && PQpipelineSync(m_handle) == 1)
        result = answersInOrder();
    endExchange();
    return result;
}

Result<void> PostgresConnection::sendAhead(const std::function<int(pg_conn*)>& send, PostgresStatement* reader)
{
    if (m_isGivenUp || (m_ahead.empty() && PQenterPipelineMode(m_handle) != 1) || send(m_handle) != 1)
        return tl::make_unexpected(errorOf(nullptr));
    m_ahead.push_back(reader);
    return {};
}

void PostgresConnection::forgetReader(const PostgresStatement* reader)
{
    std::replace(m_ahead.begin(), m_ahead.end(), const_cast<PostgresStatement*>(reader), static_cast<PostgresStatement*>(nullptr));
}

Result<void> PostgresConnection::settle()
{
    if (m_ahead.empty())
        return {};
    beginExchange();
    pg_result* result = PQpipelineSync(m_handle) == 1 ? answersInOrder() : nullptr;
    endExchange();
    if (!result && !m_isGivenUp && PQstatus(m_handle) == CONNECTION_OK)
        return {};
    const Error error = errorOf(result);
    PQclear(result);
    return tl::make_unexpected(error);
}

void PostgresConnection::beginExchange()
{
    const std::scoped_lock lock(m_mutex);
    m_isRunning = true;
    m_isInterrupted = false;
    m_cancelRequest.reset();
}

postgres::Deadline PostgresConnection::endOfPatience() const
{
    if (m_statementTimeout.count() == 0)
        return {};
    return std::chrono::steady_clock::now() + m_statementTimeout + silence;
}

/// False: there will be no answer.
bool PostgresConnection::awaitNext(const postgres::Deadline& deadline)
{
    m_isGivenUp =
        !postgres::awaitAnswer(m_handle, m_wakeup, deadline, [](postgres::Deadline& end) { postgres::bringForward(end, cancelling); });
    return !m_isGivenUp;
}

/// The last of the results, or the first failure among them.
pg_result* PostgresConnection::answer()
{
    const auto deadline = endOfPatience();
    pg_result* kept = nullptr;
    for (;;) {
        if (!awaitNext(deadline)) {
            PQclear(kept);
            return nullptr;
        }
        pg_result* next = PQgetResult(m_handle);
        if (!next)
            return kept;
        PQclear(isFine(kept) ? std::exchange(kept, next) : next);
    }
}

/// Of all that has set out: to each reader its own. The answer to what came after the last reader, or the first failure, behind which the
/// server has done nothing more. Ends pipeline mode.
pg_result* PostgresConnection::answersInOrder()
{
    const auto readers = std::exchange(m_ahead, {});
    const auto deadline = endOfPatience();    // for all of it: the server keeps its answers until the last
    pg_result* kept = nullptr;
    bool hasEnded = false;    // the statement whose answers come
    for (size_t number = 0; awaitNext(deadline);) {
        pg_result* next = PQgetResult(m_handle);
        if (!next && hasEnded)
            break;    // the server has gone: no mark comes any more
        hasEnded = !next;
        if (!next) {
            ++number;
            continue;
        }
        if (PQresultStatus(next) == PGRES_PIPELINE_SYNC) {
            PQclear(next);
            break;
        }
        if (!isFine(kept))
            PQclear(next);
        else if (isFine(next) && number < readers.size())
            readers[number] ? readers[number]->take(next) : PQclear(next);
        else
            PQclear(std::exchange(kept, next));
    }
    if (!isFine(kept) || m_isGivenUp) {
        const Error error = errorOf(kept);
        for (PostgresStatement* reader : readers) {
            if (reader)
                reader->takeFailure(error);
        }
    }
    PQexitPipelineMode(m_handle);
    return kept;
}

/// A cancel that is still on its way would end whatever is asked next.
void PostgresConnection::endExchange()
{
    std::shared_ptr<CancelRequest> request;
    {
        const std::scoped_lock lock(m_mutex);
        m_isRunning = false;
        request = std::move(m_cancelRequest);
    }
    if (!request)
        return;
    std::unique_lock lock(request->mutex);
    request->isOver = true;
    request->changed.notify_all();
    if (m_isGivenUp)
        return;
    m_wakeup.clear();
    if (!request->changed.wait_for(lock, cancelling, [&] { return request->isDone; }))
        m_isGivenUp = true;
}

void PostgresConnection::interrupt()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_isRunning || m_isInterrupted)
        return;
    m_isInterrupted = true;
    m_cancelRequest = std::make_shared<CancelRequest>();
    std::thread([cancel = m_cancel, request = m_cancelRequest] {
        // Again until there is an answer: a server passes over one that overtakes its query.
        std::unique_lock asking(request->mutex);
        while (!request->isOver) {
            asking.unlock();
            std::array<char, 256> words{};
            if (PQcancel(cancel.get(), words.data(), static_cast<int>(words.size())) == 0)
                qWarning("A query could not be cancelled: %s", words.data());
            asking.lock();
            request->changed.wait_for(asking, cancelAgain, [&] { return request->isOver; });
        }
        request->isDone = true;
        request->changed.notify_all();
    }).detach();
    m_wakeup.ring();
}

Result<std::unique_ptr<StatementDriver>> PostgresConnection::prepare(const char* sql, Path)
{
    // One way for all: what Path::Hot asks for is what every statement here needs.
    auto statement = PostgresStatement::prepare(*this, sql, QByteArray("signalbox_") + QByteArray::number(++m_prepared));
    if (!statement)
        return core::errorOf(statement);
    return std::unique_ptr<StatementDriver>(std::move(*statement));
}

Result<void> PostgresConnection::apply(Durability durability)
{
    if (m_isReadOnly)
        return {};
    const bool isFull = durability == Durability::Full;
    auto& kept = isFull ? m_setFull : m_setNormal;
    if (!kept) {
        auto set = prepare(isFull ? "SET synchronous_commit = on" : "SET synchronous_commit = off", Path::Hot);
        if (!set)
            return core::errorOf(set);
        kept = std::move(*set);
    }
    const auto done = kept->step();
    kept->reset();
    return done.map([](bool) {});
}

qint64 PostgresConnection::dataVersion()
{
    // Moves with every transaction of the server that wrote: more often than needed, never too seldom.
    if (!m_version) {
        auto prepared = prepare("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint", Path::Hot);
        if (!prepared)
            return 0;
        m_version = std::move(*prepared);
    }
    const auto row = m_version->step();
    const qint64 version = row && *row ? m_version->int64(0) : 0;
    m_version->reset();
    return version;
}

bool PostgresConnection::isInTransaction() const
{
    // of what has set out nothing is known yet: a failure shows as its answers are waited for
    return !m_ahead.empty() || PQtransactionStatus(m_handle) == PQTRANS_INTRANS;
}

Error PostgresConnection::errorOf(const pg_result* result) const
{
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const bool isCancelled = qstrcmp(state, "57014") == 0;
    if (m_isInterrupted && (isCancelled || m_isGivenUp))    // nobody waits for it, whether the server has heard of that or not
        return {ErrorKind::Cancelled, u"interrupted"_s, u"The query was interrupted"_s, {}, {}};
    if (m_isGivenUp)
        return {ErrorKind::Unavailable, u"store_silent"_s, u"The server has stopped answering"_s, u"store"_s, {}};
    if (isCancelled)
        return {ErrorKind::TimedOut,
                u"store_slow"_s,
                u"The server ended the query: it had taken longer than the %1 s it may"_s.arg(
                    std::chrono::duration<double>(m_statementTimeout).count()),
                {},
                QString::fromUtf8(PQresultErrorMessage(result)).trimmed()};
    const QString words = QString::fromUtf8(result ? PQresultErrorMessage(result) : PQerrorMessage(m_handle)).trimmed();
    // What libpq itself says carries no SQLSTATE: that the server is gone, also before its status says so.
    return postgresError(state && PQstatus(m_handle) == CONNECTION_OK ? state : "08006", words);
}

}
