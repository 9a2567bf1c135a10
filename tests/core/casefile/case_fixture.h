// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/repository.h"
#include "core/jobs/repository.h"
#include "tests/support/embedded_store.h"
#include "tests/support/store_fixture.h"

#include <QDirIterator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

namespace test_support {

using namespace Qt::StringLiterals;

/// What nobody may find in a case.
inline const QByteArray canary = "CANARY7d6c5b4a";

/// Runs `look` on a plain connection to the file, beside whatever the program under test has open.
template <class Look>
auto onFile(const QString& path, Look look)
{
    const QString name = QUuid::createUuid().toString();
    struct Remove {
        QString name;
        ~Remove() { QSqlDatabase::removeDatabase(name); }
    } const remove{name};
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    database.setDatabaseName(path);
    if (!database.open())
        qFatal("The file cannot be opened");
    return look(database);
}

/// Every value of every table, in one text.
inline QByteArray dumpOf(const QString& path)
{
    return onFile(path, [](QSqlDatabase& database) {
        QByteArray dump;
        const QStringList tables = database.tables();
        for (const QString& table : tables) {
            dump += "== " + table.toUtf8() + '\n';
            QSqlQuery query(u"SELECT * FROM \"%1\""_s.arg(table), database);
            while (query.next()) {
                for (int i = 0; i < query.record().count(); ++i)
                    dump += query.value(i).toByteArray() + '|';
                dump += '\n';
            }
        }
        return dump;
    });
}

inline qint64 numberIn(const QString& path, const QString& sql)
{
    return onFile(path, [&](QSqlDatabase& database) {
        QSqlQuery query(sql, database);
        return query.next() ? query.value(0).toLongLong() : qint64{-1};
    });
}

/// A store with jobs that have something to hide. A case is taken home into a file: that one is asked for with Place::File.
class CaseFixture : public EmbeddedStore {
public:
    explicit CaseFixture(Place where = Place::OfThisRow) : EmbeddedStore(where) {}

