// SPDX-License-Identifier: Apache-2.0
#include "core/broker/attempts_repository.h"
#include "core/files/artifact_list_repository.h"
#include "core/files/repository.h"
#include "core/webhooks/delivery_list_repository.h"
#include "core/webhooks/repository.h"
#include "tests/support/embedded_store.h"
#include "tests/support/store_fixture.h"

#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

using test_support::idOf;
using test_support::uuidOf;

namespace {

Time at(qint64 seconds)
{
    return base::fromMicros(seconds * 1'000'000);
}

}

class ListsAcrossJobsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_store = std::make_unique<test_support::StoreFixture>(); }
    void cleanup() { m_store.reset(); }

    void deliveriesJoinWithoutGaps_data()
    {
        QTest::addColumn<int>("limit");
        QTest::newRow("one by one") << 1;
        QTest::newRow("uneven") << 7;
        QTest::newRow("all") << 100;
    }
    void deliveriesJoinWithoutGaps()
    {
        QFETCH(int, limit);
        putDeliveries();
        webhooks::DeliveryRequest request;
        request.limit = limit;
        QStringList read;
        do {
            const auto page = webhooks::DeliveryListRepository(m_store->database()).page(request);
            QVERIFY(page);
            QVERIFY(page->rows.size() <= limit);
            for (const auto& row : page->rows) {
                read += row.id.text;
                QVERIFY(row.body.isEmpty());
            }
            request.after = page->next;
        } while (request.after);
        QStringList all;
        for (int i = 29; i >= 0; --i)
            all += id(i);
        QCOMPARE(read, all);
    }

    void deliveriesAreNarrowed()
    {
        putDeliveries();
        const auto count = [this](const webhooks::DeliveryRequest& request) {
            const auto page = webhooks::DeliveryListRepository(m_store->database()).page(request);
            return page ? page->rows.size() : -1;
        };
        webhooks::DeliveryRequest request;
        request.outcome = webhooks::Outcome::Rejected;
        QCOMPARE(count(request), 10);
        request.verdict = webhooks::Verdict::Wrong;
        QCOMPARE(count(request), 5);
        request.source = webhooks::Source::Manual;
        QCOMPARE(count(request), 0);
        QCOMPARE(count({.job = idOf<JobId>(u"job-1"_s)}), 6);
    }

    void aNarrowListStopsAtItsCeilingAndGoesOn()
    {
        putDeliveries();    // job-4's are 4, 9, 14 ... ; rejected are 0, 3, 6 ...
        const webhooks::DeliveryListRepository lists(m_store->database(), 4);
        webhooks::DeliveryRequest request;
        request.verdict = webhooks::Verdict::Wrong;
        QList<int> sizes;
        QStringList read;
        do {
            const auto page = lists.page(request);
            QVERIFY(page);
            sizes += static_cast<int>(page->rows.size());
            for (const auto& row : page->rows)
                read += row.id.text;
            request.after = page->next;
        } while (request.after && sizes.size() < 20);
        QCOMPARE(read, (QStringList{id(24), id(18), id(12), id(6), id(0)}));
        QVERIFY(sizes.size() > 5);
        QVERIFY(sizes.contains(0));
    }

    void allThatFitAreFrozen()
    {
        putDeliveries();
        const webhooks::DeliveryListRepository lists(m_store->database(), 4);    // so that it goes on from ceiling to ceiling
        webhooks::DeliveryRequest request;
        QCOMPARE(lists.freeze(request).error().code, u"filter_empty"_s);
        request.verdict = webhooks::Verdict::Wrong;
        request.limit = 1;    // of a page, which this is not
        request.after = PageKey{1, {}};
        const auto frozen = lists.freeze(request);
        QVERIFY(frozen);
        QStringList ids;
        for (const auto& row : *frozen)
            ids += row.id.text;
        QCOMPARE(ids, (QStringList{id(24), id(18), id(12), id(6), id(0)}));
        QVERIFY(lists.freeze(request, {}, 5).has_value());
        QCOMPARE(lists.freeze(request, {}, 4).error().code, u"scope_too_large"_s);
        const CancelSource cancel;
        cancel.cancel();
        QCOMPARE(lists.freeze(request, cancel.token()).error().kind, ErrorKind::Cancelled);
    }

    void artifactsByAgeAndBySize()
    {
        putArtifacts();
        const auto all = [this](files::ArtifactOrder order, int limit) {
            files::ArtifactRequest request{order, {}, limit};
            QStringList read;
            do {
                const auto page = files::ArtifactListRepository(m_store->database()).page(request);
                if (!page)
                    return QStringList{page.error().message};
                for (const auto& row : page->rows)
                    read += row.artifact.id.text;
                request.after = page->next;
            } while (request.after);
            return read;
        };
        for (const int limit : {1, 2, 100}) {
            QCOMPARE(all(files::ArtifactOrder::Newest, limit),
                     (QStringList{uuidOf(u"e"_s), uuidOf(u"d"_s), uuidOf(u"c"_s), uuidOf(u"b"_s), uuidOf(u"a"_s)}));
            // b and c share the largest file, e has none, d's size is not known
            QCOMPARE(all(files::ArtifactOrder::Largest, limit), (QStringList{uuidOf(u"c"_s), uuidOf(u"b"_s), uuidOf(u"a"_s)}));
        }
    }

    void aFileCountsOnceForEachKind()
    {
        putArtifacts();
        const auto use = files::ArtifactListRepository(m_store->database()).diskUse();
        QVERIFY(use);
        QCOMPARE(use->files, 3);
        QCOMPARE(use->bytes, 1010);
        QVERIFY(use->isExact);
        QCOMPARE(use->kinds, (QList<files::KindUse>{{u"cut_media"_s, 3, 1010}, {u"frames"_s, 1, 0}, {u"silence_segments"_s, 1, 0}}));
        const auto bounded = files::ArtifactListRepository(m_store->database(), 2).diskUse();
        QVERIFY(bounded);
        QVERIFY(!bounded->isExact);
        QCOMPARE(bounded->files, 2);
    }

    void runsUnderWay()
    {
        using test_support::ColumnValue;
        using test_support::insertRow;
        struct Run {
            const char* name;
            const char* status;
            qint64 startedAt;
            bool hasEnded;
            bool isLeased;
        };
        for (const Run& run :
             {Run{"runs", "RUNNING", 20, false, true}, Run{"stops", "CANCELLED", 10, false, true}, Run{"over", "DONE", 5, true, false},
              Run{"left", "FAILED", 5, false, false}}) {    // nobody has it: its end was never written
            const QString job = uuidOf(QString::fromLatin1(run.name));
            const QString worker = u"w-"_s + QString::fromLatin1(run.name);
            const bool isOver = qstrcmp(run.status, "RUNNING") != 0;
            insertRow(m_store->database(), "jobs",
                      {{"id", job},
                       {"job_type", u"MEDIA_PROBE"_s},
                       {"status", QString::fromLatin1(run.status)},
                       {"input_data", u"{}"_s},
                       {"user_id", u"u-1"_s},
                       {"attempt", 2},
                       {"created_at", 1},
                       {"updated_at", 1},
                       {"finished_at", isOver ? ColumnValue(6) : ColumnValue(nullptr)}});
            for (const qint64 attempt : {1, 2}) {
                const bool ended = attempt == 1 || run.hasEnded;
                insertRow(m_store->database(), "job_attempts",
                          {{"job_id", job},
                           {"attempt", attempt},
                           {"worker", attempt == 1 ? u"w"_s : worker},
                           {"host", u"h"_s},
                           {"pid", attempt == 1 ? 5 : 7},
                           {"started_at", attempt == 1 ? 1 : run.startedAt},
                           {"finished_at", ended ? ColumnValue(run.startedAt + 1) : ColumnValue(nullptr)}});
            }
            if (run.isLeased)
                insertRow(m_store->database(), "queue_messages",
                          {{"id", uuidOf(u"m-"_s + QString::fromLatin1(run.name))},
                           {"queue", u"media"_s},
                           {"job_id", job},
                           {"actor", u"x"_s},
                           {"state", u"leased"_s},
                           {"leased_by", worker},
                           {"created_at", 1}});
        }
        insertRow(m_store->database(), "workers",
                  {{"id", u"w-runs"_s},
                   {"host", u"h"_s},
                   {"pid", 7},
                   {"threads", 2},
                   {"state", u"running"_s},
                   {"boot_id", u"b"_s},
                   {"heartbeat_us", 1},
                   {"lease_us", 1},
                   {"started_at", 1},
                   {"last_seen_at", 99}});
        const auto runs = broker::AttemptsRepository(m_store->database()).underWay();
        QVERIFY(runs);
        QCOMPARE(runs->size(), 2);
        QCOMPARE(runs->at(0).jobId, idOf<JobId>(u"stops"_s));
        QVERIFY(!runs->at(0).workerSeenAt);
        QCOMPARE(runs->at(1).jobId, idOf<JobId>(u"runs"_s));
        QCOMPARE(runs->at(1).attempt, 2);
        QCOMPARE(runs->at(1).pid, 7);
        QCOMPARE(*runs->at(1).workerSeenAt, base::fromMicros(99));
    }

    void theBackendAnswersAllOfThem()
    {
        test_support::EmbeddedStore store;
        QCOMPARE(store.open(), QString());
        const auto now = base::systemNow();
        const jobs::StatisticsRequest request{{now - std::chrono::hours(1), now, 12}, *jobs::readFilter({}, now)};
        QVERIFY(store.backend->summary().wait());
        QVERIFY(store.backend->dashboard(request).wait());
        QVERIFY(store.backend->failureGroups(request).wait());
        QVERIFY(store.backend->deliveryPage({}).wait());
        QVERIFY(store.backend->artifactPage({}).wait());
        QVERIFY(store.backend->diskUse().wait()->freeBytes);
        QVERIFY(store.backend->notificationPage({}, 10).wait());
        QVERIFY(store.backend->journalPage({}, 10).wait());
        QVERIFY(store.backend->queuePage().wait());
        const auto presets = store.backend->presets().wait();
        QVERIFY(presets && !presets->isEmpty() && presets->constFirst().isBuiltin);
    }

