// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/floor.h"

#include "tests/bench/figures.h"
#include "tests/bench/floor_statements.h"

#include <cstdio>
#include <cstring>

namespace bench {

const char* const sampleKey = "inputs/7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730/holiday.mp4";
const char* const sampleInput = R"({"file_path":"inputs/7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730/holiday.mp4",)"
                                R"("out_folder":"outputs/frames","mode":"timestamps","timestamps_ms":[0,1500,3000,4500,6000,7500,9000],)"
                                R"("interval_ms":1000,"scene_threshold":0.4,"width":640,"image_format":"jpg","max_frames":100})";

namespace {

constexpr const char* runningBody = R"({"event_id":"0190f5b4-7a1c-7d2e-8f3a-4b5c6d7e8f90","status":"RUNNING","attempt":1,"sequence":1,)"
                                    R"("occurred_at":"2026-11-22T12:01:07.250000Z"})";
constexpr const char* progressBody = R"({"event_id":"0190f5b4-7a1c-7d2e-8f3a-4b5c6d7e8f90","status":"RUNNING","attempt":1,"sequence":17,)"
                                     R"("progress_pct":50,"current_message":"Halfway","occurred_at":"2026-11-22T12:01:07.250000Z"})";
constexpr const char* failedBody =
    R"({"event_id":"0190f5b4-7a1c-7d2e-8f3a-4b5c6d7e8f90","status":"FAILED","attempt":1,"sequence":18,)"
    R"("error_message":"The file holds no sound","error_code":"no_audio","occurred_at":"2026-11-22T12:01:07.250000Z"})";
constexpr const char* doneBody = R"({"event_id":"0190f5b4-7a1c-7d2e-8f3a-4b5c6d7e8f90","status":"DONE","attempt":1,"sequence":18,)"
                                 R"("current_message":"Done","occurred_at":"2026-11-22T12:01:07.250000Z","output_data":{"frames":[]}})";
constexpr const char* headers = R"([["webhook-id","0190f5b4-7a1c-7d2e-8f3a-4b5c6d7e8f90"],["webhook-timestamp","1795348867"],)"
                                R"(["webhook-signature","v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="]])";

const char* bodyOf(FloorReport report)
{
    switch (report) {
    case FloorReport::Running: return runningBody;
    case FloorReport::Progress: return progressBody;
    case FloorReport::Failed: return failedBody;
    case FloorReport::Done: return doneBody;
    }
    Q_UNREACHABLE();
}

sqlite3_int64 nowMicros()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}

FloorId nextFloorId()
{
    static quint64 count = 0;
    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = static_cast<quint64>(std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count());
    ++count;
    const quint64 high = (ms << 16) | 0x7000U | (count & 0xfffU);
    const quint64 low = count * 0x9e3779b97f4a7c15ULL;
    FloorId id;
    size_t at = 0;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            id.text[at++] = '-';
        id.text[at++] = "0123456789abcdef"[((nibble < 16 ? high : low) >> (60 - 4 * (nibble % 16))) & 0xfU];
    }
    return id;
}

FloorStatement::FloorStatement(sqlite3* connection, const char* sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        giveUp(QString::fromUtf8(sqlite3_errmsg(connection)));
    m_statement.reset(statement);
}

bool FloorStatement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        giveUp(QString::fromUtf8(sqlite3_errmsg(sqlite3_db_handle(m_statement.get()))));
    return code == SQLITE_ROW;
}

int FloorStatement::stepToEnd()
{
    int rows = 0;
    while (step())
        ++rows;
    sqlite3_reset(m_statement.get());
    return rows;
}

