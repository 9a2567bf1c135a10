// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ui_fixture.h"
#include "ui/base/exact_text_edit.h"
#include "ui/diff/diff_table.h"
#include "ui/submit/field_editor.h"
#include "ui/submit/input_editor.h"
#include "ui/submit/input_form.h"
#include "ui/submit/raw_editor.h"
#include "ui/submit/resubmit_dialog.h"
#include "ui/submit/reuse_box.h"
#include "ui/submit/submit_acts.h"
#include "ui/submit/submit_run.h"
#include "ui/submit/submit_templates.h"
#include "ui/window/task_area.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QUrl>

using namespace Qt::StringLiterals;
using core::JobType;
using test_support::ConsoleFixture;
using ui::ActDialog;
using ui::ResubmitDialog;
using ui::SubmitDialog;

namespace {

constexpr int patience = 20'000;

/// A window's acts on a real store, with a file in the storage.
struct Desk {
    explicit Desk(int workers = 0, bool readOnly = false)
    {
        wrong = console.open(workers, readOnly);
        if (!wrong.isEmpty())
            return;
        acts = std::make_unique<ui::SubmitActs>(console.context(), tasks, &window);
        const auto imported = console.store.backend->importFile(console.store.caller, sound()).wait();
        key = imported.value_or(QString());
        window.resize(1400, 900);
        window.show();
    }
    [[nodiscard]] static QString sound() { return qEnvironmentVariable("SIGNALBOX_TEST_DATA") + u"/speech.wav"_s; }
    [[nodiscard]] QString outside(const QString& name, const QByteArray& bytes) const
    {
        const QString path = console.store.folder.filePath(name);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return path;
    }
    [[nodiscard]] QList<core::jobs::JobSummary> jobs() const
    {
        const auto page = console.store.backend->listJobs({}, {}).wait();
        return page ? page->rows : QList<core::jobs::JobSummary>{};
    }
    [[nodiscard]] core::jobs::JournalEntry lastEntry() const
    {
        const auto journal = console.store.backend->journal(1).wait();
        return journal && !journal->isEmpty() ? journal->constFirst() : core::jobs::JournalEntry{};
    }

    ConsoleFixture console;
    QString wrong;
    QString key;
    QWidget window;
    ui::TaskArea tasks;
    std::unique_ptr<ui::SubmitActs> acts;
};

QPushButton* actOf(const ActDialog& dialog)
{
    const auto buttons = dialog.findChildren<QPushButton*>();
    for (QPushButton* button : buttons) {
        if (button->text().startsWith(u"Submit "_s) || button->text().startsWith(u"Resubmit "_s))
            return button;
    }
    return nullptr;
}

template <class Editor>
Editor* input(const ui::InputEditor& editor, const QString& pointer)
{
    ui::FieldEditor* field = editor.form().editor(pointer);
    return field ? qobject_cast<Editor*>(field->input()) : nullptr;
}

void type(const ui::InputEditor& editor, const QString& pointer, const QString& text)
{
    ui::FieldEditor* field = editor.form().editor(pointer);
    QVERIFY2(field, qPrintable(pointer));
    field->input()->setFocus();
    QTest::keyClick(field->input(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(field->input(), Qt::Key_Delete);
    QTest::keyClicks(field->input(), text);
}

/// By keyboard: space on the act.
void press(const ActDialog& dialog)
{
    QPushButton* act = actOf(dialog);
    QVERIFY(act);
    QTRY_VERIFY_WITH_TIMEOUT(act->isEnabled(), patience);
    act->setFocus();
    QTest::keyClick(act, Qt::Key_Space);
}

/// As wide as a workbench; the screen of the tests is smaller.
void shoot(ActDialog& dialog, const QString& name)
{
    if (qEnvironmentVariableIsEmpty("SIGNALBOX_SHOTS"))
        return;
    dialog.resize(ui::scaled(1170), ui::scaled(780));
    test_support::shoot(dialog, name);
}

void drop(QWidget& target, const QStringList& paths)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls << QUrl::fromLocalFile(path);
    data.setUrls(urls);
    QDragEnterEvent enter({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &event);
}

}

class TestSubmitDialog : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test_support::useConsoleLook(); }

