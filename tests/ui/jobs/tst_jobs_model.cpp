// SPDX-License-Identifier: Apache-2.0
#include "tests/support/job_rows.h"
#include "tests/support/ui_fixture.h"
#include "ui/jobs/jobs_feed.h"
#include "ui/jobs/jobs_model.h"

#include <QAbstractItemModelTester>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::JobId;
using core::jobs::JobSort;
using core::jobs::JobSummary;
using core::jobs::SortDirection;
using test_support::ConsoleFixture;
using test_support::JobRows;
using ui::JobsModel;

namespace {

core::jobs::Filter filterOf(const QString& text)
{
    return core::jobs::parseFilter(text, core::base::systemNow()).value();
}

QList<JobId> idsOf(const QList<JobSummary>& jobs)
{
    QList<JobId> ids;
    for (const auto& job : jobs)
        ids << job.id;
    return ids;
}

}

class TestJobsModel : public QObject {
    Q_OBJECT

    struct Setup {
        Setup()
        {
            const QString wrong = console.open();
            if (!wrong.isEmpty())
                qFatal("%s", qPrintable(wrong));
            rows = std::make_unique<JobRows>(console.store.options.storePath);
            model = std::make_unique<JobsModel>(*console.session);
            tester = std::make_unique<QAbstractItemModelTester>(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
            feed = std::make_unique<ui::JobsFeed>(*console.session, *model);
        }
        bool load(const ui::JobsQuery& query = {})
        {
            QSignalSpy arrived(model.get(), &JobsModel::queryArrived);
            model->setQuery(query);
            return QTest::qWaitFor([&] { return arrived.count() == 1; });
        }
        ConsoleFixture console;
        std::unique_ptr<JobRows> rows;
        std::unique_ptr<JobsModel> model;
        std::unique_ptr<QAbstractItemModelTester> tester;
        std::unique_ptr<ui::JobsFeed> feed;
    };

    static bool walk(Setup& setup, bool down, const QList<JobId>& all, qsizetype begin)
    {
        return QTest::qWaitFor(
            [&] {
                const int rows = setup.model->rowCount();
                if (down)
                    setup.model->ensureAround(rows - 30, rows - 1);
                else
                    setup.model->ensureAround(0, 30);
                const auto loaded = setup.model->loadedIds();
                return (down ? setup.model->isAtEnd() : setup.model->isAtTop()) && loaded == all.mid(begin, loaded.size());
            },
            60'000);
    }

private slots:
    void theWindowSlidesOverAllRowsBothWays()
    {
        Setup setup;
        const auto all = idsOf(setup.rows->insertMany(5000));
        QVERIFY(setup.load());
        QCOMPARE(setup.model->loadedIds(), all.mid(0, JobsModel::pageRows));
        QVERIFY(setup.model->isAtTop());
        QVERIFY(!setup.model->isAtEnd());

        QVERIFY(walk(setup, true, all, 3000));
        QCOMPARE(setup.model->rowCount(), JobsModel::maxRows);
        QVERIFY(!setup.model->isAtTop());
        QVERIFY(walk(setup, false, all, 0));
        QCOMPARE(setup.model->rowCount(), JobsModel::maxRows);
        QVERIFY(!setup.model->isAtEnd());
    }

    void jumpsLandByKey()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(3000);
        const auto all = idsOf(jobs);
        QVERIFY(setup.load());
        QSignalSpy arrived(setup.model.get(), &JobsModel::arrived);
        setup.model->jumpTo(core::base::toMicros(jobs.at(1500).createdAt));
        QTRY_COMPARE(arrived.count(), 1);
        QCOMPARE(setup.model->loadedIds().constFirst(), all.at(1500));
        setup.model->jumpToEnd();
        QTRY_COMPARE(arrived.count(), 2);
        QCOMPARE(setup.model->loadedIds(), all.last(JobsModel::pageRows));
        QVERIFY(setup.model->isAtEnd());
        setup.model->jumpTo(core::base::toMicros(jobs.constLast().createdAt) - 1'000'000'000);    // before anything was
        QTRY_COMPARE(arrived.count(), 3);                                                         // nothing is there: the end is nearest
        QCOMPARE(setup.model->loadedIds().constLast(), all.constLast());
        setup.model->jumpToTop();
        QTRY_COMPARE(arrived.count(), 4);
        QCOMPARE(setup.model->loadedIds().constFirst(), all.constFirst());
    }

    void ofManyJumpsAtOnceTheLastOneCounts()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(2000);
        QVERIFY(setup.load());
        QSignalSpy arrived(setup.model.get(), &JobsModel::arrived);
        for (int row = 100; row <= 1500; ++row)
            setup.model->jumpTo(core::base::toMicros(jobs.at(row).createdAt));
        QTRY_COMPARE(setup.model->loadedIds().constFirst(), jobs.at(1500).id);
        QCOMPARE(arrived.count(), 2);    // the first was on its way, those between were never asked
    }

