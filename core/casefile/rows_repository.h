// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/case_masking.h"
#include "core/database/database.h"

#include <functional>
#include <span>
#include <variant>

namespace core::casefile {

enum class CellKind { Integer, Text, Bytes };

struct CaseColumn {
    const char* name;
    CellKind kind = CellKind::Text;
    Rule rule = Rule::Keep;
};

/// A table of the store as it goes into a case and comes out of it: its columns in their order, but job_events.position, which each store
/// counts for itself. A test holds them against the schema.
struct CaseTable {
    const char* name;
    const char* ofJob;    ///< the condition on its rows for a job's id, :value; null for tables that hang on no job
    const char* order;    ///< a key that gives the same order in every copy
    size_t label;         ///< the column that tells which row of the job it is
    std::span<const CaseColumn> columns;
};

/// In the order in which rows may be inserted.
[[nodiscard]] std::span<const CaseTable> caseTables();
[[nodiscard]] const CaseTable& caseTable(const char* name);
/// The place of a column in a row of it.
[[nodiscard]] size_t columnIn(const CaseTable& table, const char* column);

using Cell = std::variant<std::monostate, qint64, QByteArray>;    ///< null, a number, or text in UTF-8 or bytes
using CaseRow = QList<Cell>;
[[nodiscard]] QString textOf(const Cell& cell);    ///< empty for null

/// Rows of any of these tables, in a store or in a case.
class CaseRowsRepository {
public:
    explicit CaseRowsRepository(database::Database& database) : m_database(database) {}
    using Visit = std::function<Result<void>(CaseRow& row)>;

    /// One after the other, so that a job's rows need not be in memory together. An error of `visit` ends it and is the answer.
    [[nodiscard]] Result<void> eachOfJob(const CaseTable& table, const JobId& job, const Visit& visit) const;
    [[nodiscard]] Result<void> eachWith(const CaseTable& table, const char* column, const QString& value, const Visit& visit) const;
    [[nodiscard]] Result<void> each(const CaseTable& table, const Visit& visit) const;
    [[nodiscard]] Result<qint64> count(const CaseTable& table) const;
    [[nodiscard]] Result<void> insert(const CaseTable& table, const CaseRow& row);
    /// Nothing where a row of that key stands there.
    [[nodiscard]] Result<void> insertIfNew(const CaseTable& table, const CaseRow& row);
    /// A row of that key that stands there without a job or a file gets those of this one; all else of it stays. Of `transcriptions`.
    [[nodiscard]] Result<void> insertOrAdopt(const CaseTable& table, const CaseRow& row);

private:
    [[nodiscard]] Result<void> visitAll(const CaseTable& table, database::Statement query, const Visit& visit) const;
    [[nodiscard]] Result<void> write(const QByteArray& verb, const CaseTable& table, const CaseRow& row, const QByteArray& otherwise = {});
    database::Database& m_database;
};

}
