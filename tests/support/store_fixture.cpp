// SPDX-License-Identifier: Apache-2.0
#include "tests/support/store_fixture.h"

#include "core/database/migrations.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace core;

namespace test_support {

namespace {

template <class T>
T orDie(Result<T> result)
{
    if (!result)
        qFatal("%s: %s", qUtf8Printable(result.error().code), qUtf8Printable(result.error().message));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

std::unique_ptr<database::Database> open(const QString& path, database::Access access, std::chrono::milliseconds busyTimeout)
{
    database::DatabaseOptions options;
    options.path = path;
    options.access = access;
    options.durability = database::Durability::Normal;
    options.busyTimeout = busyTimeout;
    return orDie(database::Database::open(options));
}

}

StoreFixture::StoreFixture()
    : settings{files::Storage(m_folder.filePath(u"storage"_s)), webhooks::MasterKey(QByteArray(32, 'k')), [this] { return now; }, {}}
{
    reconnect();
    orDie(database::migrate(*m_database));
    orDie(settings.storage.write(inputKey, "not empty, which is all that the door looks at"));
}

std::unique_ptr<database::Database> StoreFixture::connect(database::Access access, std::chrono::milliseconds busyTimeout) const
{
    return open(storePath(), access, busyTimeout);
}

void StoreFixture::reconnect(std::chrono::milliseconds busyTimeout)
{
    m_service.reset();
    m_database.reset();
    m_database = open(storePath(), database::Access::ReadWrite, busyTimeout);
    m_service = std::make_unique<tasks::TaskService>(*m_database, settings);
}

JobId StoreFixture::submit(JobType type)
{
    return submitAnswer(type).jobId;
}

tasks::SubmitAnswer StoreFixture::submitAnswer(JobType type, const QString& userId, bool force)
{
    tasks::SubmitRequest request;
    request.type = type;
    request.input = sampleInput(type);
    request.userId = userId;
    request.force = force;
    return orDie(m_service->submit(caller, request));
}

jobs::Job StoreFixture::job(const JobId& id)
{
    return orDie(jobs().find(id)).value_or(jobs::Job{});
}

qint64 StoreFixture::count(const char* sql)
{
    auto query = m_database->prepare(QByteArray(sql), database::Path::Hot);
    return orDie(query.fetchOne([](database::Row& row) { return row.int64(); })).value_or(0);
}

void StoreFixture::exec(const char* sql)
{
    orDie(m_database->exec(sql));
}

void StoreFixture::refuseInserts(const QByteArray& table, const QByteArray& when)
{
    const QByteArray condition = when.isEmpty() ? QByteArray() : " WHEN (" + when + ")";
    if (!m_database->isPostgres()) {
        const QByteArray trigger = "CREATE TEMP TRIGGER refuse_" + table + " BEFORE INSERT ON main." + table + condition +
                                   " BEGIN SELECT RAISE(ABORT, 'refused by a test'); END";
        return exec(trigger.constData());
    }
    exec("CREATE OR REPLACE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS "
         "$$ BEGIN RAISE EXCEPTION 'refused by a test'; END $$");
    const QByteArray trigger =
        "CREATE TRIGGER refuse_" + table + " BEFORE INSERT ON " + table + " FOR EACH ROW" + condition + " EXECUTE FUNCTION refuse_row()";
    exec(trigger.constData());
}

void StoreFixture::allowInserts(const QByteArray& table)
{
    exec((m_database->isPostgres() ? "DROP TRIGGER refuse_" + table + " ON " + table : "DROP TRIGGER temp.refuse_" + table).constData());
}

void takeHold(database::Database& database)
{
    orDie(database.exec(database.isPostgres() ? "BEGIN" : "BEGIN IMMEDIATE"));
    if (database.isPostgres())    // reads go on, as they do beside SQLite's writer
        orDie(database.exec("LOCK TABLE jobs, webhook_deliveries, operator_journal IN EXCLUSIVE MODE"));
}

void letGo(database::Database& database)
{
    orDie(database.exec("ROLLBACK"));
}

QByteArray sampleInput(JobType type)
{
    switch (type) {
    case JobType::MediaProbe:
    case JobType::SilenceDetect:
    case JobType::TranscriptionGenerate:
    case JobType::FrameExtract: return R"({"file_path":"inputs/clip.mp4"})";
    case JobType::SilenceApply: return R"({"file_path":"inputs/clip.mp4","segments":[{"start_ms":1000,"end_ms":2000}]})";
    case JobType::MediaConvert: return R"({"file_path":"inputs/clip.mp4","container":"webm"})";
    case JobType::CaptionsGenerate: return R"({"file_path":"inputs/clip.mp4","segments":[{"start_ms":0,"end_ms":900,"text":"Hello"}]})";
    case JobType::Unknown: return "{}";
    }
    Q_UNREACHABLE();
}

QByteArray sampleOutput(JobType type, const JobId& id)
{
    const QByteArray folder = "outputs/" + id.text.toUtf8();
    switch (type) {
    case JobType::MediaProbe:
        return R"({"format":{"name":"mov,mp4","duration_ms":6200},"streams":[{"index":0,"kind":"video"}],"raw":{"a":1.0}})";
    case JobType::SilenceDetect:
        return R"({"duration_ms":6200,"total_silence_ms":1300,"segments":[{"start_ms":0,"end_ms":500},{"start_ms":2000,"end_ms":2800}]})";
    case JobType::SilenceApply: return R"({"file_path":")" + folder + R"(/cut.mp4","duration_ms":5200,"removed_ms":1000,"size_bytes":3})";
    case JobType::MediaConvert:
        return R"({"file_path":")" + folder + R"(/clip.webm","container":"webm","duration_ms":6200,"size_bytes":3})";
    case JobType::TranscriptionGenerate:
        return R"({"transcription_id":"t-)" + id.text.toUtf8() +
               R"(","engine":"pocketsphinx","model":"en-us","language":"en","duration_ms":6200,"text":"go on","segments":)"
               R"([{"start_ms":100,"end_ms":900,"text":"go <on>","words":[{"start_ms":100,"end_ms":400,"text":"go"}]}]})";
    case JobType::FrameExtract:
        return R"({"frames":[{"file_path":")" + folder + R"(/1.jpg","timestamp_ms":0},{"file_path":")" + folder +
               R"(/2.jpg","timestamp_ms":1000}],"frames_folder":")" + folder + R"("})";
    case JobType::CaptionsGenerate:
        return R"({"file_path":")" + folder + R"(/captioned.mp4","renderer":"local","duration_ms":6200,"size_bytes":3})";
    case JobType::Unknown: return "{}";
    }
    Q_UNREACHABLE();
}