    void eachTypeIsSubmittedThroughItsForm_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("text");
        const auto types = core::jobs::allJobTypes();
        for (const JobType each : types) {
            const bool wantsPieces = each == JobType::SilenceApply || each == JobType::CaptionsGenerate;
            QTest::newRow(qPrintable(core::jobs::jobTypeRoute(each)))
                << (wantsPieces ? u"/segments"_s : QString())
                << (each == JobType::SilenceApply ? u"0:00.100 - 0:00.400"_s : u"0:00.100 - 0:00.400 Good morning"_s);
        }
    }
    void eachTypeIsSubmittedThroughItsForm()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, text);
        Desk desk(1);
        QVERIFY2(desk.wrong.isEmpty(), qPrintable(desk.wrong));
        const QString clip = desk.console.store.folder.filePath(u"clip.mp4"_s);
        QVERIFY(test_support::makeClip(clip, 2, u"160x90"_s));
        const QString key = desk.console.store.backend->importFile(desk.console.store.caller, clip).wait().value_or(QString());
        const JobType wanted = core::jobs::parseJobType(QString::fromLatin1(QTest::currentDataTag()));
        SubmitDialog& dialog = *desk.acts->submit({});
        auto* types = dialog.findChild<QComboBox*>();
        types->setFocus();
        for (int i = 0; i < static_cast<int>(core::jobs::allJobTypes().indexOf(wanted)); ++i)
            QTest::keyClick(types, Qt::Key_Down);
        QCOMPARE(dialog.editor().document().type(), wanted);
        QVERIFY(!actOf(dialog)->isEnabled());
        type(dialog.editor(), u"/file_path"_s, key);
        if (!pointer.isEmpty())
            type(dialog.editor(), pointer, text);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.reuse().text().contains(u"Makes a new job"_s), patience);
        shoot(dialog, u"submit-"_s + core::jobs::jobTypeRoute(wanted));
        QSignalSpy submitted(&dialog, &SubmitDialog::submitted);
        press(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(submitted.size(), 1, patience);
        const auto answer = submitted.first().first().value<core::tasks::SubmitAnswer>();
        QVERIFY(dialog.reuse().text().contains(answer.jobId.text));
        QVERIFY(!actOf(dialog)->isEnabled());    // a second press makes no second job
        QVERIFY(desk.console.store.waitForEnd(answer.jobId));
        const auto job = desk.console.store.job(answer.jobId);
        QCOMPARE(job.type, wanted);
        QCOMPARE(job.inputData, dialog.editor().document().bytes());
        if (wanted != JobType::TranscriptionGenerate)    // which needs a model on the machine
            QVERIFY2(job.status == core::JobStatus::Done, qPrintable(job.errorMessage));
    }

    void theJournalRowIsTheOneOfTheCommandLine()
    {
        Desk desk;
        SubmitDialog& dialog = *desk.acts->submit({});
        type(dialog.editor(), u"/file_path"_s, desk.key);
        QSignalSpy submitted(&dialog, &SubmitDialog::submitted);
        press(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(submitted.size(), 1, patience);
        const auto ours = desk.lastEntry();
        QCOMPARE(ours.target, u"job:"_s + submitted.first().first().value<core::tasks::SubmitAnswer>().jobId.text);
        core::tasks::SubmitRequest request;
        request.type = JobType::MediaProbe;
        request.input = dialog.editor().document().bytes();
        request.force = true;
        QVERIFY(desk.console.store.backend->submit(desk.console.store.caller, request).wait().has_value());
        const auto theirs = desk.lastEntry();
        QVERIFY(theirs.target != ours.target);
        QCOMPARE(ours.action, theirs.action);
        QCOMPARE(ours.reason, theirs.reason);
        QCOMPARE(ours.role, theirs.role);
        QCOMPARE(ours.before, theirs.before);
        QCOMPARE(ours.after, theirs.after);
    }

    void whatIsWrongIsSaidBesideItsFieldWhileOneTypes()
    {
        Desk desk;
        SubmitDialog& dialog = *desk.acts->submit({JobType::SilenceDetect, {}, {}});
        type(dialog.editor(), u"/file_path"_s, desk.key);
        type(dialog.editor(), u"/noise_db"_s, u"5"_s);
        QVERIFY(!actOf(dialog)->isEnabled());
        QVERIFY2(actOf(dialog)->toolTip().contains(u"at most 0"_s), qPrintable(actOf(dialog)->toolTip()));
        QVERIFY(input<QLineEdit>(dialog.editor(), u"/noise_db"_s)->accessibleDescription().contains(u"at most 0"_s));
        shoot(dialog, u"submit-problem"_s);
        type(dialog.editor(), u"/noise_db"_s, u"loud"_s);
        QVERIFY(!actOf(dialog)->isEnabled());
        QCOMPARE(input<QLineEdit>(dialog.editor(), u"/noise_db"_s)->text(), u"loud"_s);
        type(dialog.editor(), u"/noise_db"_s, u"-35.50"_s);
        QTRY_VERIFY_WITH_TIMEOUT(actOf(dialog)->isEnabled(), patience);
        QVERIFY(dialog.editor().document().bytes().contains("-35.50"));
        type(dialog.editor(), u"/noise_db"_s, {});
        QVERIFY(!dialog.editor().document().bytes().contains("noise_db"));
    }

    void theRawSideEditsTheSameDocumentAndSaysWhereItBreaks()
    {
        Desk desk;
        SubmitDialog& dialog = *desk.acts->submit({JobType::SilenceDetect, R"({"file_path": "a", "x-own": 1.50})"_ba, {}});
        auto* raw = dialog.editor().raw().text();
        type(dialog.editor(), u"/min_silence_ms"_s, u"700"_s);
        QCOMPARE(raw->toPlainText(), u"{\"file_path\": \"a\", \"x-own\": 1.50, \"min_silence_ms\": 700}"_s);
        raw->setFocus();
        raw->setPlainText(u"{\"file_path\": \"b\",\n \"noise_db\": -20,, }"_s);
        QVERIFY(!dialog.editor().form().widget()->isEnabled());
        QVERIFY2(raw->accessibleDescription().contains(u"Line 2"_s), qPrintable(raw->accessibleDescription()));
        QCOMPARE(raw->extraSelections().size(), 1);
        QVERIFY(!actOf(dialog)->isEnabled());
        shoot(dialog, u"submit-raw-broken"_s);
        raw->setPlainText(u"{\"file_path\": \"b\",\n \"noise_db\": -20 }"_s);
        QVERIFY(dialog.editor().form().widget()->isEnabled());
        QCOMPARE(input<QLineEdit>(dialog.editor(), u"/noise_db"_s)->text(), u"-20"_s);
    }

    void anActiveTwinIsToldBeforeAndGivenBackUnlessRunBesideIt()
    {
        Desk desk;
        const auto first = desk.console.store.submit(JobType::MediaProbe, {{"file_path", desk.key.toStdString()}});
        QVERIFY(first);
        SubmitDialog& dialog = *desk.acts->submit({});
        type(dialog.editor(), u"/file_path"_s, desk.key);
        QTRY_COMPARE_WITH_TIMEOUT(dialog.reuse().twin(), first->jobId, patience);
        for (const QString& said : {u"PENDING"_s, first->jobId.text, u"type, owner, file_path"_s, u"Run beside it"_s})
            QVERIFY2(dialog.reuse().text().contains(said), qPrintable(dialog.reuse().text()));
        shoot(dialog, u"submit-reuse"_s);
        QSignalSpy submitted(&dialog, &SubmitDialog::submitted);
        press(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(submitted.size(), 1, patience);
        QVERIFY(submitted.first().first().value<core::tasks::SubmitAnswer>().reused);
        QCOMPARE(desk.jobs().size(), 1);
        shoot(dialog, u"submit-given-back"_s);

        auto* owner = dialog.findChild<QLineEdit*>(u"owner"_s);
        QVERIFY(owner);
        QTest::keyClicks(owner, u"u-2"_s);    // another owner is another job
        QTRY_VERIFY_WITH_TIMEOUT(dialog.reuse().text().contains(u"Makes a new job"_s), patience);
        owner->clear();
        QTRY_COMPARE_WITH_TIMEOUT(dialog.reuse().twin(), first->jobId, patience);
        auto* force = dialog.reuse().findChild<QCheckBox*>();
        QTest::mouseClick(force, Qt::LeftButton, {}, QPoint(8, force->height() / 2));
        QVERIFY(dialog.reuse().isForced());
        press(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(submitted.size(), 2, patience);
        QVERIFY(!submitted.at(1).first().value<core::tasks::SubmitAnswer>().reused);
        QCOMPARE(desk.jobs().size(), 2);
    }

    void aFileThatIsNotThereStaysWithItsField()
    {
        Desk desk;
        SubmitDialog& dialog = *desk.acts->submit({});
        type(dialog.editor(), u"/file_path"_s, u"nowhere.mp4"_s);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.reuse().text().contains(u"It would be refused"_s), patience);
        QVERIFY(input<QLineEdit>(dialog.editor(), u"/file_path"_s)->accessibleDescription().contains(u"no file 'nowhere.mp4'"_s));
        press(dialog);    // the core has the last word
        QTRY_VERIFY_WITH_TIMEOUT(actOf(dialog)->isEnabled(), patience);
        QVERIFY(desk.jobs().isEmpty());
        QVERIFY(dialog.isVisible());
    }

    void oneDroppedFileIsCopiedInAndThreeMakeThreeJobs()
    {
        Desk desk;
        SubmitDialog& dialog = *desk.acts->submit({});
        drop(dialog, {desk.outside(u"one.wav"_s, "one")});
        QTRY_VERIFY_WITH_TIMEOUT(actOf(dialog)->isEnabled(), patience);
        QVERIFY(input<QLineEdit>(dialog.editor(), u"/file_path"_s)->text().endsWith(u".wav"_s));
        drop(dialog, {desk.outside(u"a.wav"_s, "a"), desk.outside(u"b.wav"_s, "b"), desk.outside(u"c.wav"_s, "c"),
                      desk.console.store.folder.path()});
        QTRY_COMPARE(dialog.files().size(), 3);    // a folder makes no job
        QCOMPARE(actOf(dialog)->text(), u"Submit 3 jobs"_s);
        shoot(dialog, u"submit-files"_s);
        QSignalSpy toasts(&desk.console.navigator, &ui::Navigator::toastAsked);
        const QPointer<SubmitDialog> gone(&dialog);
        press(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(toasts.size(), 1, patience);
        QCOMPARE(toasts.first().first().toString(), u"3 jobs made."_s);
        QCOMPARE(desk.jobs().size(), 3);
        QTRY_VERIFY(!gone);
    }

    void manyFilesTellWhatFailedAndAnAbortWhatWasNotBegun()
    {
        Desk desk;
        ui::SubmitBatch batch;
        batch.request.type = JobType::MediaProbe;
        batch.request.input = "{\"file_path\": \"\"}";
        batch.files = {desk.outside(u"a.wav"_s, "a"), u"/nowhere/b.wav"_s, desk.outside(u"c.wav"_s, "a")};
        QString summary;
        ui::SubmitRun* run = desk.acts->submitMany(batch);
        connect(run, &ui::SubmitRun::finished, this, [&] { summary = run->summary(); });
        QTRY_VERIFY_WITH_TIMEOUT(!summary.isEmpty(), patience);
        QVERIFY2(summary.contains(u"1 failed (b.wav"_s), qPrintable(summary));
        summary.clear();
        run = desk.acts->submitMany(batch);
        run->abort();
        connect(run, &ui::SubmitRun::finished, this, [&] { summary = run->summary(); });
        QTRY_VERIFY_WITH_TIMEOUT(!summary.isEmpty(), patience);
        QVERIFY2(summary.contains(u"2 not begun"_s), qPrintable(summary));
    }

    void rawTextKeepsWhatNobodyTouched_data()
    {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<bool>("canBeEdited");
        QTest::newRow("no-break space") << u"\u00ab\u00a0oui\u00a0\u00bb"_s.toUtf8() << true;
        QTest::newRow("line separator") << u"one\u2028two"_s.toUtf8() << true;
        QTest::newRow("paragraph separator") << u"one\u2029two"_s.toUtf8() << false;
    }
    void rawTextKeepsWhatNobodyTouched()
    {
        QFETCH(QByteArray, inside);
        QFETCH(bool, canBeEdited);
        const QByteArray bytes = "{\r\n \"file_path\": \"a.wav\",\r\n \"x-note\": \"" + inside + "\"}";
        ui::InputEditor editor(JobType::SilenceDetect, bytes);
        editor.show();
        ui::ExactTextEdit& raw = *editor.raw().text();
        raw.setFocus();
        raw.moveCursor(QTextCursor::End);
        QTest::keyClick(&raw, Qt::Key_Space);
        QCOMPARE(editor.document().bytes(), canBeEdited ? bytes + ' ' : bytes);
        QVERIFY(!editor.document().syntaxError());
        type(editor, u"/noise_db"_s, u"-40"_s);
        QVERIFY(editor.document().bytes().contains(inside));
        QVERIFY(editor.document().bytes().contains("-40"));
        QCOMPARE(raw.isReadOnly(), !canBeEdited);
    }

    void captionsKeepWhatNobodyTouched()
    {
        const QByteArray bytes = u"{\"file_path\": \"a.mp4\", \"segments\": [{\"start_ms\": 0, \"end_ms\": 9, \"text\": "
                                 "\"Vraiment\u00a0?\"}]}"_s.toUtf8();
        ui::InputEditor editor(JobType::CaptionsGenerate, bytes);
        editor.show();
        auto* list = input<ui::ExactTextEdit>(editor, u"/segments"_s);
        QVERIFY(list);
        list->setFocus();
        list->moveCursor(QTextCursor::End);
        QTest::keyClick(list, Qt::Key_X);
        QVERIFY2(editor.document().bytes().contains(u"Vraiment\u00a0?x"_s.toUtf8()), editor.document().bytes().constData());
    }

    void aTemplateKeepsNoSecrets()
    {
        Desk desk;
        QVERIFY(ui::saveSubmitTemplate(desk.console.preferences, u"test"_s,
                                       {u"n"_s, JobType::MediaProbe, R"({"file_path": "a", "api_key": "CANARY"})"_ba}));
        QCOMPARE(ui::submitTemplates(desk.console.preferences, u"test"_s).constFirst().input,
                 R"({"file_path": "a", "api_key": "[masked]"})"_ba);
        QVERIFY(!ui::saveSubmitTemplate(desk.console.preferences, u"test"_s, {u"n"_s, JobType::MediaProbe, R"({"file_path": "a"})"_ba}));
    }

    void aTemplateIsSavedChosenAndDeleted()
    {
        Desk desk;
        SubmitDialog* dialog = desk.acts->submit({JobType::SilenceDetect, R"({"file_path": "a.wav", "noise_db": -4e1})"_ba, {}});
        auto* save = dialog->findChild<QPushButton*>(u"save_template"_s);
        QVERIFY(save);
        QTest::mouseClick(save, Qt::LeftButton);
        auto* name = dialog->findChild<QLineEdit*>(u"template_name"_s);
        QTRY_VERIFY(name->isVisible());
        QTest::keyClicks(name, u"Night shift"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(dialog->isVisible());
        QCOMPARE(ui::submitTemplates(desk.console.preferences, u"test"_s).size(), 1);
        dialog->close();
        dialog = desk.acts->submit({});
        auto* choice = dialog->findChild<QComboBox*>(u"template_choice"_s);
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Down);
        QCOMPARE(dialog->editor().document().type(), JobType::SilenceDetect);
        QCOMPARE(dialog->editor().document().bytes(), R"({"file_path": "a.wav", "noise_db": -4e1})"_ba);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"delete_template"_s), Qt::LeftButton);
        QVERIFY(ui::submitTemplates(desk.console.preferences, u"test"_s).isEmpty());
    }

    void anEditedResubmitShowsItsDifferencesAndIsLinkedBothWays()
    {
        Desk desk;
        const auto first = desk.console.store.submit(JobType::SilenceDetect, {{"file_path", desk.key.toStdString()}, {"x-own", 7}});
        QVERIFY(first);
        ResubmitDialog& dialog = *desk.acts->resubmit(first->jobId);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.editor(), patience);
        auto* diff = dialog.findChild<ui::DiffTable*>();
        QAbstractItemModelTester tester(&diff->diff());
        QTRY_COMPARE_WITH_TIMEOUT(dialog.reuse().twin(), first->jobId, patience);    // the original itself is active
        shoot(dialog, u"resubmit-as-it-was"_s);
        type(*dialog.editor(), u"/noise_db"_s, u"-45"_s);
        QTRY_COMPARE(diff->diff().rowCount(), 1);
        const ui::DiffRow row = diff->diff().rows().constFirst();
        QCOMPARE(row.cells.value(0), u"noise_db"_s);
        QCOMPARE(row.cells.value(2), u"-45"_s);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.reuse().text().contains(u"Makes a new job"_s), patience);
        shoot(dialog, u"resubmit-edited"_s);
        QSignalSpy made(&dialog, &ResubmitDialog::resubmitted);
        press(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(made.size(), 1, patience);
        const auto answer = made.first().at(1).value<core::tasks::SubmitAnswer>();
        const auto job = desk.console.store.job(answer.jobId);
        QCOMPARE(job.retriedFrom, std::optional(first->jobId));
        QVERIFY(job.inputData.contains("-45") && job.inputData.contains("x-own"));
        QCOMPARE(desk.console.store.details(first->jobId).retriedAs, QList<core::JobId>{answer.jobId});
        QCOMPARE(desk.lastEntry().action, u"resubmit"_s);
        QCOMPARE(desk.lastEntry().target, u"job:"_s + answer.jobId.text);
    }

    void aResubmitAsItWasBesideItsActiveTwinWantsTheBox()
    {
        Desk desk;
        const auto first = desk.console.store.submit(JobType::MediaProbe, {{"file_path", desk.key.toStdString()}});
        ResubmitDialog& dialog = *desk.acts->resubmit(first->jobId);
        QTRY_COMPARE_WITH_TIMEOUT(dialog.reuse().twin(), first->jobId, patience);
        QSignalSpy made(&dialog, &ResubmitDialog::resubmitted);
        press(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(actOf(dialog)->isEnabled(), patience);
        QCOMPARE(desk.jobs().size(), 1);
        QVERIFY(made.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(dialog.reuse().twin(), first->jobId, patience);
        dialog.reuse().findChild<QCheckBox*>()->setChecked(true);
        press(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(made.size(), 1, patience);
        QCOMPARE(desk.jobs().size(), 2);
    }

    void aDetectJobsOutputBecomesTheInputOfACut()
    {
        Desk desk;
        const auto detect = desk.console.store.submit(JobType::SilenceDetect, {{"file_path", desk.key.toStdString()}});
        core::jobs::JobSummary job;
        job.id = detect->jobId;
        job.type = JobType::SilenceDetect;
        job.status = core::JobStatus::Done;
        QMenu menu;
        desk.acts->fillUseMenu(&menu, job, {});
        QMenu* use = menu.findChild<QMenu*>();
        QVERIFY(use && use->isEnabled() && use->actions().size() == 1);
        use->actions().constFirst()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.findChild<SubmitDialog*>(), patience);
        const auto& document = desk.window.findChild<SubmitDialog*>()->editor().document();
        QCOMPARE(document.type(), JobType::SilenceApply);
        QCOMPARE(document.json()->find(u"/file_path")->string(), desk.key);
        QCOMPARE(document.json()->find(u"/detect_job_id")->string(), detect->jobId.text);
        QVERIFY(document.problems().isEmpty());
    }

    void aReadOnlyConnectionSaysWhyAndTheCoreRefuses()
    {
        Desk desk(0, true);
        QVERIFY2(desk.wrong.isEmpty(), qPrintable(desk.wrong));
        QVERIFY(!desk.acts->whyNot().isEmpty());
        SubmitDialog& dialog = *desk.acts->submit({JobType::MediaProbe, "{\"file_path\": \"a\"}"_ba, {}});
        QVERIFY(!actOf(dialog)->isEnabled());
        QCOMPARE(actOf(dialog)->toolTip(), desk.acts->whyNot());
        const auto refused = desk.console.session->backend()
                                 ->submit(desk.console.session->caller(), {JobType::MediaProbe, "{}"_ba, {}, {}, {}, false})
                                 .wait();
        QVERIFY(!refused);
    }

    void escapeClosesAndEnterSubmitsNothing()
    {
        Desk desk;
        const QPointer<SubmitDialog> dialog(desk.acts->submit({}));
        type(dialog->editor(), u"/file_path"_s, desk.key);
        QTRY_VERIFY_WITH_TIMEOUT(actOf(*dialog)->isEnabled(), patience);
        QTest::keyClick(dialog->editor().form().editor(u"/file_path"_s)->input(), Qt::Key_Return);
        QTest::keyClick(actOf(*dialog), Qt::Key_Return);
        QVERIFY(dialog->isVisible());
        QTest::keyClick(dialog.data(), Qt::Key_Escape);
        QTRY_VERIFY(!dialog);
        QVERIFY(desk.jobs().isEmpty());
    }
};

QTEST_MAIN(TestSubmitDialog)
#include "tst_submit_dialog.moc"
