// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/inspector/story_fixture.h"
#include "ui/base/error_bar.h"
#include "ui/base/note_box.h"
#include "ui/casefile/case_acts.h"
#include "ui/casefile/case_words.h"
#include "ui/casefile/export_case_dialog.h"
#include "ui/casefile/take_home_dialog.h"
#include "ui/window/task_area.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using test_support::StoryFixture;
using ui::ExportCaseDialog;
using ui::TakeHomeDialog;

namespace {

template <class Widget>
Widget* thatBegins(const QWidget& parent, const QString& beginning)
{
    const auto all = parent.findChildren<Widget*>();
    for (Widget* one : all) {
        if (one->text().startsWith(beginning))
            return one;
    }
    return nullptr;
}

bool says(const QWidget& parent, const QString& text)
{
    const auto all = parent.findChildren<QLabel*>();
    return std::any_of(all.begin(), all.end(), [&](const QLabel* label) { return label->text().contains(text); });
}

}

class CaseDialogsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }
    void init()
    {
        m_console = std::make_unique<StoryFixture>();
        QCOMPARE(m_console->open(), QString());
        m_job = m_console->failedCaptions();
        QVERIFY(!m_job.isEmpty());
        m_window = std::make_unique<QWidget>();
        m_tasks = std::make_unique<ui::TaskArea>();
        m_acts = new ui::CaseActs(m_console->context(), *m_tasks, m_window.get());
    }
    void cleanup()
    {
        m_window.reset();
        m_tasks.reset();
        m_console.reset();
    }

    void theDialogSaysWhatGoesIn()
    {
        QPointer dialog = m_acts->exportJob(m_job);
        QVERIFY(says(*dialog, u"opens in any console"_s));
        QTRY_VERIFY(dialog->plan());
        auto* input = thatBegins<QCheckBox>(*dialog, u"Input file"_s);
        QVERIFY(input && input->isChecked());
        QVERIFY2(input->text().contains(u"5 B"_s), qPrintable(input->text()));
        QVERIFY(says(*dialog, u"It can be run again from this file alone."_s));
        QVERIFY(says(*dialog, u"media-03"_s));
        auto* act = thatBegins<QPushButton>(*dialog, u"Export 1 job, 5 B"_s);
        QVERIFY(act && act->isEnabled());
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        test_support::shoot(*dialog, u"case-export"_s);
        dialog->close();
    }

    void whatIsLeftOutIsSaidBefore()
    {
        QPointer dialog = m_acts->exportJob(m_job);
        QTRY_VERIFY(dialog->plan());
        auto* input = thatBegins<QCheckBox>(*dialog, u"Input file"_s);
        input->setFocus();
        QTest::keyClick(input, Qt::Key_Space);
        QVERIFY(!dialog->request().withInput);
        QVERIFY(says(*dialog, u"It cannot be run again from this file: its input file is left out."_s));
        QVERIFY(thatBegins<QPushButton>(*dialog, u"Export 1 job without files"_s));
        auto* lineage = thatBegins<QCheckBox>(*dialog, u"Also the jobs"_s);
        lineage->setFocus();
        QTest::keyClick(lineage, Qt::Key_Space);
        QTRY_VERIFY(thatBegins<QPushButton>(*dialog, u"Export 1 job without files"_s));    // read again, the choice is kept
        QVERIFY(dialog->request().withLineage);
        QVERIFY(!dialog->request().withInput);
        dialog->close();
    }

    void maskedFieldsAreListed()
    {
        QVERIFY(m_console->post(m_job, {{"status", "RUNNING"}, {"attempt", 2}, {"event_id", "late"}, {"api_key", "k-123456"}}));
        QPointer dialog = m_acts->exportJob(m_job);
        QTRY_VERIFY(dialog->plan());
        auto* notes = dialog->findChild<ui::NoteBox*>();
        QVERIFY(notes->isVisible());
        QCOMPARE(notes->noteCount(), 1);
        QVERIFY(says(*notes, u"Secrets in 1 place are masked"_s));
        notes->setFolded(false);
        QVERIFY(says(*notes, u"webhook_deliveries.body"_s));
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        test_support::shoot(*dialog, u"case-export-masked"_s);
        dialog->close();
    }

    void itIsWrittenInTheBackground()
    {
        const QString path = m_console->store.folder.filePath(u"one.sbcase"_s);
        QSignalSpy toasts(&m_console->navigator, &ui::Navigator::toastAsked);
        QPointer dialog = m_acts->exportJob(m_job);
        QTRY_VERIFY(dialog->plan());
        dialog->exportTo(path);
        QTRY_VERIFY(!dialog);
        QTRY_COMPARE(toasts.count(), 1);
        QVERIFY2(toasts.first().first().toString().startsWith(u"one.sbcase written"_s), qPrintable(toasts.first().first().toString()));
        QVERIFY(QFileInfo(path).size() > 10'000);
        QVERIFY(!m_tasks->hasRunning());
    }

    void aFolderThatCannotBeWrittenIsTold()
    {
        QSignalSpy toasts(&m_console->navigator, &ui::Navigator::toastAsked);
        m_acts->write({.job = m_job, .kinds = {}}, m_console->store.folder.filePath(u"nowhere/one.sbcase"_s));
        QTRY_COMPARE(toasts.count(), 1);
        QVERIFY(toasts.first().first().toString().startsWith(u"No case file was written"_s));
    }

    void aReadOnlyStoreExportsAndTakesNothing()
    {
        ui::ConnectionProfile profile = m_console->session->profile();
        profile.readOnly = true;
        ui::StoreSession session(profile);
        session.open();
        QTRY_VERIFY(session.isOpen());
        ui::CaseActs acts({session, m_console->preferences, m_console->navigator}, *m_tasks, m_window.get());
        QCOMPARE(acts.whyNotExport(m_job), QString());
        QVERIFY(!acts.whyNotTakeHome().isEmpty());
        QPointer dialog = acts.exportJob(m_job);
        QTRY_VERIFY(dialog->plan());
        QVERIFY(thatBegins<QPushButton>(*dialog, u"Export 1 job"_s)->isEnabled());
        dialog->close();
        QTRY_VERIFY(!dialog);
    }

    void aCaseComesHomeByKeyboard()
    {
        const QString path = exported();
        StoryFixture home;
        QCOMPARE(home.open(), QString());
        ui::TaskArea tasks;
        QWidget window;
        ui::CaseActs acts(home.context(), tasks, &window);
        QSignalSpy asked(&home.navigator, &ui::Navigator::jobAsked);
        QPointer dialog = acts.takeHome(path);
        QTRY_VERIFY(dialog->summary());
        QVERIFY(says(*dialog, u"It can be run again from this file alone."_s));
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        test_support::shoot(*dialog, u"case-home"_s);
        QTest::keyClicks(dialog->findChild<QLineEdit*>(), u"to look at it"_s);
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);    // Enter never acts
        QVERIFY(dialog);
        QPushButton* act = thatBegins<QPushButton>(*dialog, u"Take 1 job home"_s);
        QVERIFY(act && act->isEnabled());
        act->setFocus();
        QTest::keyClick(act, Qt::Key_Space);
        QTRY_COMPARE(asked.count(), 1);
        QCOMPARE(home.store.job(m_job).status, core::JobStatus::Failed);
        const auto journal = home.store.backend->journal(3).wait();
        QCOMPARE(journal->first().action, u"take_home"_s);
        QCOMPARE(journal->first().reason, u"to look at it"_s);
        QTRY_VERIFY(!dialog);

        dialog = acts.takeHome(path);
        QTRY_VERIFY(dialog->summary());
        QTRY_VERIFY(says(*dialog, u"This job is in the store already."_s));
        QVERIFY(!thatBegins<QPushButton>(*dialog, u"Take 0 jobs home"_s)->isEnabled());
        dialog->close();
        QTRY_VERIFY(!dialog);
    }

    void whatCannotBeRunAgainIsSaidBefore()
    {
        const QString path = m_console->store.folder.filePath(u"bare.sbcase"_s);
        QVERIFY(m_console->store.backend->exportCase({.job = m_job, .withInput = false, .kinds = {}}, path).wait());
        StoryFixture home;
        QCOMPARE(home.open(), QString());
        TakeHomeDialog dialog(*home.session, path, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QTRY_VERIFY(dialog.summary());
        QVERIFY(says(dialog, u"It cannot be run again from this file: its input file is left out."_s));
        QVERIFY(thatBegins<QPushButton>(dialog, u"Take 1 job home"_s)->isEnabled());
        test_support::shoot(dialog, u"case-home-bare"_s);
    }

    void aFileThatIsNoCaseShowsWhy()
    {
        TakeHomeDialog dialog(*m_console->session, m_console->store.options.storePath, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QTRY_COMPARE(dialog.findChild<ui::ErrorBar*>()->error().code, u"case_foreign"_s);
        QVERIFY(!thatBegins<QPushButton>(dialog, u"Take home"_s)->isEnabled());
        test_support::shoot(dialog, u"case-home-foreign"_s);
    }

    void everyReasonHasItsSentence_data()
    {
        QTest::addColumn<QString>("code");
        for (const char* code : {"input_left_out", "input_missing", "input_secret", "input_masked", "input_invalid", "type_unknown"})
            QTest::newRow(code) << QString::fromLatin1(code);
    }
    void everyReasonHasItsSentence()
    {
        QFETCH(QString, code);
        const QString sentence = ui::rerunSentence({false, code, u"raw words"_s});
        QVERIFY(sentence.startsWith(u"It cannot be run again"_s));
        QVERIFY(!sentence.contains(u"raw words"_s));
    }

private:
    [[nodiscard]] QString exported() const
    {
        const QString path = m_console->store.folder.filePath(u"one.sbcase"_s);
        const auto made = m_console->store.backend->exportCase({.job = m_job, .kinds = {}}, path).wait();
        return made ? path : QString();
    }

    std::unique_ptr<StoryFixture> m_console;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ui::TaskArea> m_tasks;
    ui::CaseActs* m_acts = nullptr;
    core::JobId m_job;
};

QTEST_MAIN(CaseDialogsTest)
#include "tst_case_dialogs.moc"
