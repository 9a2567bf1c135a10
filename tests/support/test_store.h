// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace test_support {

/// Whether this run of a test program is its second row: the same cases on Postgres (SIGNALBOX_TEST_POSTGRES holds the server's place).
[[nodiscard]] bool onPostgres();

/// A store of its own for one test: a file below `folder`, or a schema on the tests' server (a new database would cost a checkpoint),
/// which goes with this object.
class TestStore {
public:
    explicit TestStore(const QString& folder);
    ~TestStore();
    TestStore(const TestStore&) = delete;
    TestStore& operator=(const TestStore&) = delete;

    [[nodiscard]] const QString& path() const { return m_path; }    ///< as DatabaseOptions has it

private:
    QString m_path;
    QString m_name;    // of the schema; empty for a file
};

}
