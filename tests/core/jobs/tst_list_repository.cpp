// SPDX-License-Identifier: Apache-2.0
#include "core/database/transaction.h"
#include "core/jobs/list_repository.h"
#include "tests/core/jobs/stored_jobs_repository.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core::jobs;
using namespace Qt::StringLiterals;
using core::JobId;
using core::Time;

Q_DECLARE_METATYPE(core::jobs::JobSort)

namespace {

constexpr int jobCount = 500;
const QList<JobStatus> statuses{JobStatus::Pending, JobStatus::Running, JobStatus::Done, JobStatus::Failed, JobStatus::Cancelled};

using test_support::idOf;

JobId idOfNumber(int number)
{
    return idOf<JobId>(u"job-%1"_s.arg(number, 4, 10, QLatin1Char('0')));
}

/// How the ids of those jobs begin, in as many characters.
QString beginning(qsizetype length)
{
    return idOfNumber(100).text.left(length);
}

/// Ten jobs share each moment, and their ids grow against it; updated_at goes its own way, with ties too.
Job job(int number)
{
    Job made;
    made.id = idOfNumber((number * 7) % jobCount);
    made.typeText = jobTypeName(allJobTypes().at(number % 7));
    made.type = allJobTypes().at(number % 7);
    made.status = statuses.at(number % 5);
    made.statusText = statusName(made.status);
    made.userId = number % 2 == 0 ? u"even"_s : u"odd"_s;
    made.createdAt = core::base::fromMicros(1'000'000 + number / 10);
    made.updatedAt = core::base::fromMicros(9'000'000 - (number * 13) % 50);
    if (number % 3 != 0)
        made.startedAt = made.createdAt;
    if (number % 4 != 0)
        made.finishedAt = made.createdAt + std::chrono::microseconds((number * 17) % 40);
    made.inputData = "{\"number\":" + QByteArray::number(number) + "}";
    endIfOver(made);
    return made;
}

Filter filterOf(const QString& text)
{
    return *readFilter(text, Time{});
}

}

class ListRepositoryTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_store = freshStore(m_place);
        QVERIFY(m_store);
        auto transaction = core::database::Transaction::begin(*m_store);
        QVERIFY(transaction);
        for (int i = 0; i < jobCount; ++i) {
            m_jobs += job(i);
            QVERIFY(storeRow(*m_store, m_jobs.constLast()));
        }
        QVERIFY(transaction->commit());
    }

    void pagesJoinWithoutGaps_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<JobSort>("sort");
        QTest::addColumn<bool>("oldestFirst");
        QTest::addColumn<int>("limit");
        const JobSort created = JobSort::Created;
        const JobSort updated = JobSort::Updated;
        const JobSort took = JobSort::Took;
        QTest::newRow("newest first") << u""_s << created << false << 7;
        QTest::newRow("oldest first") << u""_s << created << true << 7;
        QTest::newRow("last changed first") << u""_s << updated << false << 7;
        QTest::newRow("first changed first") << u""_s << updated << true << 13;
        QTest::newRow("page within one moment") << u""_s << created << false << 3;
        QTest::newRow("page of one") << u"owner:odd since:1970-01-01"_s << created << false << 1;
        QTest::newRow("a status") << u"status:failed"_s << created << false << 9;
        QTest::newRow("three statuses, merged") << u"status:failed,done,running owner:odd"_s << created << false << 9;
        QTest::newRow("two statuses by change") << u"status:failed,done"_s << updated << true << 11;
        QTest::newRow("the last page is full") << u"status:failed"_s << created << false << 50;
        QTest::newRow("nothing") << u"owner:nobody"_s << created << false << 50;
        QTest::newRow("longest first") << u""_s << took << false << 7;
        QTest::newRow("shortest first") << u""_s << took << true << 7;
        QTest::newRow("longest first, page of one") << u"owner:odd"_s << took << false << 1;
        QTest::newRow("shortest first, page of one") << u"owner:odd"_s << took << true << 1;
        QTest::newRow("longest first, statuses merged") << u"status:failed,done,running"_s << took << false << 11;
        QTest::newRow("shortest first, statuses merged") << u"status:failed,done,running"_s << took << true << 11;
        QTest::newRow("longest first, a page ends with the last span") << u""_s << took << false << 250;
        QTest::newRow("by span, nothing") << u"owner:nobody"_s << took << true << 50;
    }
    void pagesJoinWithoutGaps()
    {
        QFETCH(QString, filter);
        QFETCH(JobSort, sort);
        QFETCH(bool, oldestFirst);
        QFETCH(int, limit);
        PageRequest request;
        request.sort = sort;
        request.direction = oldestFirst ? SortDirection::OldestFirst : SortDirection::NewestFirst;
        request.limit = limit;
        const JobListRepository list(*m_store);
        const QStringList expected = idsInOrder(filterOf(filter), request);

        QStringList downwards;
        std::optional<JobKey> last;
        for (;;) {
            const auto page = list.page(filterOf(filter), request);
            QVERIFY2(page, page ? "" : qPrintable(page.error().message));
            QVERIFY(page->rows.size() <= limit);
            for (const JobSummary& row : page->rows) {
                downwards += row.id.text;
                last = keyOf(row, request.sort);
            }
            if (!page->next)
                break;
            QCOMPARE(page->rows.size(), limit);
            request.after = page->next;
        }
        QCOMPARE(downwards, expected);
        if (!last)
            return;

        // And back from the last row: the same rows, page for page from the end.
        QStringList upwards{expected.constLast()};
        request.after.reset();
        request.before = last;
        for (;;) {
            const auto page = list.page(filterOf(filter), request);
            QVERIFY(page);
            QStringList rows;
            for (const JobSummary& row : page->rows)
                rows += row.id.text;
            upwards = rows + upwards;
            if (!page->next)
                break;
            request.before = page->next;
        }
        QCOMPARE(upwards, expected);
    }

    void aListReadsNoPayloadAndHoldsNoTypedText()
    {
        for (const QString& text :
             {u""_s, u"status:failed,done owner:secretword id:secretword \"secretword\" error:secretword took:>3s"_s}) {
            const QByteArray sql = JobListRepository::pageStatements(filterOf(text), {}).first().sql;
            QVERIFY2(!sql.contains("input_data") && !sql.contains("output_data") && !sql.contains("*"), sql.constData());
            QVERIFY2(!sql.contains("OFFSET"), sql.constData());
            QVERIFY2(!sql.contains("secretword"), sql.constData());
        }
        const SqlText payload = JobListRepository::pageStatements(filterOf(u"input.secretpath[3]:secretword*"_s), {}).first();
        QVERIFY2(!payload.sql.contains("secret"), payload.sql.constData());
        QVERIFY2(!payload.sql.left(payload.sql.indexOf(" FROM ")).contains("_data"), payload.sql.constData());
    }

    void aCountEndsAtItsCeiling()
    {
        const JobListRepository list(*m_store);
        const auto exact = list.count(filterOf(u"status:failed"_s), 100);
        QCOMPARE(exact->count, 100);
        QVERIFY(exact->isExact);
        const auto atLeast = list.count(filterOf(u"status:failed"_s), 99);
        QCOMPARE(atLeast->count, 99);
        QVERIFY(!atLeast->isExact);
        QCOMPARE(list.count({}, 10'000)->count, jobCount);
        QCOMPARE(list.count({}, countsAll)->count, jobCount);
        const auto all = list.count(filterOf(u"status:failed"_s), countsAll);
        QCOMPARE(all->count, exact->count);
        QVERIFY(all->isExact);
        QVERIFY(!all->searchedOnlyNewest);
        QCOMPARE(list.count(filterOf(u"!id:"_s + beginning(6)), 0)->count, 0);
        QVERIFY(list.count(filterOf(u"!id:"_s + beginning(6)), 0)->isExact);
    }

    void aPayloadSearchEndsAtItsCeiling()
    {
        const Filter old = filterOf(u"input.number:5,495"_s);    // one among the oldest, one among the newest
        const JobListRepository few(*m_store, 100);
        const auto page = few.page(old, {});
        QCOMPARE(page->rows.size(), 1);
        QCOMPARE(page->searchedOnlyNewest, std::optional(100));
        QCOMPARE(few.count(old, 10)->count, 1);
        QCOMPARE(few.count(old, 10)->searchedOnlyNewest, std::optional(100));
        QCOMPARE(few.count(old, countsAll)->searchedOnlyNewest, std::optional(100));
        QCOMPARE(few.ids(old, 10)->ids.size(), 1);
        QVERIFY(!few.page(filterOf(u"owner:odd"_s), {})->searchedOnlyNewest);

        const JobListRepository justAll(*m_store, jobCount);
        QCOMPARE(justAll.page(old, {})->rows.size(), 2);
        QVERIFY(!justAll.page(old, {})->searchedOnlyNewest);
        // Exactly the newest hundred, also where jobs share a moment.
        QCOMPARE(few.count(filterOf(u"input.number:>=0"_s), 1000)->count, 100);
        const JobListRepository odd(*m_store, 95);
        QCOMPARE(odd.count(filterOf(u"input.number:>=0"_s), 1000)->count, 95);
    }

    /// On a server, whose rows are others' as well; a file is read to its end.
    void aSearchWithoutAnIndexEndsAtItsCeiling_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("isServed");
        QTest::newRow("all") << u""_s << true;
        QTest::newRow("status") << u"status:failed,done"_s << true;
        QTest::newRow("a status of a time") << u"status:failed since:1970-01-01"_s << true;
        QTest::newRow("an owner") << u"owner:odd status:failed"_s << true;
        QTest::newRow("more of an owner of many") << u"owner:odd status:failed error:x"_s << false;
        QTest::newRow("more of an owner of few") << u"owner:nobody status:failed error:x"_s << true;
        QTest::newRow("what is under way and more") << u"status:active error:x"_s << true;
        QTest::newRow("beginning of an id") << u"id:"_s + beginning(9) << true;
        QTest::newRow("too short a beginning") << u"id:"_s + beginning(6) << false;
        QTest::newRow("owners that look like it") << u"owner:od*"_s << false;
        QTest::newRow("not an owner") << u"!owner:odd"_s << false;
        QTest::newRow("one or the other") << u"owner:odd OR status:failed"_s << false;
        QTest::newRow("status and type") << u"status:failed type:probe"_s << false;
        QTest::newRow("a text") << u"error:x"_s << false;
    }
    void aSearchWithoutAnIndexEndsAtItsCeiling()
    {
        QFETCH(QString, filter);
        QFETCH(bool, isServed);
        const JobListRepository few(*m_store, 100, 100);
        const auto expected = isServed || !test_support::onPostgres() ? std::nullopt : std::optional(100);
        for (const JobSort sort : {JobSort::Created, JobSort::Updated, JobSort::Took}) {
            PageRequest request;
            request.sort = sort;
            QCOMPARE(few.page(filterOf(filter), request)->searchedOnlyNewest, expected);
        }
        QCOMPARE(few.count(filterOf(filter), 1000)->searchedOnlyNewest, expected);
        QCOMPARE(few.ids(filterOf(filter), 1000)->searchedOnlyNewest, expected);
    }

    void aServerGuessesHowMany()
    {
        const JobListRepository list(*m_store);
        if (!test_support::onPostgres()) {
            QVERIFY(!*list.estimate(filterOf(u"status:failed"_s)));
            return;
        }
        QVERIFY(m_store->exec("ANALYZE jobs"));
        const auto guess = list.estimate(filterOf(u"status:failed"_s)).value();
        QVERIFY(guess && *guess >= 50 && *guess <= 200);
        QCOMPARE(list.estimate({}).value(), std::optional<qint64>(jobCount));
        QVERIFY(!*list.estimate(filterOf(u"error:x"_s)));    // of which it searches a part only
    }

    void idsSayWhenTheyWereCutOff()
    {
        const JobListRepository list(*m_store);
        const auto all = list.ids(filterOf(u"status:failed"_s), 100);
        QCOMPARE(all->ids.size(), 100);
        QVERIFY(all->isComplete);
        const auto some = list.ids(filterOf(u"status:failed"_s), 99);
        QCOMPARE(some->ids, all->ids.first(99));
        QVERIFY(!some->isComplete);
    }

    void summariesComeInTheOrderAskedFor()
    {
        const auto rows = JobListRepository(*m_store).summariesOf({idOfNumber(499), JobId{u"gone"_s}, idOfNumber(1), idOfNumber(1)});
        QCOMPARE(rows->size(), 3);
        QCOMPARE(rows->at(0).id, idOfNumber(499));
        QCOMPARE(rows->at(2).id, idOfNumber(1));
    }

    void statusesAreCounted()
    {
        const auto counts = JobListRepository(*m_store).countsByStatus();
        QCOMPARE(counts->size(), 5);
        for (const StatusCount& count : *counts) {
            QCOMPARE(count.count, 100);
            QCOMPARE(statusName(count.status), count.statusText);
        }
    }

    void theLargestFilterStillRuns()
    {
        QStringList words;
        for (int i = 0; i < maxFilterValues - 5; ++i)
            words += u"w%1"_s.arg(i);
        const QString deep = u"(a "_s.repeated(5) + u"(b)"_s + u")"_s.repeated(5);
        const auto any = readFilter(words.join(u" OR "_s), Time{});
        const auto all = readFilter(u'!' + words.join(u" !"_s), Time{});
        QVERIFY(any && all && readFilter(deep, Time{}));
        const JobListRepository list(*m_store);
        const auto none = list.count(*any, 1000);
        QVERIFY2(none, none ? "" : qPrintable(none.error().message));
        QCOMPARE(none->count, 0);
        QCOMPARE(list.count(*all, 1000)->count, jobCount);
        QStringList numbers;
        for (int i = 0; i < maxFilterValues; ++i)
            numbers += QString::number(i);
        QCOMPARE(list.count(filterOf(u"input.number:"_s + numbers.join(u',')), 1000)->count, maxFilterValues);
    }

private:
    QStringList idsInOrder(const Filter& filter, const PageRequest& request)
    {
        // The order by other means; the rows as the store takes them (tst_filter_oracle has those from the matcher).
        QList<JobSummary> rows;
        const auto ids = JobListRepository(*m_store).ids(filter, jobCount);
        for (const Job& made : m_jobs) {
            if (ids->ids.contains(made.id))
                rows += made;
        }
        std::sort(rows.begin(), rows.end(), [&](const JobSummary& left, const JobSummary& right) {
            const JobKey a = keyOf(left, request.sort);
            const JobKey b = keyOf(right, request.sort);
            if (a.value.has_value() != b.value.has_value())
                return a.value.has_value();    // what has none stands last, either way round
            const bool isOlder = a.value != b.value ? a.value < b.value : a.id.text < b.id.text;
            return request.direction == SortDirection::OldestFirst ? isOlder : !isOlder && !(a == b);
        });
        QStringList texts;
        for (const JobSummary& row : rows)
            texts += row.id.text;
        return texts;
    }

    QTemporaryDir m_folder;
    test_support::TestStore m_place{m_folder.path()};
    std::unique_ptr<core::database::Database> m_store;
    QList<Job> m_jobs;
};

QTEST_APPLESS_MAIN(ListRepositoryTest)
#include "tst_list_repository.moc"
