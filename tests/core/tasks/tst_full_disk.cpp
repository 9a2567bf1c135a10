// SPDX-License-Identifier: Apache-2.0
// A report for which the disk has no room. Of a file: that of a server is not a test's to fill.
#include "tests/support/store_fixture.h"

#include <QTest>

using namespace core;
using namespace core::tasks;
using namespace Qt::StringLiterals;
using test_support::dump;
using test_support::listing;

class TestFullDisk : public QObject {
    Q_OBJECT

    std::unique_ptr<test_support::StoreFixture> m_store;

    WebhookOutcome record(const JobId& id, const QByteArray& body)
    {
        const auto outcomes = m_store->service().recordWebhookEvents({test_support::trustedReport(id, body)}, Mode::Apply);
        return outcomes && outcomes->size() == 1 ? outcomes->first() : WebhookOutcome{};
    }

private slots:
    void init() { m_store = std::make_unique<test_support::StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void theSenderIsAskedToComeAgain_data()
    {
        QTest::addColumn<int>("spare");
        for (const int spare : {0, 1, 2, 3, 4, 6, 8, 12})
            QTest::addRow("%d pages left", spare) << spare;
    }
    void theSenderIsAskedToComeAgain()    // wherever it becomes full: at the status, the event, the hook or the delivery
    {
        QFETCH(int, spare);
        const JobId id = m_store->submit(JobType::TranscriptionGenerate);
        const QByteArray body =
            R"({"status":"DONE","event_id":"d","current_message":"M","output_data":)"_ba.replace("M", QByteArray(9000, 'm')) +
            test_support::sampleOutput(JobType::TranscriptionGenerate, id).replace("go on", QByteArray(9000, 't')) + '}';
        m_store->exec("VACUUM");
        const QByteArray before = dump(m_store->database());
        const qint64 pages = m_store->count("PRAGMA page_count");
        m_store->exec(("PRAGMA max_page_count=" + QByteArray::number(pages + spare)).constData());
        const auto outcome = record(id, body);
        QCOMPARE(outcome.httpStatus, 503);
        QVERIFY(outcome.retryLater);
        QCOMPARE(outcome.error->code, u"disk_full"_s);
        m_store->exec("PRAGMA max_page_count=1073741823");
        QVERIFY(!m_store->database().isInTransaction());
        QCOMPARE(m_store->job(id).statusText, u"PENDING"_s);
        QVERIFY(m_store->job(id).message.isEmpty());
        QCOMPARE(m_store->jobs().events(id)->size(), 1);
        m_store->exec("DELETE FROM webhook_deliveries");    // kept, if there was room for it
        QCOMPARE(dump(m_store->database()), before);
        QVERIFY(listing(m_store->storage().root()).filter(u".part-"_s).isEmpty());
        const auto again = record(id, body);
        QCOMPARE(again.outcome, webhooks::Outcome::Applied);
        QCOMPARE(again.httpStatus, 200);
        QCOMPARE(again.stageReached, webhooks::Stage::Notify);
        QCOMPARE(m_store->count("SELECT count(*) FROM artifacts"), 3);
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_full_disk.moc"
