// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "tests/support/store_fixture.h"

#include <QSet>
#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::dump;
using test_support::StoreFixture;

/// An act on many: the frozen scope, and the cancel of it.
class TestBulkCancel : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_store;

    QList<JobId> submit(int count)
    {
        QList<SubmitRequest> requests;
        for (int i = 0; i < count; ++i) {
            SubmitRequest request;
            request.type = JobType::SilenceDetect;
            request.input = test_support::sampleInput(JobType::SilenceDetect);
            request.userId = u"u-12"_s;
            request.force = true;
            requests << request;
        }
        QList<JobId> ids;
        const auto answers = m_store->service().submitMany(m_store->caller, requests);
        for (const auto& answer : *answers)
            ids << answer.jobId;
        return ids;
    }
    void end(const JobId& id, const QByteArray& status)
    {
        const QByteArray body = R"({"status":"END","output_data":{"segments":[]}})"_ba.replace("END", status);
        QCOMPARE(m_store->service().recordWebhookEvents({test_support::trustedReport(id, body)}, Mode::Apply)->first().outcome,
                 webhooks::Outcome::Applied);
    }
    Result<JobScope> freeze(const QString& filter, ScopeStates states = ScopeStates::Active)
    {
        return freezeJobs(m_store->database(), {jobs::parseFilter(filter, m_store->now).value(), states});
    }
    Result<BulkAnswer> cancel(const QList<JobId>& ids, const ActControl& control = {})
    {
        return m_store->service().cancelMany(m_store->caller, ids, u"wrong file"_s, control);
    }
    /// Targets of the journal's cancels.
    QSet<QString> journalled()
    {
        QSet<QString> targets;
        const auto entries = jobs::JournalRepository(m_store->database()).newest({}, 100'000).value();
        for (const auto& entry : entries) {
            if (entry.action == "cancel"_L1)
                targets << entry.target;
        }
        return targets;
    }
    qint64 inStatus(const char* sql) { return m_store->count(sql); }

private slots:
    void init() { m_store = std::make_unique<StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void anEmptyScopeIsRefused()
    {
        submit(2);
        QCOMPARE(freeze(u""_s).error().code, u"filter_empty"_s);
        QCOMPARE(freeze(u"  "_s, ScopeStates::Any).error().code, u"filter_empty"_s);
        QCOMPARE(freezeJobs(m_store->database(), {QList<JobId>{}, ScopeStates::Any}).error().code, u"scope_empty"_s);
        QCOMPARE(cancel({}).error().code, u"scope_empty"_s);
    }

    void aScopeHoldsWhatTheActIsFor()
    {
        const auto ids = submit(12);
        end(ids.at(0), "DONE");
        end(ids.at(1), "FAILED");
        const auto active = freeze(u"type:silence-detect"_s);
        QVERIFY(active);
        QCOMPARE(active->ids.size(), 10);
        QCOMPARE(active->sample.size(), scopeSample);
        QCOMPARE(active->sample.first().id, active->ids.first());
        QCOMPARE(active->leftOut, 2);
        QVERIFY(active->isLeftOutExact);
        QCOMPARE(freeze(u"type:silence-detect"_s, ScopeStates::Ended)->ids.size(), 2);
        QCOMPARE(freeze(u"type:silence-detect"_s, ScopeStates::Any)->ids.size(), 12);
        QCOMPARE(freeze(u"type:media-probe"_s)->ids.size(), 0);

        const QList<JobId> chosen{ids.at(3), ids.at(0), ids.at(3), ids.at(2), JobId{u"gone"_s}};
        const auto picked = freezeJobs(m_store->database(), {chosen, ScopeStates::Active});
        const QList<JobId> expected{ids.at(3), ids.at(2)};
        QCOMPARE(picked->ids, expected);
        QCOMPARE(picked->leftOut, 2);
    }

    void exactlyTheFrozenScopeIsCancelled()
    {
        const auto before = submit(230);
        const auto scope = freeze(u"type:silence-detect"_s);
        const auto arrived = submit(20);
        end(before.at(7), "DONE");
        end(before.at(8), "FAILED");
        int told = 0;
        ActControl control;
        control.progress = [&](qsizetype, qsizetype of) { told += of == 230 ? 1 : 1000; };
        const auto answer = cancel(scope->ids, control);
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        QCOMPARE(answer->acted, 228);
        QCOMPARE(answer->skipped, 2);
        QCOMPARE(answer->failed, 0);
        QCOMPARE(answer->notReached(), 0);
        QCOMPARE(told, 3);
        for (qsizetype i = 0; i < answer->rows.size(); ++i)
            QCOMPARE(answer->rows.at(i).id, scope->ids.at(i).text);
        for (const auto& row : answer->rows) {
            if (row.result == BulkResult::Skipped) {
                QCOMPARE(row.code, u"job_terminal"_s);
                QCOMPARE(row.state, row.id == before.at(7).text ? u"DONE"_s : u"FAILED"_s);
            }
        }
        QCOMPARE(inStatus("SELECT count(*) FROM jobs WHERE status = 'CANCELLED'"), 228);
        QCOMPARE(inStatus("SELECT count(*) FROM jobs WHERE status = 'PENDING'"), 20);
        for (const JobId& id : arrived)
            QCOMPARE(m_store->job(id).statusText, u"PENDING"_s);
        QCOMPARE(journalled().size(), 228);
        QCOMPARE(inStatus("SELECT count(*) FROM notifications WHERE kind = 'job_cancelled'"), 228);
        QCOMPARE(inStatus("SELECT count(*) FROM jobs WHERE cancel_acknowledged_at IS NOT NULL"), 228);    // no worker had them
        QCOMPARE(inStatus("SELECT count(*) FROM queue_messages"), 22);    // of those that arrived, and of the two that no cancel touched
    }

    void oneOfManyLeavesTheRowsThatOneLeaves()
    {
        const auto ids = submit(2);
        QVERIFY(m_store->service().cancel(m_store->caller, ids.at(0), u"wrong file"_s));
        QVERIFY(cancel({ids.at(1)}));
        const auto rowsOf = [&](const JobId& id) {
            QStringList rows;
            const auto events = m_store->jobs().events(id).value();
            for (const auto& event : events)
                rows << u"event %1 %2 %3 %4"_s.arg(event.eventType, event.statusText, event.message, event.actor);
            const auto entries = jobs::JournalRepository(m_store->database()).newest({}, 100).value();
            for (const auto& entry : entries) {
                if (entry.target == u"job:"_s + id.text && entry.action == "cancel"_L1)
                    rows << u"journal %1 %2 %3 %4 %5 %6"_s.arg(entry.operatorName, entry.role, entry.reason,
                                                               QString::fromUtf8(entry.before.value_or("-")),
                                                               QString::fromUtf8(entry.after.value_or("-")), entry.connection);
            }
            const auto notes = notifications::NotificationRepository(m_store->database()).ofJob(id).value();
            for (const auto& note : notes)
                rows << u"notification %1 %2"_s.arg(note.kind, note.userId);
            return rows;
        };
        QCOMPARE(rowsOf(ids.at(0)).size(), 5);
        QCOMPARE(rowsOf(ids.at(1)), rowsOf(ids.at(0)));
        QVERIFY(m_store->job(ids.at(1)).cancel == m_store->job(ids.at(0)).cancel);
    }

    void anAbortKeepsWhatWasDone()
    {
        const auto ids = submit(450);
        const CancelSource abort;
        ActControl control;
        control.cancel = abort.token();
        control.progress = [&](qsizetype done, qsizetype) {
            if (done >= 200)
                abort.cancel();
        };
        const auto answer = cancel(ids, control);
        QVERIFY(answer);
        QCOMPARE(answer->acted, 200);
        QCOMPARE(answer->notReached(), 250);
        QCOMPARE(inStatus("SELECT count(*) FROM jobs WHERE status = 'CANCELLED'"), 200);
        QCOMPARE(inStatus("SELECT count(*) FROM jobs WHERE status = 'PENDING'"), 250);
        QCOMPARE(journalled().size(), 200);
        for (qsizetype i = 0; i < 200; ++i)
            QVERIFY(journalled().contains(u"job:"_s + ids.at(i).text));
    }

    void anAbortIsHeardWithinAStep()    // the clock is asked once for each job: the moment of the 31st is the abort's
    {
        const auto ids = submit(90);
        const CancelSource abort;
        int asked = 0;
        m_store->settings.clock = [&] {
            if (++asked == 62)    // a journal row takes the time as well
                abort.cancel();
            return m_store->now;
        };
        ActControl control;
        control.cancel = abort.token();
        const auto answer = cancel(ids, control);
        QVERIFY(answer);
        QCOMPARE(answer->acted, 31);
        QCOMPARE(journalled().size(), 31);
        QCOMPARE(inStatus("SELECT count(*) FROM jobs WHERE cancel_broker_informed_at IS NOT NULL"), 31);
    }

    void whatIsRefusedChangesNothing()
    {
        const auto ids = submit(3);
        const QByteArray before = dump(m_store->database());
        QCOMPARE(m_store->service().cancelMany(m_store->caller, ids, u"  "_s).error().code, u"reason_missing"_s);
        Caller reader = m_store->caller;
        reader.readOnly = true;
        QCOMPARE(m_store->service().cancelMany(reader, ids, u"r"_s).error().code, u"read_only"_s);
        QCOMPARE(dump(m_store->database()), before);
    }

    void oneThatFailsIsUndoneAlone()
    {
        const auto ids = submit(5);
        m_store->refuseInserts("operator_journal", "new.target = 'job:" + ids.at(2).text.toUtf8() + "'");
        const auto answer = cancel(ids);
        QVERIFY(answer);
        QCOMPARE(answer->acted, 4);
        QCOMPARE(answer->failed, 1);
        QVERIFY(!answer->rows.at(2).code.isEmpty() && !answer->rows.at(2).message.isEmpty());
        QCOMPARE(m_store->job(ids.at(2)).statusText, u"PENDING"_s);
        QCOMPARE(m_store->jobs().events(ids.at(2)).value().size(), 1);
        QCOMPARE(journalled().size(), 4);
    }

    void whatABusyStoreStopsIsToldAsFailed()
    {
        const auto ids = submit(150);
        m_store->reconnect(std::chrono::milliseconds(10));
        const auto other = m_store->connect();
        ActControl control;
        control.progress = [&](qsizetype done, qsizetype) {
            if (done == 100)
                test_support::takeHold(*other);
        };
        const auto answer = cancel(ids, control);
        test_support::letGo(*other);
        QVERIFY(answer);
        QCOMPARE(answer->acted, 100);
        QCOMPARE(answer->failed, 50);
        QCOMPARE(answer->notReached(), 0);
        QVERIFY(!answer->rows.last().code.isEmpty());
        QCOMPARE(journalled().size(), 100);
        QCOMPARE(inStatus("SELECT count(*) FROM jobs WHERE status = 'PENDING'"), 50);
    }
};

QTEST_GUILESS_MAIN(TestBulkCancel)
#include "tst_bulk_cancel.moc"
