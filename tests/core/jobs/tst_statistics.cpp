// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/jobs/statistics_repository.h"
#include "tests/core/jobs/stored_jobs_repository.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core::jobs;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::JobId;
using core::Time;

namespace {

const Time start = core::base::fromMicros(1'800'000'000'000'000);
const Window window{start, start + 100s, 4};    // parts of 25 s
const Filter everything = *readFilter({}, start);

/// Times are seconds from the start of the window; a negative length means that it did not come so far.
Job job(const QString& id, JobStatus status, int created, int waited, int took)
{
    Job made;
    made.id = test_support::idOf<JobId>(id);
    made.typeText = u"MEDIA_PROBE"_s;
    made.status = status;
    made.statusText = statusName(status);
    made.createdAt = start + std::chrono::seconds(created);
    made.updatedAt = made.createdAt;
    made.inputData = "{}";
    if (waited >= 0)
        made.updatedAt = *(made.startedAt = made.createdAt + std::chrono::seconds(waited));
    if (took >= 0)
        made.updatedAt = *(made.finishedAt = made.updatedAt + std::chrono::seconds(took));
    return made;
}

}

class StatisticsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_place = std::make_unique<test_support::TestStore>(m_folder->path());
        m_store = freshStore(*m_place);
        QVERIFY(m_store);
    }
    void cleanup()
    {
        m_store.reset();
        m_place.reset();
    }

    void anEmptyStoreHasNoFigures()
    {
        const auto answer = StatisticsRepository(*m_store).statistics({window, everything});
        QVERIFY(answer);
        QCOMPARE(answer->buckets.size(), 4);
        QCOMPARE(answer->whole, SpanStatistics{});
        QVERIFY(!answer->whole.failureRate());
        QVERIFY(!answer->completeSince);
        const auto tallies = StatisticsRepository(*m_store).tallies(start);
        QVERIFY(tallies);
        QCOMPARE(tallies->byStatus.size(), 6);
        QCOMPARE(tallies->failedLastDay.count, 0);
    }

    void endsAreCountedInThePartTheyFallInto()
    {
        put({job(u"a"_s, JobStatus::Done, 0, 1, 4),            // ends at 5: part 0
             job(u"b"_s, JobStatus::Failed, 0, 2, 22),         // 24: part 0
             job(u"c"_s, JobStatus::Done, 0, 5, 20),           // 25: part 1, the edge belongs to the later one
             job(u"d"_s, JobStatus::Cancelled, 60, -1, 10),    // 70: part 2, never started
             job(u"e"_s, JobStatus::Cancelled, 50, 1, 29),     // 80: part 3; its 29 s are no run that ended by itself
             job(u"f"_s, JobStatus::Running, 90, 3, -1),       // not over; its wait counts
             job(u"g"_s, JobStatus::Done, -30, 10, 29),        // ends at 9: part 0; started before the window
             job(u"h"_s, JobStatus::Failed, -60, 4, 6),        // ends at -50: the window before
             job(u"i"_s, JobStatus::Done, -90, 0, 10),         // -80: the window before
             job(u"j"_s, JobStatus::Done, -300, 0, 10)});      // long before both
        const auto answer = StatisticsRepository(*m_store).statistics({window, everything});
        QVERIFY(answer);
        const auto counts = [&](int part) {
            const SpanStatistics& one = answer->buckets.at(part);
            return QList<qint64>{one.done, one.failed, one.cancelled};
        };
        QCOMPARE(counts(0), (QList<qint64>{2, 1, 0}));
        QCOMPARE(counts(1), (QList<qint64>{1, 0, 0}));
        QCOMPARE(counts(2), (QList<qint64>{0, 0, 1}));
        QCOMPARE(counts(3), (QList<qint64>{0, 0, 1}));
        QCOMPARE(answer->whole.finished(), 6);
        QCOMPARE(*answer->whole.failureRate(), 0.25);    // 1 of done 3 + failed 1
        QCOMPARE(*answer->before.failureRate(), 0.5);
        // runs that ended in the window: 4, 22, 20, 29
        QCOMPARE(answer->whole.run.count, 4);
        QCOMPARE(*answer->whole.run.p50, std::chrono::microseconds(20s));
        QCOMPARE(*answer->whole.run.p95, std::chrono::microseconds(29s));
        // waits of those that started in it: 1, 2, 5, 1, 3
        QCOMPARE(answer->whole.wait.count, 5);
        QCOMPARE(*answer->whole.wait.p50, std::chrono::microseconds(2s));
        QCOMPARE(*answer->whole.wait.p99, std::chrono::microseconds(5s));
        QCOMPARE(answer->before.wait.count, 3);    // g at -20, h at -56, i at -90
    }

    void percentilesAreNearestRank_data()
    {
        QTest::addColumn<int>("jobs");
        QTest::addColumn<int>("p50");
        QTest::addColumn<int>("p95");
        QTest::addColumn<int>("p99");
        QTest::newRow("one") << 1 << 1 << 1 << 1;
        QTest::newRow("two") << 2 << 1 << 2 << 2;
        QTest::newRow("twenty") << 20 << 10 << 19 << 20;
        QTest::newRow("hundred") << 100 << 50 << 95 << 99;
        QTest::newRow("hundred and one") << 101 << 51 << 96 << 100;
    }
    void percentilesAreNearestRank()
    {
        QFETCH(int, jobs);
        QFETCH(int, p50);
        QFETCH(int, p95);
        QFETCH(int, p99);
        QList<Job> all;
        for (int i = jobs; i >= 1; --i) {
            Job one = job(QString::number(i), JobStatus::Done, 50, 0, 0);
            one.startedAt = *one.finishedAt - std::chrono::milliseconds(i);
            all += one;
        }
        put(all);
        const auto answer = StatisticsRepository(*m_store).statistics({window, everything});
        QVERIFY(answer);
        QCOMPARE(*answer->whole.run.p50, std::chrono::microseconds(std::chrono::milliseconds(p50)));
        QCOMPARE(*answer->whole.run.p95, std::chrono::microseconds(std::chrono::milliseconds(p95)));
        QCOMPARE(*answer->whole.run.p99, std::chrono::microseconds(std::chrono::milliseconds(p99)));
    }

    void theFilterNarrows()
    {
        Job other = job(u"b"_s, JobStatus::Failed, 0, 0, 1);
        other.userId = u"u-9"_s;
        put({job(u"a"_s, JobStatus::Done, 0, 0, 1), other});
        const Filter mine = *readFilter(u"owner:u-9"_s, start);
        const auto answer = StatisticsRepository(*m_store).statistics({window, mine});
        QVERIFY(answer);
        QCOMPARE(answer->whole.finished(), 1);
        const auto groups = StatisticsRepository(*m_store).failureGroups({window, *readFilter(u"owner:nobody"_s, start)});
        QVERIFY(groups);
        QCOMPARE(groups->total, 0);
    }

    void theCeilingIsToldAndKept()
    {
        QList<Job> all;
        for (int i = 0; i < 20; ++i)
            all += job(QString::number(i).rightJustified(2, u'0'), JobStatus::Failed, i, 0, 0);
        put(all);
        const StatisticsRepository narrow(*m_store, 5, 5, 7);
        const auto answer = narrow.statistics({window, everything});
        QVERIFY(answer);
        QCOMPARE(answer->whole.failed, 5);
        QCOMPARE(*answer->completeSince, start + 14s);
        QVERIFY(!answer->coversWindow());
        QVERIFY(!answer->coversBefore());
        const auto groups = narrow.failureGroups({window, everything});
        QVERIFY(groups);
        QCOMPARE(groups->total, 5);
        QCOMPARE(*groups->lookedOnlyAtNewest, 5);
        const auto tallies = narrow.tallies(start + 100s);
        QVERIFY(tallies);
        QCOMPARE(tallies->of(JobStatus::Failed), (StatusTally{JobStatus::Failed, 7, false}));
        // one more than there are: nothing is cut off
        const auto whole = StatisticsRepository(*m_store, 20, 20, 20).statistics({window, everything});
        QVERIFY(whole && !whole->completeSince);
    }

    void talliesKnowEveryWord()
    {
        const auto with = [](const QString& id, const QString& word) {
            Job one = job(id, JobStatus::Pending, 0, -1, -1);
            one.statusText = word;
            return one;
        };
        put({with(u"a"_s, u"PENDING"_s), with(u"b"_s, u"RUNNING"_s), with(u"c"_s, u"RUNNING"_s), with(u"d"_s, u"PAUSED"_s),
             with(u"e"_s, u"AAA"_s), with(u"f"_s, u"zzz"_s), with(u"g"_s, u"DONE_TOO"_s), with(u"h"_s, u""_s)});
        const auto tallies = StatisticsRepository(*m_store).tallies(start);
        QVERIFY(tallies);
        QCOMPARE(tallies->of(JobStatus::Pending).count, 1);
        QCOMPARE(tallies->of(JobStatus::Running).count, 2);
        QCOMPARE(tallies->of(JobStatus::Unknown).count, 5);
    }

    void failuresOfTheLastDayAreThoseCreatedInIt()
    {
        put({job(u"a"_s, JobStatus::Failed, -86'401, 0, 1), job(u"b"_s, JobStatus::Failed, -86'399, 0, 1),
             job(u"c"_s, JobStatus::Failed, -5, 0, 1)});
        const auto tallies = StatisticsRepository(*m_store).tallies(start);
        QVERIFY(tallies);
        QCOMPARE(tallies->failedLastDay.count, 2);
        QCOMPARE(tallies->of(JobStatus::Failed).count, 3);
    }

    void groupsLookBackForTheFirst()
    {
        QList<Job> all{job(u"a"_s, JobStatus::Failed, -86'400 * 29, 0, 1), job(u"b"_s, JobStatus::Failed, 10, 0, 1),
                       job(u"c"_s, JobStatus::Failed, -86'400 * 31, 0, 1)};
        char letter = 'A';
        for (Job& one : all)
            one.errorMessage = u"exit "_s + QLatin1Char(letter++);
        all[0].errorMessage = all[1].errorMessage;
        put(all);
        const auto groups = StatisticsRepository(*m_store).failureGroups({window, everything});
        QVERIFY(groups);
        QCOMPARE(groups->total, 1);
        QCOMPARE(groups->groups.constFirst().firstSeen, start - std::chrono::hours(24 * 29));
        QVERIFY(groups->lookedSince < window.from);
    }

private:
    void put(const QList<Job>& jobs)
    {
        auto transaction = core::database::Transaction::begin(*m_store);
        QVERIFY(transaction);
        for (const Job& one : jobs)
            QVERIFY(storeRow(*m_store, one));
        QVERIFY(transaction->commit());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test_support::TestStore> m_place;
    std::unique_ptr<core::database::Database> m_store;
};

QTEST_GUILESS_MAIN(StatisticsTest)
#include "tst_statistics.moc"
