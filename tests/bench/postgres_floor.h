// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <optional>
#include <vector>

struct pg_conn;
struct pg_result;

namespace bench {

/// One prepared statement with its parameters as text; an absent one is NULL.
struct PgStep {
    const char* statement;
    std::vector<std::optional<QByteArray>> values{};
};

/// A session through libpq and nothing else: the floor that the product is measured against.
class PgFloor {
public:
    explicit PgFloor(const QString& url);
    ~PgFloor();
    PgFloor(const PgFloor&) = delete;
    PgFloor& operator=(const PgFloor&) = delete;

    void exec(const QByteArray& sql);
    void prepare(const char* name, const char* sql);
    /// One round trip; how many rows came or were changed.
    int run(const PgStep& step);
    /// All of them in one round trip (libpq's pipeline); in one transaction, durable as the server has it.
    void runTogether(const std::vector<PgStep>& steps);
    /// As text, rows end with a newline.
    void copyIn(const QByteArray& statement, const QByteArray& rows);
    [[nodiscard]] pg_conn* handle() const { return m_handle; }

private:
    void check(pg_result* result);
    pg_conn* m_handle;
};

}
