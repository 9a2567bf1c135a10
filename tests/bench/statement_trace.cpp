// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/statement_trace.h"

#include <sqlite3.h>

#include <QStringList>

#include <cmath>
#include <mutex>
#include <set>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr double sharedByGroup = 0.1;    // an operation

struct Counter {
    std::mutex mutex;
    bool counting = false;
    StatementCounts counts;
};

// sqlite3_auto_extension takes a bare function, so what it fills must be found without one.
Counter& counter()
{
    static Counter one;
    return one;
}

int countStatement(unsigned, void*, void*, void* text)
{
    const auto* sql = static_cast<const char*>(text);
    if (sql[0] == '-' && sql[1] == '-')
        return 0;    // a trigger's
    const std::scoped_lock lock(counter().mutex);
    if (counter().counting)
        ++counter().counts[sql];
    return 0;
}

int traceConnection(sqlite3* connection, const char**, const struct sqlite3_api_routines*)
{
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, countStatement, nullptr);
}

auto entryPoint()
{
    return reinterpret_cast<void (*)()>(traceConnection);    // the type that SQLite's manual asks for
}

}

StatementTrace::StatementTrace()
{
    sqlite3_auto_extension(entryPoint());
}

StatementTrace::~StatementTrace()
{
    sqlite3_cancel_auto_extension(entryPoint());
}

StatementCounts StatementTrace::countsOf(const std::function<void()>& work) const
{
    {
        const std::scoped_lock lock(counter().mutex);
        counter().counts.clear();
        counter().counting = true;
    }
    work();
    const std::scoped_lock lock(counter().mutex);
    counter().counting = false;
    return std::move(counter().counts);
}

QString describeAgreement(const StatementCounts& product, const StatementCounts& floor, int operations)
{
    const auto each = [&](const StatementCounts& counts, const QByteArray& text) {
        const auto found = counts.find(text);
        return found == counts.end() ? 0.0 : static_cast<double>(found->second) / operations;
    };
    std::set<QByteArray> texts;
    double ours = 0;
    double bare = 0;
    for (const auto& [text, count] : product)
        texts.insert(text);
    for (const auto& [text, count] : floor)
        texts.insert(text);
    QStringList differences;
    for (const QByteArray& text : texts) {
        const double left = each(product, text);
        const double right = each(floor, text);
        ours += left;
        bare += right;
        if (std::abs(left - right) > sharedByGroup)
            differences.append(u"%1 to %2: %3"_s.arg(left, 0, 'f', 2).arg(right, 0, 'f', 2).arg(QString::fromUtf8(text.left(60))));
    }
    const QString counted = u"%1 statements an operation, floor %2"_s.arg(ours, 0, 'f', 2).arg(bare, 0, 'f', 2);
    return differences.isEmpty() ? counted + u"; texts and counts agree"_s
                                 : counted + u"; product to floor: "_s + differences.join(u" | "_s);
}

}
