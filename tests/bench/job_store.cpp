// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/job_store.h"

#include "core/base/time.h"
#include "core/database/database.h"
#include "core/database/migrations.h"
#include "tests/bench/bare_store.h"
#include "tests/bench/figures.h"
#include "tests/bench/floor.h"

#include <QDir>
#include <QFile>

#include <array>
#include <cstdio>

namespace bench {

using namespace Qt::StringLiterals;

namespace {

constexpr sqlite3_int64 second = 1'000'000;
constexpr qint64 rowsAtOnce = 200'000;

constexpr const char* insertJob =
    "INSERT INTO jobs (id, job_type, status, progress_pct, current_message, error_message, error_code, input_data, output_data, user_id, "
    "project_id, created_at, started_at, finished_at, updated_at, attempt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)";
constexpr const char* input = R"({"file_path":"inputs/holiday.mp4"})";
constexpr std::array types{"MEDIA_PROBE",   "SILENCE_DETECT", "SILENCE_APPLY",    "MEDIA_CONVERT",
                           "FRAME_EXTRACT", "MEDIA_PROBE",    "CAPTIONS_GENERATE"};

std::string_view view(const QByteArray& text)
{
    return {text.constData(), static_cast<size_t>(text.size())};
}

/// Indexes are made at the end, each in one go: ten millions of rows come in minutes instead of an hour.
QList<QByteArray> takeIndexesAway(BareStore& bare)
{
    QList<QByteArray> statements;
    QList<QByteArray> names;
    FloorStatement listed(bare.connection(),
                          "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'jobs' AND sql IS NOT NULL");
    listed.read([&](sqlite3_stmt* row) {
        names += reinterpret_cast<const char*>(sqlite3_column_text(row, 0));
        statements += reinterpret_cast<const char*>(sqlite3_column_text(row, 1));
    });
    for (const QByteArray& name : std::as_const(names))
        bare.exec(("DROP INDEX " + name).constData());
    return statements;
}

void addEnded(BareStore& bare, const JobStoreWish& wish, sqlite3_int64 newest)
{
    FloorStatement insert(bare.connection(), insertJob);
    bare.exec("BEGIN");
    for (qint64 i = 0; i < wish.jobs; ++i) {
        if (i > 0 && i % rowsAtOnce == 0) {
            bare.exec("COMMIT");
            bare.exec("BEGIN");
        }
        const bool failed = i % 10 == 0;
        const sqlite3_int64 created = newest - (wish.jobs - i) * second;
        const sqlite3_int64 ended = created + second + i % 600 * second;
        const QByteArray user = "user-" + QByteArray::number(i % 500);
        const QByteArray id = jobStoreId(i);
        const char* type = types.at(static_cast<size_t>(i) % types.size());
        if (failed)
            insert.run(view(id), type, "FAILED", 40, "Looking for silences", "The file holds no sound", "no_audio", input, nullptr,
                       view(user), "project-7", created, created + second, ended, ended);
        else
            insert.run(view(id), type, "DONE", 100, "Done", nullptr, nullptr, input, R"({"segments":[]})", view(user), "project-7", created,
                       created + second, ended, ended);
    }
    bare.exec("COMMIT");
}

void addNewest(BareStore& bare, const JobStoreWish& wish, sqlite3_int64 newest)
{
    FloorStatement insert(bare.connection(), insertJob);
    bare.exec("BEGIN");
    for (int i = 0; i < wish.running; ++i) {
        const QByteArray id = jobStoreId(wish.jobs + i);
        const sqlite3_int64 created = newest + i;
        insert.run(view(id), "MEDIA_CONVERT", "RUNNING", 0, "Starting", nullptr, nullptr, input, nullptr, "user-1", "project-7", created,
                   created, nullptr, created);
    }
    if (!wish.output.isEmpty()) {
        const QByteArray id = jobStoreId(wish.jobs + wish.running);
        insert.run(view(id), "TRANSCRIPTION_GENERATE", "DONE", 100, "Done", nullptr, nullptr, input, view(wish.output), "user-1",
                   "project-7", newest + second, newest + second, newest + 2 * second, newest + 2 * second);
    }
    bare.exec("COMMIT");
}

}

QByteArray jobStoreId(qint64 number)
{
    const QByteArray hex = QByteArray::number(number, 16).rightJustified(12, '0');
    return "01970000-" + hex.first(4) + "-7000-8000-" + hex;
}

void makeJobStore(const QString& path, const JobStoreWish& wish)
{
    {
        const auto made = must(core::database::Database::open(optionsAt(path)));
        must(core::database::migrate(*made));
    }
    BareStore bare(path);
    bare.exec("PRAGMA synchronous=OFF");
    const QList<QByteArray> indexes = takeIndexesAway(bare);
    const sqlite3_int64 newest = core::base::toMicros(core::base::systemNow()) - 60 * second;
    addEnded(bare, wish, newest);
    addNewest(bare, wish, newest);
    for (const QByteArray& index : indexes)
        bare.exec(index.constData());
    bare.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

QString keptJobStore(const QString& folder, qint64 jobs)
{
    const QString path = QDir(folder).filePath(u"jobs-%1-v%2.db"_s.arg(jobs).arg(core::database::newestSchemaVersion()));
    if (QFile::exists(path))
        return path;
    if (!QDir().mkpath(folder))
        giveUp(u"%1 cannot be made"_s.arg(folder));
    std::fprintf(stderr, "making a store of %lld jobs, once: %s\n", static_cast<long long>(jobs), qUtf8Printable(path));
    // under another name until it is whole: what a broken run left is not taken for a store
    const QString unfinished = path + u".unfinished"_s;
    for (const QString& suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(unfinished + suffix);
    makeJobStore(unfinished, {jobs});
    if (!QFile::rename(unfinished, path))
        giveUp(u"%1 cannot be renamed"_s.arg(unfinished));
    return path;
}

}