private:
    static QString id(int number) { return uuidOf(u"d-%1"_s.arg(number, 2, 10, QLatin1Char('0'))); }

    void putDeliveries()
    {
        for (int i = 0; i < 30; ++i) {
            webhooks::Delivery delivery;
            delivery.id = DeliveryId{id(i)};
            delivery.jobId = idOf<JobId>(u"job-%1"_s.arg(i % 5));
            delivery.receivedAt = at(i / 3);    // three at once
            delivery.body = "{}";
            delivery.outcome = i % 3 == 0 ? webhooks::Outcome::Rejected : webhooks::Outcome::Applied;
            delivery.verdict = i % 6 == 0 ? webhooks::Verdict::Wrong : webhooks::Verdict::Valid;
            QVERIFY(webhooks::WebhookRepository(m_store->database()).insertDelivery(delivery));
        }
    }

    void putArtifacts()
    {
        files::FileRepository files(m_store->database());
        const JobId job = m_store->submit(JobType::MediaProbe);
        const auto file = [&](const QString& key, std::optional<qint64> size) {
            files::File made;
            made.id = idOf<FileId>(key);
            made.path = key;
            made.sizeBytes = size;
            QVERIFY(files.upsert(made));
        };
        m_store->exec("DELETE FROM files");
        file(u"small"_s, 10);
        file(u"large"_s, 1000);
        file(u"odd"_s, {});
        const auto artifact = [&](const QString& name, const std::optional<FileId>& of, const QString& kind, qint64 seconds) {
            files::Artifact made{idOf<ArtifactId>(name), job, of, kind, {}, at(seconds)};
            QVERIFY(files.insertArtifact(made));
        };
        artifact(u"a"_s, idOf<FileId>(u"small"_s), u"cut_media"_s, 1);
        artifact(u"b"_s, idOf<FileId>(u"large"_s), u"cut_media"_s, 2);
        artifact(u"c"_s, idOf<FileId>(u"large"_s), u"cut_media"_s, 2);
        artifact(u"d"_s, idOf<FileId>(u"odd"_s), u"frames"_s, 3);
        artifact(u"e"_s, {}, u"silence_segments"_s, 4);
    }

    std::unique_ptr<test_support::StoreFixture> m_store;
};

QTEST_GUILESS_MAIN(ListsAcrossJobsTest)
#include "tst_lists_across_jobs.moc"
