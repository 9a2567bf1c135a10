// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/acts/acts_fixture.h"
#include "ui/acts/bulk_result_dialog.h"
#include "ui/acts/resubmit_many_dialog.h"
#include "ui/submit/resubmit_dialog.h"

#include <QTableView>

using namespace Qt::StringLiterals;
using core::JobId;
using core::JobStatus;
using test_support::ActsFixture;
using ui::ResubmitManyDialog;

/// Running many jobs again from the window, on a real store.
class TestResubmitMany : public QObject {
    Q_OBJECT

private:
    static inline const QString act = u"Resubmit\u2026"_s;
    static inline const QString actOnMatching = u"Resubmit all that match the filter\u2026"_s;

    /// Jobs on a file that is there, failed; no two alike. Oldest first.
    static QList<JobId> addFailed(ActsFixture& fixture, int count)
    {
        const auto& store = fixture.console.store;
        QFile file(store.folder.filePath(u"a.wav"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write("sound") < 0)
            return {};
        file.close();
        const auto key = store.backend->importFile(store.caller, file.fileName()).wait();
        QList<JobId> ids;
        for (int i = 0; key && i < count; ++i) {
            const auto made = store.submit(core::JobType::SilenceDetect, {{"file_path", key->toStdString()}, {"noise_db", -10 - i}});
            if (!made || !store.backend->post(store.caller, made->jobId, R"({"status":"FAILED"})", core::tasks::Mode::Apply).wait())
                return {};
            ids << made->jobId;
        }
        return ids;
    }
    static qint64 countOf(const ActsFixture& fixture, const QString& filter)
    {
        const auto parsed = core::jobs::parseFilter(filter, core::base::systemNow());
        const auto counted = fixture.console.store.backend->countJobs(*parsed, 10'000).wait();
        return counted ? counted->count : -1;
    }

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void theSelectionRunsAgainByKeyboard()
    {
        ActsFixture fixture;
        QCOMPARE(fixture.wrong, QString());
        const auto ids = addFailed(fixture, 12);
        QCOMPARE(ids.size(), 12);
        QVERIFY(fixture.show(12));
        const auto chosen = ids.mid(2, 9);
        fixture.select(chosen);
        QTRY_VERIFY(fixture.act(act)->isEnabled());
        fixture.window->jobsPage().view()->setFocus();
        QTest::keyClick(fixture.window->jobsPage().view(), Qt::Key_R, Qt::ControlModifier);
        QPointer<ResubmitManyDialog> dialog = fixture.dialog<ResubmitManyDialog>(9);
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QPushButton* run = ActsFixture::button(dialog, u"Resubmit 9 jobs"_s);
        QVERIFY(run && !run->isEnabled());    // no reason yet
        QTest::keyClicks(QApplication::focusWidget(), u"disk is back"_s);
        QTRY_VERIFY(run->isEnabled());
        test_support::shoot(*dialog, u"resubmit-many"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), run);
        QTest::keyClick(run, Qt::Key_Space);
        QTRY_VERIFY(!dialog);
        QTRY_VERIFY2(fixture.taskText().contains(u"9 resubmitted, 0 skipped, 0 failed"_s), qPrintable(fixture.taskText()));
        QCOMPARE(countOf(fixture, u"status:pending"_s), 9);
        QCOMPARE(fixture.journal().filter(u"disk is back"_s).size(), 9);

        QTest::mouseClick(ActsFixture::button(&fixture.window->tasks(), u"Result"_s), Qt::LeftButton);
        QPointer<ui::BulkResultDialog> table = fixture.window->findChild<ui::BulkResultDialog*>();
        QVERIFY(table);
        test_support::shoot(*table, u"resubmit-many-result"_s);
        QSignalSpy asked(&fixture.window->navigator(), &ui::Navigator::jobAsked);
        auto* rows = table->findChild<QTableView*>();
        QCOMPARE(rows->model()->rowCount(), 9);
        QVERIFY(rows->model()->index(0, 2).data().toString().startsWith(u"as "_s));
        rows->setCurrentIndex(rows->model()->index(0, 0));
        emit rows->activated(rows->currentIndex());
        QCOMPARE(asked.size(), 1);    // the new job, not the one it retries
        QVERIFY(!ids.contains(asked.first().first().value<JobId>()));
    }

    void allThatMatchRunAgainAndTwinsOnce()
    {
        ActsFixture fixture;
        QCOMPARE(addFailed(fixture, 4).size(), 4);
        QCOMPARE(addFailed(fixture, 4).size(), 4);    // the same four once more
        QVERIFY(fixture.show(8));
        QVERIFY(!fixture.act(actOnMatching)->isEnabled());    // no filter
        fixture.window->showFilter(u"status:failed"_s);
        QTRY_VERIFY(fixture.act(actOnMatching)->isEnabled());
        fixture.act(actOnMatching)->trigger();
        QPointer<ResubmitManyDialog> dialog = fixture.dialog<ResubmitManyDialog>(8);
        QVERIFY(dialog);
        QTest::keyClicks(ActsFixture::field(dialog, u"Reason"_s), u"codec installed"_s);
        QTest::mouseClick(ActsFixture::button(dialog, u"Resubmit 8 jobs"_s), Qt::LeftButton);
        QTRY_VERIFY2(fixture.taskText().contains(u"4 resubmitted, 4 skipped, 0 failed"_s), qPrintable(fixture.taskText()));
        QCOMPARE(countOf(fixture, u"status:pending"_s), 4);
    }

    void oneAloneHasItsForm()
    {
        ActsFixture fixture;
        const auto ids = addFailed(fixture, 2);
        QVERIFY(fixture.show(2));
        fixture.select({ids.first()});
        QTRY_VERIFY(fixture.act(act)->isEnabled());
        fixture.act(act)->trigger();
        QTRY_VERIFY(fixture.window->findChild<ui::ResubmitDialog*>());
        QVERIFY(!fixture.window->findChild<ResubmitManyDialog*>());
    }

    void theActSaysWhyItIsOff()
    {
        ActsFixture fixture;
        const auto ids = fixture.add(3);
        QVERIFY(fixture.show(3));
        fixture.select(ids);
        QTRY_VERIFY2(fixture.act(act)->toolTip().contains(u"None of the selected jobs has ended"_s),
                     qPrintable(fixture.act(act)->toolTip()));
        QVERIFY(!fixture.act(act)->isEnabled());
    }

    void aReadOnlyConnectionSaysSo()
    {
        ActsFixture fixture(true);
        const auto ids = fixture.add(2);
        QVERIFY(fixture.show(2));
        fixture.select(ids);
        fixture.window->showFilter(u"status:pending"_s);
        QTRY_VERIFY(fixture.act(act)->toolTip().contains(u"read-only"_s));
        QTRY_VERIFY(fixture.act(actOnMatching)->toolTip().contains(u"read-only"_s));
        QVERIFY(!fixture.act(act)->isEnabled() && !fixture.act(actOnMatching)->isEnabled());
    }
};

QTEST_MAIN(TestResubmitMany)
#include "tst_resubmit_many.moc"
