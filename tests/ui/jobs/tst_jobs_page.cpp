// SPDX-License-Identifier: Apache-2.0
#include "tests/support/job_rows.h"
#include "tests/support/ui_fixture.h"
#include "ui/base/empty_state.h"
#include "ui/base/error_bar.h"
#include "ui/jobs/job_export.h"
#include "ui/jobs/job_selection.h"
#include "ui/jobs/job_text.h"
#include "ui/jobs/jobs_header.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_page.h"
#include "ui/jobs/jobs_view.h"
#include "ui/jobs/new_rows_bar.h"
#include "ui/jobs/time_gutter.h"

#include <QAccessible>
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using core::JobId;
using core::JobStatus;
using core::JobType;
using core::jobs::JobSummary;
using test_support::ConsoleFixture;
using test_support::JobRows;
using ui::JobsPage;

namespace {

core::jobs::Filter filterOf(const QString& text)
{
    return core::jobs::parseFilter(text, core::base::systemNow()).value();
}

JobSummary sample(JobStatus status, JobType type, std::chrono::microseconds age, std::chrono::microseconds took, int progress,
                  const QString& owner, const QString& message)
{
    JobSummary job = JobRows::done(age, type);
    job.startedAt = job.createdAt + 5ms;
    job.finishedAt = *job.startedAt + took;
    job.updatedAt = *job.finishedAt;
    JobRows::setStatus(job, status);
    job.progressPct = progress;
    job.userId = owner;
    job.message = message;
    if (status == JobStatus::Pending)
        job.startedAt.reset();
    if (status == JobStatus::Failed) {
        job.errorMessage = message;
        job.errorCode = u"ffmpeg_failed"_s;
    }
    return job;
}

/// The rows of the first picture.
QList<JobSummary> pictureRows()
{
    using enum JobType;
    constexpr auto Running = JobStatus::Running, Done = JobStatus::Done, Failed = JobStatus::Failed, Cancelled = JobStatus::Cancelled,
                   Pending = JobStatus::Pending;
    QList<JobSummary> jobs{
        sample(Running, TranscriptionGenerate, 21s, 0s, 64, u"u-12"_s, u"Segment 18 of 28"_s),
        sample(Running, MediaConvert, 48s, 0s, 31, u"u-77"_s, u"Pass 1 of 2"_s),
        sample(Running, CaptionsGenerate, 65s, 0s, 8, u"u-31"_s, u"Burning in captions"_s),
        sample(Done, MediaProbe, 3min, 200ms, 100, u"u-31"_s, u"2 streams"_s),
        sample(Done, SilenceDetect, 4min, 3200ms, 100, u"u-31"_s, u"9 silences, 28.4 s"_s),
        sample(Done, MediaProbe, 4min + 5s, 200ms, 100, u"u-31"_s, u"3 streams"_s),
        sample(Failed, CaptionsGenerate, 6min, 41300ms, 62, u"u-12"_s, u"ffmpeg exit code 1"_s),
        sample(Cancelled, MediaConvert, 9min, 8800ms, 17, u"u-12"_s, u"Cancelled by m.ito"_s),
        sample(Cancelled, MediaConvert, 10min, 9min, 38, u"u-12"_s, {}),
        sample(Pending, FrameExtract, 10min + 5s, 0s, 0, u"u-12"_s, u"Waits for a worker"_s),
        sample(Running, CaptionsGenerate, 10min + 9s, 0s, 71, u"u-77"_s, u"Burning in captions"_s),
        sample(Done, SilenceApply, 11min, 14900ms, 100, u"u-77"_s, u"Removed 26.6 s"_s),
        sample(Done, MediaProbe, 11min + 9s, 200ms, 100, u"u-08"_s, u"2 streams"_s),
        sample(JobStatus::Unknown, MediaConvert, 14min, 0s, 45, u"u-40"_s, {}),
        sample(Done, FrameExtract, 15min, 6100ms, 100, u"u-08"_s, u"100 frames"_s),
        sample(Done, MediaConvert, 19min, 72s, 100, u"u-12"_s, u"mp4, 48.2 MB"_s),
        sample(Failed, TranscriptionGenerate, 22min, 5s, 4, u"u-08"_s, u"Model en-us was not found on this machine"_s),
        sample(Done, MediaProbe, 22min + 9s, 300ms, 100, u"u-08"_s, u"2 streams"_s),
        sample(Done, CaptionsGenerate, 31min, 52700ms, 100, u"u-31"_s, u"Fell back to local rendering"_s),
        sample(Cancelled, FrameExtract, 41min, 20400ms, 71, u"u-40"_s, u"Finished anyway, output kept"_s),
        sample(Done, MediaConvert, 48min, 38s, 100, u"u-12"_s, u"webm, 12.9 MB"_s),
        sample(Done, FrameExtract, 55min, 9400ms, 100, u"u-12"_s, u"64 frames"_s),
    };
    jobs[8].cancel.requestedAt = core::base::systemNow() - 3s;
    jobs[7].cancel.requestedAt = jobs[7].cancel.acknowledgedAt = jobs[7].finishedAt;
    jobs[19].cancel.requestedAt = jobs[19].cancel.acknowledgedAt = jobs[19].finishedAt;
    jobs[13].statusText = u"PAUSED"_s;
    jobs[10].startedAt = core::base::systemNow() - 42s;
    for (int i = 0; i < 12; ++i)
        jobs << sample(Done, MediaProbe, 1h + 110min * i, 200ms, 100, u"u-31"_s, u"2 streams"_s);
    return jobs;
}

}

