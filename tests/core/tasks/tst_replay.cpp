// SPDX-License-Identifier: Apache-2.0
#include "tests/support/store_fixture.h"

#include "core/backend/direct_backend.h"
#include "core/database/scratch_copy.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QTest>

#include <libpq-fe.h>
#include <sqlite3.h>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::dump;
using test_support::StoreFixture;
using test_support::trustedReport;

namespace {

/// Hears of every event that the store's connection appends, from within the statement: a way to do something in the middle of a step.
/// SQLite has a hook for it; a server's trigger says a warning, which libpq hands on while it reads the statement's answer.
class EventWatch {
public:
    EventWatch(StoreFixture& store, std::function<void()> hear) : m_hear(std::move(hear)), m_isPostgres(store.database().isPostgres())
    {
        if (m_isPostgres) {
            store.exec(
                "CREATE FUNCTION tell_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'a row'; RETURN NULL; END $$");
            store.exec("CREATE TRIGGER told AFTER INSERT ON job_events FOR EACH ROW EXECUTE FUNCTION tell_row()");
        }
        const auto names = QSqlDatabase::connectionNames();    // of all threads: only the store's has been opened in this one
        for (const QString& name : names) {
            const auto connection = QSqlDatabase::database(name, false);
            if (connection.isValid())
                m_handles << *static_cast<void* const*>(connection.driver()->handle().constData());
        }
        for (void* handle : std::as_const(m_handles))
            watch(handle, true);
    }
    ~EventWatch()
    {
        for (void* handle : std::as_const(m_handles))
            watch(handle, false);
    }
    EventWatch(const EventWatch&) = delete;
    EventWatch& operator=(const EventWatch&) = delete;

private:
    void watch(void* handle, bool on)
    {
        if (m_isPostgres)
            PQsetNoticeProcessor(
                static_cast<PGconn*>(handle), on ? &EventWatch::heardOfServer : [](void*, const char*) {}, this);
        else
            sqlite3_update_hook(static_cast<sqlite3*>(handle), on ? &EventWatch::heardOfFile : nullptr, this);
    }
    static void heardOfServer(void* self, const char*) { static_cast<EventWatch*>(self)->m_hear(); }
    static void heardOfFile(void* self, int, const char*, const char* table, sqlite3_int64)
    {
        if (qstrcmp(table, "job_events") == 0)
            static_cast<EventWatch*>(self)->m_hear();
    }

    std::function<void()> m_hear;
    bool m_isPostgres;
    QList<void*> m_handles;
};

}

/// How a long replay tells of itself and is stopped.
class TestReplay : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_store;

    /// Reports that were rejected because their webhook was switched off; it is on again.
    QList<DeliveryId> rejectedReports(int count)
    {
        const JobId id = m_store->submit(JobType::SilenceDetect);
        const auto webhook = webhooks::WebhookRepository(m_store->database()).findOfJob(id).value()->id;
        m_store->exec("UPDATE webhooks SET is_active = FALSE");
        QList<IncomingDelivery> reports;
        for (int i = 1; i <= count; ++i) {
            auto report = trustedReport(id, R"({"status":"RUNNING","sequence":)" + QByteArray::number(i) + '}');
            report.jobId.reset();
            report.webhookId = webhook;
            reports.append(report);
        }
        QList<DeliveryId> ids;
        const auto outcomes = m_store->service().recordWebhookEvents(reports, Mode::Apply).value();
        for (const auto& outcome : outcomes)
            ids.append(outcome.deliveryId);
        m_store->exec("UPDATE webhooks SET is_active = TRUE");
        return ids;
    }
    qint64 replayedEvents() { return m_store->count("SELECT count(*) FROM job_events WHERE worker_sequence IS NOT NULL"); }
    qint64 journalled() { return m_store->count("SELECT count(*) FROM operator_journal WHERE action = 'replay'"); }

