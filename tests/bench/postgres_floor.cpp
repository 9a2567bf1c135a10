// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/postgres_floor.h"

#include "core/database/store_url.h"
#include "tests/bench/figures.h"

#include <libpq-fe.h>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

struct Values {
    explicit Values(const PgStep& step)
    {
        for (const auto& value : step.values)
            pointers.push_back(value ? value->constData() : nullptr);
    }
    [[nodiscard]] int count() const { return static_cast<int>(pointers.size()); }
    std::vector<const char*> pointers;
};

}

PgFloor::PgFloor(const QString& url)
{
    core::database::DatabaseOptions options;
    options.path = url;
    options.applicationName = u"bench-floor"_s;
    m_handle = PQconnectdb(must(core::database::StoreUrl::parse(url)).conninfo(options).constData());
    if (PQstatus(m_handle) != CONNECTION_OK)
        giveUp(QString::fromUtf8(PQerrorMessage(m_handle)));
    exec("SET client_min_messages = warning");
}

PgFloor::~PgFloor()
{
    PQfinish(m_handle);
}

void PgFloor::check(pg_result* result)
{
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_SYNC && status != PGRES_COPY_IN)
        giveUp(QString::fromUtf8(PQerrorMessage(m_handle)));
}

void PgFloor::exec(const QByteArray& sql)
{
    PGresult* result = PQexec(m_handle, sql.constData());
    check(result);
    PQclear(result);
}

void PgFloor::prepare(const char* name, const char* sql)
{
    PGresult* result = PQprepare(m_handle, name, sql, 0, nullptr);
    check(result);
    PQclear(result);
}

int PgFloor::run(const PgStep& step)
{
    const Values values(step);
    PGresult* result = PQexecPrepared(m_handle, step.statement, values.count(), values.pointers.data(), nullptr, nullptr, 1);
    check(result);
    const int rows = PQntuples(result) > 0 ? PQntuples(result) : QByteArray(PQcmdTuples(result)).toInt();
    PQclear(result);
    return rows;
}

void PgFloor::runTogether(const std::vector<PgStep>& steps)
{
    PQenterPipelineMode(m_handle);
    for (const PgStep& step : steps) {
        const Values values(step);
        if (PQsendQueryPrepared(m_handle, step.statement, values.count(), values.pointers.data(), nullptr, nullptr, 1) != 1)
            giveUp(QString::fromUtf8(PQerrorMessage(m_handle)));
    }
    PQpipelineSync(m_handle);
    bool isSynced = false;
    while (!isSynced) {
        PGresult* result = PQgetResult(m_handle);
        if (!result)
            continue;    // between two statements
        check(result);
        isSynced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        PQclear(result);
    }
    PQexitPipelineMode(m_handle);
}

void PgFloor::copyIn(const QByteArray& statement, const QByteArray& rows)
{
    PGresult* begun = PQexec(m_handle, statement.constData());
    check(begun);
    PQclear(begun);
    if (PQputCopyData(m_handle, rows.constData(), static_cast<int>(rows.size())) != 1 || PQputCopyEnd(m_handle, nullptr) != 1)
        giveUp(QString::fromUtf8(PQerrorMessage(m_handle)));
    while (PGresult* ended = PQgetResult(m_handle)) {
        check(ended);
        PQclear(ended);
    }
}

}