class TestJobsPage : public QObject {
    Q_OBJECT

    struct Setup {
        explicit Setup(const QList<JobSummary>& jobs = {}, bool readOnly = false)
        {
            const QString wrong = console.open(0, readOnly);
            if (!wrong.isEmpty())
                qFatal("%s", qPrintable(wrong));
            rows = std::make_unique<JobRows>(console.store.options.storePath);
            rows->insert(jobs);
            page = std::make_unique<JobsPage>(console.context());
            page->resize(675, 780);
            page->show();
            if (!QTest::qWaitForWindowExposed(page.get()) || !QTest::qWaitFor([&] { return page->model()->hasLoaded(); }))
                qFatal("The page does not load");
            page->activateWindow();
            page->view()->setFocus();
        }
        [[nodiscard]] ui::JobsView* view() const { return page->view(); }
        [[nodiscard]] QPoint centre(int row, ui::JobColumn column = ui::JobColumn::Type) const
        {
            return view()->visualRect(page->model()->index(row, static_cast<int>(column))).center();
        }
        void click(int row, Qt::KeyboardModifiers keys = {}) const
        {
            QTest::mouseClick(view()->viewport(), Qt::LeftButton, keys, centre(row));
        }
        /// Where the job's row stands on the page.
        [[nodiscard]] int yOf(const JobId& job) const
        {
            const int row = page->model()->rowOf(job).value_or(-1);
            return view()->viewport()->mapTo(page.get(), view()->visualRect(page->model()->index(row, 0)).topLeft()).y();
        }
        [[nodiscard]] JobId topJob() const { return page->model()->rowAt(view()->firstShown()).id(); }
        ConsoleFixture console;
        std::unique_ptr<JobRows> rows;
        std::unique_ptr<JobsPage> page;
    };

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void looksLikeThePicture()
    {
        Setup setup(pictureRows());
        setup.page->setFilter(filterOf(u"since:24h"_s), u"since:24h"_s);
        QTRY_VERIFY(setup.page->model()->hasLoaded() && setup.page->model()->rowCount() == 34);
        setup.click(4);
        QCOMPARE(setup.page->currentJob(), setup.page->model()->rowAt(4).id());
        QList<JobSummary> fresh;
        for (int i = 0; i < 3; ++i)
            fresh << JobRows::done(std::chrono::seconds(i));
        setup.rows->insert(fresh);
        emit setup.console.session->changedMuch();
        QTRY_VERIFY(setup.page->findChild<ui::NewRowsBar*>()->isVisible());
        QVERIFY(QTest::qWaitForWindowActive(setup.page.get()));
        test_support::shoot(*setup.page, u"jobs-list"_s);
        setup.page->resize(1100, 780);
        QMenu menu;
        setup.page->fillColumns(&menu);
        const auto actions = menu.actions();
        for (QAction* action : actions) {
            if (QStringList{u"Updated"_s, u"Id"_s, u"Attempt"_s}.contains(action->text()) && !action->actionGroup())
                action->setChecked(true);
        }
        setup.page->setFilter(filterOf(u"status:failed,cancelled since:24h"_s), {});
        QTRY_VERIFY(setup.page->model()->hasLoaded() && setup.page->model()->rowCount() == 5);
        test_support::shoot(*setup.page, u"jobs-failed"_s);
    }

