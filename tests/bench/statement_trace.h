// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <map>

namespace bench {

/// How often each statement text ran.
using StatementCounts = std::map<QByteArray, int>;

/// While it lives, every SQLite connection that this process opens is traced (sqlite3_auto_extension), whoever opens it.
class StatementTrace {
public:
    StatementTrace();
    ~StatementTrace();
    StatementTrace(const StatementTrace&) = delete;
    StatementTrace& operator=(const StatementTrace&) = delete;

    /// What ran during `work`; what triggers ran is left out.
    [[nodiscard]] StatementCounts countsOf(const std::function<void()>& work) const;
};

/// Says whether the floor runs what the product runs: "8.0 statements each, texts and counts agree", or the differences for
/// each operation. Statements that a group shares may come less often than one in ten operations and are not compared.
[[nodiscard]] QString describeAgreement(const StatementCounts& product, const StatementCounts& floor, int operations);

}
