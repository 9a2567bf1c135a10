// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "tests/support/store_fixture.h"

#include <QFile>
#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::dump;
using test_support::StoreFixture;

/// Many jobs once more: the frozen ones, each with its own input, linked both ways.
class TestBulkResubmit : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_store;

    /// A job that has failed; jobs of the same threshold are twins.
    JobId failed(double noiseDb, const QByteArray& key = "inputs/clip.mp4")
    {
        SubmitRequest request;
        request.type = JobType::SilenceDetect;
        request.input = "{\"file_path\":\"" + key + "\",\"x-own\":[1.0],\"noise_db\":" + QByteArray::number(noiseDb) + '}';
        request.force = true;    // a twin of one that still runs
        const auto answer = m_store->service().submit(m_store->caller, request);
        if (!answer)
            return {};
        const auto ended = m_store->service().recordWebhookEvents(
            {test_support::trustedReport(answer->jobId, R"({"status":"FAILED","error_message":"no such codec"})")}, Mode::Apply);
        return ended && ended->first().outcome == webhooks::Outcome::Applied ? answer->jobId : JobId{};
    }
    QList<JobId> failedJobs(int count)
    {
        QList<JobId> ids;
        for (int i = 0; i < count; ++i)
            ids << failed(-10 - 0.5 * i);
        return ids;
    }
    Result<BulkAnswer> resubmit(const QList<JobId>& ids, const ActControl& control = {})
    {
        return m_store->service().resubmitMany(m_store->caller, ids, u"codec installed"_s, control);
    }
    QList<jobs::JournalEntry> journalled()
    {
        QList<jobs::JournalEntry> found;
        const auto entries = jobs::JournalRepository(m_store->database()).newest({}, 100'000).value();
        for (const auto& entry : entries) {
            if (entry.action == "resubmit"_L1)
                found << entry;
        }
        return found;
    }

private slots:
    void init() { m_store = std::make_unique<StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void exactlyTheFrozenScopeRunsAgain()
    {
        const auto ids = failedJobs(130);
        const auto scope =
            freezeJobs(m_store->database(), {jobs::parseFilter(u"status:failed"_s, m_store->now).value(), ScopeStates::Ended});
        QVERIFY(scope);
        QCOMPARE(scope->ids.size(), 130);
        const JobId later = failed(-99.25);
        int told = 0;
        ActControl control;
        control.progress = [&](qsizetype, qsizetype of) { told += of == 130 ? 1 : 1000; };
        const auto answer = resubmit(scope->ids, control);
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        QCOMPARE(answer->acted, 130);
        QCOMPARE(answer->skipped + answer->failed, 0);
        QCOMPARE(told, 2);
        for (const BulkRow& row : answer->rows) {
            const auto made = m_store->job(row.made);
            const auto old = m_store->job(JobId{row.id});
            QCOMPARE(made.statusText, u"PENDING"_s);
            QCOMPARE(made.retriedFrom, std::optional(old.id));
            QCOMPARE(made.inputData, old.inputData);    // byte for byte
            QCOMPARE(old.statusText, u"FAILED"_s);
        }
        QCOMPARE(m_store->count("SELECT count(*) FROM jobs WHERE status = 'PENDING'"), 130);
        QCOMPARE(m_store->count("SELECT count(*) FROM queue_messages WHERE job_id IN (SELECT id FROM jobs WHERE status = 'PENDING')"), 130);
        QCOMPARE(m_store->job(later).statusText, u"FAILED"_s);
        const auto entries = journalled();
        QCOMPARE(entries.size(), 130);
        QCOMPARE(entries.first().reason, u"codec installed"_s);
        QCOMPARE(entries.first().operatorName, u"ann"_s);
    }

    void ofTwinsOneRunsAgain()
    {
        const QList<JobId> twins{failed(-30), failed(-30), failed(-30)};
        const auto answer = resubmit(twins);
        QVERIFY(answer);
        QCOMPARE(answer->acted, 1);
        QCOMPARE(answer->skipped, 2);
        for (qsizetype i = 1; i < 3; ++i) {
            QCOMPARE(answer->rows.at(i).code, u"duplicate_active"_s);
            QVERIFY2(answer->rows.at(i).message.contains(answer->rows.at(0).made.text), qPrintable(answer->rows.at(i).message));
        }
        QCOMPARE(m_store->count("SELECT count(*) FROM jobs WHERE status = 'PENDING'"), 1);
    }

    void oneWhoseFileIsGoneFailsAlone()
    {
        QFile other(m_store->folder() + u"/other.wav"_s);
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("bytes") > 0);
        other.close();
        const auto key = m_store->storage().importFile(other.fileName());
        QVERIFY(key);
        const QList<JobId> ids{failed(-30), failed(-30, key->key.toUtf8()), failed(-31)};
        QVERIFY(QFile::remove(m_store->storage().resolve(key->key).value()));
        const auto answer = resubmit(ids);
        QVERIFY(answer);
        QCOMPARE(answer->acted, 2);
        QCOMPARE(answer->failed, 1);
        QCOMPARE(answer->rows.at(1).code, u"file_missing"_s);
        QVERIFY(answer->rows.at(1).message.contains(key->key));
        QCOMPARE(m_store->count("SELECT count(*) FROM jobs"), 5);    // nothing half made
        QCOMPARE(journalled().size(), 2);
    }

    void anAbortKeepsWhatWasDone()
    {
        const auto ids = failedJobs(150);
        const CancelSource abort;
        ActControl control;
        control.cancel = abort.token();
        control.progress = [&](qsizetype, qsizetype) { abort.cancel(); };
        const auto answer = resubmit(ids, control);
        QVERIFY(answer);
        QCOMPARE(answer->acted, 100);
        QCOMPARE(answer->notReached(), 50);
        QCOMPARE(m_store->count("SELECT count(*) FROM jobs WHERE status = 'PENDING'"), 100);
        QCOMPARE(journalled().size(), 100);
    }

    void whatIsRefusedChangesNothing()
    {
        const auto ids = failedJobs(2);
        const QByteArray before = dump(m_store->database());
        QCOMPARE(m_store->service().resubmitMany(m_store->caller, ids, u" "_s).error().code, u"reason_missing"_s);
        QCOMPARE(m_store->service().resubmitMany(m_store->caller, {}, u"r"_s).error().code, u"scope_empty"_s);
        Caller reader = m_store->caller;
        reader.readOnly = true;
        QCOMPARE(m_store->service().resubmitMany(reader, ids, u"r"_s).error().code, u"read_only"_s);
        QCOMPARE(dump(m_store->database()), before);
    }
};

QTEST_GUILESS_MAIN(TestBulkResubmit)
#include "tst_bulk_resubmit.moc"
