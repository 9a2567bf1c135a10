// SPDX-License-Identifier: Apache-2.0
// Looking at a server's store: every session that the backend opens is read-only there, by the server's own word, and they are few and named.
// What tells of a session is the server's log: a rule of the table that each lane looks at first, and a function that the bell calls, write down
// the session's name and whether its transactions are read-only. (pg_stat_activity shows no session's settings.)
#include "core/backend/direct_backend.h"
#include "tests/support/embedded_store.h"
#include "tests/support/own_server.h"
#include "tests/support/store_fixture.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace core;
using backend::DirectBackend;
using test_support::OwnServer;

namespace {

const QString program = u"tst_read_only_server: "_s;

/// What a server knows of: every session while nothing rare is under way, and those that come and go with rare work.
const QStringList lasting{u"acts"_s, u"counts"_s, u"lists"_s, u"notifications"_s, u"rows"_s, u"stories"_s};
const QStringList rare{u"acts on many"_s, u"case files"_s, u"dry runs"_s, u"histories"_s, u"signatures"_s};
const QStringList ofWorkers{u"workers"_s, u"workers, heartbeat"_s};

QStringList sorted(QStringList names)
{
    names.sort();
    return names;
}

}

class TestReadOnlyServer : public QObject {
    Q_OBJECT