private slots:
    void init() { m_store = std::make_unique<StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void eachStepIsToldAfterItsCommit()
    {
        const auto ids = rejectedReports(250);
        const auto other = m_store->connect();
        QList<qsizetype> told;
        QList<qint64> committed;
        ActControl control;
        control.progress = [&](qsizetype done, qsizetype of) {
            QCOMPARE(of, 250);
            told.append(done);
            auto query = other->prepare("SELECT count(*) FROM job_events WHERE worker_sequence IS NOT NULL", database::Path::Hot);
            committed.append(query.fetchOne([](database::Row& row) { return row.int64(); }).value().value());
        };
        const auto outcomes = m_store->service().replay(m_store->caller, ids, Mode::Apply, control);
        QVERIFY(outcomes);
        QCOMPARE(outcomes->size(), 250);
        QCOMPARE(told, (QList<qsizetype>{0, 0, 0, 100, 200, 250}));    // three times while the deliveries are looked for
        QCOMPARE(committed, (QList<qint64>{0, 0, 0, 100, 200, 250}));
    }

    void aCancelKeepsWhatWasApplied()
    {
        const auto ids = rejectedReports(250);
        const CancelSource cancel;
        ActControl control;
        control.cancel = cancel.token();
        control.progress = [&](qsizetype done, qsizetype) {
            if (done > 0)
                cancel.cancel();
        };
        const auto outcomes = m_store->service().replay(m_store->caller, ids, Mode::Apply, control);
        QVERIFY(outcomes);
        QCOMPARE(outcomes->size(), 100);
        QCOMPARE(replayedEvents(), 100);
        QCOMPARE(journalled(), 100);

        const auto rest = m_store->service().replay(m_store->caller, ids.mid(outcomes->size()), Mode::Apply);
        QVERIFY(rest);
        QCOMPARE(replayedEvents(), 250);
    }

    void aCancelWithinAStepKeepsWhatWasApplied()
    {
        const auto ids = rejectedReports(250);
        const CancelSource cancel;
        int events = 0;
        const EventWatch watch(*m_store, [&] {
            if (++events == 40)
                cancel.cancel();
        });
        const auto outcomes = m_store->service().replay(m_store->caller, ids, Mode::Apply, {cancel.token(), {}});
        QVERIFY(outcomes);
        const qsizetype applied = outcomes->size();
        if (test_support::onPostgres())    // what a server is sent is not waited for: of the fortieth event it tells when others are on their way
            QVERIFY2(applied >= 40 && applied <= 100, qPrintable(QString::number(applied)));
        else
            QCOMPARE(applied, 40);
        QCOMPARE(replayedEvents(), applied);
        QCOMPARE(journalled(), applied);
        QCOMPARE(m_store->count("SELECT count(*) FROM webhook_deliveries WHERE source = 'replay'"), applied);
        QCOMPARE(m_store->service().replay(m_store->caller, ids.mid(applied), Mode::Apply)->size(), 250 - applied);
        QCOMPARE(replayedEvents(), 250);
    }

    void aReplayThatBreaksLeavesNoRow()
    {
        const auto ids = rejectedReports(3);
        const QByteArray before = dump(m_store->database());
        m_store->refuseInserts("operator_journal");
        QVERIFY(!m_store->service().replay(m_store->caller, ids, Mode::Apply));
        m_store->allowInserts("operator_journal");
        QCOMPARE(dump(m_store->database()), before);
        QCOMPARE(m_store->service().replay(m_store->caller, ids, Mode::Apply)->size(), 3);
    }

    void nobodyWaitsForADryRun()
    {
        const auto ids = rejectedReports(250);
        const auto other = m_store->connect(database::Access::ReadWrite, std::chrono::milliseconds(50));
        QStringList refused;
        int asked = 0;
        ActControl control;
        control.progress = [&](qsizetype, qsizetype) {
            ++asked;
            if (const auto written = other->exec("UPDATE settings SET value = value"); !written)
                refused << written.error().code;
        };
        const auto outcomes = m_store->service().replay(m_store->caller, ids, Mode::DryRun, control);
        QVERIFY(outcomes);
        QCOMPARE(refused, QStringList());
        QVERIFY(asked > 3);
        QCOMPARE(outcomes->last().after->progressPct,
                 m_store->service().replay(m_store->caller, ids, Mode::Apply)->last().after->progressPct);
    }

    void eachJobIsCopiedOnce()
    {
        const JobId job = m_store->submit(JobType::SilenceDetect);
        const QList<JobId> many(5000, job);
        const auto copy = database::scratchCopy(m_store->database().options(), many);
        QVERIFY(copy);
        QCOMPARE(jobs::JobRepository(**copy).events(job)->size(), 1);
        const CancelSource cancel;
        cancel.cancel();
        QCOMPARE(database::scratchCopy(m_store->database().options(), many, cancel.token()).error().kind, ErrorKind::Cancelled);
    }

    void cancelledBeforeItBeginsItChangesNothing()
    {
        const auto ids = rejectedReports(3);
        const QByteArray before = dump(m_store->database());
        const CancelSource cancel;
        cancel.cancel();
        for (const Mode mode : {Mode::Apply, Mode::DryRun})
            QCOMPARE(m_store->service().replay(m_store->caller, ids, mode, {cancel.token(), {}}).error().kind, ErrorKind::Cancelled);
        QCOMPARE(dump(m_store->database()), before);
    }

    void aDryRunTellsAndStopsToo_data()
    {
        QTest::addColumn<bool>("readOnly");
        QTest::newRow("in the store") << false;
        QTest::newRow("in a scratch copy") << true;
    }
    void aDryRunTellsAndStopsToo()
    {
        QFETCH(bool, readOnly);
        const auto ids = rejectedReports(250);
        const QByteArray before = dump(m_store->database());
        const auto database = m_store->connect(readOnly ? database::Access::ReadOnly : database::Access::ReadWrite);
        TaskService service(*database, m_store->settings);
        const CancelSource cancel;
        QList<qsizetype> told;
        ActControl control;
        control.cancel = cancel.token();
        control.progress = [&](qsizetype done, qsizetype) { told.append(done); };
        QCOMPARE(service.replay(m_store->caller, ids, Mode::DryRun, control)->size(), 250);
        QCOMPARE(told, (QList<qsizetype>{0, 0, 0, 0, 100, 200}));
        control.progress = [&](qsizetype done, qsizetype) {
            if (done == 100)
                cancel.cancel();
        };
        QCOMPARE(service.replay(m_store->caller, ids, Mode::DryRun, control).error().kind, ErrorKind::Cancelled);
        QCOMPARE(dump(m_store->database()), before);
    }

    void theBackendHandsThemThrough()
    {
        const auto ids = rejectedReports(250);
        backend::DirectBackendOptions options;
        options.storePath = m_store->storePath();
        options.storagePath = m_store->folder() + u"/storage"_s;
        const auto backend = backend::DirectBackend::open(options);
        QVERIFY(backend);
        const CancelSource cancel;
        std::atomic<qsizetype> told = 0;
        ActControl control;
        control.cancel = cancel.token();
        control.progress = [&](qsizetype done, qsizetype) {
            told = done;
            if (done > 0)
                cancel.cancel();
        };
        const auto outcomes = (*backend)->replay(m_store->caller, ids, Mode::Apply, control).wait();
        QVERIFY(outcomes);
        QCOMPARE(outcomes->size(), 100);
        QCOMPARE(told.load(), 100);
    }
};

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