    void latePagesOfAnotherFilterAreDropped()
    {
        Setup setup;
        QList<JobSummary> jobs{JobRows::done(1s), JobRows::done(2s, core::JobType::MediaConvert)};
        setup.rows->insert(jobs);
        ui::JobsQuery convert;
        convert.filter = filterOf(u"type:media-convert"_s);
        QSignalSpy arrived(setup.model.get(), &JobsModel::queryArrived);
        setup.model->setQuery({});
        setup.model->setQuery(convert);
        QTRY_COMPARE(arrived.count(), 1);
        QCOMPARE(setup.model->loadedIds(), QList<JobId>{jobs.at(1).id});
        QVERIFY(setup.console.session->backend()->lastChange().wait().has_value());
        QCoreApplication::sendPostedEvents();
        QCOMPARE(arrived.count(), 1);
        QCOMPARE(setup.model->rowCount(), 1);
    }

    void rowsChangeInTheirPlaceAndTheModelIsNeverReset()
    {
        Setup setup;
        auto jobs = setup.rows->insertMany(50);
        JobRows::setStatus(jobs[20], core::JobStatus::Running);
        jobs[20].progressPct = 10;
        auto running = JobRows::done(30s);
        JobRows::setStatus(running, core::JobStatus::Running);
        running.progressPct = 10;
        setup.rows->insert({running});
        QVERIFY(setup.load());
        const auto before = setup.model->loadedIds();
        QSignalSpy reset(setup.model.get(), &QAbstractItemModel::modelReset);
        QSignalSpy inserted(setup.model.get(), &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(setup.model.get(), &QAbstractItemModel::rowsRemoved);
        setup.model->ensureAround(0, 20);
        QTRY_VERIFY(([&] {    // the feed begins where it was as the session opened: until it is told, say it again
            ++running.progressPct;
            running.message = u"Pass 2 of 2"_s;
            setup.rows->update({running});
            const auto& row = setup.model->rowAt(0);
            return row.job().progressPct > 10 && row.job().message == "Pass 2 of 2"_L1;
        })());
        QVERIFY(setup.model->rowAt(0).flash != 0);
        QTRY_COMPARE(setup.model->rowAt(0).flash, quint16(0));
        QCOMPARE(setup.model->loadedIds(), before);
        QCOMPARE(reset.count() + inserted.count() + removed.count(), 0);
    }

    void aReportTellsOnlyItsOwnCells()
    {
        Setup setup;
        auto jobs = setup.rows->insertMany(5);
        QVERIFY(setup.load());
        QSignalSpy told(setup.model.get(), &QAbstractItemModel::dataChanged);
        auto job = setup.model->rowAt(2).job();
        job.progressPct += 5;
        job.message = u"Pass 2 of 2"_s;
        setup.model->updateRows({job});
        QSet<int> columns;
        for (const auto& call : told) {
            QCOMPARE(call.at(0).toModelIndex().row(), 2);
            for (int column = call.at(0).toModelIndex().column(); column <= call.at(1).toModelIndex().column(); ++column)
                columns << column;
        }
        QCOMPARE(columns, (QSet<int>{static_cast<int>(ui::JobColumn::Progress), static_cast<int>(ui::JobColumn::Message)}));

        told.clear();    // another state: ink and words of any cell may be others
        job.status = core::JobStatus::Failed;
        job.statusText = u"FAILED"_s;
        setup.model->updateRows({job});
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.first().at(0).toModelIndex().column(), 0);
        QCOMPARE(told.first().at(1).toModelIndex().column(), ui::jobColumnCount - 1);
    }

    void manyChangesAtOnceDoNotFlash()
    {
        Setup setup;
        auto jobs = setup.rows->insertMany(40);
        QVERIFY(setup.load());
        setup.model->ensureAround(0, 39);
        for (auto& job : jobs)
            job.message = u"changed"_s;
        setup.model->updateRows(jobs.mid(0, JobsModel::flashedAtOnce + 1));
        QCOMPARE(setup.model->rowAt(0).job().message, u"changed"_s);
        QCOMPARE(setup.model->rowAt(0).flash, quint16(0));
        setup.model->updateRows(jobs);
        QVERIFY(setup.model->rowAt(39).flash != 0);    // the rest of them are few enough
    }

    void newRowsComeInOrWait()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(10);
        QVERIFY(setup.load());
        QSignalSpy waiting(setup.feed.get(), &ui::JobsFeed::waitingChanged);
        const auto fresh = setup.rows->insertMany(1, 50s);
        setup.feed->readAgain();
        QTRY_COMPARE(setup.model->rowCount(), 11);
        QCOMPARE(setup.model->loadedIds().constFirst(), fresh.constFirst().id);

        setup.feed->setHeld(true);
        setup.rows->insertMany(3, 10s);
        setup.feed->readAgain();
        QTRY_COMPARE(setup.feed->waiting(), 3);
        QVERIFY(!setup.feed->isMoreWaiting());
        QCOMPARE(setup.model->rowCount(), 11);
        setup.feed->setHeld(false);
        QTRY_COMPARE(setup.model->rowCount(), 14);
        QCOMPARE(setup.feed->waiting(), 0);
    }

