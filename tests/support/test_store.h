// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/database/database.h"

#include <QString>

#include <optional>
#include <variant>

namespace test_support {

/// Whether this run of a test program is its second row: the same cases on Postgres (SIGNALBOX_TEST_POSTGRES holds the server's place).
[[nodiscard]] bool onPostgres();

/// A store of its own for one test: a file below `folder`, or a schema on the tests' server (a new database would cost a checkpoint),
/// which goes with this object.
class TestStore {
public:
    explicit TestStore(const QString& folder, bool onServer = onPostgres());
    ~TestStore();
    TestStore(const TestStore&) = delete;
    TestStore& operator=(const TestStore&) = delete;

    [[nodiscard]] const QString& path() const { return m_path; }    ///< as DatabaseOptions has it
    /// Where the backend keeps the store's master key; on a server's store in a folder of this process.
    [[nodiscard]] QString keyPath() const;

private:
    QString m_path;
    QString m_name;    // of the schema; empty for a file
};

/// A UUID that is the name's first 16 bytes: ids of rows that sort as their names do, on both engines. `uuidOf(u"job"_s).first(6)` is
/// how the ids of all whose names begin with "job" begin.
[[nodiscard]] QString uuidOf(const QString& name);
template <class AnyId>
[[nodiscard]] AnyId idOf(const QString& name)
{
    return AnyId{uuidOf(name)};
}

/// What a column of a row gets: times as microseconds, whole numbers for true and false, bytes for a column of bytes.
using ColumnValue = std::variant<std::nullptr_t, qint64, QString, QByteArray>;
struct Column {
    const char* name;
    ColumnValue value;
};
/// A row as any program may have left it, past all rules of ours, the same on both engines. A failure ends the test program.
void insertRow(core::database::Database& database, const QByteArray& table, const QList<Column>& columns);
/// The rows in which all of `where` stands get these values.
void updateRows(core::database::Database& database, const QByteArray& table, const QList<Column>& columns, const QList<Column>& where);

}