    void whatChangesLooksAsIfAllWerePainted_data()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("sideways");
        QTest::newRow("left to right") << Qt::LeftToRight << 675 << 0;
        QTest::newRow("right to left") << Qt::RightToLeft << 675 << 0;
        QTest::newRow("scrolled sideways") << Qt::LeftToRight << 360 << 90;
        QTest::newRow("scrolled sideways, right to left") << Qt::RightToLeft << 360 << 90;
    }

    void whatChangesLooksAsIfAllWerePainted()
    {
        QFETCH(const Qt::LayoutDirection, direction);
        QFETCH(const int, width);
        QFETCH(const int, sideways);
        const auto jobs = pictureRows();
        Setup setup(jobs);
        setup.page->setLayoutDirection(direction);
        setup.page->resize(width, 780);
        setup.view()->horizontalScrollBar()->setValue(sideways);
        QTRY_COMPARE(setup.page->model()->rowCount(), jobs.size());
        setup.click(2);
        const auto shown = [&] {
            QCoreApplication::sendPostedEvents();    // whatever is to be painted
            return setup.page->screen()->grabWindow(setup.page->winId()).toImage();
        };
        const QImage before = shown();
        QList<JobSummary> changed;
        for (const int row : {0, 1, 2, 10, 13, 21}) {
            JobSummary job = setup.page->model()->rowAt(row).job();
            job.progressPct = 55;
            job.message = u"Now it says something else, and more than there is room for in a narrow list of jobs"_s;
            changed << job;
        }
        setup.page->model()->updateRows(changed);
        const QImage partly = shown();
        setup.view()->viewport()->repaint();
        QVERIFY(partly != before);
        QCOMPARE(partly, shown());
    }

    void anEmptyStoreInvites()
    {
        Setup setup;
        auto* empty = setup.page->findChild<ui::EmptyState*>();
        QVERIFY(empty);
        QTRY_VERIFY(empty->isVisible());
        QSignalSpy probe(setup.page.get(), &JobsPage::probeAsked);
        QSignalSpy submit(setup.page.get(), &JobsPage::submitAsked);
        const auto buttons = empty->findChildren<QPushButton*>();
        for (QPushButton* button : buttons)
            button->click();
        QCOMPARE(probe.count(), 1);
        QCOMPARE(submit.count(), 1);
        test_support::shoot(*setup.page, u"jobs-empty"_s);
        setup.rows->insertMany(1);
        emit setup.console.session->changedMuch();
        QTRY_VERIFY(!empty->isVisible());
        QTRY_COMPARE(setup.page->model()->rowCount(), 1);
    }

    /// A table tells assistive technology its cells and nothing else, so what stands over it has to be the page's.
    void whatStandsOverTheRowsIsHeard()
    {
        Setup setup;
        auto* page = QAccessible::queryAccessibleInterface(setup.page.get());
        const auto hears = [page](const QString& name) {
            std::vector<QAccessibleInterface*> open{page};
            while (!open.empty()) {
                auto* node = open.back();
                open.pop_back();
                if (node->text(QAccessible::Name) == name && !node->state().invisible)
                    return true;
                for (int i = 0; i < node->childCount(); ++i) {
                    if (auto* child = node->child(i))
                        open.push_back(child);
                }
            }
            return false;
        };
        QTRY_VERIFY(hears(u"Probe a media file\u2026"_s));
        setup.rows->insertMany(3);
        emit setup.console.session->changedMuch();
        QTRY_COMPARE(setup.page->model()->rowCount(), 3);
        QVERIFY(!hears(u"Probe a media file\u2026"_s));
        setup.click(0);
        const JobId first = setup.topJob();
        setup.rows->insertMany(2);
        emit setup.console.session->changedMuch();
        QTRY_VERIFY(hears(u"Show the new jobs"_s));
        QCOMPARE(setup.topJob(), first);
        QVERIFY(setup.yOf(first) >= setup.page->findChild<ui::NewRowsBar*>()->geometry().bottom());    // none hides behind the bar
    }

    void aReadOnlyStoreSaysWhyItCannotSubmit()
    {
        Setup setup({}, true);
        auto* empty = setup.page->findChild<ui::EmptyState*>();
        QTRY_VERIFY(empty && empty->isVisible());
        QVERIFY(!empty->findChildren<QPushButton*>().constFirst()->isEnabled());
        QVERIFY(!empty->findChildren<QPushButton*>().constFirst()->toolTip().isEmpty());
    }

    void aFilterWithoutHitsShowsItselfAndClears()
    {
        Setup setup({JobRows::done(5s)});
        setup.page->setFilter(filterOf(u"owner:nobody"_s), u"owner:<b>nobody"_s);
        QTRY_VERIFY(setup.page->findChild<ui::EmptyState*>());
        auto* none = setup.page->findChild<ui::EmptyState*>();
        QTRY_VERIFY(none->isVisible());
        test_support::shoot(*setup.page, u"jobs-no-hits"_s);
        QSignalSpy asked(&setup.console.navigator, &ui::Navigator::filterAsked);
        const auto buttons = none->findChildren<QPushButton*>();
        for (QPushButton* button : buttons) {
            if (button->isVisible())
                button->click();
        }
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.constFirst().constFirst().toString(), QString());
    }

    void anErrorStaysInTheViewAndKeepsItsRows()
    {
        Setup setup({JobRows::done(5s)});
        emit setup.page->model()->readFailed(
            {core::ErrorKind::Unavailable, u"store_locked"_s, u"Another program holds the store"_s, {}, u"SQLITE_BUSY"_s});
        auto* bar = setup.page->findChild<ui::ErrorBar*>();
        QVERIFY(bar->isVisible());
        QCOMPARE(setup.page->model()->rowCount(), 1);
        QVERIFY(bar->text().contains(u"store_locked"_s));
        test_support::shoot(*setup.page, u"jobs-error"_s);
        bar->findChildren<QPushButton*>().constFirst()->click();
        QTRY_VERIFY(!bar->isVisible());
    }

    void aThousandChangesASecondKeepSelectionAndPlace()
    {
        Setup setup;
        QList<JobSummary> running;
        for (int i = 0; i < 400; ++i) {
            running << JobRows::done(std::chrono::seconds(100 + i));
            JobRows::setStatus(running.last(), JobStatus::Running);
        }
        setup.rows->insert(running);
        setup.rows->insertMany(600, 600s);
        emit setup.console.session->changedMuch();
        QTRY_VERIFY(setup.page->model()->rowCount() >= 200);
        QTRY_VERIFY(setup.view()->verticalScrollBar()->maximum() > 80 * 28 + 9);
        setup.view()->verticalScrollBar()->setValue(80 * 28 + 9);
        QTRY_VERIFY(setup.page->model()->rowCount() > 200);
        const int first = setup.view()->firstShown();
        setup.click(first + 3);
        setup.click(first + 6, Qt::ControlModifier);
        const auto selected = setup.page->selectedJobs();
        QCOMPARE(selected.size(), 2);
        const JobId current = setup.page->currentJob();
        QSignalSpy currents(setup.page.get(), &JobsPage::currentJobChanged);
        QSignalSpy resets(setup.page->model(), &QAbstractItemModel::modelReset);

        const int stood = setup.yOf(current);

        QElapsedTimer clock;
        clock.start();
        int changes = 0;
        QList<JobSummary> fresh;
        while (clock.elapsed() < 2500) {
            for (auto& job : running) {
                job.progressPct = (job.progressPct + 7) % 100;
                job.updatedAt = core::base::systemNow();
            }
            setup.rows->update(running);
            const auto born = setup.rows->insertMany(100, 1s);
            fresh = born + fresh;
            changes += static_cast<int>(running.size() + born.size());
            QTRY_VERIFY(clock.elapsed() > changes);    // a thousand a second, no faster
            QCOMPARE(setup.yOf(current), stood);
        }
        QVERIFY(changes > 0);    // how many a busy machine lets through is the bench's to measure
        const int expected = running.constLast().progressPct;
        QTRY_COMPARE(setup.page->model()->rowAt(*setup.page->model()->rowOf(current)).job().progressPct, expected);
        QCOMPARE(setup.page->selectedJobs(), selected);
        QCOMPARE(setup.page->currentJob(), current);
        QCOMPARE(currents.count(), 0);
        QCOMPARE(resets.count(), 0);
        QTRY_VERIFY(setup.page->findChild<ui::NewRowsBar*>()->isVisible());
        QCOMPARE(setup.yOf(current), stood);    // the bar took its room from the rows above

        QTest::keyClick(setup.view(), Qt::Key_F5);
        QTRY_COMPARE(setup.topJob(), fresh.constFirst().id);
        QCOMPARE(setup.page->currentJob(), current);
        QCOMPARE(QSet<JobId>(selected.begin(), selected.end()).size(), setup.page->selectedJobs().size());
    }

    void aPrunedJobLeavesTheSelection()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(3);
        emit setup.console.session->changedMuch();
        QTRY_COMPARE(setup.page->model()->rowCount(), 3);
        setup.click(1);
        setup.click(0, Qt::ControlModifier);
        QCOMPARE(setup.page->selectedJobs().size(), 2);
        QSignalSpy told(setup.page.get(), &JobsPage::selectionChanged);
        setup.page->model()->removeJobs({jobs.at(0).id});
        QCOMPARE(setup.page->selectedJobs(), QList<JobId>{jobs.at(1).id});
        QVERIFY(setup.page->currentJob() != jobs.at(0).id);
        QVERIFY(told.count() > 0);
    }

    void escapeDropsWhatIsSelectedOutOfSight()
    {
        Setup setup;
        setup.rows->insertMany(4000);
        emit setup.console.session->changedMuch();
        QTRY_VERIFY(setup.page->model()->rowCount() >= 200);
        setup.click(2);
        const JobId id = setup.page->currentJob();
        QTest::keyClick(setup.view(), Qt::Key_End);
        QTRY_VERIFY(setup.page->model()->isAtEnd());
        QVERIFY(!setup.page->model()->rowOf(id));
        QTest::keyClick(setup.view(), Qt::Key_Escape);
        QVERIFY(setup.page->selectedJobs().isEmpty());
        QVERIFY(setup.page->currentJob().isEmpty());
    }

    void selectionComesBackWithItsRows()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(4000);
        emit setup.console.session->changedMuch();
        QTRY_VERIFY(setup.page->model()->rowCount() >= 200);
        setup.click(2);
        const JobId id = setup.page->currentJob();
        QSignalSpy currents(setup.page.get(), &JobsPage::currentJobChanged);
        QTest::keyClick(setup.view(), Qt::Key_End);
        QTRY_VERIFY(setup.page->model()->isAtEnd());
        QVERIFY(!setup.page->model()->rowOf(id));
        QCOMPARE(setup.page->selectedJobs(), QList<JobId>{id});
        QCOMPARE(setup.page->currentJob(), id);
        QTRY_COMPARE(setup.page->model()->rowAt(setup.view()->lastShown()).id(), jobs.constLast().id);
        QTest::keyClick(setup.view(), Qt::Key_Home);
        QTRY_VERIFY(setup.page->model()->rowOf(id));
        QVERIFY(setup.view()->selectionModel()->isRowSelected(*setup.page->model()->rowOf(id)));
        QCOMPARE(setup.view()->currentIndex().row(), *setup.page->model()->rowOf(id));
        QCOMPARE(currents.count(), 0);
        setup.click(5);    // a plain click is a new selection
        QCOMPARE(setup.page->selectedJobs().size(), 1);
        QCOMPARE(currents.count(), 1);
        QTest::keyClick(setup.view(), Qt::Key_Escape);
        QVERIFY(setup.page->currentJob().isEmpty());
    }

    void theGutterJumpsInTime()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(4000);
        emit setup.console.session->changedMuch();
        setup.page->setFilter(filterOf({}), {});
        QTRY_VERIFY(setup.page->model()->rowCount() >= 200);
        auto* gutter = setup.page->findChild<ui::TimeGutter*>();
        QTRY_VERIFY(gutter->yOf(jobs.at(2000).createdAt) > 100);
        const int y = gutter->yOf(jobs.at(2000).createdAt);
        QTest::mousePress(gutter, Qt::LeftButton, {}, {20, y});
        QTest::mouseRelease(gutter, Qt::LeftButton, {}, {20, y});
        QTRY_VERIFY(([&] {
            const auto place = setup.page->model()->rowAt(setup.view()->firstShown()).job().createdAt;
            return place < jobs.at(1900).createdAt && place > jobs.at(2100).createdAt;
        })());
        // what stood at the top stays there while pages above come in
        const JobId top = setup.topJob();
        QTRY_VERIFY(setup.view()->firstShown() >= 200);
        QCOMPARE(setup.topJob(), top);
        setup.view()->setFocus();
        QTest::keyClick(gutter, Qt::Key_Home);
        QTRY_COMPARE(setup.topJob(), jobs.constFirst().id);
    }

    void aFlingStaysSmooth()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(6000);
        emit setup.console.session->changedMuch();
        QTRY_VERIFY(setup.page->model()->rowCount() >= 200);
        QElapsedTimer clock;
        qint64 longest = 0;
        const bool reached = QTest::qWaitFor(
            [&] {
                clock.start();
                setup.view()->verticalScrollBar()->setValue(setup.view()->verticalScrollBar()->value() + 40 * 28);
                setup.view()->viewport()->repaint();
                longest = std::max(longest, clock.elapsed());
                return setup.page->model()->isAtEnd() && setup.view()->lastShown() == setup.page->model()->rowCount() - 1;
            },
            60'000);
        QVERIFY2(reached, qPrintable(u"rows %1, shown %2 to %3, at end %4, scrolled %5 of %6, newest loaded %7"_s
                                         .arg(setup.page->model()->rowCount())
                                         .arg(setup.view()->firstShown())
                                         .arg(setup.view()->lastShown())
                                         .arg(setup.page->model()->isAtEnd())
                                         .arg(setup.view()->verticalScrollBar()->value())
                                         .arg(setup.view()->verticalScrollBar()->maximum())
                                         .arg(jobs.size())));
        qInfo("longest step %lld ms", longest);
        QCOMPARE(setup.page->model()->rowAt(setup.page->model()->rowCount() - 1).id(), jobs.constLast().id);
    }

    void sortsByTheHeader()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(10);
        emit setup.console.session->changedMuch();
        QTRY_COMPARE(setup.page->model()->rowCount(), 10);
        auto* header = setup.view()->header();
        const int x = header->sectionViewportPosition(static_cast<int>(ui::JobColumn::Created)) + 20;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, 14});
        QTRY_VERIFY(setup.page->model()->hasLoaded());
        QTRY_COMPARE(setup.topJob(), jobs.constLast().id);
    }

    void columnsAreKeptByName()
    {
        Setup setup;
        setup.view()->header()->moveSection(0, 2);
        setup.view()->header()->resizeSection(static_cast<int>(ui::JobColumn::Type), 150);
        setup.view()->header()->setColumnShown(ui::JobColumn::Owner, false);
        setup.view()->header()->setColumnShown(ui::JobColumn::Project, true);
        JobsPage other(setup.console.context());
        auto* header = other.view()->header();
        QCOMPARE(header->visualIndex(static_cast<int>(ui::JobColumn::Status)), 2);
        QCOMPARE(header->sectionSize(static_cast<int>(ui::JobColumn::Type)), 150);
        QVERIFY(header->isSectionHidden(static_cast<int>(ui::JobColumn::Owner)));
        QVERIFY(!header->isSectionHidden(static_cast<int>(ui::JobColumn::Project)));
    }

    void aSessionIsRestored()
    {
        Setup setup;
        const auto jobs = setup.rows->insertMany(3000);
        emit setup.console.session->changedMuch();
        QTRY_VERIFY(setup.page->model()->rowCount() >= 200);
        setup.click(3);
        setup.page->model()->jumpTo(core::base::toMicros(jobs.at(1700).createdAt));
        QTRY_VERIFY(setup.page->model()->rowCount() > 500);
        const JobId top = setup.topJob();
        const QVariantMap state = setup.page->saveState();
        JobsPage other(setup.console.context());
        other.resize(setup.page->size());
        other.show();
        other.restoreState(state);
        QTRY_VERIFY(other.model()->rowOf(top));
        QTRY_COMPARE(other.model()->rowAt(other.view()->firstShown()).id(), top);
        QCOMPARE(other.currentJob(), jobs.at(3).id);
        QCOMPARE(other.selectedJobs(), QList<JobId>{jobs.at(3).id});
    }

    void copiesAndFilters()
    {
        Setup setup({JobRows::done(5s), JobRows::done(6s)});
        QTRY_COMPARE(setup.page->model()->rowCount(), 2);
        setup.click(0);
        QTest::keyClick(setup.view(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(setup.view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n').size(), 2);
        QSignalSpy terms(&setup.console.navigator, &ui::Navigator::filterTermAsked);
        emit setup.view()->customContextMenuRequested(setup.centre(0, ui::JobColumn::Owner));
        QMenu* menu = setup.page->findChild<QMenu*>();
        QVERIFY(menu);
        const auto actions = menu->actions();
        for (QAction* action : actions) {
            if (action->text() == u"Show only owner:u-12"_s)
                action->trigger();
        }
        menu->close();
        QCOMPARE(terms.count(), 1);
        QCOMPARE(terms.constFirst().constFirst().toString(), u"owner:u-12"_s);
    }

    void exportsAllThatMatchOrNothing()
    {
        Setup setup;
        setup.rows->insertMany(1234);
        const QString path = setup.console.store.folder.filePath(u"out/jobs.json"_s);
        const auto run = [&](const QString& to, ui::JobFormat format, bool abort) {
            auto* jobExport = setup.page->startExport(to, format, true);
            core::Result<qint64> end = -1;
            connect(jobExport, &ui::JobExport::finished, this, [&](const core::Result<qint64>& result) { end = result; });
            if (abort)
                jobExport->abort();
            if (!QTest::qWaitFor([&] { return !end || *end >= 0; }))
                qFatal("The export does not end");
            return end;
        };
        QVERIFY(!run(path, ui::JobFormat::Json, false));    // there is no such folder; the window tells of it (tst_bad_stores)
        QVERIFY(QDir(setup.console.store.folder.path()).mkdir(u"out"_s));
        QCOMPARE(run(path, ui::JobFormat::Json, true).error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(QDir(setup.console.store.folder.filePath(u"out"_s)).entryList(QDir::Files).size(), 0);
        QCOMPARE(run(path, ui::JobFormat::Json, false).value(), 1234);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(file.readAll()).array().size(), 1234);
        QCOMPARE(run(path + u".csv"_s, ui::JobFormat::Csv, false).value(), 1234);
        QFile csv(path + u".csv"_s);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count('\n'), 1235);
    }

    void theBarSaysHowManyMatchOnceTheFirstPageIsThere()
    {
        Setup setup;
        setup.rows->insertMany(1234);
        bool countedBefore = false;
        connect(setup.page.get(), &JobsPage::loadedChanged, this, [&] {
            countedBefore = countedBefore || (!setup.page->model()->hasLoaded() && setup.page->loadedText().contains(u" of "));
        });
        setup.page->setFilter(filterOf(u"status:done"_s), u"status:done"_s);
        QTRY_VERIFY2(setup.page->loadedText().endsWith(u"00 of 1,234"_s), qPrintable(setup.page->loadedText()));
        QVERIFY(!countedBefore);
        setup.page->setFilter(filterOf(u"status:failed"_s), u"status:failed"_s);
        QVERIFY(!setup.page->loadedText().contains(u"1,234"));
        QTRY_VERIFY(setup.page->model()->hasLoaded());
        QCOMPARE(setup.page->loadedText(), QString());
    }

    void anExportHasTheOrderOfTheList()
    {
        Setup setup;
        setup.rows->insertMany(700);
        setup.page->setSort(core::jobs::JobSort::Created, core::jobs::SortDirection::OldestFirst);
        const QString path = setup.console.store.folder.filePath(u"jobs.ndjson"_s);
        auto* jobExport = setup.page->startExport(path, ui::JobFormat::Ndjson, true);
        QSignalSpy ended(jobExport, &ui::JobExport::finished);
        QTRY_COMPARE(ended.size(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray before;
        while (!file.atEnd()) {
            const QByteArray created = QJsonDocument::fromJson(file.readLine()).object()[u"created_at"].toString().toUtf8();
            QVERIFY(!created.isEmpty() && created >= before);
            before = created;
        }
    }

    void noCopyAndNoExportHoldsASecret()
    {
        Setup setup;
        auto& store = setup.console.store;
        QFile media(store.path(u"a.mp4"_s));
        QVERIFY(media.open(QIODevice::WriteOnly));
        media.write("media");
        media.close();
        const auto job = store.submit(core::JobType::SilenceDetect, {{"file_path", "a.mp4"}, {"api_key", "canary"}});
        QVERIFY(job.has_value());
        const nlohmann::json failed{{"status", "FAILED"},
                                    {"event_id", "e"},
                                    {"error_message", "it said: password=canary"},
                                    {"message", "Authorization: Bearer canary"}};
        QVERIFY(store.backend->post(store.caller, job->jobId, QByteArray::fromStdString(failed.dump()), core::tasks::Mode::Apply)
                    .wait()
                    .has_value());
        const auto rows = setup.console.session->backend()->jobRows({job->jobId}).wait();
        QVERIFY(rows.has_value());
        for (const auto format : {ui::JobFormat::Json, ui::JobFormat::Ndjson, ui::JobFormat::Csv, ui::JobFormat::Markdown}) {
            QVERIFY(!rows->isEmpty() && ui::jobsAsText(*rows, format).contains(u"masked"));    // Markdown escapes the brackets
            QVERIFY(!ui::jobsAsText(*rows, format).contains(u"canary"));
        }
        for (const auto format : {ui::JobFormat::Json, ui::JobFormat::Ndjson, ui::JobFormat::Csv}) {
            const QString path = store.folder.filePath(u"jobs.out"_s);
            auto* jobExport = setup.page->startExport(path, format, true);
            QSignalSpy ended(jobExport, &ui::JobExport::finished);
            QTRY_COMPARE(ended.size(), 1);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray written = file.readAll();
            QVERIFY(written.contains("[masked]"));
            QVERIFY(!written.contains("canary"));
        }
    }
};

QTEST_MAIN(TestJobsPage)
#include "tst_jobs_page.moc"