QStringList outputFiles(JobType type, const JobId& id)
{
    const QString folder = u"outputs/"_s + id.text;
    switch (type) {
    case JobType::SilenceApply: return {folder + u"/cut.mp4"_s};
    case JobType::MediaConvert: return {folder + u"/clip.webm"_s};
    case JobType::FrameExtract: return {folder + u"/1.jpg"_s, folder + u"/2.jpg"_s};
    case JobType::CaptionsGenerate: return {folder + u"/captioned.mp4"_s};
    case JobType::MediaProbe:
    case JobType::SilenceDetect:
    case JobType::TranscriptionGenerate:
    case JobType::Unknown: return {};
    }
    Q_UNREACHABLE();
}

void writeOutputFiles(const files::Storage& storage, JobType type, const JobId& id)
{
    for (const QString& key : outputFiles(type, id)) {    // not through the storage: thousands of them need not outlast a power cut
        const QString path = orDie(storage.resolve(key));
        QFile file(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) || file.write("abc") != 3)
            qFatal("%s cannot be written", qUtf8Printable(path));
    }
}

tasks::IncomingDelivery trustedReport(const JobId& id, const QByteArray& body)
{
    tasks::IncomingDelivery delivery;
    delivery.jobId = id;
    delivery.isTrusted = true;
    delivery.body = body;
    return delivery;
}

tasks::IncomingDelivery signedReport(const webhooks::MasterKey& key, const WebhookId& id, const QByteArray& body, const QByteArray& eventId,
                                     Time at)
{
    const QByteArray stamp = QByteArray::number(base::toMicros(at) / 1'000'000);
    tasks::IncomingDelivery delivery;
    delivery.webhookId = id;
    delivery.body = body;
    delivery.headers = {{"Content-Type", "application/json"},
                        {"webhook-id", eventId},
                        {"webhook-timestamp", stamp},
                        {"webhook-signature", webhooks::sign(key.secretOf(id), eventId, stamp, body)}};
    return delivery;
}

QByteArray doneBody(JobType type, const JobId& id, const QByteArray& eventId)
{
    return R"({"status":"DONE","event_id":")" + eventId + R"(","output_data":)" + sampleOutput(type, id) + '}';
}

namespace {

QByteArray tablesOf(const database::Database& database)
{
    return database.isPostgres() ? "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
                                 : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
}

QByteArray columnsOf(const database::Database& database, const QByteArray& table)
{
    return database.isPostgres() ? "SELECT 'quote_nullable(\"' || column_name || '\"::text)' FROM information_schema.columns "
                                   "WHERE table_schema = current_schema() AND table_name = '" + table + "' ORDER BY ordinal_position"
                                 : "SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('" + table + "')";
}

}

QByteArray dump(database::Database& database)
{
    const auto texts = [&](const QByteArray& sql) {
        auto query = database.prepare(sql, database::Path::Hot);
        return orDie(query.fetchAll([](database::Row& row) { return row.bytes(); }));
    };
    QByteArray all;
    for (const QByteArray& table : texts(tablesOf(database))) {
        const QByteArrayList columns = texts(columnsOf(database, table));
        all += table + '\n';
        for (const QByteArray& row : texts("SELECT " + columns.join(" || '|' || ") + " FROM \"" + table + "\" ORDER BY 1"))
            all += row + '\n';
    }
    return all;
}

QStringList listing(const QString& folder)
{
    QStringList entries;
    QDirIterator walk(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        QString entry = path.mid(folder.size());
        QFile file(path);
        if (walk.fileInfo().isFile() && file.open(QIODevice::ReadOnly)) {
            const QByteArray hash = QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha1).toHex();
            entry += u" %1 %2"_s.arg(file.size()).arg(QString::fromLatin1(hash));
        }
        entries.append(entry);
    }
    entries.sort();
    return entries;
}

QString dataPath(const QString& name)
{
    return qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u'/' + name;
}

}