    [[nodiscard]] backend::DirectBackendOptions optionsFor(const QString& user, bool readOnly) const
    {
        backend::DirectBackendOptions options;
        options.storePath = m_server.url(user);
        options.storagePath = m_folder.filePath(u"storage"_s);
        options.readOnly = readOnly;
        return options;
    }
    static std::unique_ptr<DirectBackend> opened(const backend::DirectBackendOptions& options)
    {
        auto backend = DirectBackend::open(options);
        if (!backend)
            qFatal("%s: %s", qUtf8Printable(backend.error().message), qUtf8Printable(backend.error().detail));
        return std::move(*backend);
    }
    void asAdministrator(const char* sql) const
    {
        const auto done = m_administrator->exec(sql);
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }
    /// Goes through every lane; what is refused is refused by whoever may.
    void useEverything(DirectBackend& backend) const
    {
        QVERIFY(backend.lastChange().wait());
        QVERIFY(backend.listJobs({}, {}).wait());
        QVERIFY(backend.jobStory(m_job).wait());
        QVERIFY(backend.summary().wait());
        QVERIFY(backend.scenarioOf(m_job, {}).wait());
        QVERIFY(backend.planCase({.job = m_job, .kinds = {}}).wait());
        QVERIFY(backend.prune(m_caller, {base::systemNow(), 10, true}).wait());
        (void)backend.examineSignature(m_delivery, {}).wait();    // in a session of its own, whatever it says
        (void)backend.cancelMany(m_caller, {m_job}, u"enough"_s).wait();
    }
    struct Seen {
        QStringList names;       ///< of all sessions that were told of, sorted
        QStringList mayWrite;    ///< of these, whose transactions are not read-only
    };
    /// Of all sessions since that place of the log.
    [[nodiscard]] Seen seenSince(qsizetype place) const
    {
        static const QRegularExpression line(u"session\\|([^|\n]*)\\|(on|off)\\|"_s);
        QSet<QString> names;
        QSet<QString> mayWrite;
        auto each = line.globalMatch(QString::fromUtf8(m_server.log().mid(place)));
        while (each.hasNext()) {
            const auto match = each.next();
            if (!match.captured(1).startsWith(program))
                continue;
            const QString name = match.captured(1).mid(program.size());
            names.insert(name);
            if (match.captured(2) != u"on"_s)
                mayWrite.insert(name);
        }
        return {sorted(names.values()), sorted(mayWrite.values())};
    }
    [[nodiscard]] QStringList openSessions() const
    {
        auto names = m_administrator
                         ->prepare("SELECT substr(application_name, strpos(application_name, ': ') + 2) FROM pg_stat_activity "
                                   "WHERE usename = 'looker' ORDER BY 1",
                                   database::Path::Hot)
                         .fetchAll([](database::Row& row) { return row.string(); })
                         .value_or(QStringList());
        return sorted(names);
    }
    [[nodiscard]] QByteArray state() const { return test_support::dump(*m_administrator); }

private slots:
    void initTestCase()
    {
        qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());
        QVERIFY(m_server.start());
        const auto writer = opened(optionsFor(u"postgres"_s, false));
        QVERIFY(files::Storage(m_folder.filePath(u"storage"_s)).write(u"inputs/words.mp4"_s, "these are words, and no film"));
        tasks::SubmitRequest request;
        request.type = JobType::MediaProbe;
        request.input = R"({"file_path":"inputs/words.mp4"})";
        const auto answer = writer->submit(m_caller, request).wait();
        QVERIFY(answer);
        m_job = answer->jobId;
        QVERIFY(writer->post(m_caller, m_job, R"({"status":"RUNNING"})", tasks::Mode::Apply).wait());
        m_delivery = writer->deliveries(m_job, 1).wait()->first().id;
        database::DatabaseOptions asAdmin;
        asAdmin.path = m_server.url();
        m_administrator = database::Database::open(asAdmin).value();
        for (const char* sql :
             {"CREATE ROLE looker LOGIN", "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO looker",
              "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO looker",
              "CREATE FUNCTION public.told() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE LOG ''session|%|%|'', "
              "current_setting(''application_name''), current_setting(''default_transaction_read_only''); RETURN true; END'",
              "ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY", "CREATE POLICY tells ON schema_migrations USING (public.told())",
              "CREATE FUNCTION public.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT NOT public.told()'",
              "ALTER ROLE looker SET search_path = public, pg_catalog"})
            asAdministrator(sql);
    }
    void cleanup() { asAdministrator("ALTER ROLE looker RESET default_transaction_read_only"); }
    void cleanupTestCase() { m_administrator.reset(); }

    /// Or the tests below would show nothing.
    void aSessionThatMayWriteIsTold()
    {
        const qsizetype place = m_server.log().size();
        const auto backend = opened(optionsFor(u"looker"_s, false));
        QVERIFY(backend->lastChange().wait());
        QTRY_COMPARE(seenSince(place).names, (QStringList{u"acts"_s, u"notifications"_s, u"rows"_s}));
        QCOMPARE(seenSince(place).mayWrite, QStringList{u"acts"_s});    // what only reads cannot write even here
    }

    void everySessionOfAReadOnlyConnectionIsReadOnlyAtTheServer_data()
    {
        QTest::addColumn<QString>("option");
        QTest::newRow("as it is") << QString();
        QTest::newRow("an address that says otherwise") << u"&options=-cdefault_transaction_read_only%3Doff"_s;
    }
    void everySessionOfAReadOnlyConnectionIsReadOnlyAtTheServer()
    {
        QFETCH(QString, option);
        const QByteArray before = state();
        const qsizetype place = m_server.log().size();
        auto options = optionsFor(u"looker"_s, true);
        options.storePath += option;
        const auto backend = opened(options);
        useEverything(*backend);
        QTRY_COMPARE(seenSince(place).names, sorted(lasting + rare));
        QCOMPARE(seenSince(place).mayWrite, QStringList());
        QTRY_COMPARE(openSessions(), lasting);    // six; what is rare is closed
        QCOMPARE(lasting.size(), 6);
        QVERIFY(state() == before);
    }

    /// The administrator's own precaution: here the console believes that it may write, and the server does not let it.
    void aRoleThatMayOnlyReadIsReadOnlyInEverySession()
    {
        asAdministrator("ALTER ROLE looker SET default_transaction_read_only = on");
        const QByteArray before = state();
        const qsizetype place = m_server.log().size();
        const auto backend = opened(optionsFor(u"looker"_s, false));
        useEverything(*backend);
        const auto started = backend->startWorkers({1, std::chrono::seconds(30), 3});
        QVERIFY(!started);
        QCOMPARE(started.error().code, u"store_read_only"_s);
        const auto cancelled = backend->cancel(m_caller, m_job, u"enough"_s).wait();
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, u"store_read_only"_s);
        QCOMPARE(cancelled.error().kind, ErrorKind::Forbidden);
        QCOMPARE(cancelled.error().message, u"The store is open for reading only"_s);
        QCOMPARE(backend->setQueuePaused(m_caller, true).wait().error().code, u"store_read_only"_s);
        QCOMPARE(backend->savePreset(m_caller, {{}, u"Mine"_s, {}, {}}).wait().error().code, u"store_read_only"_s);
        const auto many = backend->cancelMany(m_caller, {m_job}, u"enough"_s).wait();
        QVERIFY(!many || (many->acted == 0 && many->failed == 1));
        QVERIFY(backend->listJobs({}, {}).wait());    // and goes on reading
        QTRY_COMPARE(seenSince(place).mayWrite, QStringList());
        QTRY_COMPARE(seenSince(place).names, sorted(lasting + rare));    // the workers' writes at once, and is refused as above
        QVERIFY(state() == before);
    }

    void workersTakeTwoMore()
    {
        const auto backend = opened(optionsFor(u"looker"_s, false));
        QVERIFY(backend->setQueuePaused(m_caller, true).wait());
        QVERIFY(backend->startWorkers({4, std::chrono::seconds(30), 3}));    // however many threads
        useEverything(*backend);
        QTRY_COMPARE(openSessions(), sorted(lasting + ofWorkers));
    }

private:
    QTemporaryDir m_folder;
    OwnServer m_server;
    Caller m_caller{.operatorName = u"tester"_s, .connection = u"test"_s};
    JobId m_job;
    DeliveryId m_delivery;
    std::unique_ptr<database::Database> m_administrator;
};

QTEST_GUILESS_MAIN(TestReadOnlyServer)
#include "tst_read_only_server.moc"
