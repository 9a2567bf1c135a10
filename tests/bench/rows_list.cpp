// SPDX-License-Identifier: Apache-2.0
#include "core/database/migrations.h"
#include "core/jobs/list_repository.h"
#include "tests/bench/floor_statements.h"
#include "tests/bench/rows.h"
#include "tests/bench/store.h"

#include <QFile>

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int pagesInRound = 200;
constexpr int summaryColumns = 20;
constexpr qint64 firstCreated = 1'790'000'000'000'000;
constexpr qint64 step = 1'000'000;

double millis(const std::function<void()>& work)
{
    const auto begin = SteadyClock::now();
    work();
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

/// One job in ten has failed.
void fill(const QString& path, int rows)
{
    Floor bare(path);
    FloorStatement insert(
        bare.connection(),
        "INSERT INTO jobs (id, job_type, status, progress_pct, current_message, input_data, user_id, created_at, updated_at, attempt) "
        "VALUES (?, 'FRAME_EXTRACT', ?, 100, 'Done', '{\"file_path\":\"inputs/holiday.mp4\"}', 'user-123456', ?, ?, 1)");
    bare.begin();
    for (int i = 0; i < rows; ++i) {
        const sqlite3_int64 at = firstCreated + i * step;
        insert.run(nextFloorId(), i % 10 == 0 ? "FAILED" : "DONE", at, at);
    }
    bare.commit();
    bare.exec("ANALYZE");
}

template <class... Values>
void readPage(FloorStatement& statement, const Values&... key)
{
    int rows = 0;
    qsizetype bytes = 0;
    statement.read(
        [&](sqlite3_stmt* row) {
            for (int column = 0; column < summaryColumns; ++column) {
                (void)sqlite3_column_text(row, column);
                bytes += sqlite3_column_bytes(row, column);
            }
            ++rows;
        },
        key...);
    if (rows != 101 || bytes == 0)
        giveUp(u"a page of %1 rows"_s.arg(rows));
}

void openOnFloor(const QString& path, bool isNew)
{
    sqlite3* connection = nullptr;
    const auto exec = [&](const QByteArray& sql) {
        if (sqlite3_exec(connection, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
            giveUp(QString::fromUtf8(sqlite3_errmsg(connection)));
    };
    if (sqlite3_open(path.toUtf8().constData(), &connection) != SQLITE_OK)
        giveUp(QString::fromUtf8(sqlite3_errmsg(connection)));
    exec("SELECT count(*) FROM sqlite_master; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768; PRAGMA "
         "mmap_size=268435456; "
         "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    if (isNew) {
        QFile schema(u":/schema/sqlite/0001_core.sql"_s);
        if (!schema.open(QIODevice::ReadOnly))
            giveUp(u"the schema is not in the program"_s);
        exec("BEGIN IMMEDIATE");
        exec(schema.readAll());
        exec("COMMIT");
    }
    sqlite3_close(connection);
}

void openOurs(const QString& path)
{
    const auto opened = must(database::Database::open(optionsAt(path)));
    must(database::migrate(*opened));
}

}

Figure openNewStore(const Options& options)
{
    const QTemporaryDir folder(options.folder + u"/bench-XXXXXX"_s);
    int made = 0;
    const auto next = [&] { return folder.filePath(u"%1.db"_s.arg(++made)); };
    Figure figure = compare(
        u"open-new"_s, u"ms"_s, {}, 2 * options.rounds, [&] { return millis([&] { openOurs(next()); }); },
        [&] { return millis([&] { openOnFloor(next(), true); }); });
    figure.note = u"open, make the schema, close; floor: the same script through sqlite3_exec"_s;
    return figure;
}

Figure openOldStore(const Options& options)
{
    const QTemporaryDir folder(options.folder + u"/bench-XXXXXX"_s);
    const QString path = folder.filePath(u"store.db"_s);
    openOurs(path);
    Figure figure = compare(
        u"open-old"_s, u"ms"_s, {}, 2 * options.rounds, [&] { return millis([&] { openOurs(path); }); },
        [&] { return millis([&] { openOnFloor(path, false); }); });
    figure.note = u"open and find nothing to migrate, close"_s;
    return figure;
}

QList<Figure> listPages(const Options& options)
{
    Store store(options.folder);
    fill(store.path(), options.listRows);
    Floor bare(store.path());
    FloorStatement firstPage(bare.connection(), sql::firstPage);
    FloorStatement deepPage(bare.connection(), sql::deepPage);
    const jobs::JobListRepository list(store.database());
    const auto filter = must(jobs::parseFilter(u"status:failed"_s, base::systemNow()));
    const qint64 middle = firstCreated + step * options.listRows / 2;
    jobs::PageRequest deep;
    deep.after = jobs::JobKey{middle, JobId{u"z"_s}};
    const auto micros = [](auto page) {
        return [page] {
            return 1000.0 / pagesInRound * millis([&] {
                       for (int i = 0; i < pagesInRound; ++i)
                           page();
                   });
        };
    };
    const auto ours = [&](const jobs::PageRequest& request) {
        return micros([&list, &filter, request] {
            if (must(list.page(filter, request)).rows.size() != 100)
                giveUp(u"a short page"_s);
        });
    };
    Figure first = compare(u"list-first-page"_s, u"us"_s, {}, options.rounds, ours({}), micros([&] { readPage(firstPage); }));
    first.note = u"100 of %1 jobs, status:failed, newest first; floor: the bare query, prepared, columns read"_s.arg(options.listRows);
    Figure further =
        compare(u"list-keyset-half-way"_s, u"us"_s, {}, options.rounds, ours(deep), micros([&] { readPage(deepPage, middle, "z"); }));
    first.better = further.better = Better::Lower;
    return {first, further};
}

}
