// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/casefile/repository.h"
#include "tests/support/embedded_store.h"

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

/// A store with jobs that have something to hide.
class CaseFixture : public EmbeddedStore {
public:
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
    void sql(const QString& statement, const QVariantList& values = {}) const
    {
        onFile(options.storePath, [&](QSqlDatabase& database) {
            QSqlQuery query(database);
            query.exec(u"PRAGMA busy_timeout=5000"_s);
            query.prepare(statement);
            for (const QVariant& value : values)
                query.addBindValue(value);
            if (!query.exec())
                qFatal("A statement of the test fails");
            return 0;
        });
    }
    /// Puts the canary wherever a secret may stand.
    void plantCanaries(const core::JobId& id) const
    {
        const QString c = QString::fromLatin1(canary);
        const QString who = id.text;
        sql(u"DROP TRIGGER jobs_terminal_is_final"_s);
        sql(u"UPDATE jobs SET current_message=?, error_message=?, output_data=? WHERE id=?"_s,
            {u"token: "_s + c, u"401 for https://user:%1@media.example/x"_s.arg(c),
             u"{\"segments\":[],\"secret\":\"%1\",\"log\":\"Authorization: Bearer %1\"}"_s.arg(c), who});
        sql(u"UPDATE jobs SET input_data=json_set(input_data, '$.callback_token', ?, '$.note', ?) WHERE id=?"_s,
            {c, u"sent with whsec_%1"_s.arg(c), who});
        sql(u"UPDATE job_events SET message=?, payload=? WHERE job_id=? AND sequence=2"_s,
            {u"password=%1"_s.arg(c), u"{\"deep\":[{\"api_key\":\"%1\"}],\"error_message\":\"redis://u:%1@host\"}"_s.arg(c), who});
        sql(u"INSERT INTO job_attempts (job_id, attempt, worker, host, pid, started_at, finished_at, outcome, error, commands, log) "
            "VALUES (?, 1, 'w', 'media-03', 7, 1, 2, 'done', ?, ?, ?)"_s,
            {who, u"secret: %1"_s.arg(c),
             u"[{\"arguments\":[\"ffmpeg\",\"-headers\",\"Authorization: Bearer %1\",\"--password\",\"%1\"],\"exit_code\":0}]"_s.arg(c),
             u"line\nOpening 'https://me:%1@cdn/x'\nX-Api-Key: k api_key=%1\n"_s.arg(c)});
        sql(u"INSERT INTO webhook_deliveries (id, webhook_id, job_id, received_at, source, method, headers, body, signature_verdict, "
            u"outcome, "
            "outcome_detail, stage_reached, duration_us) VALUES ('d-wrong', NULL, ?, 5, 'worker', 'POST', ?, ?, 'wrong', 'rejected', ?, "
            "'receive', 9)"_s,
            {who,
             u"[[\"webhook-signature\",\"v1,%1\"],[\"Authorization\",\"Bearer %1\"],[\"X-Api-Key\",\"%1\"],[\"X-Note\",\"token=%1\"],[\"a\",\"b\"]]"_s
                 .arg(c),
             u"{\"status\":\"FAILED\",\"error_message\":\"at https://u:%1@h\",\"accessToken\":\"%1\"}"_s.arg(c).toUtf8(),
             u"expected authorization: %1"_s.arg(c)});
        sql(u"INSERT INTO webhook_deliveries (id, webhook_id, job_id, received_at, source, method, headers, body, signature_verdict, "
            u"outcome, "
            "stage_reached, duration_us) VALUES ('d-cut', NULL, ?, 6, 'worker', 'POST', '[]', ?, 'not_checked', 'rejected', 'receive', 9)"_s,
            {who, u"{\"api_key\": \"%1"_s.arg(c).toUtf8()});
        sql(u"INSERT INTO notifications (id, job_id, kind, title, body, payload, created_at) VALUES ('n-1', ?, 'job_done', ?, ?, ?, 7)"_s,
            {who, u"token=%1"_s.arg(c), u"Bearer %1"_s.arg(c), u"{\"token\":\"%1\"}"_s.arg(c)});
        sql(u"UPDATE artifacts SET meta=? WHERE job_id=?"_s, {u"{\"apiKey\":\"%1\"}"_s.arg(c), who});
        sql(u"UPDATE files SET meta=? WHERE id IN (SELECT file_id FROM artifacts WHERE job_id=?)"_s,
            {u"{\"passwd\":\"%1\"}"_s.arg(c), who});
        sql(u"INSERT INTO transcriptions (id, job_id, text, document, created_at) VALUES ('t-1', ?, ?, ?, 8)"_s,
            {who, u"the password: %1"_s.arg(c), u"{\"text\":\"Bearer %1\"}"_s.arg(c)});
        for (const auto& made : artifacts(id))
            write(made.file->path, "{\"segments\":[],\"token\":\"" + canary + "\"}");
    }
    [[nodiscard]] core::Result<core::casefile::CaseSummary> exported(const core::casefile::CaseRequest& request, const QString& file) const
    {
        return backend->exportCase(request, file).wait();
    }
    [[nodiscard]] QString casePath(const QString& name = u"one.sbcase"_s) const { return folder.filePath(name); }
    /// Everything a refused act must leave alone.
    [[nodiscard]] QByteArray everything() const { return dumpOf(options.storePath) + under(u"."_s).join(u'\n').toUtf8(); }
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
