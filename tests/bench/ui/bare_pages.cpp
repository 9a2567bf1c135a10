// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/bare_pages.h"

#include "tests/bench/bare_store.h"
#include "tests/bench/figures.h"
#include "tests/bench/floor.h"
#include "tests/bench/ui/process_facts.h"

#include <random>

namespace bench {

namespace {

#define SUMMARY_COLUMNS                                                                                                                    \
    "id, job_type, status, progress_pct, current_message, error_message, error_code, user_id, project_id, broker_id, dedupe_key, "         \
    "attempt, retried_from, created_at, started_at, finished_at, updated_at, cancel_requested_at, cancel_broker_informed_at, "             \
    "cancel_acknowledged_at, created_at"
constexpr int columns = 21;

template <class... Values>
double timeOf(FloorStatement& statement, const Values&... values)
{
    const double begun = machineMs();
    qsizetype bytes = 0;
    statement.read(
        [&](sqlite3_stmt* row) {
            for (int column = 0; column < columns; ++column) {
                (void)sqlite3_column_text(row, column);
                bytes += sqlite3_column_bytes(row, column);
            }
        },
        values...);
    if (bytes == 0)
        giveUp(QStringLiteral("an empty page"));
    return machineMs() - begun;
}

sqlite3_int64 createdAt(BareStore& store, const char* statement)
{
    sqlite3_int64 value = 0;
    FloorStatement(store.connection(), statement).read([&](sqlite3_stmt* row) { value = sqlite3_column_int64(row, 0); });
    return value;
}

}

void measureBarePages(const QString& path, int rounds, const BarePages& take)
{
    BareStore store(path);
    FloorStatement failed(store.connection(),
                          "SELECT " SUMMARY_COLUMNS " FROM jobs WHERE status = 'FAILED' ORDER BY created_at DESC, id DESC LIMIT 201");
    FloorStatement from(store.connection(), "SELECT " SUMMARY_COLUMNS
                                            " FROM jobs WHERE (created_at, id) < (?1, ?2) ORDER BY created_at DESC, id DESC LIMIT 201");
    const auto oldest = createdAt(store, "SELECT min(created_at) FROM jobs");
    const auto newest = createdAt(store, "SELECT max(created_at) FROM jobs");
    std::minstd_rand random;
    for (int round = 0; round <= rounds; ++round) {
        const double first = timeOf(failed);
        const auto place = oldest + (newest - oldest) / 1000 * static_cast<sqlite3_int64>(10 + random() % 980);
        const double far = timeOf(from, place, "z");
        if (round == 0)
            continue;
        take.newestFailed(first);
        take.fromSomewhere(far);
    }
}

}