    void newRowsAreCountedWhereTheTopIsNotLoaded()
    {
        Setup setup;
        setup.rows->insertMany(3000, 600s);
        QVERIFY(setup.load());
        setup.feed->setHeld(true);
        setup.model->jumpToEnd();
        QTRY_VERIFY(!setup.model->isAtTop());
        setup.rows->insertMany(4, 10s);
        setup.feed->readAgain();
        QTRY_COMPARE(setup.feed->waiting(), 4);
        setup.rows->insertMany(300, 1s);
        setup.feed->readAgain();
        QTRY_VERIFY(setup.feed->isMoreWaiting());
        QCOMPARE(setup.feed->waiting(), 200);
    }

    void aJobThatMatchesNoLongerLeavesOnlyWhenNobodyReads()
    {
        Setup setup;
        auto running = JobRows::done(5s);
        JobRows::setStatus(running, core::JobStatus::Running);
        setup.rows->insert({running});
        ui::JobsQuery query;
        query.filter = filterOf(u"status:running"_s);
        QVERIFY(setup.load(query));
        QCOMPARE(setup.model->rowCount(), 1);
        setup.feed->setHeld(true);
        JobRows::setStatus(running, core::JobStatus::Done);
        running.finishedAt = core::base::systemNow();
        setup.rows->update({running});
        setup.feed->readAgain();
        QTRY_COMPARE(setup.model->rowAt(0).job().status, core::JobStatus::Done);
        QCOMPARE(setup.model->rowCount(), 1);
        setup.feed->setHeld(false);
        setup.feed->readAgain();
        QTRY_COMPARE(setup.model->rowCount(), 0);
    }

    void sorts_data()
    {
        QTest::addColumn<JobSort>("sort");
        QTest::addColumn<SortDirection>("direction");
        QTest::newRow("created, newest") << JobSort::Created << SortDirection::NewestFirst;
        QTest::newRow("created, oldest") << JobSort::Created << SortDirection::OldestFirst;
        QTest::newRow("updated, newest") << JobSort::Updated << SortDirection::NewestFirst;
        QTest::newRow("updated, oldest") << JobSort::Updated << SortDirection::OldestFirst;
    }

    void sorts()
    {
        QFETCH(const JobSort, sort);
        QFETCH(const SortDirection, direction);
        Setup setup;
        QList<JobSummary> jobs;
        for (int i = 0; i < 700; ++i) {
            jobs << JobRows::done(std::chrono::seconds(100 + i));
            jobs.last().updatedAt += std::chrono::seconds((i * 37) % 701);
        }
        setup.rows->insert(jobs);
        const auto place = [&](const JobSummary& job) { return ui::sortMicros(job, sort); };
        std::sort(jobs.begin(), jobs.end(), [&](const JobSummary& left, const JobSummary& right) {
            const bool less = std::pair(place(left), left.id) < std::pair(place(right), right.id);
            return direction == SortDirection::OldestFirst ? less : std::pair(place(right), right.id) < std::pair(place(left), left.id);
        });
        ui::JobsQuery query;
        query.sort = sort;
        query.direction = direction;
        QVERIFY(setup.load(query));
        QVERIFY(walk(setup, true, idsOf(jobs), 0));
        QCOMPARE(setup.model->loadedIds(), idsOf(jobs));
        setup.model->jumpToEnd();
        QTRY_COMPARE(setup.model->loadedIds(), idsOf(jobs).last(JobsModel::pageRows));
    }

    void hostileTextIsOnePlainLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("rich text") << u"<b>bold</b><img src='http://x/'>"_s;
        QTest::newRow("line breaks") << u"one\r\ntwo\u2028three"_s;
        QTest::newRow("turned") << u"ab\u202etxt.exe"_s;
        QTest::newRow("controls") << u"a\u0007\u001b[31mb"_s;
        QTest::newRow("long") << QString(100'000, u'x');
    }

    void hostileTextIsOnePlainLine()
    {
        QFETCH(const QString, text);
        Setup setup;
        auto job = JobRows::done(5s);
        job.message = text;
        job.userId = text;
        job.projectId = text;
        job.errorCode = text;
        job.typeText = text;
        job.statusText = text;
        setup.rows->insert({job});
        QVERIFY(setup.load());
        QCOMPARE(setup.model->rowCount(), 1);
        for (int column = 0; column < ui::jobColumnCount; ++column) {
            const QModelIndex cell = setup.model->index(0, column);
            const QString shown = cell.data().toString();
            QVERIFY(shown.size() <= 501);
            for (const QChar bad : u"\n\r\u2028\u202e\u0007\u001b"_s)
                QVERIFY2(!shown.contains(bad), qPrintable(shown));
            const QString tip = cell.data(Qt::ToolTipRole).toString();
            QVERIFY(tip.size() < 30'000);
            QVERIFY2(!tip.contains("<b>"_L1) && !tip.contains("<img"_L1) && !tip.contains(u'\u202e'), qPrintable(tip));
        }
    }
};

QTEST_MAIN(TestJobsModel)
#include "tst_jobs_model.moc"