struct Floor::Statements {
    explicit Statements(sqlite3* connection) : db(connection) {}
    sqlite3* db;
    FloorStatement begin{db, sql::begin}, commit{db, sql::commit}, savepoint{db, sql::savepoint}, release{db, sql::release};
    FloorStatement findTwin{db, sql::findTwin}, insertJob{db, sql::insertJob}, insertWebhook{db, sql::insertWebhook};
    FloorStatement insertEvent{db, sql::insertEvent}, insertMessage{db, sql::insertMessage}, insertJournal{db, sql::insertJournal};
    FloorStatement findWebhook{db, sql::findWebhook}, findJob{db, sql::findJob}, hasEventId{db, sql::hasEventId};
    FloorStatement lastWorkerSequence{db, sql::lastWorkerSequence}, updateJob{db, sql::updateJob}, insertArtifact{db, sql::insertArtifact};
    FloorStatement insertNotification{db, sql::insertNotification}, insertDelivery{db, sql::insertDelivery},
        findDelivery{db, sql::findDelivery};
    FloorStatement isPaused{db, sql::isPaused}, lease{db, sql::lease}, startAttempt{db, sql::startAttempt},
        insertAttempt{db, sql::insertAttempt};
    FloorStatement finishAttempt{db, sql::finishAttempt}, acknowledge{db, sql::acknowledge};
};

