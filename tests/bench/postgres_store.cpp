// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/postgres_store.h"

#include "core/database/migrations.h"
#include "tests/bench/floor.h"
#include "tests/bench/store.h"

#include <QDir>
#include <QProcess>

#include <cstdlib>

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

QString serverPlace;

void script(const QString& verb)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(POSTGRES_SCRIPT), {verb, serverPlace});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        std::fprintf(stderr, "postgres.sh %s failed\n", qUtf8Printable(verb));
}

void stopServer()
{
    script(u"stop"_s);
    QDir(serverPlace).removeRecursively();
}

}

void needServer()
{
    if (!serverPlace.isEmpty())
        return;
    serverPlace = QDir::tempPath() + u"/signalbox-bench-%1"_s.arg(newUuidV7());
    script(u"durable"_s);
    std::atexit(stopServer);    // also after giveUp()
    qputenv("SIGNALBOX_TEST_POSTGRES", serverPlace.toUtf8());
}

PgStore::PgStore(const QString& folder)
    : m_folder((needServer(), folder + u"/bench-XXXXXX"_s)),
      m_product(m_folder.path()),
      m_bare(m_folder.path()),
      m_settings{files::Storage(m_folder.filePath(u"storage"_s)), webhooks::MasterKey(QByteArray(32, 'k')), base::systemNow, {}}
{
    must(m_settings.storage.write(QString::fromLatin1(sampleKey), "not media, but not empty"));
    for (const auto* store : {&m_product, &m_bare}) {
        const auto made = must(database::Database::open(optionsAt(store->path())));
        must(database::migrate(*made));
    }
}

PgSession PgStore::session() const
{
    PgSession session;
    session.database = must(database::Database::open(optionsAt(path())));
    session.service = std::make_unique<tasks::TaskService>(*session.database, m_settings);
    return session;
}

std::unique_ptr<PgFloor> PgStore::floor() const
{
    auto floor = std::make_unique<PgFloor>(m_bare.path());
    prepareSubmit(*floor);
    prepareReport(*floor);
    return floor;
}

tasks::SubmitRequest PgStore::nextRequest()
{
    return sampleRequest(++m_requests);
}

QList<tasks::SubmitRequest> PgStore::nextRequests(int count)
{
    QList<tasks::SubmitRequest> requests;
    for (int i = 0; i < count; ++i)
        requests.append(nextRequest());
    return requests;
}

tasks::IncomingDelivery PgStore::signedProgress(const WebhookId& webhook, qint64 sequence) const
{
    return signedReport(m_settings.masterKey, webhook, progressEvent(sequence));
}

namespace {

QByteArray newId()
{
    return newUuidV7().toLatin1();
}

constexpr const char* progressBody = R"({"event_id":"0190f5b4-7a1c-7d2e-8f3a-4b5c6d7e8f90","status":"RUNNING","attempt":1,"sequence":17,)"
                                     R"("progress_pct":50,"current_message":"Halfway","occurred_at":"2026-11-22T12:01:07.250000Z"})";

}

PgFloorJob nextFloorJob()
{
    return {newId(), newId()};
}

void prepareSubmit(PgFloor& floor)
{
    floor.prepare("begin", "BEGIN");
    floor.prepare("commit", "COMMIT");
    floor.prepare("job",
                  "INSERT INTO jobs (id, job_type, status, progress_pct, input_data, user_id, project_id, broker_id, dedupe_key, "
                  "created_at, updated_at) VALUES ($1, 'FRAME_EXTRACT', 'PENDING', 0, $2, 'user-123456', 'project-7', $3, $4, now(), "
                  "now()) ON CONFLICT DO NOTHING");
    floor.prepare("webhook",
                  "INSERT INTO webhooks (id, job_id, scheme, is_active, created_at) VALUES ($1, $2, 'standard-v1', TRUE, now())");
    floor.prepare("created", "INSERT INTO job_events (id, job_id, sequence, event_type, status, actor, created_at) "
                             "VALUES ($1, $2, 1, 'created', 'PENDING', 'bench', now())");
    floor.prepare("message", "INSERT INTO queue_messages (id, queue, job_id, actor, state, created_at) "
                             "VALUES ($1, 'media', $2, 'FRAME_EXTRACT', 'ready', now())");
    floor.prepare("journal", "INSERT INTO operator_journal (id, operator, role, action, target, connection, created_at) "
                             "VALUES ($1, 'bench', 'operator', 'submit', $2, 'bench', now())");
}

std::vector<PgStep> submitSteps(const PgFloorJob& job)
{
    const QByteArray message = newId();
    const QByteArray dedupeKey = newId() + newId();
    return {{"begin"},
            {"job", {job.id, sampleInput, message, dedupeKey}},
            {"webhook", {job.webhook, job.id}},
            {"created", {newId(), job.id}},
            {"message", {message, job.id}},
            {"journal", {newId(), "job:" + job.id}},
            {"commit"}};
}

void prepareReport(PgFloor& floor)
{
    floor.prepare("lock",
                  "SELECT id, job_type, status, progress_pct, current_message, attempt, created_at, started_at, updated_at, input_data "
                  "FROM jobs WHERE id = $1 FOR UPDATE");
    floor.prepare("running", "UPDATE jobs SET status = 'RUNNING', progress_pct = 50, current_message = 'Halfway', attempt = 1, "
                             "started_at = coalesce(started_at, now()), updated_at = now() "
                             "WHERE id = $1 AND status NOT IN ('DONE', 'FAILED', 'CANCELLED')");
    floor.prepare("done", "UPDATE jobs SET status = 'DONE', progress_pct = 100, current_message = 'Done', output_data = '{\"frames\":[]}', "
                          "finished_at = now(), updated_at = now() WHERE id = $1 AND status NOT IN ('DONE', 'FAILED', 'CANCELLED')");
    floor.prepare("event",
                  "INSERT INTO job_events (id, job_id, sequence, event_type, status, event_id, attempt, worker_sequence, actor, "
                  "created_at) VALUES ($1, $2, (SELECT coalesce(max(sequence), 0) + 1 FROM job_events WHERE job_id = $2), 'progress', "
                  "'RUNNING', $3, 1, 17, 'worker', now())");
    floor.prepare("delivery", "INSERT INTO webhook_deliveries (id, webhook_id, job_id, received_at, source, method, headers, body, "
                              "signature_verdict, outcome, stage_reached, duration_us) "
                              "VALUES ($1, $2, $3, now(), 'worker', 'POST', '[]', $4, 'valid', 'applied', 'notify', 120)");
}

std::vector<PgStep> reportSteps(const PgFloorJob& job, bool isDone)
{
    return {{"lock", {job.id}},
            {isDone ? "done" : "running", {job.id}},
            {"event", {newId(), job.id, newId()}},
            {"delivery", {newId(), job.webhook, job.id, progressBody}}};
}

}
