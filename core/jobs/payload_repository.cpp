// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/repository.h"

namespace core::jobs {

using database::Row;

Result<PayloadSizes> JobRepository::payloadSizes(const JobId& id) const
{
    auto query = m_database.prepare(
        m_database.isPostgres() ? "SELECT octet_length(input_data::text), octet_length(output_data::text) FROM jobs WHERE id = :id"
                                : "SELECT length(CAST(input_data AS BLOB)), length(CAST(output_data AS BLOB)) FROM jobs WHERE id = :id");
    query.bind(":id", id);
    const auto sizes = query.fetchOne([](Row& row) { return PayloadSizes{row.int64(), row.optionalInt64()}; });
    if (!sizes)
        return errorOf(sizes);
    return sizes->value_or(PayloadSizes{});
}

Result<std::optional<QByteArray>> JobRepository::payload(const JobId& id, PayloadColumn column) const
{
    // the native path: bytes exactly as stored
    auto query = column == PayloadColumn::Input ? m_database.prepare("SELECT input_data FROM jobs WHERE id = :id", database::Path::Hot)
                                                : m_database.prepare("SELECT output_data FROM jobs WHERE id = :id", database::Path::Hot);
    query.bind(":id", id);
    auto found = query.fetchOne([](Row& row) { return row.optionalBytes(); });
    if (!found)
        return errorOf(found);
    return std::move(*found).value_or(std::nullopt);
}

Result<QList<HostCount>> JobRepository::failuresByHost(const QString& storedType, const QString& errorCode, Time since, int limit) const
{
    auto query = m_database.prepare(
        "SELECT coalesce(a.host, ''), count(*), count(CASE WHEN recent.status = 'FAILED' AND coalesce(recent.error_code, '') = :code THEN "
        "1 END) "
        "FROM "
        "(SELECT id, job_type, status, error_code, attempt FROM jobs WHERE created_at >= :since ORDER BY created_at DESC, id DESC LIMIT "
        ":limit) "
        "AS recent LEFT JOIN job_attempts AS a ON a.job_id = recent.id AND a.attempt = recent.attempt "
        "WHERE recent.job_type = :type GROUP BY 1 ORDER BY 3 DESC, 1");
    query.bind(":code", errorCode).bind(":since", since).bind(":limit", limit).bind(":type", storedType);
    return query.fetchAll([](Row& row) {
        HostCount count;
        count.host = row.string();
        count.jobs = row.int64();
        count.failed = row.int64();
        return count;
    });
}

}