    void write(const QString& key, const QByteArray& bytes) const
    {
        QDir().mkpath(QFileInfo(path(key)).path());
        QFile file(path(key));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("A file of the test cannot be written");
    }
    [[nodiscard]] bool post(const core::JobId& id, const nlohmann::json& body) const
    {
        const auto done = backend->post(caller, id, QByteArray::fromStdString(body.dump()), core::tasks::Mode::Apply).wait();
        return done && done->outcome != core::webhooks::Outcome::Rejected;
    }
    /// A silence detection that is DONE, with its artifact, as a worker leaves it.
    [[nodiscard]] core::JobId detected(const QString& key = u"inputs/talk.wav"_s)
    {
        write(key, QByteArray(3 << 20, 'm') + "end");
        const auto answer = submit(core::JobType::SilenceDetect, {{"file_path", key.toStdString()}});
        if (!answer)
            return {};
        const nlohmann::json output{
            {"duration_ms", 4000}, {"total_silence_ms", 1000}, {"segments", {{{"start_ms", 1000}, {"end_ms", 2000}}}}};
        const bool done = post(answer->jobId, {{"status", "RUNNING"}, {"attempt", 1}, {"event_id", "a"}}) &&
                          post(answer->jobId, {{"status", "DONE"}, {"attempt", 1}, {"event_id", "b"}, {"output_data", output}});
        return done ? answer->jobId : core::JobId{};
    }
    /// Beside the backend, as another program would.
    [[nodiscard]] std::unique_ptr<core::database::Database> connect() const
    {
        core::database::DatabaseOptions wanted;
        wanted.path = options.storePath;
        wanted.durability = core::database::Durability::Normal;
        auto database = core::database::Database::open(wanted);
        if (!database)
            qFatal("%s", qUtf8Printable(database.error().message));
        return std::move(*database);
    }
    /// A store with a guard less: what is over may be written to.
    void dropGuard() const
    {
        const auto database = connect();
        if (!database->exec(database->isPostgres() ? "DROP TRIGGER jobs_terminal_is_final ON jobs" : "DROP TRIGGER jobs_terminal_is_final"))
            qFatal("The guard stays");
    }
    void insert(const char* table, const QList<Column>& columns) const { insertRow(*connect(), table, columns); }
    /// The first run of a job, with what it left behind.
    void insertRun(const core::JobId& id, const QString& error, const QString& commands, const QString& log) const
    {
        insert("job_attempts", {{"job_id", id.text},
                                {"attempt", 1},
                                {"worker", QStringLiteral("w")},
                                {"host", QStringLiteral("media-03")},
                                {"pid", 7},
                                {"started_at", 1},
                                {"finished_at", 2},
                                {"outcome", QStringLiteral("done")},
                                {"error", error},
                                {"commands", commands},
                                {"log", log}});
    }
    void update(const char* table, const QList<Column>& columns, const QList<Column>& where) const
    {
        updateRows(*connect(), table, columns, where);
    }
    /// The job's input with more keys.
    void addToInput(const core::JobId& id, const nlohmann::json& more) const
    {
        const auto stored = core::jobs::JobRepository(*connect()).find(id);
        auto input = nlohmann::json::parse((*stored)->inputData.toStdString());
        input.update(more);
        update("jobs", {{"input_data", QString::fromStdString(input.dump())}}, {{"id", id.text}});
    }
    /// Puts the canary wherever a secret may stand.
    void plantCanaries(const core::JobId& id) const
    {
        const QString c = QString::fromLatin1(canary);
        const QString who = id.text;
        dropGuard();
        update("jobs",
               {{"current_message", u"token: "_s + c},
                {"error_message", u"401 for https://user:%1@media.example/x"_s.arg(c)},
                {"output_data", u"{\"segments\":[],\"secret\":\"%1\",\"log\":\"Authorization: Bearer %1\"}"_s.arg(c)}},
               {{"id", who}});
        addToInput(id, {{"callback_token", c.toStdString()}, {"note", "sent with whsec_" + c.toStdString()}});
        update("job_events",
               {{"message", u"password=%1"_s.arg(c)},
                {"payload", u"{\"deep\":[{\"api_key\":\"%1\"}],\"error_message\":\"redis://u:%1@host\"}"_s.arg(c)}},
               {{"job_id", who}, {"sequence", 2}});
        insertRun(
            id, u"secret: %1"_s.arg(c),
            u"[{\"arguments\":[\"ffmpeg\",\"-headers\",\"Authorization: Bearer %1\",\"--password\",\"%1\"],\"exit_code\":0}]"_s.arg(c),
            u"line\nOpening 'https://me:%1@cdn/x'\nX-Api-Key: k api_key=%1\n"_s.arg(c));
        insertDelivery(
            u"d-wrong"_s, who, 5,
            u"[[\"webhook-signature\",\"v1,%1\"],[\"Authorization\",\"Bearer %1\"],[\"X-Api-Key\",\"%1\"],[\"X-Note\",\"token=%1\"],[\"a\",\"b\"]]"_s
                .arg(c),
            u"{\"status\":\"FAILED\",\"error_message\":\"at https://u:%1@h\",\"accessToken\":\"%1\"}"_s.arg(c).toUtf8(), u"wrong"_s,
            u"expected authorization: %1"_s.arg(c));
        insertDelivery(u"d-cut"_s, who, 6, u"[]"_s, u"{\"api_key\": \"%1"_s.arg(c).toUtf8(), u"not_checked"_s, {});
        insert("notifications", {{"id", uuidOf(u"n-1"_s)},
                                 {"job_id", who},
                                 {"kind", u"job_done"_s},
                                 {"title", u"token=%1"_s.arg(c)},
                                 {"body", u"Bearer %1"_s.arg(c)},
                                 {"payload", u"{\"token\":\"%1\"}"_s.arg(c)},
                                 {"created_at", 7}});
        update("artifacts", {{"meta", u"{\"apiKey\":\"%1\"}"_s.arg(c)}}, {{"job_id", who}});
        for (const auto& made : artifacts(id))
            update("files", {{"meta", u"{\"passwd\":\"%1\"}"_s.arg(c)}}, {{"id", made.artifact.fileId->text}});
        insert("transcriptions", {{"id", u"t-1"_s},
                                  {"job_id", who},
                                  {"text", u"the password: %1"_s.arg(c)},
                                  {"document", u"{\"text\":\"Bearer %1\"}"_s.arg(c)},
                                  {"created_at", 8}});
        for (const auto& made : artifacts(id))
            write(made.file->path, "{\"segments\":[],\"token\":\"" + canary + "\"}");
    }
    [[nodiscard]] core::Result<core::casefile::CaseSummary> exported(const core::casefile::CaseRequest& request, const QString& file) const
    {
        return backend->exportCase(request, file).wait();
    }
    [[nodiscard]] QString casePath(const QString& name = u"one.sbcase"_s) const { return folder.filePath(name); }
    void insertDelivery(const QString& name, const QString& job, qint64 at, const QString& headers, const QByteArray& body,
                        const QString& verdict, const QString& detail) const
    {
        insert("webhook_deliveries", {{"id", uuidOf(name)},
                                      {"job_id", job},
                                      {"received_at", at},
                                      {"source", u"worker"_s},
                                      {"method", u"POST"_s},
                                      {"headers", headers},
                                      {"body", body},
                                      {"signature_verdict", verdict},
                                      {"outcome", u"rejected"_s},
                                      {"outcome_detail", detail},
                                      {"stage_reached", u"receive"_s},
                                      {"duration_us", 9}});
    }
    /// Everything a refused act must leave alone.
    [[nodiscard]] QByteArray everything() const { return dump(*connect()) + under(u"."_s).join(u'\n').toUtf8(); }
};

/// A case whose rows somebody changed and made to fit again.
template <class Change>
void forge(const QString& path, Change change)
{
    core::database::DatabaseOptions options;
    options.path = path;
    auto database = core::database::Database::open(options);
    QVERIFY(database.has_value());
    core::casefile::CaseRepository repository(**database);
    auto facts = repository.facts();
    QVERIFY(facts.has_value());
    change(**database, *facts);
    const auto hash = repository.rowsHash();
    QVERIFY(hash.has_value());
    facts->rowsHash = *hash;
    QVERIFY(repository.finish(*facts).has_value());
    QVERIFY(repository.leaveLog().has_value());
}

}