Floor::Floor(const QString& path)
{
    if (sqlite3_open_v2(path.toUtf8().constData(), &m_connection, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
        giveUp(QString::fromUtf8(sqlite3_errmsg(m_connection)));
    for (const char* pragma : {"PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-32768",
                               "PRAGMA mmap_size=268435456", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"})
        exec(pragma);
    m_do = std::make_unique<Statements>(m_connection);
    FloorStatement(m_connection, sql::insertWorker).run(m_worker);    // its lease asks for it
}

Floor::~Floor()
{
    m_do.reset();
    sqlite3_close(m_connection);
}

void Floor::exec(const char* text)
{
    if (sqlite3_exec(m_connection, text, nullptr, nullptr, nullptr) != SQLITE_OK)
        giveUp(QString::fromUtf8(sqlite3_errmsg(m_connection)));
}

void Floor::begin()
{
    m_do->begin.run();
}

void Floor::commit()
{
    m_do->commit.run();
}

void Floor::journal(const char* action, const FloorId& target)
{
    char named[48] = "job:";
    target.view().copy(named + 4, target.text.size());
    m_do->insertJournal.run(nextFloorId(), "bench", "operator", action, named, nullptr, nullptr, nullptr, "bench", nowMicros());
}

FloorJob Floor::submit()
{
    const FloorJob job{nextFloorId(), nextFloorId()};
    const FloorId message = nextFloorId();
    // As scattered as the product's SHA-256, at the price of a multiplication.
    const auto scatter = static_cast<unsigned long long>(++m_submits) * 0x9e3779b97f4a7c15ULL;
    char dedupeKey[65];
    std::snprintf(dedupeKey, sizeof dedupeKey, "%016llx%016llx%016llx%016llx", scatter, ~scatter, scatter >> 1, ~scatter >> 1);
    const sqlite3_int64 now = nowMicros();
    m_do->findTwin.run(dedupeKey);
    m_do->insertJob.run(job.id, "FRAME_EXTRACT", "PENDING", 0, nullptr, sampleInput, "user-123456", "project-7", message, dedupeKey,
                        nullptr, now, now);
    m_do->insertWebhook.run(job.webhook, job.id, "standard-v1", 1, now);
    m_do->insertEvent.run(nextFloorId(), job.id, "created", "PENDING", nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, "bench", now);
    m_do->insertMessage.run(message, "media", job.id, "FRAME_EXTRACT", now);
    journal("submit", job.id);
    return job;
}

void Floor::prepareDone(const FloorJob& job, bool signedCall)
{
    if (signedCall)
        m_do->findWebhook.run(job.webhook);
    m_do->findJob.run(job.id);
}

void Floor::record(const FloorJob& job, FloorReport report, bool signedCall, const FloorId* replayOf)
{
    static sqlite3_int64 sequence = 1;
    const bool isEnd = report == FloorReport::Failed || report == FloorReport::Done;
    const char* status = report == FloorReport::Failed ? "FAILED" : report == FloorReport::Done ? "DONE" : "RUNNING";
    const FloorId eventId = nextFloorId();
    const sqlite3_int64 now = nowMicros();
    m_do->savepoint.run();
    if (signedCall)
        m_do->findWebhook.run(job.webhook);
    m_do->findJob.run(job.id);
    m_do->hasEventId.run(job.id, eventId);
    if (!isEnd)
        m_do->lastWorkerSequence.run(job.id, 1);
    ++sequence;
    switch (report) {
    case FloorReport::Running:
        m_do->updateJob.run(status, nullptr, nullptr, nullptr, nullptr, nullptr, 1, now, nullptr, now, job.id);
        break;
    case FloorReport::Progress: m_do->updateJob.run(status, 50, "Halfway", nullptr, nullptr, nullptr, 1, now, nullptr, now, job.id); break;
    case FloorReport::Failed:
        m_do->updateJob.run(status, nullptr, nullptr, "The file holds no sound", "no_audio", nullptr, 1, now, now, now, job.id);
        break;
    case FloorReport::Done: m_do->updateJob.run(status, 100, "Done", nullptr, nullptr, R"({"frames":[]})", 1, now, now, now, job.id); break;
    }
    m_do->insertEvent.run(nextFloorId(), job.id, report == FloorReport::Progress ? "progress" : "status", status, 50, "Halfway", nullptr,
                          eventId, 1, sequence, "worker", now);
    if (report == FloorReport::Done)
        m_do->insertArtifact.run(nextFloorId(), job.id, nullptr, "frames", R"({"frames":0})", now);
    if (isEnd)
        m_do->insertNotification.run(nextFloorId(), "user-123456", job.id, "job_failed", "frame extract failed", "The file holds no sound",
                                     nullptr, 0, now);
    m_do->release.run();
    keepDelivery(job, report, signedCall, replayOf, "applied");
}

void Floor::keepDelivery(const FloorJob& job, FloorReport report, bool signedCall, const FloorId* replayOf, const char* outcome)
{
    const FloorId id = nextFloorId();
    const sqlite3_int64 now = nowMicros();
    const char* source = replayOf ? "replay" : "worker";
    const char* verdict = signedCall && !replayOf ? "valid" : "not_checked";
    const std::string_view origin = replayOf ? replayOf->view() : std::string_view();
    const std::string_view webhook = signedCall ? job.webhook.view() : std::string_view();
    m_do->insertDelivery.run(id, webhook, job.id, now, source, "POST", signedCall ? headers : "[]", bodyOf(report), verdict, outcome,
                             nullptr, "notify", 120, origin);
}

FloorId Floor::keepRefused(const FloorJob& job)
{
    const FloorId id = nextFloorId();
    m_do->insertDelivery.run(id, job.webhook, job.id, nowMicros(), "worker", "POST", headers, progressBody, "valid", "rejected",
                             "store_locked: The store is locked", "receive", 120, nullptr);
    return id;
}

void Floor::readDelivery(const FloorId& id)
{
    m_do->findDelivery.run(id);
}

int Floor::drain(int limit)
{
    struct Taken {
        FloorJob job;
        FloorId message;
    };
    std::vector<Taken> batch;
    m_do->isPaused.run("queue.media.paused");
    exec("PRAGMA synchronous=NORMAL");
    begin();
    m_do->lease.read(
        [&](sqlite3_stmt* row) {
            Taken taken;
            std::memcpy(taken.message.text.data(), sqlite3_column_text(row, 1), 36);
            std::memcpy(taken.job.id.text.data(), sqlite3_column_text(row, 3), 36);
            batch.push_back(taken);
        },
        m_worker, "media", limit);
    for (const Taken& taken : batch) {
        m_do->startAttempt.run(nowMicros(), taken.job.id);
        m_do->insertAttempt.run(taken.job.id, 1, m_worker, "bench", 4711, nowMicros());
        m_do->findJob.run(taken.job.id);
    }
    commit();
    begin();
    for (const Taken& taken : batch)
        record(taken.job, FloorReport::Running, false);
    commit();
    exec("PRAGMA synchronous=FULL");
    for (const Taken& taken : batch)
        prepareDone(taken.job, false);
    begin();
    for (const Taken& taken : batch)
        record(taken.job, FloorReport::Done, false);
    for (const Taken& taken : batch) {
        m_do->finishAttempt.run(nowMicros(), "done", nullptr, "[]", "", taken.job.id, 1);
        m_do->acknowledge.run(taken.message, m_worker);
    }
    commit();
    return static_cast<int>(batch.size());
}

}
